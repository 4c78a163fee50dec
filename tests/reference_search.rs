//! How well the search finds what a text means, measured on real texts beside the checkout (`../shared/data` or `HEADSTAMP_SHARED`).

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "what was measured or not run is printed")]

mod reference_support;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use headstamp::reference::Reference;
use headstamp::reference::import::Reading;
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
    /// The forms of each right name.
    accepted: Vec<Vec<String>>,
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
            let mut names = vec![family, full.clone()];
            let mut plain = full;
            for word in list(&model[4]).iter().chain(&generation).chain(list(&model[3]).iter().rev()) {
                if let Some(at) = plain.rfind(&format!(" {word}")) {
                    plain.replace_range(at..=at + word.len(), "");
                    names.push(plain.clone());
                }
            }
            let accepted =
                names.iter().map(|name| name_forms(name, &brand)).filter(|forms| !forms.is_empty()).collect();
            Some(Title { text: text(&row["args"]["title"]), brand, accepted })
        })
        .collect()
}

/// A name as it may be written: whole, and without the brand, `Model` or `M` before a number; its words in alphabetical order, for
/// the order of `M2.0 Compact` is free.
fn name_forms(name: &str, brand: &str) -> Vec<String> {
    let short = match brand {
        "Smith & Wesson" => "S&W",
        "Desert Eagle" => "Magnum Research",
        other => other,
    };
    let mut forms: Vec<String> = vec![name.to_owned()];
    for prefix in [brand, short, "HK", "FN", "CZ", "CZ-USA"] {
        forms.extend(name.strip_prefix(&format!("{prefix} ")).map(str::to_owned));
        forms.extend(name.strip_suffix(&format!(" {prefix}")).map(str::to_owned));
    }
    for at in 0..forms.len() {
        for prefix in ["Model ", "M", "G", "HK"] {
            let rest =
                forms[at].strip_prefix(prefix).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            forms.extend(rest.map(str::to_owned));
        }
    }
    let mut forms: Vec<String> = forms
        .iter()
        .map(|form| {
            let mut words: Vec<String> = form.split_whitespace().map(fold).collect();
            words.sort();
            words.concat()
        })
        .filter(|form| !form.is_empty() && *form != fold(brand))
        .collect();
    forms.sort();
    forms.dedup();
    forms
}

fn make_is_right(index: &Index, hit: &Hit, brand: &str) -> bool {
    let makes = index.reference().make(brand);
    hit.entry.make_id.as_ref().is_some_and(|make| makes.contains(make))
        || fold(&hit.entry.make).starts_with(&fold(brand))
}

fn model_is_right(hit: &Hit, title: &Title) -> bool {
    hit.entry.names().any(|name| {
        let forms = name_forms(name, &title.brand);
        title.accepted.iter().any(|accepted| accepted.iter().any(|form| forms.contains(form)))
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
            for row in rows.as_slice() {
                println!("    {row}");
            }
        }
    }
    assert!(first as f64 / count >= 0.90, "make and model in first place: {:.3}", first as f64 / count);
    assert!(
        in_five as f64 / count >= 0.97,
        "make and model in the first five: {:.3}",
        in_five as f64 / count
    );
}

/// A small generator, so that each run makes the same errors.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }
}

/// One typing error at a letter or digit: left out, doubled by another, replaced, or changed with its neighbour.
fn with_typo(text: &str, random: &mut Lcg) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let places: Vec<usize> = (0..chars.len()).filter(|at| chars[*at].is_alphanumeric()).collect();
    let at = places[random.below(places.len())];
    let other = if chars[at].is_numeric() {
        char::from(b'0' + random.below(10) as u8)
    } else {
        char::from(b'a' + random.below(26) as u8)
    };
    match random.below(4) {
        0 => {
            chars.remove(at);
        }
        1 => chars.insert(at, other),
        2 => chars[at] = other,
        _ if at + 1 < chars.len() => chars.swap(at, at + 1),
        _ => chars.swap(at - 1, at),
    }
    chars.into_iter().collect()
}

fn frt_index() -> Option<Index> {
    let text = shared("reference/rcmp_frt_slice_A_to_Anderson_1739_facts.csv")?;
    let reference = Reference::shipped().expect("the shipped table loads");
    let read = reference_support::read(&reference, "frt", text.as_bytes(), &Reading::Recognised);
    assert!(read.refused.is_empty(), "refused: {:?}", &read.refused[..read.refused.len().min(5)]);
    assert_eq!(read.edition.entries.len(), 1_739);
    Some(Index::build(Arc::new(reference.with_editions(vec![read.edition]))))
}

#[test]
fn imported_entries_are_found_with_a_typing_error() {
    let Some(index) = frt_index() else { return };
    let mut random = Lcg(1);
    let mut found = 0;
    let mut missed = Vec::new();
    let of_edition: Vec<_> = index
        .reference()
        .entries()
        .iter()
        .filter(|entry| entry.id.as_str().starts_with("frt:"))
        .cloned()
        .collect();
    let started = Instant::now();
    for entry in &of_edition {
        let text = with_typo(&format!("{} {}", entry.make, entry.model), &mut random);
        let results = index.search(&text, &Filters::default(), 5);
        let own = entry.same_as.as_ref().unwrap_or(&entry.id);
        if results.hits.iter().any(|hit| hit.entry.id == *own) {
            found += 1;
        } else {
            let best: Vec<String> = results
                .hits
                .iter()
                .map(|hit| format!("{} {} ({:.2})", hit.entry.make, hit.entry.model, hit.score))
                .collect();
            missed.push(format!("{text} [{} {}] => {best:?}", entry.make, entry.model));
        }
    }
    let share = f64::from(found) / of_edition.len() as f64;
    println!(
        "{} entries, {:?} each: {share:.3} in five",
        of_edition.len(),
        started.elapsed() / of_edition.len() as u32
    );
    if std::env::var_os("HEADSTAMP_ROWS").is_some() {
        for row in &missed {
            println!("    {row}");
        }
    }
    assert!(share >= 0.95, "own entry in the first five: {share:.3}");
}

#[test]
fn hostile_texts_are_searched_quickly_and_stop_nothing() {
    let index = index();
    let texts = [
        String::new(),
        "beretta 92 ".repeat(1_000),
        "ж".repeat(10_000),
        "9x".repeat(5_000),
        "一二三四五十".repeat(2_000),
        "№".repeat(3_000),
        "s/n ".repeat(2_500),
        "...,,,---///&&&;;;###".into(),
        "\u{0}\u{1}\u{7f}\u{1b}[31mglock\u{1b}[0m\t17\r\n".into(),
        "🔫🔫 glock 19 🔫".into(),
        "\u{202e}71 kcolg\u{202c} \u{200f}מסדס\u{200e}".into(),
        "&#x41;&#0;&#xffffffff;&amp;&bogus;&".into(),
        "a\u{301}".repeat(3_000),
        // What may be letters that are spelled, or numbers that are spoken, or a serial that goes on, to the end of the text.
        "a b c d e f g ".repeat(300),
        "éfe bê pê ".repeat(300),
        "twenty one ".repeat(300),
        "s/n AB 12 1234 ".repeat(300),
        "O0l1".repeat(1_000),
        "ﷺ".repeat(500),
        "٩٩٩ ۹۹۹ ९९९ ๙๙๙ ①②③ Ⅷ ½".into(),
    ];
    for text in &texts {
        let started = Instant::now();
        let results = index.search(text, &Filters::default(), 20);
        assert!(results.hits.len() <= 20);
        // Two hundred times a keystroke's bound: a text that is worse than linear takes far longer.
        let took = started.elapsed();
        let shown: String = text.chars().take(20).collect();
        assert!(took.as_millis() < 600, "{shown:?}… of {} characters took {took:?}", text.chars().count());
    }
    assert!(index.search("🔫🔫 glock 19 🔫", &Filters::default(), 5).hits[0].entry.model.contains("19"));
}
