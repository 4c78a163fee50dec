//! The lines of a stretch of a plain journal file, one after another, whatever their length.

use std::fs::File;
use std::io;

use crate::store::pread::read_at;

/// How much is read at once.
const CHUNK: usize = 64 << 10;

/// Reads lines from one offset of a file to another.
pub struct Lines<'a> {
    file: &'a File,
    buffer: Vec<u8>,
    /// Where in `buffer` the next line begins, and how far `buffer` is filled.
    at: usize,
    filled: usize,
    /// Where in the file `buffer` ends, and where reading stops.
    offset: u64,
    end: u64,
}

/// One line, its line break included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawLine<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Where in the file it begins.
    pub offset: u64,
}

impl RawLine<'_> {
    /// Whether its line break was written.
    pub fn is_whole(&self) -> bool {
        self.bytes.ends_with(b"\n")
    }
}

impl<'a> Lines<'a> {
    /// The lines between two offsets, the first of which is the beginning of a line.
    pub fn new(file: &'a File, start: u64, end: u64) -> Self {
        Self { file, buffer: Vec::new(), at: 0, filled: 0, offset: start, end }
    }

    /// The next line; the last may lack its line break.
    pub fn next(&mut self) -> io::Result<Option<RawLine<'_>>> {
        let mut searched = self.at;
        let stop = loop {
            if let Some(found) = memchr::memchr(b'\n', &self.buffer[searched..self.filled]) {
                break searched + found + 1;
            }
            searched = self.filled - self.at;
            if !self.fill()? {
                break self.filled;
            }
        };
        if stop == self.at {
            return Ok(None);
        }
        let offset = self.offset - (self.filled - self.at) as u64;
        let bytes = &self.buffer[self.at..stop];
        self.at = stop;
        Ok(Some(RawLine { bytes, offset }))
    }

    /// Moves what is left to the front and reads on; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        let wanted = (self.end - self.offset.min(self.end)).min(CHUNK.max(self.filled) as u64) as usize;
        self.buffer.resize(self.filled + wanted, 0);
        let count = read_at(self.file, &mut self.buffer[self.filled..], self.offset)?;
        self.filled += count;
        self.buffer.truncate(self.filled);
        self.offset += count as u64;
        Ok(count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_every_length_are_read_whole() {
        let mut text = Vec::new();
        let lengths = [0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK, 3];
        for length in lengths {
            text.extend(std::iter::repeat_n(b'x', length));
            text.push(b'\n');
        }
        text.extend_from_slice(b"no break");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines");
        std::fs::write(&path, &text).unwrap();
        let file = File::open(&path).unwrap();
        let mut lines = Lines::new(&file, 0, text.len() as u64);
        let mut offset = 0;
        for length in lengths {
            let line = lines.next().unwrap().unwrap();
            assert_eq!((line.bytes.len(), line.offset, line.is_whole()), (length + 1, offset, true));
            offset += length as u64 + 1;
        }
        let last = lines.next().unwrap().unwrap();
        assert_eq!((last.bytes, last.is_whole()), (&b"no break"[..], false));
        assert_eq!(lines.next().unwrap(), None);
    }
}
