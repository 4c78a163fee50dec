//! How the candidates of a check stand now. The proof says what was found then and never changes; a decision comes after it.

use rayon::prelude::*;
use serde::Serialize;

use crate::domain::lifecycle::RecordState;
use crate::store::DocKind;

use super::check::CheckProof;
use super::decide::Hit;
use super::grading::Candidate;
use super::view::parse_record;
use super::{Desk, DeskError, keys};

/// How one candidate of a check stands now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// Where the record stands.
    pub state: RecordState,
    /// The hit that this check made of it, or that waits for a decision since an earlier check; `None` where nobody has one to decide.
    pub hit: Option<Hit>,
}

impl Desk {
    /// How the candidates of a check stand now, in the order of the proof.
    pub fn standings(&self, proof: &CheckProof) -> Result<Vec<Standing>, DeskError> {
        let waiting = self.hits_waiting()?;
        let standing = |candidate: &Candidate| -> Result<Standing, DeskError> {
            let document = self.store().document(candidate.record.id)?;
            let record = document.map(|document| parse_record(&document)).transpose()?;
            let earlier =
                || waiting.iter().find(|hit| hit.candidate.record.id == candidate.record.id).cloned();
            Ok(Standing {
                state: record.map_or(candidate.record.state, |record| record.state),
                hit: self.hit_of(&proof.number, &candidate.record.number)?.or_else(earlier),
            })
        };
        proof.candidates.par_iter().map(standing).collect()
    }

    /// The hit that a check made of a record, whether it is decided or not.
    pub(super) fn hit_of(&self, check: &str, record: &str) -> Result<Option<Hit>, DeskError> {
        let Some(id) = self.store().by_number(&keys::hit_number(check, record))? else { return Ok(None) };
        let document = self.store().document(id)?.filter(|document| document.kind == DocKind::Hit);
        document.map(|document| Hit::parse(&document)).transpose()
    }
}
