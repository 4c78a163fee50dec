//! Files by their hash, beside the journal: written whole or not at all, checked when they are read.
//!
//! A file is `ab/cdef…` in its folder, named by the SHA-256 of its bytes. It is written to a temporary file, synced, renamed and the
//! folder synced, so a crash leaves the file or nothing. What a file means is said by the journal entry that names its hash: a file
//! that no entry names was never confirmed. Called by the desk.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use super::contract::StoreError;
use super::fault::{reading, writing};
use super::files::{make_folder, sync_folder};

/// What the names of unfinished files begin with; then the process that writes them.
const UNFINISHED: &str = "unfinished-";

/// The folder of files.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    /// The files in a folder, which is made when the first is written.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Takes away what no entry of the journal names: files whose naming a crash cut short, and what an earlier process left
    /// unfinished. Nobody else may be about to name one meanwhile.
    pub fn sweep(&self, named: &[&str]) -> Result<(), StoreError> {
        let own = unfinished_here();
        for path in list(&self.folder)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                for file in list(&path)? {
                    let rest = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    if !named.contains(&format!("{name}{rest}").as_str()) {
                        std::fs::remove_file(&file).map_err(writing(&file))?;
                    }
                }
            } else if name.starts_with(UNFINISHED) && !name.starts_with(&own) {
                std::fs::remove_file(&path).map_err(writing(&path))?;
            }
        }
        Ok(())
    }

    /// Begins a file.
    pub fn begin(&self) -> Result<NewBlob, StoreError> {
        make_folder(&self.folder)?;
        let file = tempfile::Builder::new().prefix(&unfinished_here()).tempfile_in(&self.folder);
        let file = file.map_err(writing(&self.folder))?;
        Ok(NewBlob {
            folder: self.folder.clone(),
            file: BufWriter::with_capacity(1 << 16, file),
            hash: Sha256::new(),
        })
    }

    /// Keeps some bytes and gives their hash. Bytes that are kept already are written again, which mends damage.
    pub fn put(&self, bytes: &[u8]) -> Result<String, StoreError> {
        let mut file = self.begin()?;
        file.write_all(bytes).map_err(writing(&self.folder))?;
        file.keep()
    }

    /// The bytes of a file, if they are still what was written.
    pub fn read(&self, hash: &str) -> Result<Vec<u8>, StoreError> {
        let path = place(&self.folder, hash);
        let bytes = std::fs::read(&path).map_err(reading(&path))?;
        if hex::encode(Sha256::digest(&bytes)) == hash {
            Ok(bytes)
        } else {
            Err(StoreError::DamagedBlob { path })
        }
    }

    /// Takes a file away; one that is gone already is as well.
    pub fn remove(&self, hash: &str) -> Result<(), StoreError> {
        let path = place(&self.folder, hash);
        match std::fs::remove_file(&path) {
            Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(writing(&path)(fault)),
            _ => Ok(()),
        }
    }
}

/// A file that is being written; dropped, it leaves nothing.
#[derive(Debug)]
pub struct NewBlob {
    folder: PathBuf,
    file: BufWriter<NamedTempFile>,
    hash: Sha256,
}

impl NewBlob {
    /// Puts the file in its place and gives its hash. It is on the disk when this returns.
    pub fn keep(self) -> Result<String, StoreError> {
        let hash = hex::encode(self.hash.finalize());
        let path = place(&self.folder, &hash);
        let parent = path.parent().unwrap_or(&self.folder);
        make_folder(parent)?;
        let file = self.file.into_inner().map_err(|fault| writing(&path)(fault.into_error()))?;
        file.as_file().sync_all().map_err(writing(&path))?;
        let kept: Result<File, _> = file.persist(&path);
        kept.map_err(|fault| writing(&path)(fault.error))?;
        sync_folder(parent)?;
        sync_folder(&self.folder)?;
        Ok(hash)
    }
}

impl Write for NewBlob {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// What the names of this process's unfinished files begin with.
fn unfinished_here() -> String {
    format!("{UNFINISHED}{}-", std::process::id())
}

/// The paths in a folder; none where there is no folder.
fn list(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    match std::fs::read_dir(folder) {
        Ok(entries) => Ok(entries.flatten().map(|entry| entry.path()).collect()),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(fault) => Err(reading(folder)(fault)),
    }
}

/// Where a file stands. A hash is hexadecimal figures, whatever a journal from elsewhere says it is.
fn place(folder: &Path, hash: &str) -> PathBuf {
    let hash: String = hash.chars().filter(char::is_ascii_hexdigit).collect();
    let cut = hash.len().min(2);
    folder.join(&hash[..cut]).join(&hash[cut..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_is_there_whole_or_not_at_all_and_a_changed_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::in_folder(folder.path().join("blobs"));
        let names = || std::fs::read_dir(folder.path().join("blobs")).unwrap().count();
        let mut dropped = blobs.begin().unwrap();
        dropped.write_all(b"half").unwrap();
        drop(dropped);
        assert_eq!(names(), 0, "a file that was not kept is gone");
        std::fs::write(folder.path().join("blobs/unfinished-0-x"), b"of a process that was killed").unwrap();
        let keep = |bytes: &[u8]| blobs.put(bytes).unwrap();
        let (hash, unnamed) = (keep(b"whole"), keep(b"no entry names it"));
        blobs.sweep(&[&hash]).unwrap();
        assert!(blobs.read(&unnamed).is_err());
        let unfinished = folder.path().join("blobs/unfinished-0-x");
        assert!(!unfinished.exists(), "the file of the process that was killed is gone");
        assert_eq!(blobs.read(&hash).unwrap(), b"whole");
        std::fs::write(place(&folder.path().join("blobs"), &hash), b"wholE").unwrap();
        assert!(matches!(blobs.read(&hash), Err(StoreError::DamagedBlob { .. })));
        assert_eq!(keep(b"whole"), hash);
        assert_eq!(blobs.read(&hash).unwrap(), b"whole", "keeping it again mends it");
        blobs.remove(&hash).unwrap();
        blobs.remove(&hash).unwrap();
        assert!(blobs.read(&hash).is_err());
    }
}
