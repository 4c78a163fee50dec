//! Dates, countries, identifiers and the words of closed vocabularies: refused or read, and what is read is written so that it reads
//! the same.
#![no_main]

use std::fmt::Display;
use std::str::FromStr;

use headstamp::domain::country::CountryCode;
use headstamp::domain::firearm::{FirearmAction, FirearmType};
use headstamp::domain::id::DocId;
use headstamp::domain::lifecycle::RecordState;
use headstamp::domain::time::PartialDate;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    reads_the_same::<PartialDate>(text);
    reads_the_same::<CountryCode>(text);
    reads_the_same::<DocId>(text);
    reads_the_same::<FirearmType>(text);
    reads_the_same::<FirearmAction>(text);
    reads_the_same::<RecordState>(text);
    if let Ok(date) = text.parse::<PartialDate>() {
        assert!(date.earliest() <= date.latest(), "{date} ends before it begins");
    }
});

fn reads_the_same<T: FromStr + Display + PartialEq>(text: &str) {
    let Ok(value) = text.parse::<T>() else { return };
    let written = value.to_string();
    assert!(written.parse::<T>().is_ok_and(|again| again == value), "{text:?} is written as {written:?}");
}
