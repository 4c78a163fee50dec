//! Searching the table as one types: names, calibres and plain sentences, in any spelling, order or script.
//!
//! A text is read once ([`query`]), its words meet the names of makes and models in memory ([`lexicon`], [`names`]), the likely
//! entries are scored in full with the reason for each match ([`score`]), and counted for the filters ([`facets`]).
//! It never touches the disk, and knows nothing of records. Called by the desk on a background job, a keystroke at a time.

mod edges;
mod facets;
mod filed;
mod gather;
mod index;
mod lexicon;
mod misread;
mod names;
mod numbers;
pub(super) mod numerals;
mod prepared;
mod preparing;
mod query;
mod results;
mod score;
mod serial;
mod sound;
pub(super) mod spelled;
mod terms;
pub(super) mod words;

pub use facets::{FacetCount, Facets, Filters};
pub use index::Index;
pub(super) use prepared::Prepared;
pub use results::{FoundSerial, Hit, Match, Reason, Results};
