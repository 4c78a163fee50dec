//! The journal: every change, one line each, hash-chained, in segments. It is the truth; everything else is derived from it.
//!
//! It knows lines, segments and their recovery. It does not know what a document means, nor how it is found.

pub mod chain;
pub mod line;
mod lines;
pub mod packed;
mod plain;
mod segments;
pub mod tail;
pub mod writer;

pub use segments::{Journal, Scanned};
