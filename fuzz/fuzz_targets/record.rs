//! A record as another program may write it: read as far as it can be, every fault with its path, held against all rules, and what
//! was read can be written and read again.
#![no_main]

use headstamp::domain::rules::{self, Facts};
use headstamp::domain::{reading, time};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else { return };
    let read = reading::content(value);
    let today = time::parse_day("2026-11-21").expect("a day");
    let facts = Facts {
        today,
        created: today,
        home: "ES".parse().expect("a country"),
        combination_known: None,
        serial_fits: Some(false),
        serial_names_model: None,
        duplicates: Vec::new(),
    };
    for problem in rules::record(&read.content, &facts) {
        assert!(!problem.rule.is_empty());
    }
    if read.problems.is_empty() {
        let written = serde_json::to_value(&read.content).expect("a record is JSON");
        let again = reading::content(written);
        assert!(again.problems.is_empty(), "{:?}", again.problems);
        assert_eq!(again.content, read.content);
    }
});
