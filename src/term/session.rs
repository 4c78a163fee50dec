//! The terminal while we have it, and its way back to the shell: on leaving, on a panic, and around a suspension.

use std::io::{self, Write as _};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// Alternate screen, autowrap off (a character in the last column never scrolls), bracketed paste.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?7l\x1b[?2004h";
/// The same undone: a frame that was begun is ended, the pen reset, the cursor shown.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";

/// Whether the terminal is ours at this moment, so that it is given back once and only then.
static OURS: AtomicBool = AtomicBool::new(false);

/// The terminal is ours for as long as this lives.
#[derive(Debug)]
pub struct Session(());

impl Session {
    /// Takes the terminal. A panic anywhere gives it back before its message is printed.
    pub fn begin() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let earlier = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                // A job's panic is caught, told on the screen and written to the log: the screen stays.
                let on_job = std::thread::current().name().is_some_and(|name| name.starts_with("job-"));
                if !on_job {
                    restore();
                    earlier(panic);
                }
            }));
        });
        take()?;
        Ok(Self(()))
    }

    /// Gives the terminal to the shell, stops the process as the shell's job control does, and takes it again afterwards.
    #[allow(clippy::unused_self, reason = "only who holds the session may give the terminal away")]
    pub fn suspend(&self) -> io::Result<()> {
        restore();
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        take()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    OURS.store(true, Ordering::SeqCst);
    let mut out = io::stdout();
    out.write_all(ENTER)?;
    out.flush()
}

/// Gives the terminal back. What fails here has no one to be told any more.
fn restore() {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = out.write_all(LEAVE).and_then(|()| out.flush());
    let _ = disable_raw_mode();
}
