//! Opening a workspace: take the lock, bring the projection up to the journal, mend the journal's end.

use std::fs::File;
use std::sync::{Mutex, RwLock};

use super::contract::StoreError;
use super::disk::{Appender, DiskStore};
use super::fault::{reading, writing};
use super::files;
use super::journal::Journal;
use super::journal::chain::Chain;
use super::journal::line::NonceSource;
use super::journal::tail::{self, Cut};
use super::layout::Workspace;
use super::lock::WorkspaceLock;
use super::options::{Notice, OpenOptions, Progress, Step};
use super::projection::Projection;
use super::projection::delta::Delta;
use crate::store::contract::Keys;
use crate::store::pread::read_exact_at;

/// How many entries lie between two reports of progress.
const REPORT_EVERY: u64 = 4_096;

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
    let journal = Journal::open(&workspace.journal(), !options.read_only)?;
    let mut projection = Projection::default();
    let mut notices = Vec::new();
    follow(&journal, &mut projection, options, workspace, &mut notices)?;
    let writer = if options.read_only {
        None
    } else {
        let writer = journal.writer(projection.status().seq + 1)?;
        let nonces = NonceSource::new(options.nonces.clone());
        Some(Mutex::new(Appender { writer, nonces }))
    };
    let store = DiskStore {
        journal,
        projection: RwLock::new(projection),
        writer,
        limits: options.limits,
        _lock: lock,
    };
    Ok((store, notices))
}

/// Replays what the projection does not hold yet, and cuts off what was never confirmed.
fn follow(
    journal: &Journal,
    projection: &mut Projection,
    options: &OpenOptions<'_>,
    workspace: &Workspace,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let status = projection.status();
    let chain = Chain::after(status.seq, status.hash.clone());
    let mut done = 0;
    let outcome = tail::replay(journal, chain, options.past_damage || options.read_only, &mut |batch| {
        for entry in batch {
            let keys =
                entry.doc.as_deref().map_or_else(Keys::default, |doc| (options.keys)(entry.head.kind, doc));
            projection.apply(&Delta::new(&entry.head, keys), &entry.hash);
            done += 1;
            if done % REPORT_EVERY == 0 {
                (options.progress)(Progress { step: Step::Replay, done, total: 0 });
            }
        }
        Ok(())
    })?;
    notices.extend(outcome.notices);
    if done > 0 {
        notices.push(Notice::Replayed { entries: done });
    }
    match outcome.cut {
        Some(cut) if !options.read_only => {
            notices.push(cut_off(&cut, workspace)?);
            journal.confirm(cut.length);
        }
        // A reader leaves a tail that may be another's write in progress.
        _ => {}
    }
    Ok(())
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
