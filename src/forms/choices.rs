//! What a field offers to pick from, and who offers it.
//!
//! The words of a schema and of the domain's vocabularies are offered here; the reference table is offered by whoever implements
//! [`Choices`] over it. Called by the chooser and the screens.

use serde_json::Value;

use super::path::Path;
use super::schema::Source;
use super::words::{key_part, label_key};

/// One choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The value of the field once picked.
    pub value: Value,
    /// What a person reads and types towards.
    pub label: String,
    /// A few words beside it: the country of a maker, the calibre of a model.
    pub detail: String,
    /// Other names that lead to it; they are not shown.
    pub aliases: Vec<String>,
    /// What else is known once it is picked: fields and companions elsewhere in the form.
    pub also_set: Vec<(Path, Value)>,
}

impl Choice {
    /// A choice of a word alone.
    pub fn word(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: Value::String(value.into()),
            label: label.into(),
            detail: String::new(),
            aliases: Vec::new(),
            also_set: Vec::new(),
        }
    }
}

/// Offers the choices of a source as one types.
pub trait Choices {
    /// The best `limit` choices for what is typed, best first; all in their own order where nothing is typed. `values` is the form as
    /// far as it is filled: models are those of the make. An unknown source offers nothing.
    fn offer(&self, source: &Source, typed: &str, values: &Value, limit: usize) -> Vec<Choice>;
}

/// The choices of a source whose words are known without the reference table; `None` for one of the reference. `say` reads the locale;
/// `field` is the locale key of the field's label, under which the words of an inline source are named.
pub fn local_choices(source: &Source, field: &str, say: impl Fn(&str) -> String) -> Option<Vec<Choice>> {
    let words = source.words()?;
    Some(words.iter().map(|word| Choice::word(*word, say(&word_key(source, field, word)))).collect())
}

/// The locale's key of a word of a source: `type-revolver`, or for an inline source `form-record-persons-role-owner`.
pub fn word_key(source: &Source, field: &str, word: &str) -> String {
    match source {
        Source::Vocabulary(name) | Source::Reference(name) => label_key(name, word),
        Source::Inline(_) => format!("{field}-{}", key_part(word)),
    }
}
