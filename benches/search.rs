//! How fast the index takes records and answers.
//!
//! `cargo bench --bench search` compares runs on 20,000 records. With `HEADSTAMP_BENCH_RECORDS=2000000` it makes one run at that size
//! and prints what docs/search.md quotes: records per second, times of 200 different queries, memory and disk. With
//! `HEADSTAMP_BENCH_DIR` the index is kept in that folder and asked again by the next run.
#![allow(clippy::print_stdout)]

mod search_records;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::Criterion;
use headstamp::search::query::parse;
use headstamp::search::{Cancel, CaseIndex, IndexDocument, Options, Sort, SortKey};
use search_records::{Records, queries};

const BATCH: usize = 2_000;
const ROUNDS: usize = 3;

fn main() {
    let at_size = std::env::var("HEADSTAMP_BENCH_RECORDS").ok().and_then(|records| records.parse().ok());
    match at_size {
        Some(records) => measure(records),
        None => compare(),
    }
}

fn compare() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = open(folder.path());
    let mut source = Records::new();
    fill(&index, &mut source, 20_000);
    index.commit().expect("the commit");
    let mut criterion = Criterion::default().configure_from_args();
    for (name, text) in [
        ("one word", "zastava "),
        ("filter and phrase", "stolen since:2020 \"central station\""),
        ("begun word", "za"),
        ("everything", ""),
    ] {
        let query = parse(text).query;
        criterion.bench_function(name, |bench| bench.iter(|| run(&index, black_box(&query))));
    }
    criterion.bench_function("add 2,000 records", |bench| {
        bench.iter_with_setup(|| source.batch(BATCH), |batch| index.apply(&batch).expect("the batch"));
    });
    criterion.final_summary();
}

fn measure(records: usize) {
    let kept = std::env::var_os("HEADSTAMP_BENCH_DIR").map(PathBuf::from);
    let made = tempfile::tempdir().expect("a folder");
    let folder = kept.as_deref().unwrap_or(made.path());
    let mut source = Records::new();
    println!("{records} records of {} bytes of JSON", Records::average_json());
    if open(folder).applied().expect("applied") == records as u64 {
        source.pass_over(records as u64);
    } else {
        add(folder, &mut source, records);
    }
    let started = Instant::now();
    let index = open(folder);
    println!("opened in {:.1?}, {} segments, memory {}", started.elapsed(), index.segments(), memory());
    let texts = queries(&mut source, 200);
    for round in 1..=ROUNDS {
        ask(&index, &texts, round);
    }
    order(&index);
    println!("after queries: memory {}", memory());
    if kept.is_none() {
        change(&index, &mut source);
    }
    index.close().expect("the close");
    let started = Instant::now();
    let check = Options { check_files: true, ..Options::default() };
    let opened = CaseIndex::open(folder, check).expect("the index opens");
    println!("opened with every file checked in {:.1?}: {:?}", started.elapsed(), opened.1);
}

fn add(folder: &Path, source: &mut Records, records: usize) {
    let index = open(folder);
    let took = fill(&index, source, records);
    println!("added: {:.0} records/s ({took:.1?}), memory {}", records as f64 / took.as_secs_f64(), memory());
    let started = Instant::now();
    index.close().expect("the close");
    println!(
        "last merges {:.1?}, disk {} MB, memory {}",
        started.elapsed(),
        size(folder) / 1_000_000,
        memory()
    );
}

fn open(folder: &Path) -> CaseIndex {
    let (index, notices) = CaseIndex::open(folder, Options::default()).expect("the index opens");
    assert!(notices.is_empty(), "{notices:?}");
    index
}

/// Adds records and gives the time that the index took of it.
fn fill(index: &CaseIndex, source: &mut Records, records: usize) -> Duration {
    let mut took = Duration::ZERO;
    let mut left = records;
    while left > 0 {
        let batch = source.records(BATCH.min(left));
        left -= batch.len();
        let started = Instant::now();
        let documents: Vec<IndexDocument> =
            batch.iter().map(|(seq, record)| IndexDocument::of(*seq, record)).collect();
        index.apply(&documents).expect("the batch");
        took += started.elapsed();
    }
    let started = Instant::now();
    index.commit().expect("the commit");
    took + started.elapsed()
}

fn run(index: &CaseIndex, query: &headstamp::search::Query) -> u64 {
    let cancel = Cancel::default();
    let found = index.search(query, Sort::RELEVANCE, &cancel).expect("the search");
    black_box(found.ids(0..50, &cancel).expect("the first rows"));
    found.total()
}

/// Asks each query, and prints how long the answers took: by the clock, and of the processor alone, which is what the clock
/// would show on a machine with nothing else to do.
fn ask(index: &CaseIndex, texts: &[String], round: usize) {
    let mut times: Vec<(Duration, Duration, u64, &str)> = Vec::new();
    for text in texts {
        let (started, worked) = (Instant::now(), worked());
        let total = run(index, &parse(text).query);
        times.push((self::worked().saturating_sub(worked), started.elapsed(), total, text));
    }
    let shares = |mut all: Vec<Duration>| {
        all.sort();
        let at = |share: f64| all[((all.len() - 1) as f64 * share) as usize];
        format!("p50 {:.1?}, p90 {:.1?}, p99 {:.1?}, max {:.1?}", at(0.5), at(0.9), at(0.99), at(1.0))
    };
    println!("queries, round {round}, by the clock: {}", shares(times.iter().map(|time| time.1).collect()));
    println!("queries, round {round}, processor:    {}", shares(times.iter().map(|time| time.0).collect()));
    times.sort();
    for (worked, clock, total, text) in times.iter().rev().take(12) {
        println!("    {worked:.1?} ({clock:.1?})  {total:>8} found  {text:?}");
    }
}

/// The time the processor has worked for this thread (Linux).
fn worked() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

fn order(index: &CaseIndex) {
    let everything = parse("").query;
    let cancel = Cancel::default();
    for key in [SortKey::Entered, SortKey::EventDate, SortKey::Number, SortKey::Make, SortKey::Model] {
        for again in [false, true] {
            let started = Instant::now();
            let found =
                index.search(&everything, Sort { key, descending: false }, &cancel).expect("the search");
            let first = started.elapsed();
            let middle = found.total() as usize / 2;
            found.ids(middle..middle + 50, &cancel).expect("rows in the middle");
            let all = started.elapsed();
            let jump = Instant::now();
            found.ids(100..150, &cancel).expect("rows");
            found.ids(middle / 2..middle / 2 + 50, &cancel).expect("rows");
            println!(
                "all by {key:?}{}: first rows {first:.1?}, all ordered {all:.1?}, a jump {:.1?}",
                if again { " again" } else { "" },
                jump.elapsed()
            );
        }
    }
    let found = index.search(&everything, Sort::RELEVANCE, &cancel).expect("the search");
    let started = Instant::now();
    black_box(found.facets(&cancel).expect("the counts"));
    println!("counts by value of everything: {:.1?}", started.elapsed());
}

/// Single changes, committed one by one, as an officer makes them.
fn change(index: &CaseIndex, source: &mut Records) {
    let mut times: Vec<Duration> = Vec::new();
    for at in 0..30 {
        let record = source.amended(at * 31 + 1);
        let started = Instant::now();
        index.apply(&[record]).expect("the change");
        index.commit().expect("the commit");
        times.push(started.elapsed());
    }
    times.sort();
    println!(
        "one change committed: p50 {:.1?}, max {:.1?}, {} segments",
        times[15],
        times[29],
        index.segments()
    );
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| -> String {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        let kb: u64 = line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or(0);
        format!("{} MB", kb / 1024)
    };
    format!("now {} (files {}), highest {}", of("VmRSS"), of("RssFile"), of("VmHWM"))
}

fn size(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| {
            let path = entry.path();
            if path.is_dir() { size(&path) } else { entry.metadata().map_or(0, |meta| meta.len()) }
        })
        .sum()
}
