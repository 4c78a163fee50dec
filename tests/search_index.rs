//! The index against a search without one, and what it does over time: replaced revisions, reopening, order, cancelling.

mod search_support;

use std::collections::{BTreeMap, BTreeSet};

use headstamp::domain::id::DocId;
use headstamp::domain::record::Record;
use headstamp::search::query::parse;
use headstamp::search::{
    Cancel, CaseIndex, Field, Found, IndexDocument, Mode, Notice, Options, SearchError, Sort, SortKey,
};
use search_support::{Numbers, fits, id, random_record, record, with};
use tempfile::TempDir;

fn open(folder: &TempDir) -> CaseIndex {
    let (index, notices) = CaseIndex::open(folder.path(), Options::default()).expect("the index opens");
    assert_eq!(notices, []);
    index
}

fn find(index: &CaseIndex, query: &str) -> Found {
    index.search(&parse(query).query, Sort::RELEVANCE, &Cancel::default()).expect("the search")
}

fn ids(found: &Found) -> Vec<DocId> {
    found.ids(0..usize::MAX, &Cancel::default()).expect("the rows")
}

fn documents(records: &[Record]) -> Vec<IndexDocument> {
    (1..).zip(records).map(|(seq, record)| IndexDocument::of(seq, record)).collect()
}

fn filled(folder: &TempDir, records: &[Record]) -> CaseIndex {
    let index = open(folder);
    index.apply(&documents(records)).expect("the documents");
    index.commit().expect("the commit");
    index
}

const QUERIES: &[&str] = &[
    "",
    "zastava",
    "zastava ",
    "make:zastava ",
    "make:застава ",
    "ceska ",
    "\"ceska zbrojovka\"",
    "m70 ",
    "M-70 ",
    "\"m 70\"",
    "m7",
    "\"rue haute\"",
    "\"haute rue\"",
    "rue haute ",
    "\"rue h",
    "place:liege ",
    "上海",
    "пистолет",
    "السيارة ",
    "stolen",
    "\"stolen\"",
    "-stolen",
    "-zastava ",
    "stolen OR lost",
    "make:beretta OR -stolen since:2024",
    "since:2024",
    "until:2023",
    "on:2024-03-02",
    "year:2024",
    "on:unknown",
    "on:2024-01-02..2024-02-10",
    "due:2026-12 ",
    "due:unknown",
    "entered:2026-10-02",
    "entered:..2025",
    "country:be,rs",
    "owner:es cancelled",
    "serial:c48113 ",
    "serial:c481",
    "serial:C48?1[38]",
    "serial:Ж481 ",
    "serial:b12? ",
    "48113 ",
    "C-48113 ",
    "C48?13 ",
    "es-2026-00000",
    "no:ES-2026-000007 ",
    "no:old",
    "no:es",
    "case:2026-3 ",
    "burglary ",
    "burglary absent ",
    "madrid -cancelled",
    "1911a1 ",
    "zzz-nothing ",
];

/// A few hundred random records, in several segments, half of them amended once.
#[test]
fn index_finds_what_a_search_without_index_finds() {
    let folder = TempDir::new().expect("a folder");
    let index = open(&folder);
    let mut numbers = Numbers(7);
    let mut present: BTreeMap<DocId, IndexDocument> = BTreeMap::new();
    let mut seq = 0;
    for _ in 0..6 {
        let mut batch = Vec::new();
        for _ in 0..120 {
            seq += 1;
            let document = IndexDocument::of(seq, &random_record(numbers.below(500) as u64, &mut numbers));
            present.insert(document.id, document.clone());
            batch.push(document);
        }
        index.apply(&batch).expect("the batch");
        index.commit().expect("the commit");
    }
    for text in QUERIES {
        let mut query = parse(text).query;
        query.map_values(|field, value| match (field, value) {
            (Field::Make, "zastava") => vec!["zastava".to_owned()],
            _ => Vec::new(),
        });
        let found = index.search(&query, Sort::RELEVANCE, &Cancel::default()).expect("the search");
        let exact: BTreeSet<DocId> =
            present.values().filter(|doc| fits(doc, &query, false)).map(|doc| doc.id).collect();
        let similar: BTreeSet<DocId> =
            present.values().filter(|doc| fits(doc, &query, true)).map(|doc| doc.id).collect();
        let expected = if exact.len() < 50 { &similar } else { &exact };
        let rows = ids(&found);
        assert_eq!(&rows.iter().copied().collect::<BTreeSet<_>>(), expected, "of {text:?}");
        assert_eq!(rows.len(), expected.len(), "{text:?} gives a row twice");
        assert_eq!(found.total(), expected.len() as u64, "of {text:?}");
        assert_eq!(found.similar() as usize, expected.len() - exact.len(), "of {text:?}");
        let first: BTreeSet<DocId> = rows.iter().take(exact.len()).copied().collect();
        assert_eq!(first, exact, "{text:?} puts similar ones before those that fit as written");
    }
}

#[test]
fn every_text_of_a_record_is_found_under_its_field_and_without() {
    let content = serde_json::json!({
        "external_ref": "extref", "case_ref": "caseref", "agency": "agencyname", "circumstances": "circumstance",
        "remark": "remarked", "offences": ["offence"], "contact": {"unit": "unitname", "phone": "phonenumber", "hours": "hoursopen"},
        "persons": [{"name": "personname", "role": "rolename", "status": "statusname"}],
        "event": {"region": "regionname", "place": "placename"},
        "firearm": {
            "make": "makename", "model": "modelname", "calibre": "calibrename", "calibre_as_marked": "markedcalibre",
            "type": "pistol_semi", "action": "semi_auto", "conversion": "converted", "importer": "importername",
            "finish": "finishname", "description": "descriptive", "markings": [{"text": "markingtext", "location": "markingplace"}],
            "serial": "AB-1234", "serial_alternatives": [{"serial": "ZX99871", "location": "altplace", "basis": "altbasis"}],
            "components": [{"part": "partname", "serial": "QW55512", "make": "partmake"}],
            "obliteration": {"area": "areaname", "method": "methodname", "restoration": "restorationname"},
        },
    });
    let folder = TempDir::new().expect("a folder");
    let index = filled(&folder, &[with(1, content), record(2)]);
    let words = [
        ("case", "extref caseref"),
        ("agency", "agencyname"),
        (
            "text",
            "circumstance remarked offence importername finishname descriptive markingtext markingplace",
        ),
        ("text", "altplace altbasis partname partmake areaname methodname restorationname"),
        ("contact", "unitname phonenumber hoursopen"),
        ("person", "personname rolename statusname"),
        ("place", "regionname placename"),
        ("make", "makename"),
        ("model", "modelname"),
        ("calibre", "calibrename markedcalibre"),
        ("type", "pistol semi auto converted pistol_semi"),
        ("serial", "ab1234 1234 zx99871 qw55512"),
    ];
    for (field, words) in words {
        for word in words.split(' ') {
            assert_eq!(ids(&find(&index, &format!("{field}:{word} "))), [id(1)], "of {field}:{word}");
            assert_eq!(ids(&find(&index, &format!("{word} "))), [id(1)], "of {word}");
        }
    }
    assert_eq!(find(&index, "office:madrid ").total(), 2);
    assert_eq!(find(&index, "office:ortega ").total(), 2);
}

#[test]
fn amended_record_is_found_by_what_it_says_now() {
    let folder = TempDir::new().expect("a folder");
    let index = filled(&folder, &[with(1, serde_json::json!({"remark": "before"})), record(2)]);
    let amended = with(1, serde_json::json!({"remark": "after"}));
    index.apply(&[IndexDocument::of(3, &amended)]).expect("the change");
    assert_eq!(find(&index, "before ").total(), 1, "nothing changes before the commit");
    index.commit().expect("the commit");
    assert_eq!((find(&index, "before ").total(), ids(&find(&index, "after "))), (0, vec![id(1)]));
    assert_eq!(find(&index, "").total(), 2);
    index.close().expect("the close");
    let index = open(&folder);
    index.apply(&[IndexDocument::of(4, &record(1))]).expect("a change after reopening");
    index.commit().expect("the commit");
    assert_eq!((find(&index, "after ").total(), find(&index, "").total()), (0, 2));
}

#[test]
fn several_revisions_in_one_batch_leave_the_last() {
    let folder = TempDir::new().expect("a folder");
    let index = open(&folder);
    let revision =
        |seq, remark: &str| IndexDocument::of(seq, &with(1, serde_json::json!({"remark": remark})));
    index.apply(&[revision(1, "one"), revision(2, "two"), revision(3, "three")]).expect("the batch");
    index.apply(&[revision(4, "four")]).expect("the batch");
    index.commit().expect("the commit");
    assert_eq!((find(&index, "").total(), find(&index, "four ").total()), (1, 1));
}

#[test]
fn journal_is_followed_from_where_it_was() {
    let folder = TempDir::new().expect("a folder");
    let index = open(&folder);
    assert_eq!(index.applied().expect("applied"), 0);
    index.apply(&documents(&[record(1), record(2)])).expect("the documents");
    assert_eq!((index.applied().expect("applied"), index.given().expect("given")), (0, 2));
    index.commit().expect("the commit");
    index.apply(&[IndexDocument::of(3, &record(3))]).expect("the document");
    drop(index);
    let index = open(&folder);
    assert_eq!(index.applied().expect("applied"), 2, "what was not committed is given again");
    index.apply(&documents(&[record(1), record(2), record(3)])).expect("the documents");
    index.advance(9).expect("entries without records");
    index.close().expect("the close");
    let index = open(&folder);
    assert_eq!((index.applied().expect("applied"), find(&index, "").total()), (9, 3));
    index.clear().expect("emptied");
    assert_eq!((index.applied().expect("applied"), find(&index, "").total()), (0, 0));
}

#[test]
fn every_order_is_kept_over_segments_with_unknown_values_last() {
    let folder = TempDir::new().expect("a folder");
    let index = open(&folder);
    let mut numbers = Numbers(11);
    let mut all = Vec::new();
    for seq in 1..=700 {
        all.push(IndexDocument::of(seq, &random_record(seq, &mut numbers)));
        if seq % 100 == 0 {
            index.apply(&all[all.len() - 100..]).expect("the batch");
            index.commit().expect("the commit");
        }
    }
    let value = |doc: &IndexDocument, key| -> (u64, String) {
        let columns = &doc.columns;
        match key {
            SortKey::Relevance | SortKey::Entered => (columns.entered, String::new()),
            SortKey::EventDate => (columns.event_first, String::new()),
            SortKey::Number => (columns.number, String::new()),
            SortKey::Make => (u64::from(!columns.make.is_empty()), columns.make.clone()),
            SortKey::Model => (u64::from(!columns.model.is_empty()), columns.model.clone()),
            SortKey::State => (columns.state, String::new()),
            SortKey::Country => (columns.country, String::new()),
            SortKey::Review => (columns.due, String::new()),
        }
    };
    let keys = [
        SortKey::Relevance,
        SortKey::EventDate,
        SortKey::Entered,
        SortKey::Number,
        SortKey::Make,
        SortKey::Model,
        SortKey::State,
        SortKey::Country,
        SortKey::Review,
    ];
    for key in keys {
        for descending in [false, true] {
            let found = index
                .search(&parse("").query, Sort { key, descending }, &Cancel::default())
                .expect("the search");
            assert!(found.is_ready(100) && !found.is_ready(700), "the first rows alone are ready");
            let first = found.ids(0..100, &Cancel::default()).expect("the first rows");
            let mut expected: Vec<&IndexDocument> = all.iter().collect();
            expected.sort_by(|a, b| {
                let (left, right) = (value(a, key), value(b, key));
                let by_value =
                    if descending || key == SortKey::Relevance { right.cmp(&left) } else { left.cmp(&right) };
                (left.0 == 0).cmp(&(right.0 == 0)).then(by_value).then(b.seq.cmp(&a.seq))
            });
            let expected: Vec<DocId> = expected.iter().map(|doc| doc.id).collect();
            assert_eq!(first, expected[..100], "first rows by {key:?}, descending {descending}");
            assert_eq!(ids(&found), expected, "all rows by {key:?}, descending {descending}");
            assert_eq!(found.ids(650..655, &Cancel::default()).expect("rows"), expected[650..655]);
            assert_eq!(found.ids(699..900, &Cancel::default()).expect("rows"), expected[699..]);
            assert_eq!(found.ids(900..950, &Cancel::default()).expect("rows"), []);
        }
    }
}

#[test]
fn words_that_describe_the_firearm_rank_before_words_elsewhere() {
    let folder = TempDir::new().expect("a folder");
    let say = |at, content| with(at, content);
    let index = filled(
        &folder,
        &[
            say(1, serde_json::json!({"firearm": {"make": "Zastava"}})),
            say(2, serde_json::json!({"remark": "not a Zastava"})),
            say(3, serde_json::json!({"firearm": {"make": "Zastavan"}})),
            say(4, serde_json::json!({"firearm": {"make": "Zastawa"}})),
        ],
    );
    let found = find(&index, "zastava");
    assert_eq!(ids(&found), [id(1), id(2), id(3), id(4)]);
    assert_eq!(
        (found.total(), found.similar()),
        (4, 1),
        "a begun word fits as asked, a similar one is told apart"
    );
}

#[test]
fn counts_by_value_are_those_of_what_was_found() {
    let folder = TempDir::new().expect("a folder");
    let mut numbers = Numbers(3);
    let records: Vec<Record> = (1..=300).map(|at| random_record(at, &mut numbers)).collect();
    let index = filled(&folder, &records);
    let facets = find(&index, "-cancelled").facets(&Cancel::default()).expect("the counts");
    for (reason, count) in &facets.reasons {
        let found = find(&index, &format!("-cancelled reason:{reason}"));
        assert_eq!(found.total(), *count, "of {reason}");
    }
    let of_all: u64 = facets.states.iter().map(|(_, count)| count).sum();
    assert_eq!(of_all, find(&index, "-cancelled").total());
    assert!(facets.countries.is_sorted_by(|a, b| a.1 >= b.1) && facets.countries.len() == 3, "{facets:?}");
}

#[test]
fn stopped_search_says_so() {
    let folder = TempDir::new().expect("a folder");
    let records: Vec<Record> = (1..=600).map(record).collect();
    let index = filled(&folder, &records);
    let stopped = Cancel::default();
    stopped.cancel();
    let answer = index.search(&parse("madrid").query, Sort::RELEVANCE, &stopped);
    assert!(matches!(answer, Err(SearchError::Cancelled)));
    let found = find(&index, "madrid");
    assert!(matches!(found.ids(400..410, &stopped), Err(SearchError::Cancelled)));
    assert_eq!(found.ids(400..410, &Cancel::default()).expect("not stopped").len(), 10);
}

#[test]
fn what_was_found_stays_while_the_index_changes() {
    let folder = TempDir::new().expect("a folder");
    let records: Vec<Record> = (1..=600).map(record).collect();
    let index = filled(&folder, &records);
    let found = find(&index, "madrid");
    index.clear().expect("emptied");
    assert_eq!(ids(&found).len(), 600);
    assert_eq!(find(&index, "madrid").total(), 0);
}

#[test]
fn second_writer_is_refused_and_a_reader_is_not() {
    let folder = TempDir::new().expect("a folder");
    let index = filled(&folder, &[record(1)]);
    let second = CaseIndex::open(folder.path(), Options::default());
    assert!(matches!(second, Err(SearchError::InUse { .. })), "a second writer was let in");
    let read = Options { mode: Mode::Read, ..Options::default() };
    let (reader, notices) = CaseIndex::open(folder.path(), read).expect("a reader");
    assert_eq!((find(&reader, "").total(), reader.applied().expect("applied"), notices), (1, 1, vec![]));
    assert!(matches!(reader.apply(&documents(&[record(2)])), Err(SearchError::ReadOnly)));
    index.apply(&[IndexDocument::of(2, &record(2))]).expect("the document");
    index.commit().expect("the commit");
    reader.reload().expect("the reload");
    assert_eq!(find(&reader, "").total(), 2);
}

#[test]
fn reader_without_index_finds_nothing_and_makes_nothing() {
    let folder = TempDir::new().expect("a folder");
    let read = Options { mode: Mode::Read, ..Options::default() };
    let (reader, notices) = CaseIndex::open(&folder.path().join("index"), read).expect("a reader");
    assert_eq!((find(&reader, "x").total(), notices), (0, vec![Notice::Missing]));
    assert!(!folder.path().join("index").exists());
}
