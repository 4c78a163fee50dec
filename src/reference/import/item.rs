//! What a row of a list says, in the list's own words: this is what an edition keeps, so that a later table, which knows more makes
//! and calibres, reads it anew.

use serde::{Deserialize, Serialize};

/// A row that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A make and model.
    Model(Box<Model>),
    /// A code and what it stands for.
    Code(Code),
}

/// A make and model as a list has them. An empty text is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Model {
    /// The list's own number; the line where it has none.
    pub id: String,
    /// The make.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub make: String,
    /// The model.
    pub model: String,
    /// Other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The words for the kind of firearm.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The words for the action.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub action: String,
    /// The calibres.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calibres: Vec<String>,
    /// The countries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// How it is fed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub feed: String,
    /// Where its serial number is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub serial_place: String,
    /// From when to when it was made.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub years: String,
    /// Headings and words that this table has no place for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<(String, String)>,
}

/// Which table a code is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeTable {
    /// Makes.
    Make,
    /// Calibres.
    Calibre,
    /// Types.
    Type,
    /// Actions.
    Action,
    /// Countries.
    Country,
    /// Colours.
    Colour,
}

/// A code as a list has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Of which table.
    pub table: CodeTable,
    /// The code.
    pub code: String,
    /// What it stands for.
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}
