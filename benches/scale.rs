//! The figures at size: a workspace that was written with `headstamp demo --write DIR --records N` is opened and asked.
//!
//! ```sh
//! headstamp demo --write /tmp/two-million --records 2000000
//! HEADSTAMP_BENCH_WORKSPACE=/tmp/two-million cargo bench --bench scale
//! ```
//!
//! It prints percentiles, which criterion does not; what is small enough for criterion is in the other benches.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use headstamp::desk::demo::{demo_opening, records};
use headstamp::desk::{Cancel, CheckQuery, Desk, ListQuery};
use headstamp::domain::record::Record;
use headstamp::domain::serial::SerialPattern;
use headstamp::reference::search::Filters;

/// How often each question is asked.
const ROUNDS: usize = 1_000;

/// Questions of the kind officers ask, wide and narrow.
const TEXTS: [&str; 13] = [
    "make:zastava stolen since:2024 \"rue haute\"",
    "glock",
    "stolen",
    "burglary liège",
    "\"gun safe\" beretta",
    "zast* smuggled",
    "country:ES since:2025-06",
    "serial:C48113",
    "canal heavy rust",
    "Тетово",
    "walter p99",
    "-stolen pistol napoli",
    "case:DP-2024",
];

fn main() {
    let Some(folder) = std::env::var_os("HEADSTAMP_BENCH_WORKSPACE").map(PathBuf::from) else {
        println!(
            "scale: not run, HEADSTAMP_BENCH_WORKSPACE names no workspace (see the head of benches/scale.rs)"
        );
        return;
    };
    let opened = Instant::now();
    let (desk, notices) = Desk::open(demo_opening(&folder)).unwrap();
    println!("open {:.1} ms, resident {} MB", millis(opened.elapsed()), resident("VmRSS"));
    for notice in &notices {
        println!("  {notice}");
    }
    let first = desk.list_now(&ListQuery::default(), &Cancel::default()).unwrap();
    let rows = desk.rows(&first.ids(0..50).unwrap()).unwrap();
    let records = desk.status().records;
    println!(
        "records usable after {:.1} ms ({records} records, {} shown)",
        millis(opened.elapsed()),
        rows.len()
    );
    let loaded = Instant::now();
    let entries = desk.table().index().search("zastava", &Filters::default(), 1).total;
    println!("reference loaded in {:.1} ms ({entries} entries answer)", millis(loaded.elapsed()));
    checks(&desk);
    lists(&desk);
    println!("resident {} MB, at most {} MB", resident("VmRSS"), resident("VmHWM"));
    desk.finish().unwrap();
}

fn checks(desk: &Desk) {
    let sample: Vec<Record> = records(0x4845_4144_5354_414d, ROUNDS).collect();
    let stamped = sample.iter().filter(|record| !record.content.firearm.serial.is_empty());
    let queries: Vec<CheckQuery> = stamped.map(query).collect();
    // The example's numbers as they are recorded: one in twenty is partial, and asking for it is a search by pattern.
    measure("number as recorded", &queries, |query| drop(desk.glimpse(query)));
    let (partial, whole): (Vec<_>, Vec<_>) =
        queries.iter().cloned().partition(|query| SerialPattern::is_pattern(&query.serial));
    measure("exact check", &whole, |query| drop(desk.glimpse(query)));
    measure("partial number", &partial, |query| drop(desk.glimpse(query)));
    let patterns: Vec<CheckQuery> = queries.iter().filter_map(three_known).collect();
    measure("pattern, 3 known", &patterns, |query| drop(desk.glimpse(query)));
    let proofs: Vec<CheckQuery> = queries.iter().take(200).cloned().collect();
    measure("check with its proof", &proofs, |query| drop(desk.check(query.clone())));
}

fn lists(desk: &Desk) {
    let of = |text: &str| ListQuery { text: text.into(), ..ListQuery::default() };
    let asked: Vec<ListQuery> = TEXTS.iter().cycle().take(ROUNDS).map(|text| of(text)).collect();
    measure("full text, first page", &asked, |query| {
        drop(desk.list_now(query, &Cancel::default()));
    });
    for text in TEXTS {
        let asked = Instant::now();
        let listing = desk.list_now(&of(text), &Cancel::default()).unwrap();
        println!("  {text:<45} {:>9} records {:>8.2} ms", listing.total(), millis(asked.elapsed()));
    }
    let whole = Instant::now();
    let listing = desk.list_now(&ListQuery::default(), &Cancel::default()).unwrap();
    let total = listing.total() as usize;
    let last = listing.ids(total.saturating_sub(50)..total).unwrap();
    println!(
        "whole list in order {:.1} ms ({total} records, last page of {})",
        millis(whole.elapsed()),
        last.len()
    );
}

fn query(record: &Record) -> CheckQuery {
    let firearm = &record.content.firearm;
    CheckQuery {
        serial: firearm.serial.clone(),
        make: firearm.make.clone(),
        calibre: firearm.calibre.clone(),
        firearm_type: firearm.firearm_type,
        purpose: "measuring".into(),
    }
}

/// The same number with all but three characters unread.
fn three_known(query: &CheckQuery) -> Option<CheckQuery> {
    let norm: Vec<char> = headstamp::domain::serial::normalise(&query.serial).chars().collect();
    let kept = [0, norm.len() / 2, norm.len().checked_sub(1)?];
    let serial = norm.iter().enumerate().map(|(at, c)| if kept.contains(&at) { *c } else { '?' }).collect();
    (norm.len() > 3).then(|| CheckQuery { serial, ..query.clone() })
}

fn measure<T>(what: &str, asked: &[T], mut ask: impl FnMut(&T)) {
    asked.iter().take(20).for_each(&mut ask);
    let mut times: Vec<Duration> = Vec::with_capacity(asked.len());
    for query in asked {
        let begun = Instant::now();
        ask(query);
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let at = |share: f64| millis(times[((times.len() - 1) as f64 * share) as usize]);
    let [half, most, all] = [at(0.5), at(0.99), at(1.0)];
    println!("{what:<24} p50 {half:>8.3} ms  p99 {most:>8.3} ms  max {all:>8.3} ms  (n {})", times.len());
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// A figure of `/proc/self/status` in MB; 0 where there is none.
fn resident(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u64>().unwrap_or(0) / 1024
}
