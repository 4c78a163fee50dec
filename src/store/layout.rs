//! Where everything of a workspace lies; no other module of the house joins these names.
//!
//! ```text
//! workspace.toml  lock  journal/000001.jsonl …  state/  set-aside/  index/  gallery/  blobs/  editions/  mappings/  logs/
//! ```
//!
//! `state/`, `index/` and `gallery/` are projections: each may be deleted and is rebuilt. Nothing is created here.

use std::path::{Path, PathBuf};

/// The folder of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The workspace in a folder, whether it exists or not.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a workspace was made here: its journal has a folder.
    pub fn exists(&self) -> bool {
        self.journal().is_dir()
    }

    /// Office, country and officer, written by the desk.
    pub fn settings(&self) -> PathBuf {
        self.root.join("workspace.toml")
    }

    /// Who owns the workspace at present.
    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// The truth.
    pub fn journal(&self) -> PathBuf {
        self.root.join("journal")
    }

    /// All that the store derives from the journal; may be deleted.
    pub fn state(&self) -> PathBuf {
        self.root.join("state")
    }

    /// Damaged files, moved out of the way and kept for a look.
    pub fn set_aside(&self) -> PathBuf {
        self.root.join("set-aside")
    }

    /// The full-text index, owned by `search`; may be deleted.
    pub fn index(&self) -> PathBuf {
        self.root.join("index")
    }

    /// Signatures of cartridge cases; may be deleted.
    pub fn gallery(&self) -> PathBuf {
        self.root.join("gallery")
    }

    /// Files by their hash.
    pub fn blobs(&self) -> PathBuf {
        self.root.join("blobs")
    }

    /// Lists that were imported beside the reference table, by their hash.
    pub fn editions(&self) -> PathBuf {
        self.root.join("editions")
    }

    /// How columns of lists are read, saved for next time; settings of the user's.
    pub fn mappings(&self) -> PathBuf {
        self.root.join("mappings")
    }

    /// What the program wrote about itself.
    pub fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }
}
