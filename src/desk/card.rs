//! A card and what stands around it: look-alikes by name, duplicates, codes, several side by side.
//!
//! Called by the screens and by `reference show` and `reference compare`.

use std::sync::Arc;

use serde::Serialize;

use crate::reference::compare::Comparison;
use crate::reference::import::CodeTable;
use crate::reference::{Entry, ModelId, Reference};

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
    /// The names of the tables that date its numbers by their ranges.
    pub ranges: Vec<String>,
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
        let ranges = reference.range_tables_of(entry);
        let linked = reference.entries().iter().filter(|other| other.same_as.as_ref() == Some(&entry.id));
        Ok(Card {
            ranges: ranges.into_iter().map(|table| table.name.clone()).collect(),
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

pub(super) fn entry<'a>(reference: &'a Reference, id: &str) -> Result<&'a Arc<Entry>, DeskError> {
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
