//! The table as a whole.

use std::collections::HashMap;
use std::sync::Arc;

use super::calibre::Calibres;
use super::country::Countries;
use super::embedded;
use super::entry::Entry;
use super::error::{Fault, ReferenceError};
use super::id::ModelId;
use super::load::{self, Loaded};
use super::make::Makes;
use super::search::words::Words;
use super::text;

/// Everything the reference table knows. Immutable: an edition added or removed makes a new one, which shares the entries.
#[derive(Debug)]
pub struct Reference {
    countries: Countries,
    calibres: Calibres,
    makes: Makes,
    pub(super) words: Words,
    entries: Vec<Arc<Entry>>,
    by_id: HashMap<ModelId, usize>,
    faults: Vec<Fault>,
}

impl Reference {
    /// The table that is part of the program. Takes tens of milliseconds: call it on a background job.
    pub fn shipped() -> Result<Self, ReferenceError> {
        Ok(Self::new(load::load(embedded::FILES)?))
    }

    fn new(loaded: Loaded) -> Self {
        let Loaded { countries, calibres, makes, words, mut entries, mut faults } = loaded;
        link_duplicates(&mut entries);
        let mut by_id = HashMap::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            if by_id.insert(entry.id.clone(), at).is_some() {
                faults.push(Fault::new("models", entry.id.as_str(), "two entries have this id"));
            }
        }
        Self { countries, calibres, makes, words, entries, by_id, faults }
    }

    /// The countries.
    pub fn countries(&self) -> &Countries {
        &self.countries
    }

    /// The calibres.
    pub fn calibres(&self) -> &Calibres {
        &self.calibres
    }

    /// The makes.
    pub fn makes(&self) -> &Makes {
        &self.makes
    }

    /// Every entry, cards first.
    pub fn entries(&self) -> &[Arc<Entry>] {
        &self.entries
    }

    /// The entry of an id.
    pub fn entry(&self, id: &str) -> Option<&Arc<Entry>> {
        self.by_id.get(id).map(|at| &self.entries[*at])
    }

    /// The faults that the load itself met.
    pub(super) fn load_faults(&self) -> &[Fault] {
        &self.faults
    }
}

/// Points each entry at the first one that has the same make and a name equal to its model's, so that a model is found once.
/// Cards come first in the table, so a card is never a duplicate of a package entry.
fn link_duplicates(entries: &mut [Arc<Entry>]) {
    let make_of = |entry: &Entry| match &entry.make_id {
        Some(id) => id.as_str().to_owned(),
        None => text::name_key(&entry.make),
    };
    let mut first: HashMap<(String, String), ModelId> = HashMap::new();
    for slot in entries.iter_mut() {
        let make = make_of(slot);
        if !slot.is_card() {
            let same = first.get(&(make.clone(), model_key(&slot.model)));
            if let Some(same) = same.filter(|same| **same != slot.id).cloned() {
                Arc::make_mut(slot).same_as = Some(same);
                continue;
            }
        }
        for name in slot.names() {
            first.entry((make.clone(), model_key(name))).or_insert_with(|| slot.id.clone());
        }
    }
}

/// The folded name without the words that some put before every model.
fn model_key(name: &str) -> String {
    let key = text::key(name);
    match key.strip_prefix("model") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => key,
    }
}
