//! The store on disk against its memory twin: whatever is done to both, whatever is reopened, folded or rebuilt in between,
//! they answer alike, hash for hash.
#![allow(clippy::unwrap_used)]

use headstamp::domain::id::DocId;
use headstamp::domain::officer::Officer;
use headstamp::domain::serial::{SerialKeys, SerialPattern};
use headstamp::store::{
    DiskStore, DocKind, Keys, Limits, MemoryStore, NewEntry, Nonces, OpenOptions, Prefix, Queue, Revision,
    SerialColumn, Store,
};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

/// What is done to both stores.
#[derive(Debug, Clone)]
enum Step {
    Append(Vec<Change>),
    Reopen,
    ForgetState,
    LookReadOnly,
}

/// One entry: a document, whether it names the right revision, and what it says.
#[derive(Debug, Clone)]
struct Change {
    doc: u8,
    right_parent: bool,
    number: Option<u8>,
    serials: Vec<String>,
    pattern: Option<String>,
    queues: u8,
    hour: i64,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => prop::collection::vec(change(), 1..6).prop_map(Step::Append),
        1 => Just(Step::Reopen),
        1 => Just(Step::ForgetState),
        1 => Just(Step::LookReadOnly),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    (
        0u8..12,
        prop::bool::weighted(0.95),
        prop::option::of(0u8..6),
        prop::collection::vec("[A-C8BЖ][0-9OI]{1,3}", 0..3),
        prop::option::weighted(0.2, "[A-C]\\?[0-9]"),
        0u8..4,
        0i64..100,
    )
        .prop_map(|(doc, right_parent, number, serials, pattern, queues, hour)| Change {
            doc,
            right_parent,
            number,
            serials,
            pattern,
            queues,
            hour,
        })
}

fn keys(_: DocKind, body: &str) -> Keys {
    let value: Value = serde_json::from_str(body).unwrap();
    let texts = |name: &str| -> Vec<String> {
        value[name].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let waits = value["queues"].as_u64().unwrap();
    let queues = [Queue::HitToConfirm, Queue::Approval].into_iter().zip([1, 2]);
    Keys {
        number: value["number"].as_str().map(str::to_owned),
        serials: texts("serials").iter().map(|raw| SerialKeys::of(raw)).collect(),
        patterns: texts("patterns").iter().map(|text| SerialPattern::parse(text).unwrap()).collect(),
        queues: queues.filter(|(_, bit)| waits & bit != 0).map(|(queue, _)| queue).collect(),
        summary: value["number"].as_str().unwrap_or_default().into(),
    }
}

fn options() -> OpenOptions<'static> {
    // Small enough that segments close, and keys are folded and merged, within a few steps.
    let limits = Limits { segment_bytes: 4_096, fold_entries: 5, merge_runs: 2 };
    OpenOptions::new(keys, Officer("A. Ferrer".into())).limits(limits).nonces(Nonces::Fixed)
}

fn entry(change: &Change, twin: &MemoryStore) -> NewEntry {
    let doc = DocId::from_bytes(u128::from(change.doc).to_be_bytes());
    let present = twin.document(doc).unwrap().map(|document| document.rev);
    let parent = if change.right_parent { present } else { Some(Revision("7-0000".into())) };
    let body = json!({
        "number": change.number.map(|count| format!("ES-2026-{count:06}")),
        "serials": change.serials,
        "patterns": change.pattern.iter().collect::<Vec<_>>(),
        "queues": change.queues,
    })
    .to_string();
    let kind = if change.doc.is_multiple_of(3) { DocKind::Hit } else { DocKind::Record };
    NewEntry {
        at: Timestamp::from_second(1_767_225_600 + change.hour * 3_600).unwrap(),
        officer: Officer("A. Ferrer".into()),
        purpose: "a model".into(),
        act: "record.enter".into(),
        kind,
        doc,
        parent,
        keys: keys(kind, &body),
        body,
    }
}

/// Asks both everything there is to ask.
fn compare(disk: &dyn Store, twin: &MemoryStore) {
    assert_eq!(disk.status(), twin.status());
    for doc in 0..12u8 {
        let id = DocId::from_bytes(u128::from(doc).to_be_bytes());
        assert_eq!(disk.document(id).unwrap(), twin.document(id).unwrap(), "document {doc}");
        assert_eq!(disk.history(id).unwrap(), twin.history(id).unwrap(), "history of {doc}");
    }
    for count in 0..7u8 {
        let number = format!("ES-2026-{count:06}");
        assert_eq!(disk.by_number(&number).unwrap(), twin.by_number(&number).unwrap(), "{number}");
    }
    let prefix = Prefix("ES-2026-".into());
    assert_eq!(disk.highest(&prefix).unwrap(), twin.highest(&prefix).unwrap());
    for queue in [Queue::HitToConfirm, Queue::Approval] {
        assert_eq!(disk.queue(queue).unwrap(), twin.queue(queue).unwrap(), "{queue:?}");
    }
    let present = twin.documents(None, usize::MAX).unwrap();
    assert_eq!(disk.documents(None, usize::MAX).unwrap(), present);
    let after = present.get(1).map(|document| document.id);
    assert_eq!(disk.documents(after, 3).unwrap(), twin.documents(after, 3).unwrap());
    for document in &present {
        for serial in keys(document.kind, &document.body).serials {
            let keys = [
                (SerialColumn::Norm, serial.norm.as_str()),
                (SerialColumn::Core, serial.core.as_str()),
                (SerialColumn::Confusable, serial.confusable.as_str()),
            ];
            for asked in [&keys[..1], &keys[1..2], &keys[2..], &keys] {
                assert_eq!(disk.bearers(asked).unwrap(), twin.bearers(asked).unwrap(), "{asked:?}");
            }
        }
    }
    for pattern in ["A?", "?1", "[AB]?0", "B1?", "?0??", "Ж?", "C?5"] {
        let pattern = SerialPattern::parse(pattern).unwrap();
        assert_eq!(disk.find_partial(&pattern).unwrap(), twin.find_partial(&pattern).unwrap(), "{pattern}");
        for limit in [2, 1_000] {
            let expected = twin.find_pattern(&pattern, limit).unwrap();
            assert_eq!(disk.find_pattern(&pattern, limit).unwrap(), expected, "{pattern} limit {limit}");
        }
    }
    assert_eq!(disk.entries(1, usize::MAX).unwrap(), twin.entries(1, usize::MAX).unwrap());
    assert_eq!(disk.entries(3, 2).unwrap(), twin.entries(3, 2).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn disk_store_answers_as_its_memory_twin(steps in prop::collection::vec(step(), 1..24)) {
        let folder = tempfile::tempdir().unwrap();
        let twin = MemoryStore::new(Nonces::Fixed);
        let mut disk = DiskStore::create(folder.path(), &options()).unwrap();
        for step in steps {
            match step {
                Step::Append(changes) => {
                    let entries: Vec<NewEntry> = changes.iter().map(|change| entry(change, &twin)).collect();
                    let disk = disk.append(entries.clone()).map_err(|error| error.to_string());
                    let twin = twin.append(entries).map_err(|error| error.to_string());
                    prop_assert_eq!(disk, twin);
                }
                Step::Reopen => {
                    drop(disk);
                    disk = DiskStore::open(folder.path(), &options()).unwrap().0;
                }
                Step::ForgetState => {
                    drop(disk);
                    let _ = std::fs::remove_dir_all(folder.path().join("state"));
                    disk = DiskStore::open(folder.path(), &options()).unwrap().0;
                }
                Step::LookReadOnly => {
                    let (reader, _) = DiskStore::open(folder.path(), &options().read_only(true)).unwrap();
                    compare(&reader, &twin);
                }
            }
        }
        compare(&disk, &twin);
    }
}
