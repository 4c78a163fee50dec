//! The memory twin: the same promises kept in the plainest way, a list of entries and a linear search through it.
//!
//! The model test holds the store on disk against it, and the desk's tests run on it. It keeps nothing and is not for size.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{PoisonError, RwLock};

use super::contract::{
    Appended, Bearer, DocKind, Document, Entry, Keys, NewEntry, Prefix, Queue, QueueItem, SerialColumn,
    SerialHit, Status, Store, StoreError, Summary,
};
use super::fault::reason;
use super::journal::line::{self, NO_HASH, NonceSource, Nonces, Parts, Place};
use super::number;
use crate::domain::id::DocId;
use crate::domain::serial::SerialPattern;

/// A store that is gone when it is dropped.
#[derive(Debug)]
pub struct MemoryStore {
    inner: RwLock<Inner>,
}

#[derive(Debug)]
struct Inner {
    entries: Vec<Entry>,
    present: BTreeMap<DocId, Present>,
    numbers: BTreeSet<String>,
    nonces: NonceSource,
}

#[derive(Debug)]
struct Present {
    document: Document,
    keys: Keys,
    /// Since which entry it stands in each of its queues.
    waits: BTreeMap<Queue, u64>,
}

impl Present {
    fn summary(&self) -> Option<Summary> {
        let bytes = &self.keys.summary;
        let rev = || self.document.rev.clone();
        (!bytes.is_empty()).then(|| Summary { rev: rev(), bytes: bytes.clone().into_boxed_slice() })
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new(Nonces::System)
    }
}

impl MemoryStore {
    /// An empty store.
    pub fn new(nonces: Nonces) -> Self {
        let inner = Inner {
            entries: Vec::new(),
            present: BTreeMap::new(),
            numbers: BTreeSet::new(),
            nonces: NonceSource::new(nonces),
        };
        Self { inner: RwLock::new(inner) }
    }

    fn read<T>(&self, ask: impl FnOnce(&Inner) -> T) -> T {
        ask(&self.inner.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Inner {
    fn refuse(&self, entries: &[NewEntry]) -> Result<(), StoreError> {
        let mut touched = BTreeSet::new();
        for (at, entry) in entries.iter().enumerate() {
            let refused = |what: String| StoreError::Refused { number: at + 1, total: entries.len(), what };
            if let Some(what) = line::refuse_body(&entry.body) {
                return Err(refused(what));
            }
            // A second change cannot name the revision that the first is about to make.
            if !touched.insert(entry.doc) {
                return Err(refused(reason("refused-twice")));
            }
            let present = self.present.get(&entry.doc).map(|present| &present.document);
            if present.map(|document| &document.rev) != entry.parent.as_ref() {
                let found = present.map_or_else(|| "none".to_owned(), |document| document.rev.0.clone());
                return Err(StoreError::Conflict { found });
            }
            if present.is_some_and(|document| document.kind != entry.kind) {
                return Err(refused(reason("refused-other-kind")));
            }
        }
        Ok(())
    }

    fn partial(&self, pattern: &SerialPattern) -> Vec<SerialHit> {
        let mut partial = BTreeSet::new();
        for (id, present) in &self.present {
            let overlaps = present.keys.patterns.iter().filter(|recorded| recorded.overlaps(pattern));
            partial.extend(overlaps.map(|recorded| (*id, recorded.to_string())));
        }
        partial.into_iter().map(|(id, norm)| SerialHit { id, norm, summary: None }).collect()
    }

    fn take(&mut self, entry: NewEntry, more: u32) -> Appended {
        let prev = self.entries.last().map_or(NO_HASH, |last| last.hash.as_str()).to_owned();
        let place = Place { seq: self.entries.len() as u64 + 1, prev: &prev, more };
        let mut bytes = Vec::new();
        let (head, hash) = line::seal(&mut bytes, &entry, place, &mut self.nonces);
        let body = Parts::of(&bytes).expect("a line just sealed is laid out as one").doc().to_owned();
        let document = Document {
            id: head.doc,
            kind: head.kind,
            rev: head.rev.clone(),
            seq: head.seq,
            at: head.at,
            body: body.clone(),
        };
        let before = self.present.get(&head.doc);
        let since = |queue: &Queue| before.and_then(|old| old.waits.get(queue).copied()).unwrap_or(head.seq);
        let waits = entry.keys.queues.iter().map(|queue| (*queue, since(queue))).collect();
        self.numbers.extend(entry.keys.number.clone());
        self.present.insert(head.doc, Present { document, keys: entry.keys, waits });
        let appended = Appended { seq: head.seq, rev: head.rev.clone(), hash: hash.clone() };
        self.entries.push(Entry { head, hash, body });
        appended
    }
}

impl Store for MemoryStore {
    fn append(&self, entries: Vec<NewEntry>) -> Result<Vec<Appended>, StoreError> {
        let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        inner.refuse(&entries)?;
        let total = entries.len();
        let taken = entries.into_iter().enumerate();
        Ok(taken.map(|(at, entry)| inner.take(entry, (total - at - 1) as u32)).collect())
    }

    fn document(&self, id: DocId) -> Result<Option<Document>, StoreError> {
        Ok(self.read(|inner| inner.present.get(&id).map(|present| present.document.clone())))
    }

    fn history(&self, id: DocId) -> Result<Vec<Entry>, StoreError> {
        Ok(self.read(|inner| inner.entries.iter().filter(|entry| entry.head.doc == id).cloned().collect()))
    }

    fn by_number(&self, number: &str) -> Result<Option<DocId>, StoreError> {
        Ok(self.read(|inner| {
            let claims = inner.present.values().filter(|it| it.keys.number.as_deref() == Some(number));
            claims.max_by_key(|it| it.document.seq).map(|it| it.document.id)
        }))
    }

    fn highest(&self, prefix: &Prefix) -> Result<u64, StoreError> {
        Ok(self.read(|inner| {
            let counts = inner.numbers.iter().filter_map(|text| number::split(text));
            counts.filter(|(before, _)| *before == prefix.0).map(|(_, count)| count).max().unwrap_or(0)
        }))
    }

    fn bearers(&self, keys: &[(SerialColumn, &str)]) -> Result<Vec<Bearer>, StoreError> {
        let bears = |present: &&Present| {
            let all =
                present.keys.serials.iter().flat_map(|serial| keys.iter().map(move |key| (serial, key)));
            all.into_iter().any(|(serial, (column, key))| {
                let own = match column {
                    SerialColumn::Norm => &serial.norm,
                    SerialColumn::Core => &serial.core,
                    SerialColumn::Confusable => &serial.confusable,
                };
                !key.is_empty() && own == key
            })
        };
        let bearer = |present: &Present| Bearer { id: present.document.id, summary: present.summary() };
        Ok(self.read(|inner| inner.present.values().filter(bears).map(bearer).collect()))
    }

    fn find_pattern(&self, pattern: &SerialPattern, limit: usize) -> Result<Vec<SerialHit>, StoreError> {
        Ok(self.read(|inner| {
            let mut readable = BTreeSet::new();
            for (id, present) in &inner.present {
                let fits = present.keys.serials.iter().filter(|serial| pattern.matches(&serial.norm));
                readable.extend(fits.map(|serial| (serial.norm.clone(), *id)));
            }
            let summary = |id: &DocId| inner.present.get(id).and_then(Present::summary);
            let readable =
                readable.into_iter().map(|(norm, id)| SerialHit { id, norm, summary: summary(&id) });
            readable.chain(inner.partial(pattern)).take(limit).collect()
        }))
    }

    fn find_partial(&self, pattern: &SerialPattern) -> Result<Vec<SerialHit>, StoreError> {
        Ok(self.read(|inner| inner.partial(pattern)))
    }

    fn queue(&self, queue: Queue) -> Result<Vec<QueueItem>, StoreError> {
        Ok(self.read(|inner| {
            let waits = |(id, present): (&DocId, &Present)| Some((*present.waits.get(&queue)?, *id));
            let mut items: Vec<(u64, DocId)> = inner.present.iter().filter_map(waits).collect();
            items.sort_unstable();
            let since = |seq: u64| inner.entries[seq as usize - 1].head.at;
            items.into_iter().map(|(seq, id)| QueueItem { id, since: since(seq) }).collect()
        }))
    }

    fn documents(&self, after: Option<DocId>, limit: usize) -> Result<Vec<Document>, StoreError> {
        Ok(self.read(|inner| {
            let later = inner.present.iter().filter(|(id, _)| after.is_none_or(|after| **id > after));
            later.take(limit).map(|(_, present)| present.document.clone()).collect()
        }))
    }

    fn entries(&self, seq: u64, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let skip = usize::try_from(seq.saturating_sub(1)).unwrap_or(usize::MAX);
        Ok(self.read(|inner| inner.entries.iter().skip(skip).take(limit).cloned().collect()))
    }

    fn status(&self) -> Status {
        self.read(|inner| {
            let last = inner.entries.last();
            let records = inner.present.values().filter(|it| it.document.kind == DocKind::Record).count();
            Status {
                seq: last.map_or(0, |entry| entry.head.seq),
                hash: last.map_or_else(|| NO_HASH.to_owned(), |entry| entry.hash.clone()),
                at: last.map(|entry| entry.head.at),
                records: records as u64,
            }
        })
    }
}
