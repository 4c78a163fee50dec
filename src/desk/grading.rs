//! From documents that bear a number to graded candidates, each with its reason.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::hit::{Grade, Reason, SerialAgreement, types_agree};
use crate::domain::id::DocId;
use crate::domain::record::Record;
use crate::domain::serial::{SerialKeys, SerialPattern, embedded_letters_key};
use crate::store::{DocKind, Revision, SerialColumn};

use super::check::CheckQuery;
use super::names::{calibres_agree, makes_agree};
use super::view::parse_record;
use super::{Desk, DeskError, RecordRow, keys};

/// The most candidates of one check: beyond that the question is too wide to be answered, and the report says so.
pub(super) const MOST_CANDIDATES: usize = 500;

/// A record that may be the firearm asked for. It is a candidate until a person has compared all marks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// How well it answers.
    pub grade: Grade,
    /// Why.
    pub reason: Reason,
    /// What is recorded.
    pub record: RecordRow,
    /// The revision that was compared.
    pub rev: Revision,
}

/// What is asked, ready to compare.
pub(super) enum Asked {
    /// A whole number.
    Whole(SerialKeys),
    /// A partial one.
    Partial(SerialPattern),
}

impl Desk {
    /// Every candidate for what is asked, best first; the flag says that there were more than are listed.
    pub(super) fn candidates(
        &self,
        asked: &Asked,
        query: &CheckQuery,
    ) -> Result<(Vec<Candidate>, bool), DeskError> {
        let ids = self.bearers(asked)?;
        let truncated = ids.len() > MOST_CANDIDATES;
        let ids = ids.get(..MOST_CANDIDATES).unwrap_or(&ids);
        // Short numbers are borne by dozens of records in a large workspace, and each has to be read to be graded.
        let read = ids.par_iter().map(|id| self.candidate(*id, asked, query));
        let read: Vec<Option<Candidate>> = read.collect::<Result<_, DeskError>>()?;
        let mut found: Vec<Candidate> = read.into_iter().flatten().collect();
        found.sort_by(|a, b| {
            let order = |c: &Candidate| (c.grade, -c.reason.weight(), !c.record.state.is_in_force());
            order(a).cmp(&order(b)).then_with(|| a.record.number.cmp(&b.record.number))
        });
        Ok((found, truncated))
    }

    /// The record as a candidate; `None` where it is no record, or no number of it answers.
    fn candidate(
        &self,
        id: DocId,
        asked: &Asked,
        query: &CheckQuery,
    ) -> Result<Option<Candidate>, DeskError> {
        let Some(document) = self.store().document(id)?.filter(|document| document.kind == DocKind::Record)
        else {
            return Ok(None);
        };
        let record = parse_record(&document)?;
        Ok(self.reason(asked, query, &record).map(|reason| Candidate {
            grade: reason.grade(),
            reason,
            record: RecordRow::of(&record),
            rev: document.rev,
        }))
    }

    /// The documents that bear the number or one near it, each once.
    fn bearers(&self, asked: &Asked) -> Result<Vec<DocId>, DeskError> {
        let store = self.store();
        let mut ids = Vec::new();
        match asked {
            Asked::Whole(keys) => {
                ids.extend(store.find_serial(SerialColumn::Norm, &keys.norm)?);
                ids.extend(store.find_serial(SerialColumn::Core, &keys.core)?);
                ids.extend(store.find_serial(SerialColumn::Confusable, &keys.confusable)?);
                for near in without_affixes(&keys.norm) {
                    ids.extend(store.find_serial(SerialColumn::Norm, &near)?);
                }
                if let Ok(pattern) = SerialPattern::parse(&keys.norm) {
                    ids.extend(store.find_partial(&pattern)?.into_iter().map(|hit| hit.id));
                }
            }
            Asked::Partial(pattern) => {
                ids.extend(store.find_pattern(pattern, MOST_CANDIDATES + 1)?.into_iter().map(|hit| hit.id));
            }
        }
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(*id));
        Ok(ids)
    }

    /// Why the record answers what is asked, by its best number; `None` where no number of it does after all.
    fn reason(&self, asked: &Asked, query: &CheckQuery, record: &Record) -> Option<Reason> {
        let firearm = &record.content.firearm;
        let (serial, place, recorded) = firearm
            .numbers()
            .filter_map(|(place, number)| {
                let partial = keys::is_partial(firearm, place, number);
                agreement(asked, number, partial).map(|agreement| (agreement, place, number))
            })
            .min_by_key(|(agreement, _, _)| *agreement)?;
        let names = self.names().as_ref();
        Some(Reason {
            serial,
            matched_on: place.to_string(),
            recorded: recorded.to_owned(),
            make: makes_agree(names, &query.make, &firearm.make, &firearm.make_id),
            calibre: calibres_agree(names, &query.calibre, &firearm.calibre, &firearm.calibre_id),
            firearm_type: types_agree(query.firearm_type, firearm.firearm_type),
        })
    }
}

/// In what way a recorded number answers what is asked.
fn agreement(asked: &Asked, recorded: &str, recorded_is_partial: bool) -> Option<SerialAgreement> {
    if recorded_is_partial {
        let recorded = SerialPattern::parse(recorded).ok()?;
        let fits = match asked {
            Asked::Whole(keys) => recorded.matches(&keys.norm),
            Asked::Partial(pattern) => recorded.overlaps(pattern),
        };
        return fits.then_some(SerialAgreement::Pattern);
    }
    let recorded = SerialKeys::of(recorded);
    match asked {
        Asked::Partial(pattern) => pattern.matches(&recorded.norm).then_some(SerialAgreement::Pattern),
        Asked::Whole(keys) if keys.norm == recorded.norm => Some(SerialAgreement::Same),
        Asked::Whole(keys) if keys.core == recorded.core => Some(SerialAgreement::EmbeddedLetters),
        Asked::Whole(keys) if keys.confusable == recorded.confusable => Some(SerialAgreement::Confusable),
        Asked::Whole(keys) => without_affixes(&keys.norm)
            .any(|near| near == recorded.norm)
            .then_some(SerialAgreement::WithoutAffix),
    }
}

/// The number without its letters before the first digit, and without those after the last: stamps are read without them.
///
/// What is left must have four digits at least, or half the workspace would answer.
fn without_affixes(norm: &str) -> impl Iterator<Item = String> {
    const FEWEST_DIGITS: usize = 4;
    let bare_front = norm.trim_start_matches(|c: char| !c.is_ascii_digit());
    let bare_back = norm.trim_end_matches(|c: char| !c.is_ascii_digit());
    let mut found: Vec<String> = Vec::new();
    for near in [bare_front, bare_back] {
        let digits = embedded_letters_key(near).bytes().filter(u8::is_ascii_digit).count();
        if near != norm && digits >= FEWEST_DIGITS && !found.iter().any(|known| known == near) {
            found.push(near.to_owned());
        }
    }
    found.into_iter()
}
