//! The transient message at the bottom: what just happened, or what failed and what to do next.

use jiff::{SignedDuration, Timestamp};

use crate::locale::Message;

/// How grave a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something to know.
    Info,
    /// Done, and safe on the disk.
    Good,
    /// Look at it.
    Warning,
    /// It was not done; the sentence says what to do next.
    Error,
}

/// A message with the time it was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    /// How grave.
    pub severity: Severity,
    /// The sentence.
    pub message: Message,
    /// When it was said.
    pub since: Timestamp,
}

impl Status {
    /// When it goes away by itself; an error stays until the next key.
    pub fn expires(&self) -> Option<Timestamp> {
        let shown = match self.severity {
            Severity::Info | Severity::Good => SignedDuration::from_secs(8),
            Severity::Warning => SignedDuration::from_secs(20),
            Severity::Error => return None,
        };
        self.since.checked_add(shown).ok()
    }
}
