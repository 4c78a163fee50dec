//! Editions: lists that a user imports beside the shipped table, with their own ids, source and date.
//!
//! An import is read row by row; a row that cannot be used is refused with its line and the reason, and the rest goes on. What
//! is imported never overwrites a card: a duplicate is linked by [`Reference::with_edition`](super::Reference::with_edition), and
//! the edition can be taken away again whole. Where an edition is kept is the store's business.

mod decode;
mod kinds;
mod mapping;
mod read;

use std::sync::Arc;

pub use decode::{Encoding, decode};
pub use mapping::{BadMapping, Column, Mapping};
pub use read::{Preview, import, preview};

use super::entry::Entry;

/// What was imported from one file.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its short name, which begins the ids of its entries: `frt-2024`.
    pub name: Arc<str>,
    /// Its entries.
    pub entries: Vec<Arc<Entry>>,
    /// The rows that were not used.
    pub refused: Vec<Refused>,
}

/// A row that was not used.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refused {
    /// The line in the file, from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
    /// The row's fields as they were read, so that they can be put right and imported again.
    pub fields: Vec<String>,
}
