//! What an officer looks up beside the models: proof houses and their marks, marks of works and owners, parts and terms.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A proof house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofHouse {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The code of its country.
    pub country: String,
    /// Its city.
    pub city: Option<String>,
    /// Since when.
    pub from: Option<i16>,
    /// Until when.
    pub to: Option<i16>,
    /// What an officer should know.
    pub note: Option<String>,
    /// Its marks.
    #[serde(default)]
    pub marks: Vec<ProofMark>,
}

/// A mark of a proof house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofMark {
    /// What it shows.
    pub mark: String,
    /// What it means, where it is not plain proof.
    pub meaning: Option<String>,
    /// Since when.
    pub from: Option<i16>,
    /// Until when.
    pub to: Option<i16>,
    /// What an officer should know.
    pub note: Option<String>,
}

/// A mark of works, owners or importers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnerMark {
    /// Its identifier.
    pub id: String,
    /// What it shows.
    pub mark: String,
    /// The code of its country.
    pub country: Option<String>,
    /// What it means.
    pub meaning: String,
    /// The make that used it.
    pub make: Option<String>,
    /// Since when.
    pub from: Option<i16>,
    /// Until when.
    pub to: Option<i16>,
    /// What an officer should know.
    pub note: Option<String>,
}

/// A part or term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its identifier.
    pub id: String,
    /// The term in English.
    pub term: String,
    /// What it means.
    pub definition: String,
    /// The term in other languages, by language code.
    #[serde(default)]
    pub aliases: BTreeMap<String, Vec<String>>,
}

/// Everything of the handbook.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Handbook {
    /// Proof houses.
    pub houses: Vec<ProofHouse>,
    /// Marks of works, owners and importers.
    pub marks: Vec<OwnerMark>,
    /// Parts and terms.
    pub terms: Vec<Term>,
}
