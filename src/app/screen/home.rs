//! Home: the queue of what waits, and what was done lately. One selection runs through both.

use crate::desk::{Lately, Waiting};
use crate::store::Status;

/// How many lines of what was done lately are asked for; as many are drawn as there is room.
pub const LATELY: usize = 30;

/// What Home holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Home {
    /// What waits; `None` until the workspace is open.
    pub waiting: Option<Vec<Waiting>>,
    /// What was done lately, newest first.
    pub lately: Vec<Lately>,
    /// How far the journal is.
    pub status: Option<Status>,
    /// The selected line.
    pub selected: usize,
    /// How many lines of `lately` are seen.
    pub lately_seen: usize,
}

/// The selected line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum HomeLine<'a> {
    /// Something waits.
    Waiting(&'a Waiting),
    /// Something was done.
    Lately(&'a Lately),
}

impl Home {
    /// What the desk says.
    pub fn fill(&mut self, waiting: Vec<Waiting>, lately: Vec<Lately>, status: Status) {
        self.waiting = Some(waiting);
        self.lately = lately;
        self.status = Some(status);
        self.move_to(self.selected as i64);
    }

    /// How many lines of `lately` fit into the body of the screen.
    pub fn set_height(&mut self, body: u16) {
        let waiting = self.waiting.as_ref().map_or(1, |waiting| waiting.len().max(2));
        self.lately_seen = usize::from(body).saturating_sub(waiting + 5);
        self.move_to(self.selected as i64);
    }

    /// Moves the selection by lines.
    pub fn move_by(&mut self, lines: i64) {
        self.move_to(self.selected as i64 + lines);
    }

    /// Selects a line; what is beyond the ends is an end.
    pub fn move_to(&mut self, line: i64) {
        let last = (self.waiting_len() + self.lately.len().min(self.lately_seen)) as i64 - 1;
        self.selected = usize::try_from(line.min(last)).unwrap_or(0);
    }

    /// The selected line.
    pub fn line(&self) -> Option<HomeLine<'_>> {
        let waiting = self.waiting.as_deref().unwrap_or_default();
        match self.selected.checked_sub(waiting.len()) {
            None => waiting.get(self.selected).map(HomeLine::Waiting),
            Some(at) => self.lately.get(at).map(HomeLine::Lately),
        }
    }

    fn waiting_len(&self) -> usize {
        self.waiting.as_ref().map_or(0, Vec::len)
    }
}
