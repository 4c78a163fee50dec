//! The history of a document as people read it: each act with the fields it changed, old value and new.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::domain::officer::Officer;
use crate::store::{Entry, Revision};

/// One act on a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Its place in the journal.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub officer: Officer,
    /// What was done.
    pub act: String,
    /// Why.
    pub purpose: String,
    /// The revision it made.
    pub rev: Revision,
    /// What it changed; empty for the entry itself, where everything is new.
    pub fields: Vec<FieldChange>,
}

/// One field that an act changed. `None` is a field that was not there: unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The path, such as `firearm.serial`.
    pub path: String,
    /// What it said before.
    pub old: Option<String>,
    /// What it says now.
    pub new: Option<String>,
}

/// The changes that these entries of one document make, oldest first.
pub fn changes(entries: &[Entry]) -> Vec<Change> {
    let mut before: Option<Value> = None;
    let mut found = Vec::with_capacity(entries.len());
    for entry in entries {
        let after: Value = serde_json::from_str(&entry.body).unwrap_or(Value::Null);
        let mut fields = Vec::new();
        if let Some(before) = &before {
            compare("", Some(before), Some(&after), &mut fields);
        }
        let head = &entry.head;
        found.push(Change {
            seq: head.seq,
            at: head.at,
            officer: head.officer.clone(),
            act: head.act.clone(),
            purpose: head.purpose.clone(),
            rev: head.rev.clone(),
            fields,
        });
        before = Some(after);
    }
    found
}

fn compare(path: &str, old: Option<&Value>, new: Option<&Value>, found: &mut Vec<FieldChange>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                compare(&path, a.get(name), b.get(name), found);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            for at in 0..a.len().max(b.len()) {
                compare(&format!("{path}[{at}]"), a.get(at), b.get(at), found);
            }
        }
        (old, new) => found.push(FieldChange {
            path: path.to_owned(),
            old: old.and_then(shown),
            new: new.and_then(shown),
        }),
    }
}

/// A value as one reads it; an empty one is unknown.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
