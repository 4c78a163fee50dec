//! The journal as the officers see it: shown, verified, and the projections made again from it.

use std::path::Path;

use serde::Serialize;

use crate::store::{DiskStore, Entry, OpenOptions, Status, Store as _, StoreError};

use super::{Desk, DeskError, Opening, keys_of};

/// How many entries are walked at a time.
const AT_A_TIME: usize = 1_000;

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
        let settings = super::Settings::read(folder)?;
        let options = OpenOptions::new(keys_of, settings.officer).read_only(true);
        let (store, _) = DiskStore::open(folder, &options)?;
        let last = store.status().seq;
        let mut found = Verification { entries: 0, last_hash: String::new(), damage: None };
        while found.entries < last {
            match store.entries(found.entries + 1, AT_A_TIME) {
                Ok(entries) => {
                    let Some(end) = entries.last() else { break };
                    found.entries = end.head.seq;
                    found.last_hash.clone_from(&end.hash);
                }
                Err(fault @ StoreError::Damaged { seq, .. }) => {
                    let whole = seq.saturating_sub(1 + found.entries) as usize;
                    if let Some(end) = store.entries(found.entries + 1, whole)?.last() {
                        found.entries = end.head.seq;
                        found.last_hash.clone_from(&end.hash);
                    }
                    found.damage = Some(fault.to_string());
                    break;
                }
                Err(fault) => return Err(fault.into()),
            }
            progress(found.entries, last);
        }
        Ok(found)
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
