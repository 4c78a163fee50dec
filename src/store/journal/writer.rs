//! Appends to the journal's open segment: a batch is written and synced whole, or taken back.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::PathBuf;

use crate::store::contract::StoreError;
use crate::store::fault::{WRITE_HINT, at, reason};

/// A file that can be appended to; tests put a failing one in its place.
pub trait Sink: Send {
    /// Appends all bytes.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns when all that was appended is on the disk.
    fn sync(&mut self) -> io::Result<()>;
    /// Cuts the file.
    fn truncate(&mut self, length: u64) -> io::Result<()>;
}

impl Sink for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

/// The end of the open segment.
pub struct Writer {
    sink: Box<dyn Sink>,
    path: PathBuf,
    length: u64,
    /// Set when a failed write could not be taken back: what stands in the file is not known then.
    broken: bool,
}

impl Writer {
    /// Appends after `length` bytes of the file at `path`.
    pub fn new(sink: Box<dyn Sink>, path: PathBuf, length: u64) -> Self {
        Self { sink, path, length, broken: false }
    }

    /// How many bytes are on the disk.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The segment's file.
    #[cfg(test)]
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Puts the bytes on the disk; when it fails, the file is as before, or the writer takes no more.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        if self.broken {
            let source = io::Error::other(reason("fault-writer-broken"));
            return Err(self.failed(source, "hint-writer-broken"));
        }
        let written = self.sink.append(bytes).and_then(|()| self.sink.sync());
        let Err(source) = written else {
            self.length += bytes.len() as u64;
            return Ok(());
        };
        let taken_back = self.sink.truncate(self.length).and_then(|()| self.sink.sync());
        self.broken = taken_back.is_err();
        Err(self.failed(source, WRITE_HINT))
    }

    #[cfg(test)]
    pub fn replace_sink(&mut self, sink: Box<dyn Sink>) {
        self.sink = sink;
    }

    fn failed(&self, source: io::Error, hint: &'static str) -> StoreError {
        at("doing-write-journal", &self.path, source, hint)
    }
}

#[cfg(test)]
pub mod failing {
    //! A disk with too little room.

    use super::*;

    /// Fails after so many bytes, and perhaps also when it is to be cut.
    pub struct Failing {
        /// Where the bytes go while there is room.
        pub file: File,
        /// For how many bytes.
        pub room: usize,
        /// Whether cutting works.
        pub can_cut: bool,
    }

    impl Sink for Failing {
        fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
            let taken = bytes.len().min(self.room);
            self.file.write_all(&bytes[..taken])?;
            self.room -= taken;
            if taken < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        }

        fn sync(&mut self) -> io::Result<()> {
            self.file.sync()
        }

        fn truncate(&mut self, length: u64) -> io::Result<()> {
            if self.can_cut {
                self.file.set_len(length)
            } else {
                Err(io::ErrorKind::ReadOnlyFilesystem.into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::failing::Failing;
    use super::*;

    fn writer(folder: &std::path::Path, can_cut: bool) -> Writer {
        let path = folder.join("segment");
        let file = File::options().create(true).append(true).open(&path).unwrap();
        Writer::new(Box::new(Failing { file, room: 10, can_cut }), path, 0)
    }

    #[test]
    fn full_disk_leaves_nothing_half_written_and_the_writer_usable() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = writer(folder.path(), true);
        writer.append(b"whole\n").unwrap();
        let error = writer.append(b"too long for it\n").unwrap_err().to_string();
        assert!(error.contains("segment") && error.contains("free space"), "{error}");
        assert_eq!(std::fs::read(writer.path()).unwrap(), b"whole\n");
        writer.replace_sink(Box::new(File::options().append(true).open(writer.path()).unwrap()));
        writer.append(b"after\n").unwrap();
        assert_eq!(std::fs::read(writer.path()).unwrap(), b"whole\nafter\n");
    }

    #[test]
    fn write_that_cannot_be_taken_back_stops_the_writer_until_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = writer(folder.path(), false);
        writer.append(b"whole\n").unwrap();
        writer.append(b"too long for it\n").unwrap_err();
        writer.replace_sink(Box::new(File::options().append(true).open(writer.path()).unwrap()));
        let error = writer.append(b"after\n").unwrap_err().to_string();
        assert!(error.contains("open it again"), "{error}");
        assert_eq!(writer.length(), 6);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_systems_own_full_device_is_reported() {
        let path = PathBuf::from("/dev/full");
        let Ok(file) = File::options().append(true).open(&path) else {
            println!("not run: /dev/full cannot be opened here");
            return;
        };
        let error = Writer::new(Box::new(file), path, 0).append(b"x\n").unwrap_err();
        let StoreError::Io { source, .. } = error else { panic!("{error}") };
        assert_eq!(source.kind(), io::ErrorKind::StorageFull);
    }
}
