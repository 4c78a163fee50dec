//! Records as they are read: a row of a list, and one record with its history and what is related to it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::country::CountryCode;
use crate::domain::firearm::FirearmType;
use crate::domain::id::DocId;
use crate::domain::lifecycle::{Act, RecordState};
use crate::domain::record::{Record, RecordReason};
use crate::domain::serial;
use crate::domain::time::PartialDate;
use crate::store::{DocKind, Document, Revision, SerialColumn};

use super::history::{Change, changes};
use super::{Desk, DeskError};

/// The most related records shown: more are found by a search.
const MOST_RELATED: usize = 20;

/// A record in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordRow {
    /// Its identifier.
    pub id: DocId,
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub state: RecordState,
    /// Why it is recorded.
    pub reason: Option<RecordReason>,
    /// Whose it is.
    pub owner: CountryCode,
    /// The serial as stamped.
    pub serial: String,
    /// The make.
    pub make: String,
    /// The model.
    pub model: String,
    /// The calibre.
    pub calibre: String,
    /// The type.
    #[serde(rename = "type")]
    pub firearm_type: Option<FirearmType>,
    /// When it happened.
    pub date: PartialDate,
    /// Where it happened.
    pub country: Option<CountryCode>,
    /// The town or place.
    pub place: String,
    /// The case.
    pub case_ref: String,
    /// When it was entered.
    pub entered: Timestamp,
    /// When its owner looks at it again.
    pub review_on: Option<Date>,
}

impl RecordRow {
    /// The row of a record.
    pub fn of(record: &Record) -> Self {
        let content = &record.content;
        let firearm = &content.firearm;
        Self {
            id: record.id,
            number: record.number.clone(),
            state: record.state,
            reason: content.reason,
            owner: record.owner,
            serial: firearm.serial.clone(),
            make: firearm.make.clone(),
            model: firearm.model.clone(),
            calibre: firearm.calibre.clone(),
            firearm_type: firearm.firearm_type,
            date: content.event.date,
            country: content.event.country,
            place: content.event.place.clone(),
            case_ref: content.case_ref.clone(),
            entered: record.provenance.at,
            review_on: content.review_on,
        }
    }
}

/// One record, whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordView {
    /// The record.
    #[serde(flatten)]
    pub record: Record,
    /// Its present revision.
    pub rev: Revision,
    /// What was done to it, oldest first, with old and new values.
    pub history: Vec<Change>,
    /// Other records that bear one of its numbers.
    pub related: Vec<RecordRow>,
    /// What this office may do to it now.
    pub acts: Vec<Act>,
}

impl Desk {
    /// A record with its history and what is related to it.
    pub fn record(&self, name: &str) -> Result<RecordView, DeskError> {
        let document = self.document(name, DocKind::Record)?;
        let record = parse_record(&document)?;
        let history = changes(&self.store().history(document.id)?);
        let related = self.related(&record)?;
        let acts = self.acts(&record);
        Ok(RecordView { record, rev: document.rev, history, related, acts })
    }

    /// The rows of these records, in this order; one that is no longer there is passed over.
    pub fn rows(&self, ids: &[DocId]) -> Result<Vec<RecordRow>, DeskError> {
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(document) =
                self.store().document(*id)?.filter(|document| document.kind == DocKind::Record)
            {
                rows.push(RecordRow::of(&parse_record(&document)?));
            }
        }
        Ok(rows)
    }

    fn related(&self, record: &Record) -> Result<Vec<RecordRow>, DeskError> {
        let numbers: Vec<String> =
            record.content.firearm.numbers().map(|(_, number)| serial::normalise(number)).collect();
        let keys: Vec<_> = numbers.iter().map(|number| (SerialColumn::Norm, number.as_str())).collect();
        let bearers = self.store().bearers(&keys)?;
        let others = bearers.iter().filter(|bearer| bearer.id != record.id).take(MOST_RELATED);
        let rows = others.map(|bearer| self.summarised(bearer, |summary, _| summary.row(bearer.id)));
        Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}

/// Reads a record from its document.
pub(super) fn parse_record(document: &Document) -> Result<Record, DeskError> {
    serde_json::from_str(&document.body)
        .map_err(|fault| DeskError::Unreadable { id: document.id.to_string(), fault: fault.to_string() })
}
