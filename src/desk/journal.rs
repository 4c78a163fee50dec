//! The journal as the officers see it: shown, verified, and the projections made again from it.

use std::path::Path;

use serde::Serialize;

use crate::store::{self, Entry, Status};

use super::{Desk, DeskError, Opening};

/// What walking the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Entries that are whole and follow one another.
    pub entries: u64,
    /// The hash of the last of them.
    pub last_hash: String,
    /// The first damage: file, line, entry and what is wrong; `None` where there is none.
    pub damage: Option<String>,
}

impl Desk {
    /// Entries of the journal from `seq` on, at most `limit`.
    pub fn entries(&self, seq: u64, limit: usize) -> Result<Vec<Entry>, DeskError> {
        Ok(self.store().entries(seq, limit)?)
    }

    /// Walks the whole chain of a workspace. It needs no owner and changes nothing.
    pub fn verify(folder: &Path, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Verification, DeskError> {
        super::Settings::read(folder)?;
        let report = store::verify(folder, &|step| progress(step.done, step.total))?;
        Ok(Verification { entries: report.entries, last_hash: report.last_hash, damage: report.damage.map(|d| d.to_string()) })
    }

    /// Makes the state and the index again from the journal.
    pub fn rebuild(opening: Opening<'_>, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Status, DeskError> {
        super::open::remove_projections(&opening)?;
        let opening = Opening { progress, ..opening };
        let (desk, _) = Self::open(opening)?;
        desk.finish()?;
        Ok(desk.status())
    }
}
