//! What can happen to the application.

use jiff::Timestamp;

use super::geometry::Size;
use super::key::Key;
use super::task::{Loaded, Task};
use crate::jobs::JobInfo;
use crate::locale::Message;

/// One thing that happened: a key, a result, time.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resize(Size),
    /// Time has passed.
    Tick(Timestamp),
    /// A job brought what was asked for.
    Loaded(Loaded),
    /// The desk would not: what was asked, and why not with what to do next.
    Failed {
        /// What was asked.
        task: Task,
        /// Why not.
        why: Message,
    },
    /// A job broke down; the log says where.
    Broken(Message),
    /// The workspace is open, with the sentences that tell what was found and mended; or why it could not be opened.
    Opened(Result<Vec<String>, Message>),
    /// The end is near: the line dropped, or the system asks. What is typed is to be kept.
    Leaving,
    /// The list of jobs changed.
    Jobs(Vec<JobInfo>),
    /// So many bytes were sent for the last frame, and in all.
    Sent {
        /// For the last frame.
        frame: u64,
        /// Since the start.
        total: u64,
    },
}
