//! The reference table: its time to be ready, its memory, the time of each keystroke, and searches. Run with
//! `cargo bench --bench reference`.

#![allow(clippy::print_stdout, reason = "what was measured is printed")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group};
use headstamp::reference::Reference;
use headstamp::reference::search::{Filters, Index};

/// Texts as they are typed at a desk and pasted from reports.
const TEXTS: &[&str] = &[
    "beretta 92 fs",
    "hi point c9",
    "smith & wesson 38 special revolver",
    "пистолет макарова 9х18",
    "loaded black S&W M&P Shield, 9 mm, s/n ABC1234, scratched",
    "escopeta recortada calibre 12 winchester 1300",
    "glok 17 gen 4",
    "54式手枪 7.62毫米 弹匣两个",
    "turkish blank pistol 9mm pak",
];

/// The resident memory of this process in KiB; `None` where the system does not tell.
fn resident() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn tell_resident(before: Option<i64>, when: &str) {
    match before.zip(resident()) {
        Some((before, after)) => println!("resident memory {when}: {} KiB", after - before),
        None => println!("resident memory: not told by this system"),
    }
}

/// One round, each keystroke timed once: what an officer would have met.
fn single_round() {
    let before = resident();
    let started = Instant::now();
    let index = Index::build(Arc::new(Reference::shipped().expect("the shipped table loads")));
    println!("loaded and indexed in {:?}, the only time", started.elapsed());
    tell_resident(before, "of table and index");
    let mut times: Vec<Duration> = Vec::new();
    for text in TEXTS {
        for end in text.char_indices().map(|(at, c)| at + c.len_utf8()) {
            let started = Instant::now();
            black_box(index.search(&text[..end], &Filters::default(), 40));
            times.push(started.elapsed());
        }
    }
    tell_resident(before, "after the keystrokes");
    times.sort_unstable();
    let part = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
    println!(
        "{} keystrokes once each: median {:?}, p99 {:?}, slowest {:?}",
        times.len(),
        part(50),
        part(99),
        part(100)
    );
}

fn reference(c: &mut Criterion) {
    c.bench_function("reference/load", |b| {
        b.iter(|| black_box(Reference::shipped().expect("the shipped table loads")));
    });
    let table = Arc::new(Reference::shipped().expect("the shipped table loads"));
    c.bench_function("reference/index", |b| b.iter(|| black_box(Index::build(Arc::clone(&table)))));
    let index = Index::build(table);
    let filters = Filters::default();
    for (name, text) in [
        ("short", "beretta 92 fs"),
        ("typo", "baretta 92fs"),
        ("sentence", "loaded black S&W M&P Shield, 9 mm, s/n ABC1234, scratched"),
        ("kind and calibre", "revolver .38 special"),
    ] {
        c.bench_function(&format!("reference/search/{name}"), |b| {
            b.iter(|| black_box(index.search(text, &filters, 40)));
        });
    }
}

criterion_group!(benches, reference);

fn main() {
    single_round();
    benches();
    Criterion::default().configure_from_args().final_summary();
}
