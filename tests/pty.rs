//! The real program in a real terminal: it opens, answers keys, survives what people do to it, and gives the terminal back.
#![cfg(unix)]
// Helpers of tests are tests too, but clippy knows only functions marked so.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take, on a machine that does ten other things.
const PATIENCE: Duration = Duration::from_secs(60);

struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Mutex<(vt100::Parser, Vec<u8>)>>,
    _folder: tempfile::TempDir,
}

impl Terminal {
    fn start(arguments: &[&str]) -> Self {
        Self::start_program(env!("CARGO_BIN_EXE_headstamp"), arguments)
    }

    fn start_program(program: &str, arguments: &[&str]) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        for (name, value) in
            [("TERM", "xterm-256color"), ("HOME", folder.path().to_str().unwrap()), ("TZ", "UTC")]
        {
            command.env(name, value);
        }
        for name in
            ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "HEADSTAMP_WORKSPACE", "HEADSTAMP_CONFIG", "NO_COLOR"]
        {
            command.env_remove(name);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new((vt100::Parser::new(24, 80, 0), Vec::new())));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let sink = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4_096];
            // The read fails when the program has ended and its side is closed.
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                let mut seen = sink.lock().unwrap();
                seen.0.process(&bytes[..count]);
                seen.1.extend_from_slice(&bytes[..count]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self { master: pair.master, writer, child, seen, _folder: folder }
    }

    fn screen(&self) -> String {
        self.seen.lock().unwrap().0.screen().contents()
    }

    fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn wait_for(&self, text: &str) {
        let begun = Instant::now();
        while !self.screen().contains(text) {
            assert!(begun.elapsed() < PATIENCE, "`{text}` did not come:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits for the end; the exit code.
    fn end(&mut self) -> u32 {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What was written last may still be on its way.
                std::thread::sleep(Duration::from_millis(200));
                return status.exit_code();
            }
            assert!(begun.elapsed() < PATIENCE, "it did not end:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn assert_given_back(&self) {
        let sent = String::from_utf8_lossy(&self.seen.lock().unwrap().1).into_owned();
        for (what, on, off) in [
            ("the alternate screen", "\x1b[?1049h", "\x1b[?1049l"),
            ("bracketed paste", "\x1b[?2004h", "\x1b[?2004l"),
        ] {
            assert!(sent.rfind(off) > sent.rfind(on), "{what} was not given back");
        }
        assert!(sent.rfind("\x1b[?25h") > sent.rfind("\x1b[?25l"), "the cursor stays hidden");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // After a failed test the program must not stay; after a good one it has ended.
        let _ = self.child.kill();
    }
}

#[test]
fn demo_opens_says_that_it_is_one_and_quits() {
    let mut terminal = Terminal::start(&["demo", "--records", "200"]);
    terminal.wait_for("200 records");
    let screens = [("gl", "Records"), ("gj", "Journal"), ("gb", "Jobs"), ("g?", "Help"), ("gh", "Home")];
    for (keys, name) in screens {
        terminal.press(keys);
        terminal.wait_for(&format!("Headstamp  {name}  DEMO"));
    }
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_check_in_the_real_program_leaves_its_proof() {
    let mut terminal = Terminal::start(&["demo", "--records", "200"]);
    terminal.wait_for("200 records");
    terminal.press("c");
    terminal.wait_for("as stamped");
    terminal.press("QQ99887\t\t\t\tDP-1\r");
    terminal.wait_for("No hit");
    terminal.wait_for("CH-2026-");
    // Ctrl-Q also ends it where a line is typed in.
    terminal.press("\x11");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

#[test]
fn ctrl_c_and_wrong_keys_leave_it_running_and_resizing_draws_again() {
    let mut terminal = Terminal::start(&["demo", "--records", "200"]);
    terminal.wait_for("200 records");
    terminal.press("\x03\x03§§");
    terminal.wait_for("does nothing here");
    let small = PtySize { rows: 10, cols: 40, pixel_width: 0, pixel_height: 0 };
    terminal.seen.lock().unwrap().0.screen_mut().set_size(10, 40);
    terminal.master.resize(small).unwrap();
    terminal.wait_for("Headstamp needs");
    let large = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
    terminal.seen.lock().unwrap().0.screen_mut().set_size(40, 120);
    terminal.master.resize(large).unwrap();
    terminal.wait_for("200 records");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_dropped_line_ends_it_with_the_terminal_given_back() {
    let mut terminal = Terminal::start(&["demo", "--records", "200"]);
    terminal.wait_for("200 records");
    let process = terminal.child.process_id().unwrap();
    let sent = std::process::Command::new("kill").args(["-TERM", &process.to_string()]).status().unwrap();
    assert!(sent.success());
    assert_eq!(terminal.end(), 128 + 15);
    terminal.assert_given_back();
}

#[test]
fn the_first_run_asks_who_works_here_and_makes_the_workspace() {
    let mut terminal = Terminal::start(&[]);
    terminal.wait_for("Who works here?");
    terminal.press("NCB Tirana\rAL\rE. Hoxha\r");
    terminal.wait_for("NCB Tirana (AL)");
    terminal.wait_for("Nothing waits for you");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_broken_keymap_of_the_user_is_named_and_the_default_works() {
    let config = tempfile::tempdir().unwrap();
    std::fs::write(config.path().join("keymap.toml"), "[global]\nkeymap = [{ on = \"q\", run = \"fly\" }]\n")
        .unwrap();
    // The child takes the folder from its environment; the test's own is not changed.
    let mut terminal = {
        let arguments = [
            "-c".to_owned(),
            format!(
                "HEADSTAMP_CONFIG='{}' exec '{}' demo --records 200",
                config.path().display(),
                env!("CARGO_BIN_EXE_headstamp")
            ),
        ];
        Terminal::start_program("/bin/sh", &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    terminal.wait_for("there is no command “fly”");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn identify_without_answers_asks_line_by_line_on_any_terminal() {
    let mut terminal = Terminal::start(&["reference", "identify"]);
    terminal.wait_for("narrows it most");
    terminal.press("type\r");
    terminal.wait_for("What kind of firearm is it?");
    terminal.press("1\r");
    terminal.wait_for("leaves");
    terminal.press("u\r");
    terminal.wait_for("What kind of firearm is it?");
    terminal.press("?\r");
    terminal.wait_for("cannot be told");
    // The end of the input is an end like any other.
    terminal.press("\x04");
    terminal.wait_for("headstamp reference identify --type '?'");
    assert_eq!(terminal.end(), 0);
    let sent = String::from_utf8_lossy(&terminal.seen.lock().unwrap().1).into_owned();
    assert!(!sent.contains('\x1b'), "a terminal that knows no control sequence will do");
}
