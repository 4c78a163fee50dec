//! The reference table at the desk: loaded once, when it is first asked for, and asked by [`Names`].

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::domain::country::CountryCode;
use crate::domain::firearm::is_unknown_name;
use crate::domain::text::fold;
use crate::reference::search::Index;
use crate::reference::{Entry, Reference, SerialFit};

use super::Names;
use super::models::Models;

/// The reference table of a desk: the shipped one, and the editions of its workspace beside it.
///
/// What it holds at a moment is a value that does not change; an edition added or removed puts another in its place, and whoever
/// still holds the earlier one may finish with it.
#[derive(Default)]
pub struct Table {
    /// The shipped table, which desks share.
    shipped: Arc<OnceLock<Arc<Loaded>>>,
    /// What stands in its place since an edition came beside it.
    beside: RwLock<Option<Arc<Loaded>>>,
}

struct Loaded {
    reference: Arc<Reference>,
    index: OnceLock<Arc<Index>>,
    models: Models,
}

impl Table {
    /// A table of its own that shares what of the shipped one is loaded already.
    #[must_use]
    pub fn apart(&self) -> Self {
        Self { shipped: Arc::clone(&self.shipped), beside: RwLock::default() }
    }

    /// The table as it is now; the shipped one is loaded if it was not before.
    pub fn reference(&self) -> Arc<Reference> {
        Arc::clone(&self.loaded().reference)
    }

    /// The search index over the table as it is now, built if it was not before.
    pub fn index(&self) -> Arc<Index> {
        let loaded = self.loaded();
        let build = || Arc::new(Index::build(Arc::clone(&loaded.reference)));
        Arc::clone(loaded.index.get_or_init(build))
    }

    fn loaded(&self) -> Arc<Loaded> {
        let beside = self.beside.read().unwrap_or_else(PoisonError::into_inner);
        let shipped = || {
            let reference =
                Reference::shipped().expect("the shipped table is part of the program and read by its tests");
            Arc::new(Loaded::new(Arc::new(reference)))
        };
        beside.as_ref().map_or_else(|| Arc::clone(self.shipped.get_or_init(shipped)), Arc::clone)
    }

    fn entries(&self, make: &str, model: &str) -> Vec<Arc<Entry>> {
        let loaded = self.loaded();
        let keys = self.makes(make).into_iter().chain(std::iter::once(fold(make)));
        loaded.models.find(&loaded.reference, keys, model)
    }
}

impl Loaded {
    fn new(reference: Arc<Reference>) -> Self {
        let models = Models::of(&reference);
        Self { reference, index: OnceLock::new(), models }
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
        let reference = self.reference();
        match reference.serial_shape(reference.entry(entry)?, raw) {
            SerialFit::Fits => Some(true),
            SerialFit::DoesNotFit => Some(false),
            SerialFit::Unknown => None,
        }
    }

    fn model_called(&self, raw: &str) -> Option<String> {
        let loaded = self.loaded();
        let entry = loaded.models.stamped(&loaded.reference, raw)?;
        Some(format!("{} {}", entry.make, entry.model))
    }

    fn made_in(&self, make: &str, model: &str) -> Vec<CountryCode> {
        let entries = if model.is_empty() { Vec::new() } else { self.entries(make, model) };
        let mut countries: Vec<CountryCode> =
            entries.iter().flat_map(|entry| entry.countries.iter().copied()).collect();
        if countries.is_empty() {
            let reference = self.reference();
            countries.extend(reference.makes().find(make).into_iter().filter_map(|make| make.country));
        }
        countries.sort_unstable();
        countries.dedup();
        countries
    }

    fn edition(&self) -> String {
        format!("shipped with headstamp {}", env!("CARGO_PKG_VERSION"))
    }
}
