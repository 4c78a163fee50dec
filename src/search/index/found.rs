//! What a search found: how many, the first rows at once, any other rows on demand, and counts by value.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::bits::Bits;
use super::eval::{self, Level};
use super::guard;
use super::order::{self, Classes, Row, Sort, SortKey};
use super::schema::Column;
use super::segment::Generation;
use crate::domain::country::CountryCode;
use crate::domain::firearm::FirearmType;
use crate::domain::id::DocId;
use crate::domain::lifecycle::RecordState;
use crate::domain::record::RecordReason;
use crate::search::document::country_of;
use crate::search::query::Query;
use crate::search::{Cancel, SearchError};

/// Rows that are ordered at once; the rest is ordered when it is asked for.
const FIRST_ROWS: usize = 256;
/// Fewer results than this, and words that are similar are looked for too.
const FEW: u64 = 50;

/// What was found. It stays as it is while the index changes.
pub struct Found {
    generation: Arc<Generation>,
    classes: Classes,
    sort: Sort,
    total: u64,
    similar: u64,
    first: Vec<u32>,
    rest: OnceLock<Vec<u32>>,
}

/// How many of what was found have each value, the most frequent first. Records without a value are not counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// By reason.
    pub reasons: Vec<(RecordReason, u64)>,
    /// By state.
    pub states: Vec<(RecordState, u64)>,
    /// By type of firearm.
    pub types: Vec<(FirearmType, u64)>,
    /// By country of the event.
    pub countries: Vec<(CountryCode, u64)>,
}

impl Found {
    /// Searches a generation of the index.
    pub(super) fn search(
        generation: Arc<Generation>,
        query: &Query,
        sort: Sort,
        cancel: &Cancel,
    ) -> Result<Self, SearchError> {
        let mut classes = classes(&generation, query, sort, cancel)?;
        let as_asked = count(&classes);
        let mut similar = 0;
        if as_asked < FEW && eval::has_similar(query) {
            similar = add_similar(&generation, query, &mut classes, cancel)?;
        }
        let first = order::first_rows(&generation, &classes, sort, FIRST_ROWS, cancel)?;
        let first = first.into_iter().map(|row: Row| row.at).collect();
        Ok(Self {
            generation,
            classes,
            sort,
            total: as_asked + similar,
            similar,
            first,
            rest: OnceLock::new(),
        })
    }

    /// How many there are.
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// How many of them have only a similar word. Sorted by relevance they come last.
    pub const fn similar(&self) -> u64 {
        self.similar
    }

    /// Whether rows up to this one (not included) are ready: [`Found::ids`] will not have to order them first.
    pub fn is_ready(&self, end: usize) -> bool {
        end <= self.first.len() || self.first.len() as u64 == self.total || self.rest.get().is_some()
    }

    /// The documents at these rows; fewer where there are not so many.
    ///
    /// The first rows are ready. A row beyond them orders everything once, which takes a moment for millions: call it where
    /// the keyboard does not wait.
    pub fn ids(&self, rows: Range<usize>, cancel: &Cancel) -> Result<Vec<DocId>, SearchError> {
        let end = rows.end.min(usize::try_from(self.total).unwrap_or(usize::MAX));
        let places = if end <= self.first.len() { &self.first } else { self.ordered(cancel)? };
        let places = places.get(rows.start.min(end)..end).unwrap_or_default();
        guard(|| places.iter().map(|at| self.generation.id(*at)).collect())
    }

    /// Orders all rows now, so that [`Found::ids`] is quick for each.
    pub fn order_all(&self, cancel: &Cancel) -> Result<(), SearchError> {
        self.ordered(cancel).map(|_| ())
    }

    /// Counts by value.
    pub fn facets(&self, cancel: &Cancel) -> Result<Facets, SearchError> {
        guard(|| {
            let reasons = self.histogram(Column::Reason, RecordReason::ALL.len(), cancel)?;
            let states = self.histogram(Column::State, RecordState::ALL.len(), cancel)?;
            let types = self.histogram(Column::Type, FirearmType::ALL.len(), cancel)?;
            let countries = self.histogram(Column::Country, 26 * 26, cancel)?;
            Ok(Facets {
                reasons: named(&reasons, |at| RecordReason::ALL.get(at).copied()),
                states: named(&states, |at| RecordState::ALL.get(at).copied()),
                types: named(&types, |at| FirearmType::ALL.get(at).copied()),
                countries: named(&countries, |at| country_of(at as u64 + 1)),
            })
        })
    }

    fn ordered(&self, cancel: &Cancel) -> Result<&Vec<u32>, SearchError> {
        if self.first.len() as u64 == self.total {
            return Ok(&self.first);
        }
        if let Some(rest) = self.rest.get() {
            return Ok(rest);
        }
        let all = guard(|| order::all_rows(&self.generation, &self.classes, self.sort, cancel))?;
        Ok(self.rest.get_or_init(|| all))
    }

    /// How many documents have each value from 1 to `most`.
    fn histogram(&self, column: Column, most: usize, cancel: &Cancel) -> Result<Vec<u64>, SearchError> {
        let mut counts = vec![0; most + 1];
        let mut values = Vec::new();
        for (segment, classes) in self.generation.segments.iter().zip(&self.classes) {
            let source = segment.column(column)?;
            for bits in classes {
                bits.blocks(|docs| {
                    cancel.check()?;
                    values.resize(docs.len(), 0);
                    source.get_vals(docs, &mut values);
                    for value in &values {
                        if let Some(count) = counts.get_mut(*value as usize) {
                            *count += 1;
                        }
                    }
                    Ok::<(), SearchError>(())
                })?;
            }
        }
        counts.remove(0);
        Ok(counts)
    }
}

fn named<T>(counts: &[u64], name: impl Fn(usize) -> Option<T>) -> Vec<(T, u64)> {
    let counted = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let mut all: Vec<(T, u64)> = counted.filter_map(|(at, count)| Some((name(at)?, *count))).collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all
}

fn count(classes: &Classes) -> u64 {
    classes.iter().flatten().map(Bits::count).sum()
}

/// What fits as asked, in classes where relevance tells them apart.
fn classes(
    generation: &Generation,
    query: &Query,
    sort: Sort,
    cancel: &Cancel,
) -> Result<Classes, SearchError> {
    let mut levels = vec![Level::Begun];
    if sort.key == SortKey::Relevance {
        if eval::has_begun(query) {
            levels.insert(0, Level::Written);
        }
        if eval::has_bare_words(query) {
            levels.insert(0, Level::Firearm);
        }
    }
    let mut all = Vec::with_capacity(generation.segments.len());
    for segment in &generation.segments {
        let widest = eval::evaluate(segment, query, Level::Begun, cancel)?;
        let mut classes = Vec::with_capacity(levels.len());
        let mut left = widest;
        for level in &levels[..levels.len() - 1] {
            if left.is_empty() {
                break;
            }
            let mut class = eval::evaluate(segment, query, *level, cancel)?;
            class.and(&left);
            left.remove(&class);
            classes.push(class);
        }
        classes.push(left);
        all.push(classes);
    }
    Ok(all)
}

/// Adds what has similar words as a last class, and says how many there are.
fn add_similar(
    generation: &Generation,
    query: &Query,
    classes: &mut Classes,
    cancel: &Cancel,
) -> Result<u64, SearchError> {
    let widest = classes.iter().map(Vec::len).max().unwrap_or(0);
    let mut added = 0;
    for (segment, classes) in generation.segments.iter().zip(classes) {
        let mut similar = eval::evaluate(segment, query, Level::Similar, cancel)?;
        for class in classes.iter() {
            similar.remove(class);
        }
        added += similar.count();
        // Every segment's last class has the same number, however few the others were.
        classes.resize_with(widest, || Bits::none(segment.len()));
        classes.push(similar);
    }
    Ok(added)
}
