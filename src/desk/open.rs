//! Opening a workspace: its settings, its store, its index; and what is told of what was found.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::id::IdSource;
use crate::domain::officer::{Office, Officer};
use crate::domain::time::{Clock, SystemClock};
use crate::search::{CaseIndex, Mode, Options, SearchError};
use crate::store::layout::Workspace;
use crate::store::{Blobs, DiskStore, Nonces, OpenOptions, Store};

use super::editions;
use super::follow::Follower;
use super::{Desk, DeskError, Drafts, LAYOUT_VERSION, Parts, Settings, Table, keys_of, keys_version};

/// How a workspace is opened.
pub struct Opening<'a> {
    /// Its folder.
    pub folder: PathBuf,
    /// Beside an owner, or where nothing can be written.
    pub read_only: bool,
    /// Who acts; the workspace's officer where `None`.
    pub officer: Option<Officer>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Where identifiers come from.
    pub ids: IdSource,
    /// Where the journal's nonces come from.
    pub nonces: Nonces,
    /// The reference table, where it is loaded already.
    pub table: Arc<Table>,
    /// Told of entries done and entries in all while the state follows the journal.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

impl Opening<'_> {
    /// The usual way: to write, by the machine's clock.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            read_only: false,
            officer: None,
            clock: Arc::new(SystemClock),
            ids: IdSource::system(),
            nonces: Nonces::System,
            table: Arc::new(Table::default()),
            progress: &|_, _| {},
        }
    }
}

impl Desk {
    /// Makes a workspace for an office.
    pub fn create(folder: &Path, office: &Office, officer: &Officer) -> Result<(), DeskError> {
        let settings = Settings {
            version: LAYOUT_VERSION,
            demo: false,
            officer: officer.clone(),
            office: office.clone(),
        };
        Self::create_with(folder, &settings)
    }

    /// Makes a workspace with these settings.
    pub(super) fn create_with(folder: &Path, settings: &Settings) -> Result<(), DeskError> {
        settings.create(folder)?;
        let options = OpenOptions::new(keys_of, settings.officer.clone()).keys_version(keys_version());
        drop(DiskStore::create(folder, &options)?);
        Ok(())
    }

    /// Opens a workspace. The second value tells, in sentences, what was found and mended.
    pub fn open(opening: Opening<'_>) -> Result<(Self, Vec<String>), DeskError> {
        let settings = Settings::read(&opening.folder)?;
        let officer = opening.officer.unwrap_or(settings.officer);
        let progress = opening.progress;
        let follow = move |step: crate::store::Progress| progress(step.done, step.total);
        let options = OpenOptions::new(keys_of, officer.clone())
            .keys_version(keys_version())
            .read_only(opening.read_only)
            .nonces(opening.nonces)
            .progress(&follow);
        let (store, store_notices) = DiskStore::open(&opening.folder, &options)?;
        let mut notices: Vec<String> = store_notices.iter().map(ToString::to_string).collect();
        let store: Arc<dyn Store> = Arc::new(store);
        let workspace = Workspace::new(&opening.folder);
        let follower = match open_index(&workspace, &store, opening.read_only) {
            Ok((follower, told)) => {
                notices.extend(told);
                Some(follower)
            }
            Err(fault) => {
                // Records and checks need no index; the lists say why they are empty.
                notices.push(DeskError::Index(fault.to_string()).to_string());
                None
            }
        };
        let drafts = (!opening.read_only).then(|| Drafts::in_folder(&workspace.root().join("drafts")));
        let blobs = Blobs::in_folder(workspace.editions());
        let table = Arc::new(opening.table.apart());
        table.bring(editions::present(&*store)?, blobs.clone());
        let desk = Self::new(Parts {
            store,
            names: table.clone(),
            clock: opening.clock,
            ids: opening.ids,
            office: settings.office,
            officer,
            drafts,
            workspace: Some(workspace),
            follower,
            read_only: opening.read_only,
            demo: settings.demo,
            table,
        });
        Ok((desk, notices))
    }

    /// Lets the index follow to the end and closes what is open: called before the program ends.
    pub fn finish(&self) -> Result<(), DeskError> {
        self.follower.as_ref().map_or(Ok(()), |follower| follower.finish().map_err(DeskError::Index))
    }
}

fn open_index(
    workspace: &Workspace,
    store: &Arc<dyn Store>,
    read_only: bool,
) -> Result<(Follower, Vec<String>), SearchError> {
    let mode = if read_only { Mode::Read } else { Mode::Write };
    let (index, notices) = CaseIndex::open(&workspace.index(), Options { mode, ..Options::default() })?;
    let told = notices.iter().map(|notice| notice.message().to_string()).collect();
    Ok((Follower::start(index, store.clone(), read_only)?, told))
}

/// Takes the projections of a workspace away, so that opening makes them again.
pub(super) fn remove_projections(opening: &Opening<'_>) -> Result<(), DeskError> {
    Settings::read(&opening.folder)?;
    let workspace = Workspace::new(&opening.folder);
    for path in [workspace.state(), workspace.index(), workspace.gallery()] {
        match fs::remove_dir_all(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                let (what, hint) = ("doing-remove-projection", "hint-remove-projection");
                return Err(DeskError::File { what, path, source, hint });
            }
            _ => {}
        }
    }
    Ok(())
}
