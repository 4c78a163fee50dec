//! Reading a list row by row into entries.

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::text::printable;
use crate::reference::entry::{Details, Entry, SerialShape, Source};
use crate::reference::table::Reference;
use crate::reference::text;

use super::kinds::kind_of;
use super::mapping::{Column, Mapping};
use super::{Edition, Refused};

/// A field longer than this is not a name.
const LONGEST_FIELD: usize = 300;

/// What an import would do, from reading the whole list without keeping it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// Rows that would become entries.
    pub entries: usize,
    /// Of these, how many name a make that the table has.
    pub known_makes: usize,
    /// Of these, how many name a calibre that the table has.
    pub known_calibres: usize,
    /// Of these, how many are in the table already, and would be linked.
    pub duplicates: usize,
    /// Rows that would be refused.
    pub refused: Vec<Refused>,
}

/// Reads a list into an edition. `progress` is told the number of rows read, now and then; when it says `false` the import
/// stops and nothing is kept.
pub fn import(
    reference: &Reference,
    name: &str,
    text: &str,
    mapping: &Mapping,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Option<Edition> {
    let name: Arc<str> = Arc::from(text::slug(name));
    let mut edition = Edition { name: Arc::clone(&name), entries: Vec::new(), refused: Vec::new() };
    let mut ids = HashSet::new();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(mapping.delimiter).flexible(true).from_reader(text.as_bytes());
    let places = match reader.headers() {
        Ok(headings) => mapping.places(headings),
        Err(error) => {
            edition.refused.push(Refused { line: 1, reason: error.to_string(), fields: Vec::new() });
            return Some(edition);
        }
    };
    let mut record = csv::StringRecord::new();
    let mut rows = 0;
    loop {
        if rows % 1_000 == 0 && !progress(rows) {
            return None;
        }
        rows += 1;
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                edition.refused.push(Refused { line, reason: error.to_string(), fields: Vec::new() });
                if matches!(error.kind(), csv::ErrorKind::Io(_)) {
                    break;
                }
                continue;
            }
        }
        let line = record.position().map_or(0, csv::Position::line);
        match entry(reference, &name, &record, &places, line) {
            Ok(entry) if ids.insert(entry.id.clone()) => edition.entries.push(Arc::new(entry)),
            Ok(entry) => {
                edition.refused.push(refused(line, format!("id `{}` is there twice", entry.id), &record));
            }
            Err(reason) => edition.refused.push(refused(line, reason, &record)),
        }
    }
    Some(edition)
}

/// Says what an import would do.
pub fn preview(
    reference: &Reference,
    name: &str,
    text: &str,
    mapping: &Mapping,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Option<Preview> {
    let edition = import(reference, name, text, mapping, progress)?;
    let entries = edition.entries.len();
    let known_makes = edition.entries.iter().filter(|entry| entry.make_id.is_some()).count();
    let known_calibres = edition.entries.iter().filter(|entry| !entry.calibres.is_empty()).count();
    let refused = edition.refused.clone();
    let name = Arc::clone(&edition.name);
    let with = reference.with_edition(edition);
    let from_it = |entry: &&Arc<Entry>| matches!(&entry.source, Source::Edition(source) if *source == name);
    let duplicates = with.entries().iter().filter(from_it).filter(|entry| entry.same_as.is_some()).count();
    Some(Preview { entries, known_makes, known_calibres, duplicates, refused })
}

fn refused(line: u64, reason: String, record: &csv::StringRecord) -> Refused {
    Refused { line, reason, fields: record.iter().map(str::to_owned).collect() }
}

fn entry(
    reference: &Reference,
    edition: &Arc<str>,
    record: &csv::StringRecord,
    places: &[(usize, Column)],
    line: u64,
) -> Result<Entry, String> {
    let field = |column: Column| -> Result<String, String> {
        let place = places.iter().find(|(_, known)| *known == column).map(|(place, _)| *place);
        let text = place.and_then(|place| record.get(place)).unwrap_or_default().trim();
        if text.chars().count() > LONGEST_FIELD {
            return Err(format!("a field of more than {LONGEST_FIELD} characters is not a name"));
        }
        Ok(printable(text))
    };
    let make_name = field(Column::Make)?;
    let model = field(Column::Model)?;
    if text::key(&make_name).is_empty() {
        return Err("the make is empty".into());
    }
    if text::key(&model).is_empty() {
        return Err("the model is empty".into());
    }
    let make = reference.makes().find_one(&make_name);
    let own_id = field(Column::Id)?;
    let id = if own_id.is_empty() {
        format!("{edition}:line-{line}")
    } else {
        format!("{edition}:{}", text::slug(&own_id))
    };
    let (firearm_type, action) = kind_of(&field(Column::Type)?, &field(Column::Action)?);
    let mut calibres = Vec::new();
    for name in field(Column::Calibre)?.split('|') {
        if let Some(calibre) = reference.calibre(name)
            && !calibres.contains(&calibre)
        {
            calibres.push(calibre);
        }
    }
    let present = |text: String| (!text.is_empty()).then_some(text);
    let feed = present(field(Column::Feed)?);
    let place = present(field(Column::SerialPlace)?);
    let details = (feed.is_some() || place.is_some()).then(|| {
        let serial = place.map(|place| SerialShape::new(Some(place), None, Vec::new()));
        Box::new(Details { feed, serial, ..Details::default() })
    });
    let aliases = field(Column::Aliases)?;
    Ok(Entry {
        id: id.as_str().into(),
        make: Arc::from(make.map_or(make_name.as_str(), |make| make.name.as_str())),
        make_id: make.map(|make| make.id.clone()),
        model: crate::reference::load::model_name(&model, &make_name, make),
        aliases: aliases
            .split('|')
            .map(str::trim)
            .filter(|alias| !alias.is_empty())
            .map(str::to_owned)
            .collect(),
        firearm_type,
        action,
        calibres,
        countries: reference.country(&field(Column::Country)?).into_iter().collect(),
        source: Source::Edition(Arc::clone(edition)),
        same_as: None,
        details,
    })
}
