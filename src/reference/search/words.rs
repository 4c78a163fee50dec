//! Words that are not names: kinds of firearm and actions in many languages, units, colours, condition, retail words.
//!
//! They come from `vocabulary/search-words.toml`, so that a language is added as data.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::reference::error::Fault;
use crate::reference::ordered::ordered;
use crate::reference::text::{self, Atom};

use super::numerals::Numerals;
use super::spelled::Letters;

const FILE: &str = "vocabulary/search-words.toml";
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
    noise: BTreeMap<String, Vec<String>>,
    /// Words that join others: articles, prepositions.
    function: BTreeMap<String, Vec<String>>,
    /// Lists of words that stand for each other in names.
    #[serde(default)]
    synonyms: Vec<Vec<String>>,
    /// Words before a model's name.
    model_words: Vec<String>,
    serial_markers: Vec<String>,
    /// Words behind a serial number.
    serial_markers_behind: Vec<String>,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The word before is a serial number.
    SerialBehind,
    /// The number before it is a length.
    LengthUnit,
    /// The number before it counts something.
    CountUnit,
    /// The number beside it is a price.
    Money,
}

/// The words, by folded spelling.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::reference) struct Words {
    /// What words say; a list of words shares one.
    meanings: Vec<Word>,
    /// The place of a word's meaning in `meanings`.
    #[serde(serialize_with = "ordered")]
    by_key: FxHashMap<Box<str>, u16>,
    /// Short words of other scripts than Latin, which are not meant by the Latin letters of their transliteration: `με` is not ME.
    #[serde(serialize_with = "ordered")]
    scripted: FxHashMap<Box<str>, u16>,
    #[serde(serialize_with = "ordered")]
    synonyms: HashMap<String, Vec<String>>,
    longest: usize,
    /// The words for numbers.
    pub(super) numerals: Numerals,
    /// The names of letters.
    pub(super) letters: Letters,
}

/// A word, cut.
struct Spelling {
    key: Box<str>,
    atoms: usize,
    /// Whether it is short, and of another script than Latin.
    scripted: bool,
    meaning: u16,
}

impl Words {
    pub(in crate::reference) fn new(
        file: &WordsFile,
        numerals: Numerals,
        letters: Letters,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let mut fault = |key: &str, problem: String| faults.push(Fault::new(FILE, key, problem));
        let mut lists: Vec<(Word, &[String])> = Vec::new();
        for row in &file.kind {
            let types: Vec<FirearmType> = parse_all(&row.types, &row.words, &mut fault);
            let actions: Vec<FirearmAction> = parse_all(&row.actions, &row.words, &mut fault);
            lists.push((Word::Kind { types, actions }, &row.words));
        }
        for row in &file.country {
            lists.push((Word::Country(parse_all(&row.codes, &row.words, &mut fault)), &row.words));
        }
        lists.push((Word::Model, &file.model_words));
        lists.extend(file.noise.values().map(|list| (Word::Noise, list.as_slice())));
        lists.extend(file.function.values().map(|list| (Word::Function, list.as_slice())));
        lists.push((Word::SerialBehind, &file.serial_markers_behind));
        lists.push((Word::SerialMarker, &file.serial_markers));
        lists.push((Word::LengthUnit, &file.length_units));
        lists.push((Word::CountUnit, &file.count_units));
        lists.push((Word::Money, &file.money));
        // Cutting is nearly all of the work, and each word is cut by itself.
        let written: Vec<(u16, &String)> =
            (0..).zip(&lists).flat_map(|(no, (_, list))| list.iter().map(move |word| (no, word))).collect();
        let cut: Vec<Spelling> =
            written.par_iter().map(|(meaning, word)| Spelling::of(word, *meaning)).collect();
        let mut words = Self { numerals, letters, synonyms: synonyms(&file.synonyms), ..Self::default() };
        words.by_key.reserve(cut.len());
        for Spelling { key, atoms, scripted, meaning } in cut {
            words.longest = words.longest.max(atoms);
            if !key.is_empty() {
                let map = if scripted { &mut words.scripted } else { &mut words.by_key };
                map.entry(key).or_insert(meaning);
            }
        }
        words.meanings = lists.into_iter().map(|(meaning, _)| meaning).collect();
        words
    }

    /// What one word, or several together, say; `latin` tells that they are written in Latin letters.
    pub(super) fn get(&self, atoms: &[Atom], latin: bool) -> Option<&Word> {
        let look_up = |key: &str| {
            let scripted = if latin { None } else { self.scripted.get(key) };
            let meaning = scripted.or_else(|| self.by_key.get(key))?;
            Some(&self.meanings[usize::from(*meaning)])
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
        let mut key = String::with_capacity(64);
        while at < atoms.len() {
            let begins = at == 0 || !text::is_glued(&atoms[at - 1], &atoms[at]);
            let longest = if begins { self.longest_at(&atoms[at..]) } else { 0 };
            let mut len = 0;
            key.clear();
            for (so_far, atom) in (1..).zip(&atoms[at..at + longest]) {
                key.push_str(&atom.text);
                let ends = atoms.get(at + so_far).is_none_or(|next| !text::is_glued(atom, next));
                if ends
                    && matches!(
                        self.word(&key),
                        Some(Word::Kind { .. } | Word::Noise | Word::Model | Word::Function)
                    )
                {
                    len = so_far;
                }
            }
            for bit in at..at + len {
                common |= 1 << bit;
            }
            at += len.max(1);
        }
        common
    }

    /// What a single folded word says.
    pub(super) fn word(&self, text: &str) -> Option<&Word> {
        Some(&self.meanings[usize::from(*self.by_key.get(text)?)])
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
}

impl Spelling {
    fn of(word: &str, meaning: u16) -> Self {
        let atoms = text::atoms(word);
        let key: String = atoms.iter().map(|atom| atom.text.as_str()).collect();
        let short = key.is_ascii() && key.len() <= SHORT_KEY;
        Self { scripted: short && !is_latin(word), atoms: atoms.len(), key: key.into(), meaning }
    }
}

/// The words that may stand for each other, each with the others of its lists.
fn synonyms(lists: &[Vec<String>]) -> HashMap<String, Vec<String>> {
    let mut synonyms: HashMap<String, Vec<String>> = HashMap::new();
    for list in lists {
        let keys: Vec<String> = list.iter().map(|word| text::key(word)).collect();
        for key in &keys {
            let others = keys.iter().filter(|other| *other != key).cloned();
            synonyms.entry(key.clone()).or_default().extend(others);
        }
    }
    synonyms
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
