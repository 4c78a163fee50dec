//! A closed segment of the journal, compressed.
//!
//! The file is a row of LZ4 frames, each holding whole lines (about 64 KiB of them) and a checksum, then a skippable frame with
//! an index of them: `lz4 -d` gives the plain segment back without this program, and any line is one read and one decompression away.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use lz4_flex::frame::{BlockMode, BlockSize, FrameDecoder, FrameEncoder, FrameInfo};
use serde::{Deserialize, Serialize};

use super::lines::Lines;
use crate::store::contract::StoreError;
use crate::store::fault::{reading, reason, writing};
use crate::store::pread::read_exact_at;

/// Lines are gathered into a frame until it holds this many bytes.
const FRAME_BYTES: usize = 60 << 10;

/// A skippable frame, as the LZ4 frame format has it; decoders pass over it.
const SKIPPABLE: u32 = 0x184D_2A5E;

/// The last bytes of the file, inside the skippable frame.
const MAGIC: &[u8; 8] = b"HSJRNL01";

/// What stands at the file's end: index length, index CRC, first and last entry, the CRC of these, [`MAGIC`].
const TRAILER: usize = 4 + 4 + 8 + 8 + 4 + 8;

/// What is said of a damaged index, and how its lines are had back without it.
const INDEX_DAMAGED: &str = "fault-packed-index";

/// One frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Where it begins in the file.
    offset: u64,
    /// How long it is there.
    length: u32,
    /// How long it is decompressed.
    raw: u32,
    /// Its first entry.
    pub first_seq: u64,
}

/// A compressed segment.
#[derive(Debug)]
pub struct Packed {
    path: PathBuf,
    file: File,
    trailer: Trailer,
    frames: OnceLock<Vec<Frame>>,
}

#[derive(Debug, Clone, Copy)]
struct Trailer {
    index_offset: u64,
    index_length: u32,
    index_crc: u32,
    first_seq: u64,
    last_seq: u64,
}

impl Packed {
    /// Opens a compressed segment; reads its trailer alone.
    pub fn open(path: PathBuf) -> Result<Self, StoreError> {
        let file = File::open(&path).map_err(reading(&path))?;
        let length = file.metadata().map_err(reading(&path))?.len();
        let damaged = || damaged(&path, 0, INDEX_DAMAGED);
        let start = length.checked_sub(TRAILER as u64).ok_or_else(damaged)?;
        let bytes = read_exact_at(&file, TRAILER, start).map_err(reading(&path))?;
        let trailer = Trailer::read(&bytes, start).ok_or_else(damaged)?;
        Ok(Self { path, file, trailer, frames: OnceLock::new() })
    }

    /// Its file's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of its first entry.
    pub fn first_seq(&self) -> u64 {
        self.trailer.first_seq
    }

    /// The number of its last entry.
    pub fn last_seq(&self) -> u64 {
        self.trailer.last_seq
    }

    /// Its frames, in order.
    pub fn frames(&self) -> Result<&[Frame], StoreError> {
        if let Some(frames) = self.frames.get() {
            return Ok(frames);
        }
        let Trailer { index_offset, index_length, index_crc, .. } = self.trailer;
        let bytes =
            read_exact_at(&self.file, index_length as usize, index_offset).map_err(reading(&self.path))?;
        let frames: Option<Vec<Frame>> =
            if crc32fast::hash(&bytes) == index_crc { postcard::from_bytes(&bytes).ok() } else { None };
        let frames = frames
            .filter(|frames| !frames.is_empty())
            .ok_or_else(|| damaged(&self.path, self.first_seq(), INDEX_DAMAGED))?;
        Ok(self.frames.get_or_init(|| frames))
    }

    /// Which frame holds an entry of this segment.
    pub fn frame_of(&self, seq: u64) -> Result<usize, StoreError> {
        Ok(self.frames()?.partition_point(|frame| frame.first_seq <= seq).saturating_sub(1))
    }

    /// The lines of a frame, checked by the frame's own checksum.
    pub fn unpack(&self, at: usize) -> Result<Arc<[u8]>, StoreError> {
        let Some(frame) = self.frames()?.get(at) else {
            return Ok(Arc::from([]));
        };
        let packed =
            read_exact_at(&self.file, frame.length as usize, frame.offset).map_err(reading(&self.path))?;
        unpack_frame(&packed, frame.raw as usize)
            .map(Arc::from)
            .ok_or_else(|| damaged(&self.path, frame.first_seq, "fault-packed-lines"))
    }
}

impl Trailer {
    fn read(bytes: &[u8], start: u64) -> Option<Self> {
        let (fields, magic) = bytes.split_at_checked(28)?;
        let (fields, crc) = fields.split_at_checked(24)?;
        if magic != MAGIC || crc32fast::hash(fields).to_le_bytes() != crc {
            return None;
        }
        let u32_at = |at: usize| Some(u32::from_le_bytes(fields.get(at..at + 4)?.try_into().ok()?));
        let u64_at = |at: usize| Some(u64::from_le_bytes(fields.get(at..at + 8)?.try_into().ok()?));
        let index_length = u32_at(0)?;
        Some(Self {
            index_offset: start.checked_sub(u64::from(index_length))?,
            index_length,
            index_crc: u32_at(4)?,
            first_seq: u64_at(8)?,
            last_seq: u64_at(16)?,
        })
    }
}

/// Compresses the first `length` bytes of a plain segment into a file, checks that it gives the same lines back, and returns
/// when it is on the disk. The file is not yet in its place.
pub fn pack(plain: &File, length: u64, first_seq: u64, to: &Path) -> Result<(), StoreError> {
    let mut file = File::create(to).map_err(writing(to))?;
    let mut frames: Vec<Frame> = Vec::new();
    let mut lines = Lines::new(plain, 0, length);
    let (mut seq, mut offset) = (first_seq, 0);
    loop {
        let mut raw: Vec<u8> = Vec::with_capacity(FRAME_BYTES * 2);
        let frame_seq = seq;
        while raw.len() < FRAME_BYTES {
            let Some(line) = lines.next().map_err(reading(to))? else { break };
            raw.extend_from_slice(line.bytes);
            seq += 1;
        }
        if raw.is_empty() {
            break;
        }
        let packed = pack_frame(&raw).map_err(writing(to))?;
        if unpack_frame(&packed, raw.len()).as_deref() != Some(&raw) {
            return Err(damaged(to, frame_seq, "fault-packed-differs"));
        }
        file.write_all(&packed).map_err(writing(to))?;
        let (length, raw) = (packed.len() as u32, raw.len() as u32);
        frames.push(Frame { offset, length, raw, first_seq: frame_seq });
        offset += packed.len() as u64;
    }
    file.write_all(&index(&frames, first_seq, seq - 1)).map_err(writing(to))?;
    file.sync_all().map_err(writing(to))?;
    check(to, &frames)
}

/// Reads a packed file back as a reader will, frame by frame, and compares its index.
fn check(path: &Path, frames: &[Frame]) -> Result<(), StoreError> {
    let packed = Packed::open(path.to_owned())?;
    if packed.frames()? != frames {
        return Err(damaged(path, packed.first_seq(), "fault-packed-index-written"));
    }
    (0..frames.len()).try_for_each(|at| packed.unpack(at).map(drop))
}

fn index(frames: &[Frame], first_seq: u64, last_seq: u64) -> Vec<u8> {
    let index =
        postcard::to_extend(frames, Vec::new()).expect("numbers serialise, and a Vec takes every write");
    let mut fields = Vec::with_capacity(TRAILER);
    fields.extend_from_slice(&(index.len() as u32).to_le_bytes());
    fields.extend_from_slice(&crc32fast::hash(&index).to_le_bytes());
    fields.extend_from_slice(&first_seq.to_le_bytes());
    fields.extend_from_slice(&last_seq.to_le_bytes());
    let crc = crc32fast::hash(&fields).to_le_bytes();
    let skip = ((index.len() + TRAILER) as u32).to_le_bytes();
    [&SKIPPABLE.to_le_bytes(), &skip, index.as_slice(), &fields, &crc, MAGIC].concat()
}

fn pack_frame(raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let info = FrameInfo::new()
        .block_mode(BlockMode::Independent)
        .block_size(BlockSize::Max256KB)
        .content_size(Some(raw.len() as u64))
        .content_checksum(true);
    let mut encoder = FrameEncoder::with_frame_info(info, Vec::with_capacity(raw.len()));
    encoder.write_all(raw)?;
    Ok(encoder.finish()?)
}

/// `None` where the frame is damaged or not of this length.
fn unpack_frame(packed: &[u8], raw_length: usize) -> Option<Vec<u8>> {
    let mut raw = Vec::with_capacity(raw_length);
    let limit = raw_length as u64 + 1;
    FrameDecoder::new(packed).take(limit).read_to_end(&mut raw).ok()?;
    (raw.len() == raw_length).then_some(raw)
}

fn damaged(path: &Path, seq: u64, what: &str) -> StoreError {
    StoreError::Damaged { seq, path: path.to_owned(), line: 0, what: reason(what), kept: "kept-others" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(lines: usize, folder: &Path) -> (Vec<u8>, Packed) {
        let rows: Vec<String> = (0..lines).map(|n| format!("line {n} {}\n", "abc ".repeat(n % 50))).collect();
        let text = rows.concat();
        let plain = folder.join("plain");
        std::fs::write(&plain, &text).unwrap();
        let to = folder.join("packed");
        pack(&File::open(&plain).unwrap(), text.len() as u64, 101, &to).unwrap();
        (text.into_bytes(), Packed::open(to).unwrap())
    }

    #[test]
    fn packed_lines_come_back_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let (text, packed) = packed(5_000, folder.path());
        assert_eq!((packed.first_seq(), packed.last_seq()), (101, 5_100));
        let frames = packed.frames().unwrap().len();
        assert!(frames > 5, "{frames} frames are too few to test anything");
        let whole: Vec<u8> = (0..frames).flat_map(|at| packed.unpack(at).unwrap().to_vec()).collect();
        assert_eq!(whole, text);
        let at = packed.frame_of(3_000).unwrap();
        assert!(packed.frames().unwrap()[at].first_seq <= 3_000);
        assert!(packed.frames().unwrap()[at + 1].first_seq > 3_000);
    }

    #[test]
    fn every_damaged_byte_is_noticed_and_nothing_panics() {
        let folder = tempfile::tempdir().unwrap();
        let (text, packed) = packed(40, folder.path());
        let good = std::fs::read(packed.path()).unwrap();
        let path = folder.path().join("damaged");
        for at in 0..good.len() {
            let mut bytes = good.clone();
            bytes[at] ^= 0x10;
            std::fs::write(&path, &bytes).unwrap();
            let Ok(damaged) = Packed::open(path.clone()) else { continue };
            let Ok(frames) = damaged.frames() else { continue };
            let read: Result<Vec<_>, _> = (0..frames.len()).map(|at| damaged.unpack(at)).collect();
            let Ok(read) = read else { continue };
            // A flip in the skippable frame's own header changes nothing that is read.
            assert_eq!(read.concat(), text, "byte {at} was flipped and other lines came out");
        }
        for length in 0..good.len() {
            std::fs::write(&path, &good[..length]).unwrap();
            assert!(Packed::open(path.clone()).is_err(), "a file cut to {length} bytes was opened");
        }
    }
}
