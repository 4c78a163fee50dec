//! Long work that can be stopped and tells how far it is. Threads share one [`Watch`]; callers hold the other end.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Stops long work, and hears of its progress.
pub struct Watch<'a> {
    stopped: &'a AtomicBool,
    report: &'a (dyn Fn(usize, usize) + Sync),
    done: AtomicUsize,
    total: AtomicUsize,
}

/// The work was stopped before it was done; there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped before it was done")]
pub struct Stopped;

impl<'a> Watch<'a> {
    /// Work that stops soon after `stopped` is set; `report` hears (done, total) from any thread, in any order.
    pub fn new(stopped: &'a AtomicBool, report: &'a (dyn Fn(usize, usize) + Sync)) -> Self {
        Self { stopped, report, done: AtomicUsize::new(0), total: AtomicUsize::new(0) }
    }

    /// Announces how much there is to do.
    pub fn expect(&self, total: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        (self.report)(0, total);
    }

    /// Says that `count` more are done, and whether to go on.
    pub fn advance(&self, count: usize) -> Result<(), Stopped> {
        let done = self.done.fetch_add(count, Ordering::Relaxed) + count;
        (self.report)(done, self.total.load(Ordering::Relaxed));
        self.check()
    }

    /// Whether to go on.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.stopped.load(Ordering::Relaxed) { Err(Stopped) } else { Ok(()) }
    }
}
