//! Opening a workspace: take the lock, bring the projection up to the journal, mend the journal's end.

use std::fs::File;
use std::sync::{Mutex, PoisonError, RwLock};

use super::contract::{Keys, Status, StoreError};
use super::disk::{Appender, DiskStore};
use super::fault::{reading, reason, writing};
use super::files;
use super::journal::Journal;
use super::journal::chain::Chain;
use super::journal::line::{NonceSource, Parts};
use super::journal::tail::{self, Cut};
use super::layout::Workspace;
use super::lock::WorkspaceLock;
use super::options::{Notice, OpenOptions, Progress, Step};
use super::pread::read_exact_at;
use super::projection::Projection;
use super::projection::delta::Delta;
use super::projection::keeper::Keeper;

/// How many entries at least are taken into the projection at once.
const TAKEN_AT_ONCE: usize = 1_024;

/// Opens the store.
pub fn open(
    workspace: &Workspace,
    options: &OpenOptions<'_>,
) -> Result<(DiskStore, Vec<Notice>), StoreError> {
    if !workspace.exists() {
        return Err(StoreError::NoWorkspace { path: workspace.root().to_owned() });
    }
    let lock = if options.read_only {
        None
    } else {
        Some(WorkspaceLock::take(&workspace.lock(), &options.officer)?)
    };
    let mut notices = Vec::new();
    if options.afresh && !options.read_only {
        remove_state(workspace)?;
    }
    let (keeper, projection) = if options.read_only {
        Keeper::look(workspace, options.limits, options.keys_version, &mut notices)
    } else {
        Keeper::open(workspace, options.limits, options.keys_version, &mut notices)?
    };
    // After the state: beside an owner that appends meanwhile, the journal must be the later of the two.
    let journal = if options.read_only {
        undisturbed(|| Journal::open(&workspace.journal(), false))?
    } else {
        Journal::open(&workspace.journal(), true)?
    };
    let mut opening =
        Opening { workspace, options, journal, keeper, projection: RwLock::new(projection), notices };
    opening.follow()?;
    let Opening { journal, keeper, projection, notices, .. } = opening;
    let appender = if options.read_only {
        None
    } else {
        let next = projection.read().unwrap_or_else(PoisonError::into_inner).status().seq + 1;
        let writer = journal.writer(next)?;
        let nonces = NonceSource::new(options.nonces.clone());
        Some(Mutex::new(Appender { writer, nonces }))
    };
    let keeper = Mutex::new(keeper);
    let warnings = Mutex::default();
    let store =
        DiskStore { journal, projection, keeper, appender, warnings, limits: options.limits, _lock: lock };
    Ok((store, notices))
}

/// Repeats a read that an owner may have disturbed by putting one file in another's place.
pub fn undisturbed<T>(mut read: impl FnMut() -> Result<T, StoreError>) -> Result<T, StoreError> {
    for _ in 0..3 {
        if let Ok(found) = read() {
            return Ok(found);
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    read()
}

/// Nothing is lost by it: the state is derived from the journal.
fn remove_state(workspace: &Workspace) -> Result<(), StoreError> {
    match std::fs::remove_dir_all(workspace.state()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(writing(&workspace.state())(error)),
        _ => Ok(()),
    }
}

/// A store that is being opened.
struct Opening<'a> {
    workspace: &'a Workspace,
    options: &'a OpenOptions<'a>,
    journal: Journal,
    keeper: Keeper,
    projection: RwLock<Projection>,
    notices: Vec<Notice>,
}

impl Opening<'_> {
    /// Brings the projection up to the journal, and cuts off what was never confirmed.
    fn follow(&mut self) -> Result<(), StoreError> {
        let status = self.status();
        if self.is_clean(&status)? {
            return Ok(());
        }
        if let Some(why) = self.stranger(&status)? {
            self.notices.push(why);
            let empty = self.keeper.begin_again(self.workspace)?;
            *self.projection.write().unwrap_or_else(PoisonError::into_inner) = empty;
        }
        let missing = self.replay()?;
        if missing < status.seq
            && self.notices.iter().any(|notice| matches!(notice, Notice::MissingEntries { .. }))
        {
            self.set_first_missing(missing + 1);
        }
        Ok(())
    }

    /// Whether the journal ends with the entry that the projection ends with.
    fn is_clean(&self, status: &Status) -> Result<bool, StoreError> {
        let Some(line) = self.journal.last_line()? else {
            return Ok(status.seq == 0);
        };
        let head = Parts::of(&line).ok().filter(|parts| line.ends_with(b"\n") && parts.hash() == status.hash);
        Ok(head.and_then(|parts| parts.head().ok()).is_some_and(|head| head.seq == status.seq))
    }

    /// Why the projection cannot be one of this journal's beginning, if it cannot.
    fn stranger(&self, status: &Status) -> Result<Option<Notice>, StoreError> {
        if status.seq == 0 {
            return Ok(None);
        }
        let tolerant = self.options.past_damage || self.options.read_only;
        match self.journal.entry(status.seq) {
            Ok(Some(entry)) if entry.hash == status.hash => Ok(None),
            Ok(Some(_)) => Ok(Some(Notice::RunsSetAside { why: reason("fault-other-journal") })),
            Ok(None) if tolerant => Ok(Some(Notice::MissingEntries { first: 0, last: status.seq })),
            Err(StoreError::Damaged { what, .. }) if tolerant => Ok(Some(Notice::RunsSetAside { why: what })),
            Err(error) => Err(error),
            Ok(None) => {
                let path =
                    self.journal.open_segment().map_or_else(|| self.workspace.journal(), |(path, _)| path);
                Err(tail::damaged(status.seq, path, 0, reason("fault-journal-short")))
            }
        }
    }

    /// Reads the entries that the projection does not hold; gives the last good one.
    fn replay(&mut self) -> Result<u64, StoreError> {
        let status = self.status();
        let total = self.journal.last_seq()?.unwrap_or(0).saturating_sub(status.seq);
        let chain = Chain::after(status.seq, status.hash);
        let (options, keeper, projection) = (self.options, &mut self.keeper, &self.projection);
        let mut behind = None;
        let mut done = 0;
        let past_damage = options.past_damage || options.read_only;
        let mut pending: Vec<(Delta, String)> = Vec::new();
        let outcome = tail::replay(&self.journal, chain, past_damage, &mut |batch| {
            for entry in batch {
                let keys = entry
                    .doc
                    .as_deref()
                    .map_or_else(Keys::default, |doc| (options.keys)(entry.head.kind, doc));
                pending.push((Delta::new(&entry.head, keys), entry.hash));
            }
            if pending.len() >= TAKEN_AT_ONCE {
                done += pending.len() as u64;
                behind = keeper.absorb(projection, &pending).or(behind.take());
                pending.clear();
                (options.progress)(Progress { step: Step::Replay, done, total });
            }
            Ok(())
        })?;
        if !pending.is_empty() {
            done += pending.len() as u64;
            behind = keeper.absorb(projection, &pending).or(behind);
        }
        (options.progress)(Progress { step: Step::Replay, done, total });
        self.notices.extend(outcome.notices);
        self.notices.extend(behind);
        if done > 0 {
            self.notices.push(Notice::Replayed { entries: done });
        }
        if let Some(cut) = outcome.cut.filter(|_| !options.read_only) {
            self.notices.push(cut_off(&cut, self.workspace)?);
            self.journal.confirm(cut.length);
        }
        Ok(outcome.chain.seq)
    }

    /// How many entries are missing is known when those that are there were read.
    fn set_first_missing(&mut self, found: u64) {
        for notice in &mut self.notices {
            if let Notice::MissingEntries { first, .. } = notice {
                *first = found;
            }
        }
    }

    fn status(&self) -> Status {
        self.projection.read().unwrap_or_else(PoisonError::into_inner).status().clone()
    }
}

/// Moves the journal's end from `cut` on into a file of its own.
fn cut_off(cut: &Cut, workspace: &Workspace) -> Result<Notice, StoreError> {
    let file = File::options().read(true).write(true).open(&cut.path).map_err(writing(&cut.path))?;
    let length = file.metadata().map_err(reading(&cut.path))?.len();
    let bytes = length.saturating_sub(cut.length);
    let tail = read_exact_at(&file, bytes as usize, cut.length).map_err(reading(&cut.path))?;
    let kept = files::free_name(
        &workspace.set_aside(),
        &files::with_suffix(&cut.path, &format!(".from-{}", cut.length)),
    )?;
    let mut copy = File::create(&kept).map_err(writing(&kept))?;
    std::io::Write::write_all(&mut copy, &tail).and_then(|()| copy.sync_all()).map_err(writing(&kept))?;
    files::sync_folder(&workspace.set_aside())?;
    file.set_len(cut.length).and_then(|()| file.sync_all()).map_err(writing(&cut.path))?;
    let file = cut.path.clone();
    Ok(if cut.torn {
        Notice::TornTail { file, bytes, kept }
    } else {
        Notice::DamagedTail { file, seq: cut.seq, kept }
    })
}
