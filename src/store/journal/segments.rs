//! The segments of the journal in their order: which file holds an entry, reading one and reading all.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::line::{Fault, Parts};
use super::packed::{self, Packed};
use super::plain::Plain;
use super::writer::Writer;
use crate::store::contract::{Entry, StoreError};
use crate::store::fault::{reading, reason, writing};
use crate::store::files;

/// How many decompressed frames are kept for the next reader: 2 MiB or so.
const FRAMES_KEPT: usize = 32;

/// What the name of a compressed segment ends with.
const PACKED: &str = ".jsonl.lz4";

/// All segments, first to last.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    segments: RwLock<Arc<Vec<Arc<Segment>>>>,
    recent: Mutex<Vec<RecentFrame>>,
}

/// A decompressed frame: its segment's first entry, which frame of it, its lines.
type RecentFrame = ((u64, usize), Arc<[u8]>);

#[derive(Debug)]
enum Segment {
    Plain(Plain),
    Packed(Packed),
}

/// A line met in reading the journal from end to end.
#[derive(Debug)]
pub struct Scanned<'a> {
    /// Its file.
    pub path: &'a Path,
    /// Its place in the file when decompressed, from 1.
    pub line: u64,
    /// Where it begins in a plain file; in a compressed one, `None`.
    pub offset: Option<u64>,
    /// Its bytes, or why they cannot be had.
    pub bytes: Result<&'a [u8], String>,
}

impl Segment {
    fn path(&self) -> &Path {
        match self {
            Self::Plain(plain) => plain.path(),
            Self::Packed(packed) => packed.path(),
        }
    }

    fn first_seq(&self) -> u64 {
        match self {
            Self::Plain(plain) => plain.first_seq(),
            Self::Packed(packed) => packed.first_seq(),
        }
    }
}

impl Journal {
    /// Opens the segments in a folder. With `mend`, what a crash left of compressing a segment is tidied up.
    pub fn open(folder: &Path, mend: bool) -> Result<Self, StoreError> {
        let mut segments: Vec<Arc<Segment>> = Vec::new();
        for found in list(folder, mend)? {
            let segment = match found {
                Found::Packed(path) => Segment::Packed(Packed::open(path)?),
                Found::Plain(path) => {
                    let file = File::open(&path).map_err(reading(&path))?;
                    let length = file.metadata().map_err(reading(&path))?.len();
                    let first = match segments.last() {
                        None => 1,
                        Some(before) => first_seq(before)?,
                    };
                    Segment::Plain(Plain::new(path, file, first, length))
                }
            };
            segments.push(Arc::new(segment));
        }
        let recent = Mutex::new(Vec::new());
        Ok(Self { folder: folder.to_owned(), segments: RwLock::new(Arc::new(segments)), recent })
    }

    /// A writer at the end of the last plain segment, which is begun where there is none; `next_seq` is the entry to come.
    pub fn writer(&self, next_seq: u64) -> Result<Writer, StoreError> {
        if let Some(Segment::Plain(plain)) = self.last_segment().as_deref() {
            let path = plain.path().to_owned();
            let file = File::options().append(true).open(&path).map_err(writing(&path))?;
            return Ok(Writer::new(Box::new(file), path, plain.length()));
        }
        self.begin_segment(next_seq)
    }

    /// Makes what the writer appended visible to readers.
    pub fn confirm(&self, length: u64) {
        if let Some(Segment::Plain(plain)) = self.last_segment().as_deref() {
            plain.set_length(length);
        }
    }

    /// Closes the open segment and begins another, whose first entry is `next_seq`.
    pub fn begin_segment(&self, next_seq: u64) -> Result<Writer, StoreError> {
        let number = self.last_segment().map_or(0, |last| number_of(last.path()).unwrap_or(0)) + 1;
        let path = self.folder.join(format!("{number:06}.jsonl"));
        let appender = File::options().create_new(true).append(true).open(&path).map_err(writing(&path))?;
        files::sync_folder(&self.folder)?;
        let file = File::open(&path).map_err(reading(&path))?;
        let plain = Plain::new(path.clone(), file, next_seq, 0);
        self.change(|segments| segments.push(Arc::new(Segment::Plain(plain))));
        Ok(Writer::new(Box::new(appender), path, 0))
    }

    /// Compresses every plain segment but the last. A crash at any moment of it does no harm: the plain file goes only when
    /// the compressed one was checked, synced and put in its place.
    pub fn compress_closed(&self) -> Result<(), StoreError> {
        let segments = self.snapshot();
        let closed = segments.iter().take(segments.len().saturating_sub(1));
        for segment in closed {
            let Segment::Plain(plain) = segment.as_ref() else { continue };
            if plain.length() == 0 {
                continue;
            }
            let place = files::with_suffix(plain.path(), ".lz4");
            let temporary = files::with_suffix(&place, ".tmp");
            let file = File::open(plain.path()).map_err(reading(plain.path()))?;
            packed::pack(&file, plain.length(), plain.first_seq(), &temporary)?;
            files::put_in_place(&temporary, &place)?;
            let packed = Arc::new(Segment::Packed(Packed::open(place)?));
            self.change(|segments| {
                if let Some(slot) = segments.iter_mut().find(|other| Arc::ptr_eq(other, segment)) {
                    *slot = packed;
                }
            });
            std::fs::remove_file(plain.path()).map_err(writing(plain.path()))?;
        }
        Ok(())
    }

    /// The entry with this number, head and body checked; `None` beyond the end.
    pub fn entry(&self, seq: u64) -> Result<Option<Entry>, StoreError> {
        let segments = self.snapshot();
        let after = segments.partition_point(|segment| segment.first_seq() <= seq);
        let Some(segment) = after.checked_sub(1).and_then(|at| segments.get(at)) else {
            return Ok(None);
        };
        let read = |line: &[u8]| {
            let entry = Parts::of(line).and_then(|parts| parts.entry());
            let entry = entry.and_then(|entry| match entry.head.seq {
                found if found == seq => Ok(entry),
                found => Err(Fault::Order { expected: seq, found }),
            });
            entry.map(Some).map_err(|fault| {
                damaged(segment.path(), seq, seq - segment.first_seq() + 1, fault.to_string())
            })
        };
        match segment.as_ref() {
            Segment::Plain(plain) => match plain.line(seq).map_err(reading(plain.path()))? {
                Some(line) => read(&line),
                None => Ok(None),
            },
            Segment::Packed(packed) if seq > packed.last_seq() => Ok(None),
            Segment::Packed(packed) => {
                let at = packed.frame_of(seq)?;
                let frame = self.frame(packed, at)?;
                let skip = seq - packed.frames()?[at].first_seq;
                match nth_line(&frame, skip) {
                    Some(line) => read(line),
                    None => Err(damaged(packed.path(), seq, 0, reason("fault-line-missing"))),
                }
            }
        }
    }

    /// The last line of the journal, unchecked; `None` where the journal is empty.
    pub fn last_line(&self) -> Result<Option<Vec<u8>>, StoreError> {
        for segment in self.snapshot().iter().rev() {
            let line = match segment.as_ref() {
                Segment::Plain(plain) => plain.last_line().map_err(reading(plain.path()))?,
                Segment::Packed(packed) => {
                    let last = packed.frames()?.len().saturating_sub(1);
                    let frame = packed.unpack(last)?;
                    frame.split_inclusive(|byte| *byte == b'\n').next_back().map(<[u8]>::to_vec)
                }
            };
            if line.is_some() {
                return Ok(line);
            }
        }
        Ok(None)
    }

    /// The number of the last entry, unchecked; `None` where it cannot be told without reading the damaged.
    pub fn last_seq(&self) -> Result<Option<u64>, StoreError> {
        let head = self.last_line()?.and_then(|line| Parts::of(&line).and_then(|parts| parts.head()).ok());
        Ok(head.map(|head| head.seq))
    }

    /// Reads every line from an entry on, in order, without judging it.
    pub fn scan(
        &self,
        from: u64,
        visit: &mut dyn FnMut(Scanned<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let segments = self.snapshot();
        let first = segments.partition_point(|segment| segment.first_seq() <= from).saturating_sub(1);
        for segment in segments.iter().skip(first) {
            match segment.as_ref() {
                Segment::Plain(plain) => scan_plain(plain, from, visit)?,
                Segment::Packed(packed) => scan_packed(packed, from, visit)?,
            }
        }
        Ok(())
    }

    /// The open segment's path and confirmed length, if the last segment is a plain one.
    pub fn open_segment(&self) -> Option<(PathBuf, u64)> {
        match self.last_segment().as_deref() {
            Some(Segment::Plain(plain)) => Some((plain.path().to_owned(), plain.length())),
            _ => None,
        }
    }

    fn frame(&self, packed: &Packed, at: usize) -> Result<Arc<[u8]>, StoreError> {
        let key = (packed.first_seq(), at);
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = recent.iter().position(|(kept, _)| *kept == key) {
            let kept = recent.remove(found);
            let frame = Arc::clone(&kept.1);
            recent.push(kept);
            return Ok(frame);
        }
        drop(recent);
        let frame = packed.unpack(at)?;
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.len() >= FRAMES_KEPT {
            recent.remove(0);
        }
        recent.push((key, Arc::clone(&frame)));
        Ok(frame)
    }

    fn snapshot(&self) -> Arc<Vec<Arc<Segment>>> {
        self.segments.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn last_segment(&self) -> Option<Arc<Segment>> {
        self.segments.read().unwrap_or_else(PoisonError::into_inner).last().cloned()
    }

    fn change(&self, how: impl FnOnce(&mut Vec<Arc<Segment>>)) {
        how(Arc::make_mut(&mut self.segments.write().unwrap_or_else(PoisonError::into_inner)));
    }
}

enum Found {
    Plain(PathBuf),
    Packed(PathBuf),
}

/// The segments' files in order, each once.
fn list(folder: &Path, mend: bool) -> Result<Vec<Found>, StoreError> {
    let mut plain = Vec::new();
    let mut packed = Vec::new();
    for item in std::fs::read_dir(folder).map_err(reading(folder))? {
        let path = item.map_err(reading(folder))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".jsonl.lz4.tmp") && mend {
            std::fs::remove_file(&path).map_err(writing(&path))?;
        } else if let Some(number) = number_of(&path) {
            let list = if name.ends_with(PACKED) { &mut packed } else { &mut plain };
            list.push((number, path));
        }
    }
    // A crash between putting the compressed file in its place and removing the plain one leaves both.
    for (number, path) in &packed {
        let Some(at) = plain.iter().position(|(other, _)| other == number) else { continue };
        if Packed::open(path.clone()).and_then(|packed| packed.frames().map(<[_]>::len)).is_err() {
            continue;
        }
        let (_, both) = plain.remove(at);
        if mend {
            std::fs::remove_file(&both).map_err(writing(&both))?;
        }
    }
    packed.retain(|(number, _)| plain.iter().all(|(other, _)| other != number));
    let packed = packed.into_iter().map(|(number, path)| (number, Found::Packed(path)));
    let mut all: Vec<(u64, Found)> =
        plain.into_iter().map(|(number, path)| (number, Found::Plain(path))).chain(packed).collect();
    all.sort_by_key(|(number, _)| *number);
    for (expected, (number, _)) in (1..).zip(&all) {
        if *number != expected {
            let path = folder.join(format!("{expected:06}.jsonl"));
            return Err(damaged(&path, 0, 0, reason("fault-file-missing")));
        }
    }
    Ok(all.into_iter().map(|(_, found)| found).collect())
}

fn number_of(path: &Path) -> Option<u64> {
    let name = path.file_name()?.to_str()?;
    let digits = name.strip_suffix(".jsonl").or_else(|| name.strip_suffix(PACKED))?;
    if digits.len() < 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        None
    } else {
        digits.parse().ok()
    }
}

/// The first entry of the segment after this one.
fn first_seq(before: &Segment) -> Result<u64, StoreError> {
    match before {
        Segment::Packed(packed) => Ok(packed.last_seq() + 1),
        Segment::Plain(plain) => {
            let mut lines = plain.lines();
            let mut count = 0;
            while lines.next().map_err(reading(plain.path()))?.is_some() {
                count += 1;
            }
            Ok(plain.first_seq() + count)
        }
    }
}

fn scan_plain(
    plain: &Plain,
    from: u64,
    visit: &mut dyn FnMut(Scanned<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut lines = plain.lines();
    let mut number = 0;
    while let Some(line) = lines.next().map_err(reading(plain.path()))? {
        number += 1;
        if plain.first_seq() + number > from {
            let bytes = Ok(line.bytes);
            visit(Scanned { path: plain.path(), line: number, offset: Some(line.offset), bytes })?;
        }
    }
    Ok(())
}

fn scan_packed(
    packed: &Packed,
    from: u64,
    visit: &mut dyn FnMut(Scanned<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let path = packed.path();
    if from > packed.last_seq() {
        return Ok(());
    }
    let frames = match packed.frames() {
        Ok(frames) => frames,
        Err(error) => return visit(Scanned { path, line: 1, offset: None, bytes: Err(error.to_string()) }),
    };
    for (at, frame) in frames.iter().enumerate().skip(packed.frame_of(from)?) {
        let mut number = frame.first_seq - packed.first_seq();
        let lines = match packed.unpack(at) {
            Ok(lines) => lines,
            Err(error) => {
                visit(Scanned { path, line: number + 1, offset: None, bytes: Err(error.to_string()) })?;
                continue;
            }
        };
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            number += 1;
            if packed.first_seq() + number > from {
                visit(Scanned { path, line: number, offset: None, bytes: Ok(line) })?;
            }
        }
    }
    Ok(())
}

fn nth_line(lines: &[u8], skip: u64) -> Option<&[u8]> {
    let mut rest = lines;
    for _ in 0..skip {
        rest = &rest[memchr::memchr(b'\n', rest)? + 1..];
    }
    let end = memchr::memchr(b'\n', rest)?;
    Some(&rest[..end])
}

fn damaged(path: &Path, seq: u64, line: u64, what: String) -> StoreError {
    let kept = "kept-unchanged";
    StoreError::Damaged { seq, path: path.to_owned(), line, what, kept }
}
