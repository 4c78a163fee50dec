//! What is asked: the query language as data, and how it is read and written.
//!
//! Pure and without tantivy. [`parse`] never fails: what it cannot understand it reports with its place, and the rest still
//! searches. A query is a list of clauses that must all hold; a clause is a list of conditions of which one must hold.
//! Resolving what a person writes to the reference table (an alias of a make, the name of a country) is the desk's work,
//! through [`Query::map_values`].

mod dates;
mod field;
mod lex;
mod number;
mod parse;
mod parts;
mod write;

pub use dates::{Days, When};
pub use field::{Field, TextField};
pub use number::number_key;
pub(super) use number::{NumberRange, normalise as normalise_number, ranges};
pub use parse::{Parsed, QueryProblem, parse};
pub use parts::{Part, Relation};

use crate::domain::country::CountryCode;
use crate::domain::lifecycle::RecordState;
use crate::domain::record::RecordReason;
use crate::domain::serial::{self, SerialPattern};

/// What a person asks for, understood. Without clauses it asks for every record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// All must hold.
    pub clauses: Vec<Clause>,
}

/// One condition, or several joined by OR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// One must hold.
    pub any: Vec<Condition>,
}

/// One thing that is said of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Whether it must not hold.
    pub exclude: bool,
    /// What is said.
    pub what: What,
}

/// What a condition says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// These words stand in the record, one after the other.
    Words(Words),
    /// A number stamped on the firearm.
    Serial(SerialWanted),
    /// The record's own number.
    Number(NumberWanted),
    /// The reason is one of these.
    Reason(Vec<RecordReason>),
    /// The state is one of these.
    State(Vec<RecordState>),
    /// The country where it happened.
    Country(CountryWanted),
    /// The country that owns the record.
    Owner(CountryWanted),
    /// A day lies in a span.
    Day(When, Days),
}

/// Words that stand one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The field they stand in; anywhere if `None`.
    pub field: Option<TextField>,
    /// As written, without quotes and star.
    pub typed: String,
    /// Folded and cut as [`super::words::words`] does; never empty.
    pub words: Vec<String>,
    /// Whether the last word is only the beginning of one.
    pub prefix: bool,
    /// Whether they were in quotes: as written, never similar ones.
    pub quoted: bool,
    /// What the reference table says is meant: a record with one of these satisfies the condition too.
    pub keys: Vec<Key>,
}

impl Words {
    /// The words as a number that may be stamped on a firearm or be a record's own: only where one piece with a digit was written.
    pub fn as_code(&self) -> Option<String> {
        if self.quoted || self.typed.contains(char::is_whitespace) {
            return None;
        }
        let code = serial::normalise(&self.typed);
        code.contains(|c: char| c.is_ascii_digit()).then_some(code)
    }
}

/// A value of the reference table that a condition means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The identifier of a make.
    Make(String),
    /// The identifier of a calibre.
    Calibre(String),
    /// The country of the event.
    Country(CountryCode),
}

/// A number stamped on a firearm, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SerialWanted {
    /// This folded number, or one that begins so.
    Number {
        /// Folded by [`serial::normalise`]; never empty.
        norm: String,
        /// Whether it is only the beginning.
        prefix: bool,
    },
    /// Any number of this shape.
    Pattern(SerialPattern),
}

/// A record's own number, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberWanted {
    /// Capitals and digits only; never empty.
    pub norm: String,
    /// Whether it is only the beginning.
    pub prefix: bool,
}

/// A country, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryWanted {
    /// As written.
    pub typed: String,
    /// The codes it means; none where the name is not resolved yet, and then no record fits.
    pub codes: Vec<CountryCode>,
}

impl Query {
    /// Whether every record is asked for.
    pub const fn is_all(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Asks the reference table what is meant by the values of a make, a calibre or a country, and by each bare word (as a
    /// make, a calibre and a country in turn). `resolve` returns identifiers, or country codes; none where it knows nothing.
    ///
    /// Returns the countries that stay unknown, as written: no record can fit them, and a person should be told.
    pub fn map_values(&mut self, mut resolve: impl FnMut(Field, &str) -> Vec<String>) -> Vec<String> {
        let mut unknown = Vec::new();
        for condition in self.clauses.iter_mut().flat_map(|clause| &mut clause.any) {
            match &mut condition.what {
                What::Words(words) => words.resolve(&mut resolve),
                What::Country(wanted) => wanted.resolve(Field::Country, &mut resolve, &mut unknown),
                What::Owner(wanted) => wanted.resolve(Field::Owner, &mut resolve, &mut unknown),
                _ => {}
            }
        }
        unknown
    }
}

impl Words {
    fn resolve(&mut self, resolve: &mut impl FnMut(Field, &str) -> Vec<String>) {
        let typed = self.typed.clone();
        let mut ask = |field, key: fn(String) -> Option<Key>| {
            let found = resolve(field, &typed).into_iter().filter_map(key);
            self.keys.extend(found);
        };
        match self.field {
            Some(TextField::Make) => ask(Field::Make, |id| Some(Key::Make(id))),
            Some(TextField::Calibre) => ask(Field::Calibre, |id| Some(Key::Calibre(id))),
            None => {
                ask(Field::Make, |id| Some(Key::Make(id)));
                ask(Field::Calibre, |id| Some(Key::Calibre(id)));
                ask(Field::Country, |code| code.parse().ok().map(Key::Country));
            }
            Some(_) => {}
        }
        self.keys.sort();
        self.keys.dedup();
    }
}

impl CountryWanted {
    fn resolve(
        &mut self,
        field: Field,
        resolve: &mut impl FnMut(Field, &str) -> Vec<String>,
        unknown: &mut Vec<String>,
    ) {
        if self.codes.is_empty() {
            self.codes = resolve(field, &self.typed).iter().filter_map(|code| code.parse().ok()).collect();
        }
        if self.codes.is_empty() {
            unknown.push(self.typed.clone());
        }
    }
}

/// How many letters may differ in a word that is taken loosely: one from five letters on, two from eight.
pub fn edits_allowed(word: &str) -> u8 {
    match word.chars().count() {
        0..5 => 0,
        5..8 => 1,
        _ => 2,
    }
}
