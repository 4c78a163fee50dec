//! The values of a card, from the reference table. Runs on a job's thread.

use crate::reference::entry::Source;
use crate::reference::serial_test::SerialTest;
use crate::reference::{Entry, Reference};

use super::{Card, Origin, Other};

/// The card of an entry.
pub fn card(id: &str, reference: &Reference) -> Option<Card> {
    let entry = reference.entry(id)?;
    let details = entry.details();
    let serial = details.serial.as_ref();
    let make = entry.make_id.as_ref().and_then(|id| reference.makes().get(id));
    let country = |code| reference.countries().get(code).map(|country| country.names.en.clone());
    let calibre = |id| reference.calibres().get(id).map(|calibre| calibre.name.clone());
    Some(Card {
        id: id.to_owned(),
        model: entry.model.clone(),
        make: entry.make.to_string(),
        make_country: make.and_then(|make| make.country).and_then(country),
        firearm_type: entry.firearm_type,
        action: entry.action,
        operation: details.operation.clone(),
        feed: details.feed.clone(),
        calibres: entry
            .calibres
            .iter()
            .map(|id| calibre(id).unwrap_or_else(|| id.as_str().to_owned()))
            .collect(),
        countries: entry
            .countries
            .iter()
            .map(|code| (code.to_string(), country(*code).unwrap_or_else(|| code.to_string())))
            .collect(),
        years: details.years,
        barrel_mm: details.barrel_mm.clone(),
        overall_mm: details.overall_mm.clone(),
        capacity: details.capacity.clone(),
        serial_place: serial.and_then(|serial| serial.place.clone()),
        serial_forms: serial.and_then(crate::reference::entry::SerialShape::forms),
        serial_examples: serial.map(|serial| serial.examples.clone()).unwrap_or_default(),
        markings: details.markings.clone(),
        variants: details.variants.clone(),
        lookalikes: details
            .lookalikes
            .iter()
            .map(|like| other(like.id.as_str(), &like.tell, reference))
            .collect(),
        aliases: entry.aliases.clone(),
        note: details.note.clone(),
        origin: origin(entry),
        sources: details.sources.clone(),
        checked: details.checked.clone(),
        same_as: entry.same_as.as_ref().map(|id| other(id.as_str(), "", reference)),
    })
}

/// What a number says on an entry.
pub fn test_serial(id: &str, serial: &str, reference: &Reference) -> Option<SerialTest> {
    Some(reference.serial_test(reference.entry(id)?, serial))
}

fn other(id: &str, tell: &str, reference: &Reference) -> Other {
    let name = reference
        .entry(id)
        .map_or_else(|| id.to_owned(), |entry| format!("{} {}", entry.make, entry.model));
    Other { id: id.to_owned(), name, tell: tell.to_owned() }
}

fn origin(entry: &Entry) -> Origin {
    match &entry.source {
        Source::Card => Origin::Card,
        Source::Package(name) => Origin::Package(name.to_string()),
        Source::Edition(name) => Origin::Edition(name.to_string()),
    }
}
