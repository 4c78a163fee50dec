//! The reference table at the desk: loaded once, when it is first asked for, and asked by [`Names`].
//!
//! A record of two million is completed and looked at by the rules in microseconds, so what the rules ask is kept in maps.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::domain::country::CountryCode;
use crate::domain::firearm::is_unknown_name;
use crate::domain::serial;
use crate::domain::text::fold;
use crate::reference::search::Index;
use crate::reference::{Entry, Reference, SerialFit};

use super::Names;

/// Numbers shorter than this are not taken for a model's name: half of all short numbers are one.
const SHORTEST_MODEL_STAMP: usize = 3;

/// The shipped reference table.
#[derive(Default)]
pub struct Table {
    loaded: OnceLock<Loaded>,
    index: OnceLock<Index>,
}

struct Loaded {
    reference: Arc<Reference>,
    /// Entries by make and model, both folded; the make by its identifier and by its name.
    models: HashMap<(String, String), Vec<usize>>,
    /// Models by what their name is as a number, cards only.
    stamps: HashMap<String, usize>,
}

impl Table {
    /// The table, loaded now if it was not before.
    pub fn reference(&self) -> &Arc<Reference> {
        &self.loaded().reference
    }

    /// The search index over it, built now if it was not before.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::build(self.reference().clone()))
    }

    fn loaded(&self) -> &Loaded {
        self.loaded.get_or_init(|| {
            let reference =
                Reference::shipped().expect("the shipped table is part of the program and read by its tests");
            Loaded::new(Arc::new(reference))
        })
    }

    fn entries(&self, make: &str, model: &str) -> Vec<&Arc<Entry>> {
        let loaded = self.loaded();
        let model = fold(model);
        let keys = self.makes(make).into_iter().chain(std::iter::once(fold(make)));
        let mut found: Vec<usize> = Vec::new();
        for key in keys {
            found.extend(loaded.models.get(&(key, model.clone())).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|at| loaded.reference.entries().get(at)).collect()
    }
}

impl Loaded {
    fn new(reference: Arc<Reference>) -> Self {
        let mut models: HashMap<(String, String), Vec<usize>> = HashMap::new();
        let mut stamps = HashMap::new();
        for (at, entry) in reference.entries().iter().enumerate() {
            let make = entry.make_id.as_ref().map_or_else(|| fold(&entry.make), |id| id.as_str().to_owned());
            for name in entry.names() {
                let rows = models.entry((make.clone(), fold(name))).or_default();
                if rows.last() != Some(&at) {
                    rows.push(at);
                }
                let stamp = serial::normalise(name);
                if entry.is_card() && stamp.chars().count() >= SHORTEST_MODEL_STAMP {
                    stamps.entry(stamp).or_insert(at);
                }
            }
        }
        Self { reference, models, stamps }
    }
}

impl Names for Table {
    fn makes(&self, text: &str) -> Vec<String> {
        if is_unknown_name(text) {
            return Vec::new();
        }
        self.reference().make(text).into_iter().map(|id| id.as_str().to_owned()).collect()
    }

    fn calibre(&self, text: &str) -> Option<String> {
        self.reference().calibre(text).map(|id| id.as_str().to_owned())
    }

    fn country(&self, text: &str) -> Option<CountryCode> {
        self.reference().country(text)
    }

    fn entry(&self, make: &str, model: &str) -> Option<String> {
        let found = self.entries(make, model);
        // A duplicate leads to the entry that says more.
        let mut ids: Vec<&str> =
            found.iter().map(|entry| entry.same_as.as_ref().unwrap_or(&entry.id).as_str()).collect();
        ids.dedup();
        match ids.as_slice() {
            [only] => Some((*only).to_owned()),
            _ => None,
        }
    }

    fn combination_known(&self, make: &str, model: &str, calibre: &str) -> Option<bool> {
        let wanted = self.reference().calibre(calibre)?;
        let entries = self.entries(make, model);
        let said: Vec<_> = entries.iter().filter(|entry| !entry.calibres.is_empty()).collect();
        (!said.is_empty()).then(|| said.iter().any(|entry| entry.calibres.contains(&wanted)))
    }

    fn serial_fits(&self, entry: &str, raw: &str) -> Option<bool> {
        let entry = self.reference().entry(entry)?;
        match self.reference().serial_shape(entry, raw) {
            SerialFit::Fits => Some(true),
            SerialFit::DoesNotFit => Some(false),
            SerialFit::Unknown => None,
        }
    }

    fn model_called(&self, raw: &str) -> Option<String> {
        let loaded = self.loaded();
        let entry = loaded.reference.entries().get(*loaded.stamps.get(&serial::normalise(raw))?)?;
        Some(format!("{} {}", entry.make, entry.model))
    }

    fn made_in(&self, make: &str, model: &str) -> Vec<CountryCode> {
        let entries = if model.is_empty() { Vec::new() } else { self.entries(make, model) };
        let mut countries: Vec<CountryCode> =
            entries.iter().flat_map(|entry| entry.countries.iter().copied()).collect();
        if countries.is_empty() {
            let makes = self.reference().makes();
            countries.extend(makes.find(make).into_iter().filter_map(|make| make.country));
        }
        countries.sort_unstable();
        countries.dedup();
        countries
    }

    fn edition(&self) -> String {
        format!("shipped with headstamp {}", env!("CARGO_PKG_VERSION"))
    }
}
