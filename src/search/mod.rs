//! Finding: the index of everything recorded (on disk, disposable) and the language it is asked in.
//!
//! Only this folder names tantivy, and in it only `index`. The index is a projection: it may be deleted and follows the
//! journal again from where it was. [`query`], [`words`] and [`highlight`] are pure; the screens use them as one types.
//! Called by the desk.

mod cancel;
pub mod document;
mod error;
mod highlight;
pub mod index;
pub mod query;
pub mod words;

pub use cancel::Cancel;
pub use document::IndexDocument;
pub use error::SearchError;
pub use highlight::highlight;
pub use index::{CaseIndex, Facets, Found, Mode, Notice, Options, Sort, SortKey};
pub use query::{Field, Parsed, Query, QueryProblem, parse};
