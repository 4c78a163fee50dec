//! What was done and can be taken back: steps of exact changes, with a run of typing as one step.

use std::collections::BTreeMap;

use crate::forms::path::Path;
use crate::forms::tree::Change;

/// More steps than this are forgotten from the oldest; a form is filled in far fewer.
const DEEPEST: usize = 1_000;

/// Where the value of a field came from, when it was not typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Picked from the reference table.
    Reference,
    /// Filled in with the pick of another field: it stands on the card.
    Card,
}

/// Where values came from, by the path of the field.
pub type Marks = BTreeMap<Path, Origin>;

/// Edits that belong together when they follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    Typing,
    Erasing,
}

/// One step to take back.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) changes: Vec<Change>,
    pub(super) marks_before: Marks,
    pub(super) marks_after: Marks,
    /// The field that had the focus.
    pub(super) focus: Path,
    pub(super) cursor_before: usize,
    pub(super) cursor_after: usize,
    pub(super) run: Option<Run>,
    /// Whether a word begins here, which begins a step of its own.
    pub(super) begins_word: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// After a move of the cursor or the focus, the next edit begins a new step.
    sealed: bool,
}

impl History {
    pub(super) fn push(&mut self, step: Step) {
        self.undone.clear();
        let joins = !self.sealed && self.done.last().is_some_and(|last| last.continues_in(&step));
        self.sealed = false;
        match self.done.last_mut() {
            Some(last) if joins => last.absorb(step),
            _ => self.done.push(step),
        }
        if self.done.len() > DEEPEST {
            self.done.remove(0);
        }
    }

    pub(super) fn seal(&mut self) {
        self.sealed = true;
    }

    /// The last step, now among those that can be made again.
    pub(super) fn back(&mut self) -> Option<&Step> {
        self.sealed = true;
        self.undone.push(self.done.pop()?);
        self.undone.last()
    }

    /// The step last taken back, now done again.
    pub(super) fn forth(&mut self) -> Option<&Step> {
        self.sealed = true;
        self.done.push(self.undone.pop()?);
        self.done.last()
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

impl Step {
    fn continues_in(&self, next: &Self) -> bool {
        self.run.is_some()
            && self.run == next.run
            && self.focus == next.focus
            && self.cursor_after == next.cursor_before
            && !next.begins_word
    }

    fn absorb(&mut self, next: Self) {
        for change in next.changes {
            match self.changes.last_mut() {
                Some(last) if last.path == change.path => last.after = change.after,
                _ => self.changes.push(change),
            }
        }
        self.marks_after = next.marks_after;
        self.cursor_after = next.cursor_after;
    }
}
