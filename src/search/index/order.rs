//! The order of what was found: the first rows at once, all rows when they are asked for.

use std::collections::BinaryHeap;

use super::bits::Bits;
use super::schema::{Column, NameColumn};
use super::segment::{Generation, Ranks, Segment, Values};
use crate::search::{Cancel, SearchError};

/// By what rows are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortKey {
    /// How well they fit: words where the firearm is described, then anywhere, then begun words, then similar ones; within
    /// each, the newest first.
    Relevance,
    /// The first day on which the event may lie.
    EventDate,
    /// When it was entered.
    Entered,
    /// The record's own number.
    Number,
    /// The make.
    Make,
    /// The model.
    Model,
    /// Where it stands, in the order of its life.
    State,
    /// The country of the event, by its code.
    Country,
    /// The day of review.
    Review,
}

/// An order. Rows without a value come last either way, and rows that are equal the last changed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// Whether the greatest comes first; has no meaning for relevance.
    pub descending: bool,
}

impl Sort {
    /// The best first.
    pub const RELEVANCE: Self = Self { key: SortKey::Relevance, descending: true };
}

/// What a row is ordered by, and the place of its document counted over all segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    key: u64,
    /// Smaller for what was changed later; no two documents have the same.
    age: u32,
    pub at: u32,
}

/// What was found in each segment, in classes of which the first fits best; no document is in two.
pub(super) type Classes = Vec<Vec<Bits>>;

/// Bits of a relevance key that hold the time; the class stands above them.
const TIME_BITS: u32 = 48;

/// The first `limit` rows.
pub(super) fn first_rows(
    generation: &Generation,
    classes: &Classes,
    sort: Sort,
    limit: usize,
    cancel: &Cancel,
) -> Result<Vec<Row>, SearchError> {
    // The heap holds the best so far with the worst of them on top.
    let mut best: BinaryHeap<Row> = BinaryHeap::with_capacity(limit + 1);
    each_key(generation, classes, sort, cancel, |block| {
        for (offset, key) in block.keys.iter().enumerate() {
            let worst = best.peek().filter(|_| best.len() >= limit);
            if worst.is_some_and(|worst| *key > worst.key) {
                continue;
            }
            let row = block.row(offset);
            if worst.is_some_and(|worst| row > *worst) {
                continue;
            }
            best.push(row);
            if best.len() > limit {
                best.pop();
            }
        }
    })?;
    Ok(best.into_sorted_vec())
}

/// The places of all rows in order.
pub(super) fn all_rows(
    generation: &Generation,
    classes: &Classes,
    sort: Sort,
    cancel: &Cancel,
) -> Result<Vec<u32>, SearchError> {
    let total: u64 = classes.iter().flatten().map(Bits::count).sum();
    let mut rows: Vec<Row> = Vec::with_capacity(total as usize);
    each_key(generation, classes, sort, cancel, |block| {
        rows.extend((0..block.keys.len()).map(|offset| block.row(offset)));
    })?;
    cancel.check()?;
    rows.sort_unstable();
    cancel.check()?;
    Ok(rows.into_iter().map(|row| row.at).collect())
}

/// Some documents of a segment with their keys.
struct Block<'a> {
    docs: &'a [u32],
    keys: &'a [u64],
    seqs: &'a Values,
    start: u32,
}

impl Block<'_> {
    fn row(&self, offset: usize) -> Row {
        let doc = self.docs[offset];
        let seq = u32::try_from(self.seqs.get_val(doc)).unwrap_or(u32::MAX);
        Row { key: self.keys[offset], age: u32::MAX - seq, at: self.start + doc }
    }
}

fn each_key(
    generation: &Generation,
    classes: &Classes,
    sort: Sort,
    cancel: &Cancel,
    mut each: impl FnMut(&Block<'_>),
) -> Result<(), SearchError> {
    let mut keys = Vec::new();
    for (at, (segment, classes)) in generation.segments.iter().zip(classes).enumerate() {
        if classes.iter().all(Bits::is_empty) {
            continue;
        }
        let source = KeySource::open(generation, at, segment, sort.key)?;
        let seqs = segment.column(Column::Seq)?;
        for (class, bits) in classes.iter().enumerate() {
            bits.blocks(|docs| {
                cancel.check()?;
                keys.resize(docs.len(), 0);
                source.values.get_vals(docs, &mut keys);
                for key in &mut keys {
                    *key = source.key(*key, class, sort, at);
                }
                each(&Block { docs, keys: &keys, seqs, start: generation.starts[at] });
                Ok(())
            })?;
        }
    }
    Ok(())
}

/// Where the keys of a segment's documents come from.
struct KeySource {
    values: Values,
    ranks: Option<std::sync::Arc<Ranks>>,
}

impl KeySource {
    fn open(
        generation: &Generation,
        at: usize,
        segment: &Segment,
        key: SortKey,
    ) -> Result<Self, SearchError> {
        let column = match key {
            SortKey::Make => return Self::names(generation, NameColumn::Make, at),
            SortKey::Model => return Self::names(generation, NameColumn::Model, at),
            SortKey::Relevance | SortKey::Entered => Column::Entered,
            SortKey::EventDate => Column::EventFirst,
            SortKey::Number => Column::Number,
            SortKey::State => Column::State,
            SortKey::Country => Column::Country,
            SortKey::Review => Column::Due,
        };
        Ok(Self { values: segment.column(column)?.clone(), ranks: None })
    }

    fn names(generation: &Generation, column: NameColumn, at: usize) -> Result<Self, SearchError> {
        let (values, ranks) = generation.names(column, at)?;
        Ok(Self { values, ranks: Some(ranks) })
    }

    fn key(&self, value: u64, class: usize, sort: Sort, segment: usize) -> u64 {
        if sort.key == SortKey::Relevance {
            let newest_first = (1 << TIME_BITS) - 1 - value.min((1 << TIME_BITS) - 1);
            return (class as u64) << TIME_BITS | newest_first;
        }
        let value = self.ranks.as_ref().map_or(value, |ranks| ranks.of(segment, value));
        match (value, sort.descending) {
            (0, _) => u64::MAX,
            (value, true) => u64::MAX - 1 - value,
            (value, false) => value,
        }
    }
}
