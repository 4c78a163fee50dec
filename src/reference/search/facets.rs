//! Filters, and what each would leave.

use std::collections::BTreeMap;

use crate::domain::country::CountryCode;
use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::reference::entry::Entry;
use crate::reference::id::{CalibreId, MakeId};

/// Only entries that say one of the given values of each kind are found; an empty list asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Kinds of firearm.
    pub types: Vec<FirearmType>,
    /// Actions.
    pub actions: Vec<FirearmAction>,
    /// Calibres.
    pub calibres: Vec<CalibreId>,
    /// Makes.
    pub makes: Vec<MakeId>,
    /// Countries of manufacture.
    pub countries: Vec<CountryCode>,
}

impl Filters {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an entry passes.
    pub fn admits(&self, entry: &Entry) -> bool {
        let among = |asked: bool, said: bool| !asked || said;
        among(!self.types.is_empty(), entry.firearm_type.is_some_and(|it| self.types.contains(&it)))
            && among(!self.actions.is_empty(), entry.action.is_some_and(|it| self.actions.contains(&it)))
            && among(!self.makes.is_empty(), entry.make_id.as_ref().is_some_and(|it| self.makes.contains(it)))
            && among(!self.calibres.is_empty(), entry.calibres.iter().any(|it| self.calibres.contains(it)))
            && among(!self.countries.is_empty(), entry.countries.iter().any(|it| self.countries.contains(it)))
    }
}

/// A value and how many of the entries found say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount<T> {
    /// The value.
    pub value: T,
    /// How many entries say it.
    pub count: usize,
}

/// The counts of every value, most frequent first, then in the order of the values. An entry that does not say counts nowhere.
#[derive(Debug, Clone, Default)]
pub struct Facets {
    /// By kind of firearm.
    pub types: Vec<FacetCount<FirearmType>>,
    /// By action.
    pub actions: Vec<FacetCount<FirearmAction>>,
    /// By calibre.
    pub calibres: Vec<FacetCount<CalibreId>>,
    /// By make.
    pub makes: Vec<FacetCount<MakeId>>,
    /// By country.
    pub countries: Vec<FacetCount<CountryCode>>,
}

impl Facets {
    /// Counts over entries.
    pub(super) fn of<'a>(entries: impl Iterator<Item = &'a Entry>) -> Self {
        let mut types = BTreeMap::new();
        let mut actions = BTreeMap::new();
        let mut calibres: BTreeMap<&CalibreId, usize> = BTreeMap::new();
        let mut makes: BTreeMap<&MakeId, usize> = BTreeMap::new();
        let mut countries = BTreeMap::new();
        for entry in entries {
            entry.firearm_type.into_iter().for_each(|it| *types.entry(it).or_default() += 1);
            entry.action.into_iter().for_each(|it| *actions.entry(it).or_default() += 1);
            entry.calibres.iter().for_each(|it| *calibres.entry(it).or_default() += 1);
            entry.make_id.iter().for_each(|it| *makes.entry(it).or_default() += 1);
            entry.countries.iter().for_each(|it| *countries.entry(*it).or_default() += 1);
        }
        Self {
            types: ranked(types.into_iter()),
            actions: ranked(actions.into_iter()),
            calibres: ranked(calibres.into_iter().map(|(it, count)| (it.clone(), count))),
            makes: ranked(makes.into_iter().map(|(it, count)| (it.clone(), count))),
            countries: ranked(countries.into_iter()),
        }
    }
}

fn ranked<T>(counts: impl Iterator<Item = (T, usize)>) -> Vec<FacetCount<T>> {
    let mut counts: Vec<_> = counts.map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts
}
