//! A list to be imported: any bytes are planned or refused, and every row of a list that is planned is kept or refused, once.
#![no_main]

use std::sync::LazyLock;

use headstamp::reference::Reference;
use headstamp::reference::import::{
    Beginning, Detector, Edition, Encoding, Item, Mapping, Plan, Reading, Refused, Sink, read_list, write_head,
    write_item,
};
use libfuzzer_sys::fuzz_target;

static TABLE: LazyLock<Reference> = LazyLock::new(|| Reference::shipped().expect("the shipped table is whole"));

#[derive(Default)]
struct Kept {
    file: Vec<u8>,
    kept: u64,
    refused: u64,
}

impl Sink for Kept {
    fn keep(&mut self, item: &Item) -> std::io::Result<()> {
        self.kept += 1;
        write_item(&mut self.file, item)
    }

    fn refuse(&mut self, _: &Refused) -> std::io::Result<()> {
        self.refused += 1;
        Ok(())
    }

    fn goes_on(&mut self, _: u64) -> bool {
        true
    }
}

/// A list that nobody knows, read by what its headings probably say: the mapping means the columns that it was made of, also when it
/// was kept and read back.
fn guessed(bytes: &[u8], encoding: Encoding) -> Option<Plan> {
    let beginning = Beginning::read(bytes, encoding, None).ok()?;
    let columns = TABLE.heading_words().propose(&beginning.headings);
    let mapping = Mapping::of(None, &beginning.headings, &columns);
    if !mapping.needs().is_empty() {
        return None;
    }
    assert_eq!(Mapping::parse(&mapping.to_string()).as_ref(), Ok(&mapping));
    let plan = Plan::of(bytes, encoding, &Reading::Mapped(mapping), &[]).expect("it has all of its columns");
    assert!(columns.iter().enumerate().all(|(at, column)| plan.meaning(at) == *column));
    Some(plan)
}

fuzz_target!(|bytes: &[u8]| {
    let mut detector = Detector::default();
    detector.feed(bytes);
    let encoding = detector.encoding();
    let plan = match Plan::of(bytes, encoding, &Reading::Recognised, &[]) {
        Ok(plan) => plan,
        Err(_) => match guessed(bytes, encoding) {
            Some(plan) => plan,
            None => return,
        },
    };
    let mut kept = Kept::default();
    write_head(&mut kept.file).expect("memory takes all");
    let tally = read_list(&TABLE, "fuzzed", &plan, encoding, bytes, &mut kept).expect("it is not stopped");
    assert_eq!(tally.rows, kept.kept + kept.refused);
    let edition = Edition::read(&TABLE, "fuzzed", &kept.file).expect("it reads what it wrote");
    assert_eq!(edition.entries.len() as u64 + edition.codes.len() as u64, kept.kept);
});
