//! The index of everything recorded: on the disk, disposable, following the journal.
//!
//! It holds the words, numbers and columns of each record's present revision and its identifier, no text. It is not a store: rows
//! are read from the store by the identifiers found, and an index that is damaged, outdated or gone is built from the journal
//! again. Searching takes a [`Found`] of one moment; adding happens beside it. Called by the desk, on job threads.

mod bits;
mod directory;
mod eval;
mod feed;
mod found;
mod open;
mod order;
mod phrase;
mod replace;
mod schema;
mod segment;
mod terms;

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tantivy::{Directory as _, Index, TantivyError};

use crate::locale::Message;

use super::{Cancel, IndexDocument, Query, SearchError};
use feed::{Feed, Mark};
use schema::Fields;
use segment::Generation;

pub use found::{Facets, Found};
pub use order::{Sort, SortKey};

/// Whether changes will be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Changes follow the journal; one process at a time.
    #[default]
    Write,
    /// Only searching; the folder is not touched.
    Read,
}

/// How to open the index.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether changes will be made.
    pub mode: Mode,
    /// Check every file against its checksum even after an orderly close. It is done in any case after another end.
    pub check_files: bool,
}

/// What the caller should tell a person or act upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The index could not be used; an empty one follows the journal from its beginning.
    SetAside {
        /// What was wrong.
        reason: String,
        /// Where the old one is kept.
        kept: PathBuf,
    },
    /// The index was of an earlier layout and was removed; an empty one follows the journal from its beginning.
    Outdated,
    /// There is no index to read.
    Missing,
    /// The index cannot be read, and read-only nothing is done about it: nothing will be found.
    Unreadable {
        /// What was wrong.
        reason: String,
    },
}

impl Notice {
    /// Its sentence. Nothing is lost in any case: the index follows the journal again.
    pub fn message(&self) -> Message {
        match self {
            Self::SetAside { reason, kept } => Message::new("notice-index-set-aside")
                .with("reason", reason.as_str())
                .with("kept", kept.display().to_string()),
            Self::Outdated => Message::new("notice-index-outdated"),
            Self::Missing => Message::new("notice-index-missing"),
            Self::Unreadable { reason } => {
                Message::new("notice-index-unreadable").with("reason", reason.as_str())
            }
        }
    }
}

/// The index of everything recorded.
pub struct CaseIndex {
    path: PathBuf,
    fields: Arc<Fields>,
    /// `None` where there is nothing to read.
    index: Option<Index>,
    /// `None` when read-only.
    writing: Option<Writing>,
    generation: RwLock<Arc<Generation>>,
}

struct Writing {
    feed: Mutex<Feed>,
    /// Released when the index is dropped.
    _lock: File,
}

impl CaseIndex {
    /// Opens the index in a folder that it has to itself, or makes it.
    ///
    /// What is damaged or of another layout is set aside and an empty index begun, told by a notice; the caller then feeds it
    /// from [`CaseIndex::applied`], which is 0. That another process writes, or that the system refuses, are errors.
    pub fn open(root: &Path, options: Options) -> Result<(Self, Vec<Notice>), SearchError> {
        let fields = Arc::new(Fields::new());
        match options.mode {
            Mode::Write => {
                Self::open_to_write(root, fields, options.check_files).map_err(|error| error.at(root))
            }
            Mode::Read => Ok(Self::open_to_read(root, fields)),
        }
    }

    fn open_to_write(
        root: &Path,
        fields: Arc<Fields>,
        check: bool,
    ) -> Result<(Self, Vec<Notice>), SearchError> {
        let mut opened = open::to_write(root, &fields, check)?;
        let (generation, feed) = match Self::load(&opened.index, &fields) {
            Err(SearchError::Damaged(reason)) => {
                opened = open::anew(opened, &fields, reason)?;
                Self::load(&opened.index, &fields)?
            }
            loaded => loaded?,
        };
        let index = Self {
            path: opened.path,
            fields,
            index: Some(opened.index),
            writing: Some(Writing { feed: Mutex::new(feed), _lock: opened.lock }),
            generation: RwLock::new(Arc::new(generation)),
        };
        Ok((index, opened.notices))
    }

    fn load(index: &Index, fields: &Arc<Fields>) -> Result<(Generation, Feed), SearchError> {
        guard(|| {
            let generation = Generation::load(index, fields, &Generation::empty())?;
            Ok((generation, Feed::open(index)?))
        })
    }

    fn open_to_read(root: &Path, fields: Arc<Fields>) -> (Self, Vec<Notice>) {
        let (found, mut notices) = open::to_read(root, &fields);
        let (index, path) = found.map_or((None, root.to_owned()), |(index, path)| (Some(index), path));
        let opened = Self {
            path,
            fields,
            index,
            writing: None,
            generation: RwLock::new(Arc::new(Generation::empty())),
        };
        if let Err(error) = opened.reload() {
            notices.push(Notice::Unreadable { reason: error.to_string() });
        }
        (opened, notices)
    }

    /// The last journal entry that is contained for good: the caller gives those after it.
    pub fn applied(&self) -> Result<u64, SearchError> {
        match (&self.writing, &self.index) {
            (Some(writing), _) => Ok(lock(&writing.feed).committed),
            (None, Some(index)) => Ok(Mark::read(index)?.committed),
            (None, None) => Ok(0),
        }
    }

    /// The last journal entry that was given, committed or not.
    pub fn given(&self) -> Result<u64, SearchError> {
        self.writing.as_ref().map_or_else(|| self.applied(), |writing| Ok(lock(&writing.feed).given))
    }

    /// Takes documents in the order of the journal, replacing earlier revisions; those of entries given before are passed over.
    /// Commits by itself when many or old changes wait. After an error, what was not committed is forgotten: go on from
    /// [`CaseIndex::applied`].
    pub fn apply(&self, documents: &[IndexDocument]) -> Result<(), SearchError> {
        self.write(|feed| if feed.add(&self.fields, documents)? { feed.commit() } else { Ok(()) })?;
        self.reload()
    }

    /// Notes that journal entries up to this one have nothing to index, so that they are not given again.
    pub fn advance(&self, seq: u64) -> Result<(), SearchError> {
        self.write(|feed| {
            feed.advance(seq);
            Ok(())
        })
    }

    /// Makes what was given durable and found by searches from now on.
    pub fn commit(&self) -> Result<(), SearchError> {
        self.write(Feed::commit)?;
        self.reload()
    }

    /// To be called now and then: commits what waits too long, and lets go of segments that were merged.
    pub fn tick(&self) -> Result<(), SearchError> {
        if self.writing.is_some() {
            self.write(|feed| if feed.is_due() { feed.commit() } else { Ok(()) })?;
        }
        self.reload()
    }

    /// Empties the index, to follow another journal from its beginning.
    pub fn clear(&self) -> Result<(), SearchError> {
        self.write(Feed::clear)?;
        self.reload()
    }

    /// Sees what was committed by this process or another.
    pub fn reload(&self) -> Result<(), SearchError> {
        let Some(index) = &self.index else { return Ok(()) };
        let before = self.generation();
        let fresh = guard(|| {
            // While the list of segments is read, none of them may be deleted by a merge. A folder that cannot be locked
            // because it cannot be written to is not being merged either.
            let _lock = index.directory().acquire_lock(&tantivy::directory::META_LOCK).ok();
            Generation::load(index, &self.fields, &before)
        });
        let fresh = fresh.map_err(|error| error.at(&self.path))?;
        if !fresh.is_same(&before) {
            *self.generation.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        }
        Ok(())
    }

    /// Finds what a query asks for. The first rows are ready when it returns.
    pub fn search(&self, query: &Query, sort: Sort, cancel: &Cancel) -> Result<Found, SearchError> {
        let generation = self.generation();
        guard(|| Found::search(generation, query, sort, cancel)).map_err(|error| error.at(&self.path))
    }

    /// How many segments there are: for benches and diagnosis.
    pub fn segments(&self) -> usize {
        self.generation().segments.len()
    }

    /// Commits, waits for merges under way and leaves the mark of an orderly close.
    pub fn close(self) -> Result<(), SearchError> {
        let Some(writing) = self.writing else { return Ok(()) };
        let feed = writing.feed.into_inner().unwrap_or_else(PoisonError::into_inner);
        feed.close()?;
        open::mark_clean(&self.path).map_err(|source| SearchError::Io {
            what: "doing-index-close",
            path: self.path.clone(),
            source,
        })
    }

    fn generation(&self) -> Arc<Generation> {
        Arc::clone(&self.generation.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, act: impl FnOnce(&mut Feed) -> Result<T, SearchError>) -> Result<T, SearchError> {
        let writing = self.writing.as_ref().ok_or(SearchError::ReadOnly)?;
        let mut feed = lock(&writing.feed);
        let done = guard(|| act(&mut feed));
        if let Err(error) = done {
            // What was not committed is given again from the journal; a writer that failed takes nothing more until then.
            return guard(|| feed.roll_back()).and(Err(error)).map_err(|error| error.at(&self.path));
        }
        done
    }
}

fn lock(feed: &Mutex<Feed>) -> MutexGuard<'_, Feed> {
    feed.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What an error of tantivy means here.
#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn fault(error: TantivyError) -> SearchError {
    match (open::refused(&error), &error) {
        (Some(source), _) => SearchError::Io { what: "doing-index-use", path: PathBuf::new(), source },
        (None, TantivyError::LockFailure(..)) => SearchError::InUse { path: PathBuf::new() },
        (None, _) => SearchError::Damaged(error.to_string()),
    }
}

/// Runs what reads files that may be damaged: tantivy takes some damage for a fault of its own and panics.
fn guard<T>(read: impl FnOnce() -> Result<T, SearchError>) -> Result<T, SearchError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(SearchError::damaged(&Message::new("fault-index-files"))))
}
