//! Who acts: the office that owns the workspace and the officer at its desk.
//!
//! An officer is known by name for now; keys come with accountability.

use serde::{Deserialize, Serialize};

use super::country::CountryCode;

/// The office that owns a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// What it is called, such as `NCB Madrid`.
    pub name: String,
    /// Whose records it may change (rule V27).
    pub country: CountryCode,
}

/// The person who acts, as named in every journal entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Officer(pub String);

impl Officer {
    /// Whether two names are the same person: case and spaces do not make another officer (rule V26 depends on it).
    pub fn is_same_person(&self, other: &Self) -> bool {
        super::text::fold(&self.0) == super::text::fold(&other.0)
    }
}

impl std::fmt::Display for Officer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
