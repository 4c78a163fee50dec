//! The log: a file, never the terminal, which belongs to the screen. It holds what failed and when, and no case data.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

/// Where what went wrong is written. Cloning shares it; without a file it keeps nothing.
#[derive(Debug, Clone, Default)]
pub struct Log(Option<Arc<Mutex<File>>>);

impl Log {
    /// A log in a folder, which is made where it is not there. Where that fails there is no log: no reason not to work.
    pub fn in_folder(folder: &Path) -> Self {
        let made = std::fs::create_dir_all(folder);
        let opened = made
            .and_then(|()| OpenOptions::new().create(true).append(true).open(folder.join("headstamp.log")));
        Self(opened.ok().map(|file| Arc::new(Mutex::new(file))))
    }

    /// Writes one line.
    pub fn write(&self, at: Timestamp, what: &str) {
        let Some(file) = &self.0 else { return };
        let line = crate::domain::text::printable(what);
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        // A log that cannot be written must not stop the work it tells of.
        let _ = writeln!(file, "{at} {line}");
    }
}
