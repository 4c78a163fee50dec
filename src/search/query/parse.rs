//! From text to [`Query`].

use std::ops::Range;

use super::dates::{self, Bare};
use super::lex::{End, Piece, pieces};
use super::{
    Clause, Condition, CountryWanted, Days, Field, NumberWanted, Query, SerialWanted, TextField, What, When,
    Words, number,
};
use crate::domain::country::CountryCode;
use crate::domain::lifecycle::RecordState;
use crate::domain::record::RecordReason;
use crate::domain::serial::{self, BadPattern, SerialPattern};
use crate::search::words::words;

/// The conditions that are read; more were never meant by a person.
const MOST: usize = 64;

/// A query and what could not be understood of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// What was understood; it can be searched.
    pub query: Query,
    /// What was not, in order of place.
    pub problems: Vec<QueryProblem>,
}

/// A place in the text that was not understood and is not searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryProblem {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// The key of the sentence in the locale; one of [`QueryProblem::KEYS`].
    pub key: &'static str,
    /// What the sentence names: (name, value).
    pub facts: Vec<(&'static str, String)>,
    /// Whether it is at the very end of the text and may only be unfinished.
    pub unfinished: bool,
}

impl QueryProblem {
    /// Every key, for the test of the locale.
    pub const KEYS: [&'static str; 14] = [
        "query-unknown-field",
        "query-empty-value",
        "query-bad-date",
        "query-unknown-state",
        "query-unknown-reason",
        "query-bad-number",
        "query-misplaced-or",
        "query-misplaced-star",
        "query-too-long",
        "query-pattern-bracket",
        "query-pattern-empty",
        "query-pattern-star",
        "query-pattern-nothing",
        "query-pattern-long",
    ];
}

/// Reads a query. Never fails: see [`Parsed`].
pub fn parse(text: &str) -> Parsed {
    let mut reader = Reader::default();
    let all = pieces(text);
    for (at, piece) in all.iter().enumerate() {
        if reader.conditions >= MOST {
            reader.problem(piece.span.start..text.len(), "query-too-long", &[("most", MOST.to_string())]);
            break;
        }
        reader.read(piece, at + 1 == all.len());
    }
    Parsed { query: reader.query, problems: reader.problems }
}

#[derive(Default)]
struct Reader {
    query: Query,
    problems: Vec<QueryProblem>,
    conditions: usize,
    join: Join,
    negates: bool,
    /// Whether more may be typed to the piece being read.
    open: bool,
}

/// Whether the next condition joins the one before.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Join {
    /// There is none before, or it was not understood.
    #[default]
    Impossible,
    /// An OR would join it.
    Possible,
    /// An OR stands before it.
    Asked,
}

impl Reader {
    fn read(&mut self, piece: &Piece<'_>, is_last: bool) {
        self.open = piece.end == End::Open;
        if !piece.quoted && !piece.negative && piece.name.is_none() {
            match piece.value {
                "OR" | "|" | "||" => return self.join(piece, is_last),
                "AND" | "&&" => return,
                "NOT" => {
                    self.negates = true;
                    return;
                }
                _ => {}
            }
        }
        let exclude = piece.negative || std::mem::take(&mut self.negates);
        let joins = self.join == Join::Asked;
        let condition = self.what(piece, exclude).map(|what| Condition { exclude, what });
        let Some(condition) = condition else {
            self.join = if joins { Join::Possible } else { Join::Impossible };
            return;
        };
        self.conditions += 1;
        match self.query.clauses.last_mut() {
            Some(clause) if joins => clause.any.push(condition),
            _ => self.query.clauses.push(Clause { any: vec![condition] }),
        }
        self.join = Join::Possible;
    }

    fn join(&mut self, piece: &Piece<'_>, is_last: bool) {
        if self.join != Join::Impossible {
            self.join = Join::Asked;
        } else if !is_last {
            self.problem(piece.span.clone(), "query-misplaced-or", &[]);
        }
    }

    fn what(&mut self, piece: &Piece<'_>, exclude: bool) -> Option<What> {
        let Some((name, place)) = &piece.name else {
            return self.bare(piece, exclude);
        };
        let Some(field) = Field::named(name) else {
            self.problem(place.clone(), "query-unknown-field", &[("field", (*name).to_owned())]);
            return None;
        };
        if piece.value.trim().is_empty() {
            self.problem(piece.span.clone(), "query-empty-value", &[("field", field.name().to_owned())]);
            return None;
        }
        match field {
            Field::Serial => self.serial(piece, exclude),
            Field::Number => self.number(piece, exclude),
            Field::State => self.listed(piece, "query-unknown-state", RecordState::ALL, What::State),
            Field::Reason => self.listed(piece, "query-unknown-reason", RecordReason::ALL, What::Reason),
            Field::Country => Some(What::Country(country(piece.value))),
            Field::Owner => Some(What::Owner(country(piece.value))),
            Field::Since => self.days(piece, When::Event, Bare::Since),
            Field::Until => self.days(piece, When::Event, Bare::Until),
            Field::On => self.days(piece, When::Event, Bare::Within),
            Field::Entered => self.days(piece, When::Entered, Bare::Within),
            Field::Due => self.days(piece, When::Due, Bare::Until),
            _ => {
                let found = self.words(piece, TextField::of(field), exclude);
                if found.is_none() {
                    let facts = [("field", field.name().to_owned())];
                    self.problem(piece.place.clone(), "query-empty-value", &facts);
                }
                found
            }
        }
    }

    fn bare(&mut self, piece: &Piece<'_>, exclude: bool) -> Option<What> {
        if !piece.quoted && piece.end != End::Star {
            if let Some(what) = closed_word(piece.value) {
                return Some(what);
            }
            let shaped =
                piece.value.contains(['?', '？', '[']) && piece.value.contains(|c: char| c.is_numeric());
            if let Some(pattern) = shaped.then(|| SerialPattern::parse(piece.value).ok()).flatten() {
                return Some(What::Serial(SerialWanted::Pattern(pattern)));
            }
        }
        self.words(piece, None, exclude)
    }

    fn words(&mut self, piece: &Piece<'_>, field: Option<TextField>, exclude: bool) -> Option<What> {
        let typed = piece.value.trim().to_owned();
        let words = words(&typed);
        if words.is_empty() {
            return None;
        }
        if !piece.quoted && typed.contains('*') {
            self.problem(piece.place.clone(), "query-misplaced-star", &[("value", typed.clone())]);
        }
        // One letter begins too many words to mean anything, and what is excluded is excluded as written.
        let enough = words.iter().map(|word| word.chars().count()).sum::<usize>() >= 2 || !typed.is_ascii();
        let prefix = piece.end == End::Star || (self.open && !exclude && enough);
        Some(What::Words(Words { field, typed, words, prefix, quoted: piece.quoted, keys: Vec::new() }))
    }

    fn serial(&mut self, piece: &Piece<'_>, exclude: bool) -> Option<What> {
        if piece.value.contains(['?', '？', '[', ']', '*']) {
            return match SerialPattern::parse(piece.value) {
                Ok(pattern) => Some(What::Serial(SerialWanted::Pattern(pattern))),
                Err(fault) => {
                    self.pattern_problem(piece, &fault);
                    None
                }
            };
        }
        let norm = serial::normalise(piece.value);
        if norm.is_empty() {
            self.problem(piece.place.clone(), "query-empty-value", &[("field", "serial".to_owned())]);
            return None;
        }
        Some(What::Serial(SerialWanted::Number {
            norm,
            prefix: piece.end == End::Star || (self.open && !exclude),
        }))
    }

    fn pattern_problem(&mut self, piece: &Piece<'_>, fault: &BadPattern) {
        let (key, at) = match fault {
            BadPattern::Unclosed { at } | BadPattern::Misplaced { at, .. } => ("query-pattern-bracket", *at),
            BadPattern::Empty { at } => ("query-pattern-empty", *at),
            BadPattern::Star => ("query-pattern-star", 0),
            BadPattern::NothingKnown => ("query-pattern-nothing", 0),
            BadPattern::TooLong => ("query-pattern-long", 0),
        };
        let facts = [("value", piece.value.to_owned()), ("at", at.to_string())];
        self.problem(piece.place.clone(), key, &facts);
    }

    fn number(&mut self, piece: &Piece<'_>, exclude: bool) -> Option<What> {
        let norm = number::normalise(piece.value);
        if norm.is_empty() {
            self.problem(piece.place.clone(), "query-bad-number", &[("value", piece.value.to_owned())]);
            return None;
        }
        Some(What::Number(NumberWanted { norm, prefix: piece.end == End::Star || (self.open && !exclude) }))
    }

    fn days(&mut self, piece: &Piece<'_>, when: When, bare: Bare) -> Option<What> {
        let days: Option<Days> = dates::read(piece.value, bare);
        if days.is_none() {
            self.problem(piece.place.clone(), "query-bad-date", &[("value", piece.value.to_owned())]);
        }
        days.map(|days| What::Day(when, days))
    }

    /// A list of words of a closed vocabulary, each whole or the beginning of one or several.
    fn listed<T: Copy + std::fmt::Display>(
        &mut self,
        piece: &Piece<'_>,
        key: &'static str,
        all: &[T],
        what: fn(Vec<T>) -> What,
    ) -> Option<What> {
        let asked: Vec<String> = piece.value.split(',').map(|word| vocabulary_form(word.trim())).collect();
        let begins =
            |value: &T, word: &String| !word.is_empty() && value.to_string().starts_with(word.as_str());
        for word in asked.iter().filter(|word| !word.is_empty()) {
            if !all.iter().any(|value| begins(value, word)) {
                let known = all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                self.problem(piece.place.clone(), key, &[("value", word.clone()), ("known", known)]);
            }
        }
        let chosen: Vec<T> =
            all.iter().copied().filter(|value| asked.iter().any(|word| begins(value, word))).collect();
        (!chosen.is_empty()).then(|| what(chosen))
    }

    fn problem(&mut self, span: Range<usize>, key: &'static str, facts: &[(&'static str, String)]) {
        self.problems.push(QueryProblem { span, key, facts: facts.to_vec(), unfinished: self.open });
    }
}

/// A word of a closed vocabulary that stands bare and whole: a filter. In quotes it is text.
fn closed_word(word: &str) -> Option<What> {
    let word = vocabulary_form(word);
    if word == "seized" {
        return Some(What::Reason(vec![RecordReason::SeizedForTrace]));
    }
    if word == "closed" {
        let closed = |state: &RecordState| state.is_final() && *state != RecordState::Cancelled;
        return Some(What::State(RecordState::ALL.iter().copied().filter(closed).collect()));
    }
    if let Ok(reason) = word.parse::<RecordReason>() {
        return Some(What::Reason(vec![reason]));
    }
    word.parse::<RecordState>().ok().map(|state| What::State(vec![state]))
}

/// As the vocabularies write: small letters, and both spellings of *cancelled*.
fn vocabulary_form(word: &str) -> String {
    let word = word.to_lowercase().replace(['-', ' '], "_");
    if word == "canceled" { "cancelled".to_owned() } else { word }
}

fn country(value: &str) -> CountryWanted {
    let codes: Option<Vec<CountryCode>> = value.split(',').map(|code| code.parse().ok()).collect();
    let mut codes = codes.unwrap_or_default();
    codes.sort();
    codes.dedup();
    CountryWanted { typed: value.trim().to_owned(), codes }
}
