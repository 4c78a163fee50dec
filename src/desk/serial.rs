//! A serial number held against an entry: has it the shape of the model's numbers, and which years do its codes and ranges say?
//!
//! Called by the Card screen and by `reference show --serial`.

use serde::Serialize;

use crate::reference::SerialFit;
use crate::reference::date_code::DateReading as Code;
use crate::reference::serial_range::{Likeness, RangeReading as Range, YearKind};

use super::card::entry;
use super::{DeskError, Table};

/// A year read from a number by a system of codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateReading {
    /// The system's identifier.
    pub system: String,
    /// The system's name.
    pub name: String,
    /// How it is read.
    pub how: String,
    /// What to be careful of.
    pub note: Option<String>,
    /// Spans of years that it may mean, earliest first.
    pub years: Vec<(i16, i16)>,
}

/// A range that a number lies in: a hint, to be confirmed by the maker's records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RangeReading {
    /// The table's identifier.
    pub table: String,
    /// The table's name.
    pub name: String,
    /// The number as the table writes it.
    pub read_as: String,
    /// How like that is to what is stamped.
    pub likeness: Likeness,
    /// The first and the last number of the range.
    pub range: (String, String),
    /// The first and the last year.
    pub years: (i16, i16),
    /// What the years say.
    pub kind: YearKind,
    /// Who made it, where the block tells.
    pub maker: Option<String>,
    /// What to be careful of.
    pub note: Option<String>,
    /// Where the table was published.
    pub source: String,
}

/// A serial number held against an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SerialReading {
    /// The number as it was typed.
    pub serial: String,
    /// Whether it has the shape of the entry's numbers; `None` where the shape is not known.
    pub fits: Option<bool>,
    /// Where the number stands on the firearm.
    pub place: Option<String>,
    /// Numbers that have the shape.
    pub examples: Vec<String>,
    /// The years that the maker's numbers say. Years are hints to be checked with the maker.
    pub dated: Vec<DateReading>,
    /// The ranges that it lies in.
    pub ranged: Vec<RangeReading>,
    /// The names of the tables of ranges for this entry, where none of them holds the number. That does not make it wrong.
    pub outside: Vec<String>,
    /// From when to when the model was made, where no number dates it.
    pub made: Option<String>,
    /// A model that is called as this number is: then it is probably no serial.
    pub names_model: Option<String>,
}

impl Table {
    /// A serial number held against an entry: has it the shape, and when was it made?
    pub fn serial_on(&self, id: &str, serial: &str) -> Result<SerialReading, DeskError> {
        let reference = self.reference();
        let entry = entry(&reference, id)?;
        let details = entry.details();
        let shape = details.serial.as_ref();
        let ranged = reference.range_serial(serial, entry);
        Ok(SerialReading {
            serial: serial.trim().to_owned(),
            fits: match reference.serial_shape(entry, serial) {
                SerialFit::Fits => Some(true),
                SerialFit::DoesNotFit => Some(false),
                SerialFit::Unknown => None,
            },
            place: shape.and_then(|shape| shape.place.clone()),
            examples: shape.map(|shape| shape.examples.clone()).unwrap_or_default(),
            dated: reference.date_serial(serial, entry).into_iter().map(DateReading::from).collect(),
            ranged: ranged.readings.into_iter().map(RangeReading::from).collect(),
            outside: ranged.outside.into_iter().map(|table| table.name.clone()).collect(),
            made: details.years.map(|years| years.to_string()),
            names_model: super::Names::model_called(self, serial),
        })
    }
}

impl From<Code<'_>> for DateReading {
    fn from(reading: Code<'_>) -> Self {
        let system = reading.system;
        Self {
            system: system.id.clone(),
            name: system.name.clone(),
            how: system.how.clone(),
            note: system.note.clone(),
            years: reading.years,
        }
    }
}

impl From<Range<'_>> for RangeReading {
    fn from(reading: Range<'_>) -> Self {
        let Range { table, row, likeness, .. } = reading;
        Self {
            table: table.id.clone(),
            name: table.name.clone(),
            read_as: reading.read_as(),
            likeness,
            range: (reading.written(row.first), reading.written(row.last)),
            years: (row.from, row.to),
            kind: table.kind,
            maker: row.maker.clone(),
            note: table.note.clone(),
            source: table.source.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_is_tested_against_its_shape_and_dated_by_its_code() {
        let table = Table::default();
        let reference = table.reference();
        let shaped = reference.entries().iter().find(|entry| {
            entry.details().serial.as_ref().is_some_and(|shape| {
                shape.pattern.is_some() && shape.examples.first().is_some_and(|example| example.len() > 4)
            })
        });
        let card = shaped.expect("cards give the shape of their numbers");
        let example = card.details().serial.as_ref().unwrap().examples[0].clone();
        assert_eq!(table.serial_on(card.id.as_str(), &example).unwrap().fits, Some(true));
        assert_eq!(table.serial_on(card.id.as_str(), "~no number~").unwrap().fits, Some(false));
        let browning = reference
            .entries()
            .iter()
            .find(|entry| entry.make_id.as_ref().is_some_and(|make| make.as_str() == "browning"))
            .expect("the table has Brownings");
        let dated = table.serial_on(browning.id.as_str(), "69G1000").unwrap().dated;
        assert!(dated.iter().any(|reading| reading.years == [(1969, 1969)]), "{dated:?}");
    }

    #[test]
    fn serial_is_dated_by_its_range_and_a_number_outside_is_said_to_be_one() {
        let table = Table::default();
        let tried = |serial| table.serial_on("winchester-94", serial).unwrap();
        let inside = tried("1,100,000");
        assert_eq!(inside.ranged.iter().map(|range| range.years).collect::<Vec<_>>(), [(1936, 1936)]);
        assert!(!inside.ranged[0].source.is_empty() && inside.outside.is_empty());
        let outside = tried("99999999");
        assert!(outside.ranged.is_empty());
        assert_eq!(outside.outside, ["Winchester Model 94"]);
    }
}
