//! A card and what stands around it: look-alikes by name, duplicates, a serial number held against it, several side by side.
//!
//! Called by the screens and by `reference show` and `reference compare`.

use std::sync::Arc;

use serde::Serialize;

use crate::reference::compare::Comparison;
use crate::reference::date_code::DateReading as Reading;
use crate::reference::import::CodeTable;
use crate::reference::{Entry, ModelId, Reference, SerialFit};

use super::{DeskError, Table};

/// One entry with the names of all that it points to.
#[derive(Debug, Clone)]
pub struct Card {
    /// The entry.
    pub entry: Arc<Entry>,
    /// The calibres' names.
    pub calibres: Vec<String>,
    /// The countries' English names.
    pub countries: Vec<String>,
    /// What it is mistaken for.
    pub lookalikes: Vec<Similar>,
    /// The entry that says the same and more, where this one is a duplicate.
    pub same_as: Option<Similar>,
    /// Entries of other sources that say the same of this one.
    pub linked: Vec<Similar>,
    /// The codes of imported tables for its make, calibres, kind, action and countries.
    pub codes: Vec<CodeOf>,
}

/// A code of an imported table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeOf {
    /// The edition that has it.
    pub edition: String,
    /// Of which of its tables.
    pub table: CodeTable,
    /// The code.
    pub code: String,
    /// What it stands for, in the edition's words.
    pub name: String,
}

/// Another entry, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Similar {
    /// Its identifier.
    pub id: ModelId,
    /// Make and model.
    pub name: String,
    /// Where it comes from.
    pub source: String,
    /// How to tell the two apart, where a card says so.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tell: String,
}

/// A year read from a number.
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
    /// From when to when the model was made, where no number dates it.
    pub made: Option<String>,
    /// A model that is called as this number is: then it is probably no serial.
    pub names_model: Option<String>,
}

impl Table {
    /// An entry and what stands around it.
    pub fn card(&self, id: &str) -> Result<Card, DeskError> {
        let reference = self.reference();
        let entry = entry(&reference, id)?;
        let calibre = |id| reference.calibres().get(id).map(|calibre| calibre.name.clone());
        let country = |code| reference.countries().get(code).map(|country| country.names.en.clone());
        let similar = |id: &ModelId, tell: &str| {
            reference.entry(id.as_str()).map(|other| Similar { tell: tell.to_owned(), ..similar(other) })
        };
        let linked = reference.entries().iter().filter(|other| other.same_as.as_ref() == Some(&entry.id));
        Ok(Card {
            codes: codes(&reference, entry),
            calibres: entry.calibres.iter().filter_map(calibre).collect(),
            countries: entry.countries.iter().filter_map(|code| country(*code)).collect(),
            lookalikes: entry
                .details()
                .lookalikes
                .iter()
                .filter_map(|like| similar(&like.id, &like.tell))
                .collect(),
            same_as: entry.same_as.as_ref().and_then(|id| similar(id, "")),
            linked: linked.map(|other| self::similar(other)).collect(),
            entry: Arc::clone(entry),
        })
    }

    /// A serial number held against an entry: has it the shape, and when was it made?
    pub fn serial_on(&self, id: &str, serial: &str) -> Result<SerialReading, DeskError> {
        let reference = self.reference();
        let entry = entry(&reference, id)?;
        let details = entry.details();
        let shape = details.serial.as_ref();
        let made = details.years.map(|years| years.to_string());
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
            made,
            names_model: super::Names::model_called(self, serial),
        })
    }

    /// Entries side by side, at least two.
    pub fn compare(&self, ids: &[String]) -> Result<(Vec<Arc<Entry>>, Comparison), DeskError> {
        let reference = self.reference();
        let entries =
            ids.iter().map(|id| entry(&reference, id).map(Arc::clone)).collect::<Result<Vec<_>, _>>()?;
        let all: Vec<&Entry> = entries.iter().map(|entry| &**entry).collect();
        let comparison = reference.compare(&all);
        Ok((entries, comparison))
    }
}

impl From<Reading<'_>> for DateReading {
    fn from(reading: Reading<'_>) -> Self {
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

fn entry<'a>(reference: &'a Reference, id: &str) -> Result<&'a Arc<Entry>, DeskError> {
    reference.entry(id).ok_or_else(|| DeskError::NoEntry(id.to_owned()))
}

fn codes(reference: &Reference, entry: &Entry) -> Vec<CodeOf> {
    let countries: Vec<String> = entry.countries.iter().map(ToString::to_string).collect();
    let mut ids: Vec<(CodeTable, &str)> = Vec::new();
    ids.extend(entry.make_id.iter().map(|id| (CodeTable::Make, id.as_str())));
    ids.extend(entry.calibres.iter().map(|id| (CodeTable::Calibre, id.as_str())));
    ids.extend(entry.firearm_type.iter().map(|it| (CodeTable::Type, it.id())));
    ids.extend(entry.action.iter().map(|it| (CodeTable::Action, it.id())));
    ids.extend(countries.iter().map(|code| (CodeTable::Country, code.as_str())));
    let found = ids.into_iter().flat_map(|(table, id)| reference.codes_of(table, id));
    let codes = found.map(|(edition, known)| CodeOf {
        edition: edition.to_owned(),
        table: known.code.table,
        code: known.code.code.clone(),
        name: known.code.name.clone(),
    });
    codes.collect()
}

fn similar(entry: &Entry) -> Similar {
    Similar {
        id: entry.id.clone(),
        name: format!("{} {}", entry.make, entry.model),
        source: entry.source.to_string(),
        tell: String::new(),
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
    fn lookalikes_are_named_and_compared_with_their_tells() {
        let table = Table::default();
        let reference = table.reference();
        let has_tell =
            |entry: &&Arc<Entry>| entry.details().lookalikes.iter().any(|like| !like.tell.is_empty());
        let one = reference.entries().iter().find(has_tell).expect("cards name look-alikes");
        let card = table.card(one.id.as_str()).unwrap();
        let like = card.lookalikes.iter().find(|like| !like.tell.is_empty()).unwrap();
        let (entries, comparison) = table.compare(&[one.id.to_string(), like.id.to_string()]).unwrap();
        assert_eq!(entries.len(), 2);
        assert!(comparison.tells.iter().any(|tell| tell.tell == like.tell));
        assert!(matches!(table.card("no-such"), Err(DeskError::NoEntry(_))));
    }
}
