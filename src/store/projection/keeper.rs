//! Keeps the projection's files in step with it: the working set, the runs, the manifest.
//!
//! Whoever holds the keeper is the only one who changes the projection. Readers meet it under a lock that is held for moments.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::Projection;
use super::delta::Delta;
use super::fold;
use super::manifest::{Found, Manifest};
use super::run::Run;
use super::working::Working;
use crate::store::contract::StoreError;
use crate::store::fault::writing;
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
    keys_version: u32,
    /// The working set is folded when it holds this many entries; more after a fold that failed.
    fold_at: usize,
}

/// What there was to load.
enum Loaded {
    /// The projection as of the last fold; the empty one where nothing was folded yet.
    Projection(Box<Projection>),
    /// A state of another layout.
    Outdated,
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
        keys_version: u32,
        notices: &mut Vec<Notice>,
    ) -> Result<(Self, Projection), StoreError> {
        let state = workspace.state();
        let mut keeper = Self::new(Folder::Own(state.clone()), limits, keys_version);
        let mut projection = match keeper.load(&state) {
            Ok(Loaded::Projection(projection)) => *projection,
            Ok(Loaded::Outdated) => {
                // It is whole and of no more use; so large a thing is not kept for a look.
                notices.push(Notice::Outdated);
                std::fs::remove_dir_all(&state).map_err(writing(&state))?;
                Projection::default()
            }
            Err(error) => {
                notices.push(Notice::RunsSetAside { why: error.to_string() });
                set_aside(workspace, &state)?;
                Projection::default()
            }
        };
        remove_orphans(&state, &projection);
        let working_folder = state.join(WORKING);
        files::make_folder(&working_folder)?;
        let folded = projection.status().seq;
        let loaded = Working::open(&working_folder, keys_version)
            .and_then(|working| working.load(folded).map(|chunks| (working, chunks)));
        match loaded {
            Ok((working, chunks)) => {
                for chunk in chunks {
                    projection.apply_all(&chunk.deltas, &chunk.hash);
                }
                keeper.working = Some(working);
            }
            Err(why) => {
                notices.push(Notice::WorkingSetAside { why });
                set_aside(workspace, &working_folder)?;
                keeper.working = Working::open(&working_folder, keys_version).ok();
            }
        }
        Ok((keeper, projection))
    }

    /// Looks at the state of a workspace without changing it.
    pub fn look(
        workspace: &Workspace,
        limits: Limits,
        keys_version: u32,
        notices: &mut Vec<Notice>,
    ) -> (Self, Projection) {
        let mut keeper = Self::new(Folder::Private(None), limits, keys_version);
        let projection = match undisturbed(|| keeper.load(&workspace.state())) {
            Ok(Loaded::Projection(projection)) => *projection,
            Ok(Loaded::Outdated) => {
                notices.push(Notice::Outdated);
                Projection::default()
            }
            Err(error) => {
                notices.push(Notice::RunsSetAside { why: error.to_string() });
                Projection::default()
            }
        };
        (keeper, projection)
    }

    /// Begins again with nothing, the workspace's own state moved out of the way.
    pub fn begin_again(&mut self, workspace: &Workspace) -> Result<Projection, StoreError> {
        if let Folder::Own(_) = self.folder {
            self.working = None;
            set_aside(workspace, &workspace.state())?;
            let working_folder = workspace.state().join(WORKING);
            files::make_folder(&working_folder)?;
            self.working = Working::open(&working_folder, self.keys_version).ok();
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
            if let Some(failed) = self.working.take() {
                failed.abandon();
            }
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

    fn new(folder: Folder, limits: Limits, keys_version: u32) -> Self {
        Self { folder, working: None, next_run: 1, limits, keys_version, fold_at: limits.fold_entries }
    }

    /// The folded part of the projection.
    fn load(&mut self, state: &Path) -> Result<Loaded, StoreError> {
        let manifest = match Manifest::read(&state.join(MANIFEST), self.keys_version)? {
            Found::Manifest(manifest) => manifest,
            Found::Outdated => return Ok(Loaded::Outdated),
            Found::Nothing => return Ok(Loaded::Projection(Box::default())),
        };
        let runs: Result<Vec<_>, _> =
            manifest.runs.iter().map(|number| Run::open(&run_path(state, *number)).map(Arc::new)).collect();
        self.next_run = manifest.next_run;
        Ok(Loaded::Projection(Box::new(Projection::folded(
            manifest.folded,
            manifest.ledger.into_owned(),
            runs?,
        ))))
    }

    /// Makes a run of what is in memory, and merges runs.
    fn fold(&mut self, projection: &RwLock<Projection>) -> Result<(), StoreError> {
        let state = self.state_folder()?;
        files::make_folder(&state.join(RUNS))?;
        let path = self.next_path(&state);
        let mut runs = {
            let projection = projection.read().unwrap_or_else(PoisonError::into_inner);
            fold::write_memtable(projection.memtable(), &path).inspect_err(|_| remove_quietly(&path))?;
            projection.runs().to_vec()
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
        let seq = self.write_manifest(&state, projection, &runs)?;
        projection.write().unwrap_or_else(PoisonError::into_inner).set_folded(runs);
        for run in merged {
            remove_quietly(run.path());
        }
        self.forget_folded(&state, seq);
        Ok(())
    }

    /// Writes what the projection is now and which runs hold its facts; gives its last entry.
    fn write_manifest(
        &self,
        state: &Path,
        projection: &RwLock<Projection>,
        runs: &[Arc<Run>],
    ) -> Result<u64, StoreError> {
        let projection = projection.read().unwrap_or_else(PoisonError::into_inner);
        let manifest = Manifest {
            folded: projection.status().clone(),
            ledger: Cow::Borrowed(projection.ledger()),
            runs: runs.iter().filter_map(|run| run_number(run.path())).collect(),
            next_run: self.next_run,
            keys_version: self.keys_version,
        };
        manifest.write(&state.join(MANIFEST))?;
        Ok(projection.status().seq)
    }

    /// The working set after a fold: emptied, or made anew where it had failed.
    fn forget_folded(&mut self, state: &Path, folded: u64) {
        let Folder::Own(_) = self.folder else { return };
        let emptied = match &self.working {
            Some(working) => working.remove_to(folded).is_ok(),
            None => false,
        };
        if !emptied {
            if let Some(failed) = self.working.take() {
                failed.abandon();
            }
            let path = state.join(WORKING);
            self.working = std::fs::remove_dir_all(&path)
                .ok()
                .and_then(|()| Working::open(&path, self.keys_version).ok());
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
                std::fs::create_dir(&path).map_err(writing(&path))?;
                *none = Some(path.clone());
                Ok(path)
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

/// Removes what a crash left: runs that the manifest does not name.
fn remove_orphans(state: &Path, projection: &Projection) {
    let Ok(items) = std::fs::read_dir(state.join(RUNS)) else { return };
    for path in items.flatten().map(|item| item.path()) {
        if projection.runs().iter().all(|run| run.path() != path) {
            remove_quietly(&path);
        }
    }
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
