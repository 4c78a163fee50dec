//! Editions beside the reference table: which there are, and taking one away.
//!
//! An edition is a document of the journal that names a file by its hash. The file is written and synced before the journal names
//! it, so an import that is killed leaves no edition; a removal is an entry of its own, after which the file is taken away. Bringing
//! a list in is [`import`](self::import), its mappings are [`mappings`](self::mappings).

mod import;
mod look;
mod mappings;
mod rejects;

use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::officer::Officer;
use crate::domain::time::PartialDate;
use crate::reference::import::{Encoding, Kind};
use crate::store::{
    Blobs, DiskStore, DocKind, Document, Keys, NewEntry, OpenOptions, Queue, Store, StoreError,
};

use super::lifecycle::require;
use super::{Desk, DeskError, Settings, keys, keys_of, keys_version};

pub use import::{ListToImport, Preview, Watch, preview_list};
pub use look::{ListLook, LookedColumn, delimiter_id};
pub use mappings::{SavedMapping, mapping_of, mappings_of};
pub use rejects::Rejects;

/// An edition, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionInfo {
    /// Its short name, which begins the ids of its entries: `frt-2024`.
    pub name: String,
    /// What the list is called.
    pub title: String,
    /// Which list it is.
    pub kind: Kind,
    /// Of which day or year the list is, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<PartialDate>,
    /// The file it was read from, without its folder.
    pub file: String,
    /// SHA-256 of that file, in hexadecimal.
    pub file_sha256: String,
    /// Its length in bytes.
    pub file_bytes: u64,
    /// The encoding it was read in.
    pub encoding: Encoding,
    /// How many rows were read.
    pub rows: u64,
    /// How many entries came of them.
    pub entries: u64,
    /// How many codes came of them.
    pub codes: u64,
    /// How many rows were refused.
    pub refused: u64,
    /// SHA-256 of what is kept, which is also its place among the workspace's files.
    pub content: String,
    /// Who brought it in.
    pub officer: Officer,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub purpose: String,
    /// Who removed it, when and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removal>,
}

/// The end of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// Who removed it.
    pub officer: Officer,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl EditionInfo {
    /// The natural number under which the store finds it.
    pub(super) fn number(&self) -> String {
        number_of(&self.name)
    }

    fn of(document: &Document) -> Result<Self, DeskError> {
        serde_json::from_str(&document.body)
            .map_err(|fault| DeskError::Unreadable { id: document.id.to_string(), fault: fault.to_string() })
    }
}

fn number_of(name: &str) -> String {
    format!("EDITION {}", name.to_uppercase())
}

/// The editions of a store that are beside the table, in the order in which they came.
pub(super) fn present(store: &dyn Store) -> Result<Vec<EditionInfo>, StoreError> {
    let mut found = Vec::new();
    for item in store.queue(Queue::Editions)? {
        // One that a later version wrote is not for this one; it stays in the journal.
        found.extend(store.document(item.id)?.as_ref().and_then(|document| EditionInfo::of(document).ok()));
    }
    Ok(found)
}

/// The editions of a workspace, for whoever only reads it: beside an owner, and without its index.
pub fn editions_of(folder: &Path) -> Result<Vec<EditionInfo>, DeskError> {
    let officer = Settings::read(folder)?.officer;
    let options = OpenOptions::new(keys_of, officer).keys_version(keys_version()).read_only(true);
    let (store, _) = DiskStore::open(folder, &options)?;
    Ok(present(&store)?)
}

impl Desk {
    /// The editions beside the reference table, in the order in which they came.
    pub fn editions(&self) -> Result<Vec<EditionInfo>, DeskError> {
        Ok(present(&**self.store())?)
    }

    /// Takes an edition away from the reference table. The journal keeps that it was there, who removed it and why.
    pub fn remove_edition(&self, name: &str, reason: &str) -> Result<EditionInfo, DeskError> {
        require(reason, "reason")?;
        let writing = self.write_lock();
        let document = self.edition_document(name)?;
        let document = document.ok_or_else(|| DeskError::NoEdition(name.to_owned()))?;
        let mut info = EditionInfo::of(&document)?;
        if info.removed.is_some() {
            return Err(DeskError::NoEdition(name.to_owned()));
        }
        let at = self.now();
        let reason = reason.trim().to_owned();
        info.removed = Some(Removal { officer: self.officer().clone(), at, reason: reason.clone() });
        self.append(vec![NewEntry {
            at,
            officer: self.officer().clone(),
            purpose: reason,
            act: "edition.remove".to_owned(),
            kind: DocKind::Edition,
            doc: document.id,
            parent: Some(document.rev),
            body: body(&info),
            keys: keys::of_edition(&info),
        }])?;
        let shared = self.editions()?.iter().any(|other| other.content == info.content);
        drop(writing);
        if let (Some(blobs), false) = (self.blobs(), shared) {
            blobs.remove(&info.content)?;
        }
        self.table.take_away(&info.name);
        Ok(info)
    }

    /// The document of an edition by its name, be it there or removed.
    fn edition_document(&self, name: &str) -> Result<Option<Document>, DeskError> {
        let id = self.store().by_number(&number_of(name.trim()))?;
        Ok(id.map(|id| self.store().document(id)).transpose()?.flatten())
    }

    /// Where the files of editions are; `None` where the desk has no folder.
    fn blobs(&self) -> Option<Blobs> {
        self.workspace.as_ref().map(|workspace| Blobs::in_folder(workspace.editions()))
    }

    fn edition_entry(&self, info: &EditionInfo, earlier: Option<Document>) -> NewEntry {
        let (doc, parent) = match earlier {
            Some(document) => (document.id, Some(document.rev)),
            None => (self.ids.next(info.at), None),
        };
        let keys: Keys = keys::of_edition(info);
        NewEntry {
            at: info.at,
            officer: info.officer.clone(),
            purpose: info.purpose.clone(),
            act: "edition.import".to_owned(),
            kind: DocKind::Edition,
            doc,
            parent,
            body: body(info),
            keys,
        }
    }
}

fn body(info: &EditionInfo) -> String {
    serde_json::to_string(info).expect("it holds only text and numbers")
}
