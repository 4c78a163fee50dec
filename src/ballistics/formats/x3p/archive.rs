//! The zip archive around an X3P: finding members in spite of folders and junk, and unpacking them within limits.
//!
//! Nothing is written to disk, so a wicked name can only mislead a lookup; links that leave the archive are refused
//! all the same. Called by the reader alone.

use std::io::{Cursor, Read};

use md5::{Digest, Md5};
use zip::ZipArchive;

use super::{Limits, X3pError};
use crate::ballistics::formats::scan::Warning;
use crate::ballistics::formats::text::visible;

/// An open archive, with the folder that `main.xml` lies in.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Index and name of each file, with forward slashes and without `./`.
    names: Vec<(usize, String)>,
    /// Folder of `main.xml`, empty or ending in a slash.
    folder: String,
    main: usize,
    limits: Limits,
}

impl<'a> Archive<'a> {
    /// Opens the archive and finds its `main.xml`: the shallowest one that no operating system left as junk.
    pub(super) fn open(
        bytes: &'a [u8],
        limits: Limits,
        warnings: &mut Vec<Warning>,
    ) -> Result<Self, X3pError> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| X3pError::NotAnArchive(visible(&error.to_string())))?;
        if zip.len() > limits.entries {
            return Err(X3pError::TooManyEntries { found: zip.len(), limit: limits.entries });
        }
        let mut names = Vec::new();
        for index in 0..zip.len() {
            let Some(Ok(name)) = zip.name_for_index(index) else { continue };
            let name = normalised(&name);
            if !name.ends_with('/') && !is_junk(&name) {
                names.push((index, name));
            }
        }
        let main = names
            .iter()
            .filter(|(_, name)| file_name(name).eq_ignore_ascii_case("main.xml"))
            .min_by_key(|(index, name)| (name.matches('/').count(), *index));
        let Some((main, name)) = main.cloned() else {
            return Err(X3pError::Missing { part: "main.xml".into() });
        };
        let folder = name[..name.len() - file_name(&name).len()].to_owned();
        if !folder.is_empty() {
            warnings.push(Warning::Dialect {
                what: format!("the file's parts lie in a folder, {}", visible(&folder)),
            });
        }
        Ok(Self { zip, names, folder, main, limits })
    }

    /// The text of `main.xml`, its checksum compared.
    pub(super) fn main_xml(&mut self, warnings: &mut Vec<Warning>) -> Result<String, X3pError> {
        let limit = self.limits.xml_bytes;
        let bytes = self.unpack(self.main, "main.xml", limit)?;
        match self.find("md5checksum.hex") {
            None => warnings.push(Warning::ChecksumAbsent { part: "main.xml".into() }),
            Some(index) => {
                let text = self.unpack(index, "md5checksum.hex", 64 * 1024)?;
                let text = String::from_utf8_lossy(&text);
                let stated = text.split_whitespace().next().unwrap_or_default();
                compare_checksum("main.xml", stated, &bytes, warnings);
            }
        }
        Ok(decode_text(&bytes, warnings))
    }

    /// The bytes of the member that `link` of `main.xml` names, at most `limit` of them.
    pub(super) fn linked(&mut self, link: &str, limit: u64) -> Result<Vec<u8>, X3pError> {
        let path = normalised(link.trim());
        let leaves = path.starts_with('/') || path.contains(':') || path.split('/').any(|part| part == "..");
        if leaves {
            return Err(X3pError::UnsafeLink { link: visible(link) });
        }
        let index = self.find(&path).ok_or_else(|| X3pError::Missing { part: visible(&path) })?;
        self.unpack(index, &path, limit)
    }

    /// The bytes of a member that need not be there.
    pub(super) fn optional(&mut self, path: &str, limit: u64) -> Option<Result<Vec<u8>, X3pError>> {
        let index = self.find(path)?;
        Some(self.unpack(index, path, limit))
    }

    fn find(&self, path: &str) -> Option<usize> {
        let wanted = format!("{}{path}", self.folder);
        let exact = self.names.iter().find(|(_, name)| *name == wanted);
        let found = exact.or_else(|| self.names.iter().find(|(_, name)| name.eq_ignore_ascii_case(&wanted)));
        found.map(|(index, _)| *index)
    }

    /// Unpacks one member, refusing more than `limit` bytes and more than its packed size can honestly hold. The
    /// declared size only saves the work of trying: it is the bytes that come out which are counted.
    fn unpack(&mut self, index: usize, part: &str, limit: u64) -> Result<Vec<u8>, X3pError> {
        let damaged = |error: zip::result::ZipError| X3pError::Damaged {
            part: visible(part),
            reason: visible(&error.to_string()),
        };
        let free = self.limits.free_bytes;
        let ratio = self.limits.ratio;
        let file = self.zip.by_index(index).map_err(damaged)?;
        let limit = limit.min(free.max(file.compressed_size().saturating_mul(ratio)));
        let declared = file.size();
        if declared > limit {
            return Err(X3pError::TooLarge { part: visible(part), found: declared, limit });
        }
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| X3pError::damaged(part, &error))?;
        if bytes.len() as u64 > limit {
            return Err(X3pError::TooLarge { part: visible(part), found: bytes.len() as u64, limit });
        }
        Ok(bytes)
    }
}

/// Warns unless `stated` is the MD5 of `bytes`. Writers disagree on case and line ends, and some get it wrong, so this
/// never refuses: it tells of a change, it does not protect against one.
pub(super) fn compare_checksum(part: &str, stated: &str, bytes: &[u8], warnings: &mut Vec<Warning>) {
    let stated = stated.trim();
    if stated.is_empty() {
        warnings.push(Warning::ChecksumAbsent { part: part.into() });
        return;
    }
    let found = md5_hex(bytes);
    if !found.eq_ignore_ascii_case(stated) {
        warnings.push(Warning::ChecksumWrong { part: part.into(), stated: visible(stated), found });
    }
}

/// The MD5 of `bytes` in lower-case hexadecimal.
pub(super) fn md5_hex(bytes: &[u8]) -> String {
    hex::encode(Md5::digest(bytes))
}

/// Forward slashes, no leading `./`.
fn normalised(name: &str) -> String {
    let name = name.replace('\\', "/");
    let mut rest = name.as_str();
    while let Some(shorter) = rest.strip_prefix("./") {
        rest = shorter;
    }
    rest.to_owned()
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What macOS and Windows leave in archives; `__MACOSX/._main.xml` is not a `main.xml`.
fn is_junk(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX") || file_name(name).starts_with("._")
}

/// XML bytes as text: by their byte order mark, else UTF-8, else Windows-1252, which every byte string is. The
/// declaration in the file is not asked: it is wrong as often as the bytes are odd.
fn decode_text(bytes: &[u8], warnings: &mut Vec<Warning>) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    warnings.push(Warning::Dialect { what: "main.xml is not UTF-8: read as Windows-1252".into() });
    encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned()
}
