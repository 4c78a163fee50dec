//! The table as a whole.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::calibre::Calibres;
use super::country::Countries;
use super::date_code::DateSystem;
use super::entry::{Entry, Source};
use super::error::{Fault, ReferenceError};
use super::handbook::Handbook;
use super::id::ModelId;
use super::import::{CodeTable, Edition, HeadingWords, KnownCode};
use super::later::Later;
use super::links::{Keys, Links};
use super::load::{self, File};
use super::make::{Make, Makes};
use super::search::Prepared;
use super::search::words::Words;
use super::serial_range::RangeTable;
use super::shipped;

/// Everything the reference table knows. Immutable: an edition added or removed makes a new one, which shares the entries.
#[derive(Debug)]
pub struct Reference {
    base: Arc<Base>,
    entries: Vec<Arc<Entry>>,
    by_id: HashMap<ModelId, usize>,
    faults: Vec<Fault>,
    /// The makes, with those that editions bring.
    makes: Arc<Makes>,
    /// What editions bring beside entries, in the order they were added.
    beside: Vec<Beside>,
}

/// What an edition brings beside entries.
#[derive(Debug, Clone)]
struct Beside {
    edition: Arc<str>,
    codes: Arc<[KnownCode]>,
    makes: Arc<[Make]>,
}

/// What no edition changes.
#[derive(Debug)]
pub(super) struct Base {
    pub countries: Countries,
    pub calibres: Calibres,
    pub makes: Arc<Makes>,
    pub words: Words,
    pub heading_words: Later<HeadingWords>,
    pub dates: Later<Vec<DateSystem>>,
    pub ranges: Later<Vec<RangeTable>>,
    pub handbook: Later<Handbook>,
    /// The ids of each vocabulary file, by its path.
    pub vocabularies: Later<Vec<(&'static str, Vec<String>)>>,
    /// The index of the table without editions, where it was worked out when the program was built.
    pub index: Option<&'static [u8]>,
}

/// A table without editions, its entries linked.
pub(super) struct Parts {
    pub base: Base,
    pub entries: Vec<Arc<Entry>>,
    pub faults: Vec<Fault>,
}

impl Reference {
    /// The table that is part of the program.
    pub fn shipped() -> Result<Self, ReferenceError> {
        shipped::read(shipped::prepared_bytes())
    }

    /// The table of data files, each by its path below `reference/`. The build of the program calls it, and tests.
    pub(super) fn of_files(files: &[File]) -> Result<Self, ReferenceError> {
        let mut parts = load::load(files)?;
        link_duplicates(&mut parts.entries);
        Ok(Self::of_parts(parts))
    }

    pub(super) fn of_parts(parts: Parts) -> Self {
        let Parts { base, entries, faults } = parts;
        Self::new(Arc::new(base), entries, faults, Vec::new())
    }

    /// The same table with editions beside it; one of the same name is replaced.
    #[must_use]
    pub fn with_editions(&self, editions: Vec<Edition>) -> Self {
        let names: Vec<&str> = editions.iter().map(|edition| &*edition.name).collect();
        let mut entries = self.entries_without(&names);
        let mut beside = self.beside_without(&names);
        for edition in editions {
            entries.extend(edition.entries);
            beside.push(Beside {
                edition: edition.name,
                codes: edition.codes.into(),
                makes: edition.makes.into(),
            });
        }
        link_duplicates(&mut entries);
        Self::new(Arc::clone(&self.base), entries, self.faults.clone(), beside)
    }

    /// The same table without an edition.
    #[must_use]
    pub fn without_edition(&self, name: &str) -> Self {
        let (mut entries, beside) = (self.entries_without(&[name]), self.beside_without(&[name]));
        link_duplicates(&mut entries);
        Self::new(Arc::clone(&self.base), entries, self.faults.clone(), beside)
    }

    /// The names of the editions, in the order they were added.
    pub fn editions(&self) -> Vec<Arc<str>> {
        self.beside.iter().map(|beside| Arc::clone(&beside.edition)).collect()
    }

    /// The codes of the editions for an id of one of this table's makes, calibres, countries or words, each with its edition's name.
    pub fn codes_of<'a>(
        &'a self,
        table: CodeTable,
        id: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a KnownCode)> {
        let all = self.beside.iter().flat_map(|it| it.codes.iter().map(|code| (&*it.edition, code)));
        all.filter(move |(_, known)| known.code.table == table && known.means.iter().any(|other| other == id))
    }

    fn entries_without(&self, editions: &[&str]) -> Vec<Arc<Entry>> {
        let of_them =
            |entry: &Entry| matches!(&entry.source, Source::Edition(name) if editions.contains(&&**name));
        self.entries.iter().filter(|entry| !of_them(entry)).map(Arc::clone).collect()
    }

    fn beside_without(&self, editions: &[&str]) -> Vec<Beside> {
        self.beside.iter().filter(|it| !editions.contains(&&*it.edition)).cloned().collect()
    }

    fn new(base: Arc<Base>, entries: Vec<Arc<Entry>>, mut faults: Vec<Fault>, beside: Vec<Beside>) -> Self {
        let mut by_id = HashMap::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            if by_id.insert(entry.id.clone(), at).is_some() {
                faults.push(Fault::new("models", entry.id.as_str(), "two entries have this id"));
            }
        }
        let brought = || beside.iter().flat_map(|it| it.makes.iter().cloned());
        let makes = match brought().next() {
            None => Arc::clone(&base.makes),
            Some(_) => Arc::new(base.makes.with(brought())),
        };
        Self { base, entries, by_id, faults, makes, beside }
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
        &self.makes
    }

    /// The makes of the shipped table alone: lists are read by these, so that what one means does not hang on the others.
    pub(super) fn own_makes(&self) -> &Makes {
        &self.base.makes
    }

    /// The systems that turn a mark into a year.
    pub fn date_systems(&self) -> &[DateSystem] {
        self.base.dates.get()
    }

    /// The tables that date a serial number by its range.
    pub fn range_tables(&self) -> &[RangeTable] {
        self.base.ranges.get()
    }

    /// Proof houses, marks, parts and terms.
    pub fn handbook(&self) -> &Handbook {
        self.base.handbook.get()
    }

    /// The ids of each vocabulary file, by its path.
    pub(super) fn vocabularies(&self) -> &[(&'static str, Vec<String>)] {
        self.base.vocabularies.get()
    }

    /// The words of descriptions that are not names.
    pub(super) fn words(&self) -> &Words {
        &self.base.words
    }

    /// The words of the headings of lists.
    pub fn heading_words(&self) -> &HeadingWords {
        self.base.heading_words.get()
    }

    /// What no edition changes.
    pub(super) fn base(&self) -> &Base {
        &self.base
    }

    /// The index of this table, where it was worked out when the program was built: with an edition beside it there is another.
    pub(super) fn prepared_index(&self) -> Option<Prepared> {
        let read = |index| shipped::part(index).expect("the build of this program wrote it in this form");
        self.base.index.filter(|_| self.beside.is_empty()).map(read)
    }

    /// Every entry, cards first.
    pub fn entries(&self) -> &[Arc<Entry>] {
        &self.entries
    }

    /// The entry of an id.
    pub fn entry(&self, id: &str) -> Option<&Arc<Entry>> {
        self.by_id.get(id).map(|at| &self.entries[*at])
    }

    /// The place of an entry.
    pub(super) fn place(&self, id: &ModelId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The faults that the load itself met.
    pub(super) fn load_faults(&self) -> &[Fault] {
        &self.faults
    }
}

/// Points each entry at the first one that has the same make and a name equal to its model's, so that a model is found once.
/// Cards come first in the table, so a card is never a duplicate of a package entry.
fn link_duplicates(entries: &mut [Arc<Entry>]) {
    let keys: Vec<Keys> = entries.par_iter().map(|entry| Keys::of(entry)).collect();
    let mut links = Links::default();
    for (slot, keys) in entries.iter_mut().zip(&keys) {
        let same = links.same(slot, keys);
        if same.is_none() {
            links.add(slot, keys);
        }
        // What it was a duplicate of may have come or gone with an edition.
        if slot.same_as != same {
            Arc::make_mut(slot).same_as = same;
        }
    }
}
