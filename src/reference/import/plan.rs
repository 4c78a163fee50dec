//! Which list this is, and how its columns are read: told by the headings, or by the user.

use serde::Serialize;

use crate::domain::vocabulary::vocabulary;

use super::beginning::Beginning;
use super::decode::Encoding;
use super::heading::{place_of, same_heading};
use super::mapping::{Column, Mapping};
use super::rows::Fields;

/// How many headings a sentence names.
const MOST_TOLD: usize = 20;

vocabulary! {
    /// The lists that are known.
    Kind {
        /// Firearms Reference Table of the RCMP: number, make, model, type, action, country, feed, place of the serial.
        Frt = "frt",
        /// Canadian reference numbers with make and model.
        Asfcp = "asfcp",
        /// Firearms named in SOR/98-462.
        Sor = "sor-98-462",
        /// The ATF's curios and relics.
        AtfCurios = "atf-curios",
        /// The French Référentiel général des armes.
        Rga = "rga",
        /// NCIC codes of makes.
        NcicMake = "ncic-make",
        /// NCIC codes of calibres.
        NcicCalibre = "ncic-calibre",
        /// NCIC codes of types, one letter or two.
        NcicType = "ncic-type",
        /// NCIC codes of actions.
        NcicAction = "ncic-action",
        /// NCIC codes of countries.
        NcicCountry = "ncic-country",
        /// NCIC codes of colours.
        NcicColour = "ncic-colour",
        /// Any other, by a mapping of its columns.
        Mapped = "mapped",
    }
}

type Known = (Kind, &'static [(&'static str, Column)], &'static [&'static str]);

/// The columns of each list and, after them, the headings by which it is known. More headings before fewer.
const KNOWN: &[Known] = &[
    (
        Kind::Rga,
        &[
            ("referenceRGA", Column::Id),
            ("marque", Column::Make),
            ("fabricant", Column::Maker),
            ("modele", Column::Model),
            ("typeArme", Column::Type),
            ("modeFonctionnement", Column::Action),
            ("calibreCanonUn", Column::Calibre),
            ("paysFabricant", Column::Country),
            ("systemeAlimentation", Column::Feed),
            ("famille", Column::Keep),
            ("classementEuropeen", Column::Keep),
            ("classementFrancais", Column::Keep),
        ],
        &["referenceRGA", "marque", "modele"],
    ),
    (
        Kind::Frt,
        &[
            ("frn", Column::Id),
            ("make", Column::Make),
            ("model", Column::Model),
            ("manufacturer", Column::Maker),
            ("type", Column::Type),
            ("action", Column::Action),
            ("country", Column::Country),
            ("feed", Column::Feed),
            ("serial_location_coded", Column::SerialPlace),
            ("calibre", Column::Calibre),
            ("legal_class_ca", Column::Keep),
        ],
        &["frn", "make", "model", "type", "action"],
    ),
    (
        Kind::AtfCurios,
        &[
            ("record_id", Column::Id),
            ("make", Column::Make),
            ("model", Column::Model),
            ("calibre", Column::Calibre),
            ("type_words", Column::Type),
            ("serial", Column::Keep),
            ("years_mentioned", Column::Keep),
            ("raw_entry", Column::Keep),
        ],
        &["record_id", "make", "model", "raw_entry"],
    ),
    (Kind::Sor, &[], &["heading", "section", "kind", "design", "name"]),
    (
        Kind::Asfcp,
        &[("frn", Column::Id), ("make", Column::Make), ("model", Column::Model)],
        &["frn", "make", "model"],
    ),
    (Kind::NcicMake, &[], &["code", "name", "kind"]),
    (Kind::NcicCountry, &[], &["code", "name"]),
];

/// How a list is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Which list it is.
    pub kind: Kind,
    /// What separates its fields.
    pub delimiter: u8,
    /// Its headings, in order.
    pub headings: Vec<String>,
    /// Which of the saved mappings it is read by.
    pub saved: Option<usize>,
    /// What is read of which column.
    pub(super) places: Vec<(usize, Column)>,
}

/// A heading and what is read of its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedColumn {
    /// The heading.
    pub heading: String,
    /// The word for what it says, or nothing where it is not read.
    pub meaning: &'static str,
}

/// Why a list cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPlan {
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// Its first row is none.
    #[error("line {line}: the headings cannot be read: {reason}")]
    Headings {
        /// The line.
        line: u64,
        /// Why.
        reason: String,
    },
    /// No known list has such headings.
    #[error(
        "its headings ({}) are of no list that is known: see what they probably say (--preview), say which list it is (--kind {}), or which column says what (--map HEADING=make --map HEADING=model)",
        first_of(.0),
        kinds()
    )]
    Unknown(Vec<String>),
    /// The mapping names columns that are not there.
    #[error("it has no column {}: its headings are {}", .missing.join(", "), first_of(headings))]
    Missing {
        /// Columns that were named.
        missing: Vec<String>,
        /// What is there.
        headings: Vec<String>,
    },
    /// The file cannot be read.
    #[error("it cannot be read: {0}")]
    Io(String),
}

/// The first headings; a mark where there are more.
fn first_of(headings: &[String]) -> String {
    let more = headings.len() > MOST_TOLD;
    let told = headings.iter().take(MOST_TOLD).map(String::as_str).chain(more.then_some("…"));
    told.collect::<Vec<_>>().join(", ")
}

fn kinds() -> String {
    let named = Kind::ALL.iter().filter(|kind| **kind != Kind::Mapped);
    named.map(|kind| kind.id()).collect::<Vec<_>>().join(" | ")
}

/// How the user says that a list is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reading {
    /// By its headings.
    #[default]
    Recognised,
    /// As a known list.
    As(Kind),
    /// By a mapping of its columns.
    Mapped(Mapping),
}

impl Plan {
    /// Plans the reading of a list from its beginning, which may be cut anywhere after the first rows. `saved` are mappings that were
    /// kept for lists the program does not know; one is taken where a list has all of its columns.
    pub fn of(
        beginning: &[u8],
        encoding: Encoding,
        reading: &Reading,
        saved: &[Mapping],
    ) -> Result<Self, NoPlan> {
        let given = if let Reading::Mapped(mapping) = reading { mapping.delimiter } else { None };
        let Beginning { delimiter, headings, sample } = Beginning::read(beginning, encoding, given)?;
        let plan = |kind, places| Self { kind, delimiter, headings: headings.clone(), saved: None, places };
        match reading {
            Reading::Mapped(mapping) => {
                let missing = mapping.missing(&headings);
                if !missing.is_empty() {
                    return Err(NoPlan::Missing { missing, headings });
                }
                Ok(plan(Kind::Mapped, mapping.places(&headings)))
            }
            Reading::As(kind) => {
                let missing = missing(*kind, &headings);
                if !missing.is_empty() {
                    return Err(NoPlan::Missing { missing, headings });
                }
                Ok(plan(*kind, places(*kind, &headings)))
            }
            Reading::Recognised => match recognise(&headings, &sample) {
                Some(kind) => Ok(plan(kind, places(kind, &headings))),
                None => match fitting(saved, &headings) {
                    Some((at, mapping)) => {
                        Ok(Self { saved: Some(at), ..plan(Kind::Mapped, mapping.places(&headings)) })
                    }
                    None => Err(NoPlan::Unknown(headings)),
                },
            },
        }
    }

    /// What a column of make and model says; `None` where it is not read, or the list is of another form.
    pub fn meaning(&self, at: usize) -> Option<Column> {
        self.places.iter().find(|(place, _)| *place == at).map(|(_, column)| *column)
    }

    /// Every column of the list and what is read of it.
    pub fn columns(&self) -> Vec<PlannedColumn> {
        let own = own_columns(self.kind);
        let meaning = |at: usize, heading: &str| {
            let mapped = self.meaning(at).map(Column::id);
            let own = own.iter().find(|(name, _)| same_heading(name, heading)).map(|(_, meaning)| *meaning);
            mapped.or(own).unwrap_or("")
        };
        let headings = self.headings.iter().enumerate();
        headings
            .map(|(at, heading)| PlannedColumn { heading: heading.clone(), meaning: meaning(at, heading) })
            .collect()
    }

    /// Where a heading stands.
    pub(super) fn place(&self, heading: &str) -> Option<usize> {
        self.headings.iter().position(|other| same_heading(other, heading))
    }
}

/// The saved mapping of a list with these headings. Of several the one that says most of its columns; of equal ones the first.
fn fitting<'a>(saved: &'a [Mapping], headings: &[String]) -> Option<(usize, &'a Mapping)> {
    let fits = saved.iter().enumerate().rev().filter(|(_, mapping)| mapping.missing(headings).is_empty());
    fits.max_by_key(|(_, mapping)| mapping.columns.len())
}

/// The columns that lists of another form than make and model have.
fn own_columns(kind: Kind) -> &'static [(&'static str, &'static str)] {
    match kind {
        Kind::Sor => {
            &[("heading", "id"), ("section", "id"), ("kind", "kind"), ("design", "make"), ("name", "model")]
        }
        Kind::NcicMake => {
            &[("code", "code"), ("name", "name"), ("kind", "kind"), ("name_in_niem_1.0", "aliases")]
        }
        Kind::NcicCalibre | Kind::NcicType | Kind::NcicAction | Kind::NcicCountry | Kind::NcicColour => {
            &[("code", "code"), ("name", "name"), ("definition", "name")]
        }
        _ => &[],
    }
}

fn known(kind: Kind) -> Option<&'static Known> {
    KNOWN.iter().find(|(other, ..)| *other == kind)
}

fn places(kind: Kind, headings: &[String]) -> Vec<(usize, Column)> {
    let columns = known(kind).map(|(_, columns, _)| *columns).unwrap_or_default();
    columns.iter().filter_map(|(heading, column)| Some((place_of(headings, heading)?, *column))).collect()
}

/// The headings without which a list cannot be read as this kind.
fn missing(kind: Kind, headings: &[String]) -> Vec<String> {
    let has = |heading: &&str| headings.iter().any(|other| same_heading(other, heading));
    let needed: &[&str] = match kind {
        Kind::NcicMake | Kind::NcicCountry => &["code", "name"],
        Kind::NcicCalibre | Kind::NcicType | Kind::NcicAction | Kind::NcicColour => &["code", "definition"],
        Kind::Mapped | Kind::Frt | Kind::Asfcp => &["make", "model"],
        _ => known(kind).map(|(.., needed)| *needed).unwrap_or_default(),
    };
    needed.iter().filter(|heading| !has(heading)).map(|heading| (*heading).to_owned()).collect()
}

/// The list that has such headings. The tables of codes share theirs, so their rows are looked at.
fn recognise(headings: &[String], sample: &[Fields]) -> Option<Kind> {
    let has = |heading: &&str| headings.iter().any(|other| same_heading(other, heading));
    if let Some((kind, ..)) = KNOWN.iter().find(|(.., needed)| needed.iter().all(&has)) {
        return Some(*kind);
    }
    if !["code", "definition"].iter().all(has) {
        return None;
    }
    let place = |name: &str| headings.iter().position(|other| same_heading(other, name)).unwrap_or(0);
    let (code, definition) = (place("code"), place("definition"));
    let says = |wanted: &[(&str, &str)]| {
        wanted.iter().all(|(its_code, word)| {
            sample
                .iter()
                .any(|row| row.get(code) == *its_code && row.get(definition).to_uppercase().contains(word))
        })
    };
    [
        (Kind::NcicType, &[("P", "PISTOL"), ("R", "RIFLE")][..]),
        (Kind::NcicType, &[("PI", "PISTOL"), ("RB", "RIFLE")]),
        (Kind::NcicAction, &[("I", "SEMIAUTOMATIC"), ("R", "REVOLVER")]),
        (Kind::NcicCalibre, &[("12", "GAUGE"), ("22", "22")]),
        (Kind::NcicColour, &[("BLK", "BLACK"), ("BLU", "BLUE")]),
    ]
    .into_iter()
    .find(|(_, wanted)| says(wanted))
    .map(|(kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(text: &str) -> Result<Plan, NoPlan> {
        Plan::of(text.as_bytes(), Encoding::Utf8, &Reading::Recognised, &[])
    }

    #[test]
    fn known_lists_are_recognised_by_their_headings_and_first_rows() {
        for (text, kind) in [
            (
                "frn,make,model,manufacturer,type,action,country,legal_class_ca,feed,serial_location_coded",
                Kind::Frt,
            ),
            ("frn,make,model", Kind::Asfcp),
            ("referenceRGA;famille;typeArme;marque;modele;fabricant;paysFabricant", Kind::Rga),
            ("heading,section,kind,design,name", Kind::Sor),
            ("code,name,kind,name_in_niem_1.0,raw_5.0.1", Kind::NcicMake),
            ("code,name\nAA,ALBANIA", Kind::NcicCountry),
            ("code,definition\n12,12 GAUGE SHOTGUN\n22,.22 LONG RIFLE", Kind::NcicCalibre),
            ("code,definition\nP,PISTOL\nR,RIFLE", Kind::NcicType),
            ("code,definition\nI,SEMIAUTOMATIC ACTION\nR,REVOLVER", Kind::NcicAction),
        ] {
            assert_eq!(planned(text).map(|plan| plan.kind), Ok(kind), "of {text}");
        }
    }

    #[test]
    fn list_that_is_not_known_says_what_to_give() {
        assert_eq!(planned(""), Err(NoPlan::Empty));
        let fault = planned("Marke;Modell\nCZ;75").unwrap_err();
        assert!(fault.to_string().contains("Marke, Modell"), "{fault}");
        let mapping = Mapping::parse("Marke = make\nModell = model").unwrap();
        let saved = std::slice::from_ref(&mapping);
        let plan = Plan::of(b"Marke;Modell\nCZ;75", Encoding::Utf8, &Reading::Recognised, saved).unwrap();
        assert_eq!((plan.kind, plan.delimiter, plan.saved), (Kind::Mapped, b';', Some(0)));
        let asked = Reading::Mapped(mapping);
        let fault = Plan::of(b"Marke;Typ\nCZ;75", Encoding::Utf8, &asked, &[]).unwrap_err();
        assert!(matches!(fault, NoPlan::Missing { .. }), "{fault}");
    }
}
