//! The shape of a form, read from a data file of `reference/forms` (docs/forms.md).
//!
//! [`Schema::parse`] refuses a file that could not work and says at which line and key. Nothing here holds what a person typed.

mod check;
mod condition;
mod read;

use std::collections::BTreeSet;

use serde_json::Value;

pub use condition::{CONTEXT_NAMES, Condition, Context, Place, Test};

use super::kind::Kind;
use super::path::Path;
use super::words;

/// A form.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// Its name in drafts and files: `record`.
    pub id: String,
    /// Raised when the meaning of its paths changes; a draft remembers it.
    pub version: u32,
    /// The locale's key of its title.
    pub title: String,
    /// Its parts in order.
    pub sections: Vec<Section>,
}

/// A part of a form under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its name in the file.
    pub id: String,
    /// The locale's key of its heading.
    pub label: String,
    /// Its fields in order; never empty.
    pub fields: Vec<Field>,
}

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Where its value stands; from the row, for the fields of a group that repeats.
    pub path: Path,
    /// What it holds.
    pub kind: Kind,
    /// The locale's key of its label.
    pub label: String,
    /// The locale's key of what helps to fill it.
    pub help: String,
    /// When it is asked for.
    pub required: Required,
    /// When it is shown; a field that holds a value always is.
    pub show_when: Option<Condition>,
    /// Where its choices come from.
    pub choices: Option<Source>,
    /// What it begins with.
    pub default: Option<Default>,
    /// Values that are not shown and hold only as long as this one is not changed by hand: the identifier of a card.
    pub companions: Vec<Path>,
}

/// When a field is asked for. A hint for the person; the desk's rules decide.
#[derive(Debug, Clone, PartialEq)]
pub enum Required {
    /// Never.
    No,
    /// Always.
    Yes,
    /// While this holds.
    When(Condition),
}

/// Where choices come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// These words, in the schema itself.
    Inline(Vec<String>),
    /// A vocabulary of the domain, by its name in [`words::VOCABULARIES`].
    Vocabulary(String),
    /// A table that only the reference knows, such as `makes`.
    Reference(String),
}

/// What a field begins with.
#[derive(Debug, Clone, PartialEq)]
pub enum Default {
    /// This value.
    Value(Value),
    /// The context's value of this name, where it has one.
    From(String),
}

/// Why a schema was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, {key}: {fault}")]
pub struct SchemaError {
    /// The line of the file, from one.
    pub line: usize,
    /// The key at fault, or the path of the field, made safe to print.
    pub key: String,
    /// What is wrong and what would be right.
    pub fault: String,
}

impl Schema {
    /// Reads a schema and checks that it can work.
    pub fn parse(text: &str) -> Result<Self, SchemaError> {
        read::schema(text)
    }

    /// Every field in order, groups before the fields of their rows, with the path of the group where it stands in one.
    pub fn fields(&self) -> impl Iterator<Item = (Option<&Path>, &Field)> {
        self.sections.iter().flat_map(|section| &section.fields).flat_map(|field| {
            let rows = field.row_fields().iter().map(|inner| (Some(&field.path), inner));
            std::iter::once((None, field)).chain(rows)
        })
    }

    /// The field whose value stands at a concrete path (rows numbered).
    pub fn field(&self, path: &Path) -> Option<&Field> {
        let Some((group, _, below)) = path.split_row() else {
            return self.top_fields().find(|field| field.path == *path);
        };
        let group = self.top_fields().find(|field| field.path == group)?;
        group.row_fields().iter().find(|field| field.path == below)
    }

    /// The paths of all companions.
    pub fn companions(&self) -> BTreeSet<&Path> {
        self.fields().flat_map(|(_, field)| &field.companions).collect()
    }

    fn top_fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }
}

impl Field {
    /// The fields of its rows; empty where it is not a group.
    pub fn row_fields(&self) -> &[Self] {
        match &self.kind {
            Kind::Rows { fields, .. } => fields,
            _ => &[],
        }
    }
}

impl Source {
    /// Whether a word may stand in a field of this source, as far as it can be told without the reference table.
    pub fn may_hold(&self, word: &str) -> bool {
        self.words().is_none_or(|words| words.contains(&word))
    }

    /// Its words where they are known here; `None` for a table of the reference.
    pub fn words(&self) -> Option<Vec<&str>> {
        match self {
            Self::Inline(words) => Some(words.iter().map(String::as_str).collect()),
            Self::Vocabulary(name) => words::vocabulary(name),
            Self::Reference(_) => None,
        }
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Inline(words) => f.write_str(&words.join(",")),
            Self::Vocabulary(name) => write!(f, "vocabulary:{name}"),
            Self::Reference(name) => write!(f, "reference:{name}"),
        }
    }
}

#[cfg(test)]
mod tests;
