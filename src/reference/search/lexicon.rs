//! The vocabulary of one field: every joined run of atoms that a name contains, found exactly, by its beginning, or with a typing
//! error.
//!
//! Typing errors are found by the symmetric-deletion method (W. Garbe, `SymSpell`, 2012): every term is filed under itself and under
//! each of its spellings with one character left out; a misspelt word is looked up the same way, and what meets is measured.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::filed::{Filed, hash};
use super::numbers::Numbers;
use super::sound;
pub(super) use super::terms::TermNo;
use super::terms::{Gathered, Terms};

/// Shorter words have too many neighbours to guess at.
const SHORTEST_TYPO: usize = 4;
/// Longer terms are joined names: their parts are in the vocabulary too.
const LONGEST_TYPO: usize = 16;

/// Of more atoms than these a joined name is not looked for misspelt or by its sound: its parts are.
const MOST_ATOMS: u8 = 2;
/// What a name's cases may add to it, and the shortest name of which that is believed.
const LONGEST_ENDING: usize = 3;
const SHORTEST_STEM: usize = 5;
/// What part of its likeness a name keeps that a word in Latin letters only sounds like.
const BY_EAR: f32 = 0.7;
/// How surely a word is a case of the name that it begins with.
const DECLINED: f32 = 0.7;

/// A vocabulary.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Lexicon {
    terms: Terms,
    /// Terms in the order of their texts, for finding by the beginning.
    sorted: Numbers,
    /// By a shortened spelling.
    deletions: Filed,
    /// By a word without its vowels.
    skeletons: Filed,
    /// By how a word sounds.
    sounds: Filed,
}

/// A term near a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near {
    pub term: TermNo,
    /// From 0 to 1: how likely the word was meant for the term.
    pub quality: f32,
}

impl Lexicon {
    /// Makes what was gathered searchable by beginnings, with typing errors, and by sound.
    pub(super) fn of(gathered: Gathered) -> Self {
        let all = gathered.finish();
        let terms = &all;
        let numbers = 0..terms.len() as TermNo;
        let by_text = || {
            // Most texts differ in their first letters, which are compared as one number.
            let mut sorted: Vec<(u64, TermNo)> =
                numbers.clone().map(|no| (beginning(terms.text(no)), no)).collect();
            sorted.par_sort_unstable_by(|a, b| {
                a.0.cmp(&b.0).then_with(|| terms.text(a.1).cmp(terms.text(b.1)))
            });
            sorted.into_iter().map(|(_, no)| no).collect::<Vec<TermNo>>()
        };
        let by_shortened = || {
            let shortened = numbers.clone().into_par_iter().fold(Vec::new, |mut found, no| {
                let text = terms.text(no);
                let length = text.chars().count();
                if terms.atoms(no) <= MOST_ATOMS && (SHORTEST_TYPO - 1..=LONGEST_TYPO).contains(&length) {
                    each_shortened(text, |shortened| found.push((hash(shortened), no)));
                }
                found
            });
            Filed::of(&shortened.reduce(Vec::new, joined))
        };
        let filed = |key: fn(&str) -> Option<String>| {
            let words = numbers.clone().into_par_iter().filter(|no| terms.atoms(*no) <= MOST_ATOMS);
            let entry = |no: TermNo| Some((hash(&key(terms.text(no))?), no));
            let filed: Vec<(u32, TermNo)> = words.filter_map(entry).collect();
            Filed::of(&filed)
        };
        let ((sorted, deletions), (skeletons, sounds)) = rayon::join(
            || rayon::join(by_text, by_shortened),
            || rayon::join(|| filed(skeleton), || filed(sound::key)),
        );
        Self { sorted: sorted.into(), deletions, skeletons, sounds, terms: all }
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// A term's text.
    pub(super) fn text(&self, no: TermNo) -> &str {
        self.terms.text(no)
    }

    /// The term that is this text.
    pub(super) fn exact(&self, text: &str) -> Option<TermNo> {
        self.terms.find(text)
    }

    /// The terms that begin with a text and are longer, shortest first, at most `limit`.
    pub(super) fn beginning_with(&self, prefix: &str, limit: usize) -> Vec<Near> {
        let from = self.first_from(prefix);
        let length = prefix.chars().count() as f32;
        let mut found: Vec<(usize, TermNo)> = self
            .sorted
            .between(from..self.sorted.len())
            .take_while(|no| self.text(*no).starts_with(prefix))
            .take(4 * limit)
            .map(|no| (self.text(no).chars().count(), no))
            .filter(|(term_length, _)| *term_length as f32 > length)
            .collect();
        found.sort_unstable();
        found.truncate(limit);
        found
            .into_iter()
            .map(|(term_length, term)| Near { term, quality: 0.3 + 0.5 * length / term_length as f32 })
            .collect()
    }

    /// The place in the order of texts of the first that is not before this one.
    fn first_from(&self, text: &str) -> usize {
        let (mut from, mut to) = (0, self.sorted.len());
        while from < to {
            let middle = from.midpoint(to);
            if self.text(self.sorted.at(middle)) < text {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    /// The terms that a word written without vowels stands for: `Gvrnr`, `Vctr`.
    pub(super) fn without_vowels(&self, word: &str) -> Vec<Near> {
        let plain = word.chars().count() >= 3
            && word.bytes().all(|byte| byte.is_ascii_lowercase() && !is_vowel(byte));
        if !plain {
            return Vec::new();
        }
        self.skeletons.under(word).map(|term| Near { term, quality: 0.6 }).collect()
    }

    /// The terms that a word is a case of, in a language that declines names: `Makarovis`, `Berettát`, `Zastavinu`.
    pub(super) fn declined(&self, word: &str) -> Vec<Near> {
        let ends = word.char_indices().map(|(at, _)| at).rev().take(LONGEST_ENDING);
        let stems = ends.map(|end| &word[..end]).filter(|stem| stem.chars().count() >= SHORTEST_STEM);
        let known = stems.filter_map(|stem| self.exact(stem));
        known.map(|term| Near { term, quality: DECLINED }).collect()
    }

    /// The terms that a word sounds like which is written in a script without most vowels.
    pub(super) fn sounding_like(&self, word: &str) -> Vec<Near> {
        let readings = sound::readings(word);
        readings.iter().flat_map(|reading| self.heard_as(reading)).collect()
    }

    /// The terms that a word in Latin letters sounds like, of which no name has the spelling.
    pub(super) fn heard_alike(&self, word: &str) -> Vec<Near> {
        let spellings = sound::spellings(word);
        let heard = spellings.iter().flat_map(|spelling| self.heard_as(spelling));
        heard.map(|near| Near { quality: near.quality * BY_EAR, ..near }).collect()
    }

    fn heard_as(&self, reading: &str) -> Vec<Near> {
        let Some(key) = sound::key(reading) else { return Vec::new() };
        let same = self.sounds.under(&key).filter(|term| sound::key(self.text(*term)).as_ref() == Some(&key));
        let near = |term: TermNo| Some(Near { term, quality: sound::likeness(reading, self.text(term))? });
        same.filter_map(near).collect()
    }

    /// The terms that a misspelt word may have been meant for, without the word itself.
    pub(super) fn misspelt(&self, word: &str) -> Vec<Near> {
        let chars: Vec<char> = word.chars().collect();
        if !(SHORTEST_TYPO..=LONGEST_TYPO).contains(&chars.len()) {
            return Vec::new();
        }
        let mut candidates: Vec<TermNo> = Vec::new();
        each_shortened(word, |shortened| {
            candidates.extend(self.deletions.under(shortened));
        });
        candidates.sort_unstable();
        candidates.dedup();
        let nears = candidates.into_iter().filter_map(|term| {
            let quality = typo_quality(&chars, self.text(term))?;
            Some(Near { term, quality })
        });
        nears.collect()
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// A word of Latin letters without its vowels; `None` where it has none or too little is left.
fn skeleton(text: &str) -> Option<String> {
    if !text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let bare: String = text.bytes().filter(|byte| !is_vowel(*byte)).map(char::from).collect();
    (bare.len() >= 3 && bare.len() < text.len()).then_some(bare)
}

/// How likely `word` was meant for `term`: `None` when too far or the same.
fn typo_quality(word: &[char], term: &str) -> Option<f32> {
    let term: Vec<char> = term.chars().collect();
    let shorter = word.len().min(term.len());
    let allowed = if shorter >= 8 { 2 } else { 1 };
    let distance = distance(word, &term, allowed)?;
    if distance == 0 {
        return None;
    }
    let digits = |text: &[char]| text.iter().filter(|c| c.is_ascii_digit()).copied().collect::<Vec<char>>();
    if digits(word) != digits(&term) {
        // Another number is another model; it is offered last, for a digit can be mistyped too.
        return (distance == 1).then_some(0.35);
    }
    let by_length = 0.80 - 1.0 / (shorter as f32 + 1.0);
    let first = if word.first() == term.first() { 0.06 } else { 0.0 };
    Some(if distance == 1 { by_length + first } else { by_length - 0.2 + first })
}

/// The word itself, then each spelling with one character left out.
fn each_shortened(word: &str, mut with: impl FnMut(&str)) {
    with(word);
    let mut shortened = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        shortened.clear();
        shortened.push_str(&word[..at]);
        shortened.push_str(&word[at + c.len_utf8()..]);
        with(&shortened);
    }
}

/// The first eight bytes of a text as a number that orders as they do.
fn beginning(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = text.len().min(8);
    bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

fn joined<T>(mut first: Vec<T>, mut second: Vec<T>) -> Vec<T> {
    first.append(&mut second);
    first
}

/// Damerau–Levenshtein distance (adjacent transposition counts one), or `None` above `limit`.
pub(super) fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let width = b.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    let mut row: Vec<usize> = vec![0; width];
    for (i, ca) in a.iter().enumerate() {
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = above[j] + usize::from(ca != cb);
            let mut best = substituted.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *ca == b[j - 1] && a[i - 1] == *cb {
                best = best.min(before[j - 1] + 1);
            }
            row[j + 1] = best;
        }
        if row.iter().min().is_none_or(|least| *least > limit) {
            return None;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    Some(above[b.len()]).filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let mut gathered = Gathered::default();
        for term in ["beretta", "bersa", "zastava", "hipoint", "9161", "9162", "skorpion"] {
            gathered.add(term, 1);
        }
        Lexicon::of(gathered)
    }

    fn best(lexicon: &Lexicon, word: &str) -> Option<String> {
        let mut nears = lexicon.misspelt(word);
        nears.sort_by(|a, b| b.quality.total_cmp(&a.quality));
        nears.first().map(|near| lexicon.text(near.term).to_owned())
    }

    #[test]
    fn one_slip_of_any_kind_is_found() {
        let lexicon = lexicon();
        for (word, term) in [
            ("baretta", "beretta"),
            ("berretta", "beretta"),
            ("bereta", "beretta"),
            ("beertta", "beretta"),
            ("zastva", "zastava"),
            ("hippoint", "hipoint"),
            ("scorpion", "skorpion"),
        ] {
            assert_eq!(best(&lexicon, word).as_deref(), Some(term), "of {word}");
        }
    }

    #[test]
    fn another_number_is_found_only_as_a_last_resort() {
        let lexicon = lexicon();
        let nears = lexicon.misspelt("9163");
        assert_eq!(nears.len(), 2);
        assert!(nears.iter().all(|near| near.quality < 0.4));
    }

    #[test]
    fn short_words_are_not_guessed_at() {
        assert!(lexicon().misspelt("ber").is_empty());
    }

    #[test]
    fn beginnings_find_the_shortest_first() {
        let lexicon = lexicon();
        let found: Vec<&str> =
            lexicon.beginning_with("ber", 5).iter().map(|near| lexicon.text(near.term)).collect();
        assert_eq!(found, ["bersa", "beretta"]);
    }

    #[test]
    fn transposition_is_one_edit_and_far_words_have_none() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(distance(&chars("ab"), &chars("ba"), 1), Some(1));
        assert_eq!(distance(&chars("abc"), &chars("xyz"), 2), None);
    }
}
