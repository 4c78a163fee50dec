//! Writing: documents in, commits when it is time, segments kept few.

use crate::locale::Message;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError};

use super::fault;
use super::replace::ById;
use super::schema::Fields;
use crate::domain::id::DocId;
use crate::search::{IndexDocument, SearchError};

/// Memory in which documents are gathered before they are written as a segment.
const HEAP: usize = 40_000_000;
/// Documents after which a commit is made without being asked for.
const COMMIT_DOCUMENTS: usize = 100_000;
/// Time after which a change is committed at the latest.
const COMMIT_AFTER: Duration = Duration::from_secs(3);
/// Segments of this many documents are not merged further: a merge then never holds the whole index in memory.
const LARGEST_MERGED: usize = 150_000;
/// Segments of one size that are merged together.
const MERGED_TOGETHER: usize = 4;
/// The share of deleted documents from which a segment is written anew.
const MOST_DELETED: f32 = 0.3;

/// What a commit says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Mark {
    /// The last journal entry that is contained.
    pub committed: u64,
    greatest: Option<DocId>,
}

impl Mark {
    /// The mark of the last commit; nothing where there is none.
    pub fn read(index: &Index) -> Result<Self, SearchError> {
        let Some(text) = index.load_metas().map_err(fault)?.payload else { return Ok(Self::default()) };
        let (committed, greatest) = text.split_once(' ').unwrap_or((&text, ""));
        let read = committed.parse().ok().zip(if greatest.is_empty() {
            Some(None)
        } else {
            greatest.parse().ok().map(Some)
        });
        let unclear = || SearchError::damaged(&Message::new("fault-index-commit"));
        read.map(|(committed, greatest)| Self { committed, greatest }).ok_or_else(unclear)
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.greatest {
            Some(id) => write!(f, "{} {id}", self.committed),
            None => write!(f, "{}", self.committed),
        }
    }
}

/// The one writer of an index.
pub(super) struct Feed {
    writer: IndexWriter,
    /// The last journal entry that was given; the same as is committed where nothing is pending.
    pub given: u64,
    pub committed: u64,
    /// The greatest identifier ever given. Identifiers grow, so a document with a greater one is new and replaces nothing,
    /// which spares bulk additions the search for what they replace.
    greatest: Option<DocId>,
    pending: usize,
    since: Option<Instant>,
}

impl Feed {
    /// Opens the writer of an index.
    pub fn open(index: &Index) -> Result<Self, SearchError> {
        let Mark { committed, greatest } = Mark::read(index)?;
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(HEAP)
            .build();
        let writer = index.writer_with_options(options).map_err(fault)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(MERGED_TOGETHER);
        policy.set_max_docs_before_merge(LARGEST_MERGED);
        policy.set_del_docs_ratio_before_merge(MOST_DELETED);
        writer.set_merge_policy(Box::new(policy));
        Ok(Self { writer, given: committed, committed, greatest, pending: 0, since: None })
    }

    /// Takes documents; those of journal entries that were given before are passed over. Says whether it is time to commit.
    pub fn add(&mut self, fields: &Fields, documents: &[IndexDocument]) -> Result<bool, SearchError> {
        // Of several revisions of one document the last counts, and one deletion serves the whole batch.
        let mut last: HashMap<_, &IndexDocument> = HashMap::with_capacity(documents.len());
        for document in documents.iter().filter(|document| document.seq > self.given) {
            let held = last.entry(document.id).or_insert(document);
            if document.seq > held.seq {
                *held = document;
            }
        }
        let mut fresh: Vec<&IndexDocument> = last.into_values().collect();
        fresh.sort_by_key(|document| document.seq);
        let ids = || fresh.iter().map(|document| document.id);
        let replaced: Vec<DocId> =
            ids().filter(|id| self.greatest.is_some_and(|known| *id <= known)).collect();
        self.greatest = self.greatest.max(ids().max());
        if !replaced.is_empty() {
            self.writer.delete_query(Box::new(ById::new(fields.id, replaced.into_iter()))).map_err(fault)?;
        }
        for document in &fresh {
            let document: TantivyDocument = fields.document(document);
            if let Err(error) = self.writer.add_document(document) {
                return Err(self.cause(error));
            }
        }
        self.pending += fresh.len();
        if let Some(newest) = fresh.last() {
            self.advance(newest.seq);
        }
        Ok(self.is_due())
    }

    /// Why the writing thread stopped: it says so itself only when it is waited for.
    fn cause(&mut self, error: TantivyError) -> SearchError {
        self.writer.prepare_commit().err().map_or_else(|| fault(error), fault)
    }

    /// Notes that entries up to this one have nothing more to index.
    pub fn advance(&mut self, seq: u64) {
        if seq > self.given {
            self.given = seq;
            self.since.get_or_insert_with(Instant::now);
        }
    }

    /// Whether enough or old enough changes wait.
    pub fn is_due(&self) -> bool {
        self.pending >= COMMIT_DOCUMENTS || self.since.is_some_and(|since| since.elapsed() >= COMMIT_AFTER)
    }

    /// Writes what is pending; when it returns, it is on the disk.
    pub fn commit(&mut self) -> Result<(), SearchError> {
        if self.since.is_none() {
            return Ok(());
        }
        let mut prepared = self.writer.prepare_commit().map_err(fault)?;
        prepared.set_payload(&Mark { committed: self.given, greatest: self.greatest }.to_string());
        prepared.commit().map_err(fault)?;
        self.committed = self.given;
        self.pending = 0;
        self.since = None;
        Ok(())
    }

    /// Forgets what was not committed; the documents must be given again.
    pub fn roll_back(&mut self) -> Result<(), SearchError> {
        self.writer.rollback().map_err(fault)?;
        self.given = self.committed;
        self.pending = 0;
        self.since = None;
        Ok(())
    }

    /// Empties the index.
    pub fn clear(&mut self) -> Result<(), SearchError> {
        self.writer.delete_all_documents().map_err(fault)?;
        let mut prepared = self.writer.prepare_commit().map_err(fault)?;
        prepared.set_payload(&Mark::default().to_string());
        prepared.commit().map_err(fault)?;
        (self.given, self.committed, self.greatest, self.pending, self.since) = (0, 0, None, 0, None);
        Ok(())
    }

    /// Commits and waits for merges that are under way.
    pub fn close(mut self) -> Result<(), SearchError> {
        self.commit()?;
        self.writer.wait_merging_threads().map_err(fault)
    }
}
