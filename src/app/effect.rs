//! What `update` wants done outside of itself. `term` does it; a test may look at it instead.

use super::setup::Setup;
use super::task::Task;
use crate::jobs::JobId;

/// One thing to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the desk, as a job; the answer comes as an action.
    Run(Task),
    /// Ask a job to stop.
    Cancel(JobId),
    /// Paint the whole screen again: something else wrote on it.
    Repaint,
    /// Give the terminal back to the shell until it is called again.
    Suspend,
    /// Make the workspace of the first run.
    Found(Setup),
    /// End, after everything that writes has ended.
    Quit,
}
