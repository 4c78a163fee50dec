//! Serial numbers: what is stamped is kept for ever, what is compared is folded (domain.md 2.4).
//!
//! Three keys are derived from what is stamped, each coarser than the last. Called by the store (which indexes them), by
//! the check, and by the forms as one types.

mod fold;
mod pattern;

pub use fold::{bare, confusable_key, embedded_letters_key, folds_scripts, normalise};
pub use pattern::{BadPattern, Element, SerialPattern};

/// The keys of one stamped number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SerialKeys {
    /// Scripts, case, separators and O/0 folded: equal keys are the same number.
    pub norm: String,
    /// Letters that stand between digits dropped as well (NCIC: 369J257 equals 369257); empty when the norm is.
    pub core: String,
    /// Characters that are often misread for one another (I/1, B/8, S/5, Z/2, G/6) folded as well.
    pub confusable: String,
}

impl SerialKeys {
    /// The keys of a number as stamped; all are empty where it has no letter or digit.
    pub fn of(raw: &str) -> Self {
        let norm = normalise(raw);
        Self { core: embedded_letters_key(&norm), confusable: confusable_key(&norm), norm }
    }
}
