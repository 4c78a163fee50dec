//! Records for the tests of the search, and the search itself without an index: slow, and simple enough to trust.
#![allow(dead_code, reason = "each test binary uses a part")]

use headstamp::domain::id::DocId;
use headstamp::domain::record::{Content, Record, RecordReason};
use headstamp::domain::serial::SerialPattern;
use headstamp::search::IndexDocument;
use headstamp::search::document::{IndexedSerial, country_number, day_number, first_second, place_in};
use headstamp::search::query::{
    Condition, Days, Key, Query, SerialWanted, TextField, What, When, Words, edits_allowed, number_key,
};
use headstamp::search::words::words;

/// A small generator (`SplitMix64`) whose numbers are the same on every machine.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// A record with this number in the order of entering and nothing else said.
pub fn record(at: u64) -> Record {
    let json = serde_json::json!({
        "id": id(at), "number": format!("ES-2026-{at:06}"), "owner": "ES", "office": "NCB Madrid", "state": "active",
        "provenance": {"how": "demo", "by": "J. Ortega", "at": "2026-10-01T08:00:00Z"},
    });
    serde_json::from_value(json).expect("a record with defaults")
}

pub fn id(at: u64) -> DocId {
    DocId::from_bytes(((0x0190_u128 << 112) | u128::from(at).wrapping_mul(0x1_0000_0001)).to_be_bytes())
}

/// A record of few different values, so that queries meet and miss often.
pub fn random_record(at: u64, numbers: &mut Numbers) -> Record {
    const MAKES: [&str; 7] = ["Zastava", "Zastawa", "Česká zbrojovka", "Beretta", "Застава", "unknown", ""];
    const MODELS: [&str; 7] = ["M70", "M-70", "M 70 AB2", "92 FS", "1911A1", "Special 99", ""];
    const PLACES: [&str; 6] = ["Rue Haute 12, Liège", "Haute rue", "Barajas", "Łódź", "上海市", ""];
    const TEXTS: [&str; 8] = [
        "taken from a parked car in the rue haute",
        "stolen from a dealer, with a Zastava M70 and two magazines",
        "burglary; the owner was absent",
        "seized at the border, hidden in a spare wheel",
        "burglery of a flat",
        "пистолет найден в машине",
        "مسدس في السيارة",
        "",
    ];
    const SERIALS: [&str; 9] =
        ["C-48113", "C 48?13", "48113", "AB12345", "AВ12345", "[8B]123", "Ж 481", "C-48118", ""];
    const DATES: [&str; 6] =
        ["2024-03-02", "2024-03", "2024", "2023-12-30/2024-01-02", "unknown", "2019-11-17"];
    let reasons = RecordReason::ALL;
    let mut new = record(at);
    let content = &mut new.content;
    content.firearm.make.push_str(numbers.pick::<&str>(&MAKES));
    content.firearm.make_id =
        if content.firearm.make.starts_with("Zasta") { "zastava".to_owned() } else { String::new() };
    content.firearm.model.push_str(numbers.pick::<&str>(&MODELS));
    content.firearm.serial.push_str(numbers.pick::<&str>(&SERIALS));
    content.event.place.push_str(numbers.pick::<&str>(&PLACES));
    content.event.date = numbers.pick(&DATES).parse().expect("a date");
    content.event.country = numbers.pick(&["BE", "ES", "RS", ""]).parse().ok();
    content.circumstances.push_str(numbers.pick::<&str>(&TEXTS));
    content.reason = (numbers.below(8) > 0).then(|| *numbers.pick(reasons));
    content.review_on =
        (numbers.below(3) > 0).then(|| numbers.pick(&["2026-12-01", "2027-01-31"]).parse().expect("a day"));
    content.case_ref = format!("DP-2026-{}", numbers.below(5));
    new.provenance.at = numbers
        .pick(&["2026-10-01T08:00:00Z", "2026-10-02T23:59:59Z", "2025-01-01T00:00:00Z"])
        .parse()
        .expect("a time");
    if numbers.below(20) == 0 {
        new.number = format!("OLD/{at}");
    }
    if numbers.below(4) == 0 {
        new.state = headstamp::domain::lifecycle::RecordState::Cancelled;
    }
    new
}

/// Content by JSON, for tests that say one thing.
pub fn with(at: u64, content: serde_json::Value) -> Record {
    let mut new = record(at);
    new.content = serde_json::from_value::<Content>(content).expect("content");
    new
}

/// Whether a document fits; `similar` allows words that differ by a letter or two.
pub fn fits(document: &IndexDocument, query: &Query, similar: bool) -> bool {
    query.clauses.iter().all(|clause| {
        clause.any.iter().any(|condition: &Condition| {
            let similar = similar && !condition.exclude;
            holds(document, &condition.what, similar) != condition.exclude
        })
    })
}

fn holds(document: &IndexDocument, what: &What, similar: bool) -> bool {
    let columns = &document.columns;
    match what {
        What::Words(wanted) => has_words(document, wanted, similar),
        What::Serial(wanted) => has_serial(document, wanted),
        What::Number(wanted) => has_number(document, &wanted.norm, wanted.prefix),
        What::Reason(reasons) => {
            reasons.iter().any(|reason| place_in(RecordReason::ALL, *reason) == columns.reason)
        }
        What::State(states) => states
            .iter()
            .any(|state| place_in(headstamp::domain::lifecycle::RecordState::ALL, *state) == columns.state),
        What::Country(wanted) => wanted.codes.iter().any(|code| country_number(*code) == columns.country),
        What::Owner(wanted) => wanted.codes.iter().any(|code| country_number(*code) == columns.owner),
        What::Day(When::Event, days) => lies_in(columns.event_first, columns.event_last, *days),
        What::Day(When::Due, days) => lies_in(columns.due, columns.due, *days),
        What::Day(When::Entered, Days::Unknown) => columns.entered == 0,
        What::Day(When::Entered, days) => {
            days.first().is_none_or(|day| columns.entered >= first_second(day))
                && days.last().is_none_or(|day| {
                    columns.entered < first_second(day.tomorrow().expect("not the last day"))
                })
        }
    }
}

fn lies_in(first: u64, last: u64, days: Days) -> bool {
    if days == Days::Unknown || first == 0 {
        return days == Days::Unknown && first == 0;
    }
    days.first().is_none_or(|day| last >= day_number(day))
        && days.last().is_none_or(|day| first <= day_number(day))
}

fn has_words(document: &IndexDocument, wanted: &Words, similar: bool) -> bool {
    let in_text = document
        .texts
        .iter()
        .filter(|(field, _)| wanted.field.is_none_or(|wanted| wanted == *field))
        .any(|(_, text)| text_has(&words(text), wanted, similar));
    let by_key = wanted.keys.iter().any(|key| match key {
        Key::Make(id) => document.make_id == *id,
        Key::Calibre(id) => document.calibre_id == *id,
        Key::Country(code) => document.columns.country == country_number(*code),
    });
    in_text || by_key || (wanted.field.is_none() && has_code(document, wanted))
}

fn text_has(text: &[String], wanted: &Words, similar: bool) -> bool {
    let run = |run: &[String]| {
        run.iter().zip(&wanted.words).enumerate().all(|(at, (word, wanted_word))| {
            word == wanted_word
                || (wanted.prefix && at + 1 == run.len() && word.starts_with(wanted_word.as_str()))
        })
    };
    if text.windows(wanted.words.len()).any(run) {
        return true;
    }
    let [word] = wanted.words.as_slice() else { return false };
    let loose = similar && !wanted.quoted && word.chars().all(char::is_alphabetic);
    loose
        && text
            .iter()
            .any(|other| distance(other, word) <= usize::from(edits_allowed(word)) && edits_allowed(word) > 0)
}

fn has_code(document: &IndexDocument, wanted: &Words) -> bool {
    let Some(code) = wanted.as_code() else { return false };
    let prefix = wanted.prefix && code.chars().count() >= 3;
    let stamped = document.serials.iter().any(|serial| match serial {
        IndexedSerial::Number(norm) | IndexedSerial::Piece(norm) => {
            *norm == code || (prefix && norm.starts_with(&code))
        }
        IndexedSerial::Pattern(_) => false,
    });
    let norm: String = wanted.typed.to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    stamped || (norm.len() >= 6 && document.columns.number != 0 && has_number(document, &norm, prefix))
}

fn has_serial(document: &IndexDocument, wanted: &SerialWanted) -> bool {
    document.serials.iter().any(|serial| match (serial, wanted) {
        (
            IndexedSerial::Number(norm) | IndexedSerial::Piece(norm),
            SerialWanted::Number { norm: asked, prefix },
        ) => norm == asked || (*prefix && norm.starts_with(asked.as_str())),
        (IndexedSerial::Pattern(pattern), SerialWanted::Number { norm, prefix }) => {
            !prefix && pattern.matches(norm)
        }
        (IndexedSerial::Number(norm), SerialWanted::Pattern(pattern)) => pattern.matches(norm),
        (IndexedSerial::Pattern(recorded), SerialWanted::Pattern(pattern)) => {
            SerialPattern::overlaps(recorded, pattern)
        }
        (IndexedSerial::Piece(_), SerialWanted::Pattern(_)) => false,
    })
}

fn has_number(document: &IndexDocument, norm: &str, prefix: bool) -> bool {
    let number: String = document.number.chars().filter(char::is_ascii_alphanumeric).collect();
    number == norm
        || (prefix && number.starts_with(norm))
        || (number_key(&number).is_some() && number_key(&number) == number_key(norm))
}

/// Letters added, left out, changed or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}

/// The fields a document has text in.
pub fn fields(document: &IndexDocument) -> Vec<TextField> {
    document.texts.iter().map(|(field, _)| *field).collect()
}
