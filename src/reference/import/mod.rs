//! Editions: lists that a user imports beside the shipped table, with their own ids, source and date.
//!
//! A list is read row by row; a row that cannot be used is refused with its line and the reason, and the rest goes on. What is
//! imported never overwrites a card: a duplicate is linked by [`Reference::with_editions`](super::Reference::with_editions), and
//! the edition can be taken away again whole. Where an edition is kept is the desk's business.
//!
//! The way of a row: [`Detector`] and `decode` (bytes to lines), `rows` (lines to fields), [`Plan`] (which list, which column says
//! what), `fields`, `curios`, `sor`, `codes` (fields to [`Item`], in the list's words), `resolve` (words to an entry of this table).

mod beginning;
pub(super) mod codes;
mod curios;
mod decode;
mod edition;
mod fields;
mod heading;
mod heading_words;
mod item;
mod mapping;
mod place;
mod plan;
mod read;
mod resolve;
mod rows;
mod sor;
mod words;

pub use beginning::Beginning;
pub use codes::KnownCode;
pub use decode::{Detector, Encoding};
pub use edition::{BadEdition, Edition, write_head, write_item};
pub use heading::heading_name;
pub use heading_words::HeadingWords;
pub use item::{Code, CodeTable, Item, Model};
pub use mapping::{BadMapping, Column, Mapping};
pub use plan::{Kind, NoPlan, Plan, PlannedColumn, Reading};
pub use read::{ReadFault, Sink, Tally, read_list};

/// A row that was not used.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refused {
    /// The line in the file, from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
    /// The row's fields as they were read, so that they can be put right and imported again; the line itself where it could not be
    /// cut into fields, nothing where it could not be read.
    pub fields: Vec<String>,
}

/// The short name of an edition, as it may begin an id.
pub fn short_name(text: &str) -> String {
    super::text::slug(text)
}
