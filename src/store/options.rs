//! How a store is opened, and what it has to tell whoever opened it.

use std::path::{Path, PathBuf};

use super::contract::KeysOf;
use super::journal::line::Nonces;
use crate::domain::officer::Officer;
use crate::locale::Message;

/// How a workspace is opened.
pub struct OpenOptions<'a> {
    pub(super) keys: KeysOf,
    pub(super) keys_version: u32,
    pub(super) officer: Officer,
    pub(super) read_only: bool,
    pub(super) past_damage: bool,
    pub(super) afresh: bool,
    pub(super) nonces: Nonces,
    pub(super) limits: Limits,
    pub(super) progress: &'a (dyn Fn(Progress) + Sync),
}

impl<'a> OpenOptions<'a> {
    /// Opens to write, in the name of the officer, finding documents by the keys that `keys` gives.
    pub fn new(keys: KeysOf, officer: Officer) -> Self {
        Self {
            keys,
            keys_version: 0,
            officer,
            read_only: false,
            past_damage: false,
            afresh: false,
            nonces: Nonces::System,
            limits: Limits::default(),
            progress: &|_| {},
        }
    }

    /// Which version of `keys` it is: a state made with another one is made again from the journal.
    #[must_use]
    pub fn keys_version(mut self, version: u32) -> Self {
        self.keys_version = version;
        self
    }

    /// Opens beside an owner, or on a file system that cannot be written; nothing is changed.
    #[must_use]
    pub fn read_only(mut self, yes: bool) -> Self {
        self.read_only = yes;
        self
    }

    /// Goes on past damaged entries instead of stopping at the first: what is whole can be used, what is not is told as a
    /// [`Notice`]. Only for someone who was told and decided so.
    #[must_use]
    pub fn past_damage(mut self, yes: bool) -> Self {
        self.past_damage = yes;
        self
    }

    /// Makes the state again from the whole journal, every entry of which is checked in passing.
    #[must_use]
    pub fn afresh(mut self, yes: bool) -> Self {
        self.afresh = yes;
        self
    }

    /// Where nonces come from; only the demonstration and the tests want fixed ones.
    #[must_use]
    pub fn nonces(mut self, nonces: Nonces) -> Self {
        self.nonces = nonces;
        self
    }

    /// Other sizes than the usual ones, for tests and measurements.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Whom to tell how far a long step is.
    #[must_use]
    pub fn progress(mut self, progress: &'a (dyn Fn(Progress) + Sync)) -> Self {
        self.progress = progress;
        self
    }
}

/// The sizes at which the store changes what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A segment of the journal that has reached this many bytes is closed and compressed.
    pub segment_bytes: u64,
    /// The working set is folded into a run when it holds this many entries.
    pub fold_entries: usize,
    /// As many runs of about the same size are merged into one.
    pub merge_runs: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { segment_bytes: 32 << 20, fold_entries: 16_384, merge_runs: 8 }
    }
}

/// A long step of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The state follows the journal.
    Replay,
    /// The journal is read from its first entry to its last and checked.
    Verify,
}

/// How far a long step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Which step.
    pub step: Step,
    /// Entries done.
    pub done: u64,
    /// Entries in all, where known; 0 where not.
    pub total: u64,
}

/// What whoever opened the store should be told. None of these lost a confirmed entry unless it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A write that was cut short, and so never confirmed, was taken off the journal's end.
    TornTail {
        /// The journal file.
        file: PathBuf,
        /// How many bytes.
        bytes: u64,
        /// Where they are kept.
        kept: PathBuf,
    },
    /// Entries at the journal's end were damaged and, as was asked, taken off it.
    DamagedTail {
        /// The journal file.
        file: PathBuf,
        /// The first entry taken off.
        seq: u64,
        /// Where they are kept.
        kept: PathBuf,
    },
    /// Entries of the journal are damaged; the store goes on without them.
    DamagedEntries {
        /// The journal file.
        file: PathBuf,
        /// The first one.
        first: u64,
        /// The last one.
        last: u64,
        /// The line of the first in the file (decompressed), from 1.
        line: u64,
        /// What is wrong with the first.
        what: String,
    },
    /// The journal holds fewer entries than the state had seen; the store goes on without them.
    MissingEntries {
        /// The first one missing.
        first: u64,
        /// The last one missing.
        last: u64,
    },
    /// The working set could not be used; it was set aside and is made again from the journal.
    WorkingSetAside {
        /// Why.
        why: String,
    },
    /// The state was made by another version of the program; it is made again from the journal.
    Outdated,
    /// The folded keys could not be used; they were set aside and are made again from the journal.
    RunsSetAside {
        /// Why.
        why: String,
    },
    /// The state was made to follow the journal again, as after a crash or a rebuild.
    Replayed {
        /// How many entries were read.
        entries: u64,
    },
    /// A closed segment of the journal could not be compressed; it is tried again when the next one is closed.
    NotCompressed {
        /// Why.
        why: String,
    },
    /// The state could not be kept up on the disk; nothing is lost, the next opening replays the journal.
    StateBehind {
        /// Why.
        why: String,
    },
}

impl Notice {
    /// Its sentence, for whoever opened the store.
    pub fn message(&self) -> Message {
        let path = |path: &Path| path.display().to_string();
        let because = |key: &str, why: &str| Message::new(key).with("why", why);
        match self {
            Self::TornTail { file, bytes, kept } => Message::new("notice-torn-tail")
                .with("bytes", *bytes)
                .with("file", path(file))
                .with("kept", path(kept)),
            Self::DamagedTail { file, seq, kept } => Message::new("notice-damaged-tail")
                .with("seq", seq.to_string())
                .with("file", path(file))
                .with("kept", path(kept)),
            Self::DamagedEntries { file, first, last, line, what } => Message::new("notice-damaged-entries")
                .with("first", first.to_string())
                .with("last", last.to_string())
                .with("file", path(file))
                .with("line", line.to_string())
                .with("what", what.as_str()),
            Self::MissingEntries { first, last } => Message::new("notice-missing-entries")
                .with("first", first.to_string())
                .with("last", last.to_string()),
            Self::WorkingSetAside { why } => because("notice-working-set-aside", why),
            Self::Outdated => Message::new("notice-outdated"),
            Self::RunsSetAside { why } => because("notice-runs-set-aside", why),
            Self::Replayed { entries } => Message::new("notice-replayed").with("entries", *entries),
            Self::NotCompressed { why } => because("notice-not-compressed", why),
            Self::StateBehind { why } => because("notice-state-behind", why),
        }
    }
}

impl std::fmt::Display for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.message().fmt(f)
    }
}
