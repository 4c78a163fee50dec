//! Numbers that were spelled out, read as figures: what is dictated says `thirty eight special`, `nineteen eleven`, `ochenta y cinco`.
//!
//! Only what can hardly be anything else is read: tens, numbers from twelve to nineteen, what is made of several words, three single
//! figures in a row. A word such as *one* or *dos* alone is no number here, for it counts or is an article. The words are data:
//! `vocabulary/number-words.toml`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::reference::error::Fault;
use crate::reference::text::{self, Atom};

const FILE: &str = "vocabulary/number-words.toml";
/// So many single figures in a row are a number: `three five seven`.
const FIGURES: usize = 3;

/// No number has more words.
const MOST_WORDS: usize = 8;

/// A smaller number from ten on is as often another word when it stands alone: `once` is eleven, and a word of English.
const LEAST_ALONE: u32 = 12;

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
    /// The words for the hundreds from one to nine, where each has its own.
    #[serde(default)]
    hundreds: Vec<String>,
    #[serde(default)]
    thousand: Vec<String>,
    /// What joins a unit to the ten behind it, in one word or apart: achtunddreißig.
    #[serde(default)]
    units_first: Vec<String>,
    /// Whether ten and unit are one word: trentotto, otuzsekiz.
    #[serde(default)]
    glued: bool,
}

/// What a word or several say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Numeral {
    Unit(u32),
    Teen(u32),
    Ten(u32),
    /// A ten behind what joins it to the unit before it, in one word.
    JoinedTen(u32),
    /// Ten and unit in one word.
    Whole(u32),
    Hundred,
    Hundreds(u32),
    Thousand,
    /// Unit and thousand in one word.
    Thousands(u32),
    Joiner,
    /// Joins a unit to the ten behind it.
    UnitJoiner,
}

/// The words for numbers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::reference) struct Numerals {
    /// By language, for a number is of one.
    languages: Vec<BTreeMap<String, Numeral>>,
    /// The first atoms of all the words: most words of a text begin no number.
    begins: BTreeSet<String>,
    /// The most atoms of a word.
    longest: usize,
}

impl Numerals {
    pub(in crate::reference) fn new(file: NumeralsFile, faults: &mut Vec<Fault>) -> Self {
        let mut numerals = Self { longest: 1, ..Self::default() };
        for row in file.language {
            for (list, wanted) in [(&row.units, 9), (&row.teens, 10), (&row.tens, 8)] {
                if list.len() != wanted {
                    let problem = format!("a list has {} numbers, {wanted} are expected", list.len());
                    faults.push(Fault::new(FILE, &row.code, problem));
                }
            }
            let words = row.words();
            for atoms in words.iter().map(|(word, _)| text::atoms(word)) {
                numerals.longest = numerals.longest.max(atoms.len());
                numerals.begins.extend(atoms.into_iter().next().map(|first| String::from(first.text)));
            }
            let by_key = words.into_iter().rev().map(|(word, says)| (text::key(&word), says));
            numerals.languages.push(by_key.filter(|(key, _)| !key.is_empty()).collect());
        }
        numerals
    }

    /// Puts figures in place of the numbers that are spelled out.
    pub(super) fn read(&self, text: &str, atoms: &[Atom]) -> Vec<Atom> {
        let mut figures = Vec::with_capacity(atoms.len());
        let mut at = 0;
        while at < atoms.len() {
            let begins = !atoms[at].digits && self.begins.contains(atoms[at].text.as_str());
            let spelled = if begins { self.number_at(text, &atoms[at..]) } else { None };
            let Some((number, len)) = spelled else {
                figures.push(atoms[at].clone());
                at += 1;
                continue;
            };
            figures.push(Atom::in_place_of(&atoms[at..at + len], number.into()));
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
    use Numeral::{Hundred, Hundreds, Joiner, Teen, Thousand, Thousands, Unit};
    let at = |place: usize| spoken.get(place).map(|(numeral, _)| *numeral);
    let figures = (0..).map_while(|place| if let Some(Unit(unit)) = at(place) { Some(unit) } else { None });
    let figures: Vec<u32> = figures.collect();
    if figures.len() >= FIGURES {
        return Some((figures.iter().map(ToString::to_string).collect(), figures.len()));
    }
    if let Some(Teen(first @ 18..=19)) = at(0) {
        // Nineteen eleven, nineteen thirty four.
        let second = match at(1) {
            Some(Teen(teen)) => Some((teen, 1)),
            _ => below_hundred(&spoken[1..]),
        };
        if let Some((rest, used)) = second {
            return Some((format!("{first}{rest:02}"), 1 + used));
        }
    }
    let (thousands, mut used) = match (at(0), at(1)) {
        (Some(Thousand), _) => (1_000, 1),
        (Some(Thousands(thousands)), _) => (thousands, 1),
        (Some(Unit(unit)), Some(Thousand)) => (1_000 * unit, 2),
        _ => (0, 0),
    };
    let hundreds = match (at(used), at(used + 1)) {
        (Some(Hundreds(hundreds)), _) => Some((hundreds, 1)),
        (Some(Unit(unit) | Teen(unit)), Some(Hundred)) => Some((100 * unit, 2)),
        (Some(Hundred), _) => Some((100, 1)),
        _ => None,
    };
    used += hundreds.map_or(0, |(_, words)| words);
    let more = thousands + hundreds.map_or(0, |(hundreds, _)| hundreds);
    let joined = used + usize::from(used > 0 && at(used) == Some(Joiner));
    let below = below_hundred(spoken.get(joined..).unwrap_or_default()).or_else(|| match at(joined) {
        Some(Unit(rest)) if used > 0 => Some((rest, 1)),
        Some(Teen(rest)) if used > 0 || rest >= LEAST_ALONE => Some((rest, 1)),
        _ => None,
    });
    match below {
        Some((rest, words)) => Some(((more + rest).to_string(), joined + words)),
        // `mil` alone is a word as often as a number.
        None if hundreds.is_some() || used > 1 || more > 1_000 => Some((more.to_string(), used)),
        None => None,
    }
}

/// A number from twenty to ninety-nine that numerals begin with, and how many of them say it.
fn below_hundred(spoken: &[(Numeral, usize)]) -> Option<(u32, usize)> {
    use Numeral::{JoinedTen, Joiner, Teen, Ten, Unit, UnitJoiner, Whole};
    let at = |place: usize| spoken.get(place).map(|(numeral, _)| *numeral);
    match (at(0), at(1), at(2)) {
        (Some(Whole(number)), ..) => Some((number, 1)),
        (Some(Unit(unit)), Some(UnitJoiner), Some(Ten(ten)))
        | (Some(Ten(ten)), Some(Joiner), Some(Unit(unit))) => Some((ten + unit, 3)),
        // Soixante-quinze, quatre-vingt-douze.
        (Some(Ten(ten @ (60 | 80))), Some(Teen(teen)), _) => Some((ten + teen, 2)),
        (Some(Unit(unit)), Some(JoinedTen(ten)), _) | (Some(Ten(ten)), Some(Unit(unit)), _) => {
            Some((ten + unit, 2))
        }
        (Some(Ten(ten)), ..) => Some((ten, 1)),
        _ => None,
    }
}

impl LanguageRow {
    /// Every word with what it says; of two that are written alike the earlier counts.
    fn words(&self) -> Vec<(String, Numeral)> {
        use Numeral::{
            Hundred, Hundreds, JoinedTen, Joiner, Teen, Ten, Thousand, Thousands, Unit, UnitJoiner, Whole,
        };
        let mut words: Vec<(String, Numeral)> = Vec::new();
        let mut add = |spellings: &str, numeral: Numeral| {
            words.extend(spellings.split('|').map(|word| (word.to_owned(), numeral)));
        };
        self.joiners.iter().for_each(|word| add(word, Joiner));
        self.hundred.iter().for_each(|word| add(word, Hundred));
        self.thousand.iter().for_each(|word| add(word, Thousand));
        (1..).zip(&self.units).for_each(|(value, word)| add(word, Unit(value)));
        (10..).zip(&self.teens).for_each(|(value, word)| add(word, Teen(value)));
        (2..).zip(&self.tens).for_each(|(value, word)| add(word, Ten(10 * value)));
        (1..).zip(&self.hundreds).for_each(|(value, word)| add(word, Hundreds(100 * value)));
        for (value, units) in (1..).zip(&self.units) {
            for (unit, thousand) in
                units.split('|').flat_map(|unit| self.thousand.iter().map(move |it| (unit, it)))
            {
                add(&format!("{unit}{thousand}"), Thousands(1_000 * value));
            }
        }
        for joiner in &self.units_first {
            add(joiner, UnitJoiner);
            for (value, tens) in (2..).zip(&self.tens) {
                for ten in tens.split('|') {
                    add(&format!("{joiner}{ten}"), JoinedTen(10 * value));
                }
            }
        }
        let pairs = (2..).zip(&self.tens).flat_map(|ten| (1..).zip(&self.units).map(move |unit| (ten, unit)));
        for ((ten_value, tens), (unit_value, units)) in pairs {
            let whole = Whole(10 * ten_value + unit_value);
            for (ten, unit) in tens.split('|').flat_map(|ten| units.split('|').map(move |unit| (ten, unit))) {
                self.units_first.iter().for_each(|joiner| add(&format!("{unit}{joiner}{ten}"), whole));
                if self.glued {
                    add(&format!("{ten}{unit}"), whole);
                    // Trenta and otto are trentotto.
                    if unit.starts_with(is_vowel)
                        && let Some(stem) = ten.strip_suffix(is_vowel)
                    {
                        add(&format!("{stem}{unit}"), whole);
                    }
                }
            }
        }
        words
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
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
            ("glock diecinueve", "glock 19"),
            ("modelo novecentos e quarenta e oito", "modelo 948"),
            ("modelo mil novecientos once", "modelo 1911"),
            ("achtunddreißig spezial", "38 spezial"),
            ("acht und dreißig", "38"),
            ("negenenvijftig", "59"),
            ("trentotto", "38"),
            ("P zweitausend", "p 2000"),
            ("zweitausend elf", "2011"),
            ("hundert zweitausend", "100 2000"),
            ("otuz sekizlik", "38"),
            ("třiadvacítka", "23"),
            ("جلوك تسعتعش", "جلوك 19"),
            ("ثمانية وثلاثين", "38"),
            ("dos revólveres", "dos revolveres"),
        ] {
            let words: Vec<String> =
                numerals.read(text, &text::atoms(text)).into_iter().map(|atom| atom.text.into()).collect();
            assert_eq!(words.join(" "), expected, "of {text:?}");
        }
    }
}
