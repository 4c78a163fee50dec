//! A query as it was understood, in parts for the screen: the words between them come from the locale.

use super::{Condition, CountryWanted, Days, Field, Key, Query, SerialWanted, TextField, What, When};

/// One condition as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Whether it is joined to the part before by OR; else by AND.
    pub or: bool,
    /// Whether it must not hold.
    pub exclude: bool,
    /// The field; `None` for words anywhere.
    pub field: Option<Field>,
    /// How the values are meant.
    pub relation: Relation,
    /// The values, as written or as the vocabularies and the reference table name them.
    pub values: Vec<String>,
    /// What the reference table says is meant as well.
    pub meant: Vec<String>,
}

/// How the values of a [`Part`] are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The word, or a value of a vocabulary: one of them.
    Is,
    /// The words one after the other.
    Phrase,
    /// Beginning so.
    Begins,
    /// A number of this shape.
    Shape,
    /// On this day or later.
    Since,
    /// On this day or earlier.
    Until,
    /// From the first day to the second.
    Between,
    /// Not known.
    Unknown,
    /// The name is not in the reference table: no record fits.
    Unresolved,
}

impl Query {
    /// The conditions in order.
    pub fn parts(&self) -> Vec<Part> {
        let numbered = self.clauses.iter().flat_map(|clause| clause.any.iter().enumerate());
        numbered.map(|(at, condition)| part(at > 0, condition)).collect()
    }
}

fn part(or: bool, condition: &Condition) -> Part {
    let (field, relation, values) = match &condition.what {
        What::Words(words) => {
            let relation = match (words.prefix, words.words.len()) {
                (true, _) => Relation::Begins,
                (false, 1) => Relation::Is,
                (false, _) => Relation::Phrase,
            };
            (words.field.map(TextField::field), relation, vec![words.typed.clone()])
        }
        What::Serial(SerialWanted::Number { norm, prefix }) => {
            (Some(Field::Serial), whole(*prefix), vec![norm.clone()])
        }
        What::Serial(SerialWanted::Pattern(pattern)) => {
            (Some(Field::Serial), Relation::Shape, vec![pattern.to_string()])
        }
        What::Number(wanted) => (Some(Field::Number), whole(wanted.prefix), vec![wanted.norm.clone()]),
        What::Reason(reasons) => (Some(Field::Reason), Relation::Is, named(reasons)),
        What::State(states) => (Some(Field::State), Relation::Is, named(states)),
        What::Country(wanted) => country(Field::Country, wanted),
        What::Owner(wanted) => country(Field::Owner, wanted),
        What::Day(when, days) => day(*when, *days),
    };
    let meant = match &condition.what {
        What::Words(words) => words.keys.iter().map(key).collect(),
        _ => Vec::new(),
    };
    Part { or, exclude: condition.exclude, field, relation, values, meant }
}

const fn whole(prefix: bool) -> Relation {
    if prefix { Relation::Begins } else { Relation::Is }
}

fn named<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn country(field: Field, wanted: &CountryWanted) -> (Option<Field>, Relation, Vec<String>) {
    if wanted.codes.is_empty() {
        return (Some(field), Relation::Unresolved, vec![wanted.typed.clone()]);
    }
    (Some(field), Relation::Is, named(&wanted.codes))
}

fn day(when: When, days: Days) -> (Option<Field>, Relation, Vec<String>) {
    let field = match when {
        When::Event => Field::On,
        When::Entered => Field::Entered,
        When::Due => Field::Due,
    };
    let (relation, values) = match days {
        Days::Unknown => (Relation::Unknown, Vec::new()),
        Days::Since(day) => (Relation::Since, vec![day.to_string()]),
        Days::Until(day) => (Relation::Until, vec![day.to_string()]),
        Days::Between(first, last) => (Relation::Between, vec![first.to_string(), last.to_string()]),
    };
    (Some(field), relation, values)
}

fn key(key: &Key) -> String {
    match key {
        Key::Make(id) | Key::Calibre(id) => id.clone(),
        Key::Country(code) => code.to_string(),
    }
}
