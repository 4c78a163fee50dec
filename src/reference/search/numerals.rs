//! Numbers that were spelled out, read as figures: what is dictated says `thirty eight special`, `nineteen eleven`, `ochenta y cinco`.
//!
//! Only what can hardly be anything else is read: tens, what is made of several words, three single figures in a row. A word such as
//! *one* or *dos* alone is no number here, for it counts or is an article. The words are data: `vocabulary/number-words.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::reference::error::Fault;
use crate::reference::text::{self, Atom};

const FILE: &str = "vocabulary/number-words.toml";
/// So many single figures in a row are a number: `three five seven`.
const FIGURES: usize = 3;

/// No number has more words.
const MOST_WORDS: usize = 8;

/// The words file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "source and licence are required at a file's head, and read by people")]
pub(in crate::reference) struct NumeralsFile {
    source: String,
    licence: String,
    language: Vec<LanguageRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageRow {
    code: String,
    units: Vec<String>,
    teens: Vec<String>,
    tens: Vec<String>,
    hundred: Vec<String>,
    joiners: Vec<String>,
}

/// What a word or several say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Numeral {
    Unit(u32),
    Teen(u32),
    Ten(u32),
    Hundred,
    Joiner,
}

/// The words for numbers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::reference) struct Numerals {
    /// By language, for a number is of one.
    languages: Vec<BTreeMap<String, Numeral>>,
    /// The most atoms of a word.
    longest: usize,
}

impl Numerals {
    pub(in crate::reference) fn new(file: NumeralsFile, faults: &mut Vec<Fault>) -> Self {
        let mut numerals = Self { languages: Vec::new(), longest: 1 };
        for row in file.language {
            for (list, wanted) in [(&row.units, 9), (&row.teens, 10), (&row.tens, 8)] {
                if list.len() != wanted {
                    let problem = format!("a list has {} numbers, {wanted} are expected", list.len());
                    faults.push(Fault::new(FILE, &row.code, problem));
                }
            }
            let mut words = BTreeMap::new();
            let mut add = |spellings: &str, numeral: Numeral| {
                for word in spellings.split('|') {
                    numerals.longest = numerals.longest.max(text::atoms(word).len());
                    words.entry(text::key(word)).or_insert(numeral);
                }
            };
            row.joiners.iter().for_each(|word| add(word, Numeral::Joiner));
            row.hundred.iter().for_each(|word| add(word, Numeral::Hundred));
            (1..).zip(&row.units).for_each(|(value, word)| add(word, Numeral::Unit(value)));
            (10..).zip(&row.teens).for_each(|(value, word)| add(word, Numeral::Teen(value)));
            (2..).zip(&row.tens).for_each(|(value, word)| add(word, Numeral::Ten(10 * value)));
            numerals.languages.push(words);
        }
        numerals
    }

    /// Puts figures in place of the numbers that are spelled out.
    pub(super) fn read(&self, text: &str, atoms: &[Atom]) -> Vec<Atom> {
        let mut figures = Vec::with_capacity(atoms.len());
        let mut at = 0;
        while at < atoms.len() {
            let spelled = if atoms[at].digits { None } else { self.number_at(text, &atoms[at..]) };
            let Some((number, len)) = spelled else {
                figures.push(atoms[at].clone());
                at += 1;
                continue;
            };
            let (first, last) = (&atoms[at], &atoms[at + len - 1]);
            let span = first.span.start..last.span.end;
            figures.push(Atom { text: number.into(), digits: true, gap: first.gap, dotted: false, span });
            at += len;
        }
        figures
    }

    /// The number that atoms begin with, in figures, and how many atoms say it: the longest of any language.
    fn number_at(&self, text: &str, atoms: &[Atom]) -> Option<(String, usize)> {
        let found = self.languages.iter().filter_map(|words| {
            let spoken = self.spoken(words, text, atoms);
            let (number, used) = number_of(&spoken)?;
            Some((number, spoken[..used].iter().map(|(_, len)| len).sum::<usize>()))
        });
        found.max_by_key(|(_, len)| *len)
    }

    /// The numerals that follow each other at the beginning, each with how many atoms it takes.
    fn spoken(&self, words: &BTreeMap<String, Numeral>, text: &str, atoms: &[Atom]) -> Vec<(Numeral, usize)> {
        let mut spoken = Vec::new();
        let mut at = 0;
        let follows =
            |at: usize| matches!(text[atoms[at - 1].span.end..atoms[at].span.start].trim(), "" | "-");
        while at < atoms.len() && spoken.len() < MOST_WORDS && (at == 0 || follows(at)) {
            let longest = self.longest.min(atoms.len() - at);
            let found = (1..=longest).rev().find_map(|len| {
                let key: String = atoms[at..at + len].iter().map(|atom| atom.text.as_str()).collect();
                Some((*words.get(&key)?, len))
            });
            let Some(found) = found else { break };
            spoken.push(found);
            at += found.1;
        }
        spoken
    }
}

/// The number that numerals begin with, in figures, and how many of them say it.
fn number_of(spoken: &[(Numeral, usize)]) -> Option<(String, usize)> {
    use Numeral::{Hundred, Joiner, Teen, Ten, Unit};
    let at = |place: usize| spoken.get(place).map(|(numeral, _)| *numeral);
    let below_hundred = |from: usize| match (at(from), at(from + 1), at(from + 2)) {
        (Some(Ten(ten)), Some(Joiner), Some(Unit(unit))) => Some((ten + unit, 3)),
        // Soixante-quinze, quatre-vingt-douze.
        (Some(Ten(ten @ (60 | 80))), Some(Teen(teen)), _) => Some((ten + teen, 2)),
        (Some(Ten(ten)), Some(Unit(unit)), _) => Some((ten + unit, 2)),
        (Some(Ten(ten)), ..) => Some((ten, 1)),
        _ => None,
    };
    let figures = (0..).map_while(|place| if let Some(Unit(unit)) = at(place) { Some(unit) } else { None });
    let figures: Vec<u32> = figures.collect();
    if figures.len() >= FIGURES {
        return Some((figures.iter().map(ToString::to_string).collect(), figures.len()));
    }
    let century = match (at(0), at(1)) {
        (Some(Unit(unit) | Teen(unit)), Some(Hundred)) => Some((unit, 2)),
        (Some(Hundred), _) => Some((1, 1)),
        _ => None,
    };
    if let Some((hundreds, used)) = century {
        let joined = used + usize::from(at(used) == Some(Joiner));
        return Some(match (below_hundred(joined), at(joined)) {
            (Some((rest, more)), _) => ((100 * hundreds + rest).to_string(), joined + more),
            (None, Some(Unit(rest) | Teen(rest))) => ((100 * hundreds + rest).to_string(), joined + 1),
            _ => ((100 * hundreds).to_string(), used),
        });
    }
    if let Some(Teen(first @ 18..=19)) = at(0) {
        // Nineteen eleven, nineteen thirty four.
        let second = match at(1) {
            Some(Teen(teen)) => Some((teen, 1)),
            _ => below_hundred(1),
        };
        return second.map(|(rest, used)| (format!("{first}{rest:02}"), 1 + used));
    }
    below_hundred(0).map(|(number, used)| (number.to_string(), used))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::Reference;

    #[test]
    fn spelled_numbers_become_figures_and_counting_words_stay() {
        let reference = Reference::shipped().unwrap();
        let numerals = &reference.words().numerals;
        for (text, expected) in [
            ("thirty eight special", "38 special"),
            ("taurus ochenta y cinco de cinco tiros", "taurus 85 de cinco tiros"),
            ("gp one hundred, three five seven", "gp 100 357"),
            ("a three five seven magnum", "a 357 magnum"),
            ("colt nineteen eleven", "colt 1911"),
            ("nineteen hundred", "1900"),
            ("MAS trente-six", "mas 36"),
            ("quatre-vingt-douze", "92"),
            ("trinta e oito", "38"),
            ("сорок пять", "45"),
            ("one pistol and two magazines", "one pistol and two magazines"),
            ("FN Five seveN", "fn five seven"),
            ("dos revólveres", "dos revolveres"),
        ] {
            let words: Vec<String> =
                numerals.read(text, &text::atoms(text)).into_iter().map(|atom| atom.text.into()).collect();
            assert_eq!(words.join(" "), expected, "of {text:?}");
        }
    }
}
