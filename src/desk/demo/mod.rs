//! The invented example workspace: about two thousand believable records from many countries, the same on every machine.
//!
//! It is for learning and for measuring at size; nothing in it is true. The words come from `reference/demo/`.

mod random;
mod tables;
mod write;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::domain::country::CountryCode;
use crate::domain::firearm::{Component, ConversionState, Firearm, FirearmType, Obliteration, SerialState};
use crate::domain::id::IdSource;
use crate::domain::lifecycle::RecordState;
use crate::domain::officer::{Office, Officer};
use crate::domain::record::{
    Contact, Content, Coordinate, Event, InformationGrade, Provenance, Record, RecordReason, SourceGrade,
};
use crate::domain::time::{PartialDate, day_of};

pub use write::{demo_opening, write_demo};

use random::Random;
use tables::{FirearmRow, PlaceRow, Tables};

/// The moment at which the example stands still.
pub const DEMO_NOW: &str = "2026-11-21T14:32:00Z";

/// How many records the example has.
pub const DEMO_RECORDS: usize = 2_000;

/// How far back the example's records go, in days: less than the longest retention.
const SPAN_DAYS: i64 = 1_780;

/// The office at whose desk the example is opened.
pub fn demo_office() -> Office {
    Office { name: "NCB Madrid".into(), country: "ES".parse().expect("ES is two letters") }
}

/// The officer who sits there.
pub fn demo_officer() -> Officer {
    Officer("J. Ortega".into())
}

/// The fixed moment as a timestamp.
pub fn demo_now() -> Timestamp {
    DEMO_NOW.parse().expect("the constant is a timestamp")
}

/// Invented records in the order of their entry, the same for the same seed and count.
pub struct Records {
    tables: Tables,
    random: Random,
    ids: IdSource,
    counts: std::collections::HashMap<(CountryCode, i16), u64>,
    next: usize,
    total: usize,
}

/// `total` invented records.
pub fn records(seed: u64, total: usize) -> Records {
    Records {
        tables: Tables::load(),
        random: Random::new(seed),
        ids: IdSource::fixed(),
        counts: std::collections::HashMap::new(),
        next: 0,
        total,
    }
}

impl Iterator for Records {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.next >= self.total {
            return None;
        }
        let back = SPAN_DAYS * 86_400 * (self.total - self.next) as i64 / self.total as i64;
        let entered = demo_now() - SignedDuration::from_secs(back);
        self.next += 1;
        let place = self.random.pick(&self.tables.places).clone();
        let row = self.tables.firearm(&mut self.random).clone();
        let happened = day_of(entered - SignedDuration::from_hours(24 * self.random.below(60) as i64));
        let content = self.content(&place, &row, happened);
        let year = day_of(entered).year();
        let count = self.counts.entry((place.country, year)).or_default();
        *count += 1;
        let reason = content.reason;
        Some(Record {
            id: self.ids.next(entered),
            number: format!("{}-{year:04}-{count:06}", place.country),
            owner: place.country,
            office: place.office.clone(),
            state: self.state(&place, reason),
            provenance: Provenance {
                how: "demo".into(),
                from: String::new(),
                by: Officer(format!("Officer {}", place.office)),
                at: entered,
            },
            content,
        })
    }
}

impl Records {
    fn content(&mut self, place: &PlaceRow, row: &FirearmRow, happened: Date) -> Content {
        let firearm = self.firearm(row, happened.year());
        let reason = *self.random.pick(&[
            RecordReason::Stolen,
            RecordReason::Stolen,
            RecordReason::Stolen,
            RecordReason::Lost,
            RecordReason::Trafficked,
            RecordReason::Smuggled,
            RecordReason::SeizedForTrace,
            RecordReason::SeizedForTrace,
            RecordReason::Recovered,
        ]);
        let circumstances = self.tables.circumstances(reason, &mut self.random);
        let filled = circumstances
            .replace("{make}", &row.make)
            .replace("{model}", &row.model)
            .replace("{place}", &place.place);
        let case_number = self.random.below(90_000) + 10_000;
        let date = match self.random.below(12) {
            0 => PartialDate::Month(happened.year(), happened.month()),
            _ => PartialDate::Day(happened),
        };
        Content {
            firearm,
            reason: Some(reason),
            event: Event {
                date,
                country: Some(place.country),
                region: String::new(),
                place: place.place.clone(),
                latitude: Coordinate::from_degrees(place.lat),
                longitude: Coordinate::from_degrees(place.lon),
            },
            case_ref: format!("{}-{}-{case_number}", place.prefix, happened.year()),
            agency: place.agency.clone(),
            circumstances: filled,
            contact: Contact {
                unit: place.office.clone(),
                phone: format!("+000 {:06}", self.random.below(1_000_000)),
                hours: "24/7".into(),
            },
            source_grade: Some(*self.random.pick(SourceGrade::ALL)),
            information_grade: Some(*self.random.pick(InformationGrade::ALL)),
            remark: if row.make == "unknown" {
                "No maker's mark anywhere on the firearm.".into()
            } else {
                String::new()
            },
            ..Content::default()
        }
    }

    fn firearm(&mut self, row: &FirearmRow, event_year: i16) -> Firearm {
        let serial = self.random.serial(&row.serial);
        let craft = row.firearm_type == FirearmType::Improvised;
        let last = row.to.min(event_year);
        let year = (row.from..=last).contains(&last).then(|| {
            let span = u64::try_from(last - row.from).unwrap_or(0) + 1;
            row.from + i16::try_from(self.random.below(span)).unwrap_or(0)
        });
        let mut firearm = Firearm {
            serial,
            serial_state: Some(SerialState::Readable),
            make: row.make.clone(),
            made_in: Some(row.made_in),
            model: row.model.clone(),
            calibre: row.calibre.clone(),
            firearm_type: Some(row.firearm_type),
            conversion: Some(if craft { ConversionState::Craft } else { ConversionState::Original }),
            year_of_manufacture: year.filter(|_| !craft && self.random.below(3) > 0),
            ..Firearm::default()
        };
        if craft {
            firearm.serial_state = Some(SerialState::NeverMarked);
            return firearm;
        }
        if row.firearm_type == FirearmType::AirGasAlarm && self.random.below(2) == 0 {
            firearm.conversion = Some(ConversionState::Converted);
        }
        match self.random.below(20) {
            0 => self.deface(&mut firearm, SerialState::Partial),
            1 => {
                firearm.serial.clear();
                self.deface(&mut firearm, SerialState::Obliterated);
            }
            2 => firearm.components.push(Component {
                part: "slide".into(),
                serial: self.random.serial("######"),
                make: String::new(),
            }),
            _ => {}
        }
        firearm
    }

    fn deface(&mut self, firearm: &mut Firearm, state: SerialState) {
        firearm.serial_state = Some(state);
        firearm.obliteration = Obliteration {
            area: "left side of the frame".into(),
            method: "ground".into(),
            restoration: "not tried".into(),
        };
        if state == SerialState::Partial {
            let digits: Vec<usize> =
                firearm.serial.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
            let at = *self.random.pick(&digits);
            firearm.serial.replace_range(at..=at, "?");
        }
    }

    fn state(&mut self, place: &PlaceRow, reason: Option<RecordReason>) -> RecordState {
        let own = place.country == demo_office().country;
        match (self.random.below(40), reason) {
            (0, _) => RecordState::Cancelled,
            (1 | 2, Some(RecordReason::Stolen | RecordReason::Lost)) => RecordState::Located,
            (3 | 4, Some(RecordReason::Stolen | RecordReason::Lost)) => RecordState::ClosedReturned,
            (5, _) if own => RecordState::Ready,
            _ => RecordState::Active,
        }
    }
}
