//! Countries, present and former: names in four languages, land neighbours, and what became of the former ones.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::domain::country::CountryCode;

use super::ordered::ordered;
use super::text;

/// A country's short names; empty where the source has none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CountryNames {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
    /// Spanish.
    pub es: String,
    /// Arabic.
    pub ar: String,
}

/// What is known of a state that no longer exists under this name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerState {
    /// Present states to which a question about its marks may have to go.
    pub successors: Vec<CountryCode>,
    /// First year of the name.
    pub from: Option<i16>,
    /// Last year of the name.
    pub to: Option<i16>,
    /// What an officer should know of its marks.
    pub note: Option<String>,
}

/// A country or territory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Country {
    /// ISO 3166 alpha-2, or the table's own code of a former state.
    pub code: CountryCode,
    /// ISO 3166 alpha-3; `None` for a former state.
    pub alpha3: Option<String>,
    /// Short names.
    pub names: CountryNames,
    /// Other names, abbreviations and stamps.
    pub aliases: Vec<String>,
    /// Countries with a common land border.
    pub neighbours: Vec<CountryCode>,
    /// Latitude and longitude of the middle, in degrees, WGS 84.
    pub centroid: Option<(f64, f64)>,
    /// Set when the state no longer exists under this name.
    pub former: Option<FormerState>,
}

/// Every country, found by code or by any of its names.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Countries {
    all: Vec<Country>,
    #[serde(serialize_with = "ordered")]
    by_code: HashMap<CountryCode, usize>,
    #[serde(serialize_with = "ordered")]
    by_name: HashMap<String, usize>,
}

impl Countries {
    /// Indexes the countries by code and name. Where two share a name the first has it, so present states come first.
    pub(super) fn new(all: Vec<Country>) -> Self {
        let mut by_code = HashMap::new();
        let mut by_name = HashMap::new();
        for (at, country) in all.iter().enumerate() {
            by_code.entry(country.code).or_insert(at);
            let names = &country.names;
            let own = [&names.en, &names.fr, &names.es, &names.ar];
            let codes = country.alpha3.iter();
            for name in own.into_iter().chain(&country.aliases).chain(codes) {
                let key = text::key(name);
                if !key.is_empty() {
                    by_name.entry(key).or_insert(at);
                }
            }
        }
        Self { all, by_code, by_name }
    }

    /// Every country, present ones first, in the order of the files.
    pub fn all(&self) -> &[Country] {
        &self.all
    }

    /// The country of a code.
    pub fn get(&self, code: CountryCode) -> Option<&Country> {
        self.by_code.get(&code).map(|at| &self.all[*at])
    }

    /// The country that a text names: a code, a name in any of the four languages, an abbreviation or a stamp.
    pub fn find(&self, text: &str) -> Option<&Country> {
        let by_code = text.parse().ok().and_then(|code| self.get(code));
        by_code.or_else(|| self.find_key(&text::key(text)))
    }

    /// The country that bears a name, already folded.
    pub(super) fn find_key(&self, key: &str) -> Option<&Country> {
        self.by_name.get(key).map(|at| &self.all[*at])
    }
}
