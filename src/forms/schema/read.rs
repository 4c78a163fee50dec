//! From the text of a schema to a [`Schema`]: each fault with its line and key.

use std::ops::Range;

use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use super::{Condition, Default, Field, Place, Required, Schema, SchemaError, Section, Source, Test, check};
use crate::domain::text::printable;
use crate::forms::editor::Lines;
use crate::forms::kind::{Kind, MANY_LINES_MAX, ONE_LINE_MAX, ROWS_MAX};
use crate::forms::path::Path;
use crate::forms::words::{VOCABULARIES, key_part};

const KINDS: &str =
    "text, long_text, number, decimal, date, day, choice, choices, country, countries or rows";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawForm {
    pub(super) id: Spanned<String>,
    pub(super) version: Spanned<u32>,
    title: Option<String>,
    #[serde(default, rename = "section")]
    pub(super) sections: Vec<RawSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    pub(super) id: Spanned<String>,
    label: Option<String>,
    #[serde(default, rename = "field")]
    pub(super) fields: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    pub(super) path: Spanned<String>,
    kind: Spanned<String>,
    label: Option<String>,
    help: Option<String>,
    #[serde(default)]
    required: bool,
    required_when: Option<RawCondition>,
    show_when: Option<RawCondition>,
    choices: Option<Spanned<RawSource>>,
    default: Option<Spanned<toml::Value>>,
    default_from: Option<Spanned<String>>,
    min: Option<Spanned<f64>>,
    max: Option<Spanned<f64>>,
    #[serde(default)]
    companions: Vec<Spanned<String>>,
    #[serde(default, rename = "row")]
    pub(super) rows: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawSource {
    Named(String),
    Inline(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCondition {
    path: Option<Spanned<String>>,
    is: Option<OneOrMany>,
    is_not: Option<OneOrMany>,
    filled: Option<bool>,
    differs_from: Option<String>,
    all: Option<Vec<RawCondition>>,
    any: Option<Vec<RawCondition>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<toml::Value>),
    One(toml::Value),
}

/// The text of the file, to turn places into lines.
pub(super) struct Reader<'a> {
    text: &'a str,
    form: String,
}

pub(super) fn schema(text: &str) -> Result<Schema, SchemaError> {
    let raw: RawForm = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let key = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        refused(text, at, key, error.message())
    })?;
    let reader = Reader { text, form: key_part(raw.id.get_ref()) };
    let sections = raw.sections.iter().map(|section| reader.section(section)).collect::<Result<_, _>>()?;
    let schema = Schema {
        id: raw.id.get_ref().clone(),
        version: *raw.version.get_ref(),
        title: raw.title.clone().unwrap_or_else(|| format!("form-{}", reader.form)),
        sections,
    };
    check::check(&reader, &raw, &schema)?;
    Ok(schema)
}

impl Reader<'_> {
    /// An error at a place of the file.
    pub(super) fn refuse(&self, span: &Range<usize>, key: &str, fault: impl AsRef<str>) -> SchemaError {
        refused(self.text, span.start, key, fault.as_ref())
    }

    fn section(&self, raw: &RawSection) -> Result<Section, SchemaError> {
        let id = raw.id.get_ref();
        let key = format!("form-{}-section-{}", self.form, key_part(id));
        Ok(Section {
            id: id.clone(),
            label: raw.label.clone().unwrap_or(key),
            fields: raw.fields.iter().map(|field| self.field(field, None)).collect::<Result<_, _>>()?,
        })
    }

    fn field(&self, raw: &RawField, group: Option<&Path>) -> Result<Field, SchemaError> {
        let path = self.path(&raw.path)?;
        if path.split_row().is_some() {
            return Err(self.refuse(
                &raw.path.span(),
                raw.path.get_ref(),
                "a schema numbers no rows: use kind = \"rows\"",
            ));
        }
        let full = group.map_or_else(|| path.clone(), |group| group.join(&path));
        let label = raw
            .label
            .clone()
            .unwrap_or_else(|| format!("form-{}-{}", self.form, key_part(&full.to_string())));
        let required = match (&raw.required_when, raw.required) {
            (Some(_), true) => {
                return Err(self.refuse(
                    &raw.path.span(),
                    raw.path.get_ref(),
                    "required and required_when: give one",
                ));
            }
            (Some(condition), false) => Required::When(self.condition(condition, raw)?),
            (None, true) => Required::Yes,
            (None, false) => Required::No,
        };
        let kind = self.kind(raw, &path, group)?;
        Ok(Field {
            help: raw.help.clone().unwrap_or_else(|| format!("{label}-help")),
            label,
            required,
            show_when: raw.show_when.as_ref().map(|condition| self.condition(condition, raw)).transpose()?,
            choices: self.source(raw, &kind)?,
            default: self.default(raw, &kind)?,
            companions: raw.companions.iter().map(|path| self.path(path)).collect::<Result<_, _>>()?,
            kind,
            path,
        })
    }

    fn kind(&self, raw: &RawField, path: &Path, group: Option<&Path>) -> Result<Kind, SchemaError> {
        let (span, name) = (raw.kind.span(), raw.kind.get_ref().as_str());
        let refuse = |fault: &str| Err(self.refuse(&span, raw.path.get_ref(), fault));
        if !raw.rows.is_empty() && name != "rows" {
            return refuse("only kind = \"rows\" has [[section.field.row]]");
        }
        if raw.min.is_some() && !matches!(name, "number" | "decimal") {
            return refuse("min is for numbers");
        }
        if raw.max.is_some() && !matches!(name, "number" | "decimal" | "text" | "long_text" | "rows") {
            return refuse("max is for numbers, texts and rows");
        }
        Ok(match name {
            "text" => Kind::Text { lines: Lines::One, max: self.count(raw, ONE_LINE_MAX)? },
            "long_text" => Kind::Text { lines: Lines::Many, max: self.count(raw, MANY_LINES_MAX)? },
            "number" => {
                let bound = |bound: &Option<Spanned<f64>>, otherwise: f64| {
                    bound.as_ref().map_or(otherwise, |b| *b.get_ref())
                };
                // Beyond 2^53 a JSON number is not the same everywhere.
                let (min, max) = (bound(&raw.min, -9e15), bound(&raw.max, 9e15));
                if min > max || min.abs() > 9e15 || max.abs() > 9e15 || min.is_nan() || max.is_nan() {
                    return refuse("min must not be greater than max");
                }
                Kind::Number { min: min as i64, max: max as i64 }
            }
            "decimal" => {
                let min = raw.min.as_ref().map_or(f64::MIN, |bound| *bound.get_ref());
                let max = raw.max.as_ref().map_or(f64::MAX, |bound| *bound.get_ref());
                if min > max || min.is_nan() || max.is_nan() {
                    return refuse("min must not be greater than max");
                }
                Kind::Decimal { min, max }
            }
            "date" => Kind::Date,
            "day" => Kind::Day,
            "choice" => Kind::Choice,
            "choices" => Kind::Choices,
            "country" => Kind::Country,
            "countries" => Kind::Countries,
            "rows" if group.is_some() => return refuse("a row holds no rows of its own"),
            "rows" if raw.rows.is_empty() => return refuse("rows need at least one [[section.field.row]]"),
            "rows" => Kind::Rows {
                fields: raw
                    .rows
                    .iter()
                    .map(|field| self.field(field, Some(path)))
                    .collect::<Result<_, _>>()?,
                max: self.count(raw, ROWS_MAX)?,
            },
            _ => return refuse(&format!("the kind is not known: write {KINDS}")),
        })
    }

    fn count(&self, raw: &RawField, otherwise: usize) -> Result<usize, SchemaError> {
        let Some(max) = &raw.max else { return Ok(otherwise) };
        let whole = *max.get_ref();
        if (1.0..=100_000.0).contains(&whole) && whole.fract() == 0.0 {
            return Ok(whole as usize);
        }
        Err(self.refuse(&max.span(), raw.path.get_ref(), "max is a whole number from 1 to 100000"))
    }

    fn source(&self, raw: &RawField, kind: &Kind) -> Result<Option<Source>, SchemaError> {
        let by_kind = match kind {
            Kind::Country | Kind::Countries => Some(Source::Reference("countries".into())),
            _ => None,
        };
        let Some(source) = &raw.choices else {
            if by_kind.is_none() && kind.is_chosen() {
                return Err(self.refuse(&raw.kind.span(), raw.path.get_ref(), "a choice needs choices"));
            }
            return Ok(by_kind);
        };
        let refuse = |fault: &str| Err(self.refuse(&source.span(), raw.path.get_ref(), fault));
        if !kind.is_chosen() && !matches!(kind, Kind::Text { .. }) {
            return refuse("choices are for text, choice, choices, country and countries");
        }
        match source.get_ref() {
            RawSource::Inline(words)
                if words.is_empty() || words.iter().any(|word| word.trim().is_empty()) =>
            {
                refuse("give at least one word, none of them empty")
            }
            RawSource::Inline(words) => Ok(Some(Source::Inline(words.clone()))),
            RawSource::Named(name) => match name.split_once(':') {
                Some(("vocabulary", name)) if VOCABULARIES.contains(&name) => {
                    Ok(Some(Source::Vocabulary(name.to_owned())))
                }
                Some(("vocabulary", _)) => {
                    refuse(&format!("the vocabulary is not known: write one of {}", VOCABULARIES.join(", ")))
                }
                Some(("reference", name)) if !name.is_empty() => Ok(Some(Source::Reference(name.to_owned()))),
                _ => refuse("write \"vocabulary:NAME\", \"reference:NAME\" or a list of words"),
            },
        }
    }

    fn default(&self, raw: &RawField, kind: &Kind) -> Result<Option<Default>, SchemaError> {
        match (&raw.default, &raw.default_from) {
            (Some(default), Some(_)) => {
                Err(self.refuse(&default.span(), raw.path.get_ref(), "default and default_from: give one"))
            }
            (None, Some(name)) if !super::CONTEXT_NAMES.contains(&name.get_ref().as_str()) => Err(self
                .refuse(
                    &name.span(),
                    raw.path.get_ref(),
                    format!("default_from is not known: write one of {}", super::CONTEXT_NAMES.join(", ")),
                )),
            (None, Some(name)) => Ok(Some(Default::From(name.get_ref().clone()))),
            (Some(default), None) => {
                let value = json_of(default.get_ref());
                let source = self.source(raw, kind)?;
                if matches!(kind, Kind::Rows { .. }) || kind.fault(&value, source.as_ref()).is_some() {
                    return Err(self.refuse(
                        &default.span(),
                        raw.path.get_ref(),
                        "the default does not fit the field",
                    ));
                }
                Ok(Some(Default::Value(value)))
            }
            (None, None) => Ok(None),
        }
    }

    fn condition(&self, raw: &RawCondition, field: &RawField) -> Result<Condition, SchemaError> {
        let span = raw.path.as_ref().map_or_else(|| field.path.span(), Spanned::span);
        let refuse = |fault: &str| self.refuse(&span, field.path.get_ref(), fault);
        let tests =
            [raw.is.is_some(), raw.is_not.is_some(), raw.filled.is_some(), raw.differs_from.is_some()];
        let given = tests.iter().filter(|given| **given).count();
        match (&raw.path, &raw.all, &raw.any) {
            (None, Some(parts), None) | (None, None, Some(parts)) if given == 0 && !parts.is_empty() => {
                let parts = parts.iter().map(|part| self.condition(part, field)).collect::<Result<_, _>>()?;
                Ok(if raw.all.is_some() { Condition::All(parts) } else { Condition::Any(parts) })
            }
            (Some(path), None, None) if given == 1 => {
                let place = match path.get_ref().strip_prefix('.') {
                    Some(below) => {
                        Place::Row(below.parse().map_err(|_| refuse("the condition's path is no path"))?)
                    }
                    None => Place::Form(self.path(path)?),
                };
                Ok(Condition::Value(
                    place,
                    test_of(raw).ok_or_else(|| refuse("the condition's name is not known"))?,
                ))
            }
            _ => Err(refuse(
                "a condition has a path with one of is, is_not, filled, differs_from; or all; or any",
            )),
        }
    }

    fn path(&self, raw: &Spanned<String>) -> Result<Path, SchemaError> {
        raw.get_ref().parse().map_err(|error: crate::forms::path::BadPath| {
            self.refuse(&raw.span(), raw.get_ref(), error.to_string())
        })
    }
}

/// `None` where `differs_from` names what no context has.
fn test_of(raw: &RawCondition) -> Option<Test> {
    let values = |words: &OneOrMany| match words {
        OneOrMany::One(value) => vec![json_of(value)],
        OneOrMany::Many(values) => values.iter().map(json_of).collect(),
    };
    match (&raw.is, &raw.is_not, raw.filled, &raw.differs_from) {
        (Some(words), ..) => Some(Test::Is(values(words))),
        (_, Some(words), ..) => Some(Test::IsNot(values(words))),
        (_, _, Some(filled), _) => Some(Test::Filled(filled)),
        (_, _, _, Some(name)) if super::CONTEXT_NAMES.contains(&name.as_str()) => {
            Some(Test::DiffersFrom(name.clone()))
        }
        _ => None,
    }
}

fn refused(text: &str, at: usize, key: &str, fault: &str) -> SchemaError {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    SchemaError {
        line: 1 + memchr::memchr_iter(b'\n', before).count(),
        key: printable(&key.chars().take(60).collect::<String>()),
        fault: printable(fault),
    }
}

/// TOML's dates become text; everything else has its like in JSON.
fn json_of(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text.as_str()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(yes) => Value::from(*yes),
        toml::Value::Datetime(date) => Value::from(date.to_string()),
        toml::Value::Array(values) => values.iter().map(json_of).collect(),
        toml::Value::Table(fields) => {
            fields.iter().map(|(key, value)| (key.clone(), json_of(value))).collect()
        }
    }
}
