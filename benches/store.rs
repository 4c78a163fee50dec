//! What the store costs: appending, opening, looking up.
//!
//! `cargo bench --bench store` measures small stores with criterion. `HEADSTAMP_BENCH_RECORDS=2000000 cargo bench --bench store`
//! instead writes a store of that size into a temporary folder (`TMPDIR`) and prints what docs/store.md quotes.
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion, Throughput};
use headstamp::domain::id::DocId;
use headstamp::domain::officer::Officer;
use headstamp::domain::serial::{SerialKeys, SerialPattern};
use headstamp::store::{DiskStore, DocKind, Keys, NewEntry, OpenOptions, SerialColumn, Store};
use jiff::Timestamp;
use serde_json::Value;

/// How many records are appended at once.
const BATCH: u64 = 1_000;

/// How many lookups a percentile is taken of.
const LOOKUPS: u64 = 20_000;

fn main() {
    if let Some(path) = std::env::var_os("HEADSTAMP_BENCH_OPEN") {
        return open_alone(Path::new(&path));
    }
    if let Some(records) = std::env::var("HEADSTAMP_BENCH_RECORDS").ok().and_then(|text| text.parse().ok()) {
        return measure(records);
    }
    let mut criterion = Criterion::default().configure_from_args();
    small(&mut criterion);
    criterion.final_summary();
}

fn small(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("append");
    for count in [1, BATCH] {
        group.throughput(Throughput::Elements(count));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = DiskStore::create(folder.path(), &options()).expect("a new store");
        let mut next = 0;
        group.bench_function(format!("{count}_at_once"), |bencher| {
            let batch = || {
                next += count;
                (next - count..next).map(record).collect::<Vec<_>>()
            };
            bencher.iter_batched(batch, |batch| store.append(batch).expect("room"), BatchSize::PerIteration);
        });
    }
    group.finish();

    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = DiskStore::create(folder.path(), &options()).expect("a new store");
    fill(&store, 20_000);
    let mut group = criterion.benchmark_group("20000_records");
    let mut at = 0;
    group.bench_function("exact_serial_and_document", |bencher| {
        bencher.iter(|| {
            at = (at + 7_919) % 20_000;
            black_box(look_up(&store, at))
        });
    });
    let pattern = SerialPattern::parse("?48?1??").expect("a pattern");
    group.bench_function("pattern_of_three_known", |bencher| {
        bencher.iter(|| black_box(store.find_pattern(&pattern, 200).expect("readable")));
    });
    drop(store);
    group.bench_function("open", |bencher| {
        bencher.iter(|| DiskStore::open(folder.path(), &options()).expect("a store"));
    });
    group.finish();
}

fn measure(records: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    let store = DiskStore::create(path, &options()).expect("a new store");
    let json: usize = (0..1_000).map(|n| record(n).body.len()).sum();
    let json = json as u64 * records / 1_000;
    // Making the records is not the store's work, so that it is measured apart and taken off.
    let (begun, cpu) = (Instant::now(), processor_seconds());
    (0..records.min(100_000)).for_each(|n| drop(black_box(record(n))));
    let part = records as f64 / records.min(100_000) as f64;
    let (making, making_cpu) = (begun.elapsed().mul_f64(part), (processor_seconds() - cpu) * part);
    let (begun, cpu) = (Instant::now(), processor_seconds());
    let slowest = fill(&store, records);
    let took = begun.elapsed().saturating_sub(making).as_secs_f64();
    let cpu = processor_seconds() - cpu - making_cpu;
    println!(
        "add: {records} records in batches of {BATCH}: {took:.1} s, {:.0} a second; {cpu:.1} s of a processor, {:.0} a second of it; \
         slowest batch {slowest:.0?}, {}",
        records as f64 / took,
        records as f64 / cpu,
        memory()
    );
    sizes(path, json);
    lookups(&store, records);
    let begun = Instant::now();
    drop(store);
    println!("close: {:.0?}", begun.elapsed());
    for _ in 0..3 {
        let begun = Instant::now();
        let (store, notices) = DiskStore::open(path, &options()).expect("a store");
        println!("open: {:.1?} {notices:?}", begun.elapsed());
        drop(store);
    }
    println!("for the memory of a store that is only opened: {}", in_a_child(path, "open"));
    println!("read-only: {}", in_a_child(path, "read-only"));
    std::fs::remove_dir_all(path.join("state")).expect("the state's folder");
    println!("state deleted: {}", in_a_child(path, "open"));
}

fn fill(store: &DiskStore, records: u64) -> Duration {
    let mut slowest = Duration::ZERO;
    for first in (0..records).step_by(BATCH as usize) {
        let batch: Vec<NewEntry> = (first..records.min(first + BATCH)).map(record).collect();
        let begun = Instant::now();
        store.append(batch).expect("room for all");
        slowest = slowest.max(begun.elapsed());
    }
    slowest
}

fn lookups(store: &DiskStore, records: u64) {
    percentiles("exact serial and its document, present", LOOKUPS, |n| {
        assert!(look_up(store, scatter(n) % records) > 0, "record {n} is not found by its serial");
    });
    percentiles("exact serial, absent", LOOKUPS, |n| {
        let key = format!("Q{:09}", scatter(n) % 1_000_000_000);
        assert!(store.find_serial(SerialColumn::Norm, &key).expect("readable").is_empty());
    });
    percentiles("natural number", LOOKUPS, |n| {
        let number = format!("ES-2026-{:07}", scatter(n) % records);
        assert!(store.by_number(&number).expect("readable").is_some(), "{number} is not found");
    });
    let (mut hits, mut searches) = (0usize, 0usize);
    percentiles("pattern, 3 known characters, at most 200 hits", 500, |n| {
        let digits = scatter(n) % 1_000;
        let text = match n % 3 {
            0 => format!("?{}??{}?{}", digits % 10, digits / 10 % 10, digits / 100),
            1 => format!("????{digits:03}"),
            _ => format!("A?{:02}???", digits % 100),
        };
        let pattern = SerialPattern::parse(&text).expect("a pattern");
        hits += store.find_pattern(&pattern, 200).expect("readable").len();
        searches += 1;
    });
    println!("  {:.1} hits each", hits as f64 / searches as f64);
    println!("after the lookups: {}", memory());
}

fn percentiles(what: &str, count: u64, mut ask: impl FnMut(u64)) {
    (0..count / 10).for_each(&mut ask);
    let cpu = processor_seconds();
    let mut times: Vec<Duration> = (0..count)
        .map(|n| {
            let begun = Instant::now();
            ask(n + count);
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    let cpu = (processor_seconds() - cpu) / count as f64 * 1e6;
    println!(
        "{what}: p50 {:.1?}, p99 {:.1?}, most {:.1?}; {cpu:.0} us of a processor each",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

/// A number that looks like chance but is the same in every run.
fn scatter(n: u64) -> u64 {
    let mut hash = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 27)
}

fn serial(n: u64) -> String {
    match n % 3 {
        0 => format!("{:07}", scatter(n) % 10_000_000),
        1 => format!("A{:06}", scatter(n) % 1_000_000),
        _ => format!("{:03}-{:05}B", scatter(n) % 1_000, scatter(n + 1) % 100_000),
    }
}

fn look_up(store: &DiskStore, n: u64) -> usize {
    let key = SerialKeys::of(&serial(n)).norm;
    let found = store.find_serial(SerialColumn::Norm, &key).expect("readable");
    let documents = found.iter().filter_map(|id| store.document(*id).expect("readable"));
    documents.map(|document| document.body.len()).sum()
}

fn record(n: u64) -> NewEntry {
    let places = [
        "Rue Haute 14, Bruxelles",
        "Kneza Miloša 20, Beograd",
        "Avenida de la Paz 3, Madrid",
        "Via Roma 8, Bari",
    ];
    let makes = [("ZASTAVA", "M70"), ("GLOCK", "17 GEN4"), ("BERETTA", "92FS"), ("CESKA ZBROJOVKA", "CZ 75")];
    let (make, model) = makes[(scatter(n) % 4) as usize];
    let body = format!(
        concat!(
            r#"{{"id":"01K{:023}","number":"ES-2026-{:07}","owner":"ES","office":"NCB Madrid","state":"active","#,
            r#""provenance":{{"how":"import","from":"register-{}.jsonl:{}","by":"A. Ferrer","at":"2026-01-04T09:{:02}:{:02}Z"}},"#,
            r#""external_ref":"EXT-{}","firearm":{{"type":"pistol","make":"{}","model":"{}","calibre":"9x19","action":"semi-automatic","#,
            r#""serial":{{"raw":"{}","certainty":"read"}},"barrel_mm":{},"finish":"blued","country":"RS"}},"reason":"stolen","#,
            r#""event":{{"date":"2025-{:02}-{:02}","country":"ES","region":"R{}","place":"{}"}},"case_ref":"OCA-{:08}","#,
            r#""agency":"ESGC{:05}","circumstances":"Taken from a vehicle in the night together with {} rounds and papers no. {}; reported the next day by the owner.","#,
            r#""contact":{{"unit":"UCO {}","phone":"+34 91 {:07}"}},"access":{{"mode":"none"}},"classification":"official_use","handling":"H0"}}"#
        ),
        n,
        n,
        n / 100_000,
        n % 100_000,
        n / 60 % 60,
        n % 60,
        scatter(n + 3) % 100_000_000,
        make,
        model,
        serial(n),
        80 + n % 60,
        n % 12 + 1,
        n % 28 + 1,
        n % 50,
        places[(scatter(n + 5) % 4) as usize],
        scatter(n + 7) % 100_000_000,
        n % 5_000,
        n % 90,
        scatter(n + 9) % 1_000_000,
        n % 300,
        scatter(n + 11) % 10_000_000,
    );
    let kind = DocKind::Record;
    let id = (u128::from(1_767_225_600_000 + n) << 80) | u128::from(scatter(n));
    NewEntry {
        at: Timestamp::from_second(1_767_225_600 + n as i64 / 100).expect("a moment in range"),
        officer: Officer("A. Ferrer".into()),
        purpose: "import of the register of stolen firearms".into(),
        act: "record.enter".into(),
        kind,
        doc: DocId::from_bytes(id.to_be_bytes()),
        parent: None,
        keys: keys_of(n),
        body,
    }
}

fn keys_of(n: u64) -> Keys {
    Keys {
        number: Some(format!("ES-2026-{n:07}")),
        serials: vec![SerialKeys::of(&serial(n))],
        ..Keys::default()
    }
}

/// The same keys, found in the JSON as a desk would.
fn keys(_: DocKind, body: &str) -> Keys {
    let value: Value = serde_json::from_str(body).unwrap_or_default();
    Keys {
        number: value["number"].as_str().map(str::to_owned),
        serials: value["firearm"]["serial"]["raw"].as_str().map(SerialKeys::of).into_iter().collect(),
        ..Keys::default()
    }
}

fn options() -> OpenOptions<'static> {
    OpenOptions::new(keys, Officer("A. Ferrer".into()))
}

fn sizes(path: &Path, json: u64) {
    let of = |name: &str| folder_bytes(&path.join(name)) as f64;
    let (journal, state) = (of("journal"), of("state"));
    println!(
        "disk: records' JSON {:.0} MB, journal {:.0} MB, state {:.0} MB of which sled {:.0} MB: {:.2} times the JSON",
        json as f64 / 1e6,
        journal / 1e6,
        state / 1e6,
        of("state/working") / 1e6,
        (journal + state) / json as f64
    );
}

fn folder_bytes(path: &Path) -> u64 {
    let items = std::fs::read_dir(path).into_iter().flatten().flatten();
    let size = |item: std::fs::DirEntry| match item.metadata() {
        Ok(data) if data.is_dir() => folder_bytes(&item.path()),
        Ok(data) => data.len(),
        Err(_) => 0,
    };
    items.map(size).sum()
}

/// Present and highest resident memory of this process.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next())
            .and_then(|kb| kb.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    format!("resident {:.0} MB, at most {:.0} MB", of("VmRSS:") / 1e3, of("VmHWM:") / 1e3)
}

/// What this process has used of the processors; on a machine that others use too, it tells more than the clock.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    // User and system time are the 14th and 15th fields, in hundredths of a second on every Linux.
    let ticks: f64 = fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// Opens the store in a process of its own, whose memory holds nothing else.
fn in_a_child(path: &Path, how: &str) -> String {
    let this = std::env::current_exe().expect("the bench's own path");
    let child = std::process::Command::new(this)
        .env("HEADSTAMP_BENCH_OPEN", path)
        .env("HEADSTAMP_BENCH_HOW", how)
        .output()
        .expect("a process");
    String::from_utf8_lossy(&child.stdout).trim().to_owned()
}

fn open_alone(path: &Path) {
    let read_only = std::env::var("HEADSTAMP_BENCH_HOW").is_ok_and(|how| how == "read-only");
    let begun = Instant::now();
    let (store, notices) = DiskStore::open(path, &options().read_only(read_only)).expect("a store");
    let took = begun.elapsed();
    println!("{} records in {took:.1?}, {} {notices:?}", store.status().records, memory());
}
