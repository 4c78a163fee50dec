//! Keeps the projection's files in step with it: the working set, the runs, the manifest.
//!
//! Whoever holds the keeper is the only one who changes the projection. Readers meet it under a lock that is held for moments.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::Projection;
use super::delta::Delta;
use super::fold;
use super::manifest::Manifest;
use super::run::Run;
use super::working::Working;
use crate::store::contract::StoreError;
use crate::store::files;
use crate::store::layout::Workspace;
use crate::store::opening::undisturbed;
use crate::store::options::{Limits, Notice};

/// The projection's files.
pub struct Keeper {
    folder: Folder,
    working: Option<Working>,
    next_run: u64,
    limits: Limits,
    /// The working set is folded when it holds this many entries; more after a fold that failed.
    fold_at: usize,
}

/// Where the runs lie.
enum Folder {
    /// In the workspace.
    Own(PathBuf),
    /// In a folder for this reader alone, made when there is something to fold.
    Private(Option<PathBuf>),
}

impl Keeper {
    /// Opens the state of a workspace as far as it can be used, mending it; the projection may be behind the journal.
    pub fn open(
        workspace: &Workspace,
        limits: Limits,
        notices: &mut Vec<Notice>,
    ) -> Result<(Self, Projection), StoreError> {
        let own = Folder::Own(workspace.state());
        let mut keeper = Self::new(own, limits);
        let mut projection = match keeper.load(&workspace.state()) {
            Ok(projection) => projection,
            Err(error) => {
                notices.push(Notice::RunsSetAside { why: error.to_string() });
                set_aside(workspace, &workspace.state())?;
                Projection::default()
            }
        };
        keeper.remove_orphans(&workspace.state(), &projection);
        let working_folder = workspace.state().join(WORKING);
        files::make_folder(&working_folder)?;
        let folded = projection.status().seq;
        let loaded = Working::open(&working_folder)
            .and_then(|working| working.load(folded).map(|chunks| (working, chunks)));
        match loaded {
            Ok((working, chunks)) => {
                chunks.iter().for_each(|chunk| projection.apply_all(&chunk.deltas, &chunk.hash));
                keeper.working = Some(working);
            }
            Err(why) => {
                notices.push(Notice::WorkingSetAside { why });
                set_aside(workspace, &working_folder)?;
                keeper.working = Working::open(&working_folder).ok();
            }
        }
        Ok((keeper, projection))
    }

    /// Looks at the state of a workspace without changing it.
    pub fn look(workspace: &Workspace, limits: Limits, notices: &mut Vec<Notice>) -> (Self, Projection) {
        let mut keeper = Self::new(Folder::Private(None), limits);
        let projection = undisturbed(|| keeper.load(&workspace.state())).unwrap_or_else(|error| {
            notices.push(Notice::RunsSetAside { why: error.to_string() });
            Projection::default()
        });
        (keeper, projection)
    }

    /// Begins again with nothing, the workspace's own state moved out of the way.
    pub fn begin_again(&mut self, workspace: &Workspace) -> Result<Projection, StoreError> {
        if let Folder::Own(_) = self.folder {
            self.working = None;
            set_aside(workspace, &workspace.state())?;
            let working_folder = workspace.state().join(WORKING);
            files::make_folder(&working_folder)?;
            self.working = Working::open(&working_folder).ok();
        }
        self.next_run = 1;
        Ok(Projection::default())
    }

    /// Takes entries into the projection and its files, folding when enough came together. What fails here is told and costs
    /// nothing but time at the next opening: the journal has it all.
    pub fn absorb(&mut self, projection: &RwLock<Projection>, changes: &[(Delta, String)]) -> Option<Notice> {
        let entries = {
            let mut projection = projection.write().unwrap_or_else(PoisonError::into_inner);
            for (delta, hash) in changes {
                projection.apply_all(std::slice::from_ref(delta), hash);
            }
            projection.unfolded()
        };
        let mut why = None;
        if let Some(working) = &self.working
            && let Err(error) = working.add(changes)
        {
            // A working set with a gap would be refused at the next opening; after the next fold there is none.
            self.working = None;
            why = Some(error);
        }
        if entries >= self.fold_at {
            match self.fold(projection) {
                Ok(()) => self.fold_at = self.limits.fold_entries,
                Err(error) => {
                    self.fold_at = entries + self.limits.fold_entries;
                    why = Some(error.to_string());
                }
            }
        }
        why.map(|why| Notice::StateBehind { why })
    }

    fn new(folder: Folder, limits: Limits) -> Self {
        Self { folder, working: None, next_run: 1, limits, fold_at: limits.fold_entries }
    }

    /// The folded part of the projection.
    fn load(&mut self, state: &Path) -> Result<Projection, StoreError> {
        let Some(manifest) = Manifest::read(&state.join(MANIFEST))? else {
            return Ok(Projection::default());
        };
        let runs: Result<Vec<_>, _> =
            manifest.runs.iter().map(|number| Run::open(&run_path(state, *number)).map(Arc::new)).collect();
        self.next_run = manifest.next_run;
        Ok(Projection::folded(manifest.folded, manifest.ledger, runs?))
    }

    /// Makes a run of what is in memory, and merges runs.
    fn fold(&mut self, projection: &RwLock<Projection>) -> Result<(), StoreError> {
        let state = self.state_folder()?;
        files::make_folder(&state.join(RUNS))?;
        let path = self.next_path(&state);
        let (mut runs, folded, ledger) = {
            let projection = projection.read().unwrap_or_else(PoisonError::into_inner);
            fold::write_memtable(projection.memtable(), &path).inspect_err(|_| remove_quietly(&path))?;
            (projection.runs().to_vec(), projection.status().clone(), projection.ledger().clone())
        };
        runs.push(Arc::new(Run::open(&path)?));
        let mut merged = Vec::new();
        while let Some(range) = self.due(&runs) {
            let path = self.next_path(&state);
            fold::merge(&runs[range.clone()], &path).inspect_err(|_| remove_quietly(&path))?;
            let run = Arc::new(Run::open(&path)?);
            merged.extend(runs.splice(range, [run]));
        }
        files::sync_folder(&state.join(RUNS))?;
        let seq = folded.seq;
        let numbers = runs.iter().filter_map(|run| run_number(run.path())).collect();
        Manifest { folded, ledger, runs: numbers, next_run: self.next_run }.write(&state.join(MANIFEST))?;
        projection.write().unwrap_or_else(PoisonError::into_inner).set_folded(runs);
        for run in merged {
            remove_quietly(run.path());
        }
        self.forget_folded(&state, seq);
        Ok(())
    }

    /// The working set after a fold: emptied, or made anew where it had failed.
    fn forget_folded(&mut self, state: &Path, folded: u64) {
        let Folder::Own(_) = self.folder else { return };
        let emptied = match &self.working {
            Some(working) => working.remove_to(folded).is_ok(),
            None => false,
        };
        if !emptied {
            self.working = None;
            let path = state.join(WORKING);
            self.working = std::fs::remove_dir_all(&path).ok().and_then(|()| Working::open(&path).ok());
        }
    }

    fn due(&self, runs: &[Arc<Run>]) -> Option<std::ops::Range<usize>> {
        let entries: Vec<u64> = runs.iter().map(|run| run.entries()).collect();
        fold::due(&entries, self.limits.fold_entries as u64, self.limits.merge_runs)
    }

    fn next_path(&mut self, state: &Path) -> PathBuf {
        self.next_run += 1;
        run_path(state, self.next_run - 1)
    }

    fn state_folder(&mut self) -> Result<PathBuf, StoreError> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        match &mut self.folder {
            Folder::Own(path) | Folder::Private(Some(path)) => Ok(path.clone()),
            Folder::Private(none) => {
                let count = COUNT.fetch_add(1, Ordering::Relaxed);
                let name = format!("headstamp-reader-{}-{count}", std::process::id());
                let path = std::env::temp_dir().join(name);
                std::fs::create_dir(&path).map_err(crate::store::fault::writing(&path))?;
                *none = Some(path.clone());
                Ok(path)
            }
        }
    }

    /// Removes what a crash left: runs that the manifest does not name.
    fn remove_orphans(&self, state: &Path, projection: &Projection) {
        let Ok(items) = std::fs::read_dir(state.join(RUNS)) else { return };
        for path in items.flatten().map(|item| item.path()) {
            if projection.runs().iter().all(|run| run.path() != path) {
                remove_quietly(&path);
            }
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if let Folder::Private(Some(path)) = &self.folder {
            // What stays in the folder for temporary files is the system's to remove.
            let _ = std::fs::remove_dir_all(path);
        }
    }
}

const MANIFEST: &str = "manifest";
const RUNS: &str = "runs";
const WORKING: &str = "working";

fn run_path(state: &Path, number: u64) -> PathBuf {
    state.join(RUNS).join(format!("{number:06}.run"))
}

/// Removes a run that is not needed; one that stays only takes room, and is tried again at the next opening.
fn remove_quietly(path: &Path) {
    let _ = std::fs::remove_file(path);
}

fn run_number(path: &Path) -> Option<u64> {
    path.file_stem()?.to_str()?.parse().ok()
}

/// Moves part of the state out of the way. Only the last one is kept: it can be derived again, and is there for a look alone.
fn set_aside(workspace: &Workspace, path: &Path) -> Result<(), StoreError> {
    if path.exists() {
        let old = workspace.set_aside().join(path.file_name().unwrap_or_default());
        let _ = std::fs::remove_dir_all(&old);
        files::set_aside(path, &workspace.set_aside())?;
    }
    Ok(())
}
