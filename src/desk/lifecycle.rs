//! What may be done to a record in the course of its life: amend, approve, cancel, locate, close, extend.

use jiff::civil::Date;

use crate::domain::lifecycle::Act;
use crate::domain::officer::Officer;
use crate::domain::problem::Problem;
use crate::domain::record::{Content, Record};
use crate::domain::rules;
use crate::domain::time::day_of;
use crate::domain::vocabulary::vocabulary;
use crate::store::{DocKind, Revision};

use super::view::parse_record;
use super::{Desk, DeskError, Entered};

vocabulary! {
    /// How a record ends when the firearm is found.
    Closing {
        /// Returned to its owner.
        Returned = "returned",
        /// Kept as evidence.
        Evidence = "evidence",
        /// Destroyed.
        Destroyed = "destroyed",
    }
}

impl Desk {
    /// Changes what a record says. `read` is the revision the officer saw: another one meanwhile is a conflict.
    pub fn amend(
        &self,
        name: &str,
        content: Content,
        read: Option<Revision>,
        purpose: &str,
    ) -> Result<Entered, DeskError> {
        let _writing = self.write_lock();
        let (mut record, present) = self.own(name)?;
        record.state = record.state.after(Act::Amend)?;
        let content = self.completed(content, day_of(record.provenance.at));
        let warnings = rules::record(&content, &self.facts(&content, Some(&record))?);
        if rules::blocks(&warnings) {
            return Err(DeskError::Problems(warnings));
        }
        record.content = content;
        let rev = self.save(&record, read.unwrap_or(present), "record.amend", purpose)?;
        Ok(Entered { record, rev, warnings })
    }

    /// Approves what another officer entered (rule V26); the record is then in force.
    pub fn approve(&self, name: &str, approver: &Officer, purpose: &str) -> Result<Entered, DeskError> {
        let _writing = self.write_lock();
        let (mut record, rev) = self.own(name)?;
        if self.authors(&record)?.iter().any(|author| author.is_same_person(approver)) {
            return Err(DeskError::SameOfficer(approver.0.clone()));
        }
        record.state = record.state.after(Act::Approve)?;
        let mut entry = self.entry_of(&record, Some(rev), "record.approve", purpose);
        entry.officer = approver.clone();
        let rev = self.append_one(entry)?;
        Ok(Entered { record, rev, warnings: Vec::new() })
    }

    /// Says that a record was entered in error.
    pub fn cancel(&self, name: &str, reason: &str) -> Result<Entered, DeskError> {
        self.act(name, Act::Cancel, "record.cancel", reason)
    }

    /// Says where the firearm was found, by another agency than the one that recorded it.
    pub fn locate(&self, name: &str, found: &str) -> Result<Entered, DeskError> {
        self.act(name, Act::Locate, "record.locate", found)
    }

    /// Closes a record whose firearm was found.
    pub fn close(&self, name: &str, closing: Closing, reason: &str) -> Result<Entered, DeskError> {
        let act = match closing {
            Closing::Returned => Act::CloseReturned,
            Closing::Evidence => Act::CloseEvidence,
            Closing::Destroyed => Act::CloseDestroyed,
        };
        self.act(name, act, "record.close", reason)
    }

    /// Keeps a record for a further period after its review.
    pub fn extend(&self, name: &str, review_on: Date, reason: &str) -> Result<Entered, DeskError> {
        require(reason, "reason")?;
        let _writing = self.write_lock();
        let (mut record, rev) = self.own(name)?;
        record.state = record.state.after(Act::Extend)?;
        if review_on < self.today() {
            let problem = Problem::error("V24", "review_on", "review-past");
            return Err(DeskError::Problems(vec![problem.with("today", self.today().to_string())]));
        }
        record.content.review_on = Some(review_on);
        if record.content.retain_until.is_none_or(|until| until < review_on) {
            record.content.retain_until = Some(review_on);
        }
        let problems = rules::record(&record.content, &self.facts(&record.content, Some(&record))?);
        let kept: Vec<_> = problems.into_iter().filter(|problem| problem.path == "retain_until").collect();
        if rules::blocks(&kept) {
            return Err(DeskError::Problems(kept));
        }
        let rev = self.save(&record, rev, "record.extend", reason)?;
        Ok(Entered { record, rev, warnings: Vec::new() })
    }

    /// The acts that this office may do to a record now.
    pub fn acts(&self, record: &Record) -> Vec<Act> {
        if record.owner != self.office().country {
            return Vec::new();
        }
        let by_hand = |act: &Act| !matches!(act, Act::Enter | Act::Hit | Act::ConfirmHit | Act::RejectHit);
        record.state.acts().filter(by_hand).collect()
    }

    fn act(&self, name: &str, act: Act, journal_act: &str, reason: &str) -> Result<Entered, DeskError> {
        require(reason, "reason")?;
        let _writing = self.write_lock();
        let (mut record, rev) = self.own(name)?;
        record.state = record.state.after(act)?;
        let rev = self.save(&record, rev, journal_act, reason)?;
        Ok(Entered { record, rev, warnings: Vec::new() })
    }

    /// A record that this office may change (rule V27), with its present revision.
    fn own(&self, name: &str) -> Result<(Record, Revision), DeskError> {
        let document = self.document(name, DocKind::Record)?;
        let record = parse_record(&document)?;
        if record.owner != self.office().country {
            return Err(DeskError::NotOwner { owner: record.owner });
        }
        Ok((record, document.rev))
    }

    /// Everyone who wrote what is to be approved: the one who entered it and those who amended it.
    fn authors(&self, record: &Record) -> Result<Vec<Officer>, DeskError> {
        let entries = self.store().history(record.id)?;
        let wrote = |act: &str| matches!(act, "record.enter" | "record.amend");
        let mut authors: Vec<Officer> = entries
            .into_iter()
            .filter(|entry| wrote(&entry.head.act))
            .map(|entry| entry.head.officer)
            .collect();
        authors.push(record.provenance.by.clone());
        Ok(authors)
    }

    fn save(
        &self,
        record: &Record,
        parent: Revision,
        act: &str,
        purpose: &str,
    ) -> Result<Revision, DeskError> {
        self.append_one(self.entry_of(record, Some(parent), act, purpose))
    }

    pub(super) fn append_one(&self, entry: crate::store::NewEntry) -> Result<Revision, DeskError> {
        let appended = self.append(vec![entry])?;
        Ok(appended
            .into_iter()
            .next()
            .map(|done| done.rev)
            .expect("one entry was appended, so one is reported"))
    }
}

/// Every act that ends or changes a life names its reason.
pub(super) fn require(text: &str, what: &'static str) -> Result<(), DeskError> {
    if text.trim().is_empty() { Err(DeskError::PurposeMissing(what)) } else { Ok(()) }
}
