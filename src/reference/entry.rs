//! One entry of the table: a full card, or a make and model from a package or an imported edition.
//!
//! What is not known is `None` or empty, and is shown as *unknown*, never as *no*.

use std::sync::{Arc, OnceLock};

use regex::Regex;
use serde::{Deserialize, Serialize, Serializer};

use crate::domain::country::CountryCode;
use crate::domain::firearm::{FirearmAction, FirearmType};

use super::id::{CalibreId, MakeId, ModelId};
use super::later::Later;

/// An entry.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Its identifier, which never changes.
    pub id: ModelId,
    /// The make's name as it is shown.
    #[serde(serialize_with = "as_text")]
    pub make: Arc<str>,
    /// The make in the table; `None` for an imported make that the table does not have.
    pub make_id: Option<MakeId>,
    /// The model's name without the make's.
    pub model: String,
    /// Other names, nicknames and spellings, in any script.
    pub aliases: Vec<String>,
    /// What kind of firearm.
    #[serde(rename = "type")]
    pub firearm_type: Option<FirearmType>,
    /// How it is loaded and fired.
    pub action: Option<FirearmAction>,
    /// The calibres it is made in.
    pub calibres: Vec<CalibreId>,
    /// Where it was made.
    pub countries: Vec<CountryCode>,
    /// Where the entry comes from.
    pub source: Source,
    /// The entry that says the same and more, where this one is a duplicate: it is linked, not overwritten.
    pub same_as: Option<ModelId>,
    /// What only a full card says.
    #[serde(flatten)]
    pub(super) details: Option<Later<Box<Details>>>,
}

/// Where an entry comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// A full card written for this table.
    Card,
    /// A published package, by name.
    Package(Arc<str>),
    /// An imported edition, by name.
    Edition(Arc<str>),
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Card => f.pad("card"),
            Self::Package(name) | Self::Edition(name) => f.pad(name),
        }
    }
}

fn as_text<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a full card says beyond make, model, kind, calibres and countries.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Details {
    /// How the action works, in a few words.
    pub operation: Option<String>,
    /// How it is fed.
    pub feed: Option<String>,
    /// When it was made.
    pub years: Option<Years>,
    /// Barrel lengths in millimetres.
    pub barrel_mm: Vec<u32>,
    /// Overall lengths in millimetres: shortest, then longest, or by variant.
    pub overall_mm: Vec<u32>,
    /// Rounds that its magazines or cylinder hold.
    pub capacity: Vec<u32>,
    /// Where its serial number is and what it looks like.
    pub serial: Option<SerialShape>,
    /// What is stamped on it.
    pub markings: Vec<String>,
    /// Variants.
    pub variants: Vec<String>,
    /// What it is mistaken for.
    pub lookalikes: Vec<LookAlike>,
    /// What helps an officer who holds one.
    pub note: Option<String>,
    /// Sources of the card.
    pub sources: Vec<String>,
    /// What the check of the card against independent lists said.
    pub checked: Option<String>,
    /// Of an imported entry: headings and words of its list that this table has no place for or does not know. A card of the program
    /// has none, and is not written with them.
    #[serde(skip_serializing_if = "Vec::is_empty", skip_deserializing)]
    pub as_read: Vec<(String, String)>,
}

/// From when to when it was made; an open end is still made or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Years {
    /// First year.
    pub from: Option<i16>,
    /// Last year; `None` while still made, or where the end is not known.
    pub to: Option<i16>,
}

impl std::fmt::Display for Years {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (from, to) => {
                let text = |year: Option<i16>| year.map(|year| year.to_string()).unwrap_or_default();
                write!(f, "{}–{}", text(from), text(to))
            }
        }
    }
}

impl std::str::FromStr for Years {
    type Err = String;

    /// Reads `1961-1979`, `1961-`, `-1979` or `1961`.
    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("`{text}` is not a span of years: write 1961-1979, 1961- or 1961");
        let year = |part: &str| -> Result<Option<i16>, String> {
            let part = part.trim();
            if part.is_empty() {
                return Ok(None);
            }
            let year: i16 = part.parse().map_err(|_| bad())?;
            if (1300..=2100).contains(&year) { Ok(Some(year)) } else { Err(bad()) }
        };
        let (from, to) = match text.split_once(['-', '–']) {
            Some((from, to)) => (year(from)?, year(to)?),
            None => (year(text)?, year(text)?),
        };
        match (from, to) {
            (None, None) => Err(bad()),
            (Some(from), Some(to)) if from > to => Err(bad()),
            _ => Ok(Self { from, to }),
        }
    }
}

/// Where the serial number of a model stands, and its shape.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SerialShape {
    /// Where on the firearm.
    pub place: Option<String>,
    /// A regular expression over the number as stamped.
    pub pattern: Option<String>,
    /// Numbers that it fits.
    pub examples: Vec<String>,
    #[serde(skip)]
    compiled: OnceLock<Option<Regex>>,
}

impl SerialShape {
    pub(super) fn new(place: Option<String>, pattern: Option<String>, examples: Vec<String>) -> Self {
        Self { place, pattern, examples, compiled: OnceLock::new() }
    }

    /// The pattern for a whole number; `None` when there is none or it does not compile, which `reference check` reports.
    pub(super) fn regex(&self) -> Option<&Regex> {
        let compile = || {
            let pattern = self.pattern.as_ref()?;
            regex::RegexBuilder::new(&format!("^(?:{pattern})$"))
                .case_insensitive(true)
                .size_limit(1 << 20)
                .build()
                .ok()
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}

/// An entry that this one is mistaken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookAlike {
    /// Which.
    pub id: ModelId,
    /// How to tell them apart.
    pub tell: String,
}

impl Entry {
    /// The details; all unknown where the entry is not a full card.
    pub fn details(&self) -> &Details {
        static NONE: OnceLock<Details> = OnceLock::new();
        self.details.as_ref().map_or_else(|| NONE.get_or_init(Details::default), |details| details.get())
    }

    /// Whether this is a full card.
    pub fn is_card(&self) -> bool {
        self.source == Source::Card
    }

    /// The model's name, then the aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.model).chain(&self.aliases).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_years_are_read_and_others_refused() {
        let span = |from, to| Ok(Years { from, to });
        assert_eq!("1961-1979".parse::<Years>(), span(Some(1961), Some(1979)));
        assert_eq!("1961-".parse::<Years>(), span(Some(1961), None));
        assert_eq!("1961".parse::<Years>(), span(Some(1961), Some(1961)));
        for text in ["", "-", "1979-1961", "sixties", "61"] {
            assert!(text.parse::<Years>().is_err(), "{text:?} was read as years");
        }
    }

    #[test]
    fn shape_is_matched_whole() {
        let shape = SerialShape::new(None, Some("[A-Z] ?[0-9]{4,5}".into()), vec![]);
        let regex = shape.regex().unwrap();
        assert!(regex.is_match("X 1234"));
        assert!(!regex.is_match("XX 1234"));
    }
}
