//! One record: its fields, its history, what is related to it.

use crate::desk::RecordView;

/// What the record screen holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecordScreen {
    /// The record; `None` until it is here.
    pub view: Option<Box<RecordView>>,
    /// The first line that is seen.
    pub top: u16,
}
