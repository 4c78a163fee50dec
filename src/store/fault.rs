//! How a failed system call becomes an error that says what to do next.

use std::io;
use std::path::Path;

use super::contract::StoreError;

/// What helps when a file of the workspace cannot be read.
pub const READ_HINT: &str = "check the disk and the rights on the folder, then open the workspace again";

/// What helps when a file of the workspace cannot be written.
pub const WRITE_HINT: &str = "free space on the disk or mend its rights, then repeat";

/// The failure of a system call on a file.
pub fn at(what: &'static str, path: &Path, source: io::Error, hint: &'static str) -> StoreError {
    StoreError::Io { what, path: path.to_owned(), source, hint }
}

/// For `map_err`: a failed read.
pub fn reading(path: &Path) -> impl FnOnce(io::Error) -> StoreError + '_ {
    move |source| at("reading", path, source, READ_HINT)
}

/// For `map_err`: a failed write.
pub fn writing(path: &Path) -> impl FnOnce(io::Error) -> StoreError + '_ {
    move |source| at("writing", path, source, WRITE_HINT)
}
