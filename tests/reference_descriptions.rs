//! Descriptions as officers of many countries write them, and whether the search finds what an examiner would.
//!
//! `fixtures/reference/descriptions.jsonl` was written for this test, each row with the makes and models that a knowledgeable
//! examiner accepts, before the search saw it. Two thirds are open and may be worked with; one third is held out.
//! `fixtures/reference/descriptions-of-others.jsonl` was written by two authors who saw neither the table nor the search nor each
//! other's rows: long-tailed, from 176 countries; `descriptions-of-two-more.jsonl` by two more authors under the same rule, with more of
//! what was dictated, heard or scanned; `descriptions-typical.jsonl` by a fifth and a sixth of the ordinary run of cases, the fifth's rows
//! open, the sixth's held out. The rows of their held-out parts were only counted, never read, while the search was worked on.

#![allow(clippy::print_stdout, reason = "what was measured is printed")]

use std::collections::BTreeMap;
use std::sync::Arc;

use headstamp::reference::Reference;
use headstamp::reference::search::{Filters, Hit, Index};
use serde::Deserialize;

const OWN: &str = include_str!("fixtures/reference/descriptions.jsonl");
const OF_OTHERS: &str = include_str!("fixtures/reference/descriptions-of-others.jsonl");
const TYPICAL: &str = include_str!("fixtures/reference/descriptions-typical.jsonl");
const OF_TWO_MORE: &str = include_str!("fixtures/reference/descriptions-of-two-more.jsonl");

/// A description.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    text: String,
    country: String,
    language: String,
    /// Report, register, customs, shop, auction or stamp.
    kind: String,
    /// What is wrong or unusual in it.
    error: String,
    accept: Vec<Accepted>,
    /// The serial number that it names.
    serial: Option<String>,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    Open,
    HeldOut,
}

/// An answer that is right: what is left out may be anything.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    make: Option<String>,
    model: Option<String>,
    r#type: Option<String>,
}

fn descriptions(set: &str, part: Part) -> Vec<Description> {
    let rows = set.lines().map(|line| serde_json::from_str(line).expect("the set is JSON lines"));
    rows.filter(|row: &Description| row.part == part).collect()
}

/// Letters and digits only, small, without the accents of the languages of the labels.
fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let plain = text.nfkd().filter(|c| c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).map(|c| if c == 'ı' { 'i' } else { c }).collect()
}

fn accepts(index: &Index, accepted: &Accepted, hit: &Hit) -> bool {
    let entry = &hit.entry;
    let make_agrees = |make: &String| {
        let known = index.reference().make(make);
        entry.make_id.as_ref().is_some_and(|id| known.contains(id)) || fold(&entry.make).contains(&fold(make))
    };
    let is_named = |wanted: &str| entry.names().any(|name| fold(name) == wanted);
    let model_agrees = |model: &String| is_named(&fold(model));
    // A card also answers for a make and model that are one name to it: Mosin-Nagant M91/30 of Izhevsk.
    let both_agree = || {
        let both = accepted.make.as_ref().zip(accepted.model.as_ref());
        both.is_some_and(|(make, model)| is_named(&(fold(make) + &fold(model))))
    };
    let type_agrees = |kind: &String| entry.firearm_type.is_some_and(|known| known.id() == *kind);
    let make_and_model =
        || accepted.make.as_ref().is_none_or(make_agrees) && accepted.model.as_ref().is_none_or(model_agrees);
    accepted.r#type.as_ref().is_none_or(type_agrees) && (make_and_model() || both_agree())
}

/// How many, and of these how many right in first place and in the first five.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    all: usize,
    first: usize,
    five: usize,
}

impl Tally {
    fn count(&mut self, place: Option<usize>) {
        self.all += 1;
        self.first += usize::from(place == Some(0));
        self.five += usize::from(place.is_some_and(|place| place < 5));
    }

    fn first_share(self) -> f64 {
        self.first as f64 / self.all.max(1) as f64
    }

    fn five_share(self) -> f64 {
        self.five as f64 / self.all.max(1) as f64
    }
}

fn measure(index: &Index, name: &str, set: &str, part: Part) -> Tally {
    let mut all = Tally::default();
    let mut by: BTreeMap<String, Tally> = BTreeMap::new();
    let mut missed = Vec::new();
    for row in descriptions(set, part) {
        let results = index.search(&row.text, &Filters::default(), 20);
        let right = |hit: &Hit| row.accept.iter().any(|accepted| accepts(index, accepted, hit));
        let place = results.hits.iter().position(right);
        all.count(place);
        let groups = [
            ("error", &row.error),
            ("kind", &row.kind),
            ("language", &row.language),
            ("country", &row.country),
        ];
        for (name, value) in groups {
            by.entry(format!("{name} {value}")).or_default().count(place);
        }
        if place != Some(0) {
            let found: Vec<String> = results
                .hits
                .iter()
                .take(5)
                .map(|hit| format!("{} [{}] {:.2}", hit.entry.make, hit.entry.model, hit.score))
                .collect();
            let wanted: Vec<String> = row
                .accept
                .iter()
                .map(|it| {
                    format!("{}:{}", it.make.as_deref().unwrap_or("*"), it.model.as_deref().unwrap_or("*"))
                })
                .collect();
            let place = place.map_or("-".into(), |place| (place + 1).to_string());
            missed.push(format!(
                "{place:>2} {} {}\n      found  {}\n      wanted {}",
                row.country,
                row.text,
                found.join(" · "),
                wanted.join(" · ")
            ));
        }
    }
    println!(
        "{name}, {part:?}: {} descriptions, first {:.3}, in five {:.3}",
        all.all,
        all.first_share(),
        all.five_share()
    );
    for (name, tally) in by
        .iter()
        .filter(|(name, _)| std::env::var_os("HEADSTAMP_ROWS").is_some() || !name.starts_with("country"))
    {
        println!(
            "  {name:<20} {:>4}  first {:.2}  in five {:.2}",
            tally.all,
            tally.first_share(),
            tally.five_share()
        );
    }
    if std::env::var_os("HEADSTAMP_ROWS").is_some() {
        for row in &missed {
            println!("{row}");
        }
    }
    all
}

/// A set, its name, the part, and the shares that must be right in first place and in the first five.
const LEAST: [(&str, &str, Part, f64, f64); 8] = [
    ("own", OWN, Part::Open, 0.89, 0.92),
    ("own", OWN, Part::HeldOut, 0.87, 0.91),
    ("of others", OF_OTHERS, Part::Open, 0.86, 0.91),
    ("of others", OF_OTHERS, Part::HeldOut, 0.82, 0.89),
    ("of two more", OF_TWO_MORE, Part::Open, 0.82, 0.87),
    ("of two more", OF_TWO_MORE, Part::HeldOut, 0.79, 0.83),
    ("typical", TYPICAL, Part::Open, 0.87, 0.94),
    ("typical", TYPICAL, Part::HeldOut, 0.88, 0.94),
];

#[test]
fn descriptions_find_what_an_examiner_would() {
    let index = Index::build(Arc::new(Reference::shipped().expect("the shipped table loads")));
    let mut short = Vec::new();
    for (name, set, part, first, five) in LEAST {
        let all = measure(&index, name, set, part);
        for (place, share, least) in
            [("first place", all.first_share(), first), ("the first five", all.five_share(), five)]
        {
            if share < least {
                short.push(format!("{name}, {part:?}: right in {place}: {share:.3}, at least {least}"));
            }
        }
    }
    assert!(short.is_empty(), "{}", short.join("\n"));
}

#[test]
fn serial_named_in_a_description_is_found_and_no_other() {
    let index = Index::build(Arc::new(Reference::shipped().expect("the shipped table loads")));
    let mut wrong = Vec::new();
    for row in descriptions(OWN, Part::Open).into_iter().chain(descriptions(OWN, Part::HeldOut)) {
        let found = index.search(&row.text, &Filters::default(), 5).serial;
        let text = found.as_ref().map(|serial| serial.text.as_str());
        if text != row.serial.as_deref() {
            wrong.push(format!("{:?}: found {text:?}, wanted {:?}", row.text, row.serial));
        }
    }
    assert!(wrong.is_empty(), "{} wrong serials:\n{}", wrong.len(), wrong.join("\n"));
}
