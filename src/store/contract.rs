//! What any store promises. There are two: the one on disk and the memory twin that tests compare it with.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::id::DocId;
use crate::domain::officer::Officer;
use crate::domain::serial::{SerialKeys, SerialPattern};
use crate::locale::Message;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocKind {
    /// A firearm record.
    Record,
    /// The proof of a check.
    Check,
    /// A candidate that a check found, and what was decided of it.
    Hit,
    /// What was exported, by whom and why.
    Export,
    /// A list that was imported beside the reference table.
    Edition,
    /// A fired cartridge case whose scan or photograph is kept.
    Exhibit,
}

/// A revision as CouchDB writes it: `n-hash`, where the hash is of the body and the parent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub String);

/// The head of a journal entry: everything that the hash chain covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its place in the journal, from 1 without a gap.
    pub seq: u64,
    /// When, in UTC.
    pub at: Timestamp,
    /// Who.
    pub officer: Officer,
    /// Why, in the officer's words.
    pub purpose: String,
    /// What was done: `record.enter`, `record.amend`, `check.run`, `hit.confirm` …
    pub act: String,
    /// What kind of document.
    pub kind: DocKind,
    /// Which document.
    pub doc: DocId,
    /// The revision that this entry makes.
    pub rev: Revision,
    /// The revision it replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Revision>,
    /// SHA-256 of the body's exact bytes, in hexadecimal.
    pub body_hash: String,
    /// The hash of the entry before; sixty-four zeros for the first.
    pub prev: String,
    /// How many entries of the same append follow; 0 (not written) for the last. A batch that a crash cut short shows by it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u32,
}

/// Serde asks for a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// An entry as it is read back: its head, its hash and the document's JSON (without the nonce that the line also holds).
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What the chain covers.
    pub head: Head,
    /// SHA-256 of the head's exact bytes, in hexadecimal.
    pub hash: String,
    /// The whole document after this entry, as JSON text.
    pub body: String,
}

/// The present revision of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Which.
    pub id: DocId,
    /// What kind.
    pub kind: DocKind,
    /// Its revision.
    pub rev: Revision,
    /// The entry that made it.
    pub seq: u64,
    /// When that was.
    pub at: Timestamp,
    /// Its JSON text.
    pub body: String,
}

/// Lists of what waits for somebody, and of what is to be found without reading everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// Hits to confirm or reject.
    HitToConfirm,
    /// Records that wait for the second officer.
    Approval,
    /// Editions that stand beside the reference table. Nobody needs to act on them; it is how they are found.
    Editions,
    /// Exhibits that the gallery of cartridge cases follows.
    Exhibit,
}

/// How a document is found without reading it: computed from its body alone, so that a rebuild gives the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// Its natural number: `ES-2026-000912`, `CH-2026-000017`.
    pub number: Option<String>,
    /// Every readable number stamped on the firearm, the frame number first; empty unless a check may find the document.
    pub serials: Vec<SerialKeys>,
    /// Numbers recorded as partial.
    pub patterns: Vec<SerialPattern>,
    /// The lists it stands in.
    pub queues: Vec<Queue>,
    /// What is to be known of it wherever one of its serials is found, so that its document need not be read; empty for
    /// nothing. The store keeps these bytes beside each serial and does not look into them.
    pub summary: Vec<u8>,
}

/// How the keys of a document follow from its kind and its JSON; pure, and given to the store when it is opened.
pub type KeysOf = fn(DocKind, &str) -> Keys;

/// A change to append.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// When, in UTC.
    pub at: Timestamp,
    /// Who.
    pub officer: Officer,
    /// Why.
    pub purpose: String,
    /// What is done.
    pub act: String,
    /// What kind of document.
    pub kind: DocKind,
    /// Which document.
    pub doc: DocId,
    /// The revision it is meant to replace; `None` for a new document. Another one at the time of writing is a conflict.
    pub parent: Option<Revision>,
    /// The whole document after the change, as JSON text on one line.
    pub body: String,
    /// How it is found, as [`Keys`] says.
    pub keys: Keys,
}

/// What became of an appended change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Its place in the journal.
    pub seq: u64,
    /// The revision it made.
    pub rev: Revision,
    /// The entry's hash.
    pub hash: String,
}

/// Which key of a number to look in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SerialColumn {
    /// The folded number itself.
    Norm,
    /// Without letters between digits.
    Core,
    /// With confusable characters made equal.
    Confusable,
}

/// A document whose number fits a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialHit {
    /// Which document.
    pub id: DocId,
    /// The folded number that fits; for a partial number recorded, the pattern as text.
    pub norm: String,
    /// What is known of the document; `None` for a partial number, and where nothing was kept.
    pub summary: Option<Summary>,
}

/// A document that bears a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// Which document.
    pub id: DocId,
    /// What is known of it; `None` where nothing was kept.
    pub summary: Option<Summary>,
}

/// What was kept of a document's present revision beside its serials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The revision.
    pub rev: Revision,
    /// [`Keys::summary`] of it.
    pub bytes: Box<[u8]>,
}

/// The beginning of natural numbers that are counted together, such as `ES-2026-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Prefix(pub String);

/// An entry of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueItem {
    /// Which document.
    pub id: DocId,
    /// Since when it waits.
    pub since: Timestamp,
}

/// How far the store is, for the footer of each screen and the proof of each check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The last entry of the journal; 0 where it is empty.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
    /// When it was written.
    pub at: Option<Timestamp>,
    /// How many records there are.
    pub records: u64,
}

/// Why the store could not do it. Each says what was kept and what to do next.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
pub enum StoreError {
    /// The disk or the file system refused.
    Io {
        /// What was being done: the key of its words, such as `doing-read`.
        what: &'static str,
        /// To which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
        /// What to do next: the key of its words, such as `hint-read`.
        hint: &'static str,
    },
    /// Another process owns the workspace.
    InUse {
        /// Officer, host, process and since when, as far as the lock file tells.
        holder: String,
    },
    /// The store was opened to read.
    ReadOnly,
    /// The document was changed meanwhile.
    Conflict {
        /// The revision it has now, or `none`.
        found: String,
    },
    /// The entry can never be kept: its body is not one JSON value on one line, or is too long.
    Refused {
        /// Which entry of those to append, from 1.
        number: usize,
        /// How many there were.
        total: usize,
        /// What is wrong with it.
        what: String,
    },
    /// A file beside the journal is not what was written.
    DamagedBlob {
        /// Which file.
        path: PathBuf,
    },
    /// There is no workspace in the folder.
    NoWorkspace {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A workspace is to be made where one is.
    Exists {
        /// Where.
        path: PathBuf,
    },
    /// The journal is not what was written.
    Damaged {
        /// The first entry that is not right.
        seq: u64,
        /// The file.
        path: PathBuf,
        /// The line in it, from 1.
        line: u64,
        /// What is wrong.
        what: String,
        /// What was kept and what to do next: the key of its words, such as `kept-opening`.
        kept: &'static str,
    },
    /// The projection failed in a way that a rebuild mends.
    State(String),
}

impl StoreError {
    /// Its sentence, for whoever asked.
    pub fn message(&self) -> Message {
        let said = |key: &str| Message::new(key).to_string();
        match self {
            Self::Io { what, path, source, hint } => at("store-io", path)
                .with("what", said(what))
                .with("fault", source.to_string())
                .with("hint", said(hint)),
            Self::InUse { holder } => Message::new("store-in-use").with("holder", holder.as_str()),
            Self::ReadOnly => Message::new("store-read-only"),
            Self::Conflict { found } => Message::new("store-conflict").with("found", found.as_str()),
            Self::Refused { number, total, what } => Message::new("store-refused")
                .with("number", *number)
                .with("total", *total)
                .with("what", what.as_str()),
            Self::DamagedBlob { path } => at("store-damaged-blob", path),
            Self::NoWorkspace { path } => at("store-no-workspace", path),
            Self::Exists { path } => at("store-exists", path),
            // Places are written without marks between thousands, so that they can be searched for.
            Self::Damaged { seq, path, line, what, kept } => at("store-damaged", path)
                .with("seq", seq.to_string())
                .with("line", line.to_string())
                .with("what", what.as_str())
                .with("kept", said(kept)),
            Self::State(why) => Message::new("store-state").with("why", why.as_str()),
        }
    }
}

fn at(key: &str, path: &Path) -> Message {
    Message::new(key).with("path", path.display().to_string())
}

/// What any store promises.
pub trait Store: Send + Sync {
    /// Appends changes, all or none; when it returns they are on the disk and everything below sees them.
    fn append(&self, entries: Vec<NewEntry>) -> Result<Vec<Appended>, StoreError>;

    /// The present revision of a document.
    fn document(&self, id: DocId) -> Result<Option<Document>, StoreError>;

    /// Every entry about a document, oldest first.
    fn history(&self, id: DocId) -> Result<Vec<Entry>, StoreError>;

    /// The document with a natural number; where several claim it, the one that was written last.
    fn by_number(&self, number: &str) -> Result<Option<DocId>, StoreError>;

    /// The highest count ever used under a prefix, which is all of a number before the digits at its end; 0 where none.
    fn highest(&self, prefix: &Prefix) -> Result<u64, StoreError>;

    /// Documents that bear a number with one of these keys, each once, in the order of their identifiers (oldest first); none
    /// for an empty key.
    fn bearers(&self, keys: &[(SerialColumn, &str)]) -> Result<Vec<Bearer>, StoreError>;

    /// The documents alone that bear a number with this key, as [`Store::bearers`] gives them.
    fn find_serial(&self, column: SerialColumn, key: &str) -> Result<Vec<DocId>, StoreError> {
        Ok(self.bearers(&[(column, key)])?.into_iter().map(|bearer| bearer.id).collect())
    }

    /// Documents with a readable number that fits the pattern, by number and identifier, then those with a partial one that
    /// overlaps it, by identifier and text; at most `limit`.
    fn find_pattern(&self, pattern: &SerialPattern, limit: usize) -> Result<Vec<SerialHit>, StoreError>;

    /// Documents with a partial number recorded that overlaps the pattern: few, so that each check of a whole number asks them.
    fn find_partial(&self, pattern: &SerialPattern) -> Result<Vec<SerialHit>, StoreError>;

    /// What waits in a queue, in the order in which it came to wait.
    fn queue(&self, queue: Queue) -> Result<Vec<QueueItem>, StoreError>;

    /// Present documents after an identifier (from the first where `None`), in the order of identifiers, at most `limit`.
    fn documents(&self, after: Option<DocId>, limit: usize) -> Result<Vec<Document>, StoreError>;

    /// Entries from `seq` on, at most `limit`, in order.
    fn entries(&self, seq: u64, limit: usize) -> Result<Vec<Entry>, StoreError>;

    /// How far the store is.
    fn status(&self) -> Status;
}
