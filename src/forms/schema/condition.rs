//! When a field is shown or required: a test of other values of the form, or of what the screen knows (the office's country).
//!
//! Unknown is a value: a test of a field that says nothing does not hold, except the test that it says nothing.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::forms::path::Path;
use crate::forms::tree;

/// What the screen knows that is not in the form: `office.country`, `today` …
pub type Context = BTreeMap<String, Value>;

/// The names a schema may ask of the [`Context`].
pub const CONTEXT_NAMES: &[&str] = &["office.name", "office.country", "officer", "today", "retain_until"];

/// A condition over a form's values.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Every one holds.
    All(Vec<Self>),
    /// At least one holds.
    Any(Vec<Self>),
    /// The value at a place passes the test.
    Value(Place, Test),
}

/// Where the tested value stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// From the root of the form.
    Form(Path),
    /// From the row that the field stands in; written with a point first.
    Row(Path),
}

/// The test of one value. A list passes where one of its words does.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// It is one of these.
    Is(Vec<Value>),
    /// It says something, and is none of these.
    IsNot(Vec<Value>),
    /// It says something, or with `false`, nothing.
    Filled(bool),
    /// It says something, and not the same as the context's value of this name.
    DiffersFrom(String),
}

impl Condition {
    /// Whether it holds; `row` is the row that the field stands in, if any.
    pub fn holds(&self, values: &Value, context: &Context, row: Option<&Path>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(values, context, row)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(values, context, row)),
            Self::Value(place, test) => {
                let path = match place {
                    Place::Form(path) => path.clone(),
                    Place::Row(path) => row.map_or_else(|| path.clone(), |row| row.join(path)),
                };
                test.passes(tree::get(values, &path), context)
            }
        }
    }
}

impl Test {
    fn passes(&self, value: Option<&Value>, context: &Context) -> bool {
        let said = value.filter(|value| !tree::is_blank(value));
        match (self, said) {
            (Self::Filled(filled), said) => said.is_some() == *filled,
            (_, None) => false,
            (Self::Is(words), Some(value)) => any_word(value, words),
            (Self::IsNot(words), Some(value)) => !any_word(value, words),
            (Self::DiffersFrom(name), Some(value)) => context.get(name).is_some_and(|known| known != value),
        }
    }
}

fn any_word(value: &Value, words: &[Value]) -> bool {
    match value {
        Value::Array(values) => values.iter().any(|value| words.contains(value)),
        value => words.contains(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn test(test: Test, value: &Value) -> bool {
        let context = Context::from([("office.country".to_owned(), json!("ES"))]);
        let place = Place::Form("a".parse().unwrap());
        Condition::Value(place, test).holds(&json!({ "a": value }), &context, None)
    }

    #[test]
    fn unknown_is_neither_yes_nor_no() {
        let words = || vec![json!("x")];
        let cases = [
            (Test::Is(words()), json!("x"), true),
            (Test::Is(words()), json!("y"), false),
            (Test::Is(words()), json!(["y", "x"]), true),
            (Test::Is(words()), json!(null), false),
            (Test::IsNot(words()), json!("y"), true),
            (Test::IsNot(words()), json!("x"), false),
            (Test::IsNot(words()), json!(""), false),
            (Test::Filled(true), json!(" "), false),
            (Test::Filled(false), json!([]), true),
            (Test::DiffersFrom("office.country".into()), json!("RS"), true),
            (Test::DiffersFrom("office.country".into()), json!("ES"), false),
            (Test::DiffersFrom("office.country".into()), json!(null), false),
            (Test::DiffersFrom("officer".into()), json!("RS"), false),
        ];
        for (condition, value, holds) in cases {
            assert_eq!(test(condition.clone(), &value), holds, "{condition:?} of {value}");
        }
    }

    #[test]
    fn a_row_asks_its_own_values() {
        let values = json!({"rows": [{"role": "victim"}, {"role": "owner"}]});
        let condition =
            Condition::Value(Place::Row("role".parse().unwrap()), Test::Is(vec![json!("victim")]));
        for (row, holds) in [("rows[0]", true), ("rows[1]", false), ("rows[2]", false)] {
            let row: Path = row.parse().unwrap();
            assert_eq!(condition.holds(&values, &Context::new(), Some(&row)), holds, "{row}");
        }
    }
}
