//! Long work at the command line: Ctrl-C stops it cleanly, a terminal shows how far it is, files appear whole or not.

use std::fs;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use anyhow::{Context, bail};
use signal_hook::consts::{SIGINT, SIGTERM};

use super::input;

/// Work that listens to Ctrl-C.
pub struct Work {
    stopped: Arc<AtomicBool>,
    /// The last tenth that was shown.
    shown: AtomicUsize,
    what: &'static str,
}

impl Work {
    /// Begins to listen; a second Ctrl-C ends the program at once. `what` names the things that are counted.
    ///
    /// # Errors
    /// When the system grants no signal handler.
    pub fn begin(what: &'static str) -> anyhow::Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // In this order: the second signal finds the flag set by the first.
            signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, stopped.clone())?;
            signal_hook::flag::register(signal, stopped.clone())?;
        }
        Ok(Self { stopped, shown: AtomicUsize::new(0), what })
    }

    /// For [`crate::ballistics::work::Watch`].
    pub fn flag(&self) -> &AtomicBool {
        &self.stopped
    }

    /// Fails once Ctrl-C was pressed.
    ///
    /// # Errors
    /// Then.
    pub fn check(&self) -> anyhow::Result<()> {
        if self.stopped.load(Ordering::Relaxed) {
            bail!("stopped by Ctrl-C or a signal; nothing was left half-written");
        }
        Ok(())
    }

    /// Shows every tenth of long work on a terminal's standard error; nothing elsewhere.
    pub fn report(&self, done: usize, total: usize) {
        const LONG: usize = 50;
        let tenth = (10 * done).checked_div(total).unwrap_or(0);
        if total < LONG || tenth <= self.shown.fetch_max(tenth, Ordering::Relaxed) {
            return;
        }
        let mut out = std::io::stderr().lock();
        if out.is_terminal() {
            // Progress that cannot be shown is no reason to stop.
            drop(writeln!(out, "{done} of {total} {}", self.what));
        }
    }
}

/// Writes a file beside its place and moves it there, so that whoever looks sees the old one or the new one.
///
/// # Errors
/// When the folder cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let told = || format!("{} cannot be written", input::shown(path));
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(told)?;
    file.write_all(bytes).with_context(told)?;
    // A temporary file is the user's alone; the one that stays has the rights of any other new file.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644)).with_context(told)?;
    }
    file.persist(path).map_err(|error| error.error).with_context(told)?;
    Ok(())
}
