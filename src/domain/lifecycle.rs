//! The life of a record (domain.md 3.2): which act leads from which state to which.
//!
//! A record that is entered waits for a second officer (READY), is approved, and is then ACTIVE: the state in which a check
//! finds it. Nothing is ever deleted; what is wrong is cancelled with a reason.

use super::vocabulary::vocabulary;

vocabulary! {
    /// Where a record stands.
    RecordState {
        /// Complete, waits for the second officer.
        Ready = "ready",
        /// In force.
        Active = "active",
        /// A check matched it; confirmation is awaited.
        HitPending = "hit_pending",
        /// A person compared the marks and confirmed the match.
        HitConfirmed = "hit_confirmed",
        /// Found by another agency; its owner has not closed it.
        Located = "located",
        /// Closed by its owner: recovered and returned.
        ClosedReturned = "closed_returned",
        /// Closed by its owner: kept as evidence.
        ClosedEvidence = "closed_evidence",
        /// Closed by its owner: destroyed.
        ClosedDestroyed = "closed_destroyed",
        /// Entered in error.
        Cancelled = "cancelled",
    }
}

vocabulary! {
    /// What an officer does to a record.
    Act {
        /// Enter it.
        Enter = "enter",
        /// Approve what another officer entered.
        Approve = "approve",
        /// Change what it says.
        Amend = "amend",
        /// Say that it was entered in error.
        Cancel = "cancel",
        /// Note a match that awaits confirmation.
        Hit = "hit",
        /// Confirm the match.
        ConfirmHit = "confirm_hit",
        /// Reject the match.
        RejectHit = "reject_hit",
        /// Say where the firearm was found.
        Locate = "locate",
        /// Close: returned to its owner.
        CloseReturned = "close_returned",
        /// Close: kept as evidence.
        CloseEvidence = "close_evidence",
        /// Close: destroyed.
        CloseDestroyed = "close_destroyed",
        /// Keep it for a further period after review.
        Extend = "extend",
    }
}

/// The act has no place in the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{act}` has no place in the state {state}")]
pub struct NotNow {
    /// The state.
    pub state: RecordState,
    /// The act.
    pub act: Act,
}

impl NotNow {
    /// The key of what to do instead, in the locale.
    pub fn hint_key(self) -> &'static str {
        match self.state {
            RecordState::Ready => "hint-not-now-ready",
            RecordState::Active => "hint-not-now-active",
            RecordState::HitPending => "hint-not-now-hit-pending",
            RecordState::HitConfirmed => "hint-not-now-hit-confirmed",
            RecordState::Located => "hint-not-now-located",
            _ => "hint-not-now-ended",
        }
    }
}

impl RecordState {
    /// Whether a check finds it: in force, or in the course of a hit. What is closed or cancelled is history.
    pub const fn is_in_force(self) -> bool {
        matches!(self, Self::Active | Self::HitPending | Self::HitConfirmed | Self::Located)
    }

    /// Whether its life has ended.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::ClosedReturned | Self::ClosedEvidence | Self::ClosedDestroyed | Self::Cancelled)
    }

    /// The state after an act, or why the act has no place.
    pub fn after(self, act: Act) -> Result<Self, NotNow> {
        use RecordState as S;
        let next = match (self, act) {
            (S::Ready, Act::Approve) | (S::HitPending | S::Active, Act::RejectHit) => S::Active,
            (state, Act::Amend | Act::Extend) if !state.is_final() => state,
            (state, Act::Cancel) if !state.is_final() => S::Cancelled,
            (S::Active | S::HitPending, Act::Hit) => S::HitPending,
            (S::HitPending | S::Active, Act::ConfirmHit)
            | (S::HitConfirmed, Act::Hit | Act::RejectHit | Act::ConfirmHit) => S::HitConfirmed,
            (S::Located, Act::Hit | Act::RejectHit | Act::ConfirmHit)
            | (S::Active | S::HitConfirmed, Act::Locate) => S::Located,
            (S::HitConfirmed | S::Located, Act::CloseReturned) => S::ClosedReturned,
            (S::HitConfirmed | S::Located, Act::CloseEvidence) => S::ClosedEvidence,
            (S::HitConfirmed | S::Located, Act::CloseDestroyed) => S::ClosedDestroyed,
            (state, act) => return Err(NotNow { state, act }),
        };
        Ok(next)
    }

    /// The acts that have a place now, in the order of the vocabulary.
    pub fn acts(self) -> impl Iterator<Item = Act> {
        Act::ALL.iter().copied().filter(move |act| self.after(*act).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn life_of_a_stolen_firearm_that_is_found() {
        let mut state = RecordState::Ready;
        for act in [Act::Approve, Act::Amend, Act::Hit, Act::ConfirmHit, Act::Locate, Act::CloseReturned] {
            state = state.after(act).unwrap_or_else(|fault| panic!("{fault}"));
        }
        assert_eq!(state, RecordState::ClosedReturned);
    }

    #[test]
    fn nothing_changes_a_record_whose_life_has_ended() {
        for state in RecordState::ALL.iter().filter(|state| state.is_final()) {
            assert_eq!(state.acts().count(), 0, "{state} still allows an act");
        }
    }

    #[test]
    fn rejected_hit_leaves_the_record_in_force() {
        assert_eq!(RecordState::HitPending.after(Act::RejectHit), Ok(RecordState::Active));
    }

    #[test]
    fn an_unapproved_record_is_not_in_force() {
        assert!(!RecordState::Ready.is_in_force());
        assert!(RecordState::Ready.after(Act::Locate).is_err());
    }
}
