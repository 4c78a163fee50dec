//! The real program on a workspace of its own, for tests that start it.
#![allow(
    clippy::unwrap_used,
    dead_code,
    reason = "helpers of tests fail as tests do; not every test uses all"
)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::json;

/// A workspace that the program made.
pub struct Workspace(tempfile::TempDir);

impl Workspace {
    pub fn new() -> Self {
        let workspace = Self(tempfile::tempdir().unwrap());
        let folder = workspace.path().to_str().unwrap().to_owned();
        let made = workspace.run(&["init", &folder, "--office", "NCB Madrid", "--country", "ES"], "");
        assert!(made.status.success(), "{}", said(&made));
        workspace
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The program, ready to start on this workspace.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_headstamp"));
        command.args(arguments).env("HEADSTAMP_WORKSPACE", self.path()).env("HEADSTAMP_OFFICER", "J. Ortega");
        command
    }

    /// Runs it to its end with this input.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        run(self.command(arguments), input)
    }
}

/// Runs a command to its end with this input.
pub fn run(mut command: Command, input: &str) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // Written beside the reading of what it prints, or both would wait; one that fails reads no more, which is no fault here.
    let feeder = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

/// Everything it printed.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The JSON of a record with this serial number, on one line.
pub fn record(serial: &str) -> String {
    json!({
        "firearm": {
            "serial": serial, "make": "Zastava", "model": "M70", "calibre": ".32 ACP", "type": "pistol_semi",
            "made_in": "RS", "import_country": "ES",
        },
        "reason": "stolen",
        "event": {"date": "2024-03-02", "country": "BE", "place": "Liège, rue Haute"},
        "case_ref": "LI.36-1", "agency": "Police", "contact": {"unit": "desk"},
        "source_grade": "B", "information_grade": "2",
    })
    .to_string()
}
