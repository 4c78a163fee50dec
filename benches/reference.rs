//! The reference table: load, index, and a search, on the shipped data. Run with `cargo bench --bench reference`.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use headstamp::reference::Reference;
use headstamp::reference::search::{Filters, Index};

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
criterion_main!(benches);
