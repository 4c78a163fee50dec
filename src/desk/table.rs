//! The reference table at the desk: loaded once, when it is first asked for, and asked by [`Names`].

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use crate::domain::country::CountryCode;
use crate::domain::firearm::is_unknown_name;
use crate::domain::text::fold;
use crate::reference::import::Edition;
use crate::reference::search::Index;
use crate::reference::{Entry, Reference, SerialFit};
use crate::store::Blobs;
use crate::store::layout::Workspace;

use super::editions::{EditionInfo, editions_of};
use super::models::Models;
use super::{DeskError, Names};

/// The reference table of a desk: the shipped one, and the editions of its workspace beside it.
///
/// What it holds at a moment is a value that does not change; an edition added or removed puts another in its place, and whoever
/// still holds the earlier one may finish with it. Editions are read on a thread of their own when the workspace is opened: a search
/// as one types answers from what is there already, an act that is written down waits for all of it ([`Table::settled`]).
#[derive(Default)]
pub struct Table {
    /// The shipped table, which desks share.
    shipped: Arc<OnceLock<Arc<Loaded>>>,
    /// What stands in its place since an edition came beside it.
    beside: RwLock<Option<Arc<Loaded>>>,
    /// Held while an edition is added or taken away, so that none is lost between two.
    changing: Mutex<()>,
    reading: Mutex<State>,
    read: Condvar,
}

/// How far the reading of the editions is.
#[derive(Default)]
struct State {
    /// Whether editions are still being read.
    busy: bool,
    /// The editions that answer, or will: their names and the hashes of what they hold.
    editions: Vec<(String, String)>,
    /// Editions that could not be read, and why.
    faults: Vec<String>,
}

struct Loaded {
    reference: Arc<Reference>,
    index: OnceLock<Arc<Index>>,
    models: OnceLock<Models>,
}

impl Table {
    /// A table of its own that shares what of the shipped one is loaded already.
    #[must_use]
    pub fn apart(&self) -> Self {
        Self { shipped: Arc::clone(&self.shipped), ..Self::default() }
    }

    /// The table of a workspace, for whoever only reads it; the shipped one where there is no workspace in the folder. The second
    /// value tells what could not be read.
    pub fn of_workspace(folder: &Path) -> (Arc<Self>, Vec<String>) {
        let table = Arc::new(Self::default());
        let workspace = Workspace::new(folder);
        if !workspace.exists() {
            return (table, Vec::new());
        }
        let mut faults = Vec::new();
        match editions_of(folder) {
            Ok(editions) => table.bring(editions, Blobs::in_folder(workspace.editions())),
            Err(fault) => faults.push(fault.to_string()),
        }
        table.settled();
        faults.extend(table.faults());
        (table, faults)
    }

    /// The table as it is now; the shipped one is loaded if it was not before.
    pub fn reference(&self) -> Arc<Reference> {
        Arc::clone(&self.loaded().reference)
    }

    /// The table with all its editions: waits until they are read.
    pub fn settled(&self) -> Arc<Reference> {
        Arc::clone(&self.settled_table().reference)
    }

    /// The search index over the table as it is now, built if it was not before.
    pub fn index(&self) -> Arc<Index> {
        self.loaded().index()
    }

    /// Whether editions are still being read, so that a search may answer from less than all.
    pub fn is_reading(&self) -> bool {
        self.state().busy
    }

    /// Editions that could not be read, and what to do.
    pub fn faults(&self) -> Vec<String> {
        self.state().faults.clone()
    }

    /// Begins to read editions, on a thread of its own.
    pub(super) fn bring(self: &Arc<Self>, editions: Vec<EditionInfo>, blobs: Blobs) {
        if editions.is_empty() {
            return;
        }
        {
            let mut state = self.state();
            state.busy = true;
            state.editions = editions.iter().map(|info| (info.name.clone(), info.content.clone())).collect();
        }
        let table = Arc::clone(self);
        std::thread::spawn(move || {
            // Also when reading panics, those who wait must go on.
            let _ended = Ended(&table);
            table.read_all(&editions, &blobs);
        });
    }

    fn read_all(&self, editions: &[EditionInfo], blobs: &Blobs) {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let reference = self.reference();
        let mut whole = Vec::new();
        for info in editions {
            match read(&reference, info, blobs) {
                Ok(edition) => whole.push(edition),
                Err(fault) => {
                    let mut state = self.state();
                    state.editions.retain(|(name, _)| *name != info.name);
                    state.faults.push(fault.to_string());
                }
            }
        }
        self.replace(reference.with_editions(whole));
    }

    /// Adds an edition whose file is in its place.
    pub(super) fn add(&self, info: &EditionInfo, blobs: &Blobs) -> Result<(), DeskError> {
        self.wait();
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let reference = self.reference();
        let edition = read(&reference, info, blobs)?;
        self.replace(reference.with_editions(vec![edition]));
        self.state().editions.push((info.name.clone(), info.content.clone()));
        Ok(())
    }

    /// Takes an edition away.
    pub(super) fn take_away(&self, name: &str) {
        self.wait();
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        self.replace(self.reference().without_edition(name));
        self.state().editions.retain(|(other, _)| other != name);
    }

    /// Puts another table in place of the one there is, with its index built, so that no keystroke waits for it.
    fn replace(&self, reference: Reference) {
        let loaded = Arc::new(Loaded::new(Arc::new(reference)));
        rayon::join(|| loaded.index(), || loaded.models());
        *self.beside.write().unwrap_or_else(PoisonError::into_inner) = Some(loaded);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self) {
        let reading = |state: &mut State| state.busy;
        drop(self.read.wait_while(self.state(), reading).unwrap_or_else(PoisonError::into_inner));
    }

    fn settled_table(&self) -> Arc<Loaded> {
        self.wait();
        self.loaded()
    }

    fn loaded(&self) -> Arc<Loaded> {
        let beside = self.beside.read().unwrap_or_else(PoisonError::into_inner);
        beside.as_ref().map_or_else(|| self.shipped(), Arc::clone)
    }

    fn shipped(&self) -> Arc<Loaded> {
        let load = || {
            let reference =
                Reference::shipped().expect("the shipped table is part of the program and read by its tests");
            let loaded = Arc::new(Loaded::new(Arc::new(reference)));
            // A record asks for the models, a search does not: they are made beside it, and who asks sooner waits for them.
            let beside = Arc::clone(&loaded);
            std::thread::spawn(move || {
                beside.models();
            });
            loaded
        };
        Arc::clone(self.shipped.get_or_init(load))
    }

    fn entries(&self, make: &str, model: &str) -> Vec<Arc<Entry>> {
        let loaded = self.settled_table();
        let keys = self.makes(make).into_iter().chain(std::iter::once(fold(make)));
        loaded.models().find(&loaded.reference, keys, model)
    }
}

/// Says that the editions are read, however the reading ended.
struct Ended<'a>(&'a Table);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.state().busy = false;
        self.0.read.notify_all();
    }
}

/// An edition from its file.
fn read(reference: &Reference, info: &EditionInfo, blobs: &Blobs) -> Result<Edition, DeskError> {
    let unread = |why: String| DeskError::Edition { name: info.name.clone(), why };
    let file = blobs.read(&info.content).map_err(|fault| unread(fault.to_string()))?;
    Edition::read(reference, &info.name, &file).map_err(|fault| unread(fault.to_string()))
}

impl Loaded {
    fn new(reference: Arc<Reference>) -> Self {
        Self { reference, index: OnceLock::new(), models: OnceLock::new() }
    }

    fn index(&self) -> Arc<Index> {
        let build = || Arc::new(Index::build(Arc::clone(&self.reference)));
        Arc::clone(self.index.get_or_init(build))
    }

    fn models(&self) -> &Models {
        self.models.get_or_init(|| Models::of(&self.reference))
    }
}

impl Names for Table {
    fn makes(&self, text: &str) -> Vec<String> {
        if is_unknown_name(text) {
            return Vec::new();
        }
        // A make that an edition brings has no name that the shipped table knows, so most need not wait for editions.
        let mut found = self.shipped().reference.make(text);
        if found.is_empty() {
            found = self.settled().make(text);
        }
        found.into_iter().map(|id| id.as_str().to_owned()).collect()
    }

    fn calibre(&self, text: &str) -> Option<String> {
        self.shipped().reference.calibre(text).map(|id| id.as_str().to_owned())
    }

    fn country(&self, text: &str) -> Option<CountryCode> {
        self.shipped().reference.country(text)
    }

    fn entry(&self, make: &str, model: &str) -> Option<String> {
        let found = self.entries(make, model);
        // A duplicate leads to the entry that says more.
        let mut ids: Vec<&str> =
            found.iter().map(|entry| entry.same_as.as_ref().unwrap_or(&entry.id).as_str()).collect();
        ids.dedup();
        match ids.as_slice() {
            [only] => Some((*only).to_owned()),
            _ => None,
        }
    }

    fn combination_known(&self, make: &str, model: &str, calibre: &str) -> Option<bool> {
        let wanted = self.shipped().reference.calibre(calibre)?;
        let entries = self.entries(make, model);
        let said: Vec<_> = entries.iter().filter(|entry| !entry.calibres.is_empty()).collect();
        (!said.is_empty()).then(|| said.iter().any(|entry| entry.calibres.contains(&wanted)))
    }

    fn serial_fits(&self, entry: &str, raw: &str) -> Option<bool> {
        let reference = self.settled();
        match reference.serial_shape(reference.entry(entry)?, raw) {
            SerialFit::Fits => Some(true),
            SerialFit::DoesNotFit => Some(false),
            SerialFit::Unknown => None,
        }
    }

    fn model_called(&self, raw: &str) -> Option<String> {
        // Only cards are asked, which no edition brings.
        let loaded = self.shipped();
        let entry = loaded.models().stamped(&loaded.reference, raw)?;
        Some(format!("{} {}", entry.make, entry.model))
    }

    fn made_in(&self, make: &str, model: &str) -> Vec<CountryCode> {
        let entries = if model.is_empty() { Vec::new() } else { self.entries(make, model) };
        let mut countries: Vec<CountryCode> =
            entries.iter().flat_map(|entry| entry.countries.iter().copied()).collect();
        if countries.is_empty() {
            let reference = self.settled();
            countries.extend(reference.makes().find(make).into_iter().filter_map(|make| make.country));
        }
        countries.sort_unstable();
        countries.dedup();
        countries
    }

    fn edition(&self) -> String {
        let shipped = format!("shipped with headstamp {}", env!("CARGO_PKG_VERSION"));
        let short = |content: &str| content.chars().take(12).collect::<String>();
        let state = self.state();
        let beside = state.editions.iter().map(|(name, content)| format!("{name} {}", short(content)));
        std::iter::once(shipped).chain(beside).collect::<Vec<_>>().join("; ")
    }
}
