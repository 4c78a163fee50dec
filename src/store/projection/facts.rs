//! What the projection keeps: facts about entries, each a string of bytes, in five sorted sets.
//!
//! A fact is true of one entry for ever ("entry 7 made document X", "entry 7 says that X bears 48113"), so that sets can be
//! added up in any order and a fact told twice does no harm. What is *present* follows: a fact counts while its entry is its
//! document's last.
//!
//! | set | bytes |
//! |---|---|
//! | heads | identifier, entry |
//! | numbers | natural number, 0, entry, identifier |
//! | serials | key, 0, identifier, entry, columns; then, where there is a summary: count and hash of the revision, summary |
//! | shapes | count of characters, folded number |
//! | amended | identifier of a document with an entry that is not its first |

use super::delta::Delta;
use crate::domain::id::DocId;
use crate::store::contract::{Revision, SerialColumn, Summary};

/// One of the sorted sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Which entries made which document.
    Heads,
    /// Natural numbers.
    Numbers,
    /// The keys of serial numbers.
    Serials,
    /// Folded serial numbers by their length.
    Shapes,
    /// Documents with more than one entry: for any other, an entry need not be compared with its last.
    Amended,
}

impl Set {
    /// All, in the order in which they are stored.
    pub const ALL: [Self; SETS] = [Self::Heads, Self::Numbers, Self::Serials, Self::Shapes, Self::Amended];

    /// Whether lookups ask for one key of it, so that a filter helps.
    pub fn is_filtered(self) -> bool {
        self != Self::Shapes
    }

    /// The part of a fact that lookups ask for.
    pub fn asked(self, fact: &[u8]) -> &[u8] {
        let length = match self {
            Self::Heads => fact.len().saturating_sub(SEQ),
            Self::Numbers => fact.len().saturating_sub(SEQ + ID),
            // Neither a folded number nor one of its keys holds a zero byte.
            Self::Serials => memchr::memchr(0, fact).map_or(fact.len(), |zero| zero + 1),
            Self::Shapes | Self::Amended => fact.len(),
        };
        &fact[..length]
    }
}

/// How many sets there are.
pub const SETS: usize = 5;

const ID: usize = 16;
const SEQ: usize = 8;
const REV_COUNT: usize = 4;
const REV_HASH: usize = 16;

/// Lookups of longer texts than this find nothing, and shapes longer than it are not kept: no pattern is longer than thirty.
const LONGEST_SHAPE: usize = 255;

/// Every fact of an entry.
pub fn of(delta: &Delta) -> Vec<(Set, Vec<u8>)> {
    let id = delta.id.to_bytes();
    let seq = delta.seq.to_be_bytes();
    let mut facts = vec![(Set::Heads, [&id[..], &seq].concat())];
    if let Some(number) = &delta.number {
        facts.push((Set::Numbers, [&number_key(number)[..], &seq, &id].concat()));
    }
    if !delta.new {
        facts.push((Set::Amended, id.to_vec()));
    }
    let rev = if delta.summary.is_empty() { None } else { packed(&delta.rev) };
    let summary = rev.map(|rev| [&rev[..], &delta.summary].concat()).unwrap_or_default();
    for (key, columns) in &delta.serials {
        facts.push((Set::Serials, [&serial_key(key)[..], &id, &seq, &[*columns], &summary].concat()));
        if columns & column_bit(SerialColumn::Norm) != 0
            && let Some(shape) = shape(key)
        {
            facts.push((Set::Shapes, shape));
        }
    }
    facts
}

/// What a serial column is in the last byte of a fact.
pub const fn column_bit(column: SerialColumn) -> u8 {
    match column {
        SerialColumn::Norm => 1,
        SerialColumn::Core => 2,
        SerialColumn::Confusable => 4,
    }
}

/// What facts about a natural number begin with.
pub fn number_key(number: &str) -> Vec<u8> {
    [number.as_bytes(), &[0]].concat()
}

/// What facts about a serial key begin with.
pub fn serial_key(key: &str) -> Vec<u8> {
    [key.as_bytes(), &[0]].concat()
}

/// What the shapes of so many characters begin with; `None` where none are kept.
pub fn shape_key(characters: usize) -> Option<u8> {
    (characters <= LONGEST_SHAPE).then_some(characters as u8)
}

/// The folded number of a shape.
pub fn norm_of(shape: &[u8]) -> Option<&str> {
    std::str::from_utf8(shape.get(1..)?).ok()
}

/// The entry of a head.
pub fn head(fact: &[u8]) -> Option<(DocId, u64)> {
    Some((id_at(fact, 0)?, seq_at(fact, ID)?))
}

/// Entry and document of a number's fact, whose number is `asked` long with its zero.
pub fn number(fact: &[u8], asked: usize) -> Option<(u64, DocId)> {
    if fact.len() != asked + SEQ + ID {
        return None;
    }
    Some((seq_at(fact, asked)?, id_at(fact, asked + SEQ)?))
}

/// What a serial's fact says.
#[derive(Debug, Clone, Copy)]
pub struct SerialFact<'a> {
    /// Of which document.
    pub id: DocId,
    /// By which entry.
    pub seq: u64,
    /// In which columns the key is found.
    pub columns: u8,
    /// The revision and the summary, packed; empty where there is none.
    summary: &'a [u8],
}

impl SerialFact<'_> {
    /// What was kept beside the serial.
    pub fn summary(&self) -> Option<Summary> {
        let (rev, bytes) = self.summary.split_at_checked(REV_COUNT + REV_HASH)?;
        let (count, hash) = rev.split_first_chunk::<REV_COUNT>()?;
        let rev = Revision(format!("{}-{}", u32::from_be_bytes(*count), hex::encode(hash)));
        Some(Summary { rev, bytes: bytes.into() })
    }
}

/// Reads a serial's fact, whose key is `asked` long with its zero.
pub fn serial(fact: &[u8], asked: usize) -> Option<SerialFact<'_>> {
    let (id, seq) = (id_at(fact, asked)?, seq_at(fact, asked + ID)?);
    let (columns, summary) = fact.get(asked + ID + SEQ..)?.split_first()?;
    Some(SerialFact { id, seq, columns: *columns, summary })
}

/// A revision in twenty bytes; `None` where it is not of the form that entries are given.
fn packed(rev: &Revision) -> Option<[u8; REV_COUNT + REV_HASH]> {
    let (count, hash) = rev.0.split_once('-')?;
    let mut packed = [0; REV_COUNT + REV_HASH];
    packed[..REV_COUNT].copy_from_slice(&count.parse::<u32>().ok()?.to_be_bytes());
    hex::decode_to_slice(hash, &mut packed[REV_COUNT..]).ok()?;
    Some(packed)
}

fn shape(norm: &str) -> Option<Vec<u8>> {
    let length = shape_key(norm.chars().count())?;
    Some([&[length], norm.as_bytes()].concat())
}

fn id_at(fact: &[u8], at: usize) -> Option<DocId> {
    Some(DocId::from_bytes(fact.get(at..at + ID)?.try_into().ok()?))
}

fn seq_at(fact: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(fact.get(at..at + SEQ)?.try_into().ok()?))
}
