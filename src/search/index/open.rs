//! Opening the index: what cannot be used is set aside and built anew, and the caller is told.

use crate::locale::Message;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tantivy::{Index, IndexSettings, TantivyError, store::Compressor};

use super::directory::ReadDirectory;
use super::schema::{self, Fields};
use super::{Notice, fault, guard};
use crate::search::SearchError;

/// Says that the index was closed in order, so that its files need not be checked one by one.
const CLEAN: &str = "closed-in-order";
/// Held by whoever writes.
const LOCK: &str = "writer.lock";
/// The end of the name of a folder that was set aside.
const ASIDE: &str = "damaged";

/// An index that was opened to write, and the lock that keeps others out.
pub(super) struct Opened {
    pub index: Index,
    pub path: PathBuf,
    pub lock: File,
    pub notices: Vec<Notice>,
}

/// Opens or makes the index in `root` for writing.
pub(super) fn to_write(root: &Path, fields: &Fields, check_files: bool) -> Result<Opened, SearchError> {
    let path = root.join(fields.hash());
    let io = |what| move |source| SearchError::Io { what, path: root.to_owned(), source };
    fs::create_dir_all(root).map_err(io("doing-index-make"))?;
    let lock = lock(root)?;
    let mut notices = remove_outdated(root, &path).map_err(io("doing-index-remove"))?;
    if path.exists() {
        let clean = fs::remove_file(path.join(CLEAN)).is_ok();
        match existing(&path, fields, check_files || !clean) {
            Ok(index) => return Ok(Opened { index, path, lock, notices }),
            Err(SearchError::Damaged(reason)) => notices.push(set_aside(&path, reason)?),
            Err(error) => return Err(error),
        }
    }
    let index = create(&path, fields)?;
    Ok(Opened { index, path, lock, notices })
}

/// Sets aside an index that was opened and then turned out to be damaged, and makes an empty one.
pub(super) fn anew(opened: Opened, fields: &Fields, reason: String) -> Result<Opened, SearchError> {
    let Opened { path, lock, mut notices, .. } = opened;
    notices.push(set_aside(&path, reason)?);
    let index = create(&path, fields)?;
    Ok(Opened { index, path, lock, notices })
}

/// Opens the index in `root` to read; `None` where there is none that can be used.
pub(super) fn to_read(root: &Path, fields: &Fields) -> (Option<(Index, PathBuf)>, Vec<Notice>) {
    let path = root.join(fields.hash());
    if !path.exists() {
        return (None, vec![Notice::Missing]);
    }
    match existing(&path, fields, false) {
        Ok(index) => (Some((index, path)), Vec::new()),
        Err(error) => (None, vec![Notice::Unreadable { reason: error.to_string() }]),
    }
}

/// Leaves the mark that spares the next opening the check of every file.
pub(super) fn mark_clean(path: &Path) -> io::Result<()> {
    File::create(path.join(CLEAN))?.sync_all()
}

fn lock(root: &Path) -> Result<File, SearchError> {
    let path = root.join(LOCK);
    let failed = |source| SearchError::Io { what: "doing-index-lock", path: path.clone(), source };
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(SearchError::InUse { path: root.to_owned() }),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

fn existing(path: &Path, fields: &Fields, check_files: bool) -> Result<Index, SearchError> {
    guard(|| {
        let directory = ReadDirectory::open(path).map_err(|error| fault(error.into()))?;
        let index = Index::open(directory).map_err(fault)?;
        if index.schema() != fields.schema {
            return Err(SearchError::damaged(&Message::new("fault-index-schema")));
        }
        schema::register(&index);
        if check_files {
            let damaged = index.validate_checksum().map_err(fault)?;
            if let Some(file) = damaged.iter().next() {
                return Err(SearchError::damaged(
                    &Message::new("fault-index-file").with("file", file.display().to_string()),
                ));
            }
        }
        Ok(index)
    })
}

fn create(path: &Path, fields: &Fields) -> Result<Index, SearchError> {
    let made = fs::create_dir_all(path);
    made.map_err(|source| SearchError::Io { what: "doing-index-make", path: path.to_owned(), source })?;
    let directory = ReadDirectory::open(path).map_err(|error| fault(error.into()))?;
    // Only identifiers are stored, which do not compress, and one is read at a time.
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        docstore_blocksize: 4 * 1024,
        ..IndexSettings::default()
    };
    let index = Index::create(directory, fields.schema.clone(), settings).map_err(fault)?;
    schema::register(&index);
    Ok(index)
}

/// Renames the folder, in the place of what was set aside before: one is enough to find out what happened.
fn set_aside(path: &Path, reason: String) -> Result<Notice, SearchError> {
    let kept = path.with_extension(ASIDE);
    remove_tree(&kept).and_then(|()| fs::rename(path, &kept)).map_err(|source| SearchError::Io {
        what: "doing-index-aside",
        path: path.to_owned(),
        source,
    })?;
    Ok(Notice::SetAside { reason, kept })
}

/// Removes indexes of other layouts: they are projections that no longer serve.
fn remove_outdated(root: &Path, current: &Path) -> io::Result<Vec<Notice>> {
    let mut notices = Vec::new();
    for entry in fs::read_dir(root)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let ours = name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if ours && path != current && path.is_dir() {
            remove_tree(&path)?;
            notices.push(Notice::Outdated);
        }
    }
    Ok(notices)
}

fn remove_tree(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Whether the system refused, so that nothing may be said of the index itself.
pub(super) fn refused(error: &TantivyError) -> Option<io::Error> {
    use tantivy::directory::error::{OpenDirectoryError, OpenReadError, OpenWriteError};
    let (TantivyError::IoError(source)
    | TantivyError::OpenReadError(OpenReadError::IoError { io_error: source, .. })
    | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: source, .. })
    | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: source, .. })) = error
    else {
        return None;
    };
    let of_the_system = matches!(
        source.kind(),
        io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::OutOfMemory
    ) || matches!(source.raw_os_error(), Some(5 | 23 | 24));
    of_the_system.then(|| io::Error::new(source.kind(), source.to_string()))
}
