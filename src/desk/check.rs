//! The check: is this firearm recorded anywhere in the workspace? And the proof that it was asked.
//!
//! Every check is a document in the journal: who asked what, why, of which data, and what the answer was. "No hit" can
//! therefore be proved later (domain.md 3.3, last point).

use std::time::Instant;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::domain::firearm::FirearmType;
use crate::domain::hit::Grade;
use crate::domain::id::DocId;
use crate::domain::lifecycle::{Act, RecordState};
use crate::domain::officer::{Office, Officer};
use crate::domain::serial::{self, SerialKeys, SerialPattern};
use crate::store::{DocKind, NewEntry, Prefix, Queue};

use super::decide::{Hit, HitState};
use super::grading::{Asked, Candidate};
use super::lifecycle::require;
use super::view::parse_record;
use super::{Advice, Desk, DeskError, keys};

/// What is asked. Empty text and `None` mean that the officer does not know.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CheckQuery {
    /// As stamped; `?` for one unknown character, `[8B]` for either.
    pub serial: String,
    /// The maker, in any spelling.
    pub make: String,
    /// The calibre, in any spelling.
    pub calibre: String,
    /// The type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub firearm_type: Option<FirearmType>,
    /// Why it is asked: a case, an operation.
    pub purpose: String,
}

/// How fresh the data were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freshness {
    /// How many records were searched.
    pub records: u64,
    /// The last journal entry that was seen.
    pub journal_seq: u64,
    /// Its hash, which fixes all that came before.
    pub journal_hash: String,
    /// When it was written.
    pub as_of: Option<Timestamp>,
    /// The edition of the reference table that resolved the names.
    pub reference_edition: String,
}

/// The proof of a check, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckProof {
    /// Its natural number, such as `CH-2026-000912`.
    pub number: String,
    /// What was asked, as typed.
    pub query: CheckQuery,
    /// The number as it was compared.
    pub compared_as: String,
    /// The office that asked.
    pub office: Office,
    /// The officer who asked.
    pub officer: Officer,
    /// When.
    pub at: Timestamp,
    /// Of which data.
    pub freshness: Freshness,
    /// The answer, best first.
    pub candidates: Vec<Candidate>,
    /// Whether there were more candidates than a report lists.
    pub truncated: bool,
    /// SHA-256 of the answer's JSON, in hexadecimal.
    pub answer_hash: String,
}

/// The proof, and what is for the officer alone.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckReport {
    /// The identifier of the proof.
    pub id: DocId,
    /// What the journal keeps.
    pub proof: CheckProof,
    /// How long the search took, without the writing of the proof.
    pub took: std::time::Duration,
    /// What to do next.
    pub advice: Vec<Advice>,
}

impl Desk {
    /// Checks a number, and leaves the proof in the journal.
    ///
    /// An EXACT or STRONG candidate in force becomes a hit to confirm; this office's own record then waits for the decision.
    pub fn check(&self, query: CheckQuery) -> Result<CheckReport, DeskError> {
        require(&query.purpose, "purpose")?;
        let asked = asked(&query)?;
        let started = Instant::now();
        let freshness = self.freshness();
        let (candidates, truncated) = self.candidates(&asked, &query)?;
        let took = started.elapsed();
        let _writing = self.write_lock();
        let now = self.now();
        let id = self.ids.next(now);
        let answer = serde_json::to_vec(&candidates).expect("candidates hold only text, numbers and lists");
        let proof = CheckProof {
            number: self.next_check_number()?,
            compared_as: match &asked {
                Asked::Whole(keys) => keys.norm.clone(),
                Asked::Partial(pattern) => pattern.to_string(),
            },
            office: self.office().clone(),
            officer: self.officer().clone(),
            at: now,
            freshness,
            candidates,
            truncated,
            answer_hash: hex::encode(Sha256::digest(&answer)),
            query,
        };
        let mut batch = vec![Self::proof_entry(id, &proof)];
        batch.extend(self.hit_entries(id, &proof)?);
        self.append(batch)?;
        let advice = self.advice(&proof);
        Ok(CheckReport { id, proof, took, advice })
    }

    /// The candidates for a query without a proof: for the counts of a form as one types. Nothing is learnt from it that a
    /// check would not write down, so it gives only how many there are of each grade.
    pub fn glimpse(&self, query: &CheckQuery) -> Result<Vec<(Grade, usize)>, DeskError> {
        let asked = asked(query)?;
        let (candidates, _) = self.candidates(&asked, query)?;
        let count = |grade| candidates.iter().filter(|candidate| candidate.grade == grade).count();
        Ok(Grade::ALL.iter().map(|grade| (*grade, count(*grade))).filter(|(_, n)| *n > 0).collect())
    }

    /// The proof of an earlier check.
    pub fn check_proof(&self, name: &str) -> Result<CheckProof, DeskError> {
        let document = self.document(name, DocKind::Check)?;
        serde_json::from_str(&document.body)
            .map_err(|fault| DeskError::Unreadable { id: document.id.to_string(), fault: fault.to_string() })
    }

    fn freshness(&self) -> Freshness {
        let status = self.status();
        Freshness {
            records: status.records,
            journal_seq: status.seq,
            journal_hash: status.hash,
            as_of: status.at,
            reference_edition: self.names().edition(),
        }
    }

    fn next_check_number(&self) -> Result<String, DeskError> {
        let prefix = Prefix(format!("CH-{:04}-", self.today().year()));
        Ok(format!("{}{:06}", prefix.0, self.store().highest(&prefix)? + 1))
    }

    fn proof_entry(id: DocId, proof: &CheckProof) -> NewEntry {
        NewEntry {
            at: proof.at,
            officer: proof.officer.clone(),
            purpose: proof.query.purpose.trim().to_owned(),
            act: "check.run".to_owned(),
            kind: DocKind::Check,
            doc: id,
            parent: None,
            body: serde_json::to_string(proof).expect("a proof holds only text, numbers and lists"),
            keys: keys::of_check(proof),
        }
    }

    /// The hits that a check leaves to confirm, and the records of this office that they put in waiting.
    fn hit_entries(&self, check: DocId, proof: &CheckProof) -> Result<Vec<NewEntry>, DeskError> {
        let firm = proof.candidates.iter().filter(|candidate| {
            matches!(candidate.grade, Grade::Exact | Grade::Strong) && candidate.record.state.is_in_force()
        });
        let mut firm = firm.peekable();
        // Each hit that waits has to be read, so they are asked for only where there is a new one.
        let waiting = if firm.peek().is_some() { self.hits_waiting()? } else { Vec::new() };
        let mut entries = Vec::new();
        for candidate in firm {
            if waiting.iter().any(|hit| hit.candidate.record.id == candidate.record.id) {
                continue;
            }
            entries.push(self.hit_entry(check, proof, candidate));
            if candidate.record.owner == self.office().country
                && candidate.record.state == RecordState::Active
            {
                entries.extend(self.pending_entry(candidate, &proof.query.purpose)?);
            }
        }
        Ok(entries)
    }

    pub(super) fn hit_entry(&self, check: DocId, proof: &CheckProof, candidate: &Candidate) -> NewEntry {
        let hit = Hit {
            id: self.ids.next(proof.at),
            check,
            check_number: proof.number.clone(),
            query: proof.query.clone(),
            candidate: candidate.clone(),
            state: HitState::Pending,
            found_at: proof.at,
            decision: None,
        };
        hit.entry(None, self.officer(), proof.at, "hit.found", &proof.query.purpose)
    }

    fn pending_entry(&self, candidate: &Candidate, purpose: &str) -> Result<Option<NewEntry>, DeskError> {
        let Some(document) = self.store().document(candidate.record.id)? else { return Ok(None) };
        let mut record = parse_record(&document)?;
        let Ok(state) = record.state.after(Act::Hit) else { return Ok(None) };
        record.state = state;
        Ok(Some(self.entry_of(&record, Some(document.rev), "record.hit", purpose)))
    }

    /// Hits that wait for a decision, oldest first.
    pub fn hits_waiting(&self) -> Result<Vec<Hit>, DeskError> {
        let mut hits = Vec::new();
        for item in self.store().queue(Queue::HitToConfirm)? {
            if let Some(document) = self.store().document(item.id)? {
                hits.push(Hit::parse(&document)?);
            }
        }
        Ok(hits)
    }
}

/// Reads what is asked: a whole number or a pattern.
fn asked(query: &CheckQuery) -> Result<Asked, DeskError> {
    if SerialPattern::is_pattern(&query.serial) {
        let bad = |fault| DeskError::BadSerial { serial: query.serial.clone(), fault };
        return SerialPattern::parse(&query.serial).map(Asked::Partial).map_err(bad);
    }
    if serial::normalise(&query.serial).is_empty() {
        return Err(DeskError::EmptySerial(query.serial.clone()));
    }
    Ok(Asked::Whole(SerialKeys::of(&query.serial)))
}
