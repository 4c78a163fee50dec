//! The table as a whole.

use std::collections::HashMap;
use std::sync::Arc;

use super::calibre::Calibres;
use super::country::Countries;
use super::date_code::DateSystem;
use super::embedded;
use super::entry::{Entry, Source};
use super::error::{Fault, ReferenceError};
use super::handbook::Handbook;
use super::id::ModelId;
use super::import::Edition;
use super::load::{self, Loaded};
use super::make::Makes;
use super::search::words::Words;
use super::text;

/// Everything the reference table knows. Immutable: an edition added or removed makes a new one, which shares the entries.
#[derive(Debug)]
pub struct Reference {
    base: Arc<Base>,
    entries: Vec<Arc<Entry>>,
    by_id: HashMap<ModelId, usize>,
    faults: Vec<Fault>,
}

/// What no edition changes.
#[derive(Debug)]
struct Base {
    countries: Countries,
    calibres: Calibres,
    makes: Makes,
    words: Words,
    dates: Vec<DateSystem>,
    handbook: Handbook,
    vocabularies: Vec<(&'static str, Vec<String>)>,
}

impl Reference {
    /// The table that is part of the program. Takes tens of milliseconds: call it on a background job.
    pub fn shipped() -> Result<Self, ReferenceError> {
        let Loaded { countries, calibres, makes, words, dates, handbook, vocabularies, entries, faults } =
            load::load(embedded::FILES)?;
        let base = Base { countries, calibres, makes, words, dates, handbook, vocabularies };
        Ok(Self::new(Arc::new(base), entries, faults))
    }

    /// The same table with an edition beside it; one of the same name is replaced.
    #[must_use]
    pub fn with_edition(&self, edition: Edition) -> Self {
        let mut entries = self.entries_without(&edition.name);
        entries.extend(edition.entries);
        Self::new(Arc::clone(&self.base), entries, self.faults.clone())
    }

    /// The same table without an edition.
    #[must_use]
    pub fn without_edition(&self, name: &str) -> Self {
        Self::new(Arc::clone(&self.base), self.entries_without(name), self.faults.clone())
    }

    /// The names of the editions, in the order they were added.
    pub fn editions(&self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = Vec::new();
        for entry in &self.entries {
            if let Source::Edition(name) = &entry.source
                && names.last() != Some(name)
            {
                names.push(Arc::clone(name));
            }
        }
        names
    }

    fn entries_without(&self, edition: &str) -> Vec<Arc<Entry>> {
        let of_it = |entry: &Entry| matches!(&entry.source, Source::Edition(name) if &**name == edition);
        self.entries.iter().filter(|entry| !of_it(entry)).map(Arc::clone).collect()
    }

    fn new(base: Arc<Base>, mut entries: Vec<Arc<Entry>>, mut faults: Vec<Fault>) -> Self {
        link_duplicates(&mut entries);
        let mut by_id = HashMap::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            if by_id.insert(entry.id.clone(), at).is_some() {
                faults.push(Fault::new("models", entry.id.as_str(), "two entries have this id"));
            }
        }
        Self { base, entries, by_id, faults }
    }

    /// The countries.
    pub fn countries(&self) -> &Countries {
        &self.base.countries
    }

    /// The calibres.
    pub fn calibres(&self) -> &Calibres {
        &self.base.calibres
    }

    /// The makes.
    pub fn makes(&self) -> &Makes {
        &self.base.makes
    }

    /// The systems that turn a mark into a year.
    pub fn date_systems(&self) -> &[DateSystem] {
        &self.base.dates
    }

    /// Proof houses, marks, parts and terms.
    pub fn handbook(&self) -> &Handbook {
        &self.base.handbook
    }

    /// The ids of each vocabulary file, by its path.
    pub(super) fn vocabularies(&self) -> &[(&'static str, Vec<String>)] {
        &self.base.vocabularies
    }

    /// The words of descriptions that are not names.
    pub(super) fn words(&self) -> &Words {
        &self.base.words
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
/// Cards come first in the table, so a card is never a duplicate of a package entry. A name that is equal as it is written goes
/// before one that is equal without what some put before a number: the R51 of Remington is not its Model 51.
fn link_duplicates(entries: &mut [Arc<Entry>]) {
    let make_of = |entry: &Entry| match &entry.make_id {
        Some(id) => id.as_str().to_owned(),
        None => text::name_key(&entry.make),
    };
    let mut written: HashMap<(String, String), (Source, ModelId)> = HashMap::new();
    let mut first: HashMap<(String, String), (Source, ModelId)> = HashMap::new();
    for slot in entries.iter_mut() {
        let make = make_of(slot);
        let initial = text::key(&slot.make).chars().next();
        if !slot.is_card() {
            let key = model_key(&slot.model, initial);
            let whole = text::key(&slot.model);
            let as_written = if whole == key { None } else { written.get(&(make.clone(), whole)) };
            let same = as_written.or_else(|| first.get(&(make.clone(), key)));
            // Two entries of one source are two things to that source.
            if let Some(same) =
                same.filter(|(source, _)| *source != slot.source).map(|(_, same)| same.clone())
            {
                if slot.same_as.as_ref() != Some(&same) {
                    Arc::make_mut(slot).same_as = Some(same);
                }
                continue;
            }
            // What it was a duplicate of may have gone with its edition.
            if slot.same_as.is_some() {
                Arc::make_mut(slot).same_as = None;
            }
        }
        let own = (slot.source.clone(), slot.id.clone());
        for name in slot.names() {
            let (key, whole) = (model_key(name, initial), text::key(name));
            if whole != key {
                written.entry((make.clone(), whole)).or_insert_with(|| own.clone());
            }
            first.entry((make.clone(), key)).or_insert_with(|| own.clone());
        }
    }
}

/// The folded name without what some put before every number: `Model 94`, `M94` and `94` are one model of a make, and so are
/// `G19` and `19` of Glock.
fn model_key(name: &str, initial: Option<char>) -> String {
    let key = text::key(name);
    let begins_with_digit = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit());
    let rest = key.strip_prefix("model").filter(|rest| !rest.is_empty());
    let rest = rest.or_else(|| key.strip_prefix("mod").filter(begins_with_digit));
    let rest = rest.or_else(|| key.strip_prefix('m').filter(begins_with_digit));
    let rest = rest.or_else(|| key.strip_prefix(initial?).filter(begins_with_digit));
    rest.unwrap_or(&key).to_owned()
}
