//! Work that must not wait on the keyboard's thread: a pool, single-slot jobs of which the newest wins, cancellation, progress.
//!
//! It knows nothing of what the work is: a job is a function that returns a message. It keeps no result and retries nothing.
//! Called by `term`, which turns the effects of `app` into jobs.

mod list;
mod pool;
mod token;

pub use list::{JobId, JobInfo, JobState};
pub use pool::{Lane, Pool};
pub use token::Token;
