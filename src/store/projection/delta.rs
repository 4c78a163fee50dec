//! What one entry changes in the projection; small, so that the working set holds it instead of the document.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::facts::column_bit;
use crate::domain::id::DocId;
use crate::domain::serial::SerialPattern;
use crate::store::contract::{DocKind, Head, Keys, Queue, SerialColumn};

/// The change.
#[derive(Debug, Clone, PartialEq)]
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
        }
    }
}

/// The compact form in which a change is kept: identifiers as bytes and times as numbers.
#[derive(Serialize, Deserialize)]
struct Compact {
    seq: u64,
    id: [u8; 16],
    at: i128,
    kind: DocKind,
    new: bool,
    number: Option<String>,
    serials: Vec<(String, u8)>,
    patterns: Vec<SerialPattern>,
    queues: Vec<Queue>,
}

impl Serialize for Delta {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let it = self.clone();
        Compact {
            seq: it.seq,
            id: it.id.to_bytes(),
            at: it.at.as_nanosecond(),
            kind: it.kind,
            new: it.new,
            number: it.number,
            serials: it.serials,
            patterns: it.patterns,
            queues: it.queues,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Delta {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let it = Compact::deserialize(deserializer)?;
        Ok(Self {
            seq: it.seq,
            id: DocId::from_bytes(it.id),
            at: Timestamp::from_nanosecond(it.at).map_err(serde::de::Error::custom)?,
            kind: it.kind,
            new: it.new,
            number: it.number,
            serials: it.serials,
            patterns: it.patterns,
            queues: it.queues,
        })
    }
}
