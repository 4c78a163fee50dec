//! The files of the index, read into memory piece by piece instead of mapped.
//!
//! Mapped pages count as resident and grow with every query and merge; and a mapped file that is cut short under the program
//! ends it with a signal, where a read gives an error. Everything but reading is left to tantivy's own directory.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::{Arc, PoisonError};

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

/// Reads up to this size are served from a window that is read ahead where reads follow one another.
const SMALL: usize = 4 * 1024;
/// The bytes that are read ahead.
const WINDOW: usize = 64 * 1024;

/// A folder whose files are read, not mapped.
#[derive(Debug, Clone)]
pub(super) struct ReadDirectory {
    inner: MmapDirectory,
    root: PathBuf,
}

impl ReadDirectory {
    /// The directory at an existing folder.
    pub fn open(root: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { inner: MmapDirectory::open(root)?, root: root.to_owned() })
    }
}

impl tantivy::Directory for ReadDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(error, path.to_owned()),
        };
        let file = File::open(self.root.join(path)).map_err(failed)?;
        let len = file.metadata().map_err(failed)?.len();
        let len = usize::try_from(len).map_err(|_| failed(io::Error::from(io::ErrorKind::FileTooLarge)))?;
        Ok(Arc::new(ReadFile { file, len, ahead: Mutex::default() }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// An open file; its content stays readable when the file is deleted by a merge.
#[derive(Debug)]
struct ReadFile {
    file: File,
    len: usize,
    ahead: Mutex<Ahead>,
}

/// What was read last, and a little more.
#[derive(Debug, Default)]
struct Ahead {
    start: usize,
    bytes: Vec<u8>,
    /// Where the last read ended: one that begins near it is sequential.
    last_end: usize,
}

impl ReadFile {
    fn read_small(&self, range: &Range<usize>) -> io::Result<Vec<u8>> {
        let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let held = ahead.start..ahead.start + ahead.bytes.len();
        if !(held.start <= range.start && range.end <= held.end) {
            let sequential = range.start >= ahead.last_end && range.start - ahead.last_end <= SMALL;
            let size = if sequential { WINDOW } else { range.len() };
            let end = range.start.saturating_add(size).min(self.len).max(range.end);
            ahead.bytes.clear();
            ahead.bytes.resize(end - range.start, 0);
            ahead.start = range.start;
            if let Err(error) = read_exact_at(&self.file, &mut ahead.bytes, range.start) {
                ahead.bytes.clear();
                return Err(error);
            }
        }
        ahead.last_end = range.end;
        let from = range.start - ahead.start;
        Ok(ahead.bytes[from..from + range.len()].to_vec())
    }
}

impl FileHandle for ReadFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.len {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the file is shorter than its index says",
            ));
        }
        if range.len() <= SMALL {
            return self.read_small(&range).map(OwnedBytes::new);
        }
        let mut bytes = vec![0; range.len()];
        read_exact_at(&self.file, &mut bytes, range.start)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl HasLen for ReadFile {
    fn len(&self) -> usize {
        self.len
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: usize) -> io::Result<()> {
    use std::os::unix::fs::FileExt as _;
    file.read_exact_at(bytes, at as u64)
}

#[cfg(windows)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: usize) -> io::Result<()> {
    use std::os::windows::fs::FileExt as _;
    let (mut rest, mut at) = (bytes, at as u64);
    while !rest.is_empty() {
        match file.seek_read(rest, at)? {
            0 => return Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
            read => {
                rest = &mut rest[read..];
                at += read as u64;
            }
        }
    }
    Ok(())
}
