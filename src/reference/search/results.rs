//! What a search gives back.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::reference::entry::Entry;

use super::facets::Facets;

/// What a text found.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The best entries, best first; the order is the same each time.
    pub hits: Vec<Hit>,
    /// How many entries answer, of which `hits` are the first.
    pub total: usize,
    /// How many of them each filter value would leave.
    pub facets: Facets,
    /// A serial number found in the text, to be offered for a check.
    pub serial: Option<FoundSerial>,
    /// Words of the text that say nothing about the model: colour, condition, counts, lengths, the serial.
    pub ignored: Vec<String>,
}

/// A serial number in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundSerial {
    /// As it stands in the text.
    pub text: String,
    /// Where it begins in the text, in characters from 1.
    pub from: usize,
    /// Where it ends, the last character included.
    pub to: usize,
    /// Whether the text says that it is one (`s/n`), or it only looks like one.
    pub named: bool,
}

impl FoundSerial {
    /// What stands there in a text; `span` is in bytes.
    pub(super) fn at(text: &str, span: Range<usize>, named: bool) -> Self {
        let found = text.get(span.clone()).unwrap_or_default().to_owned();
        let before = text.get(..span.start).unwrap_or_default().chars().count();
        let to = before + found.chars().count();
        Self { text: found, from: before + 1, to, named }
    }
}

/// An entry that answers.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The entry.
    pub entry: Arc<Entry>,
    /// How well it answers: higher is better; comparable within one search only.
    pub score: f32,
    /// Which words of the text matched what.
    pub reasons: Vec<Reason>,
}

/// One match between the text and the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The words of the text, as typed.
    pub words: String,
    /// What they matched.
    pub kind: Match,
    /// The name, calibre or type that they matched.
    pub matched: String,
}

/// What a word of the text matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// The make's name.
    Make,
    /// Another name of the make.
    MakeAlias,
    /// A misspelt or shortened name of the make.
    MakeNearly,
    /// The model's name.
    Model,
    /// Another name of the model.
    ModelAlias,
    /// A misspelt or unfinished name of the model.
    ModelNearly,
    /// The calibre.
    Calibre,
    /// The kind of firearm.
    Type,
    /// The action.
    Action,
    /// The country.
    Country,
}
