//! A damaged index is set aside and begun anew, and never takes the program down.

#![allow(clippy::panic, reason = "a test names its fault")]

mod search_support;

use std::fs;
use std::path::{Path, PathBuf};

use headstamp::domain::record::Record;
use headstamp::search::query::parse;
use headstamp::search::{Cancel, CaseIndex, IndexDocument, Mode, Notice, Options, Sort};
use search_support::{Numbers, random_record};
use tempfile::TempDir;

const RECORDS: u64 = 200;

fn made(clean: bool) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let (index, _) = CaseIndex::open(folder.path(), Options::default()).expect("the index opens");
    feed(&index);
    if clean {
        index.close().expect("the close");
    }
    folder
}

fn feed(index: &CaseIndex) {
    let mut numbers = Numbers(5);
    let records: Vec<Record> = (1..=RECORDS).map(|at| random_record(at, &mut numbers)).collect();
    let documents: Vec<IndexDocument> =
        (1..).zip(&records).map(|(seq, record)| IndexDocument::of(seq, record)).collect();
    index.apply(&documents).expect("the documents");
    index.commit().expect("the commit");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let inner =
        fs::read_dir(folder).expect("the folder").filter_map(Result::ok).find(|entry| entry.path().is_dir());
    let inner = inner.expect("the index").path();
    let mut all: Vec<PathBuf> =
        fs::read_dir(inner).expect("the index").map(|entry| entry.expect("a file").path()).collect();
    all.retain(|path| path.metadata().is_ok_and(|meta| meta.len() > 0));
    all.sort();
    all
}

fn named(folder: &Path, end: &str) -> PathBuf {
    files(folder)
        .into_iter()
        .find(|path| path.to_string_lossy().ends_with(end))
        .unwrap_or_else(|| panic!("no {end}"))
}

/// Opens, feeds anew if that is asked for, and finds everything.
fn recovers(folder: &Path, fault: &str) {
    let (index, notices) =
        CaseIndex::open(folder, Options::default()).unwrap_or_else(|error| panic!("{fault}: {error}"));
    let set_aside = |notice: &Notice| matches!(notice, Notice::SetAside { kept, .. } if kept.exists());
    assert!(notices.len() == 1 && notices.iter().all(set_aside), "{fault} was not noticed: {notices:?}");
    assert_eq!(index.applied().expect("applied"), 0, "{fault}: the journal is followed from its beginning");
    feed(&index);
    let found = index.search(&parse("").query, Sort::RELEVANCE, &Cancel::default()).expect("the search");
    assert_eq!(found.total(), RECORDS, "after {fault}");
}

#[test]
fn truncated_list_of_segments_is_noticed() {
    for clean in [true, false] {
        let folder = made(clean);
        let meta = named(folder.path(), "meta.json");
        let whole = fs::read(&meta).expect("the list");
        fs::write(&meta, &whole[..whole.len() / 2]).expect("cut");
        recovers(folder.path(), "a truncated meta.json");
    }
}

#[test]
fn missing_and_truncated_segment_files_are_noticed() {
    for end in ["term", "idx", "pos", "fast", "store"] {
        let folder = made(true);
        fs::remove_file(named(folder.path(), end)).expect("removed");
        recovers(folder.path(), &format!("a missing .{end}"));
        let folder = made(true);
        let file = named(folder.path(), end);
        let whole = fs::read(&file).expect("the file");
        fs::write(&file, &whole[..whole.len() / 2]).expect("cut");
        recovers(folder.path(), &format!("a truncated .{end}"));
    }
}

#[test]
fn flipped_bits_are_noticed_after_a_crash_and_whenever_it_is_asked_for() {
    for end in ["term", "idx", "pos", "fast", "store"] {
        let flip = |folder: &TempDir| {
            let file = named(folder.path(), end);
            let mut bytes = fs::read(&file).expect("the file");
            let middle = bytes.len() / 3;
            bytes[middle] ^= 0x10;
            fs::write(&file, bytes).expect("written");
        };
        let crashed = made(false);
        flip(&crashed);
        recovers(crashed.path(), &format!("a flipped bit in .{end}"));
        let closed = made(true);
        flip(&closed);
        let check = Options { check_files: true, ..Options::default() };
        let (_, notices) = CaseIndex::open(closed.path(), check).expect("the index opens");
        assert!(matches!(notices.as_slice(), [Notice::SetAside { .. }]), "in .{end}: {notices:?}");
    }
}

/// Where the files are not checked, what damage does is an error or another answer, never the end of the program.
#[test]
fn unnoticed_damage_never_takes_the_program_down() {
    let mut numbers = Numbers(99);
    for _ in 0..40 {
        let folder = made(true);
        let all = files(folder.path());
        let file = numbers.pick(&all);
        let mut bytes = fs::read(file).expect("the file");
        let at = numbers.below(bytes.len());
        bytes[at] ^= 1 << numbers.below(8);
        fs::write(file, bytes).expect("written");
        let read = Options { mode: Mode::Read, ..Options::default() };
        let (index, _) = CaseIndex::open(folder.path(), read).expect("a reader");
        for text in ["", "zastava", "\"rue haute\"", "serial:C4811?", "since:2024 stolen", "burglary "] {
            let Ok(found) = index.search(&parse(text).query, Sort::RELEVANCE, &Cancel::default()) else {
                continue;
            };
            // Either answer will do: the test is that there is one.
            drop((found.ids(0..usize::MAX, &Cancel::default()), found.facets(&Cancel::default())));
        }
    }
}

#[test]
fn index_of_another_layout_is_removed_and_one_that_is_not_ours_is_left() {
    let folder = made(true);
    let old = folder.path().join("0123456789abcdef");
    let foreign = folder.path().join("notes");
    fs::create_dir_all(&old).expect("made");
    fs::create_dir_all(&foreign).expect("made");
    let (index, notices) = CaseIndex::open(folder.path(), Options::default()).expect("the index opens");
    assert_eq!((notices, index.applied().expect("applied")), (vec![Notice::Outdated], RECORDS));
    assert!(!old.exists() && foreign.exists());
}

#[test]
fn folder_that_cannot_be_used_is_an_error_and_is_left_as_it_is() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("index");
    fs::write(&file, "not a folder").expect("written");
    let answer = CaseIndex::open(&file, Options::default());
    assert!(matches!(answer, Err(headstamp::search::SearchError::Io { .. })));
    assert_eq!(fs::read_to_string(&file).expect("the file"), "not a folder");
}
