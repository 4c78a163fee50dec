//! Full cards: every name they use is resolved, and what cannot be is a fault.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::reference::calibre::Calibres;
use crate::reference::country::Countries;
use crate::reference::entry::{Details, Entry, LookAlike, SerialShape, Source};
use crate::reference::error::Fault;
use crate::reference::id::{CalibreId, MakeId};
use crate::reference::later::Later;
use crate::reference::make::Makes;

use super::raw::CardRow;

/// What entries are resolved against.
pub(super) struct Parts<'a> {
    pub makes: &'a Makes,
    pub calibres: &'a Calibres,
    pub countries: &'a Countries,
    /// What the cards' calibres mean, for they repeat themselves.
    pub named_calibres: FxHashMap<String, CalibreId>,
}

/// The calibres that cards name, each found once.
pub(super) fn named_calibres<'a>(
    cards: impl Iterator<Item = &'a CardRow>,
    calibres: &Calibres,
) -> FxHashMap<String, CalibreId> {
    let mut named = FxHashMap::default();
    for name in cards.flat_map(|card| &card.calibres) {
        if !named.contains_key(name)
            && let Some(calibre) =
                calibres.get(&CalibreId::from(name.as_str())).or_else(|| calibres.find(name))
        {
            named.insert(name.clone(), calibre.id.clone());
        }
    }
    named
}

/// The entry of a card. `None` when its make, type or action is not known: without those it would mislead.
pub(super) fn entry(file: &str, row: CardRow, parts: &Parts<'_>, faults: &mut Vec<Fault>) -> Option<Entry> {
    let mut fault = |problem: String| faults.push(Fault::new(file, &*row.id, problem));
    let make = parts.makes.get(&MakeId::from(row.make.as_str()));
    if make.is_none() {
        fault(format!("make `{}` is not in makes/", row.make));
    }
    let firearm_type = row.firearm_type.parse().map_err(|error| fault(format!("type: {error}"))).ok();
    let action = row.action.parse().map_err(|error| fault(format!("action: {error}"))).ok();
    let calibres = resolve_calibres(&row.calibres, parts, &mut fault);
    let mut countries = Vec::new();
    for text in &row.countries {
        match parts.countries.find(text) {
            Some(country) => countries.push(country.code),
            None => fault(format!("country `{text}` is not known")),
        }
    }
    let years = row.years.as_deref().and_then(|text| text.parse().map_err(&mut fault).ok());
    let millimetres =
        |lengths: Vec<f64>| lengths.into_iter().map(|length| length.round().max(0.0) as u32).collect();
    let details = Details {
        operation: row.operation,
        feed: row.feed,
        years,
        barrel_mm: millimetres(row.barrel_mm),
        overall_mm: millimetres(row.overall_mm),
        capacity: row.capacity,
        serial: row.serial.map(|serial| SerialShape::new(serial.place, serial.pattern, serial.examples)),
        markings: row.markings,
        variants: row.variants,
        lookalikes: row
            .lookalikes
            .into_iter()
            .map(|other| LookAlike { id: other.id.as_str().into(), tell: other.tell })
            .collect(),
        note: row.note,
        sources: row.sources,
        checked: row.checked,
        as_read: Vec::new(),
    };
    let make = make?;
    Some(Entry {
        id: row.id.as_str().into(),
        make: Arc::from(make.name.as_str()),
        make_id: Some(make.id.clone()),
        model: row.model,
        aliases: row.aliases,
        firearm_type: Some(firearm_type?),
        action: Some(action?),
        calibres,
        countries,
        source: Source::Card,
        same_as: None,
        details: Some(Later::now(Box::new(details))),
    })
}

/// A card names a calibre by its id, or by any designation that means one calibre.
fn resolve_calibres(names: &[String], parts: &Parts<'_>, fault: &mut impl FnMut(String)) -> Vec<CalibreId> {
    let mut ids: Vec<CalibreId> = Vec::new();
    for name in names {
        match parts.named_calibres.get(name) {
            Some(id) if ids.contains(id) => {}
            Some(id) => ids.push(id.clone()),
            None => {
                let shared = parts.calibres.find_all(name);
                if shared.is_empty() {
                    fault(format!("calibre `{name}` is not in calibres/"));
                } else {
                    let ids: Vec<&str> = shared.iter().map(|calibre| calibre.id.as_str()).collect();
                    fault(format!("calibre `{name}` may be any of {}: write one", ids.join(", ")));
                }
            }
        }
    }
    ids
}
