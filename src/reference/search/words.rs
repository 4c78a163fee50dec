//! Words that are not names: kinds of firearm and actions in many languages, units, colours, condition, retail words.
//!
//! They come from `vocabulary/search-words.toml`, so that a language is added as data.

use std::collections::HashMap;

use serde::Deserialize;

use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::reference::error::Fault;
use crate::reference::text::{self, Atom};

use super::numerals::Numerals;

/// A key of at most so many letters is also one of another script's: the meanings are kept apart.
const SHORT_KEY: usize = 3;
/// The most words of a phrase.
const MOST_WORDS: usize = 5;

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
    /// Words that join others: articles, prepositions.
    function: HashMap<String, Vec<String>>,
    /// Lists of words that stand for each other in names.
    #[serde(default)]
    synonyms: Vec<Vec<String>>,
    /// Words before a model's name.
    model_words: Vec<String>,
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
    /// Nothing at all: it joins other words.
    Function,
    /// The next word is a model's name.
    Model,
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
    /// Short words of other scripts than Latin, which are not meant by the Latin letters of their transliteration: `με` is not ME.
    scripted: HashMap<String, Word>,
    synonyms: HashMap<String, Vec<String>>,
    longest: usize,
    /// The words for numbers.
    pub(super) numerals: Numerals,
}

impl Words {
    pub(in crate::reference) fn new(file: WordsFile, numerals: Numerals, faults: &mut Vec<Fault>) -> Self {
        let mut words = Self { numerals, ..Self::default() };
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
        words.add(&file.model_words, &Word::Model);
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
        for list in file.function.values() {
            words.add(list, &Word::Function);
        }
        words.add(&file.serial_markers, &Word::SerialMarker);
        words.add(&file.length_units, &Word::LengthUnit);
        words.add(&file.count_units, &Word::CountUnit);
        words.add(&file.money, &Word::Money);
        words
    }

    /// What one word, or several together, say; `latin` tells that they are written in Latin letters.
    pub(super) fn get(&self, atoms: &[Atom], latin: bool) -> Option<&Word> {
        let look_up = |key: &str| {
            let scripted = if latin { None } else { self.scripted.get(key) };
            scripted.or_else(|| self.by_key.get(key))
        };
        match atoms {
            [] => None,
            [one] => look_up(&one.text),
            several if several.len() <= self.longest => {
                let key: String = several.iter().map(|atom| atom.text.as_str()).collect();
                look_up(&key)
            }
            _ => None,
        }
    }

    /// Which atoms of a name are words of a kind of firearm, a colour or the like, a bit each.
    pub(super) fn common(&self, atoms: &[Atom]) -> u16 {
        let mut common = 0u16;
        let mut at = 0;
        let atoms = &atoms[..atoms.len().min(16)];
        while at < atoms.len() {
            let begins = at == 0 || !text::is_glued(&atoms[at - 1], &atoms[at]);
            let is_common = |len: &usize| {
                let ends = atoms.get(at + len).is_none_or(|next| !text::is_glued(&atoms[at + len - 1], next));
                let word = if begins && ends { self.get(&atoms[at..at + len], true) } else { None };
                matches!(word, Some(Word::Kind { .. } | Word::Noise | Word::Model | Word::Function))
            };
            let len = (1..=self.longest_at(&atoms[at..])).rev().find(is_common);
            for bit in at..at + len.unwrap_or(0) {
                common |= 1 << bit;
            }
            at += len.unwrap_or(1);
        }
        common
    }

    /// What a single folded word says.
    pub(super) fn word(&self, text: &str) -> Option<&Word> {
        self.by_key.get(text)
    }

    /// The words that may stand in a name where the text has this one.
    pub(super) fn synonyms(&self, text: &str) -> &[String] {
        self.synonyms.get(text).map(Vec::as_slice).unwrap_or_default()
    }

    /// The greatest number of atoms that a word may have which begins with these: many only in scripts without spaces.
    pub(super) fn longest_at(&self, atoms: &[Atom]) -> usize {
        let most = if atoms.first().is_some_and(text::is_unspaced) { self.longest } else { MOST_WORDS };
        most.min(self.longest).min(atoms.len())
    }

    fn add(&mut self, list: &[String], meaning: &Word) {
        for word in list {
            let atoms = text::atoms(word);
            self.longest = self.longest.max(atoms.len());
            let key: String = atoms.into_iter().map(|atom| atom.text).collect();
            if key.is_empty() {
                continue;
            }
            let short = key.is_ascii() && key.len() <= SHORT_KEY;
            let map = if short && !is_latin(word) { &mut self.scripted } else { &mut self.by_key };
            map.entry(key).or_insert_with(|| meaning.clone());
        }
    }
}

/// Whether a text is written in Latin letters.
pub(super) fn is_latin(text: &str) -> bool {
    text.chars().all(|c| c < '\u{0370}' || matches!(c, '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{20cf}'))
}

fn parse_all<T: std::str::FromStr<Err: std::fmt::Display>>(
    ids: &[String],
    words: &[String],
    fault: &mut impl FnMut(&str, String),
) -> Vec<T> {
    let key = words.first().map(String::as_str).unwrap_or_default();
    ids.iter().filter_map(|id| id.parse().map_err(|error| fault(key, format!("{error}"))).ok()).collect()
}
