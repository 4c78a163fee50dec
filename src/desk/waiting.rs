//! Home: what waits for somebody, and what was done lately.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::domain::id::DocId;
use crate::store::{DocKind, Queue};

use super::check::CheckProof;
use super::view::parse_record;
use super::{Desk, DeskError, EditionInfo, Exported, Hit};

/// The query that lists the records that wait for the second officer.
const APPROVALS: &str = "state:ready";

/// What kind of work waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingKind {
    /// Hits to confirm or reject.
    HitToConfirm,
    /// Records that wait for a second officer.
    Approval,
    /// Records whose review is due.
    ReviewDue,
    /// Drafts.
    Draft,
}

/// One line of the queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Waiting {
    /// What kind of work.
    pub kind: WaitingKind,
    /// How many wait.
    pub count: usize,
    /// The query that lists them, where they are records; else empty.
    pub query: String,
    /// The next of them: what it is called.
    pub next: String,
    /// Since when the oldest waits.
    pub oldest: Option<Timestamp>,
    /// When the next is due.
    pub due: Option<Date>,
}

/// One thing that was done lately, for the lower half of Home.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lately {
    /// When.
    pub at: Timestamp,
    /// The act, such as `check.run`.
    pub act: String,
    /// The document.
    pub id: DocId,
    /// What it is about: the number asked, the record's number.
    pub subject: String,
    /// The firearm, as far as known.
    pub firearm: String,
    /// How many firm candidates and others a check found; `None` for a record.
    pub candidates: Option<usize>,
}

impl Desk {
    /// What waits in the state and among the drafts; reviews come from the index, see [`Desk::reviews_due`].
    pub fn waiting(&self) -> Result<Vec<Waiting>, DeskError> {
        let mut lines = Vec::new();
        let hits = self.hits_waiting()?;
        lines.extend(hits.first().map(|hit| Waiting {
            kind: WaitingKind::HitToConfirm,
            count: hits.len(),
            query: String::new(),
            next: hit_title(hit),
            oldest: Some(hit.found_at),
            due: None,
        }));
        let approvals = self.store().queue(Queue::Approval)?;
        if let Some(oldest) = approvals.first() {
            let next =
                self.store().document(oldest.id)?.map(|document| parse_record(&document)).transpose()?;
            lines.push(Waiting {
                kind: WaitingKind::Approval,
                count: approvals.len(),
                query: APPROVALS.to_owned(),
                next: next.map(|record| record_title(&record)).unwrap_or_default(),
                oldest: Some(oldest.since),
                due: None,
            });
        }
        let drafts = self.drafts().map(super::Drafts::list).transpose()?.unwrap_or_default();
        lines.extend(drafts.first().map(|draft| Waiting {
            kind: WaitingKind::Draft,
            count: drafts.len(),
            query: String::new(),
            next: draft.title.clone(),
            oldest: drafts.last().map(|draft| draft.saved_at),
            due: None,
        }));
        Ok(lines)
    }

    /// What was done lately, newest first.
    pub fn lately(&self, count: usize) -> Result<Vec<Lately>, DeskError> {
        let last = self.status().seq;
        let first = last.saturating_sub(count as u64).saturating_add(1).max(1);
        let entries = self.store().entries(first, count)?;
        let mut lines: Vec<Lately> = entries
            .iter()
            .map(|entry| {
                let (subject, firearm, candidates) = subject_of(entry.head.kind, &entry.body);
                Lately {
                    at: entry.head.at,
                    act: entry.head.act.clone(),
                    id: entry.head.doc,
                    subject,
                    firearm,
                    candidates,
                }
            })
            .collect();
        lines.reverse();
        Ok(lines)
    }
}

fn subject_of(kind: DocKind, body: &str) -> (String, String, Option<usize>) {
    match kind {
        DocKind::Record => serde_json::from_str::<crate::domain::record::Record>(body)
            .map(|record| (record.number.clone(), firearm_title(&record), None)),
        DocKind::Check => serde_json::from_str::<CheckProof>(body)
            .map(|proof| (proof.query.serial, proof.query.make, Some(proof.candidates.len()))),
        DocKind::Hit => serde_json::from_str::<Hit>(body)
            .map(|hit| (hit.candidate.record.number.clone(), hit_title(&hit), None)),
        DocKind::Export => serde_json::from_str::<Exported>(body)
            .map(|exported| (exported.records.to_string(), exported.purpose, None)),
        DocKind::Edition => {
            serde_json::from_str::<EditionInfo>(body).map(|edition| (edition.name, edition.title, None))
        }
        DocKind::Exhibit => serde_json::from_str::<super::CaseExhibit>(body)
            .map(|exhibit| (exhibit.number.clone(), exhibit.title(), None)),
    }
    .unwrap_or_default()
}

fn hit_title(hit: &Hit) -> String {
    let row = &hit.candidate.record;
    [&row.make, &row.model, &row.calibre, &row.serial].map(String::as_str).join(" · ")
}

fn record_title(record: &crate::domain::record::Record) -> String {
    format!("{} · {}", record.number, firearm_title(record))
}

fn firearm_title(record: &crate::domain::record::Record) -> String {
    let firearm = &record.content.firearm;
    format!("{} {}", firearm.make, firearm.model)
}
