//! From documents that bear a number to graded candidates, each with its reason.

use serde::{Deserialize, Serialize};

use crate::domain::firearm::FirearmType;
use crate::domain::hit::{Grade, Reason, SerialAgreement, types_agree};
use crate::domain::serial::{SerialKeys, SerialPattern, embedded_letters_key};
use crate::store::{Bearer, Revision, SerialColumn, SerialHit};

use super::check::CheckQuery;
use super::names::Wanted;
use super::summary::Summary;
use super::{Desk, DeskError, RecordRow};

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
        let bearers = self.bearers(asked)?;
        let truncated = bearers.len() > MOST_CANDIDATES;
        let wanted = Wanted::new(self.names().as_ref(), &query.make, &query.calibre);
        let mut found = Vec::new();
        for bearer in bearers.iter().take(MOST_CANDIDATES) {
            let candidate = self.summarised(bearer, |summary, rev| {
                let reason = self.reason(asked, &wanted, query.firearm_type, summary)?;
                let (grade, record) = (reason.grade(), summary.row(bearer.id));
                Some(Candidate { grade, reason, record, rev: rev.clone() })
            })?;
            found.extend(candidate.flatten());
        }
        found.sort_by(|a, b| {
            let order = |c: &Candidate| (c.grade, -c.reason.weight(), !c.record.state.is_in_force());
            order(a).cmp(&order(b)).then_with(|| a.record.number.cmp(&b.record.number))
        });
        Ok((found, truncated))
    }

    /// The documents that bear the number or one near it, each once.
    fn bearers(&self, asked: &Asked) -> Result<Vec<Bearer>, DeskError> {
        let store = self.store();
        let (mut found, partial) = match asked {
            Asked::Whole(asked) => {
                let near: Vec<String> = without_affixes(&asked.norm).collect();
                let mut keys = vec![
                    (SerialColumn::Norm, asked.norm.as_str()),
                    (SerialColumn::Core, asked.core.as_str()),
                    (SerialColumn::Confusable, asked.confusable.as_str()),
                ];
                keys.extend(near.iter().map(|near| (SerialColumn::Norm, near.as_str())));
                let pattern = SerialPattern::parse(&asked.norm).ok();
                let partial = pattern.map(|pattern| store.find_partial(&pattern)).transpose()?;
                (store.bearers(&keys)?, partial.unwrap_or_default())
            }
            Asked::Partial(pattern) => (Vec::new(), store.find_pattern(pattern, MOST_CANDIDATES + 1)?),
        };
        found.extend(partial.into_iter().map(|SerialHit { id, summary, .. }| Bearer { id, summary }));
        let mut seen = std::collections::HashSet::with_capacity(found.len());
        found.retain(|bearer| seen.insert(bearer.id));
        Ok(found)
    }

    /// Why the record answers what is asked, by its best number; `None` where no number of it does after all.
    fn reason(
        &self,
        asked: &Asked,
        wanted: &Wanted,
        firearm_type: Option<FirearmType>,
        record: &Summary<'_>,
    ) -> Option<Reason> {
        let answering = record.numbers().filter_map(|number| {
            agreement(asked, number.stamped, number.is_partial).map(|agreement| (agreement, number))
        });
        let (serial, number) = answering.min_by_key(|(agreement, _)| *agreement)?;
        let names = self.names().as_ref();
        Some(Reason {
            serial,
            matched_on: number.place.into_owned(),
            recorded: number.stamped.to_owned(),
            make: wanted.make_agrees(names, record.make, record.make_id),
            calibre: wanted.calibre_agrees(names, record.calibre, record.calibre_id),
            firearm_type: types_agree(firearm_type, record.firearm_type),
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
