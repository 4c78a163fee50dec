//! Filters, and what each would leave.

use crate::domain::country::CountryCode;
use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::reference::calibre::CalibreNo;
use crate::reference::id::{CalibreId, MakeId};

use super::index::{Index, Row};

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
    /// Counts over rows of an index.
    pub(super) fn of<'a>(index: &Index, rows: impl Iterator<Item = &'a Row>) -> Self {
        let mut types = vec![0usize; FirearmType::ALL.len()];
        let mut actions = vec![0usize; FirearmAction::ALL.len()];
        let mut calibres = vec![0usize; index.reference.calibres().all().len()];
        let mut makes = vec![0usize; index.make_names.len()];
        let mut countries = vec![0usize; COUNTRY_CODES];
        for row in rows {
            row.firearm_type.into_iter().for_each(|it| types[it as usize] += 1);
            row.action.into_iter().for_each(|it| actions[it as usize] += 1);
            row.calibres.iter().for_each(|it| calibres[usize::from(*it)] += 1);
            row.entry.countries.iter().for_each(|it| countries[country_number(*it)] += 1);
            makes[row.make as usize] += 1;
        }
        let calibre_ids = index.reference.calibres().all().iter().map(|calibre| calibre.id.clone());
        let make_ids = index.make_ids.iter().zip(makes);
        Self {
            types: ranked(FirearmType::ALL.iter().copied().zip(types)),
            actions: ranked(FirearmAction::ALL.iter().copied().zip(actions)),
            calibres: ranked(calibre_ids.zip(calibres)),
            makes: ranked(make_ids.filter_map(|(id, count)| Some((id.clone()?, count)))),
            countries: ranked(country_codes().zip(countries)),
        }
    }
}

/// Filters by the numbers of an index.
#[derive(Debug)]
pub(super) struct Asked {
    filters: Filters,
    calibres: Vec<CalibreNo>,
    makes: Vec<u32>,
}

impl Asked {
    pub(super) fn of(index: &Index, filters: &Filters) -> Self {
        let calibres =
            filters.calibres.iter().filter_map(|id| index.reference.calibres().number(id)).collect();
        let is_asked = |id: &Option<MakeId>| id.as_ref().is_some_and(|id| filters.makes.contains(id));
        let makes = index
            .make_ids
            .iter()
            .enumerate()
            .filter(|(_, id)| is_asked(id))
            .map(|(no, _)| no as u32)
            .collect();
        Self { filters: filters.clone(), calibres, makes }
    }

    /// Whether nothing is asked.
    pub(super) fn is_nothing(&self) -> bool {
        self.filters.is_empty()
    }

    /// Whether a row says one of the values asked for of each kind; what is unknown is not what is asked for.
    pub(super) fn admits(&self, row: &Row) -> bool {
        let Filters { types, actions, calibres, makes, countries } = &self.filters;
        (types.is_empty() || row.firearm_type.is_some_and(|it| types.contains(&it)))
            && (actions.is_empty() || row.action.is_some_and(|it| actions.contains(&it)))
            && (makes.is_empty() || self.makes.contains(&row.make))
            && (calibres.is_empty() || row.calibres.iter().any(|it| self.calibres.contains(it)))
            && (countries.is_empty() || row.entry.countries.iter().any(|it| countries.contains(it)))
    }
}

/// How many codes of two letters there are.
const COUNTRY_CODES: usize = 26 * 26;

/// The place of a code among all codes of two letters.
fn country_number(code: CountryCode) -> usize {
    code.as_str()
        .bytes()
        .fold(0, |number, letter| number * 26 + usize::from(letter.to_ascii_uppercase() - b'A'))
}

/// Every code of two letters, in order.
fn country_codes() -> impl Iterator<Item = CountryCode> {
    let letters = || b'A'..=b'Z';
    letters().flat_map(move |first| letters().map(move |second| [first, second])).map(|code| {
        let text = std::str::from_utf8(&code).expect("capital letters are ASCII");
        text.parse().expect("two capital letters are a country's code")
    })
}

fn ranked<T>(counts: impl Iterator<Item = (T, usize)>) -> Vec<FacetCount<T>> {
    let said = counts.filter(|(_, count)| *count > 0);
    let mut counts: Vec<_> = said.map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts
}
