//! How a failed system call becomes an error that says what to do next.

use std::io;
use std::path::Path;

use super::contract::StoreError;
use crate::locale::Message;

/// What helps when a file of the workspace cannot be read; the key of its words.
pub const READ_HINT: &str = "hint-read";

/// What helps when a file of the workspace cannot be written; the key of its words.
pub const WRITE_HINT: &str = "hint-write";

/// What is wrong, said: the words of a key without facts, to stand in the sentence of an error.
pub fn reason(key: &str) -> String {
    Message::new(key).to_string()
}

/// The failure of a system call on a file.
pub fn at(what: &'static str, path: &Path, source: io::Error, hint: &'static str) -> StoreError {
    StoreError::Io { what, path: path.to_owned(), source, hint }
}

/// For `map_err`: a failed read.
pub fn reading(path: &Path) -> impl FnOnce(io::Error) -> StoreError + '_ {
    move |source| at("doing-read", path, source, READ_HINT)
}

/// For `map_err`: a failed write.
pub fn writing(path: &Path) -> impl FnOnce(io::Error) -> StoreError + '_ {
    move |source| at("doing-write", path, source, WRITE_HINT)
}

/// A file of the state that is not what was written.
pub fn damaged_state(path: &Path) -> StoreError {
    StoreError::State(Message::new("fault-state-file").with("path", path.display().to_string()).to_string())
}
