//! The table as it is part of the program: the files of `reference/` were read, resolved, linked and indexed when the program was built
//! ([`prepare`], called by the build script), and are taken here as they lie there ([`read`]).
//!
//! What every search needs is read at start; cards beyond their names, ranges, date codes and the handbook when they are asked for; the
//! long lists of the index are used where they lie. `tests/reference_prepared.rs` holds that the bytes are those of the files.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::country::CountryCode;
use crate::domain::firearm::{FirearmAction, FirearmType};

use super::calibre::{CalibreNo, Calibres};
use super::country::Countries;
use super::entry::{Entry, Source};
use super::error::{Fault, ReferenceError};
use super::later::Later;
use super::load::File;
use super::make::Makes;
use super::search::Prepared;
use super::search::words::Words;
use super::table::{Base, Parts, Reference};

/// The parts, each by itself, so that they can be read beside each other, and some later.
#[derive(Debug, Serialize, Deserialize)]
struct Shipped<'a> {
    names: &'a [u8],
    words: &'a [u8],
    heading_words: &'a [u8],
    dates: &'a [u8],
    ranges: &'a [u8],
    handbook: &'a [u8],
    vocabularies: &'a [u8],
    entries: &'a [u8],
    faults: &'a [u8],
    index: &'a [u8],
}

/// An entry by the numbers of what it names.
#[derive(Debug, Serialize, Deserialize)]
struct PackedEntry<'a> {
    id: &'a str,
    make: PackedMake<'a>,
    model: &'a str,
    #[serde(borrow)]
    aliases: Vec<&'a str>,
    firearm_type: Option<FirearmType>,
    action: Option<FirearmAction>,
    calibres: Vec<CalibreNo>,
    countries: Vec<CountryCode>,
    /// The package's name; `None` for a card.
    package: Option<&'a str>,
    /// The place of the entry that says the same and more.
    same_as: Option<u32>,
    /// What only a full card says.
    details: Option<&'a [u8]>,
}

#[derive(Debug, Serialize, Deserialize)]
enum PackedMake<'a> {
    /// By its place among the makes.
    Known(u32),
    /// A name that no make of the table has.
    Named(&'a str),
}

/// Reads data files, each by its path below `reference/`, and writes the table and its index as [`read`] takes them.
pub fn prepare(files: &[File]) -> Result<Vec<u8>, ReferenceError> {
    let reference = Reference::of_files(files)?;
    let index = Prepared::of(&reference);
    let base = reference.base();
    let names = (&base.countries, &base.calibres, &*base.makes);
    // Words of imported lists are not written with the rest of a card (`Details::as_read`).
    assert!(
        reference.entries().iter().all(|entry| entry.details().as_read.is_empty()),
        "a card has words of a list"
    );
    let details: Vec<Option<Vec<u8>>> =
        reference.entries().iter().map(|entry| entry.details.as_ref().map(bytes)).collect();
    let entries: Vec<PackedEntry<'_>> = reference
        .entries()
        .iter()
        .zip(&details)
        .map(|(entry, details)| PackedEntry::of(entry, details.as_deref(), &reference))
        .collect();
    Ok(bytes(&Shipped {
        names: &bytes(&names),
        words: &bytes(&base.words),
        heading_words: &bytes(&base.heading_words),
        dates: &bytes(&base.dates),
        ranges: &bytes(&base.ranges),
        handbook: &bytes(&base.handbook),
        vocabularies: &bytes(&base.vocabularies),
        entries: &bytes(&entries),
        faults: &bytes(&reference.load_faults()),
        index: &bytes(&index),
    }))
}

/// What the build of this program wrote.
pub fn prepared_bytes() -> &'static [u8] {
    crate::shipped::TABLE
}

/// Reads the table from the program's own bytes.
pub(super) fn read(table: &'static [u8]) -> Result<Reference, ReferenceError> {
    let shipped: Shipped<'static> = part(table)?;
    let of_names = || {
        let (countries, calibres, makes): (Countries, Calibres, Makes) = part(shipped.names)?;
        let entries = entries(part(shipped.entries)?, &makes, &calibres)?;
        Ok((countries, calibres, makes, entries))
    };
    let (names, words) = rayon::join(of_names, || part::<Words>(shipped.words));
    let (countries, calibres, makes, entries) = names?;
    let base = Base {
        countries,
        calibres,
        makes: Arc::new(makes),
        words: words?,
        heading_words: Later::at(shipped.heading_words),
        dates: Later::at(shipped.dates),
        ranges: Later::at(shipped.ranges),
        handbook: Later::at(shipped.handbook),
        vocabularies: Later::at(shipped.vocabularies),
        index: Some(shipped.index),
    };
    let faults: Vec<Fault> = part(shipped.faults)?;
    Ok(Reference::of_parts(Parts { base, entries, faults }))
}

impl<'a> PackedEntry<'a> {
    fn of(entry: &'a Entry, details: Option<&'a [u8]>, reference: &Reference) -> Self {
        let number = |id| reference.calibres().number(id).expect("an entry names calibres of its table");
        let place = |id| reference.place(id).expect("an entry is linked to one of its table") as u32;
        Self {
            id: entry.id.as_str(),
            make: match entry.make_id.as_ref().and_then(|id| reference.makes().number(id)) {
                Some(no) => PackedMake::Known(no as u32),
                None => PackedMake::Named(&entry.make),
            },
            model: &entry.model,
            aliases: entry.aliases.iter().map(String::as_str).collect(),
            firearm_type: entry.firearm_type,
            action: entry.action,
            calibres: entry.calibres.iter().map(number).collect(),
            countries: entry.countries.clone(),
            package: match &entry.source {
                Source::Card => None,
                Source::Package(name) | Source::Edition(name) => Some(name),
            },
            same_as: entry.same_as.as_ref().map(place),
            details,
        }
    }
}

/// The entries, which share the names and ids of makes, calibres and packages.
fn entries(
    packed: Vec<PackedEntry<'static>>,
    makes: &Makes,
    calibres: &Calibres,
) -> Result<Vec<Arc<Entry>>, ReferenceError> {
    let names: Vec<Arc<str>> = makes.all().iter().map(|make| Arc::from(make.name.as_str())).collect();
    let mut packages: Vec<Arc<str>> = Vec::new();
    let mut entries: Vec<Arc<Entry>> = Vec::with_capacity(packed.len());
    for row in packed {
        let (make, make_id) = match row.make {
            PackedMake::Known(no) => {
                let make = makes.all().get(no as usize).ok_or_else(damaged)?;
                (Arc::clone(&names[no as usize]), Some(make.id.clone()))
            }
            PackedMake::Named(name) => (Arc::from(name), None),
        };
        let source = match row.package {
            None => Source::Card,
            Some(name) => {
                let known = packages.iter().find(|known| ***known == *name).map(Arc::clone);
                Source::Package(known.unwrap_or_else(|| {
                    packages.push(Arc::from(name));
                    Arc::clone(&packages[packages.len() - 1])
                }))
            }
        };
        // What an entry is a duplicate of stands before it.
        let same = |place: u32| entries.get(place as usize).map(|entry| entry.id.clone()).ok_or_else(damaged);
        entries.push(Arc::new(Entry {
            id: row.id.into(),
            make,
            make_id,
            model: row.model.to_owned(),
            aliases: row.aliases.into_iter().map(str::to_owned).collect(),
            firearm_type: row.firearm_type,
            action: row.action,
            calibres: row.calibres.into_iter().map(|no| calibres.at(no).id.clone()).collect(),
            countries: row.countries,
            source,
            same_as: row.same_as.map(same).transpose()?,
            details: row.details.map(Later::at),
        }));
    }
    Ok(entries)
}

fn bytes(part: &impl Serialize) -> Vec<u8> {
    postcard::to_extend(part, Vec::new()).expect("a part of the table has nothing that cannot be written")
}

/// Reads a part from the program's own bytes.
pub(super) fn part<T: Deserialize<'static>>(bytes: &'static [u8]) -> Result<T, ReferenceError> {
    postcard::from_bytes(bytes).map_err(|_| damaged())
}

fn damaged() -> ReferenceError {
    ReferenceError { file: "(in the program)".into(), message: "is damaged: install Headstamp anew".into() }
}
