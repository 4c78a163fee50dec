//! Why a search or the index could not do it.

use std::path::{Path, PathBuf};

/// What went wrong, what was kept and what to do next. The index is a projection: nothing here loses a record.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Nobody waits for the answer any more.
    #[error("the search was stopped")]
    Cancelled,
    /// Another process writes this index.
    #[error(
        "the index at {} is being written by another process: close it there, or open the workspace read-only",
        shown(path)
    )]
    InUse {
        /// The folder of the index.
        path: PathBuf,
    },
    /// The index was opened to read.
    #[error("the index is open read-only: nothing was changed")]
    ReadOnly,
    /// The disk or the file system refused.
    #[error(
        "{what} at {}: {source}. The records themselves are not touched; free space or permissions, then repeat",
        shown(path)
    )]
    Io {
        /// What was being done.
        what: &'static str,
        /// The folder of the index.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The index is not what was written.
    #[error(
        "the index is damaged ({0}): open it again to set it aside and follow the journal anew, or run `headstamp rebuild`"
    )]
    Damaged(String),
}

impl SearchError {
    /// The same error, naming the folder where it did not know it.
    pub(super) fn at(mut self, folder: &Path) -> Self {
        if let Self::InUse { path } | Self::Io { path, .. } = &mut self
            && path.as_os_str().is_empty()
        {
            folder.clone_into(path);
        }
        self
    }
}

fn shown(path: &Path) -> String {
    if path.as_os_str().is_empty() { "its folder".to_owned() } else { path.display().to_string() }
}
