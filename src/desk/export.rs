//! Exporting: every record as a line of JSON, and an entry that says who took what and why (domain.md 8.5, audit).

use std::io::Write;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::domain::officer::Officer;
use crate::store::{DocKind, Keys, NewEntry};

use super::{Desk, DeskError};

/// How many documents are read at a time.
const AT_A_TIME: usize = 1_000;

/// What was exported, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// How many records.
    pub records: u64,
    /// SHA-256 of all that was written, in hexadecimal.
    pub sha256: String,
    /// Why.
    pub purpose: String,
    /// By whom.
    pub officer: Officer,
    /// When.
    pub at: Timestamp,
    /// The last journal entry it contains.
    pub journal_seq: u64,
}

impl Desk {
    /// What an entry of the journal says was exported.
    pub fn exported(&self, id: &str) -> Result<Exported, DeskError> {
        let document = self.document(id, DocKind::Export)?;
        serde_json::from_str(&document.body)
            .map_err(|fault| DeskError::Unreadable { id: document.id.to_string(), fault: fault.to_string() })
    }

    /// Writes the present revision of every record, one a line, oldest identifier first.
    pub fn export(&self, to: &mut dyn Write, purpose: &str) -> Result<Exported, DeskError> {
        let last = self.status().seq;
        let mut hash = Sha256::new();
        let mut records = 0;
        let mut after = None;
        loop {
            let documents = self.store().documents(after, AT_A_TIME)?;
            let Some(end) = documents.last() else { break };
            after = Some(end.id);
            for document in documents.iter().filter(|document| document.kind == DocKind::Record) {
                let line = [document.body.as_bytes(), b"\n"].concat();
                hash.update(&line);
                to.write_all(&line).map_err(DeskError::Output)?;
                records += 1;
            }
        }
        to.flush().map_err(DeskError::Output)?;
        let exported = Exported {
            records,
            sha256: hex::encode(hash.finalize()),
            purpose: purpose.trim().to_owned(),
            officer: self.officer().clone(),
            at: self.now(),
            journal_seq: last,
        };
        if !self.read_only {
            self.append_one(self.export_entry(&exported))?;
        }
        Ok(exported)
    }

    fn export_entry(&self, exported: &Exported) -> NewEntry {
        NewEntry {
            at: exported.at,
            officer: exported.officer.clone(),
            purpose: exported.purpose.clone(),
            act: "export.jsonl".to_owned(),
            kind: DocKind::Export,
            doc: self.ids.next(exported.at),
            parent: None,
            body: serde_json::to_string(exported).expect("it holds only text and numbers"),
            keys: Keys::default(),
        }
    }
}
