//! The values of a card, as the desk tells them. Runs on a job's thread.

use crate::desk::{DeskError, Similar, Table};
use crate::reference::Entry;
use crate::reference::entry::{SerialShape, Source};

use super::{Card, Origin, Other};

/// The card of an entry.
pub fn card(id: &str, table: &Table) -> Result<Card, DeskError> {
    let found = table.card(id)?;
    let entry = &found.entry;
    let details = entry.details();
    let serial = details.serial.as_ref();
    let codes = entry.countries.iter().map(ToString::to_string);
    Ok(Card {
        id: id.to_owned(),
        model: entry.model.clone(),
        make: entry.make.to_string(),
        make_country: make_country(entry, table),
        firearm_type: entry.firearm_type,
        action: entry.action,
        operation: details.operation.clone(),
        feed: details.feed.clone(),
        calibres: found.calibres,
        countries: codes.zip(found.countries).collect(),
        years: details.years,
        barrel_mm: details.barrel_mm.clone(),
        overall_mm: details.overall_mm.clone(),
        capacity: details.capacity.clone(),
        serial_place: serial.and_then(|serial| serial.place.clone()),
        serial_forms: serial.and_then(SerialShape::forms),
        serial_examples: serial.map(|serial| serial.examples.clone()).unwrap_or_default(),
        ranges: found.ranges,
        markings: details.markings.clone(),
        variants: details.variants.clone(),
        lookalikes: found.lookalikes.into_iter().map(other).collect(),
        aliases: entry.aliases.clone(),
        note: details.note.clone(),
        origin: origin(&entry.source),
        sources: details.sources.clone(),
        checked: details.checked.clone(),
        same_as: found.same_as.map(other),
        linked: found.linked.into_iter().map(other).collect(),
    })
}

fn make_country(entry: &Entry, table: &Table) -> Option<String> {
    let reference = table.reference();
    let code = reference.makes().get(entry.make_id.as_ref()?)?.country?;
    Some(reference.countries().get(code)?.names.en.clone())
}

fn other(similar: Similar) -> Other {
    Other { id: similar.id.to_string(), name: similar.name, source: similar.source, tell: similar.tell }
}

fn origin(source: &Source) -> Origin {
    match source {
        Source::Card => Origin::Card,
        Source::Package(name) => Origin::Package(name.to_string()),
        Source::Edition(name) => Origin::Edition(name.to_string()),
    }
}
