//! Test data that lie beside the checkout and never in it.

use std::path::{Path, PathBuf};

/// A file or folder of the shared data; `None`, said plainly, when it is not there.
pub fn path(relative: &str) -> Option<PathBuf> {
    let root = std::env::var_os("HEADSTAMP_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("data").join(relative);
    if path.exists() {
        return Some(path);
    }
    println!("NOT RUN: {} is not there (set HEADSTAMP_SHARED)", path.display());
    None
}
