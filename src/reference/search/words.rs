//! Words that are not names: kinds of firearm and actions in many languages, units, colours, condition, retail words.
//!
//! They come from `vocabulary/search-words.toml`, so that a language is added as data.

use std::collections::HashMap;

use serde::Deserialize;

use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::reference::error::Fault;
use crate::reference::text::{self, Atom};

/// The words file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "source and licence are required at a file's head, and read by people")]
pub(in crate::reference) struct WordsFile {
    source: String,
    licence: String,
    #[serde(default)]
    kind: Vec<KindRow>,
    #[serde(default)]
    country: Vec<CountryRow>,
    noise: HashMap<String, Vec<String>>,
    /// Lists of words that stand for each other in names.
    #[serde(default)]
    synonyms: Vec<Vec<String>>,
    serial_markers: Vec<String>,
    length_units: Vec<String>,
    count_units: Vec<String>,
    money: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindRow {
    words: Vec<String>,
    #[serde(default)]
    types: Vec<String>,
    #[serde(default)]
    actions: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryRow {
    codes: Vec<String>,
    words: Vec<String>,
}

/// What a word says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::reference) enum Word {
    /// Kinds of firearm and actions; either may be empty.
    Kind { types: Vec<FirearmType>, actions: Vec<FirearmAction> },
    /// An adjective of one or several countries.
    Country(Vec<crate::domain::country::CountryCode>),
    /// Nothing about the model.
    Noise,
    /// The next word is a serial number.
    SerialMarker,
    /// The number before it is a length.
    LengthUnit,
    /// The number before it counts something.
    CountUnit,
    /// The number beside it is a price.
    Money,
}

/// The words, by folded spelling.
#[derive(Debug, Default)]
pub(in crate::reference) struct Words {
    by_key: HashMap<String, Word>,
    synonyms: HashMap<String, Vec<String>>,
    longest: usize,
}

impl Words {
    pub(in crate::reference) fn new(file: WordsFile, faults: &mut Vec<Fault>) -> Self {
        let mut words = Self::default();
        let mut fault = |key: &str, problem: String| {
            faults.push(Fault::new("vocabulary/search-words.toml", key, problem));
        };
        for row in file.kind {
            let types: Vec<FirearmType> = parse_all(&row.types, &row.words, &mut fault);
            let actions: Vec<FirearmAction> = parse_all(&row.actions, &row.words, &mut fault);
            words.add(&row.words, &Word::Kind { types, actions });
        }
        for row in file.country {
            let codes = parse_all(&row.codes, &row.words, &mut fault);
            words.add(&row.words, &Word::Country(codes));
        }
        for list in file.noise.values() {
            words.add(list, &Word::Noise);
        }
        for list in &file.synonyms {
            let keys: Vec<String> = list.iter().map(|word| text::key(word)).collect();
            for key in &keys {
                let others = keys.iter().filter(|other| *other != key).cloned();
                words.synonyms.entry(key.clone()).or_default().extend(others);
            }
        }
        words.add(&file.serial_markers, &Word::SerialMarker);
        words.add(&file.length_units, &Word::LengthUnit);
        words.add(&file.count_units, &Word::CountUnit);
        words.add(&file.money, &Word::Money);
        words
    }

    /// What one word, or several together, say.
    pub(super) fn get(&self, atoms: &[Atom]) -> Option<&Word> {
        match atoms {
            [] => None,
            [one] => self.by_key.get(&one.text),
            several if several.len() <= self.longest => {
                let key: String = several.iter().map(|atom| atom.text.as_str()).collect();
                self.by_key.get(&key)
            }
            _ => None,
        }
    }

    /// What a single folded word says.
    pub(super) fn word(&self, text: &str) -> Option<&Word> {
        self.by_key.get(text)
    }

    /// The words that may stand in a name where the text has this one.
    pub(super) fn synonyms(&self, text: &str) -> &[String] {
        self.synonyms.get(text).map(Vec::as_slice).unwrap_or_default()
    }

    /// The greatest number of atoms of a word.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    fn add(&mut self, list: &[String], meaning: &Word) {
        for word in list {
            let atoms = text::atoms(word);
            self.longest = self.longest.max(atoms.len());
            let key: String = atoms.into_iter().map(|atom| atom.text).collect();
            if !key.is_empty() {
                self.by_key.entry(key).or_insert_with(|| meaning.clone());
            }
        }
    }
}

fn parse_all<T: std::str::FromStr<Err: std::fmt::Display>>(
    ids: &[String],
    words: &[String],
    fault: &mut impl FnMut(&str, String),
) -> Vec<T> {
    let key = words.first().map(String::as_str).unwrap_or_default();
    ids.iter().filter_map(|id| id.parse().map_err(|error| fault(key, format!("{error}"))).ok()).collect()
}
