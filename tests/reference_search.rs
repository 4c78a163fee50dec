//! How well the search finds what a text means, measured on real texts beside the checkout (`../shared/data` or `HEADSTAMP_SHARED`).

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use headstamp::reference::Reference;
use headstamp::reference::search::{Filters, Hit, Index};

fn shared(file: &str) -> Option<String> {
    let root = std::env::var_os("HEADSTAMP_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("data").join(file);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("NOT RUN: {} is absent", path.display());
    }
    text
}

fn index() -> Index {
    Index::build(Arc::new(Reference::shipped().expect("the shipped table loads")))
}

/// Letters and digits only, small.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A title, and the brand and the model names that are right.
struct Title {
    text: String,
    brand: String,
    accepted: Vec<String>,
}

fn titles(text: &str) -> Vec<Title> {
    text.lines()
        .filter_map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).expect("the set is JSON lines");
            let expected = &row["expected"];
            let model = expected["model"].as_array()?;
            let brand = expected["brand"].as_str()?.to_owned();
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let list = |value: &serde_json::Value| -> Vec<String> {
                value.as_array().into_iter().flatten().map(&text).collect()
            };
            // The label names the family's chief model, and the model with its configuration and features; without these it is
            // the model.
            let (family, full) = (text(&model[0]), text(&model[1]));
            let generation =
                if text(&model[2]).is_empty() { vec![] } else { vec![format!("Gen {}", text(&model[2]))] };
            let mut plain = full.clone();
            for word in list(&model[3]).iter().chain(&list(&model[4])).chain(&generation) {
                plain = plain.replace(&format!(" {word}"), "");
            }
            let accepted = [family, full, plain].iter().map(|name| without_brand(name, &brand)).collect();
            Some(Title { text: text(&row["args"]["title"]), brand, accepted })
        })
        .collect()
}

fn without_brand(name: &str, brand: &str) -> String {
    let short = match brand {
        "Smith & Wesson" => "S&W",
        "Desert Eagle" => "Magnum Research",
        other => other,
    };
    let name = fold(name);
    let rest = [brand, short].iter().find_map(|brand| name.strip_prefix(&fold(brand)).map(str::to_owned));
    let rest = rest.filter(|rest| !rest.is_empty()).unwrap_or(name);
    rest.strip_suffix(&fold(brand)).map(str::to_owned).filter(|rest| !rest.is_empty()).unwrap_or(rest)
}

fn make_is_right(index: &Index, hit: &Hit, brand: &str) -> bool {
    let makes = index.reference().make(brand);
    hit.entry.make_id.as_ref().is_some_and(|make| makes.contains(make))
        || fold(&hit.entry.make).starts_with(&fold(brand))
}

fn model_is_right(hit: &Hit, title: &Title) -> bool {
    hit.entry.names().any(|name| {
        let name = without_brand(name, &title.brand);
        let bare = name.strip_prefix("model").unwrap_or(&name);
        title.accepted.iter().any(|accepted| {
            let accepted = accepted.strip_prefix("model").unwrap_or(accepted);
            accepted == bare
        })
    })
}

#[test]
fn shop_titles_find_their_make_and_model() {
    let Some(text) = shared("search/store-titles.jsonl") else { return };
    let index = index();
    let titles = titles(&text);
    let mut first = 0;
    let mut in_five = 0;
    let mut errors: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let started = Instant::now();
    for title in &titles {
        let results = index.search(&title.text, &Filters::default(), 5);
        let right = |hit: &Hit| make_is_right(&index, hit, &title.brand) && model_is_right(hit, title);
        let place = results.hits.iter().position(right);
        first += usize::from(place == Some(0));
        in_five += usize::from(place.is_some());
        if place != Some(0) {
            let kind = match results.hits.first() {
                None => "nothing found",
                Some(hit) if !make_is_right(&index, hit, &title.brand) => "other make",
                Some(_) if place.is_some() => "other model first",
                Some(_) => "other model, right one not in five",
            };
            let found: Vec<String> = results
                .hits
                .iter()
                .map(|hit| format!("{} {} ({:.2})", hit.entry.make, hit.entry.model, hit.score))
                .collect();
            errors
                .entry(kind)
                .or_default()
                .push(format!("{} => {:?}; wanted {:?}", title.text, found, title.accepted));
        }
    }
    let count = titles.len() as f64;
    println!("{} titles, {:?} each", titles.len(), started.elapsed() / titles.len() as u32);
    println!("first {:.3}, in five {:.3}", first as f64 / count, in_five as f64 / count);
    for (kind, rows) in &errors {
        println!("{kind}: {}", rows.len());
        if std::env::var_os("HEADSTAMP_ROWS").is_some() {
            rows.iter().for_each(|row| println!("    {row}"));
        }
    }
    assert!(first as f64 / count >= 0.90, "make and model in first place: {:.3}", first as f64 / count);
    assert!(
        in_five as f64 / count >= 0.97,
        "make and model in the first five: {:.3}",
        in_five as f64 / count
    );
}
