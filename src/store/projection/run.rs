//! Reads a run: an immutable file of sorted facts, of which the index and the filters are in memory and the rest on the disk.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::block::BlockReader;
use super::facts::{SETS, Set};
use super::filter::Filter;
use super::run_writer::{Footer, IndexEntry, MAGIC, Stretch};
use crate::store::contract::StoreError;
use crate::store::fault::{damaged_state, reading};
use crate::store::pread::read_exact_at;

/// What stands behind the footer: its CRC, its length, the magic.
const TRAILER: u64 = 4 + 4 + 8;

/// An open run.
#[derive(Debug)]
pub struct Run {
    path: PathBuf,
    file: File,
    footer: Footer,
    indexes: [Index; SETS],
    filters: [Filter; SETS],
}

/// What the facts of blocks begin at (the first fact, or what tells it from the block before), end to end, so that ten thousand of them are one allocation.
#[derive(Debug, Default)]
struct Index {
    firsts: Vec<u8>,
    /// Where a block's beginning ends in `firsts`, its offset in the file and its length.
    blocks: Vec<(u32, u64, u32)>,
}

impl Index {
    fn new(entries: Vec<IndexEntry>) -> Self {
        let mut index = Self::default();
        for entry in entries {
            index.firsts.extend_from_slice(&entry.first);
            index.blocks.push((index.firsts.len() as u32, entry.offset, entry.length));
        }
        index.firsts.shrink_to_fit();
        index
    }

    fn first(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).map_or(0, |before| self.blocks[before].0 as usize);
        &self.firsts[start..self.blocks[at].0 as usize]
    }

    /// The block in which facts from `start` on begin.
    fn block_of(&self, start: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.blocks.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.first(middle) <= start { low = middle + 1 } else { high = middle }
        }
        low.saturating_sub(1)
    }
}

impl Run {
    /// Opens a run and checks its footer, indexes and filters; the blocks are checked as they are read.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let damaged = || damaged_state(path);
        let file = File::open(path).map_err(reading(path))?;
        let length = file.metadata().map_err(reading(path))?.len();
        let start = length.checked_sub(TRAILER).ok_or_else(damaged)?;
        let trailer = read_exact_at(&file, TRAILER as usize, start).map_err(reading(path))?;
        if trailer[8..] != MAGIC[..] {
            return Err(damaged());
        }
        let number =
            |at: usize| u32::from_le_bytes([trailer[at], trailer[at + 1], trailer[at + 2], trailer[at + 3]]);
        let (crc, footer_length) = (number(0), u64::from(number(4)));
        let offset = start.checked_sub(footer_length).ok_or_else(damaged)?;
        let read = |stretch: Stretch| -> Result<Vec<u8>, StoreError> {
            if stretch.offset.checked_add(stretch.length).is_none_or(|end| end > length) {
                return Err(damaged());
            }
            let bytes =
                read_exact_at(&file, stretch.length as usize, stretch.offset).map_err(reading(path))?;
            if crc32fast::hash(&bytes) == stretch.crc { Ok(bytes) } else { Err(damaged()) }
        };
        let footer = read(Stretch { offset, length: footer_length, crc })?;
        let footer: Footer = postcard::from_bytes(&footer).map_err(|_| damaged())?;
        let mut indexes = Vec::with_capacity(SETS);
        let mut filters = Vec::with_capacity(SETS);
        for set in &footer.sets {
            let entries: Vec<IndexEntry> = postcard::from_bytes(&read(set.index)?).map_err(|_| damaged())?;
            indexes.push(Index::new(entries));
            filters.push(Filter::from_bytes(read(set.filter)?).ok_or_else(damaged)?);
        }
        let indexes = indexes.try_into().map_err(|_| damaged())?;
        let filters = filters.try_into().map_err(|_| damaged())?;
        Ok(Self { path: path.to_owned(), file, footer, indexes, filters })
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many entries its facts are about.
    pub fn entries(&self) -> u64 {
        self.footer.entries
    }

    /// How many facts a set has.
    pub fn facts(&self, set: Set) -> u64 {
        self.footer.sets[set as usize].facts
    }

    /// Whether facts about exactly this may be there.
    pub fn may_hold(&self, set: Set, asked: &[u8]) -> bool {
        self.filters[set as usize].may_hold(asked)
    }

    /// Which blocks of a set hold facts that begin so.
    pub fn blocks(&self, set: Set, with: &[u8]) -> std::ops::Range<usize> {
        let index = &self.indexes[set as usize];
        let first = index.block_of(with);
        let mut end = first;
        while end < index.blocks.len() && (end == first || index.first(end).starts_with(with)) {
            end += 1;
        }
        first..end
    }

    /// A block of a set.
    pub fn block(&self, set: Set, at: usize) -> Result<BlockReader<Vec<u8>>, StoreError> {
        let (_, offset, length) = self.indexes[set as usize].blocks[at];
        let bytes = read_exact_at(&self.file, length as usize, offset).map_err(reading(&self.path))?;
        BlockReader::open(bytes).ok_or_else(|| damaged_state(&self.path))
    }

    /// Visits the facts of a set that begin so, in order.
    pub fn each(&self, set: Set, with: &[u8], visit: &mut dyn FnMut(&[u8])) -> Result<(), StoreError> {
        for at in self.blocks(set, with) {
            let mut block = self.block(set, at)?;
            while let Some(fact) = block.advance() {
                if fact.starts_with(with) {
                    visit(fact);
                } else if fact > with {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// Goes through a set of a run in order.
pub struct Cursor {
    run: Arc<Run>,
    set: Set,
    next_block: usize,
    block: Option<BlockReader<Vec<u8>>>,
}

impl Cursor {
    /// At the first fact that is `start` or after it.
    pub fn new(run: Arc<Run>, set: Set, start: &[u8]) -> Result<Self, StoreError> {
        let next_block = run.indexes[set as usize].block_of(start);
        let mut cursor = Self { run, set, next_block, block: None };
        cursor.step()?;
        while cursor.fact().is_some_and(|fact| fact < start) {
            cursor.step()?;
        }
        Ok(cursor)
    }

    /// The fact it stands at; `None` behind the last.
    pub fn fact(&self) -> Option<&[u8]> {
        self.block.as_ref().map(BlockReader::fact)
    }

    /// Goes to the next.
    pub fn step(&mut self) -> Result<(), StoreError> {
        loop {
            if self.block.as_mut().is_some_and(|block| block.advance().is_some()) {
                return Ok(());
            }
            self.block = None;
            if self.next_block >= self.run.indexes[self.set as usize].blocks.len() {
                return Ok(());
            }
            self.block = Some(self.run.block(self.set, self.next_block)?);
            self.next_block += 1;
        }
    }
}
