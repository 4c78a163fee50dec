//! Why a search or the index could not do it.

use std::path::{Path, PathBuf};

use crate::locale::Message;

/// What went wrong, what was kept and what to do next. The index is a projection: nothing here loses a record.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
pub enum SearchError {
    /// Nobody waits for the answer any more.
    Cancelled,
    /// Another process writes this index.
    InUse {
        /// The folder of the index.
        path: PathBuf,
    },
    /// The index was opened to read.
    ReadOnly,
    /// The disk or the file system refused.
    Io {
        /// What was being done: the key of its words, such as `doing-index-lock`.
        what: &'static str,
        /// The folder of the index.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The index is not what was written.
    Damaged(String),
}

impl SearchError {
    /// Its sentence, for whoever asked.
    pub fn message(&self) -> Message {
        match self {
            Self::Cancelled => Message::new("search-cancelled"),
            Self::InUse { path } => Message::new("search-in-use").with("path", shown(path)),
            Self::ReadOnly => Message::new("search-read-only"),
            Self::Io { what, path, source } => Message::new("search-io")
                .with("what", Message::new(*what).to_string())
                .with("path", shown(path))
                .with("fault", source.to_string()),
            Self::Damaged(why) => Message::new("search-damaged").with("why", why.as_str()),
        }
    }

    /// The index is not what was written, for the reason said.
    pub(super) fn damaged(why: &Message) -> Self {
        Self::Damaged(why.to_string())
    }

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
    if path.as_os_str().is_empty() {
        Message::new("search-its-folder").to_string()
    } else {
        path.display().to_string()
    }
}
