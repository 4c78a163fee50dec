//! The small part of the projection, held in memory whole: what waits, partial numbers, counts.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::delta::Delta;
use super::partials::Partials;
use crate::domain::id::DocId;
use crate::domain::serial::SerialPattern;
use crate::store::contract::{DocKind, Prefix, Queue, QueueItem, SerialHit};
use crate::store::number;

/// Queues, partial numbers and counts after some entry. Changes must be applied in order, each once.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// How many records there are.
    pub records: u64,
    /// The highest count of each prefix.
    counts: BTreeMap<String, u64>,
    /// What waits, by the entry that made it wait.
    queues: BTreeMap<(Queue, u64), (DocId, Timestamp)>,
    /// Partial numbers of the documents that have some.
    partials: Partials,
    /// Where each document waits; the reverse of `queues`.
    waits: BTreeMap<DocId, Vec<(Queue, u64)>>,
}

impl Ledger {
    /// Takes in one entry.
    pub fn apply(&mut self, delta: &Delta) {
        if delta.new && delta.kind == DocKind::Record {
            self.records += 1;
        }
        if let Some((prefix, count)) = delta.number.as_deref().and_then(number::split) {
            let highest = self.counts.entry(prefix.to_owned()).or_default();
            *highest = count.max(*highest);
        }
        self.partials.set(delta.id, &delta.patterns);
        self.apply_queues(delta);
    }

    /// What waits in a queue, in the order in which it came to wait.
    pub fn queue(&self, queue: Queue) -> Vec<QueueItem> {
        let range = self.queues.range((queue, 0)..=(queue, u64::MAX));
        range.map(|(_, (id, since))| QueueItem { id: *id, since: *since }).collect()
    }

    /// The highest count under a prefix.
    pub fn highest(&self, prefix: &Prefix) -> u64 {
        self.counts.get(&prefix.0).copied().unwrap_or(0)
    }

    /// Documents with a partial number that overlaps the pattern, by identifier and text.
    pub fn partial(&self, pattern: &SerialPattern) -> Vec<SerialHit> {
        self.partials.overlapping(pattern)
    }

    fn apply_queues(&mut self, delta: &Delta) {
        let before = self.waits.remove(&delta.id).unwrap_or_default();
        let mut now: Vec<(Queue, u64)> = Vec::new();
        for key in before {
            if delta.queues.contains(&key.0) {
                now.push(key);
            } else {
                self.queues.remove(&key);
            }
        }
        for queue in &delta.queues {
            if now.iter().all(|(standing, _)| standing != queue) {
                now.push((*queue, delta.seq));
                self.queues.insert((*queue, delta.seq), (delta.id, delta.at));
            }
        }
        if !now.is_empty() {
            self.waits.insert(delta.id, now);
        }
    }
}
