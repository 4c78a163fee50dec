//! A segment of the journal as it is written: lines in a plain file.
//!
//! Lines are found by counting, from marks kept every so often. The marks are made when the first line is asked for, not when
//! the workspace is opened.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::lines::{Lines, RawLine};

/// How many bytes lie between two marks at least.
const BETWEEN_MARKS: u64 = 16 << 10;

/// A plain segment.
#[derive(Debug)]
pub struct Plain {
    path: PathBuf,
    file: File,
    first_seq: u64,
    /// How many bytes are confirmed; what lies behind them is not there for a reader.
    length: AtomicU64,
    marks: Mutex<Marks>,
}

/// Where some of the lines begin.
#[derive(Debug)]
struct Marks {
    /// Number and offset, rising.
    list: Vec<(u64, u64)>,
    /// The first line that was not looked at.
    next: (u64, u64),
}

impl Plain {
    /// The segment in an open file whose first line is entry `first_seq`.
    pub fn new(path: PathBuf, file: File, first_seq: u64, length: u64) -> Self {
        let marks = Marks { list: vec![(first_seq, 0)], next: (first_seq, 0) };
        Self { path, file, first_seq, length: AtomicU64::new(length), marks: Mutex::new(marks) }
    }

    /// Its file's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of its first entry.
    pub fn first_seq(&self) -> u64 {
        self.first_seq
    }

    /// How many bytes are confirmed.
    pub fn length(&self) -> u64 {
        self.length.load(Ordering::Acquire)
    }

    /// Makes what was written and synced visible to readers, or takes away what was cut off.
    pub fn set_length(&self, length: u64) {
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        if length < marks.next.1 {
            *marks = Marks { list: vec![(self.first_seq, 0)], next: (self.first_seq, 0) };
        }
        self.length.store(length, Ordering::Release);
    }

    /// All its lines.
    pub fn lines(&self) -> Lines<'_> {
        self.lines_from(0)
    }

    /// Its lines from an offset on.
    pub fn lines_from(&self, offset: u64) -> Lines<'_> {
        Lines::new(&self.file, offset, self.length())
    }

    /// The line of an entry; `None` where the file ends before it.
    pub fn line(&self, seq: u64) -> io::Result<Option<Vec<u8>>> {
        let Some((mut at, offset)) = self.mark_before(seq)? else {
            return Ok(None);
        };
        let mut lines = self.lines_from(offset);
        while let Some(line) = lines.next()? {
            if at == seq {
                return Ok(line.is_whole().then(|| line.bytes.to_vec()));
            }
            at += 1;
        }
        Ok(None)
    }

    /// The last line, without looking at the others; `None` in an empty file.
    pub fn last_line(&self) -> io::Result<Option<Vec<u8>>> {
        let length = self.length();
        let mut reach = 16 << 10;
        loop {
            let start = length.saturating_sub(reach);
            let mut buffer = vec![0; (length - start) as usize];
            let filled = crate::store::pread::read_at(&self.file, &mut buffer, start)?;
            buffer.truncate(filled);
            let body = buffer.strip_suffix(b"\n").unwrap_or(&buffer);
            if let Some(at) = memchr::memrchr(b'\n', body) {
                return Ok(Some(buffer[at + 1..].to_vec()));
            }
            if start == 0 {
                return Ok((!buffer.is_empty()).then_some(buffer));
            }
            reach *= 4;
        }
    }

    /// The nearest mark at or before an entry; `None` where the entry is not in the file.
    fn mark_before(&self, seq: u64) -> io::Result<Option<(u64, u64)>> {
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        if seq >= marks.next.0 {
            let (mut at, offset) = marks.next;
            let mut lines = Lines::new(&self.file, offset, self.length());
            while let Some(RawLine { bytes, offset }) = lines.next()?.filter(RawLine::is_whole) {
                let marked = marks.list.last().map_or(0, |(_, marked)| *marked);
                if offset >= marked + BETWEEN_MARKS {
                    marks.list.push((at, offset));
                }
                at += 1;
                marks.next = (at, offset + bytes.len() as u64);
            }
        }
        if seq < self.first_seq || seq >= marks.next.0 {
            return Ok(None);
        }
        let after = marks.list.partition_point(|(mark, _)| *mark <= seq);
        Ok(marks.list.get(after.saturating_sub(1)).copied())
    }
}
