//! What is derived from the journal so that documents are found without reading it: facts in sorted sets, and a small ledger.
//!
//! The documents themselves stay in the journal. Nothing here needs to reach the disk before an append is confirmed: it
//! follows the journal, and what is missing or damaged is made again from it.

mod block;
pub mod delta;
mod facts;
mod filter;
mod fold;
pub mod keeper;
mod ledger;
mod manifest;
mod memtable;
mod partials;
mod run;
mod run_writer;
mod shape;
mod working;

use std::collections::BTreeMap;
use std::sync::Arc;

use delta::Delta;
use facts::Set;
use fold::Merged;
use ledger::Ledger;
use memtable::Memtable;
use run::Run;
use shape::ShapeMatcher;

use super::contract::{Bearer, SerialColumn, SerialHit, Status, StoreError, Summary};
use super::journal::line::NO_HASH;
use crate::domain::id::DocId;
use crate::domain::serial::SerialPattern;

/// The projection after some entry of the journal.
#[derive(Debug)]
pub struct Projection {
    memtable: Memtable,
    runs: Vec<Arc<Run>>,
    ledger: Ledger,
    status: Status,
}

impl Default for Projection {
    fn default() -> Self {
        let status = Status { seq: 0, hash: NO_HASH.to_owned(), at: None, records: 0 };
        Self { memtable: Memtable::default(), runs: Vec::new(), ledger: Ledger::default(), status }
    }
}

impl Projection {
    /// The projection after a fold.
    fn folded(status: Status, ledger: Ledger, runs: Vec<Arc<Run>>) -> Self {
        Self { memtable: Memtable::default(), runs, ledger, status }
    }

    /// Takes in the next entries, the last of which has this hash.
    fn apply_all(&mut self, deltas: &[Delta], hash: &str) {
        for delta in deltas {
            self.memtable.insert(facts::of(delta));
            self.ledger.apply(delta);
        }
        if let Some(last) = deltas.last() {
            let (seq, at) = (last.seq, Some(last.at));
            self.status = Status { seq, hash: hash.to_owned(), at, records: self.ledger.records };
        }
    }

    /// What was in memory is in the runs now.
    fn set_folded(&mut self, runs: Vec<Arc<Run>>) {
        self.memtable = Memtable::default();
        self.runs = runs;
    }

    fn unfolded(&self) -> usize {
        self.memtable.entries()
    }

    fn memtable(&self) -> &Memtable {
        &self.memtable
    }

    fn runs(&self) -> &[Arc<Run>] {
        &self.runs
    }

    /// How far it is.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// What waits, partial numbers, counts.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The entry that made a document what it is.
    pub fn latest(&self, id: DocId) -> Result<Option<u64>, StoreError> {
        let mut latest = None;
        self.each(Set::Heads, &id.to_bytes(), &mut |fact| {
            latest = latest.max(facts::head(fact).map(|(_, seq)| seq));
        })?;
        Ok(latest)
    }

    /// Every entry about a document, oldest first.
    pub fn entries_of(&self, id: DocId) -> Result<Vec<u64>, StoreError> {
        let mut entries = Vec::new();
        self.each(Set::Heads, &id.to_bytes(), &mut |fact| {
            entries.extend(facts::head(fact).map(|(_, seq)| seq));
        })?;
        entries.sort_unstable();
        entries.dedup();
        Ok(entries)
    }

    /// Documents after an identifier with their last entries, by identifier.
    pub fn heads_after(&self, after: Option<DocId>, limit: usize) -> Result<Vec<(DocId, u64)>, StoreError> {
        // No entry's number is so high: this is behind every fact about the document.
        let start = after.map_or_else(Vec::new, |id| [&id.to_bytes()[..], &[0xff; 9]].concat());
        let mut newer = self.memtable.from(Set::Heads, &start).peekable();
        let mut older = Merged::new(&self.runs, Set::Heads, &start)?;
        let mut heads: Vec<(DocId, u64)> = Vec::new();
        loop {
            let from_runs = older.fact();
            let from_memory = newer.peek().copied();
            let take_memory = from_memory.is_some_and(|fact| from_runs.is_none_or(|other| fact <= other));
            let fact = if take_memory { from_memory } else { from_runs };
            let Some((id, seq)) = fact.and_then(facts::head) else { break };
            if let Some((_, latest)) = heads.last_mut().filter(|(last, _)| *last == id) {
                *latest = seq.max(*latest);
            } else if heads.len() == limit {
                break;
            } else {
                heads.push((id, seq));
            }
            if take_memory {
                newer.next();
            } else {
                older.step()?;
            }
        }
        Ok(heads)
    }

    /// The document with a natural number.
    pub fn by_number(&self, number: &str) -> Result<Option<DocId>, StoreError> {
        let key = facts::number_key(number);
        let mut claims = Vec::new();
        self.each(Set::Numbers, &key, &mut |fact| claims.extend(facts::number(fact, key.len())))?;
        claims.sort_unstable();
        for (seq, id) in claims.into_iter().rev() {
            if self.latest(id)? == Some(seq) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Documents that bear a number with one of these keys, by identifier.
    pub fn bearers(&self, keys: &[(SerialColumn, &str)]) -> Result<Vec<Bearer>, StoreError> {
        let mut found: BTreeMap<DocId, (u64, Option<Summary>)> = BTreeMap::new();
        for (text, columns) in by_text(keys) {
            let key = facts::serial_key(text);
            self.each(Set::Serials, &key, &mut |fact| {
                let Some(serial) = facts::serial(fact, key.len()) else { return };
                let known = found.get(&serial.id).is_some_and(|(seq, _)| *seq >= serial.seq);
                if serial.columns & columns != 0 && !known {
                    found.insert(serial.id, (serial.seq, serial.summary()));
                }
            })?;
        }
        let mut present = Vec::with_capacity(found.len());
        for (id, (seq, summary)) in found {
            if self.is_latest(id, seq)? {
                present.push(Bearer { id, summary });
            }
        }
        Ok(present)
    }

    /// Whether the entry, which is one about the document, is its last.
    fn is_latest(&self, id: DocId, seq: u64) -> Result<bool, StoreError> {
        let mut amended = false;
        self.each(Set::Amended, &id.to_bytes(), &mut |_| amended = true)?;
        Ok(!amended || self.latest(id)? == Some(seq))
    }

    /// Documents with a number that fits the pattern.
    pub fn find_pattern(&self, pattern: &SerialPattern, limit: usize) -> Result<Vec<SerialHit>, StoreError> {
        let mut hits = Vec::new();
        for norm in self.shapes(pattern)? {
            if hits.len() >= limit {
                break;
            }
            let documents = self.bearers(&[(SerialColumn::Norm, &norm)])?;
            hits.extend(documents.into_iter().map(|Bearer { id, summary }| SerialHit {
                id,
                norm: norm.clone(),
                summary,
            }));
        }
        hits.truncate(limit);
        if hits.len() < limit {
            let room = limit - hits.len();
            hits.extend(self.ledger.partial(pattern).into_iter().take(room));
        }
        Ok(hits)
    }

    /// Folded numbers that fit the pattern, in order, each once; perhaps of no present document.
    fn shapes(&self, pattern: &SerialPattern) -> Result<Vec<String>, StoreError> {
        let Some(length) = facts::shape_key(pattern.elements().len()) else {
            return Ok(Vec::new());
        };
        let matcher = ShapeMatcher::new(pattern);
        let key = [length];
        let in_memory = self.memtable.beginning(Set::Shapes, &key);
        let mut norms: Vec<String> = in_memory.filter_map(|fact| matcher.norm(fact)).collect();
        for run in &self.runs {
            norms.extend(matcher.search(run, length)?);
        }
        norms.sort_unstable();
        norms.dedup();
        Ok(norms)
    }

    /// Visits every fact of a set about exactly this key; in no order, and perhaps twice.
    fn each(&self, set: Set, key: &[u8], visit: &mut dyn FnMut(&[u8])) -> Result<(), StoreError> {
        self.memtable.beginning(set, key).for_each(&mut *visit);
        for run in self.runs.iter().filter(|run| run.may_hold(set, key)) {
            run.each(set, key, visit)?;
        }
        Ok(())
    }
}

/// The keys with the columns asked for; many numbers have but one key.
fn by_text<'a>(keys: &[(SerialColumn, &'a str)]) -> Vec<(&'a str, u8)> {
    let mut texts: Vec<(&str, u8)> = Vec::with_capacity(keys.len());
    for (column, text) in keys.iter().filter(|(_, text)| !text.is_empty()) {
        let bit = facts::column_bit(*column);
        match texts.iter_mut().find(|(known, _)| known == text) {
            Some((_, columns)) => *columns |= bit,
            None => texts.push((text, bit)),
        }
    }
    texts
}
