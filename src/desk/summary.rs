//! What is kept of a record beside its serials: all that a list of candidates and the rule of duplicates need, so that a check
//! reads no document for each record that bears the number.
//!
//! It follows from the record alone. Its bytes are the store's to keep and only this file's to read; a record that has none,
//! because it is too long or was written before, is read whole instead, and answers the same.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::country::CountryCode;
use crate::domain::firearm::{FirearmType, NumberPlace};
use crate::domain::id::DocId;
use crate::domain::lifecycle::RecordState;
use crate::domain::record::{Record, RecordReason};
use crate::domain::time::PartialDate;
use crate::store::{Bearer, DocKind, Revision};

use super::view::parse_record;
use super::{Desk, DeskError, RecordRow, keys};

/// A summary is some two hundred bytes; a record with longer fields than this is read from the journal when it is found.
const LONGEST: usize = 2_000;

/// The summary of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Summary<'a> {
    /// Its number.
    pub number: &'a str,
    /// Where it stands.
    pub state: RecordState,
    reason: Option<RecordReason>,
    /// Whose it is.
    pub owner: CountryCode,
    serial: &'a str,
    serial_is_partial: bool,
    #[serde(borrow)]
    others: Vec<Number<'a>>,
    /// The make as recorded.
    pub make: &'a str,
    /// The make in the reference table.
    pub make_id: &'a str,
    model: &'a str,
    /// The calibre as recorded.
    pub calibre: &'a str,
    /// The calibre in the reference table.
    pub calibre_id: &'a str,
    /// The type.
    pub firearm_type: Option<FirearmType>,
    date: PartialDate,
    country: Option<CountryCode>,
    place: &'a str,
    case_ref: &'a str,
    /// The agency that holds the case.
    pub agency: &'a str,
    entered: (i64, i32),
    review_on: Option<(i16, i8, i8)>,
}

/// A number on the firearm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Number<'a> {
    /// Where it stands, as a candidate's reason names it.
    #[serde(borrow)]
    pub place: Cow<'a, str>,
    /// As stamped.
    pub stamped: &'a str,
    /// Whether it is a pattern.
    pub is_partial: bool,
}

impl<'a> Summary<'a> {
    /// Of a record.
    pub(super) fn of(record: &'a Record) -> Self {
        let content = &record.content;
        let firearm = &content.firearm;
        let others = firearm.numbers().filter(|(place, _)| *place != NumberPlace::Serial);
        let entered = record.provenance.at;
        Self {
            number: &record.number,
            state: record.state,
            reason: content.reason,
            owner: record.owner,
            serial: &firearm.serial,
            serial_is_partial: keys::is_partial(firearm, NumberPlace::Serial, &firearm.serial),
            others: others
                .map(|(place, stamped)| Number {
                    place: Cow::Owned(place.to_string()),
                    stamped,
                    is_partial: keys::is_partial(firearm, place, stamped),
                })
                .collect(),
            make: &firearm.make,
            make_id: &firearm.make_id,
            model: &firearm.model,
            calibre: &firearm.calibre,
            calibre_id: &firearm.calibre_id,
            firearm_type: firearm.firearm_type,
            date: content.event.date,
            country: content.event.country,
            place: &content.event.place,
            case_ref: &content.case_ref,
            agency: &content.agency,
            entered: (entered.as_second(), entered.subsec_nanosecond()),
            review_on: content.review_on.map(|day| (day.year(), day.month(), day.day())),
        }
    }

    /// Its bytes; none where they would be too many.
    pub(super) fn pack(&self) -> Vec<u8> {
        let bytes = postcard::to_extend(self, Vec::with_capacity(256)).unwrap_or_default();
        if bytes.len() > LONGEST { Vec::new() } else { bytes }
    }

    /// From its bytes; `None` where they are none of a summary.
    pub(super) fn unpack(bytes: &'a [u8]) -> Option<Self> {
        let (summary, rest): (Self, _) = postcard::take_from_bytes(bytes).ok()?;
        let valid =
            summary.entered().is_some() && summary.review_on().is_some() == summary.review_on.is_some();
        (rest.is_empty() && valid).then_some(summary)
    }

    /// Every number on the firearm, the frame number first.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Number<'a>> {
        let place = Cow::Owned(NumberPlace::Serial.to_string());
        let frame = Number { place, stamped: self.serial, is_partial: self.serial_is_partial };
        std::iter::once(frame).chain(self.others.iter().cloned())
    }

    /// The record's row in a list.
    pub(super) fn row(&self, id: DocId) -> RecordRow {
        RecordRow {
            id,
            number: self.number.to_owned(),
            state: self.state,
            reason: self.reason,
            owner: self.owner,
            serial: self.serial.to_owned(),
            make: self.make.to_owned(),
            model: self.model.to_owned(),
            calibre: self.calibre.to_owned(),
            firearm_type: self.firearm_type,
            date: self.date,
            country: self.country,
            place: self.place.to_owned(),
            case_ref: self.case_ref.to_owned(),
            entered: self.entered().unwrap_or_default(),
            review_on: self.review_on(),
        }
    }

    fn entered(&self) -> Option<Timestamp> {
        Timestamp::new(self.entered.0, self.entered.1).ok()
    }

    fn review_on(&self) -> Option<Date> {
        self.review_on.and_then(|(year, month, day)| Date::new(year, month, day).ok())
    }
}

impl Desk {
    /// Looks at the summary of a record that was found by a number, and at its revision; `None` where it is no record.
    pub(super) fn summarised<T>(
        &self,
        bearer: &Bearer,
        look: impl FnOnce(&Summary<'_>, &Revision) -> T,
    ) -> Result<Option<T>, DeskError> {
        if let Some(kept) = &bearer.summary
            && let Some(summary) = Summary::unpack(&kept.bytes)
        {
            return Ok(Some(look(&summary, &kept.rev)));
        }
        let Some(document) = self.store().document(bearer.id)?.filter(|it| it.kind == DocKind::Record) else {
            return Ok(None);
        };
        let record = parse_record(&document)?;
        Ok(Some(look(&Summary::of(&record), &document.rev)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::demo::records;
    use crate::domain::firearm::Component;

    #[test]
    fn a_row_from_the_summary_is_the_row_of_the_record() {
        for mut record in records(7, 300) {
            let part = Component { part: "slide".into(), serial: "B[8B]1?".into(), ..Component::default() };
            record.content.firearm.components.push(part);
            let bytes = Summary::of(&record).pack();
            let summary = Summary::unpack(&bytes).unwrap();
            assert_eq!(summary.row(record.id), RecordRow::of(&record));
            assert_eq!(summary, Summary::of(&record), "{}", record.number);
        }
    }

    #[test]
    fn bytes_that_are_cut_short_or_changed_are_never_read_out_of_bounds() {
        let record = records(7, 1).next().unwrap();
        let good = Summary::of(&record).pack();
        for at in 0..good.len() {
            assert_eq!(Summary::unpack(&good[..at]), None, "cut to {at}");
            let mut bad = good.clone();
            bad[at] = 0xff;
            let _ = Summary::unpack(&bad).map(|summary| summary.row(record.id));
        }
    }

    #[test]
    fn a_record_with_endless_fields_has_no_summary() {
        let mut record = records(7, 1).next().unwrap();
        record.content.event.place = "x".repeat(LONGEST + 1);
        assert_eq!(Summary::of(&record).pack(), Vec::<u8>::new());
    }
}
