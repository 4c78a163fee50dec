//! The data files as they are written (reference/README.md). An unknown key is an error, so that a slip of the pen is found.

use serde::Deserialize;

use crate::reference::date_code::DateSystem;
use crate::reference::handbook::{OwnerMark, ProofHouse, Term};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "source, licence and credit are required at a file's head, and read by people")]
pub(super) struct CalibreFile {
    pub source: String,
    pub licence: String,
    pub credit: Option<String>,
    #[serde(default)]
    pub calibre: Vec<CalibreRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalibreRow {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub wrong: Vec<String>,
    #[serde(default)]
    pub ambiguous: Vec<String>,
    pub family: String,
    pub bullet_mm: Option<f32>,
    pub case_mm: Option<f32>,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "source, licence and credit are required at a file's head, and read by people")]
pub(super) struct MakeFile {
    pub source: String,
    pub licence: String,
    pub credit: Option<String>,
    #[serde(default)]
    pub make: Vec<MakeRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MakeRow {
    pub id: String,
    pub name: String,
    pub country: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub former: Vec<String>,
    pub role: Option<String>,
    pub ncic: Option<String>,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "source, licence and credit are required at a file's head, and read by people")]
pub(super) struct CardFile {
    pub source: String,
    pub licence: String,
    pub credit: Option<String>,
    /// The date of the cards, such as `2026-11`.
    pub edition: Option<String>,
    #[serde(default)]
    pub model: Vec<CardRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CardRow {
    pub id: String,
    pub make: String,
    pub model: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(rename = "type")]
    pub firearm_type: String,
    pub action: String,
    pub operation: Option<String>,
    pub feed: Option<String>,
    pub calibres: Vec<String>,
    pub countries: Vec<String>,
    pub years: Option<String>,
    #[serde(default)]
    pub barrel_mm: Vec<f64>,
    #[serde(default)]
    pub overall_mm: Vec<f64>,
    #[serde(default)]
    pub capacity: Vec<u32>,
    pub serial: Option<SerialRow>,
    #[serde(default)]
    pub markings: Vec<String>,
    #[serde(default)]
    pub variants: Vec<String>,
    #[serde(default)]
    pub lookalikes: Vec<LookAlikeRow>,
    pub note: Option<String>,
    #[serde(default)]
    pub sources: Vec<String>,
    pub checked: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SerialRow {
    pub place: Option<String>,
    pub pattern: Option<String>,
    #[serde(default)]
    pub examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LookAlikeRow {
    pub id: String,
    #[serde(default)]
    pub tell: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "source and licence are required at a file's head, and read by people")]
pub(super) struct StateFile {
    pub source: String,
    pub licence: String,
    #[serde(default)]
    pub state: Vec<StateRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StateRow {
    pub code: String,
    #[serde(rename = "iso_3166_3")]
    pub iso: Option<String>,
    pub names: StateNames,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub successors: Vec<String>,
    pub from: Option<i16>,
    pub to: Option<i16>,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StateNames {
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub fr: String,
    #[serde(default)]
    pub es: String,
    #[serde(default)]
    pub ar: String,
}

/// A row of `countries.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct CountryRow {
    pub a2: String,
    pub a3: String,
    pub en: String,
    pub fr: String,
    pub es: String,
    pub ar: String,
    pub en_alt: String,
    pub fr_alt: String,
    pub es_alt: String,
    pub ar_alt: String,
    pub centroid_lat: Option<f64>,
    pub centroid_lon: Option<f64>,
    pub land_neighbours_a3: String,
}

/// A row of the gunsnprices package.
#[derive(Debug, Deserialize)]
pub(super) struct GunsnpricesRow {
    pub brand: String,
    pub family: String,
    pub model: String,
}

/// A row of the MISP galaxy of retail articles.
#[derive(Debug, Deserialize)]
pub(super) struct MispRow {
    pub brand: String,
    pub name: String,
    #[serde(default)]
    pub calibre: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DateFile {
    pub source: String,
    pub licence: String,
    pub system: Vec<DateSystem>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ProofFile {
    pub source: String,
    pub licence: String,
    pub house: Vec<ProofHouse>,
    pub mark: Vec<OwnerMark>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct GlossaryFile {
    pub source: String,
    pub licence: String,
    pub term: Vec<Term>,
}

/// A vocabulary file: only its ids are compared with the program's own.
#[derive(Debug, Deserialize)]
pub(super) struct VocabularyFile {
    #[serde(default)]
    pub entry: Vec<VocabularyRow>,
}

#[derive(Debug, Deserialize)]
pub(super) struct VocabularyRow {
    pub id: String,
}
