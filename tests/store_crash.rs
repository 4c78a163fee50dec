//! Kills a writer of the store at random moments, again and again: whatever it had been told was appended must be there, hash for
//! hash, and the chain must be whole. The store's limits are so small here that segments close, and facts are folded and merged,
//! many times in each round; tests/crash.rs kills the real program, with the real limits.
//!
//! The writer is this very program, started again with a folder in its environment; hence no test harness.
#![allow(clippy::panic, clippy::print_stdout)]

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use headstamp::domain::id::DocId;
use headstamp::domain::officer::Officer;
use headstamp::domain::serial::SerialKeys;
use headstamp::store::{
    DiskStore, DocKind, Entry, Keys, Limits, NewEntry, OpenOptions, Revision, SerialColumn, Store, verify,
};
use jiff::Timestamp;
use serde_json::{Value, json};

/// How often the writer is killed.
const ROUNDS: u64 = 25;

/// Where the writer finds the workspace.
const FOLDER: &str = "HEADSTAMP_STORE_CRASH_FOLDER";

fn main() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return write_until_killed(Path::new(&folder));
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    drop(DiskStore::create(folder.path(), &options()).expect("a new workspace"));
    let mut confirmed: BTreeMap<u64, String> = BTreeMap::new();
    for round in 0..ROUNDS {
        let before = confirmed.len();
        run_and_kill(folder.path(), Duration::from_millis(20 + scatter(round) % 400), &mut confirmed);
        check(folder.path(), &confirmed, round);
        println!("round {round}: {} confirmed before the kill, all are there", confirmed.len() - before);
    }
    let rounds = ROUNDS as usize;
    assert!(confirmed.len() > rounds, "only {} entries were confirmed: nothing was tested", confirmed.len());
    println!("test store_crash: {ROUNDS} kills, {} confirmed entries, none lost ... ok", confirmed.len());
}

/// Starts the writer, kills it after a while, and takes down what it said was confirmed.
fn run_and_kill(folder: &Path, after: Duration, confirmed: &mut BTreeMap<u64, String>) {
    let mut child = Command::new(std::env::current_exe().expect("this program's path"))
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a writer");
    let output = child.stdout.take().expect("its output is a pipe");
    let mut lines = BufReader::new(output).lines();
    // The clock runs from its first word on, so that a slow machine does not kill it before it has begun.
    let first = lines.next().and_then(Result::ok);
    let reader = std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<String>>());
    std::thread::sleep(after);
    child.kill().expect("the writer is still at it");
    child.wait().expect("it is gone");
    for line in first.into_iter().chain(reader.join().expect("a reader of lines")) {
        // A line cut short by the kill is not a confirmation.
        if let Some((seq, hash)) = line.split_once(' ').filter(|(_, hash)| hash.len() == 64) {
            confirmed.insert(seq.parse().expect("a number"), hash.to_owned());
        }
    }
}

fn check(folder: &Path, confirmed: &BTreeMap<u64, String>, round: u64) {
    let report = verify(folder, &|_| {}).expect("a journal");
    assert!(report.is_whole(), "round {round}: {:?}", report.damage);
    let (store, notices) =
        DiskStore::open(folder, &options()).unwrap_or_else(|error| panic!("round {round}: {error}"));
    let entries = store.entries(1, usize::MAX).expect("a whole journal");
    for (seq, hash) in confirmed {
        let found = entries.get(*seq as usize - 1).map(|entry| &entry.hash);
        assert_eq!(found, Some(hash), "round {round}: entry {seq} was confirmed; {notices:?}");
    }
    let mut present: HashMap<DocId, &Entry> = HashMap::new();
    present.extend(entries.iter().map(|entry| (entry.head.doc, entry)));
    for (id, entry) in &present {
        let document = store.document(*id).expect("readable").expect("there");
        assert_eq!((document.seq, &document.body), (entry.head.seq, &entry.body), "round {round}");
        let key = &keys(document.kind, &document.body).serials[0].norm;
        assert!(
            store.find_serial(SerialColumn::Norm, key).expect("readable").contains(id),
            "round {round}: {key}"
        );
    }
    assert_eq!(store.status().records, present.len() as u64, "round {round}");
}

/// New records and amendments of old ones, a few at a time, each told when it is confirmed.
fn write_until_killed(folder: &Path) {
    let (store, _) = DiskStore::open(folder, &options()).expect("a workspace");
    let mut out = std::io::stdout();
    let mut seq = store.status().seq;
    loop {
        let batch: Vec<NewEntry> = (0..=scatter(seq) % 20).map(|n| entry(&store, seq, n)).collect();
        let appended = store.append(batch).expect("room");
        for entry in &appended {
            writeln!(out, "{} {}", entry.seq, entry.hash).expect("a reader");
        }
        out.flush().expect("a reader");
        seq = store.status().seq;
    }
}

/// The `n`th entry of the batch after `seq`: at every fifth batch, the first amends a document there is.
fn entry(store: &DiskStore, seq: u64, n: u64) -> NewEntry {
    let old = (n == 0 && seq > 0 && seq.is_multiple_of(5)).then(|| scatter(seq) % seq + 1);
    let old = old.and_then(|seq| store.entries(seq, 1).expect("readable").pop());
    let present = old.and_then(|entry| store.document(entry.head.doc).expect("readable"));
    let (doc, parent): (DocId, Option<Revision>) = match present {
        Some(document) => (document.id, Some(document.rev)),
        None => (DocId::from_bytes(u128::from(seq + n + 1).to_be_bytes()), None),
    };
    let body = json!({"serial": format!("A{:06}", scatter(seq + n) % 1_000_000), "text": "x".repeat((seq % 700) as usize)});
    let body = body.to_string();
    NewEntry {
        at: Timestamp::now(),
        officer: Officer("A. Ferrer".into()),
        purpose: "until the lights go out".into(),
        act: "record.enter".into(),
        kind: DocKind::Record,
        doc,
        parent,
        keys: keys(DocKind::Record, &body),
        body,
    }
}

fn keys(_: DocKind, body: &str) -> Keys {
    let value: Value = serde_json::from_str(body).unwrap_or_default();
    Keys { serials: value["serial"].as_str().map(SerialKeys::of).into_iter().collect(), ..Keys::default() }
}

/// So small that segments close and keys are folded and merged many times in a round.
fn options() -> OpenOptions<'static> {
    let limits = Limits { segment_bytes: 40_000, fold_entries: 60, merge_runs: 3 };
    OpenOptions::new(keys, Officer("A. Ferrer".into())).limits(limits)
}

/// A number that looks like chance but is the same in every run.
fn scatter(n: u64) -> u64 {
    let mut hash = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 27)
}
