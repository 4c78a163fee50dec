//! Whether the parts of a schema fit together: names, paths, and what conditions ask.

use std::collections::HashMap;
use std::ops::Range;

use super::read::{RawField, RawForm, Reader};
use super::{Condition, Field, Place, Required, Schema, SchemaError, Test};
use crate::forms::path::Path;

pub(super) fn check(reader: &Reader<'_>, raw: &RawForm, schema: &Schema) -> Result<(), SchemaError> {
    check_names(reader, raw)?;
    let known = check_paths(reader, raw, schema)?;
    let raw_fields = raw.sections.iter().flat_map(|section| &section.fields);
    let fields = schema.sections.iter().flat_map(|section| &section.fields);
    for (raw, field) in raw_fields.zip(fields) {
        check_conditions(reader, raw, field, None, &known)?;
        for (raw_row, row) in raw.rows.iter().zip(field.row_fields()) {
            check_conditions(reader, raw_row, row, Some(field), &known)?;
        }
    }
    Ok(())
}

fn check_names(reader: &Reader<'_>, raw: &RawForm) -> Result<(), SchemaError> {
    let is_name = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if !is_name(raw.id.get_ref()) {
        return Err(reader.refuse(&raw.id.span(), "id", "the id is lower-case letters, digits and hyphens"));
    }
    if *raw.version.get_ref() == 0 {
        return Err(reader.refuse(&raw.version.span(), "version", "the first version is 1"));
    }
    if raw.sections.is_empty() {
        return Err(reader.refuse(&raw.id.span(), "section", "a form has at least one [[section]]"));
    }
    for (at, section) in raw.sections.iter().enumerate() {
        let (span, id) = (section.id.span(), section.id.get_ref());
        if !is_name(id) {
            return Err(reader.refuse(&span, id, "a section's id is lower-case letters, digits and hyphens"));
        }
        if raw.sections[..at].iter().any(|other| other.id.get_ref() == id) {
            return Err(reader.refuse(&span, id, "another section has this id"));
        }
        if section.fields.is_empty() {
            return Err(reader.refuse(&span, id, "a section has at least one [[section.field]]"));
        }
    }
    Ok(())
}

/// No two fields at one place, none inside another; companions beside the fields. Returns the fields by path.
fn check_paths<'a>(
    reader: &Reader<'_>,
    raw: &RawForm,
    schema: &'a Schema,
) -> Result<HashMap<Path, &'a Field>, SchemaError> {
    let spans: HashMap<String, Range<usize>> = raw
        .sections
        .iter()
        .flat_map(|section| &section.fields)
        .map(|field| (field.path.get_ref().clone(), field.path.span()))
        .collect();
    let mut known: HashMap<Path, &Field> = HashMap::new();
    let all = raw.sections.iter().flat_map(|section| &section.fields);
    for (raw_field, field) in all.zip(schema.sections.iter().flat_map(|section| &section.fields)) {
        let refuse = |fault: &str| reader.refuse(&raw_field.path.span(), raw_field.path.get_ref(), fault);
        if known.keys().any(|other| other.is_within(&field.path) || field.path.is_within(other)) {
            return Err(refuse("another field has this path, or one stands inside the other"));
        }
        for (at, row) in field.row_fields().iter().enumerate() {
            let clash = field.row_fields()[..at]
                .iter()
                .any(|other| other.path.is_within(&row.path) || row.path.is_within(&other.path));
            if clash {
                return Err(refuse("two fields of the row have one path, or one stands inside the other"));
            }
            if !row.companions.is_empty() {
                return Err(refuse("companions are for fields outside rows"));
            }
        }
        known.insert(field.path.clone(), field);
    }
    for field in known.values() {
        for companion in &field.companions {
            if known.keys().any(|other| other.is_within(companion) || companion.is_within(other)) {
                let span = spans.get(&field.path.to_string()).cloned().unwrap_or_default();
                return Err(reader.refuse(
                    &span,
                    &companion.to_string(),
                    "a companion is not a field of the form",
                ));
            }
        }
    }
    Ok(known)
}

fn check_conditions(
    reader: &Reader<'_>,
    raw: &RawField,
    field: &Field,
    group: Option<&Field>,
    known: &HashMap<Path, &Field>,
) -> Result<(), SchemaError> {
    let refuse = |fault: String| reader.refuse(&raw.path.span(), raw.path.get_ref(), fault);
    let required = match &field.required {
        Required::When(condition) => Some(condition),
        Required::No | Required::Yes => None,
    };
    for condition in field.show_when.iter().chain(required) {
        for (place, test) in tests(condition) {
            let asked = match place {
                Place::Form(path) => known.get(path).copied(),
                Place::Row(path) => {
                    group.and_then(|group| group.row_fields().iter().find(|field| field.path == *path))
                }
            };
            let Some(asked) = asked else {
                let (Place::Form(path) | Place::Row(path)) = place;
                return Err(refuse(format!("its condition asks {path}, which is no field here")));
            };
            if std::ptr::eq(asked, field) {
                return Err(refuse("its condition asks the field itself".into()));
            }
            let (Test::Is(words) | Test::IsNot(words)) = test else { continue };
            let asks_words = asked.kind.is_chosen() || asked.choices.is_some();
            let stray = words.iter().find(|word| {
                asks_words
                    && !asked
                        .choices
                        .as_ref()
                        .is_none_or(|source| word.as_str().is_some_and(|word| source.may_hold(word)))
            });
            if let Some(word) = stray {
                return Err(refuse(format!("its condition asks for {word}, which {} cannot be", asked.path)));
            }
        }
    }
    Ok(())
}

fn tests(condition: &Condition) -> Vec<(&Place, &Test)> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(tests).collect(),
        Condition::Value(place, test) => vec![(place, test)],
    }
}
