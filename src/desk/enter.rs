//! Entering records: one or a hundred thousand, through the same rules, numbers and journal.

use std::collections::HashMap;

use jiff::Span;
use jiff::civil::Date;

use crate::domain::country::CountryCode;
use crate::domain::firearm::SerialState;
use crate::domain::lifecycle::RecordState;
use crate::domain::officer::Officer;
use crate::domain::problem::Problem;
use crate::domain::record::{Content, Provenance, Record};
use crate::domain::rules::{self, LONGEST_RETENTION_YEARS};
use crate::domain::serial::{self, SerialPattern};
use crate::domain::time::day_of;
use crate::store::{Appended, DocKind, NewEntry, Prefix, Revision};

use super::{Desk, DeskError, keys};

/// How long before the end of its retention a record comes up for review: six months (domain.md 12).
const REVIEW_BEFORE_END_MONTHS: i8 = 6;

/// Whether the second officer has approved already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approval {
    /// The record waits for another officer.
    Awaited,
    /// This officer, who is not the author, approves with the entry: for a register that is taken over as a whole.
    By(Officer),
}

/// A record that was saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Entered {
    /// As it is now.
    pub record: Record,
    /// Its revision.
    pub rev: Revision,
    /// Warnings that did not block it.
    pub warnings: Vec<Problem>,
}

/// What became of one record of many.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Saved: on the disk and found by a check.
    Saved(Box<Entered>),
    /// Refused, with everything that stands against it.
    Refused(Vec<Problem>),
}

impl Desk {
    /// What the rules say of a content, for the form as one types. `existing` is the record that is being amended.
    pub fn validate(&self, content: &Content, existing: Option<&Record>) -> Result<Vec<Problem>, DeskError> {
        let created = existing.map_or(self.today(), |record| day_of(record.provenance.at));
        let content = self.completed(content.clone(), created);
        Ok(rules::record(&content, &self.facts(&content, existing)?))
    }

    /// Enters one record; it then waits for the second officer.
    pub fn enter(&self, content: Content, purpose: &str) -> Result<Entered, DeskError> {
        let mut outcomes = self.enter_many(vec![content], "manual", "", &Approval::Awaited, purpose)?;
        match outcomes.pop() {
            Some(Outcome::Saved(entered)) => Ok(*entered),
            Some(Outcome::Refused(problems)) => Err(DeskError::Problems(problems)),
            None => Err(DeskError::Problems(Vec::new())),
        }
    }

    /// Enters records together: those that no rule blocks are appended in one write, and are on the disk when this returns.
    ///
    /// The outcomes stand in the order of the contents.
    pub fn enter_many(
        &self,
        contents: Vec<Content>,
        how: &str,
        from: &str,
        approval: &Approval,
        purpose: &str,
    ) -> Result<Vec<Outcome>, DeskError> {
        if let Approval::By(officer) = approval
            && officer.is_same_person(self.officer())
        {
            return Err(DeskError::SameOfficer(self.officer().0.clone()));
        }
        let _writing = self.write_lock();
        let now = self.now();
        let prefix = number_prefix(self.office().country, self.today().year());
        let mut next = self.store().highest(&prefix)? + 1;
        let mut batch: Vec<NewEntry> = Vec::with_capacity(contents.len());
        let mut outcomes = Vec::with_capacity(contents.len());
        let mut seen: HashMap<String, String> = HashMap::new();
        for content in contents {
            let content = self.completed(content, self.today());
            let mut problems = rules::record(&content, &self.facts(&content, None)?);
            let key = batch_key(&content);
            if let Some(number) = key.as_ref().and_then(|key| seen.get(key)) {
                problems.push(Problem::error("V22", "firearm.serial", "exact").with("number", number));
            }
            if rules::blocks(&problems) {
                outcomes.push(Outcome::Refused(problems));
                continue;
            }
            let record = Record {
                id: self.ids.next(now),
                number: format!("{}{next:06}", prefix.0),
                owner: self.office().country,
                office: self.office().name.clone(),
                state: if *approval == Approval::Awaited { RecordState::Ready } else { RecordState::Active },
                provenance: Provenance {
                    how: how.to_owned(),
                    from: from.to_owned(),
                    by: self.officer().clone(),
                    at: now,
                },
                content,
            };
            next += 1;
            seen.extend(key.map(|key| (key, record.number.clone())));
            batch.push(self.entry_of(&record, None, "record.enter", &entering_purpose(purpose, approval)));
            let rev = Revision(String::new());
            outcomes.push(Outcome::Saved(Box::new(Entered { record, rev, warnings: problems })));
        }
        let appended = self.append(batch)?;
        give_revisions(&mut outcomes, appended);
        Ok(outcomes)
    }

    /// An entry that makes `record` the present revision.
    pub(super) fn entry_of(
        &self,
        record: &Record,
        parent: Option<Revision>,
        act: &str,
        purpose: &str,
    ) -> NewEntry {
        NewEntry {
            at: self.now(),
            officer: self.officer().clone(),
            purpose: purpose.trim().to_owned(),
            act: act.to_owned(),
            kind: DocKind::Record,
            doc: record.id,
            parent,
            body: serde_json::to_string(record).expect("a record holds only text, numbers and lists"),
            keys: keys::of_record(record),
        }
    }

    /// The content with what follows from it: the table's identifiers, the state of a number that was given, the days.
    pub(super) fn completed(&self, mut content: Content, created: Date) -> Content {
        let names = self.names().clone();
        let firearm = &mut content.firearm;
        if firearm.make_id.is_empty()
            && let [only] = names.makes(&firearm.make).as_slice()
        {
            firearm.make_id.clone_from(only);
        }
        if firearm.calibre_id.is_empty() {
            firearm.calibre_id = names.calibre(&firearm.calibre).unwrap_or_default();
        }
        if firearm.reference_id.is_empty() {
            firearm.reference_id = names.entry(&firearm.make, &firearm.model).unwrap_or_default();
        }
        let stamped = !serial::normalise(&firearm.serial).is_empty();
        if firearm.serial_state.is_none() && stamped && !SerialPattern::is_pattern(&firearm.serial) {
            firearm.serial_state = Some(SerialState::Readable);
        }
        let longest = created.saturating_add(Span::new().years(LONGEST_RETENTION_YEARS));
        let until = *content.retain_until.get_or_insert(longest);
        content.review_on.get_or_insert(until.saturating_sub(Span::new().months(REVIEW_BEFORE_END_MONTHS)));
        content
    }
}

/// The beginning of a country's record numbers of a year.
pub(super) fn number_prefix(country: CountryCode, year: i16) -> Prefix {
    Prefix(format!("{country}-{year:04}-"))
}

/// The key of domain.md 2.4, rule 6, within one batch; `None` where there is no readable number.
fn batch_key(content: &Content) -> Option<String> {
    let firearm = &content.firearm;
    let norm = serial::normalise(&firearm.serial);
    if norm.is_empty() || SerialPattern::is_pattern(&firearm.serial) {
        return None;
    }
    let make = if firearm.make_id.is_empty() { &firearm.make } else { &firearm.make_id };
    let calibre = if firearm.calibre_id.is_empty() { &firearm.calibre } else { &firearm.calibre_id };
    let parts = [make, calibre, &content.agency].map(|part| crate::domain::text::fold(part)).join("|");
    Some(format!("{norm}|{parts}|{}", firearm.firearm_type.map_or("", |kind| kind.id())))
}

fn entering_purpose(purpose: &str, approval: &Approval) -> String {
    match approval {
        Approval::Awaited => purpose.to_owned(),
        Approval::By(officer) => format!("{purpose} (approved by {officer})"),
    }
}

pub(super) fn give_revisions(outcomes: &mut [Outcome], appended: Vec<Appended>) {
    let saved = outcomes.iter_mut().filter_map(|outcome| match outcome {
        Outcome::Saved(entered) => Some(entered),
        Outcome::Refused(_) => None,
    });
    for (entered, appended) in saved.zip(appended) {
        entered.rev = appended.rev;
    }
}
