//! The tables that date a serial number by its range, as shipped: what they say of numbers, and that every row says its own years.

// Helpers of tests are tests too, but clippy knows only functions marked so.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use std::sync::OnceLock;

use headstamp::reference::Reference;
use headstamp::reference::serial_range::{Likeness, RangeTable, Row, Series, YearKind};
use proptest::prelude::*;

fn reference() -> &'static Reference {
    static TABLE: OnceLock<Reference> = OnceLock::new();
    TABLE.get_or_init(|| Reference::shipped().expect("the shipped table loads"))
}

/// Every row with what it stands in.
fn rows() -> Vec<(&'static RangeTable, &'static Series, &'static Row)> {
    let of_series = |table: &'static RangeTable| {
        table.series.iter().flat_map(move |series| series.rows.iter().map(move |row| (table, series, row)))
    };
    reference().range_tables().iter().flat_map(of_series).collect()
}

/// What is said of a number on an entry: years, maker and likeness, one by one.
fn said(entry: &str, serial: &str) -> Vec<(i16, i16, Option<String>, Likeness)> {
    let entry = reference().entry(entry).expect("the entry is there");
    let ranged = reference().range_serial(serial, entry);
    let readings = ranged.readings.iter();
    readings.map(|it| (it.row.from, it.row.to, it.row.maker.clone(), it.likeness)).collect()
}

fn is_dated_to_its_row(table: &RangeTable, series: &Series, row: &Row, number: u64) -> Result<(), String> {
    let serial = series.written(&series.prefix.first(), number, &series.suffix.first());
    let readings = table.read(&serial);
    let finds = readings.iter().any(|it| it.row == row && it.likeness == Likeness::AsStamped);
    if finds {
        Ok(())
    } else {
        Err(format!("{}: {serial} is not dated to {row:?} but {readings:?}", table.id))
    }
}

#[test]
fn first_and_last_number_of_every_row_date_to_its_years() {
    for (table, series, row) in rows() {
        for number in [row.first, row.last] {
            assert_eq!(is_dated_to_its_row(table, series, row, number), Ok(()));
        }
    }
}

proptest! {
    #[test]
    fn every_number_of_a_row_dates_to_its_years(pick in any::<prop::sample::Index>(), part in 0.0..1.0f64) {
        let rows = rows();
        let (table, series, row) = rows[pick.index(rows.len())];
        let number = row.first + ((row.last - row.first) as f64 * part) as u64;
        prop_assert_eq!(is_dated_to_its_row(table, series, row, number), Ok(()));
    }

    #[test]
    fn nothing_that_is_typed_breaks_the_reading(serial in "\\PC{0,24}") {
        let entry = reference().entry("springfield-arsenal-us-m1-garand").unwrap();
        let ranged = reference().range_serial(&serial, entry);
        prop_assert!(ranged.readings.is_empty() || ranged.outside.is_empty());
    }
}

#[test]
fn numbers_of_every_kind_are_dated() {
    use Likeness::{AsStamped, Folded, Misread};
    for (entry, serial, from, to, likeness) in [
        ("winchester-94", "1,100,000", 1936, 1936, AsStamped),
        ("winchester-94", "١١٠٠٠٠٠", 1936, 1936, Folded),
        ("winchester-94", "11OOOOO", 1936, 1936, Folded),
        ("winchester-94", "l1ooooo", 1936, 1936, Misread),
        ("winchester-70", "G900000", 1968, 1968, AsStamped),
        ("colt-m1911", "C10000", 1914, 1914, AsStamped),
        ("colt-m1911", "С10000", 1914, 1914, Folded),
        ("winchester-94", "69300", 1896, 1900, AsStamped),
        ("colt-saa", "40000SA", 1956, 1975, AsStamped),
        ("colt-saa", "SA40000", 1978, 1993, AsStamped),
        ("colt-government-mk-iv", "70G01001", 1970, 1970, AsStamped),
        ("colt-government-mk-iv", "70601001", 1970, 1970, Misread),
        ("marlin-336", "AB 12345", 1966, 1966, AsStamped),
        ("taurus-pt92", "TKA12345", 1991, 1991, AsStamped),
        ("taurus-85", "LA12345", 1992, 1992, AsStamped),
        ("royal-small-arms-factory-enfield-l1a1", "UE 61 A 12345", 1961, 1961, AsStamped),
        ("cugir-wasr-10", "1-12345-2005", 2005, 2005, AsStamped),
    ] {
        let found = said(entry, serial);
        assert_eq!(found.len(), 1, "{serial} on {entry} says {found:?}");
        assert_eq!((found[0].0, found[0].1, found[0].3), (from, to, likeness), "{serial} on {entry}");
    }
}

#[test]
fn a_number_that_was_given_twice_names_both_makers() {
    let makers: Vec<_> =
        said("springfield-arsenal-us-m1-garand", "1250000").into_iter().filter_map(|it| it.2).collect();
    assert_eq!(makers, ["Springfield Armory", "Winchester"]);
}

#[test]
fn a_stamped_number_is_never_silently_changed() {
    for (entry, serial) in
        [("winchester-94", "B100000"), ("colt-m1911", "0C500"), ("taurus-pt92", "7KA12345")]
    {
        let found = said(entry, serial);
        assert!(found.iter().all(|it| it.3 != Likeness::AsStamped), "{serial} on {entry} says {found:?}");
    }
}

#[test]
fn a_number_outside_names_the_tables_and_an_entry_without_any_says_nothing() {
    let of = |entry: &str, serial: &str| {
        let entry = reference().entry(entry).unwrap();
        let ranged = reference().range_serial(serial, entry);
        assert!(ranged.readings.is_empty(), "{serial} says {:?}", ranged.readings);
        ranged.outside.iter().map(|table| table.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("winchester-94", "99999999"), ["Winchester Model 94"]);
    assert_eq!(of("mauser-hsc", "1"), ["Mauser HSc to 1945"]);
    assert!(of("glock-ges-m-b-h-17", "AB123").is_empty());
    assert!(of("winchester-94", " - ").is_empty());
}

#[test]
fn an_entry_that_is_linked_to_a_card_is_dated_by_the_tables_of_the_card() {
    let linked = reference()
        .entries()
        .iter()
        .find(|entry| entry.same_as.as_ref().is_some_and(|card| card.as_str() == "winchester-94"));
    let linked = linked.expect("a package has the Model 94 too");
    assert_eq!(reference().range_serial("1100000", linked).readings.len(), 1);
}

#[test]
fn every_table_says_whether_its_source_was_opened() {
    for table in reference().range_tables() {
        assert!(table.source.contains("opened"), "{} does not: {}", table.id, table.source);
        let from_memory = table.source.starts_with("Not opened");
        assert!(!(from_memory && table.kind == YearKind::Shipped), "{} claims ledgers", table.id);
    }
}
