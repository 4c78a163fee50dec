//! Entries for the unit tests of this folder: documents whose JSON says by what keys they are found.

use jiff::Timestamp;
use serde_json::Value;

use super::contract::{DocKind, Keys, NewEntry, Queue};
use crate::domain::id::DocId;
use crate::domain::officer::Officer;
use crate::domain::serial::{SerialKeys, SerialPattern};

/// A new record with the identifier made of `n`.
pub fn entry(n: u128, body: &str) -> NewEntry {
    NewEntry {
        at: Timestamp::from_second(1_767_225_600).expect("a moment of 2026"),
        officer: Officer("A. Ferrer".into()),
        purpose: "test".into(),
        act: "record.enter".into(),
        kind: DocKind::Record,
        doc: DocId::from_bytes(n.to_be_bytes()),
        parent: None,
        body: body.to_owned(),
        keys: keys(DocKind::Record, body),
    }
}

/// The keys that the JSON names: `number`, `serials`, `patterns`, `waits`, `summary`.
pub fn keys(_: DocKind, body: &str) -> Keys {
    let value: Value = serde_json::from_str(body).unwrap_or_default();
    let texts = |name: &str| -> Vec<String> {
        let list = value[name].as_array().into_iter().flatten();
        list.filter_map(|item| item.as_str().map(str::to_owned)).collect()
    };
    Keys {
        number: value["number"].as_str().map(str::to_owned),
        serials: texts("serials").iter().map(|raw| SerialKeys::of(raw)).collect(),
        patterns: texts("patterns").iter().filter_map(|text| SerialPattern::parse(text).ok()).collect(),
        queues: if value["waits"].as_bool() == Some(true) { vec![Queue::Approval] } else { Vec::new() },
        summary: value["summary"].as_str().unwrap_or_default().into(),
    }
}
