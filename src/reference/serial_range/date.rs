//! A number dated by the tables of an entry.

use crate::reference::{Entry, Reference};

use super::read::{Likeness, Read, Stamped};
use super::{RangeTable, Row, Series};

/// A range that a number lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeReading<'a> {
    /// The table.
    pub table: &'a RangeTable,
    /// The numbers of the table that are written so.
    pub series: &'a Series,
    /// The range.
    pub row: &'a Row,
    /// The number, its letters as the table has them.
    pub read: Read,
    /// How like that is to what is stamped.
    pub likeness: Likeness,
}

/// What the tables of an entry say of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranged<'a> {
    /// The ranges that it lies in, all of one likeness: the closest that any table gives.
    pub readings: Vec<RangeReading<'a>>,
    /// Every table of the entry, where none of them holds the number.
    pub outside: Vec<&'a RangeTable>,
}

impl RangeReading<'_> {
    /// The number as the table writes it.
    pub fn read_as(&self) -> String {
        self.written(self.read.number)
    }

    /// A number of the range with the letters of this one.
    pub fn written(&self, number: u64) -> String {
        self.series.written(&self.read.prefix, number, &self.read.suffix)
    }
}

impl RangeTable {
    /// The ranges of this table that a number of this likeness lies in.
    fn holding(&self, stamped: &Stamped, likeness: Likeness) -> Vec<RangeReading<'_>> {
        let mut found = Vec::new();
        for series in &self.series {
            let Some(read) = stamped.read_in(series, likeness) else { continue };
            let rows = series.rows.iter().filter(|row| (row.first..=row.last).contains(&read.number));
            found.extend(rows.map(|row| RangeReading {
                table: self,
                series,
                row,
                read: read.clone(),
                likeness,
            }));
        }
        found
    }

    /// The ranges that a number as stamped lies in, by the closest reading that lies in one.
    pub fn read(&self, raw: &str) -> Vec<RangeReading<'_>> {
        closest(&[self], raw)
    }

    fn is_for(&self, entry: &Entry) -> bool {
        self.cards.iter().any(|card| *card == entry.id || entry.same_as.as_ref() == Some(card))
    }
}

impl Reference {
    /// The tables of ranges for an entry, or for the card that says the same and more.
    pub fn range_tables_of(&self, entry: &Entry) -> Vec<&RangeTable> {
        self.range_tables().iter().filter(|table| table.is_for(entry)).collect()
    }

    /// What the tables of an entry say of a number as stamped. A reading that needs a character to be misread is only given where
    /// no other lies in a range, so that a stamped number is never silently changed.
    pub fn range_serial(&self, serial: &str, entry: &Entry) -> Ranged<'_> {
        let tables = self.range_tables_of(entry);
        if !serial.chars().any(char::is_alphanumeric) {
            return Ranged::default();
        }
        let readings = closest(&tables, serial);
        let outside = if readings.is_empty() { tables } else { Vec::new() };
        Ranged { readings, outside }
    }
}

fn closest<'a>(tables: &[&'a RangeTable], raw: &str) -> Vec<RangeReading<'a>> {
    let stamped = Stamped::new(raw);
    let of = |likeness| -> Vec<RangeReading<'a>> {
        tables.iter().flat_map(|table| table.holding(&stamped, likeness)).collect()
    };
    Likeness::ALL.into_iter().map(of).find(|readings| !readings.is_empty()).unwrap_or_default()
}
