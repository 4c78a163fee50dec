//! The cards against independent lists: where the table links a row to a card, the card says so, and does not contradict it unsaid.
//!
//! Packages are part of the table; the other lists are read beside the checkout (`../shared/data` or `HEADSTAMP_SHARED`).

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "what was measured or not run is printed")]

mod reference_support;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use headstamp::reference::entry::Source;
use headstamp::reference::import::Reading;
use headstamp::reference::{Entry, Reference};

/// A list's file, the name of the edition it is imported as, and how a card's `checked` begins to speak of it.
const LISTS: [(&str, &str, &str); 3] = [
    ("rcmp_frt_slice_A_to_Anderson_1739_facts.csv", "frt", "FRT slice: make and model"),
    ("canada_asfcp_frn_make_model.csv", "asfcp", "ASFCP list: listed"),
    ("atf_curios_relics_1972-2025_raw_entries_USGOV_PD.csv", "atf-curios", "ATF curios: listed"),
];

fn shared(file: &str) -> Option<String> {
    let root = std::env::var_os("HEADSTAMP_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("data/reference").join(file);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("NOT RUN: {} is absent", path.display());
    }
    text
}

fn checked(card: &Entry) -> &str {
    card.details().checked.as_deref().unwrap_or_default()
}

/// Rows of one source that the table links to a card, with the card.
fn linked<'a>(table: &'a Reference, of: &str) -> Vec<(&'a Arc<Entry>, &'a Arc<Entry>)> {
    let from_it = |entry: &&Arc<Entry>| match &entry.source {
        Source::Card => false,
        Source::Package(name) | Source::Edition(name) => &**name == of,
    };
    let card = |id: &str| table.entry(id).filter(|card| card.is_card());
    table
        .entries()
        .iter()
        .filter(from_it)
        .filter_map(|row| Some((row, card(row.same_as.as_ref()?.as_str())?)))
        .collect()
}

/// Cards to which a row is linked and that do not say so.
fn silent(linked: &[(&Arc<Entry>, &Arc<Entry>)], words: &str) -> BTreeSet<String> {
    linked
        .iter()
        .filter(|(_, card)| !checked(card).contains(words))
        .map(|(row, card)| format!("{} is linked to {} {}", card.id, row.make, row.model))
        .collect()
}

#[test]
fn cards_that_lists_know_say_so() {
    let table = Reference::shipped().expect("the shipped table loads");
    for (file, name, words) in LISTS {
        let Some(text) = shared(file) else { continue };
        let read = reference_support::read(&table, name, text.as_bytes(), &Reading::Recognised);
        let with = table.with_editions(vec![read.edition]);
        let rows = linked(&with, name);
        let cards: BTreeSet<&str> = rows.iter().map(|(_, card)| card.id.as_str()).collect();
        println!("{name}: {} rows are linked to {} cards", rows.len(), cards.len());
        assert!(!rows.is_empty(), "{name}: no row is linked to a card");
        let silent = silent(&rows, words);
        assert!(silent.is_empty(), "{name}: {} cards are silent:\n{silent:#?}", silent.len());
    }
}

#[test]
fn cards_that_packages_know_say_so() {
    let table = Reference::shipped().expect("the shipped table loads");
    let packages: BTreeSet<&str> = table
        .entries()
        .iter()
        .filter_map(|entry| match &entry.source {
            Source::Package(name) => Some(&**name),
            _ => None,
        })
        .collect();
    for (begins, words) in [("gunsnprices", "gunsnprices: listed"), ("misp", "MISP articles: listed")] {
        let name =
            packages.iter().find(|name| name.starts_with(begins)).expect("the package is in the table");
        let rows = linked(&table, name);
        println!("{name}: {} rows are linked", rows.len());
        let silent = silent(&rows, words);
        assert!(silent.is_empty(), "{name}: {} cards are silent:\n{silent:#?}", silent.len());
    }
}

/// The cards of linked rows, each once.
fn cards_of<'a>(rows: &[(&'a Arc<Entry>, &'a Arc<Entry>)]) -> Vec<&'a Arc<Entry>> {
    let mut cards: Vec<&Arc<Entry>> = rows.iter().map(|(_, card)| *card).collect();
    cards.sort_by(|one, other| one.id.cmp(&other.id));
    cards.dedup_by(|one, other| one.id == other.id);
    cards
}

/// Whether a card says that a field of a list agrees.
fn claims(card: &Entry, list: &str, field: &str) -> bool {
    let said = checked(card);
    let Some(at) = said.find(list) else { return false };
    let sentence = said[at..].split(". ").next().unwrap_or_default();
    let agreeing = sentence.split(';').next().unwrap_or_default();
    agreeing.split([':', ',', ' ']).any(|word| word == field)
}

#[test]
fn what_a_card_says_to_agree_with_the_canadian_table_agrees() {
    let table = Reference::shipped().expect("the shipped table loads");
    let (file, name, _) = LISTS[0];
    let Some(text) = shared(file) else { return };
    let read = reference_support::read(&table, name, text.as_bytes(), &Reading::Recognised);
    let with = table.with_editions(vec![read.edition]);
    let rows = linked(&with, name);
    let mut wrong = Vec::new();
    for card in cards_of(&rows) {
        let own: Vec<&Entry> =
            rows.iter().filter(|(_, of)| of.id == card.id).map(|(row, _)| row.as_ref()).collect();
        let same_type = own.iter().any(|row| row.firearm_type == card.firearm_type);
        let same_country =
            own.iter().any(|row| row.countries.iter().any(|country| card.countries.contains(country)));
        for (field, holds) in [("type", same_type), ("country", same_country)] {
            println!("{} {field}: {holds}, the card says {}", card.id, claims(card, "FRT slice", field));
            if claims(card, "FRT slice", field) != holds {
                wrong.push(format!("{} {field}: {holds}, the card says: {}", card.id, checked(card)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
