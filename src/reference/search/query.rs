//! Reading a text once: what in it may be a name, and what is a calibre, a kind, a length, a count, a price, a colour or a serial.
//!
//! Nothing is thrown away: a word that is probably a length keeps a small part of its worth as a name, because `26` may be a model
//! after all. Only a serial number is taken out.

use std::ops::Range;

use crate::domain::country::CountryCode;
use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::reference::calibre::{CalibreNo, Calibres};
use crate::reference::country::Countries;
use crate::reference::text::{self, Atom, Gap};

use super::lexicon::Lexicon;
use super::misread;
use super::results::FoundSerial;
use super::serial;
use super::words::{self, Word, Words};

/// Longer texts are cut here: a shop title or a report's sentence is far shorter.
const LONGEST_TEXT: usize = 1_000;
/// The most atoms that are looked at.
const MOST_ATOMS: usize = 128;
/// A shorter number after `No` or the like is more often a model's or a count.
const SHORTEST_SERIAL: usize = 3;
/// The most letters before the figures of a serial number.
const LONGEST_PREFIX: usize = 5;
/// After the sign for *number* alone a serial has at least so many figures: `No. 4` and `Nº 12` are models.
const SHORTEST_NUMBERED: usize = 4;

/// Part of its worth as a name that a word keeps when it is probably something else.
const ROLE_CALIBRE: f32 = 0.15;
const ROLE_MEASURE: f32 = 0.12;
const ROLE_KIND: f32 = 0.9;
const ROLE_NOISE: f32 = 0.8;
const ROLE_FUNCTION: f32 = 0.3;
const ROLE_COUNTRY: f32 = 0.6;

/// Something that the text says, and where.
#[derive(Debug, Clone)]
pub(super) struct Said<T> {
    pub what: T,
    /// First atom and how many.
    pub at: (usize, usize),
    /// Whether it is sure: `9x19`, not a bare `308`.
    pub sure: bool,
}

/// A text, read.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// The text with its entities resolved; the atoms' spans point into it.
    pub text: String,
    pub atoms: Vec<Atom>,
    /// Of each atom, the part of its worth as a name.
    pub roles: Vec<f32>,
    pub calibres: Vec<Said<Vec<CalibreNo>>>,
    /// Calibres as wide as one that the text says by its width alone: `9 mm` is 9x19, and may be 9x18.
    pub as_wide: Vec<CalibreNo>,
    pub types: Vec<Said<Vec<FirearmType>>>,
    pub actions: Vec<Said<Vec<FirearmAction>>>,
    pub countries: Vec<Said<Vec<CountryCode>>>,
    pub serial: Option<FoundSerial>,
    /// Whether the last word may be unfinished.
    pub unfinished: bool,
    /// Atoms that say nothing about the model.
    pub noise: Vec<bool>,
}

/// What a text is read with.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub words: &'a Words,
    pub calibres: &'a Calibres,
    pub countries: &'a Countries,
    /// The vocabularies of the names.
    pub names: [&'a Lexicon; 2],
}

impl Query {
    /// The text of a run of atoms, as typed.
    pub(super) fn said(&self, start: usize, len: usize) -> &str {
        match self.atoms.get(start..start + len) {
            Some([first, .., last]) => &self.text[first.span.start..last.span.end],
            Some([one]) => &self.text[one.span.clone()],
            _ => "",
        }
    }
}

impl Reader<'_> {
    /// Reads a text.
    pub(super) fn read(&self, text: &str) -> Query {
        let cut: String = text.chars().take(LONGEST_TEXT).collect();
        let decoded = text::decode_entities(&cut).into_owned();
        let known = |word: &str| self.knows(word);
        let is_unit = |word: &str| {
            matches!(self.words.word(word), Some(Word::LengthUnit | Word::CountUnit | Word::Money))
        };
        let mut atoms = text::atoms(&decoded);
        atoms.truncate(MOST_ATOMS);
        atoms = misread::mend(&atoms, known, is_unit);
        atoms = self.words.numerals.read(&decoded, &atoms);
        let is_function = |word: &str| matches!(self.words.word(word), Some(Word::Function));
        atoms = self.words.letters.read(&decoded, &atoms, is_function);
        let mut query = Query {
            unfinished: decoded.chars().next_back().is_some_and(char::is_alphanumeric),
            roles: vec![1.0; atoms.len()],
            noise: vec![false; atoms.len()],
            text: decoded,
            atoms,
            ..Query::default()
        };
        self.take_serial(&mut query);
        self.find_calibres(&mut query);
        self.find_measures(&mut query);
        self.find_words(&mut query);
        query
    }

    /// The longest word of the vocabulary that begins at an atom, and its length.
    fn word_at(&self, query: &Query, at: usize) -> Option<(&Word, usize)> {
        let atoms = &query.atoms;
        let longest = self.words.longest_at(&atoms[at..]);
        (1..=longest).rev().find_map(|len| {
            // A word ends where its text ends: `black` is none in `blackhawk`, but `10rd` holds `rd`.
            let run = &atoms[at..at + len];
            let glued =
                atoms.get(at + len).is_some_and(|next| !next.digits && text::is_glued(&run[len - 1], next));
            let word = self.words.get(run, words::is_latin(query.said(at, len)))?;
            (!glued).then_some((word, len))
        })
    }

    /// A serial number after `s/n` and the like is taken out of the text, and one before `nömrəli` and the like.
    fn take_serial(&self, query: &mut Query) {
        let mut at = 0;
        while at < query.atoms.len() {
            if let Some((Word::SerialBehind, len)) = self.word_at(query, at) {
                if let Some(from) = self.start_of_serial(query, at) {
                    take(query, from..at);
                }
                at += len;
                continue;
            }
            let Some(len) = self.serial_marker_at(query, at) else {
                at += 1;
                continue;
            };
            let mut first = at + len;
            while let Some((Word::SerialMarker, more)) =
                (first < query.atoms.len()).then(|| self.word_at(query, first)).flatten()
            {
                first += more;
            }
            let end = if self.is_plain_word(query, first) {
                None
            } else {
                end_of_serial(&query.atoms, &query.text, first)
            };
            let long_enough = |end: &usize| {
                let letters = query.said(first, end - first).chars();
                letters.filter(|c| c.is_alphanumeric()).count() >= SHORTEST_SERIAL
            };
            let Some(end) = end.filter(long_enough) else {
                at = first;
                continue;
            };
            take(query, first..end);
            at = end;
        }
    }

    /// Where the serial number begins that ends before an atom: its word, with the letters that stand apart before its figures.
    fn start_of_serial(&self, query: &Query, end: usize) -> Option<usize> {
        let atoms = &query.atoms[..end];
        let word = atoms.iter().rposition(|atom| atom.gap == Gap::Space)?;
        let figures: usize =
            atoms[word..].iter().filter(|atom| atom.digits).map(|atom| atom.text.len()).sum();
        if figures < SHORTEST_NUMBERED {
            return None;
        }
        let before = &query.text[..atoms[word].span.start];
        let prefix = serial::prefix(before, |letters| self.knows(letters)).filter(|_| atoms[word].digits);
        let from = prefix.map(|prefix| before.trim_end().len() - prefix.len());
        from.and_then(|from| atoms.iter().position(|atom| atom.span.start == from)).or(Some(word))
    }

    /// Whether a folded word is one of the vocabulary, or part of a name.
    fn knows(&self, word: &str) -> bool {
        self.words.word(word).is_some() || self.names.iter().any(|names| names.exact(word).is_some())
    }

    /// How many atoms say that a serial number follows: a word of the vocabulary, or the sign for *number* before a long one.
    fn serial_marker_at(&self, query: &Query, at: usize) -> Option<usize> {
        if let Some((Word::SerialMarker, len)) = self.word_at(query, at) {
            return Some(len);
        }
        let sign = &query.atoms[at];
        let written = &query.text[sign.span.clone()];
        let after = &query.text[sign.span.end..];
        let is_sign = match written.to_lowercase().as_str() {
            "nº" | "n°" | "č" => true,
            "n" => after.trim_start().starts_with(['°', 'º']),
            "no" => after.starts_with('.'),
            _ => false,
        };
        let end = is_sign.then(|| end_of_serial(&query.atoms, &query.text, at + 1)).flatten()?;
        let figures = query.atoms[at + 1..end]
            .iter()
            .filter(|atom| atom.digits)
            .map(|atom| atom.text.len())
            .sum::<usize>();
        (figures >= SHORTEST_NUMBERED).then_some(1)
    }

    /// Whether a word of the vocabulary begins at an atom that is no part of a number: `no serial number, with 3 rounds`.
    fn is_plain_word(&self, query: &Query, at: usize) -> bool {
        let Some(atom) = query.atoms.get(at) else { return false };
        let alone = query.atoms.get(at + 1).is_none_or(|next| next.gap == Gap::Space);
        let plain = |word: &Word| !matches!(word, Word::SerialMarker);
        atom.text.chars().count() >= 3
            && alone
            && !atom.digits
            && self.word_at(query, at).is_some_and(|(word, _)| plain(word))
    }

    /// Whether `Mod.` or the like stands before an atom.
    fn follows_model_word(&self, query: &Query, at: usize) -> bool {
        (1..=2.min(at))
            .any(|len| matches!(self.word_at(query, at - len), Some((Word::Model, found)) if found == len))
    }

    fn is_noise(&self, word: &str) -> bool {
        matches!(self.words.word(word), Some(Word::Noise))
    }

    fn find_calibres(&self, query: &mut Query) {
        let mut at = 0;
        while at < query.atoms.len() {
            match self.calibre_at(query, at) {
                Some((found, len, sure)) => {
                    query.as_wide.extend(self.calibres.of_one_width(&query.atoms[at..at + len]));
                    query.calibres.push(Said { what: found, at: (at, len), sure });
                    if sure {
                        query.roles[at..at + len].iter_mut().for_each(|role| *role = role.min(ROLE_CALIBRE));
                    }
                    at += len;
                }
                None => at += 1,
            }
        }
    }

    fn calibre_at(&self, query: &Query, at: usize) -> Option<(Vec<CalibreNo>, usize, bool)> {
        let first = &query.atoms[at];
        let glued_before = at > 0 && text::is_glued(&query.atoms[at - 1], first);
        if query.roles[at] == 0.0 || glued_before {
            return None;
        }
        let follows_model = self.follows_model_word(query, at);
        let longest = self.calibres.longest().min(query.atoms.len() - at).min(8);
        let whole = (1..=longest).rev().find_map(|len| {
            let run = &query.atoms[at..at + len];
            let after = query.atoms.get(at + len);
            if after.is_some_and(|next| text::is_glued(&run[len - 1], next))
                || run.iter().skip(1).any(|atom| atom.dotted)
            {
                return None;
            }
            let bare = len == 1 && !first.dotted;
            if bare && (first.text.len() < 2 || !first.digits) {
                return None;
            }
            if follows_model && !first.dotted && run[1..].iter().all(|atom| self.is_noise(&atom.text)) {
                return None;
            }
            let wordy = run.iter().all(|atom| !atom.digits);
            let split_number = bare
                || (run.iter().all(|atom| atom.digits)
                    && run.iter().skip(1).any(|atom| atom.gap == Gap::Space));
            let found = self.calibres.numbers(run);
            (!found.is_empty() && !wordy).then_some((found, len, !split_number))
        });
        whole.or_else(|| self.decimal_at(query, at))
    }

    /// A decimal number such as `7.65` says a calibre even where several have it, or none of the table's.
    fn decimal_at(&self, query: &Query, at: usize) -> Option<(Vec<CalibreNo>, usize, bool)> {
        let [whole, fraction] = query.atoms.get(at..at + 2)? else { return None };
        let is_decimal = whole.digits
            && fraction.digits
            && fraction.gap == Gap::Mark
            && matches!(between(query, at), "." | ",")
            && whole.text.len() <= 2
            && fraction.text.len() <= 2;
        let alone = query.atoms.get(at + 2).is_none_or(|next| !text::is_glued(fraction, next));
        let after = &query.text[fraction.span.end..];
        let is_length = after.trim_start().starts_with(['"', '”', '″', '\'', '’']);
        (is_decimal && alone && !is_length)
            .then(|| (self.calibres.of_decimal(&whole.text, &fraction.text), 2, true))
    }

    /// Numbers with a unit, ratios, sums and prices.
    fn find_measures(&self, query: &mut Query) {
        for at in 0..query.atoms.len() {
            if !query.atoms[at].digits || query.roles[at] < 1.0 {
                continue;
            }
            let Some(last) = self.end_of_measure(query, at) else { continue };
            // `16.25"` is one number of two atoms.
            let first = if at > 0
                && query.atoms[at].gap == Gap::Mark
                && query.atoms[at - 1].digits
                && matches!(between(query, at - 1), "." | ",")
            {
                at - 1
            } else {
                at
            };
            for atom in first..=last {
                query.roles[atom] = query.roles[atom].min(ROLE_MEASURE);
                query.noise[atom] = true;
            }
        }
    }

    /// The last atom of the measure whose number is at `at`.
    fn end_of_measure(&self, query: &Query, at: usize) -> Option<usize> {
        let after = &query.text[query.atoms[at].span.end..];
        let before = query.text[..query.atoms[at].span.start].chars().next_back();
        if after.starts_with(['"', '”', '″', '“', '\'', '’', '%', '$', '€', '£'])
            || matches!(before, Some('$' | '€' | '£' | '#'))
        {
            return Some(at);
        }
        let next_is_number = query.atoms.get(at + 1).is_some_and(|next| next.digits);
        if next_is_number && matches!(between(query, at), "+" | ":") {
            return Some(at + 1);
        }
        if at > 0 && query.atoms[at - 1].digits && matches!(between(query, at - 1), "+" | ":") {
            return Some(at);
        }
        if counts_what_follows(query, at) {
            return Some(at);
        }
        if at + 1 >= query.atoms.len() || self.follows_model_word(query, at) {
            return None;
        }
        let (word, len) = self.word_at(query, at + 1)?;
        let glued_on = query.atoms[at].gap == Gap::None && at > 0 && !query.atoms[at - 1].digits;
        match word {
            Word::LengthUnit | Word::CountUnit | Word::Money if !glued_on => Some(at + len),
            _ => None,
        }
    }

    fn find_words(&self, query: &mut Query) {
        let mut at = 0;
        while at < query.atoms.len() {
            if at > 0 && !query.atoms[at - 1].digits && text::is_glued(&query.atoms[at - 1], &query.atoms[at])
            {
                at += 1;
                continue;
            }
            let Some((word, len)) = self.word_at(query, at) else {
                if let Some((country, len)) = self.country_at(&query.atoms, at) {
                    query.countries.push(Said { what: vec![country], at: (at, len), sure: true });
                    query.roles[at..at + len].iter_mut().for_each(|role| *role = role.min(ROLE_COUNTRY));
                    at += len;
                } else {
                    at += 1;
                }
                continue;
            };
            let (role, noise) = match word {
                Word::Kind { types, actions } => {
                    if !types.is_empty() {
                        query.types.push(Said { what: types.clone(), at: (at, len), sure: true });
                    }
                    if !actions.is_empty() {
                        query.actions.push(Said { what: actions.clone(), at: (at, len), sure: true });
                    }
                    (ROLE_KIND, false)
                }
                Word::Country(codes) => {
                    query.countries.push(Said { what: codes.clone(), at: (at, len), sure: true });
                    (ROLE_COUNTRY, false)
                }
                Word::Noise
                | Word::Model
                | Word::LengthUnit
                | Word::CountUnit
                | Word::Money
                | Word::SerialMarker
                | Word::SerialBehind => (ROLE_NOISE, true),
                Word::Function => (ROLE_FUNCTION, true),
            };
            for atom in at..at + len {
                query.roles[atom] = query.roles[atom].min(role);
                query.noise[atom] |= noise;
            }
            at += len;
        }
    }

    /// A country's name of one to three words.
    fn country_at(&self, atoms: &[Atom], at: usize) -> Option<(CountryCode, usize)> {
        (1..=3.min(atoms.len() - at)).rev().find_map(|len| {
            let key: String = atoms[at..at + len].iter().map(|atom| atom.text.as_str()).collect();
            if key.chars().count() < 4 || key.bytes().any(|byte| byte.is_ascii_digit()) {
                return None;
            }
            Some((self.countries.find_key(&key)?.code, len))
        })
    }
}

/// Whether a number of one or two figures stands in brackets, as the count of a register's line does: `Una (01) pistola`.
fn counts_what_follows(query: &Query, at: usize) -> bool {
    let atom = &query.atoms[at];
    let (before, after) = (&query.text[..atom.span.start], &query.text[atom.span.end..]);
    atom.text.len() <= 2 && before.ends_with('(') && after.starts_with(')')
}

/// What stands between an atom and the next.
fn between(query: &Query, at: usize) -> &str {
    let from = query.atoms[at].span.end;
    let to = query.atoms.get(at + 1).map_or(from, |next| next.span.start);
    &query.text[from..to]
}

/// Takes a serial number out of the text.
fn take(query: &mut Query, atoms: Range<usize>) {
    let span = query.atoms[atoms.start].span.start..query.atoms[atoms.end - 1].span.end;
    let found = FoundSerial::at(&query.text, span, true);
    query.serial.get_or_insert(found);
    for atom in atoms {
        query.roles[atom] = 0.0;
        query.noise[atom] = true;
    }
}

/// Where the serial number that begins at an atom ends: with its word, or with the next where only its letters were read so far.
fn end_of_serial(atoms: &[Atom], text: &str, first: usize) -> Option<usize> {
    let mut at = first;
    let mut digits = false;
    let mut words = 0;
    while let Some(atom) = atoms.get(at) {
        if at > first {
            if starts_a_part(text, &atoms[at - 1], atom) {
                break;
            }
            // The number follows its letters, or its first figures: `24-РП 3318`, `ВИ 36 4127`.
            let after_letters = !atoms[at - 1].digits && atoms[at - 1].gap != Gap::Space;
            let in_groups = !atoms[first].digits
                && atoms[at - 1].text.len() < SHORTEST_SERIAL
                && atoms.get(at + 1).is_none_or(|next| next.gap != Gap::None);
            let goes_on = digits && (after_letters || in_groups);
            if atom.gap == Gap::Space && !(goes_on && atom.digits && atom.text.len() >= SHORTEST_NUMBERED) {
                words += 1;
                if digits || words > 1 {
                    break;
                }
            }
        }
        let word_before_number = !digits && !atom.digits && atom.text.chars().count() > LONGEST_PREFIX;
        if word_before_number || is_east_asian(&atom.text) && !matches!(atom.text.as_str(), "式" | "型") {
            break;
        }
        digits |= atom.text.bytes().any(|byte| byte.is_ascii_digit());
        at += 1;
    }
    // A letter after the number belongs to it, as on German pistols of the wars: `4521 b`.
    let suffix = at + 1 == atoms.len()
        || atoms.get(at + 1).is_some_and(|next| starts_a_clause(text, &atoms[at], next));
    if digits && suffix && atoms.get(at).is_some_and(|last| !last.digits && last.text.chars().count() == 1) {
        at += 1;
    }
    digits.then_some(at)
}

/// Whether a word begins with a Chinese character or Japanese kana: words, not letters before a number.
fn is_east_asian(word: &str) -> bool {
    word.starts_with(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'))
}

/// Whether a comma stands between two atoms, or what is one in another script.
fn starts_a_part(text: &str, before: &Atom, after: &Atom) -> bool {
    text[before.span.end..after.span.start].contains([',', ';', '，', '；', '、', '،', '؛'])
}

/// Whether a comma or the like stands between two atoms.
fn starts_a_clause(text: &str, before: &Atom, after: &Atom) -> bool {
    text[before.span.end..after.span.start].contains([',', ';', '.', ')', '-', '–', '|'])
}
