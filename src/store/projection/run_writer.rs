//! Writes a run: an immutable file of sorted facts.
//!
//! ```text
//! magic | blocks of heads | index | filter | blocks of numbers | index | filter | … | footer | footer CRC | magic
//! ```
//!
//! An index holds the place of each block and where its facts begin; the footer says where indexes and filters lie.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::block::{BLOCK_BYTES, BlockWriter};
use super::facts::{SETS, Set};
use super::filter::Filter;
use crate::store::contract::StoreError;
use crate::store::fault::writing;

/// The first and the last bytes of a run.
pub const MAGIC: &[u8; 8] = b"HSRUN002";

/// A stretch of the file and its checksum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stretch {
    /// Where it begins.
    pub offset: u64,
    /// How long it is.
    pub length: u64,
    /// CRC-32 of its bytes.
    pub crc: u32,
}

/// Where the parts of one set lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SetFooter {
    /// How many facts it holds.
    pub facts: u64,
    /// Its index.
    pub index: Stretch,
    /// Its filter.
    pub filter: Stretch,
}

/// What stands at the end of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Footer {
    /// How many entries its facts are about.
    pub entries: u64,
    /// The sets, as in [`Set::ALL`].
    pub sets: [SetFooter; SETS],
}

/// The place of a block in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexEntry {
    /// The least beginning of its first fact that is behind the last fact of the block before: as good as the fact for
    /// finding the block, and much shorter.
    pub first: Vec<u8>,
    /// Where it begins.
    pub offset: u64,
    /// How long it is.
    pub length: u32,
}

/// Writes one run, set after set.
pub struct RunWriter {
    path: PathBuf,
    file: BufWriter<File>,
    offset: u64,
    footer: Footer,
    open: Option<OpenSet>,
}

struct OpenSet {
    set: Set,
    block: BlockWriter,
    index: Vec<IndexEntry>,
    filter: Filter,
    facts: u64,
    last: Vec<u8>,
    /// The last fact of the block before.
    before: Vec<u8>,
}

impl RunWriter {
    /// Begins a run about so many entries.
    pub fn create(path: &Path, entries: u64) -> Result<Self, StoreError> {
        let file = File::create(path).map_err(writing(path))?;
        let footer = Footer { entries, ..Footer::default() };
        let mut writer = Self {
            path: path.to_owned(),
            file: BufWriter::with_capacity(1 << 16, file),
            offset: 0,
            footer,
            open: None,
        };
        writer.put(MAGIC)?;
        Ok(writer)
    }

    /// Begins a set of at most so many facts; the one before is closed.
    pub fn begin(&mut self, set: Set, at_most: usize) -> Result<(), StoreError> {
        self.close_set()?;
        let filter = Filter::for_keys(if set.is_filtered() { at_most } else { 0 });
        let (block, index) = (BlockWriter::default(), Vec::new());
        let (last, before) = (Vec::new(), Vec::new());
        self.open = Some(OpenSet { set, block, index, filter, facts: 0, last, before });
        Ok(())
    }

    /// Adds the next fact of the set, in order; one told twice is kept once.
    pub fn push(&mut self, fact: &[u8]) -> Result<(), StoreError> {
        let Some(open) = &mut self.open else { return Ok(()) };
        if open.facts > 0 && open.last == fact {
            return Ok(());
        }
        open.facts += 1;
        fact.clone_into(&mut open.last);
        if open.set.is_filtered() {
            open.filter.insert(open.set.asked(fact));
        }
        open.block.push(fact);
        if open.block.len() >= BLOCK_BYTES { self.close_block() } else { Ok(()) }
    }

    /// Closes the run; returns when it is on the disk.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.close_set()?;
        let footer =
            postcard::to_extend(&self.footer, Vec::new()).expect("numbers serialise, and a Vec takes them");
        let length = (footer.len() as u32).to_le_bytes();
        let crc = crc32fast::hash(&footer).to_le_bytes();
        self.put(&footer)?;
        self.put(&[&crc[..], &length, MAGIC].concat())?;
        let path = self.path;
        let file =
            self.file.into_inner().map_err(std::io::IntoInnerError::into_error).map_err(writing(&path))?;
        file.sync_all().map_err(writing(&path))
    }

    fn close_set(&mut self) -> Result<(), StoreError> {
        self.close_block()?;
        let Some(open) = self.open.take() else { return Ok(()) };
        let index =
            postcard::to_extend(&open.index, Vec::new()).expect("bytes serialise, and a Vec takes them");
        let index = self.put_stretch(&index)?;
        let filter = self.put_stretch(open.filter.as_bytes())?;
        self.footer.sets[open.set as usize] = SetFooter { facts: open.facts, index, filter };
        Ok(())
    }

    fn close_block(&mut self) -> Result<(), StoreError> {
        let offset = self.offset;
        let Some(open) = &mut self.open else { return Ok(()) };
        let Some((mut first, bytes)) = open.block.close() else { return Ok(()) };
        let shared = first.iter().zip(&open.before).take_while(|(a, b)| a == b).count();
        first.truncate(shared + 1);
        open.last.clone_into(&mut open.before);
        open.index.push(IndexEntry { first, offset, length: bytes.len() as u32 });
        self.put(&bytes)
    }

    fn put_stretch(&mut self, bytes: &[u8]) -> Result<Stretch, StoreError> {
        let stretch =
            Stretch { offset: self.offset, length: bytes.len() as u64, crc: crc32fast::hash(bytes) };
        self.put(bytes)?;
        Ok(stretch)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.offset += bytes.len() as u64;
        self.file.write_all(bytes).map_err(writing(&self.path))
    }
}
