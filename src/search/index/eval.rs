//! Which documents of a segment fit a query.

use std::sync::OnceLock;

use levenshtein_automata::LevenshteinAutomatonBuilder;
use tantivy::InvertedIndexReader;

use super::bits::Bits;
use super::phrase::add_phrase;
use super::schema::{self, Column, letter, tag, term};
use super::segment::Segment;
use super::terms::{self, Shape, Similar, Tagged};
use crate::domain::country::CountryCode;
use crate::domain::lifecycle::RecordState;
use crate::domain::record::RecordReason;
use crate::domain::serial::SerialPattern;
use crate::search::document::{country_number, day_number, first_second, place_in};
use crate::search::query::{
    self, Clause, Condition, Days, Key, NumberRange, NumberWanted, Query, SerialWanted, TextField, What,
    When, Words,
};
use crate::search::{Cancel, SearchError};

/// The letters of a bare code from which numbers that begin so are looked for.
const SHORTEST_CODE: usize = 3;

/// How loosely words are taken; each level finds all that the one before finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// As written, and words that may stand anywhere stand in what the firearm is.
    Firearm,
    /// As written.
    Written,
    /// The last word may be only a beginning.
    Begun,
    /// Long words may differ by a letter or two.
    Similar,
}

/// The documents of a segment that fit, deleted ones not among them.
pub(super) fn evaluate(
    segment: &Segment,
    query: &Query,
    level: Level,
    cancel: &Cancel,
) -> Result<Bits, SearchError> {
    let mut all = alive(segment);
    for Clause { any } in &query.clauses {
        let mut clause = Bits::none(segment.len());
        for condition in any {
            cancel.check()?;
            clause.or(&fitting(segment, condition, level, cancel)?);
        }
        all.and(&clause);
        if all.is_empty() {
            break;
        }
    }
    Ok(all)
}

/// Whether a looser level could find more than [`Level::Begun`] does.
pub(super) fn has_similar(query: &Query) -> bool {
    words_of(query).any(|words| edits(words) > 0)
}

/// Whether a word may stand anywhere, so that where it stands tells records apart.
pub(super) fn has_bare_words(query: &Query) -> bool {
    words_of(query).any(|words| words.field.is_none())
}

/// Whether a last word is only begun.
pub(super) fn has_begun(query: &Query) -> bool {
    words_of(query).any(|words| words.prefix)
}

fn words_of(query: &Query) -> impl Iterator<Item = &Words> {
    query.clauses.iter().flat_map(|clause| &clause.any).filter(|condition| !condition.exclude).filter_map(
        |condition| match &condition.what {
            What::Words(words) => Some(words),
            _ => None,
        },
    )
}

/// How many letters may differ: none in short words, in quotes, in phrases and in what has digits.
fn edits(words: &Words) -> u8 {
    let [word] = words.words.as_slice() else { return 0 };
    if words.quoted || word.chars().any(|c| !c.is_alphabetic()) {
        return 0;
    }
    query::edits_allowed(word)
}

fn alive(segment: &Segment) -> Bits {
    let mut all = Bits::all(segment.len());
    if let Some(alive) = segment.reader.alive_bitset() {
        let mut living = Bits::none(segment.len());
        for doc in alive.iter_alive() {
            living.insert(doc);
        }
        all = living;
    }
    all
}

fn fitting(
    segment: &Segment,
    condition: &Condition,
    level: Level,
    cancel: &Cancel,
) -> Result<Bits, SearchError> {
    // What is excluded is excluded alike at every level, so that each level holds the one before.
    let level = if condition.exclude { Level::Begun } else { level };
    let mut bits = Bits::none(segment.len());
    let search = Lookup { segment, cancel, bits: &mut bits };
    match &condition.what {
        What::Words(words) => search.words(words, level)?,
        What::Serial(SerialWanted::Number { norm, prefix }) => search.serial(norm, *prefix)?,
        What::Serial(SerialWanted::Pattern(pattern)) => search.serial_pattern(pattern)?,
        What::Number(wanted) => search.number(wanted)?,
        What::Reason(reasons) => {
            search
                .values(Column::Reason, reasons.iter().map(|reason| place_in(RecordReason::ALL, *reason)))?;
        }
        What::State(states) => {
            search.values(Column::State, states.iter().map(|state| place_in(RecordState::ALL, *state)))?;
        }
        What::Country(wanted) => search.countries(Column::Country, &wanted.codes)?,
        What::Owner(wanted) => search.countries(Column::Owner, &wanted.codes)?,
        What::Day(when, days) => search.days(*when, *days)?,
    }
    if condition.exclude {
        bits.complement();
    }
    Ok(bits)
}

/// Collects into one set; each of its functions adds what it finds.
struct Lookup<'a> {
    segment: &'a Segment,
    cancel: &'a Cancel,
    bits: &'a mut Bits,
}

impl Lookup<'_> {
    fn words(mut self, words: &Words, level: Level) -> Result<(), SearchError> {
        let index: &InvertedIndexReader = &self.segment.words;
        let one;
        let fields: &[TextField] = match words.field {
            Some(field) => {
                one = [field];
                &one
            }
            None if level == Level::Firearm => &TextField::FIREARM,
            None => &TextField::ALL,
        };
        let prefix = words.prefix && level >= Level::Begun;
        for field in fields {
            let letter = letter(*field);
            match words.words.as_slice() {
                [word] if prefix => terms::add_beginning(index, &term(letter, word), self.bits, self.cancel)?,
                [word] => terms::add_term(index, &term(letter, word), self.bits)?,
                several => add_phrase(index, letter, several, prefix, self.bits, self.cancel)?,
            }
        }
        if level == Level::Similar {
            self.similar(words, fields)?;
        }
        self.keys(&words.keys)?;
        if words.field.is_none() {
            self.code(words, prefix)?;
        }
        Ok(())
    }

    fn similar(&mut self, words: &Words, fields: &[TextField]) -> Result<(), SearchError> {
        let edits = edits(words);
        let Some(word) = words.words.first().filter(|_| edits > 0) else { return Ok(()) };
        let letters: Vec<u8> = fields.iter().map(|field| letter(*field)).collect();
        let rest = Similar(automaton_builder(edits).build_dfa(word));
        terms::add_matching(&self.segment.words, Tagged { letters: &letters, rest }, self.bits, self.cancel)
    }

    fn keys(&mut self, keys: &[Key]) -> Result<(), SearchError> {
        for key in keys {
            match key {
                Key::Make(id) => terms::add_term(&self.segment.words, &term(tag::MAKE_ID, id), self.bits)?,
                Key::Calibre(id) => {
                    terms::add_term(&self.segment.words, &term(tag::CALIBRE_ID, id), self.bits)?;
                }
                Key::Country(code) => {
                    self.ranges(Column::Country, &[(country_number(*code), country_number(*code))])?;
                }
            }
        }
        Ok(())
    }

    /// A bare piece with a digit may be a number stamped on the firearm, or the record's own.
    fn code(&mut self, words: &Words, prefix: bool) -> Result<(), SearchError> {
        let Some(code) = words.as_code() else { return Ok(()) };
        let prefix = prefix && code.chars().count() >= SHORTEST_CODE;
        self.serial_terms(&code, prefix)?;
        let norm = query::normalise_number(&words.typed);
        let ranges = query::ranges(&norm, prefix);
        // Two letters and a year at least: a shorter piece is the beginning of too much else.
        if norm.len() >= 6 { self.number_ranges(&ranges) } else { Ok(()) }
    }

    fn serial_terms(&mut self, norm: &str, prefix: bool) -> Result<(), SearchError> {
        let index = self.segment.serials()?;
        for letter in [tag::SERIAL, tag::SERIAL_PIECE] {
            let term = term(letter, norm);
            if prefix {
                terms::add_beginning(index, &term, self.bits, self.cancel)?;
            } else {
                terms::add_term(index, &term, self.bits)?;
            }
        }
        Ok(())
    }

    fn serial(mut self, norm: &str, prefix: bool) -> Result<(), SearchError> {
        self.serial_terms(norm, prefix)?;
        match SerialPattern::parse(norm) {
            Ok(pattern) if !prefix => self.serial_pattern(&pattern),
            _ => Ok(()),
        }
    }

    fn serial_pattern(self, pattern: &SerialPattern) -> Result<(), SearchError> {
        let shape = Tagged { letters: &[tag::SERIAL, tag::SERIAL_PATTERN], rest: Shape(pattern) };
        terms::add_matching(self.segment.serials()?, shape, self.bits, self.cancel)
    }

    fn number(mut self, wanted: &NumberWanted) -> Result<(), SearchError> {
        self.number_ranges(&query::ranges(&wanted.norm, wanted.prefix))?;
        let odd = term(tag::ODD_NUMBER, &schema::odd_number(&wanted.norm));
        if wanted.prefix {
            terms::add_beginning(&self.segment.words, &odd, self.bits, self.cancel)
        } else {
            terms::add_term(&self.segment.words, &odd, self.bits)
        }
    }

    fn number_ranges(&mut self, ranges: &[NumberRange]) -> Result<(), SearchError> {
        let ranges: Vec<(u64, u64)> = ranges.iter().map(|range| (range.from, range.to)).collect();
        self.ranges(Column::Number, &ranges)
    }

    fn countries(mut self, column: Column, codes: &[CountryCode]) -> Result<(), SearchError> {
        let ranges: Vec<_> =
            codes.iter().map(|code| (country_number(*code), country_number(*code))).collect();
        self.ranges(column, &ranges)
    }

    fn values(mut self, column: Column, values: impl Iterator<Item = u64>) -> Result<(), SearchError> {
        let ranges: Vec<(u64, u64)> = values.map(|value| (value, value)).collect();
        self.ranges(column, &ranges)
    }

    fn days(mut self, when: When, days: Days) -> Result<(), SearchError> {
        let first = days.first().map_or(1, day_number);
        let last = days.last().map_or(u64::MAX, day_number);
        match (when, days) {
            (When::Event, Days::Unknown) => self.ranges(Column::EventFirst, &[(0, 0)]),
            (When::Due, Days::Unknown) => self.ranges(Column::Due, &[(0, 0)]),
            (When::Entered, Days::Unknown) => self.ranges(Column::Entered, &[(0, 0)]),
            (When::Due, _) => self.ranges(Column::Due, &[(first, last)]),
            (When::Entered, _) => {
                let first = days.first().map_or(1, first_second);
                let after = days.last().and_then(|day| day.tomorrow().ok()).map_or(u64::MAX, first_second);
                self.ranges(Column::Entered, &[(first, after.saturating_sub(1))])
            }
            (When::Event, _) => {
                // It may lie in the span if it does not end before and does not begin after.
                self.ranges(Column::EventLast, &[(first, u64::MAX)])?;
                let mut begins = Bits::none(self.segment.len());
                Lookup { segment: self.segment, cancel: self.cancel, bits: &mut begins }
                    .ranges(Column::EventFirst, &[(1, last)])?;
                self.bits.and(&begins);
                Ok(())
            }
        }
    }

    /// Adds the documents whose value lies in one of the ranges, both ends included.
    fn ranges(&mut self, column: Column, ranges: &[(u64, u64)]) -> Result<(), SearchError> {
        let values = self.segment.column(column)?;
        let mut found = Vec::new();
        for (from, to) in ranges {
            if *to < values.min_value() || *from > values.max_value() {
                continue;
            }
            self.cancel.check()?;
            found.clear();
            values.get_row_ids_for_value_range(*from..=*to, 0..self.segment.len(), &mut found);
            for doc in &found {
                self.bits.insert(*doc);
            }
        }
        Ok(())
    }
}

/// The tables from which automata are built; building the tables takes longer than a search.
fn automaton_builder(edits: u8) -> &'static LevenshteinAutomatonBuilder {
    static ONE: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    static TWO: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    match edits {
        1 => ONE.get_or_init(|| LevenshteinAutomatonBuilder::new(1, true)),
        _ => TWO.get_or_init(|| LevenshteinAutomatonBuilder::new(2, true)),
    }
}
