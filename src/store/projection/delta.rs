//! What one entry changes in the projection; small, so that the working set holds it instead of the document.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::facts::column_bit;
use crate::domain::id::DocId;
use crate::domain::serial::SerialPattern;
use crate::store::contract::{DocKind, Head, Keys, Queue, Revision, SerialColumn};

/// The change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delta {
    /// The entry.
    pub seq: u64,
    /// The document.
    pub id: DocId,
    /// When.
    pub at: Timestamp,
    /// What kind of document.
    pub kind: DocKind,
    /// Whether the entry is the document's first.
    pub new: bool,
    /// Its natural number.
    pub number: Option<String>,
    /// The keys of its serial numbers, each once, and the columns they are found in.
    pub serials: Vec<(String, u8)>,
    /// Its partial numbers.
    pub patterns: Vec<SerialPattern>,
    /// The queues it stands in.
    pub queues: Vec<Queue>,
    /// The revision that the entry makes.
    pub rev: Revision,
    /// What is kept beside its serials.
    pub summary: Vec<u8>,
}

impl Delta {
    /// From an entry's head and its document's keys.
    pub fn new(head: &Head, keys: Keys) -> Self {
        let mut serials: Vec<(String, u8)> = Vec::new();
        for serial in keys.serials {
            let columns = [
                (SerialColumn::Norm, serial.norm),
                (SerialColumn::Core, serial.core),
                (SerialColumn::Confusable, serial.confusable),
            ];
            for (column, key) in columns.into_iter().filter(|(_, key)| !key.is_empty()) {
                match serials.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, bits)) => *bits |= column_bit(column),
                    None => serials.push((key, column_bit(column))),
                }
            }
        }
        Self {
            seq: head.seq,
            id: head.doc,
            at: head.at,
            kind: head.kind,
            new: head.parent.is_none(),
            number: keys.number,
            serials,
            patterns: keys.patterns,
            queues: keys.queues,
            rev: head.rev.clone(),
            summary: keys.summary,
        }
    }
}
