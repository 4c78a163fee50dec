//! One process owns a workspace. The lock is the operating system's, so that a process that was killed leaves none behind; the
//! file's text only says who holds it.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::contract::StoreError;
use super::fault::{at, reason};
use crate::domain::officer::Officer;
use crate::domain::text::printable;

/// The longest text that is read of another's lock.
const LONGEST_HOLDER: u64 = 500;

/// The ownership of a workspace, given up when dropped.
#[derive(Debug)]
pub struct WorkspaceLock {
    file: File,
}

impl WorkspaceLock {
    /// Takes the lock, or says who holds it.
    pub fn take(path: &Path, officer: &Officer) -> Result<Self, StoreError> {
        let io = |source| at("doing-lock", path, source, "hint-lock");
        let mut options = File::options();
        let mut file = options.create(true).truncate(false).read(true).write(true).open(path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse { holder: holder(&mut file) }),
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        let text = format!(
            "{officer} on {}, process {}, since {}\n",
            host(),
            std::process::id(),
            Timestamp::now().strftime("%Y-%m-%d %H:%M UTC")
        );
        file.set_len(0).map_err(io)?;
        file.seek(SeekFrom::Start(0)).map_err(io)?;
        file.write_all(text.as_bytes()).map_err(io)?;
        Ok(Self { file })
    }
}

impl Drop for WorkspaceLock {
    fn drop(&mut self) {
        // The text of a lock that nobody holds is never read, so that failing to clear it does no harm.
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

fn holder(file: &mut File) -> String {
    let mut text = Vec::new();
    let read = file.take(LONGEST_HOLDER).read_to_end(&mut text);
    let text = String::from_utf8_lossy(&text);
    // Where a lock also keeps others from reading, as on Windows, the holder has no name.
    if read.is_err() || text.trim().is_empty() { reason("holder-unknown") } else { printable(text.trim()) }
}

fn host() -> String {
    let from_file = |path: &str| std::fs::read_to_string(PathBuf::from(path)).ok();
    let name = from_file("/proc/sys/kernel/hostname")
        .or_else(|| from_file("/etc/hostname"))
        .or_else(|| std::env::var("HOSTNAME").ok())
        .or_else(|| std::env::var("COMPUTERNAME").ok());
    name.map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| reason("host-unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_owner_is_told_who_holds_the_workspace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = WorkspaceLock::take(&path, &Officer("M. \u{1b}[31mOrtiz".into())).unwrap();
        let refused = WorkspaceLock::take(&path, &Officer("A. Ferrer".into())).unwrap_err();
        let StoreError::InUse { holder } = refused else { panic!("{refused}") };
        assert!(holder.contains("Ortiz") && holder.contains("process"), "{holder}");
        assert!(!holder.contains('\u{1b}'), "control characters reach the message");
        drop(first);
        WorkspaceLock::take(&path, &Officer("A. Ferrer".into())).unwrap();
    }
}
