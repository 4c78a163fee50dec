//! The kinds of field: how typed text becomes a value, how a value is shown again, and what is wrong with one that does not read.
//!
//! What does not read is not lost: the value is then the text as typed, and [`Kind::fault`] names the problem. Rules that need more
//! than the one value are the desk's.

use serde_json::Value;

use super::editor::Lines;
use super::schema::{Field, Source};
use crate::domain::country::CountryCode;
use crate::domain::time::{PartialDate, parse_day};

/// The longest text of one line where the schema says nothing, in characters.
pub const ONE_LINE_MAX: usize = 200;
/// The longest text of many lines where the schema says nothing, in characters.
pub const MANY_LINES_MAX: usize = 4_000;
/// The most rows of a group where the schema says nothing.
pub const ROWS_MAX: usize = 50;

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Text, free even where choices are offered; `max` in characters.
    Text {
        /// One line or many.
        lines: Lines,
        /// The longest, in characters.
        max: usize,
    },
    /// A whole number within bounds, both included.
    Number {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A number with a fraction within bounds, both included.
    Decimal {
        /// The least.
        min: f64,
        /// The greatest.
        max: f64,
    },
    /// A date with its precision ([`PartialDate`]).
    Date,
    /// A date known to the day.
    Day,
    /// One word of the field's choices.
    Choice,
    /// Any number of words of the field's choices.
    Choices,
    /// A country's code.
    Country,
    /// Any number of countries' codes.
    Countries,
    /// A group that repeats: each row has these fields, at paths from the row.
    Rows {
        /// The fields of a row.
        fields: Vec<Field>,
        /// The most rows.
        max: usize,
    },
}

/// Why a value does not read: the end of the sentence's key (`rule-format-date`) and what the sentence names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `date`, `number`, `range` …
    pub detail: &'static str,
    /// Name and value of each fact.
    pub facts: Vec<(&'static str, String)>,
}

impl Kind {
    /// Whether the value is typed as text, rather than chosen or made of rows.
    pub fn is_typed(&self) -> bool {
        matches!(
            self,
            Self::Text { .. } | Self::Number { .. } | Self::Decimal { .. } | Self::Date | Self::Day
        )
    }

    /// Whether the value must be one of the choices offered.
    pub fn is_chosen(&self) -> bool {
        self.is_one_chosen() || self.is_many()
    }

    /// Whether one word is chosen.
    pub fn is_one_chosen(&self) -> bool {
        matches!(self, Self::Choice | Self::Country)
    }

    /// Whether it is a list of words.
    pub fn is_many(&self) -> bool {
        matches!(self, Self::Choices | Self::Countries)
    }

    /// Lines and longest text of its editor.
    pub fn editor_bounds(&self) -> (Lines, usize) {
        match self {
            Self::Text { lines, max } => (*lines, *max),
            _ => (Lines::One, ONE_LINE_MAX),
        }
    }

    /// The value of typed text; `None` where the text is empty. Text that does not read stays text.
    pub fn read(&self, text: &str) -> Option<Value> {
        if text.is_empty() {
            return None;
        }
        let trimmed = text.trim();
        let read = match self {
            Self::Number { .. } => read_whole(trimmed).map(Value::from),
            // A whole number stays one, so that it is shown as it was typed.
            Self::Decimal { .. } => {
                read_whole(trimmed).map(Value::from).or_else(|| read_decimal(trimmed).map(Value::from))
            }
            Self::Date => trimmed.parse::<PartialDate>().ok().map(|date| Value::from(date.to_string())),
            Self::Day => parse_day(trimmed).map(|day| Value::from(day.to_string())),
            Self::Country => trimmed.parse::<CountryCode>().ok().map(|code| Value::from(code.as_str())),
            Self::Choices => Some(read_many(text, str::to_owned)),
            Self::Countries => Some(read_many(text, |word| {
                word.parse::<CountryCode>().map_or_else(|_| word.to_owned(), |code| code.to_string())
            })),
            Self::Text { .. } | Self::Choice | Self::Rows { .. } => None,
        };
        Some(read.unwrap_or_else(|| Value::from(text)))
    }

    /// The text of a value, as it would be typed. Words stay as they stand in files.
    pub fn show(&self, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(words) if self.is_many() => {
                words.iter().map(|word| self.show(word)).collect::<Vec<_>>().join(", ")
            }
            other => other.to_string(),
        }
    }

    /// What is wrong with a value of a field with these choices; `None` where it reads or says nothing.
    pub fn fault(&self, value: &Value, choices: Option<&Source>) -> Option<Fault> {
        if super::tree::is_blank(value) {
            return None;
        }
        match (self, value) {
            (Self::Text { max, .. }, Value::String(text)) => {
                let length = text.chars().count();
                (length > *max).then(|| {
                    Fault::new("too-long").with("max", max.to_string()).with("length", length.to_string())
                })
            }
            (Self::Number { min, max }, Value::Number(number)) => {
                let within = number.as_i64().is_some_and(|number| (*min..=*max).contains(&number));
                (!within).then(|| range(min, max))
            }
            (Self::Number { .. }, Value::String(_)) => Some(Fault::new("number")),
            (Self::Decimal { min, max }, Value::Number(number)) => {
                let within = number.as_f64().is_some_and(|number| (*min..=*max).contains(&number));
                (!within).then(|| range(min, max))
            }
            (Self::Decimal { .. }, Value::String(_)) => Some(Fault::new("decimal")),
            (Self::Date, Value::String(text)) => {
                text.parse::<PartialDate>().is_err().then(|| Fault::new("date"))
            }
            (Self::Day, Value::String(text)) => parse_day(text).is_none().then(|| Fault::new("day")),
            (Self::Country, Value::String(text)) => {
                text.parse::<CountryCode>().is_err().then(|| Fault::new("country").with("word", text))
            }
            (Self::Choice, Value::String(text)) => {
                let stray = choices.is_some_and(|source| !source.may_hold(text));
                stray.then(|| Fault::new("choice").with("word", text))
            }
            (Self::Choices, Value::Array(words)) => {
                words.iter().find_map(|word| Self::Choice.fault(word, choices))
            }
            (Self::Countries, Value::Array(words)) => {
                words.iter().find_map(|word| Self::Country.fault(word, choices))
            }
            (Self::Rows { .. }, Value::Array(rows)) => {
                rows.iter().any(|row| !row.is_object()).then(|| Fault::new("shape"))
            }
            _ => Some(Fault::new("shape")),
        }
    }
}

impl Fault {
    fn new(detail: &'static str) -> Self {
        Self { detail, facts: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.facts.push((name, value.into()));
        self
    }
}

fn range(min: &impl ToString, max: &impl ToString) -> Fault {
    Fault::new("range").with("min", min.to_string()).with("max", max.to_string())
}

/// Plain digits with an optional minus; nothing that a locale could read otherwise.
fn read_whole(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Digits with one point; a comma is not guessed to be one.
fn read_decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    plain.then(|| text.parse::<f64>().ok()).flatten().filter(|number| number.is_finite())
}

fn read_many(text: &str, read: impl Fn(&str) -> String) -> Value {
    let mut words: Vec<Value> = Vec::new();
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        let word = Value::from(read(word));
        if !words.contains(&word) {
            words.push(word);
        }
    }
    Value::Array(words)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn number() -> Kind {
        Kind::Number { min: 1500, max: 2100 }
    }

    #[test]
    fn typed_text_becomes_the_value_it_means() {
        let cases: &[(Kind, &str, Value)] = &[
            (number(), " 1991 ", json!(1991)),
            (Kind::Decimal { min: -90.0, max: 90.0 }, "-40.5", json!(-40.5)),
            (Kind::Date, "2024-03", json!("2024-03")),
            (Kind::Date, " UNKNOWN", json!("unknown")),
            (Kind::Day, "2024-03-02", json!("2024-03-02")),
            (Kind::Country, "es", json!("ES")),
            (Kind::Countries, "es, fr,,ES", json!(["ES", "FR"])),
            (Kind::Choices, "fraud, theft", json!(["fraud", "theft"])),
            (Kind::Text { lines: Lines::One, max: 9 }, " A 1 ", json!(" A 1 ")),
        ];
        for (kind, text, value) in cases {
            let read = kind.read(text).unwrap_or_default();
            assert_eq!(&read, value, "{kind:?} read {text:?}");
            assert_eq!(kind.fault(&read, None), None, "{kind:?} {text:?}");
            assert_eq!(kind.read(&kind.show(&read)).as_ref(), Some(value), "{kind:?} shown again");
        }
    }

    #[test]
    fn what_does_not_read_stays_as_typed_and_is_a_problem() {
        let cases: &[(Kind, &str, &str)] = &[
            (Kind::Date, "2024-13", "date"),
            (Kind::Date, "02/03/2024", "date"),
            (Kind::Day, "2024-03", "day"),
            (number(), "19 91", "number"),
            (number(), "+1991", "number"),
            (number(), "99999999999999999999", "number"),
            (number(), "1066", "range"),
            (Kind::Decimal { min: -90.0, max: 90.0 }, "40,5", "decimal"),
            (Kind::Decimal { min: -90.0, max: 90.0 }, "nan", "decimal"),
            (Kind::Decimal { min: -90.0, max: 90.0 }, "91", "range"),
            (Kind::Country, "Spain", "country"),
            (Kind::Countries, "ES, Spain", "country"),
            (Kind::Text { lines: Lines::One, max: 3 }, "abcd", "too-long"),
        ];
        for (kind, text, detail) in cases {
            let value = kind.read(text).unwrap_or_default();
            assert_eq!(kind.show(&value), *text, "{kind:?} lost what was typed");
            assert_eq!(
                kind.fault(&value, None).map(|fault| fault.detail),
                Some(*detail),
                "{kind:?} {text:?}"
            );
        }
    }

    #[test]
    fn a_value_of_a_foreign_shape_is_a_problem() {
        for kind in
            [Kind::Date, Kind::Choices, Kind::Country, number(), Kind::Rows { fields: vec![], max: 1 }]
        {
            let fault = kind.fault(&json!({"a": "b"}), None);
            assert_eq!(fault.map(|fault| fault.detail), Some("shape"), "{kind:?}");
        }
    }
}
