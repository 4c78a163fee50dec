//! What a heading of a list that nobody knows probably says: a guess from its words, which a person confirms.
//!
//! The words are data, `vocabulary/heading-words.toml`, so that a language is added without code. A guess reads no values and is never
//! used unseen.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::reference::error::Fault;
use crate::reference::text;

use super::mapping::Column;

/// Words of fewer bytes say nothing beside others: `no` in `no longer made`.
const SHORTEST_PART: usize = 3;

/// The words file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "source and licence are required at a file's head, and read by people")]
pub struct HeadingWordsFile {
    source: String,
    licence: String,
    blocks: Vec<String>,
    meaning: Vec<MeaningRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeaningRow {
    is: String,
    words: Vec<String>,
}

/// The words of headings, by what they say.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct HeadingWords {
    /// Words cut into atoms, and what they say; within a meaning the surest first.
    phrases: Vec<(Vec<String>, Column)>,
    /// Words beside which others say something else.
    blocks: BTreeSet<String>,
}

/// How well a heading fits; greater is better: the whole heading before a part of it, a longer part before a shorter one, earlier words
/// before later ones.
type Fit = (bool, usize, Reverse<usize>);

impl HeadingWords {
    /// Takes the file; a meaning that there is not is told, and its words are left out.
    pub(in crate::reference) fn new(file: HeadingWordsFile, faults: &mut Vec<Fault>) -> Self {
        let mut phrases: Vec<(Vec<String>, Column)> = Vec::new();
        for row in file.meaning {
            match row.is.parse::<Column>() {
                Ok(column) => phrases.extend(row.words.iter().map(|words| (atoms(words), column))),
                Err(fault) => {
                    faults.push(Fault::new("vocabulary/heading-words.toml", &*row.is, fault.to_string()));
                }
            }
        }
        phrases.retain(|(atoms, _)| !atoms.is_empty());
        let blocks = file.blocks.iter().flat_map(|word| atoms(word)).collect();
        Self { phrases, blocks }
    }

    /// What each heading probably says; `None` where its words tell nothing. What only one column may say is proposed for the one that
    /// says it best.
    pub fn propose(&self, headings: &[String]) -> Vec<Option<Column>> {
        let fits: Vec<Option<(Fit, Column)>> = headings.iter().map(|heading| self.fit(heading)).collect();
        let best = |column: Column| {
            let of_it = fits.iter().enumerate().filter_map(|(at, fit)| Some((at, fit.as_ref()?)));
            let of_it = of_it.filter(|(_, (_, other))| *other == column);
            of_it.max_by_key(|(at, (fit, _))| (*fit, Reverse(*at))).map(|(at, _)| at)
        };
        let own = |at: usize, column: Column| column.may_repeat() || best(column) == Some(at);
        let columns = fits.iter().map(|fit| fit.as_ref().map(|(_, column)| *column)).enumerate();
        columns.map(|(at, column)| column.filter(|column| own(at, *column))).collect()
    }

    fn fit(&self, heading: &str) -> Option<(Fit, Column)> {
        let mut words = atoms(heading);
        // `Calibre 1`: a number behind the word says which of several.
        while words.len() > 1 && words.last().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit())) {
            words.pop();
        }
        let is_blocked = words.iter().any(|word| self.blocks.contains(word));
        let fits = self.phrases.iter().enumerate().filter_map(|(rank, (phrase, column))| {
            if *phrase == words {
                return Some(((true, 0, Reverse(rank)), *column));
            }
            let length = phrase.iter().map(String::len).sum::<usize>();
            let is_part = !is_blocked
                && length >= SHORTEST_PART
                && phrase.len() < words.len()
                && words.windows(phrase.len()).any(|part| part == phrase.as_slice());
            is_part.then_some(((false, length, Reverse(rank)), *column))
        });
        fits.max_by_key(|(fit, _)| *fit)
    }
}

/// The folded words of a heading; a capital within a word begins another: `typeArme`.
fn atoms(heading: &str) -> Vec<String> {
    let mut cut = String::with_capacity(heading.len() + 8);
    let mut before_small = false;
    for c in heading.chars() {
        if before_small && c.is_uppercase() {
            cut.push(' ');
        }
        before_small = c.is_lowercase();
        cut.push(c);
    }
    text::atoms(&cut).into_iter().map(|atom| atom.text.into()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::table::Reference;

    fn proposed(headings: &[&str]) -> Vec<&'static str> {
        let reference = Reference::shipped().unwrap();
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
        let columns = reference.heading_words().propose(&headings);
        columns.into_iter().map(|column| column.map_or("", Column::id)).collect()
    }

    #[test]
    fn headings_of_many_languages_are_guessed() {
        for (headings, expected) in [
            (
                &["Nr", "Marke", "Modell", "Kaliber", "Land"][..],
                &["id", "make", "model", "calibre", "country"][..],
            ),
            (
                &["marca", "modelo", "calibre", "país", "número de serie"],
                &["make", "model", "calibre", "country", "keep"],
            ),
            (&["Marque", "Modèle", "Type d'arme", "Pays"], &["make", "model", "type", "country"]),
            (&["Марка", "Модель", "Калибр", "Страна"], &["make", "model", "calibre", "country"]),
            (&["Manufacturer", "Name", "Chambering"], &["maker", "model", "calibre"]),
            (&["typeArme", "paysFabricant"], &["type", "country"]),
            (&["品牌", "型号", "口径"], &["make", "model", "calibre"]),
        ] {
            assert_eq!(proposed(headings), expected, "{headings:?}");
        }
    }

    #[test]
    fn surer_words_win_and_what_says_something_else_is_left_alone() {
        assert_eq!(proposed(&["Name", "Model"]), ["", "model"]);
        assert_eq!(proposed(&["Make code", "Firearm Make"]), ["", "make"]);
        assert_eq!(proposed(&["Calibre 1", "Calibre 2"]), ["calibre", "calibre"]);
        assert_eq!(proposed(&["Date of manufacture", "Qty", ""]), ["", "", ""]);
        assert_eq!(proposed(&["Serial number", "Serial number location"]), ["keep", "serial_place"]);
        assert_eq!(proposed(&["Country of manufacture", "Type of action"]), ["country", "action"]);
    }

    #[test]
    fn no_words_say_two_things() {
        let reference = Reference::shipped().unwrap();
        let phrases = &reference.heading_words().phrases;
        for (phrase, column) in phrases {
            let other = phrases.iter().find(|(other, says)| other == phrase && says != column);
            assert_eq!(other, None, "{phrase:?} says {column} too");
        }
    }
}
