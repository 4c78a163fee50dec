//! What of a record is indexed, and under which field. Pure: the index only stores what stands here.

use jiff::civil::Date;

use super::query::{TextField, number_key};
use super::words;
use crate::domain::country::CountryCode;
use crate::domain::firearm::{Firearm, FirearmType};
use crate::domain::id::DocId;
use crate::domain::lifecycle::RecordState;
use crate::domain::record::{Record, RecordReason};
use crate::domain::serial::{self, SerialPattern};

/// A record as the index takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexDocument {
    /// The journal entry that made this revision.
    pub seq: u64,
    /// Which document.
    pub id: DocId,
    /// Texts by field; phrases do not run from one into the next.
    pub texts: Vec<(TextField, String)>,
    /// Every number stamped on the firearm.
    pub serials: Vec<IndexedSerial>,
    /// Identifiers of make and calibre in the reference table.
    pub make_id: String,
    /// See `make_id`.
    pub calibre_id: String,
    /// The record's own number.
    pub number: String,
    /// What is filtered and sorted by.
    pub columns: Columns,
}

/// A number stamped on a firearm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexedSerial {
    /// Read with certainty, folded.
    Number(String),
    /// A run of letters and digits of a number that has several: `48113` of `C-48113`.
    Piece(String),
    /// Recorded as partial.
    Pattern(SerialPattern),
}

/// Values that are filtered and sorted by. Days are counted by [`day_number`]; 0 is *unknown*.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// The first day on which the event may lie.
    pub event_first: u64,
    /// The last.
    pub event_last: u64,
    /// When the record was entered, in seconds of Unix time; 0 for earlier times.
    pub entered: u64,
    /// The review day.
    pub due: u64,
    /// [`number_key`] of the number; 0 where it has another shape.
    pub number: u64,
    /// The place of the reason in its vocabulary, from 1.
    pub reason: u64,
    /// The place of the state, from 1.
    pub state: u64,
    /// The place of the type, from 1.
    pub firearm_type: u64,
    /// [`country_number`] of the country of the event.
    pub country: u64,
    /// The same of the owner.
    pub owner: u64,
    /// The make as it sorts.
    pub make: String,
    /// The model as it sorts.
    pub model: String,
}

impl IndexDocument {
    /// The record after journal entry `seq`, replacing whatever the index has of it.
    pub fn of(seq: u64, record: &Record) -> Self {
        let content = &record.content;
        let firearm = &content.firearm;
        Self {
            seq,
            id: record.id,
            texts: texts(record),
            serials: serials(firearm),
            make_id: firearm.make_id.clone(),
            calibre_id: firearm.calibre_id.clone(),
            number: record.number.clone(),
            columns: Columns {
                event_first: content.event.date.earliest().map_or(0, day_number),
                event_last: content.event.date.latest().map_or(0, day_number),
                entered: u64::try_from(record.provenance.at.as_second()).unwrap_or(0),
                due: content.review_on.map_or(0, day_number),
                number: number_key(&record.number).unwrap_or(0),
                reason: content.reason.map_or(0, |reason| place_in(RecordReason::ALL, reason)),
                state: place_in(RecordState::ALL, record.state),
                firearm_type: firearm.firearm_type.map_or(0, |kind| place_in(FirearmType::ALL, kind)),
                country: content.event.country.map_or(0, country_number),
                owner: country_number(record.owner),
                make: words::sort_key(&firearm.make),
                model: words::sort_key(&firearm.model),
            },
        }
    }
}

/// The days from the first of the year 0 to the first of 1970, and one: dates are never written with an earlier year.
const DAYS_BEFORE_1970: i64 = 719_529;

/// A day as a number that grows with it; never 0.
pub fn day_number(day: Date) -> u64 {
    u64::try_from(days_since_1970(day) + DAYS_BEFORE_1970).unwrap_or(1).max(1)
}

/// The second of Unix time at which a day begins (UTC); 0 for days before 1970.
pub fn first_second(day: Date) -> u64 {
    u64::try_from(days_since_1970(day)).unwrap_or(0) * 86_400
}

fn days_since_1970(day: Date) -> i64 {
    let since = jiff::civil::date(1970, 1, 1).until(day);
    since.map_or(0, |span| i64::from(span.get_days()))
}

/// A country as a number that sorts as its code; never 0.
pub fn country_number(country: CountryCode) -> u64 {
    country.as_str().bytes().fold(0, |number, letter| number * 26 + u64::from(letter - b'A')) + 1
}

/// The country with this number; `None` for 0 and what is no country.
pub fn country_of(number: u64) -> Option<CountryCode> {
    let index = u8::try_from(number.checked_sub(1)? / 26).ok().filter(|first| *first < 26)?;
    let second = ((number - 1) % 26) as u8;
    let code = [b'A' + index, b'A' + second];
    std::str::from_utf8(&code).ok()?.parse().ok()
}

/// The place of a value in its vocabulary, from 1.
pub fn place_in<T: Copy + PartialEq>(all: &[T], value: T) -> u64 {
    all.iter().position(|known| *known == value).map_or(0, |at| at as u64 + 1)
}

fn texts(record: &Record) -> Vec<(TextField, String)> {
    use TextField as F;
    let content = &record.content;
    let firearm = &content.firearm;
    let mut all: Vec<(F, &str)> = vec![
        (F::Make, &firearm.make),
        (F::Model, &firearm.model),
        (F::Calibre, &firearm.calibre),
        (F::Calibre, &firearm.calibre_as_marked),
        (F::Place, &content.event.place),
        (F::Place, &content.event.region),
        (F::Agency, &content.agency),
        (F::Office, &record.office),
        (F::Case, &content.case_ref),
        (F::Case, &content.external_ref),
        (F::Contact, &content.contact.unit),
        (F::Contact, &content.contact.phone),
        (F::Contact, &content.contact.hours),
        (F::Text, &content.circumstances),
        (F::Text, &content.remark),
        (F::Text, &firearm.description),
        (F::Text, &firearm.finish),
        (F::Text, &firearm.importer),
        (F::Text, &firearm.obliteration.area),
        (F::Text, &firearm.obliteration.method),
        (F::Text, &firearm.obliteration.restoration),
        (F::Text, &record.provenance.from),
        (F::Office, &record.provenance.by.0),
    ];
    all.extend(firearm.firearm_type.map(|kind| (F::Type, kind.id())));
    all.extend(firearm.action.map(|action| (F::Type, action.id())));
    all.extend(firearm.conversion.map(|conversion| (F::Type, conversion.id())));
    for marking in &firearm.markings {
        all.extend([(F::Text, marking.text.as_str()), (F::Text, &marking.location)]);
    }
    for alternative in &firearm.serial_alternatives {
        all.extend([(F::Text, alternative.location.as_str()), (F::Text, &alternative.basis)]);
    }
    for component in &firearm.components {
        all.extend([(F::Text, component.part.as_str()), (F::Text, &component.make)]);
    }
    for person in &content.persons {
        all.extend([
            (F::Person, person.name.as_str()),
            (F::Person, &person.role),
            (F::Person, &person.status),
        ]);
    }
    all.extend(content.offences.iter().map(|offence| (F::Text, offence.as_str())));
    all.retain(|(_, text)| !text.is_empty());
    all.into_iter().map(|(field, text)| (field, text.to_owned())).collect()
}

fn serials(firearm: &Firearm) -> Vec<IndexedSerial> {
    let mut all = Vec::new();
    for (_, raw) in firearm.numbers() {
        if raw.contains(['?', '？', '['])
            && let Ok(pattern) = SerialPattern::parse(raw)
        {
            all.push(IndexedSerial::Pattern(pattern));
            continue;
        }
        let norm = serial::normalise(raw);
        for piece in raw.split(|c: char| !c.is_alphanumeric()).map(serial::normalise) {
            if piece.len() >= 3 && piece != norm {
                all.push(IndexedSerial::Piece(piece));
            }
        }
        all.push(IndexedSerial::Number(norm));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_grow_and_are_never_unknown() {
        let days = ["0000-01-01", "0999-12-31", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"];
        let numbers: Vec<u64> = days.iter().map(|day| day_number(day.parse().unwrap())).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b) && numbers[0] > 0, "{numbers:?}");
        assert_eq!(numbers[3] - numbers[2], 1);
    }

    #[test]
    fn countries_read_back() {
        for code in ["AA", "BE", "ZZ", "SU"] {
            let country: CountryCode = code.parse().unwrap();
            assert_eq!(country_of(country_number(country)), Some(country));
        }
        assert_eq!(country_of(0), None);
        assert_eq!(country_of(677), None);
    }
}
