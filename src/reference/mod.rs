//! The reference table: how a firearm is described in the standard words, so that everyone's searches meet (as INTERPOL's IFRT).
//!
//! Reads the data files of `reference/`, indexes them in memory and searches them as one types. It holds no case data, touches
//! no disk (the shipped files are part of the program) and never guesses: what a file does not say is unknown. Called by the desk.

pub mod calibre;
mod calibre_words;
mod check;
pub mod compare;
pub mod country;
pub mod date_code;
pub mod entry;
mod error;
pub mod handbook;
mod id;
pub mod identify;
pub mod import;
mod later;
mod links;
mod load;
pub mod make;
mod ordered;
mod resolve;
pub mod search;
pub mod serial_range;
pub mod shape;
mod shipped;
mod table;
mod text;
mod transliterate;

pub use entry::Entry;
pub use error::{Fault, ReferenceError};
pub use id::{CalibreId, MakeId, ModelId};
pub use resolve::{Combination, SerialFit};
pub use shipped::{prepare, prepared_bytes};
pub use table::Reference;
