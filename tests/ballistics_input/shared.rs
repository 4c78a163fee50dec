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
    say(&format!("NOT RUN: {} is not there (set HEADSTAMP_SHARED)", path.display()));
    None
}

/// Tells a person who runs the tests with `--nocapture` what was measured, or that nothing was.
#[expect(clippy::print_stdout, reason = "a test that did not run must say so")]
pub fn say(text: &str) {
    println!("{text}");
}
