//! What happens to a workspace whose files were cut short, changed or removed: it opens with everything that was confirmed, or
//! it says what is damaged and changes nothing.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use headstamp::domain::id::DocId;
use headstamp::domain::officer::Officer;
use headstamp::domain::serial::{SerialKeys, SerialPattern};
use headstamp::store::{
    DiskStore, DocKind, Document, Keys, Limits, NewEntry, Nonces, Notice, OpenOptions, Queue, SerialColumn,
    Store, StoreError, verify,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

fn keys(_: DocKind, body: &str) -> Keys {
    let value: Value = serde_json::from_str(body).unwrap();
    Keys {
        number: value["number"].as_str().map(str::to_owned),
        serials: value["serial"].as_str().map(SerialKeys::of).into_iter().collect(),
        queues: if value["waits"] == true { vec![Queue::Approval] } else { Vec::new() },
        ..Keys::default()
    }
}

fn options() -> OpenOptions<'static> {
    let limits = Limits { segment_bytes: 16_384, fold_entries: 20, merge_runs: 3 };
    OpenOptions::new(keys, Officer("A. Ferrer".into())).limits(limits).nonces(Nonces::Fixed)
}

fn entry(n: u32) -> NewEntry {
    let body = json!({"number": format!("ES-2026-{n:06}"), "serial": format!("C{:05}", n * 7), "waits": n.is_multiple_of(5)});
    let body = body.to_string();
    NewEntry {
        at: Timestamp::from_second(1_767_225_600 + i64::from(n)).unwrap(),
        officer: Officer("A. Ferrer".into()),
        purpose: "a test of damage".into(),
        act: "record.enter".into(),
        kind: DocKind::Record,
        doc: DocId::from_bytes(u128::from(n).to_be_bytes()),
        parent: None,
        keys: keys(DocKind::Record, &body),
        body,
    }
}

/// A closed workspace with this many records, appended three at a time.
fn workspace(records: u32) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = DiskStore::create(folder.path(), &options()).unwrap();
    fill(&store, 1, records);
    folder
}

fn fill(store: &DiskStore, first: u32, last: u32) {
    let numbers: Vec<u32> = (first..=last).collect();
    for batch in numbers.chunks(3) {
        store.append(batch.iter().map(|n| entry(*n)).collect()).unwrap();
    }
}

/// All documents, what is found by each one's number and serial, how many wait, how many fit a pattern.
type Answers = (Vec<Document>, Vec<Vec<DocId>>, usize, usize);

/// Everything that can be asked, asked.
fn answers(store: &DiskStore) -> Result<Answers, StoreError> {
    let documents = store.documents(None, usize::MAX)?;
    let mut found = Vec::new();
    for document in &documents {
        let own = keys(document.kind, &document.body);
        found.push(store.find_serial(SerialColumn::Norm, &own.serials[0].norm)?);
        found.push(store.by_number(&own.number.unwrap_or_default())?.into_iter().collect());
    }
    let pattern = SerialPattern::parse("C0????").unwrap();
    let fitting = store.find_pattern(&pattern, 10_000)?.len();
    Ok((documents, found, store.queue(Queue::Approval)?.len(), fitting))
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() { files.extend(files_in(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

fn copy(from: &Path) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    for file in files_in(from) {
        let target = to.path().join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, target).unwrap();
    }
    to
}

fn open_segment(workspace: &Path) -> PathBuf {
    let plain = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "jsonl");
    files_in(&workspace.join("journal")).into_iter().rfind(plain).unwrap()
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    let at = at % bytes.len();
    bytes[at] ^= 0x08;
    fs::write(path, bytes).unwrap();
}

#[test]
fn write_cut_short_at_any_byte_loses_nothing_that_was_confirmed() {
    let before = workspace(6);
    let after = copy(before.path());
    fill(&DiskStore::open(after.path(), &options()).unwrap().0, 7, 9);
    let confirmed = fs::read(open_segment(before.path())).unwrap();
    let whole = fs::read(open_segment(after.path())).unwrap();
    assert!(whole.starts_with(&confirmed) && whole.len() > confirmed.len());
    for length in (confirmed.len() + 1..whole.len()).step_by(53).chain([whole.len() - 1]) {
        for with_state in [true, false] {
            let folder = copy(before.path());
            if !with_state {
                fs::remove_dir_all(folder.path().join("state")).unwrap();
            }
            fs::write(open_segment(folder.path()), &whole[..length]).unwrap();
            let (store, notices) = DiskStore::open(folder.path(), &options()).unwrap();
            assert_eq!(store.status().seq, 6, "cut at {length} of {}", whole.len());
            let torn = notices.iter().find_map(|notice| match notice {
                Notice::TornTail { kept, .. } => Some(kept),
                _ => None,
            });
            assert_eq!(fs::read(torn.expect("the user is told")).unwrap(), whole[confirmed.len()..length]);
            fill(&store, 7, 9);
            drop(store);
            assert!(verify(folder.path(), &|_| {}).unwrap().is_whole());
            assert_eq!(
                fs::read(open_segment(folder.path())).unwrap(),
                whole,
                "appending went on as if nothing was"
            );
        }
    }
}

#[test]
fn pages_of_a_batch_that_never_reached_the_disk_are_taken_off() {
    let before = workspace(6);
    let after = copy(before.path());
    fill(&DiskStore::open(after.path(), &options()).unwrap().0, 7, 9);
    let confirmed = fs::read(open_segment(before.path())).unwrap().len();
    let mut bytes = fs::read(open_segment(after.path())).unwrap();
    let second_line = confirmed + bytes[confirmed..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
    bytes[second_line + 20..second_line + 200].fill(0);
    fs::write(open_segment(before.path()), &bytes).unwrap();
    let (store, notices) = DiskStore::open(before.path(), &options()).unwrap();
    assert_eq!(store.status().seq, 6);
    assert!(notices.iter().any(|notice| matches!(notice, Notice::TornTail { .. })), "{notices:?}");
}

#[test]
fn confirmed_entries_that_are_gone_from_the_end_are_an_error_until_the_user_decides() {
    let folder = workspace(9);
    let segment = open_segment(folder.path());
    let bytes = fs::read(&segment).unwrap();
    fs::write(&segment, &bytes[..bytes.len() / 2]).unwrap();
    let error = DiskStore::open(folder.path(), &options()).err().expect("it must not open").to_string();
    assert!(error.contains("entry 9") && error.contains("confirmed"), "{error}");
    assert_eq!(fs::metadata(&segment).unwrap().len() as usize, bytes.len() / 2, "nothing may be changed");
    let (store, notices) = DiskStore::open(folder.path(), &options().past_damage(true)).unwrap();
    let seq = store.status().seq;
    assert!(seq < 9);
    assert!(notices.contains(&Notice::MissingEntries { first: seq + 1, last: 9 }), "{notices:?}");
    fill(&store, 20, 22);
    drop(store);
    assert!(verify(folder.path(), &|_| {}).unwrap().is_whole());
}

#[test]
fn changed_confirmed_entry_is_named_and_the_others_can_be_read() {
    for (which, at_the_end) in [(5, false), (9, true)] {
        let folder = workspace(9);
        let segment = open_segment(folder.path());
        let text = fs::read_to_string(&segment).unwrap();
        let damaged: Vec<String> = (1..)
            .zip(text.lines())
            .map(|(n, line)| if n == which { line.replace("ES-2026", "XX-2026") } else { line.to_owned() })
            .collect();
        fs::write(&segment, damaged.join("\n") + "\n").unwrap();

        let report = verify(folder.path(), &|_| {}).unwrap();
        assert!(!report.is_whole());
        let told = report.damage[0].to_string();
        assert!(told.contains(&format!("entries {which} to {which}")), "{told}");
        assert!(told.contains(&format!("line {which}")) && told.contains("000001.jsonl"), "{told}");

        fs::remove_dir_all(folder.path().join("state")).unwrap();
        let error = DiskStore::open(folder.path(), &options()).err().expect("it must not open").to_string();
        assert!(error.contains(&format!("entry {which}")) && error.contains("body was changed"), "{error}");
        for options in [options().read_only(true), options().past_damage(true)] {
            let (store, notices) = DiskStore::open(folder.path(), &options).unwrap();
            assert!(
                notices.iter().any(|notice| matches!(notice, Notice::DamagedEntries { .. })),
                "{notices:?}"
            );
            for n in 1..=9u32 {
                let read = store.document(DocId::from_bytes(u128::from(n).to_be_bytes()));
                assert_eq!(read.is_err(), n == which, "document {n}, the damage at the end: {at_the_end}");
            }
        }
    }
}

#[test]
fn changed_head_breaks_the_chain_and_is_named() {
    let folder = workspace(9);
    let segment = open_segment(folder.path());
    let text = fs::read_to_string(&segment).unwrap();
    let second = text.lines().nth(1).unwrap();
    fs::write(&segment, text.replace(second, &second.replace("A. Ferrer", "B. Ferrer"))).unwrap();
    fs::remove_dir_all(folder.path().join("state")).unwrap();
    let error = DiskStore::open(folder.path(), &options()).err().expect("it must not open").to_string();
    assert!(error.contains("entry 2") && error.contains("head was changed"), "{error}");
    let (store, _) = DiskStore::open(folder.path(), &options().past_damage(true)).unwrap();
    let (documents, ..) = answers(&store).unwrap();
    assert_eq!(documents.len(), 8, "all but the damaged one");
}

#[test]
fn damaged_compressed_segment_is_named_and_the_others_can_be_read() {
    let folder = workspace(120);
    let packed = files_in(&folder.path().join("journal")).into_iter().next().unwrap();
    assert!(packed.to_string_lossy().ends_with("000001.jsonl.lz4"), "{packed:?}");
    let good = fs::read(&packed).unwrap();
    for at in [10, good.len() / 3, good.len() / 2] {
        fs::write(&packed, &good).unwrap();
        flip(&packed, at);
        let report = verify(folder.path(), &|_| {}).unwrap();
        assert!(report.damage[0].to_string().contains("000001.jsonl.lz4"), "{:?}", report.damage);
        let (store, notices) = DiskStore::open(folder.path(), &options()).unwrap();
        assert_eq!(notices, [], "what is damaged long ago does not keep the desk from opening");
        assert!(matches!(store.entries(1, 1), Err(StoreError::Damaged { seq: 1, .. })));
        assert_eq!(store.entries(120, 1).unwrap().len(), 1);
    }
    fs::write(&packed, &good[..good.len() - 1]).unwrap();
    let error = DiskStore::open(folder.path(), &options()).err().expect("it must not open").to_string();
    assert!(error.contains("index") && error.contains("lz4 -d"), "{error}");
}

#[test]
fn missing_journal_file_is_named() {
    let folder = workspace(120);
    fs::remove_file(folder.path().join("journal/000002.jsonl.lz4")).unwrap();
    let error = DiskStore::open(folder.path(), &options()).err().expect("it must not open").to_string();
    assert!(error.contains("000002") && error.contains("missing"), "{error}");
}

#[test]
fn crash_while_compressing_does_no_harm() {
    let folder = workspace(120);
    let expected = answers(&DiskStore::open(folder.path(), &options()).unwrap().0).unwrap();
    let packed = folder.path().join("journal/000001.jsonl.lz4");
    let mut plain = Vec::new();
    let bytes = fs::read(&packed).unwrap();
    std::io::Read::read_to_end(&mut lz4_flex::frame::FrameDecoder::new(bytes.as_slice()), &mut plain)
        .unwrap();
    assert!(plain.starts_with(b"{\"head\":{\"seq\":1,"), "any LZ4 decoder gives the lines back");

    fs::write(folder.path().join("journal/000001.jsonl"), &plain).unwrap();
    fs::write(folder.path().join("journal/000001.jsonl.lz4.tmp"), b"half of it").unwrap();
    let store = DiskStore::open(folder.path(), &options()).unwrap().0;
    assert_eq!(answers(&store).unwrap(), expected);
    drop(store);
    assert!(!folder.path().join("journal/000001.jsonl").exists());
    assert!(!folder.path().join("journal/000001.jsonl.lz4.tmp").exists());

    fs::write(folder.path().join("journal/000001.jsonl"), &plain).unwrap();
    fs::remove_file(&packed).unwrap();
    let store = DiskStore::open(folder.path(), &options()).unwrap().0;
    assert_eq!(answers(&store).unwrap(), expected, "the plain file alone is as good");
}

#[test]
fn damaged_state_is_made_again_whatever_is_wrong_with_it() {
    let good = workspace(75);
    let expected = answers(&DiskStore::open(good.path(), &options()).unwrap().0).unwrap();
    let names: Vec<PathBuf> = files_in(&good.path().join("state"))
        .into_iter()
        .map(|path| path.strip_prefix(good.path()).unwrap().to_owned())
        .collect();
    assert!(names.len() >= 5, "runs, manifest and sled: {names:?}");
    for name in names {
        let length = fs::metadata(good.path().join(&name)).unwrap().len() as usize;
        for harm in ["removed", "emptied", "cut", "flipped early", "flipped", "flipped late"] {
            let folder = copy(good.path());
            let path = folder.path().join(&name);
            match harm {
                "removed" => fs::remove_file(&path).unwrap(),
                "emptied" => fs::write(&path, b"").unwrap(),
                "cut" => fs::write(&path, &fs::read(&path).unwrap()[..length * 2 / 3]).unwrap(),
                _ if length == 0 => continue,
                "flipped early" => flip(&path, length / 50),
                "flipped" => flip(&path, length / 2),
                _ => flip(&path, length - 1 - length / 50),
            }
            let (store, _) = DiskStore::open(folder.path(), &options())
                .unwrap_or_else(|error| panic!("{} {harm}: {error}", name.display()));
            match answers(&store) {
                Ok(found) => assert_eq!(found, expected, "{} {harm}", name.display()),
                // A block of a run is checked when it is read: then the error says what to do, and that helps.
                Err(error) => {
                    assert!(
                        error.to_string().contains("headstamp rebuild"),
                        "{} {harm}: {error}",
                        name.display()
                    );
                    drop(store);
                    let (store, _) = DiskStore::open(folder.path(), &options().afresh(true)).unwrap();
                    assert_eq!(answers(&store).unwrap(), expected, "{} {harm}", name.display());
                }
            }
        }
    }
}

#[test]
fn state_of_another_journal_is_not_believed() {
    let (one, other) = (workspace(30), tempfile::tempdir().unwrap());
    let store = DiskStore::create(other.path(), &options()).unwrap();
    (100..130).for_each(|n| drop(store.append(vec![entry(n)]).unwrap()));
    let expected = answers(&store).unwrap();
    drop(store);
    fs::remove_dir_all(other.path().join("state")).unwrap();
    for file in files_in(&one.path().join("state")) {
        let target = other.path().join(file.strip_prefix(one.path()).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, target).unwrap();
    }
    let (store, notices) = DiskStore::open(other.path(), &options()).unwrap();
    assert!(notices.iter().any(|notice| matches!(notice, Notice::RunsSetAside { .. })), "{notices:?}");
    assert_eq!(answers(&store).unwrap(), expected);
}

#[test]
fn second_instance_is_told_who_is_there_and_may_look() {
    let folder = workspace(30);
    let (owner, _) = DiskStore::open(folder.path(), &options()).unwrap();
    let refused = DiskStore::open(folder.path(), &options()).err().expect("only one may own it").to_string();
    assert!(refused.contains("A. Ferrer") && refused.contains("--read-only"), "{refused}");
    let before = files_in(folder.path());
    let (reader, _) = DiskStore::open(folder.path(), &options().read_only(true)).unwrap();
    assert_eq!(answers(&reader).unwrap(), answers(&owner).unwrap());
    assert!(matches!(reader.append(vec![entry(99)]), Err(StoreError::ReadOnly)));
    assert_eq!(files_in(folder.path()), before, "a reader leaves no file");
    fill(&owner, 31, 60);
    assert_eq!(reader.status().seq, 30, "a reader sees what was there when it opened");
    assert_eq!(
        answers(&reader).unwrap().0.len(),
        30,
        "also when the owner has compressed and merged meanwhile"
    );
}

#[test]
fn clock_that_jumps_back_keeps_the_order_of_the_journal() {
    let folder = workspace(3);
    let (store, _) = DiskStore::open(folder.path(), &options()).unwrap();
    let mut late = entry(50);
    late.at = Timestamp::from_second(1_000_000_000).unwrap();
    store.append(vec![late]).unwrap();
    drop(store);
    let (store, notices) = DiskStore::open(folder.path(), &options()).unwrap();
    assert_eq!(notices, []);
    let waiting = store.queue(Queue::Approval).unwrap();
    assert_eq!(waiting.len(), 1, "it is the last in the order of entries, and its own time is kept");
    assert_eq!(waiting[0].since, Timestamp::from_second(1_000_000_000).unwrap());
}

#[test]
fn a_state_made_with_other_keys_is_noticed_and_made_again() {
    // Once with runs and a working set, once with a working set alone.
    for records in [100, 10] {
        let folder = workspace(records);
        let before = answers(&DiskStore::open(folder.path(), &options()).unwrap().0).unwrap();
        let newer = || options().keys_version(7);
        let (reader, _) = DiskStore::open(folder.path(), &newer().read_only(true)).unwrap();
        assert_eq!(answers(&reader).unwrap(), before, "read-only, {records} records");
        drop(reader);
        let (store, notices) = DiskStore::open(folder.path(), &newer()).unwrap();
        let told: Vec<String> = notices.iter().map(ToString::to_string).collect();
        assert!(told[0].contains("another version of the program"), "{records} records: {told:?}");
        assert_eq!(notices.last(), Some(&Notice::Replayed { entries: u64::from(records) }));
        assert_eq!(answers(&store).unwrap(), before, "{records} records");
        drop(store);
        assert_eq!(DiskStore::open(folder.path(), &newer()).unwrap().1, Vec::new(), "{records} records");
    }
}
