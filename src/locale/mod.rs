//! Every string a person reads, from `locales/`: French, Spanish and Arabic follow as data.
//!
//! [`Locale`] looks a sentence up by its key; [`Text`] is the only thing the screens can draw. A `Text` cannot be made from a
//! string literal with letters: it comes from a locale file, from foreign data (which is made harmless on the way), or from a mark
//! or number. So neither an untranslated string nor a control sequence can reach the screen. Called by app, ui and cli.

mod text;

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use text::{Text, group_digits};

use crate::domain::problem::Problem;
use crate::domain::text::printable;

/// The files of one language, in the order they are read.
const ENGLISH: &[(&str, &str)] = &[
    ("locales/en/advice.ftl", include_str!("../../locales/en/advice.ftl")),
    ("locales/en/app.ftl", include_str!("../../locales/en/app.ftl")),
    ("locales/en/cli.ftl", include_str!("../../locales/en/cli.ftl")),
    ("locales/en/commands.ftl", include_str!("../../locales/en/commands.ftl")),
    ("locales/en/errors.ftl", include_str!("../../locales/en/errors.ftl")),
    ("locales/en/forms.ftl", include_str!("../../locales/en/forms.ftl")),
    ("locales/en/query.ftl", include_str!("../../locales/en/query.ftl")),
    ("locales/en/reference.ftl", include_str!("../../locales/en/reference.ftl")),
    ("locales/en/rules.ftl", include_str!("../../locales/en/rules.ftl")),
    ("locales/en/words.ftl", include_str!("../../locales/en/words.ftl")),
];

/// The language of the process, in which errors and whatever else is shown by [`Display`](std::fmt::Display) are said. The one
/// place where another language will be chosen.
static SPOKEN: LazyLock<Locale> = LazyLock::new(Locale::english);

/// What a sentence names.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A name or a piece of foreign text.
    Text(String),
    /// A count, which also chooses between singular and plural.
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&Text> for Arg {
    fn from(text: &Text) -> Self {
        Self::Text(text.as_str().to_owned())
    }
}

macro_rules! arg_from_number {
    ($($number:ty),+) => {
        $(impl From<$number> for Arg {
            fn from(number: $number) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        })+
    };
}

arg_from_number!(i16, i32, i64, u8, u16, u32, u64, usize);

/// A sentence that waits to be said: its key and what it names. Jobs and `update` make these; drawing says them.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The key in the locale files.
    pub key: String,
    /// What it names: (name, value).
    pub args: Vec<(String, Arg)>,
}

impl Message {
    /// A sentence without facts.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// The same with a fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.push((name.to_owned(), value.into()));
        self
    }
}

impl Message {
    /// The sentence of something below the locale that knows its key and its facts: (name, value).
    pub fn of(key: &str, facts: impl IntoIterator<Item = (String, String)>) -> Self {
        let args = facts.into_iter().map(|(name, value)| (name, Arg::Text(value))).collect();
        Self { key: key.to_owned(), args }
    }
}

impl From<&Problem> for Message {
    fn from(problem: &Problem) -> Self {
        Self::of(&problem.message, problem.facts.iter().cloned())
    }
}

impl std::fmt::Display for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        SPOKEN.say(self).fmt(f)
    }
}

/// One language.
pub struct Locale {
    bundle: FluentBundle<FluentResource>,
    missing: Mutex<BTreeSet<String>>,
}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Locale").field("locales", &self.bundle.locales).finish_non_exhaustive()
    }
}

impl Locale {
    /// English, from the program itself.
    pub fn english() -> Self {
        let language: LanguageIdentifier = "en".parse().expect("`en` is a language");
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // The isolating marks of Fluent are invisible format characters, which a terminal may show as boxes.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(format_number));
        for (file, source) in ENGLISH {
            // Both faults lose single messages only; `tests/locales.rs` fails on either.
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(kept, faults)| {
                debug_assert!(faults.is_empty(), "{file}: {faults:?}");
                kept
            });
            let added = bundle.add_resource(resource);
            debug_assert!(added.is_ok(), "{file}: {added:?}");
        }
        Self { bundle, missing: Mutex::new(BTreeSet::new()) }
    }

    /// The sentence of a key. A missing one shows its key in marks, so that the screen still works and the fault is seen.
    pub fn text(&self, key: &str, args: &[(&str, Arg)]) -> Text {
        let args: FluentArgs<'_> =
            args.iter().map(|(name, arg)| ((*name).to_owned(), fluent_value(arg))).collect();
        self.format(key, &args)
    }

    /// The sentence of a key that names nothing.
    pub fn plain(&self, key: &str) -> Text {
        self.text(key, &[])
    }

    /// A message said.
    pub fn say(&self, message: &Message) -> Text {
        let args: FluentArgs<'_> =
            message.args.iter().map(|(name, arg)| (name.clone(), fluent_value(arg))).collect();
        self.format(&message.key, &args)
    }

    /// What a word of a closed vocabulary is called: `word-pistol_semi`; a word that has no name yet is shown as it is.
    pub fn word(&self, kind: &str, id: &str) -> Text {
        let key = format!("{kind}-{id}");
        if self.has(&key) { self.plain(&key) } else { Text::foreign(id) }
    }

    /// Whether the language has this key (`name` or `name.attribute`).
    pub fn has(&self, key: &str) -> bool {
        let (id, attribute) = split_key(key);
        self.bundle.get_message(id).is_some_and(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).is_some(),
            None => message.value().is_some(),
        })
    }

    /// The keys that were asked for and are not there, since the start: a test fails on any.
    pub fn missing(&self) -> Vec<String> {
        self.missing.lock().unwrap_or_else(std::sync::PoisonError::into_inner).iter().cloned().collect()
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> Text {
        let (id, attribute) = split_key(key);
        let pattern = self.bundle.get_message(id).and_then(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|attribute| attribute.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else { return self.miss(key) };
        let mut faults = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(args), &mut faults);
        if !faults.is_empty() {
            self.miss(&format!("{key}: {faults:?}"));
        }
        Text::said(said.into_owned())
    }

    fn miss(&self, key: &str) -> Text {
        self.missing.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(key.to_owned());
        Text::said(format!("⟦{}⟧", printable(key)))
    }
}

fn split_key(key: &str) -> (&str, Option<&str>) {
    match key.split_once('.') {
        Some((id, attribute)) => (id, Some(attribute)),
        None => (key, None),
    }
}

fn fluent_value(arg: &Arg) -> FluentValue<'static> {
    match arg {
        Arg::Text(text) => FluentValue::from(printable(text)),
        Arg::Number(number) => FluentValue::from(*number),
    }
}

/// Counts are grouped by thousands everywhere, as the sketches of the screens do.
fn format_number<M>(value: &FluentValue<'_>, _memoizer: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => Some(group_digits(number.value as i64)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_key_is_shown_and_remembered() {
        let locale = Locale::english();
        assert_eq!(locale.plain("no-such-key").as_str(), "⟦no-such-key⟧");
        assert_eq!(locale.missing(), ["no-such-key"]);
    }

    #[test]
    fn foreign_text_in_a_sentence_is_harmless() {
        let locale = Locale::english();
        let said = locale.text("error-other", &[("what", Arg::from("a\x1b[2Jb"))]);
        assert!(!said.as_str().contains('\x1b'), "{said:?}");
    }

    #[test]
    fn counts_are_grouped_and_choose_the_plural() {
        let locale = Locale::english();
        assert!(
            locale
                .text("home-footer-records", &[("count", Arg::from(2_104_331_u64))])
                .as_str()
                .starts_with("2,104,331")
        );
        assert_ne!(
            locale.text("problems-count", &[("count", Arg::from(1_u64))]),
            locale.text("problems-count", &[("count", Arg::from(2_u64))])
        );
    }
}
