//! Giving up: a search that nobody waits for any more stops at the next block of documents.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::SearchError;

/// A mark that can be set from another thread; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A mark that is shared with whoever else holds the flag.
    pub const fn shared(flag: Arc<AtomicBool>) -> Self {
        Self(flag)
    }

    /// Asks the search to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether that was asked.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Leaves with [`SearchError::Cancelled`] if that was asked.
    pub fn check(&self) -> Result<(), SearchError> {
        if self.is_cancelled() { Err(SearchError::Cancelled) } else { Ok(()) }
    }
}
