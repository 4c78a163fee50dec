//! The store on disk: appends to the journal, keeps the projection in step, answers from both.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError, RwLock};

use super::contract::{
    Appended, Bearer, Document, Entry, NewEntry, Prefix, Queue, QueueItem, SerialColumn, SerialHit, Status,
    Store, StoreError,
};
use super::fault::reason;
use super::files;
use super::journal::Journal;
use super::journal::line::{self, NonceSource, Place};
use super::journal::writer::Writer;
use super::layout::Workspace;
use super::lock::WorkspaceLock;
use super::opening;
use super::options::{Limits, Notice, OpenOptions};
use super::projection::Projection;
use super::projection::delta::Delta;
use super::projection::keeper::Keeper;
use crate::domain::id::DocId;
use crate::domain::serial::SerialPattern;
use crate::locale::Message;

/// A workspace's store. Any number of threads may ask it at the same time; appends wait for one another.
pub struct DiskStore {
    pub(super) journal: Journal,
    pub(super) projection: RwLock<Projection>,
    /// `None` where the store was opened to read.
    pub(super) appender: Option<Mutex<Appender>>,
    /// Locked by whoever holds the appender, and by nobody else.
    pub(super) keeper: Mutex<Keeper>,
    /// What went wrong without an append failing.
    pub(super) warnings: Mutex<Vec<Notice>>,
    pub(super) limits: Limits,
    pub(super) _lock: Option<WorkspaceLock>,
}

/// What only the one that appends may touch.
pub(super) struct Appender {
    pub(super) writer: Writer,
    pub(super) nonces: NonceSource,
}

impl DiskStore {
    /// Makes an empty workspace in a folder, which may exist, and opens it.
    pub fn create(path: &Path, options: &OpenOptions<'_>) -> Result<Self, StoreError> {
        let workspace = Workspace::new(path);
        if workspace.exists() {
            return Err(StoreError::Exists { path: path.to_owned() });
        }
        files::make_folder(&workspace.journal())?;
        files::sync_folder(workspace.root())?;
        Self::open(path, options).map(|(store, _)| store)
    }

    /// Opens a workspace, mending what a crash may have left, and tells what was found.
    pub fn open(path: &Path, options: &OpenOptions<'_>) -> Result<(Self, Vec<Notice>), StoreError> {
        opening::open(&Workspace::new(path), options)
    }

    /// What went wrong since the last call without an append failing; to be shown, once.
    pub fn warnings(&self) -> Vec<Notice> {
        std::mem::take(&mut self.warnings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn warn(&self, notice: impl IntoIterator<Item = Notice>) {
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).extend(notice);
    }

    fn ask<T>(&self, question: impl FnOnce(&Projection) -> T) -> T {
        question(&self.projection.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn appender(&self) -> Result<std::sync::MutexGuard<'_, Appender>, StoreError> {
        let writer = self.appender.as_ref().ok_or(StoreError::ReadOnly)?;
        Ok(writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The entry that must be there because the projection names it.
    fn entry(&self, seq: u64) -> Result<Entry, StoreError> {
        let missing = || {
            StoreError::State(Message::new("fault-state-no-entry").with("seq", seq.to_string()).to_string())
        };
        self.journal.entry(seq)?.ok_or_else(missing)
    }

    fn document_of(&self, id: DocId, seq: u64) -> Result<Document, StoreError> {
        let entry = self.entry(seq)?;
        if entry.head.doc != id {
            let why = Message::new("fault-state-other-entry");
            let why = why.with("seq", seq.to_string()).with("id", id.to_string());
            return Err(StoreError::State(why.to_string()));
        }
        let Entry { head, body, .. } = entry;
        Ok(Document { id, kind: head.kind, rev: head.rev, seq, at: head.at, body })
    }

    /// Whether each entry can be kept and replaces the revision it names.
    fn check(&self, entries: &[NewEntry]) -> Result<(), StoreError> {
        let mut touched = HashSet::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            let refused = |what: String| StoreError::Refused { number: at + 1, total: entries.len(), what };
            if let Some(what) = line::refuse_body(&entry.body) {
                return Err(refused(what));
            }
            // A second change cannot name the revision that the first is about to make.
            if !touched.insert(entry.doc) {
                return Err(refused(reason("refused-twice")));
            }
            let Some(present) = self.document(entry.doc)? else {
                if entry.parent.is_some() {
                    return Err(StoreError::Conflict { found: "none".to_owned() });
                }
                continue;
            };
            if entry.parent.as_ref() != Some(&present.rev) {
                return Err(StoreError::Conflict { found: present.rev.0 });
            }
            if entry.kind != present.kind {
                return Err(refused(reason("refused-other-kind")));
            }
        }
        Ok(())
    }

    /// Closes a segment that has grown enough, before more is written to it.
    fn roll(&self, appender: &mut Appender, next_seq: u64) -> Result<(), StoreError> {
        if appender.writer.length() < self.limits.segment_bytes {
            return Ok(());
        }
        appender.writer = self.journal.begin_segment(next_seq)?;
        // A segment that cannot be compressed now stays plain until the next one is closed.
        if let Err(error) = self.journal.compress_closed() {
            self.warn([Notice::NotCompressed { why: error.to_string() }]);
        }
        Ok(())
    }
}

impl Store for DiskStore {
    fn append(&self, entries: Vec<NewEntry>) -> Result<Vec<Appended>, StoreError> {
        let mut appender = self.appender()?;
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        self.check(&entries)?;
        let Status { mut seq, mut hash, .. } = self.status();
        self.roll(&mut appender, seq + 1)?;
        let mut bytes = Vec::new();
        let mut changes = Vec::with_capacity(entries.len());
        let mut appended = Vec::with_capacity(entries.len());
        let total = entries.len();
        for (at, entry) in entries.into_iter().enumerate() {
            seq += 1;
            let place = Place { seq, prev: &hash, more: (total - at - 1) as u32 };
            let (head, own) = line::seal(&mut bytes, &entry, place, &mut appender.nonces);
            hash.clone_from(&own);
            appended.push(Appended { seq, rev: head.rev.clone(), hash: own.clone() });
            changes.push((Delta::new(&head, entry.keys), own));
        }
        appender.writer.append(&bytes)?;
        self.journal.confirm(appender.writer.length());
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        self.warn(keeper.absorb(&self.projection, &changes));
        Ok(appended)
    }

    fn document(&self, id: DocId) -> Result<Option<Document>, StoreError> {
        match self.ask(|projection| projection.latest(id))? {
            Some(seq) => self.document_of(id, seq).map(Some),
            None => Ok(None),
        }
    }

    fn history(&self, id: DocId) -> Result<Vec<Entry>, StoreError> {
        let entries = self.ask(|projection| projection.entries_of(id))?;
        entries.into_iter().map(|seq| self.entry(seq)).collect()
    }

    fn by_number(&self, number: &str) -> Result<Option<DocId>, StoreError> {
        self.ask(|projection| projection.by_number(number))
    }

    fn highest(&self, prefix: &Prefix) -> Result<u64, StoreError> {
        Ok(self.ask(|projection| projection.ledger().highest(prefix)))
    }

    fn bearers(&self, keys: &[(SerialColumn, &str)]) -> Result<Vec<Bearer>, StoreError> {
        self.ask(|projection| projection.bearers(keys))
    }

    fn find_pattern(&self, pattern: &SerialPattern, limit: usize) -> Result<Vec<SerialHit>, StoreError> {
        self.ask(|projection| projection.find_pattern(pattern, limit))
    }

    fn find_partial(&self, pattern: &SerialPattern) -> Result<Vec<SerialHit>, StoreError> {
        Ok(self.ask(|projection| projection.ledger().partial(pattern)))
    }

    fn queue(&self, queue: Queue) -> Result<Vec<QueueItem>, StoreError> {
        Ok(self.ask(|projection| projection.ledger().queue(queue)))
    }

    fn documents(&self, after: Option<DocId>, limit: usize) -> Result<Vec<Document>, StoreError> {
        let heads = self.ask(|projection| projection.heads_after(after, limit))?;
        heads.into_iter().map(|(id, seq)| self.document_of(id, seq)).collect()
    }

    fn entries(&self, seq: u64, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let last = self.status().seq;
        let first = seq.max(1);
        (first..=last).take(limit).map(|seq| self.entry(seq)).collect()
    }

    fn status(&self) -> Status {
        self.ask(|projection| projection.status().clone())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;
    use crate::domain::officer::Officer;
    use crate::store::journal::writer::failing::Failing;
    use crate::store::sample;

    #[test]
    fn full_disk_is_told_and_the_store_goes_on_when_there_is_room() {
        let folder = tempfile::tempdir().unwrap();
        let options = OpenOptions::new(sample::keys, Officer("A. Ferrer".into()));
        let store = DiskStore::create(folder.path(), &options).unwrap();
        store.append(vec![sample::entry(1, r#"{"number":"ES-2026-000001"}"#)]).unwrap();
        let before = store.status();
        let reopen = |store: &DiskStore| {
            let path = store.journal.open_segment().unwrap().0;
            File::options().append(true).open(path).unwrap()
        };
        let full = Failing { file: reopen(&store), room: 100, can_cut: true };
        store.appender().unwrap().writer.replace_sink(Box::new(full));

        let second = sample::entry(2, r#"{"number":"ES-2026-000002"}"#);
        let error = store.append(vec![second.clone()]).unwrap_err().to_string();
        assert!(error.contains("Nothing that was confirmed is lost"), "{error}");
        assert_eq!(store.status(), before);
        assert_eq!(store.by_number("ES-2026-000002").unwrap(), None);

        let file = reopen(&store);
        store.appender().unwrap().writer.replace_sink(Box::new(file));
        store.append(vec![second]).unwrap();
        drop(store);
        let (store, notices) = DiskStore::open(folder.path(), &options).unwrap();
        assert_eq!((store.status().seq, notices), (2, Vec::new()));
    }
}
