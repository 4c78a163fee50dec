//! Tables of codes, such as NCIC's: what a code stands for in this table, where its name says it.

use std::sync::Arc;

use serde::Serialize;

use crate::reference::make::Make;
use crate::reference::table::Reference;
use crate::reference::text;

use super::fields::Read;
use super::item::{Code, CodeTable};
use super::place::{is_same_company, placed};
use super::plan::Kind;
use super::words::kind_of;

/// The file of a make that came with an edition.
pub(in crate::reference) const OF_AN_EDITION: &str = "edition";

/// A code of an edition and what it means here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownCode {
    /// As the list has it.
    #[serde(flatten)]
    pub code: Code,
    /// Ids of this table's makes, calibres, countries, or words of its vocabularies; none where nothing is surely meant.
    pub means: Vec<String>,
}

/// Reads a row.
pub(super) fn read(row: &Read<'_>) -> Result<Code, String> {
    let code = row.named("code")?;
    let name = match row.plan.kind {
        Kind::NcicMake | Kind::NcicCountry => row.named("name")?,
        _ => row.named("definition")?,
    };
    if code.is_empty() {
        return Err("the code is empty".into());
    }
    if name.is_empty() {
        return Err("the name is empty".into());
    }
    let table = match row.plan.kind {
        Kind::NcicMake if row.named("kind")?.starts_with("country") => CodeTable::Country,
        Kind::NcicMake => CodeTable::Make,
        Kind::NcicCalibre => CodeTable::Calibre,
        Kind::NcicType => CodeTable::Type,
        Kind::NcicAction => CodeTable::Action,
        Kind::NcicCountry => CodeTable::Country,
        _ => CodeTable::Colour,
    };
    let other = row.named("name_in_niem_1.0")?;
    let aliases = if other.is_empty() || other == name { Vec::new() } else { vec![other] };
    Ok(Code { table, code, name, aliases })
}

impl KnownCode {
    /// A code and what it means by the shipped table.
    pub(super) fn of(code: Code, reference: &Reference) -> Self {
        let names = || std::iter::once(&code.name).chain(&code.aliases).flat_map(|name| shorter(name));
        let mut means: Vec<String> = match code.table {
            CodeTable::Make => {
                let by_code = reference.own_makes().all().iter().find(|make| {
                    make.ncic
                        .as_deref()
                        .is_some_and(|ncic| ncic.split(['|', ',', ' ']).any(|it| it == code.code))
                });
                let by_name = || make_called(&code, reference);
                by_code.or_else(by_name).map(|make| make.id.to_string()).into_iter().collect()
            }
            CodeTable::Calibre => {
                let parts = code.name.split([';', ',', '/', '(', ')']).map(str::trim);
                parts.filter_map(|part| reference.calibre(part)).map(|id| id.to_string()).collect()
            }
            CodeTable::Type => {
                let (kind, action) = code.name.split_once(',').unwrap_or((&code.name, ""));
                kind_of(kind, action).0.map(|it| it.id().to_owned()).into_iter().collect()
            }
            CodeTable::Action => kind_of("", &code.name).1.map(|it| it.id().to_owned()).into_iter().collect(),
            CodeTable::Country => {
                let found = names().find_map(|name| reference.country(name));
                found.map(|country| country.to_string()).into_iter().collect()
            }
            CodeTable::Colour => Vec::new(),
        };
        means.sort_unstable();
        means.dedup();
        Self { code, means }
    }

    /// The make that a code of makes brings where the table has none of this name.
    pub(super) fn make(&self, edition: &Arc<str>) -> Option<Make> {
        if self.code.table != CodeTable::Make || !self.means.is_empty() {
            return None;
        }
        let id = format!("{edition}:{}", text::slug(&self.code.code));
        let shorter = |name: &String| shorter(name).map(str::to_owned).collect::<Vec<_>>();
        let mut aliases: Vec<String> =
            std::iter::once(&self.code.name).chain(&self.code.aliases).flat_map(shorter).collect();
        aliases.retain(|alias| *alias != self.code.name);
        aliases.dedup();
        Some(Make {
            id: id.as_str().into(),
            name: self.code.name.clone(),
            country: None,
            aliases,
            former: Vec::new(),
            role: None,
            ncic: Some(self.code.code.clone()),
            note: None,
            file: OF_AN_EDITION,
        })
    }
}

/// The make that the name of a code surely means: as it stands, without what follows a mark, or without the place at its end. A make
/// of another country than the place is not meant.
fn make_called<'a>(code: &Code, reference: &'a Reference) -> Option<&'a Make> {
    let makes = reference.own_makes();
    std::iter::once(&code.name).chain(&code.aliases).find_map(|name| {
        if let Some(make) = makes.find_one(name) {
            return Some(make);
        }
        let placed = placed(name, reference);
        let allowed =
            |make: &&Make| placed.as_ref().is_none_or(|placed| placed.allows(make.country, reference));
        if let Some(make) = shorter(name).find_map(|name| makes.find_one(name).filter(allowed)) {
            return Some(make);
        }
        let mut without_place = placed.iter().flat_map(|placed| placed.names.iter().copied());
        without_place.find_map(|name| {
            let bears = |make: &&Make| make.names().any(|other| is_same_company(name, other));
            makes.find_one(name).filter(bears).filter(allowed)
        })
    })
}

/// The name, and the name without what follows a mark: these tables put the city, a remark or the parent company there.
fn shorter(name: &str) -> impl Iterator<Item = &str> {
    let cut = name.find([';', ',', '(', '*']).map(|at| name[..at].trim()).filter(|cut| cut.len() > 2);
    std::iter::once(name).chain(cut)
}
