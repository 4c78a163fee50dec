//! What is worked out of a table before it can be searched. Of the shipped table that was done when the program was built.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::reference::calibre::CalibreNo;
use crate::reference::table::Reference;

use super::facets::Facets;
use super::index::{Index, Row};
use super::names::Names;
use super::preparing;
use super::score;

/// The rows and names of an index, apart from the table.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::reference) struct Prepared {
    pub(super) rows: Vec<NumberedRow>,
    pub(super) models: Names,
    pub(super) makes: Names,
}

/// A row by its numbers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NumberedRow {
    /// The entry's place in the table.
    pub entry: u32,
    /// The make's number: makes are numbered as they are met.
    pub make: u32,
    /// The row's place among rows that answer equally well.
    pub order: u32,
    /// The entry's calibres, and those of its duplicates.
    pub calibres: Vec<CalibreNo>,
}

impl Prepared {
    /// Works out the index of a table.
    pub(in crate::reference) fn of(table: &Reference) -> Self {
        preparing::prepare(table)
    }

    /// The index, over the table that this was worked out of.
    pub(super) fn index(self, reference: Arc<Reference>) -> Index {
        let table = Arc::clone(&reference);
        let mut index = Index {
            rows: Vec::with_capacity(self.rows.len()),
            models: self.models,
            makes: self.makes,
            rows_of_make: Vec::new(),
            make_names: Vec::new(),
            make_ids: Vec::new(),
            all: Facets::default(),
            reference,
        };
        for (row, NumberedRow { entry, make, order, calibres }) in (0..).zip(self.rows) {
            let entry = &table.entries()[entry as usize];
            if make as usize == index.make_names.len() {
                index.make_names.push(Arc::clone(&entry.make));
                index.make_ids.push(entry.make_id.clone());
                index.rows_of_make.push(Vec::new());
            }
            index.rows_of_make[make as usize].push(row);
            index.rows.push(Row {
                entry: Arc::clone(entry),
                make,
                card: entry.is_card(),
                prior: score::prior(entry),
                order,
                firearm_type: entry.firearm_type,
                action: entry.action,
                calibre_marks: score::calibre_marks(&calibres),
                country_marks: score::country_marks(&entry.countries),
                calibres,
            });
        }
        index.all = Facets::of(&index, index.rows.iter());
        index
    }
}
