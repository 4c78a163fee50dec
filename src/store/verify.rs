//! Checks the whole journal without changing anything, also beside an owner: every head against its hash, every hash against the
//! next head, every body against its head.

use std::path::Path;

use super::contract::StoreError;
use super::fault::reason;
use super::journal::Journal;
use super::journal::chain::Chain;
use super::journal::line::NO_HASH;
use super::journal::tail;
use super::layout::Workspace;
use super::options::{Notice, Progress, Step};

/// What a check of the journal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many whole entries there are.
    pub entries: u64,
    /// The number of the last of them; the same as `entries` where none is missing.
    pub seq: u64,
    /// Its hash: whoever wrote it down can tell later that nothing before it was changed.
    pub hash: String,
    /// What is damaged, first to last; empty where the journal is whole.
    pub damage: Vec<Notice>,
    /// Bytes at the end of a write that is in progress, or that was cut short and is taken off by the next opening.
    pub unfinished: bool,
}

impl Report {
    /// Whether every entry is as it was written.
    pub fn is_whole(&self) -> bool {
        self.damage.is_empty()
    }
}

/// Checks the journal of the workspace in a folder.
pub fn verify(path: &Path, progress: &dyn Fn(Progress)) -> Result<Report, StoreError> {
    let workspace = Workspace::new(path);
    if !workspace.exists() {
        return Err(StoreError::NoWorkspace { path: path.to_owned() });
    }
    let journal = Journal::open(&workspace.journal(), false)?;
    let total = journal.last_seq()?.unwrap_or(0);
    let mut entries = 0;
    let outcome = tail::replay(&journal, Chain::after(0, NO_HASH), true, &mut |batch| {
        entries += batch.iter().filter(|entry| entry.doc.is_some()).count() as u64;
        progress(Progress { step: Step::Verify, done: entries, total });
        Ok(())
    })?;
    let mut damage = outcome.notices;
    let cut = outcome.cut;
    if let Some(cut) = cut.as_ref().filter(|cut| !cut.torn) {
        let (file, what) = (cut.path.clone(), reason("fault-journal-end"));
        damage.push(Notice::DamagedEntries { file, first: cut.seq, last: cut.seq, line: cut.line, what });
    }
    let Chain { seq, hash, .. } = outcome.chain;
    Ok(Report { entries, seq, hash, damage, unfinished: cut.is_some_and(|cut| cut.torn) })
}
