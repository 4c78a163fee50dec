//! The forms that are shipped: every key they need is in the English locale, and the record's form is one of the record's JSON.

// Helpers of tests are tests too, but clippy knows only functions marked so.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::sync::Arc;

use headstamp::domain::problem::Problem;
use headstamp::domain::record::Content;
use headstamp::forms::choices::word_key;
use headstamp::forms::draft::Draft;
use headstamp::forms::kind::Kind;
use headstamp::forms::schema::{Context, Schema, Source};
use headstamp::forms::shipped::{SHIPPED, shipped};
use headstamp::locale::Locale;
use serde_json::{Value, json};

fn schema(id: &str) -> Schema {
    match shipped(id) {
        Some(Ok(schema)) => schema,
        other => panic!("the form {id} is not shipped: {other:?}"),
    }
}

#[test]
fn every_label_help_and_word_of_a_form_is_in_the_locale() {
    let locale = Locale::english();
    let mut missing = BTreeSet::new();
    for (id, _) in SHIPPED {
        let schema = schema(id);
        let mut keys = vec![schema.title.clone()];
        keys.extend(schema.sections.iter().map(|section| section.label.clone()));
        for (_, field) in schema.fields() {
            keys.extend([field.label.clone(), field.help.clone()]);
            if let Some(source @ (Source::Inline(_) | Source::Vocabulary(_))) = &field.choices {
                keys.extend(
                    source
                        .words()
                        .unwrap_or_default()
                        .iter()
                        .map(|word| word_key(source, &field.label, word)),
                );
            }
        }
        missing.extend(keys.into_iter().filter(|key| !locale.has(key)));
    }
    assert!(missing.is_empty(), "not in locales/en: {missing:#?}");
}

#[test]
fn every_fault_that_a_form_can_find_has_a_sentence() {
    let locale = Locale::english();
    for detail in ["date", "day", "number", "decimal", "range", "country", "choice", "too-long", "shape"] {
        let key = Problem::error("format", "a", detail).message;
        assert!(locale.has(&key), "{key} is not in locales/en");
    }
    assert!(locale.has(&Problem::error("required", "a", "").message));
}

#[test]
fn labels_fit_the_column_they_have_at_80() {
    let locale = Locale::english();
    for (id, _) in SHIPPED {
        for (_, field) in schema(id).fields() {
            let label = locale.plain(&field.label);
            assert!(label.width() <= 13, "{label} of {} is too wide", field.path);
        }
    }
}

/// A value that a field of this kind takes.
fn example(kind: &Kind, source: Option<&Source>) -> Value {
    let word = || source.and_then(Source::words).map_or("theft".to_owned(), |words| words[0].to_owned());
    match kind {
        Kind::Text { .. } => json!("text"),
        Kind::Number { min, .. } => json!(min),
        Kind::Decimal { min, .. } => json!(min),
        Kind::Date => json!("2024-03"),
        Kind::Day => json!("2024-03-02"),
        Kind::Choice => json!(word()),
        Kind::Choices => json!([word()]),
        Kind::Country => json!("ES"),
        Kind::Countries => json!(["ES", "RS"]),
        Kind::Rows { fields, .. } => {
            let mut draft = json!({});
            for field in fields {
                headstamp::forms::tree::put(
                    &mut draft,
                    &field.path,
                    Some(example(&field.kind, field.choices.as_ref())),
                );
            }
            json!([draft])
        }
    }
}

#[test]
fn a_record_filled_in_every_field_is_a_record() {
    let mut draft = Draft::new(Arc::new(schema("record")), Context::new());
    let fields: Vec<_> = draft
        .schema()
        .fields()
        .filter(|(group, _)| group.is_none())
        .map(|(_, field)| (field.path.clone(), example(&field.kind, field.choices.as_ref())))
        .collect();
    for (path, value) in &fields {
        assert!(
            draft.set(path, Some(value.clone())) || draft.value(path) == Some(value),
            "{path} was not set"
        );
    }
    for companion in draft.schema().companions().into_iter().cloned().collect::<Vec<_>>() {
        assert!(draft.schema().field(&companion).is_none());
    }
    let values = draft.finish().unwrap_or_else(|errors| panic!("{errors} errors: {:#?}", draft.findings()));
    let content: Content =
        serde_json::from_value(values.clone()).unwrap_or_else(|error| panic!("{error}: {values:#}"));
    let again = serde_json::to_value(&content).unwrap();
    for (path, value) in fields {
        assert_eq!(headstamp::forms::tree::get(&again, &path), Some(&value), "{path} came back otherwise");
    }
}

#[test]
fn the_form_of_the_record_has_a_place_for_everything_an_officer_says() {
    let schema = schema("record");
    let mut record = json!({});
    for (_, field) in schema.fields().filter(|(group, _)| group.is_none()) {
        headstamp::forms::tree::put(
            &mut record,
            &field.path,
            Some(example(&field.kind, field.choices.as_ref())),
        );
    }
    for companion in schema.companions() {
        headstamp::forms::tree::put(&mut record, companion, Some(json!("id")));
    }
    // What is left at its default was given no value by the form: it would have no field.
    let content: Content = serde_json::from_value(record).unwrap();
    let Value::Object(full) = serde_json::to_value(&content).unwrap() else {
        panic!("a record is an object")
    };
    let empty = serde_json::to_value(Content::default()).unwrap();
    for (name, value) in full {
        let untouched = empty.get(&name) == Some(&value);
        assert!(
            !untouched || matches!(name.as_str(), "handling" | "classification"),
            "{name} has no field in the form"
        );
    }
}

#[test]
fn what_is_typed_wrongly_is_left_out_for_the_rules_and_nothing_else() {
    let mut draft = Draft::new(Arc::new(schema("record")), Context::new());
    draft.set_text(&"event.date".parse().unwrap(), "2024-13");
    draft.set_text(&"firearm.year_of_manufacture".parse().unwrap(), "19 91");
    draft.set_text(&"firearm.make".parse().unwrap(), "Zastava");
    draft.insert_row(&"firearm.components".parse().unwrap(), 0);
    draft.insert_row(&"firearm.components".parse().unwrap(), 1);
    draft.set_text(&"firearm.components[1].part".parse().unwrap(), "slide");
    let reading = headstamp::domain::reading::content(draft.readable());
    assert_eq!(reading.problems, vec![]);
    assert_eq!(reading.content.firearm.make, "Zastava");
    assert_eq!(reading.content.firearm.components[1].part, "slide", "rows keep their numbers");
    assert!(draft.finish().is_err(), "what does not read is not saved");
}
