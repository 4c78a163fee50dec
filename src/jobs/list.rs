//! What jobs there are, for the Jobs screen: those that wait or run, and the last that ended.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::Token;

/// How many ended jobs are remembered.
const REMEMBERED: usize = 50;

/// Names a job for as long as the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u64);

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// Waits for a thread.
    Waiting,
    /// Runs.
    Running,
    /// Ended by itself.
    Done,
    /// Was cancelled.
    Cancelled,
    /// Panicked; the log says where.
    Failed,
}

/// A job as the screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobInfo {
    /// Which.
    pub id: JobId,
    /// The key of its name in the locale.
    pub name: &'static str,
    /// Where it stands.
    pub state: JobState,
    /// Steps done.
    pub done: u64,
    /// Steps in all; 0 where not known.
    pub total: u64,
    /// How long it has run, or ran.
    pub took: Duration,
}

/// The jobs known now. Kept under the pool's lock.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    last: u64,
    live: Vec<Entry>,
    ended: VecDeque<JobInfo>,
}

#[derive(Debug)]
struct Entry {
    id: JobId,
    name: &'static str,
    token: Token,
    started: Option<Instant>,
}

impl Ledger {
    pub(super) fn add(&mut self, name: &'static str, token: Token) -> JobId {
        self.last += 1;
        let id = JobId(self.last);
        self.live.push(Entry { id, name, token, started: None });
        id
    }

    pub(super) fn start(&mut self, id: JobId) {
        if let Some(entry) = self.live.iter_mut().find(|entry| entry.id == id) {
            entry.started = Some(Instant::now());
        }
    }

    pub(super) fn end(&mut self, id: JobId, state: JobState) {
        let Some(at) = self.live.iter().position(|entry| entry.id == id) else { return };
        let info = self.live.remove(at).info(state);
        self.ended.push_front(info);
        self.ended.truncate(REMEMBERED);
    }

    /// Forgets a job that a newer one replaced: one for every letter typed would hide what matters.
    pub(super) fn replaced(&mut self, id: JobId) {
        self.live.retain(|entry| entry.id != id);
    }

    /// Asks a job to stop; false where it has ended.
    pub(super) fn cancel(&self, id: JobId) -> bool {
        let entry = self.live.iter().find(|entry| entry.id == id);
        entry.inspect(|entry| entry.token.cancel()).is_some()
    }

    pub(super) fn cancel_all(&self) {
        self.live.iter().for_each(|entry| entry.token.cancel());
    }

    /// Those that live, oldest first, then those that ended, newest first.
    pub(super) fn infos(&self) -> Vec<JobInfo> {
        let live = self.live.iter().map(|entry| {
            entry.info(if entry.started.is_some() { JobState::Running } else { JobState::Waiting })
        });
        live.chain(self.ended.iter().cloned()).collect()
    }

    /// How many wait or run.
    pub(super) fn live(&self) -> usize {
        self.live.len()
    }
}

impl Entry {
    fn info(&self, state: JobState) -> JobInfo {
        let (done, total) = self.token.read_progress();
        let took = self.started.map_or(Duration::ZERO, |started| started.elapsed());
        JobInfo { id: self.id, name: self.name, state, done, total, took }
    }
}
