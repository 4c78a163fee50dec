//! Deciding a hit: a person has compared the marks and confirms or rejects, with a reason.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::id::DocId;
use crate::domain::lifecycle::Act;
use crate::domain::officer::Officer;
use crate::domain::vocabulary::vocabulary;
use crate::store::{DocKind, Document, NewEntry, Revision};

use super::check::CheckQuery;
use super::grading::Candidate;
use super::lifecycle::require;
use super::view::parse_record;
use super::{Desk, DeskError, keys};

vocabulary! {
    /// Where a hit stands.
    HitState {
        /// Nobody has compared the marks yet.
        Pending = "pending",
        /// The marks agree.
        Confirmed = "confirmed",
        /// They do not.
        Rejected = "rejected",
    }
}

/// What was decided of a hit, by whom and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who compared.
    pub by: Officer,
    /// When.
    pub at: Timestamp,
    /// What was compared and seen.
    pub reason: String,
}

/// A candidate that a check found, from its finding to its decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Its identifier.
    pub id: DocId,
    /// The check that found it.
    pub check: DocId,
    /// That check's number.
    pub check_number: String,
    /// What was asked.
    pub query: CheckQuery,
    /// The record and why it answers.
    pub candidate: Candidate,
    /// Where it stands.
    pub state: HitState,
    /// When it was found.
    pub found_at: Timestamp,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
}

impl Hit {
    /// Reads a hit from its document.
    pub(super) fn parse(document: &Document) -> Result<Self, DeskError> {
        serde_json::from_str(&document.body)
            .map_err(|fault| DeskError::Unreadable { id: document.id.to_string(), fault: fault.to_string() })
    }

    pub(super) fn entry(
        &self,
        parent: Option<Revision>,
        officer: &Officer,
        at: Timestamp,
        act: &str,
        purpose: &str,
    ) -> NewEntry {
        NewEntry {
            at,
            officer: officer.clone(),
            purpose: purpose.trim().to_owned(),
            act: act.to_owned(),
            kind: DocKind::Hit,
            doc: self.id,
            parent,
            body: serde_json::to_string(self).expect("a hit holds only text, numbers and lists"),
            keys: keys::of_hit(self),
        }
    }
}

impl Desk {
    /// Confirms a hit: the marks were compared and agree.
    pub fn confirm_hit(&self, hit: DocId, reason: &str) -> Result<Hit, DeskError> {
        self.decide(hit, HitState::Confirmed, Act::ConfirmHit, reason)
    }

    /// Rejects a hit: the marks were compared and differ, or it is another firearm with the same number.
    pub fn reject_hit(&self, hit: DocId, reason: &str) -> Result<Hit, DeskError> {
        self.decide(hit, HitState::Rejected, Act::RejectHit, reason)
    }

    /// A hit, whether it is decided or not.
    pub fn hit(&self, id: &str) -> Result<Hit, DeskError> {
        Hit::parse(&self.document(id, DocKind::Hit)?)
    }

    /// Makes a hit of a candidate that was only POSSIBLE or PATTERN, so that it can be decided.
    pub fn raise_hit(&self, check: &str, record: DocId) -> Result<DocId, DeskError> {
        let proof = self.check_proof(check)?;
        let candidate = proof
            .candidates
            .iter()
            .find(|candidate| candidate.record.id == record)
            .ok_or_else(|| DeskError::NotFound(record.to_string()))?;
        // One that is decided is not raised a second time: deciding it again is refused with who did.
        if let Some(hit) = self.hit_of(&proof.number, &candidate.record.number)? {
            return Ok(hit.id);
        }
        if let Some(hit) = self.hits_waiting()?.into_iter().find(|hit| hit.candidate.record.id == record) {
            return Ok(hit.id);
        }
        let check_id = self.document(check, DocKind::Check)?.id;
        let _writing = self.write_lock();
        let entry = self.hit_entry(check_id, &proof, candidate);
        let id = entry.doc;
        self.append_one(entry)?;
        Ok(id)
    }

    fn decide(&self, hit: DocId, state: HitState, act: Act, reason: &str) -> Result<Hit, DeskError> {
        require(reason, "reason")?;
        let _writing = self.write_lock();
        let document = self.document(&hit.to_string(), DocKind::Hit)?;
        let mut hit = Hit::parse(&document)?;
        if let Some(decision) = &hit.decision {
            return Err(DeskError::Decided { state: hit.state, by: decision.by.0.clone() });
        }
        let at = self.now();
        hit.state = state;
        hit.decision = Some(Decision { by: self.officer().clone(), at, reason: reason.trim().to_owned() });
        let journal_act = if state == HitState::Confirmed { "hit.confirm" } else { "hit.reject" };
        let mut batch = vec![hit.entry(Some(document.rev), self.officer(), at, journal_act, reason)];
        batch.extend(self.follow_in_record(&hit, act, reason)?);
        self.append(batch)?;
        Ok(hit)
    }

    /// The change of this office's own record that follows from a decision; another country's record is its own to change.
    fn follow_in_record(&self, hit: &Hit, act: Act, reason: &str) -> Result<Option<NewEntry>, DeskError> {
        if hit.candidate.record.owner != self.office().country {
            return Ok(None);
        }
        let Some(document) = self.store().document(hit.candidate.record.id)? else { return Ok(None) };
        let mut record = parse_record(&document)?;
        match record.state.after(act) {
            Ok(state) if state != record.state => record.state = state,
            _ => return Ok(None),
        }
        let journal_act = if act == Act::ConfirmHit { "record.hit_confirmed" } else { "record.hit_rejected" };
        Ok(Some(self.entry_of(&record, Some(document.rev), journal_act, reason)))
    }
}
