//! The index follows the journal: a thread of its own, so that no officer waits for it.
//!
//! It reads what was appended since the index's own mark and feeds it. Killed at any moment it goes on from that mark.

use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::domain::record::Record;
use crate::locale::Message;
use crate::search::{CaseIndex, IndexDocument, SearchError};
use crate::store::{DocKind, Store, StoreError};

/// How many entries are read at a time.
const AT_A_TIME: usize = 1_000;
/// How long the index may lag behind in a quiet moment before it is committed.
const QUIET: Duration = Duration::from_millis(400);

/// The follower.
pub struct Follower {
    /// Taken when the work is over.
    index: RwLock<Option<Arc<CaseIndex>>>,
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The last entry that the journal is known to have.
    journal: u64,
    /// The last entry that a query sees.
    visible: u64,
    stop: bool,
    /// Why it stopped following, if it did.
    fault: Option<String>,
}

impl Follower {
    /// Begins to follow; an index that is only read stays where it is.
    pub(super) fn start(
        index: CaseIndex,
        store: Arc<dyn Store>,
        read_only: bool,
    ) -> Result<Self, SearchError> {
        let index = Arc::new(index);
        let visible = index.applied()?;
        let journal = if read_only { visible } else { store.status().seq };
        let shared = Arc::new(Shared {
            state: Mutex::new(State { journal, visible, ..State::default() }),
            changed: Condvar::new(),
        });
        let thread = if read_only { None } else { spawn(index.clone(), store, shared.clone()) };
        Ok(Self { index: RwLock::new(Some(index)), shared, thread: Mutex::new(thread) })
    }

    /// The index itself; `None` after the work is over.
    pub(super) fn index(&self) -> Option<Arc<CaseIndex>> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says that the journal has grown.
    pub(super) fn notice(&self, seq: u64) {
        self.shared.with(|state| state.journal = state.journal.max(seq));
    }

    /// Entries that a query does not see yet.
    pub(super) fn behind(&self) -> u64 {
        self.shared.with(|state| state.journal.saturating_sub(state.visible))
    }

    /// Waits until a query sees everything appended so far; says why if it never will.
    pub(super) fn catch_up(&self) -> Result<(), String> {
        let mut state = self.shared.lock();
        let wanted = state.journal;
        loop {
            if let Some(fault) = &state.fault {
                return Err(fault.clone());
            }
            if state.visible >= wanted {
                return Ok(());
            }
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Follows to the end, commits, and leaves the index in order.
    pub(super) fn finish(&self) -> Result<(), String> {
        let caught_up = self.catch_up();
        self.shared.with(|state| state.stop = true);
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            return Err(Message::new("fault-index-thread").to_string());
        }
        let index = self.index.write().unwrap_or_else(PoisonError::into_inner).take();
        // Somebody who still searches keeps it open; it is committed already and is checked when it is opened next.
        if let Some(index) = index.and_then(Arc::into_inner) {
            index.close().map_err(|fault| fault.to_string())?;
        }
        caught_up
    }
}

impl Drop for Follower {
    /// Waits for the thread, which holds the store and with it the workspace's lock: whoever opens the workspace next finds it
    /// free. What is not in the index yet is left to the next opening.
    fn drop(&mut self) {
        self.shared.with(|state| state.stop = true);
        let thread = self.thread.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        // A panic in it was told when it happened; here it only matters that it has ended.
        drop(thread.map(JoinHandle::join));
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let done = change(&mut self.lock());
        self.changed.notify_all();
        done
    }
}

fn spawn(index: Arc<CaseIndex>, store: Arc<dyn Store>, shared: Arc<Shared>) -> Option<JoinHandle<()>> {
    let work = move || {
        if let Err(fault) = follow(&index, store.as_ref(), &shared) {
            shared.with(|state| state.fault = Some(fault));
        }
    };
    std::thread::Builder::new().name("index".into()).spawn(work).ok()
}

fn follow(index: &CaseIndex, store: &dyn Store, shared: &Shared) -> Result<(), String> {
    let told = |fault: SearchError| fault.to_string();
    let mut next = index.applied().map_err(told)? + 1;
    if next > store.status().seq + 1 {
        // The index is of another journal than this one, as after a restored copy.
        index.clear().map_err(told)?;
        next = 1;
    }
    let mut uncommitted = false;
    loop {
        let (journal, stop) = wait(shared, next, uncommitted);
        if next > journal {
            if uncommitted {
                index.commit().map_err(told)?;
                uncommitted = false;
            }
            shared.with(|state| state.visible = next - 1);
        }
        if stop {
            return Ok(());
        }
        if next > journal {
            continue;
        }
        let (documents, last) = documents(store, next).map_err(|fault| fault.to_string())?;
        if last < next {
            return Err(Message::new("fault-no-entry").with("seq", next.to_string()).to_string());
        }
        index.apply(&documents).map_err(told)?;
        index.advance(last).map_err(told)?;
        uncommitted = true;
        next = last + 1;
    }
}

/// Waits for an entry to follow; while some are not committed, only for a quiet moment.
fn wait(shared: &Shared, next: u64, uncommitted: bool) -> (u64, bool) {
    let mut state = shared.lock();
    loop {
        if state.journal >= next || state.stop {
            return (state.journal, state.stop);
        }
        if uncommitted {
            let (guard, _) =
                shared.changed.wait_timeout(state, QUIET).unwrap_or_else(PoisonError::into_inner);
            return (guard.journal, guard.stop);
        }
        state = shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
}

fn documents(store: &dyn Store, from: u64) -> Result<(Vec<IndexDocument>, u64), StoreError> {
    let entries = store.entries(from, AT_A_TIME)?;
    let last = entries.last().map_or(0, |entry| entry.head.seq);
    let mut found = Vec::with_capacity(entries.len());
    for entry in &entries {
        if entry.head.kind != DocKind::Record {
            continue;
        }
        // A body of another version is found by its number; it has no words to index.
        if let Ok(record) = serde_json::from_str::<Record>(&entry.body) {
            found.push(IndexDocument::of(entry.head.seq, &record));
        }
    }
    Ok((found, last))
}

#[cfg(test)]
mod tests {
    use crate::desk::demo::{demo_office, demo_officer, records};
    use crate::desk::{Desk, Opening};

    #[test]
    fn a_dropped_desk_leaves_the_workspace_free_at_once_and_its_index_goes_on_from_where_it_was() {
        let folder = tempfile::tempdir().unwrap();
        Desk::create(folder.path(), &demo_office(), &demo_officer()).unwrap();
        let mut source = records(3, 2_400);
        for round in 0..12 {
            let (desk, _) = Desk::open(Opening::new(folder.path())).unwrap_or_else(|fault| {
                panic!("round {round}: the workspace is not free: {fault}");
            });
            // Dropped while the index still follows.
            desk.take_over(source.by_ref().take(200).collect(), "test").unwrap();
        }
        let (desk, _) = Desk::open(Opening::new(folder.path())).unwrap();
        let listed = desk.list(&crate::desk::ListQuery::default()).unwrap().total();
        assert_eq!(listed, desk.status().records);
        assert!(listed > 2_000, "only {listed} records were taken over");
    }
}
