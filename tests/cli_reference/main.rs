//! `reference` over the real binary: identify, compare, show; lists brought in beside the table, seen everywhere, and removed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

mod entries;
mod lists;

struct Workspace(tempfile::TempDir);

impl Workspace {
    fn new() -> Self {
        let workspace = Self(tempfile::tempdir().unwrap());
        let folder = workspace.0.path().join("workspace");
        let folder = folder.to_str().unwrap();
        let made = workspace.run(&["init", folder, "--office", "NCB Madrid", "--country", "ES"]);
        assert_eq!(made.0, 0, "{}", made.2);
        workspace
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_headstamp"));
        command
            .args(arguments)
            .env("HEADSTAMP_WORKSPACE", self.0.path().join("workspace"))
            .env("HEADSTAMP_OFFICER", "J. Ortega")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Exit code, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output: Output = self.command(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let all: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let (_, out, err) = self.run(&all);
        serde_json::from_str(&out).unwrap_or_else(|fault| panic!("{all:?}: {fault}: {out} {err}"))
    }

    /// The ids that a search finds.
    fn found(&self, text: &str) -> Vec<String> {
        let found = self.json(&["reference", "search", text]);
        found["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect()
    }

    fn acts(&self) -> Vec<String> {
        let (_, out, err) = self.run(&["journal", "show", "--json"]);
        let entries: Value =
            serde_json::from_str(&out).unwrap_or_else(|fault| panic!("{fault}: {out} {err}"));
        let heads = entries.as_array().unwrap().iter();
        heads.map(|entry| entry["head"]["act"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The finished files of editions.
    fn edition_files(&self) -> Vec<PathBuf> {
        let folder = self.0.path().join("workspace/editions");
        let folders = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        folders
            .filter(|path| path.is_dir())
            .flat_map(|path| fs::read_dir(path).unwrap().flatten())
            .map(|it| it.path())
            .collect()
    }
}

fn rga() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reference/rga.csv")).unwrap()
}

const IMPORT: &[&str] = &["reference", "import", "--purpose", "new list of the year"];

fn import<'a>(more: &[&'a str]) -> Vec<&'a str> {
    IMPORT.iter().copied().chain(more.iter().copied()).collect()
}
