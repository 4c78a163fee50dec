//! When a draft is saved without being asked: every few keystrokes, a while after the last saved one, and on leaving a field.
//!
//! Pure counting: the screen says what happened and when, and turns [`Due::Save`] into an effect. Called by the form screen.

use std::time::Duration;

/// Whether the draft is to be saved now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Due {
    /// Not now.
    No,
    /// Now.
    Save,
}

/// After how much a draft is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// After this many edits.
    pub edits: u32,
    /// This long after the first edit that is not saved.
    pub after: Duration,
}

impl Default for Policy {
    /// A dropped line costs a word, not a sentence.
    fn default() -> Self {
        Self { edits: 8, after: Duration::from_secs(2) }
    }
}

/// What is not saved yet. Moments are durations from any fixed beginning, on a clock that does not jump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Autosave {
    policy: Policy,
    edits: u32,
    since: Option<Duration>,
}

impl Autosave {
    /// Nothing is unsaved.
    pub fn new(policy: Policy) -> Self {
        Self { policy, edits: 0, since: None }
    }

    /// The draft changed.
    pub fn edited(&mut self, now: Duration) -> Due {
        self.edits += 1;
        self.since.get_or_insert(now);
        self.due_if(self.edits >= self.policy.edits || self.is_late(now))
    }

    /// The focus left a field, or the form itself was left.
    pub fn left(&mut self) -> Due {
        self.due_if(self.edits > 0)
    }

    /// Time passed.
    pub fn tick(&mut self, now: Duration) -> Due {
        self.due_if(self.edits > 0 && self.is_late(now))
    }

    /// A save failed: it is tried again at the next occasion.
    pub fn failed(&mut self, now: Duration) {
        self.edits = self.edits.max(1);
        self.since.get_or_insert(now);
    }

    /// Whether there is anything that is not saved.
    pub fn is_pending(&self) -> bool {
        self.edits > 0
    }

    fn is_late(&self, now: Duration) -> bool {
        self.since.is_some_and(|since| now.saturating_sub(since) >= self.policy.after)
    }

    fn due_if(&mut self, is_due: bool) -> Due {
        if !is_due {
            return Due::No;
        }
        self.edits = 0;
        self.since = None;
        Due::Save
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn autosave() -> Autosave {
        Autosave::new(Policy { edits: 3, after: ms(1_000) })
    }

    #[test]
    fn every_few_keystrokes_save() {
        let mut autosave = autosave();
        let due: Vec<Due> = (0..6).map(|at| autosave.edited(ms(at))).collect();
        assert_eq!(due, [Due::No, Due::No, Due::Save, Due::No, Due::No, Due::Save]);
    }

    #[test]
    fn a_while_after_the_first_unsaved_keystroke_saves() {
        let mut autosave = autosave();
        assert_eq!(autosave.tick(ms(5_000)), Due::No, "nothing to save");
        assert_eq!(autosave.edited(ms(5_000)), Due::No);
        assert_eq!(autosave.tick(ms(5_999)), Due::No);
        assert_eq!(autosave.tick(ms(6_000)), Due::Save);
        assert_eq!(autosave.tick(ms(9_000)), Due::No, "saved already");
    }

    #[test]
    fn leaving_saves_what_is_unsaved_and_a_failed_save_is_tried_again() {
        let mut autosave = autosave();
        assert_eq!(autosave.left(), Due::No);
        assert_eq!(autosave.edited(ms(0)), Due::No);
        assert_eq!(autosave.left(), Due::Save);
        autosave.failed(ms(10));
        assert!(autosave.is_pending());
        assert_eq!(autosave.tick(ms(1_010)), Due::Save);
    }
}
