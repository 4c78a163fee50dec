//! The command line over the real binary: what an officer or a script types, what is printed, and with which exit code.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const RECORD: &str = r#"{"firearm":{"serial":"C 48113","make":"Zastava","model":"M70","calibre":".32 ACP","type":"pistol_semi","made_in":"RS","import_country":"ES"},"reason":"stolen","event":{"date":"2024-03-02","country":"BE","place":"Liège, rue Haute"},"case_ref":"LI.36-1","agency":"Police","contact":{"unit":"desk"},"source_grade":"B","information_grade":"2"}"#;

struct Workspace(tempfile::TempDir);

impl Workspace {
    fn new() -> Self {
        let workspace = Self(tempfile::tempdir().unwrap());
        let made =
            workspace.run(&["init", workspace.path(), "--office", "NCB Madrid", "--country", "ES"], "");
        assert_eq!(code(&made), 0, "{}", text(&made.stderr));
        workspace
    }

    fn path(&self) -> &str {
        self.0.path().to_str().unwrap()
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        run(self.0.path(), arguments, input)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments, "");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|fault| {
            panic!("{arguments:?}: {fault}: {} {}", text(&output.stdout), text(&output.stderr))
        })
    }
}

fn run(workspace: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_headstamp"))
        .args(arguments)
        .env("HEADSTAMP_WORKSPACE", workspace)
        .env("HEADSTAMP_OFFICER", "J. Ortega")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads no input may be gone before it is written.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn record_is_added_found_shown_amended_and_cancelled() {
    let workspace = Workspace::new();
    let added = workspace.run(&["record", "add", "-", "--json", "--approved-by", "M. Ruiz"], RECORD);
    assert_eq!(code(&added), 0, "{}", text(&added.stderr));
    let report: Value = serde_json::from_slice(&added.stdout).unwrap();
    let number = report["number"].as_str().unwrap();
    let found =
        workspace.json(&["check", "с-48113", "--make", "crvena zastava", "--purpose", "case", "--json"]);
    assert_eq!(
        (&found[0]["grade"], &found[0]["record"]["number"]),
        (&"STRONG".into(), &number.into()),
        "{found}"
    );
    let listed =
        workspace.json(&["record", "search", "make:zastava stolen since:2024 \"rue haute\"", "--json"]);
    assert_eq!(listed[0]["number"], number);
    let amended = workspace.json(&[
        "record",
        "amend",
        number,
        "--set",
        "firearm.serial=48114",
        "--purpose",
        "misread",
        "--json",
    ]);
    assert_eq!(amended["firearm"]["serial"], "48114");
    let shown = workspace.json(&["record", "show", number, "--json"]);
    let fields = shown["history"].as_array().unwrap().last().unwrap()["fields"].as_array().unwrap();
    assert!(
        fields.iter().any(|field| field["path"] == "firearm.serial" && field["old"] == "C 48113"),
        "{fields:?}"
    );
    let cancelled = workspace.run(&["record", "cancel", number, "--reason", "entered twice"], "");
    assert_eq!(code(&cancelled), 0, "{}", text(&cancelled.stderr));
    assert_eq!(workspace.json(&["journal", "verify", "--json"])["damage"], Value::Null);
}

#[test]
fn each_refusal_has_its_exit_code_and_says_what_to_do() {
    let workspace = Workspace::new();
    let broken = RECORD.replace("\"case_ref\":\"LI.36-1\",", "").replace("2024-03-02", "2024-13");
    let cases: &[(&[&str], &str, i32, &str)] = &[
        (&["record", "add", "-"], &broken, 3, "event.date"),
        (&["record", "add", "-"], "{ not json", 3, "not a JSON document"),
        (&["record", "show", "ES-2026-999999"], "", 4, "there is no"),
        (&["check", "--", "--"], "", 2, "--purpose"),
        (&["check", "C[8", "--purpose", "case"], "", 1, "not closed"),
        (&["check", "C 1", "--purpose", "  "], "", 3, "purpose is needed"),
        (&["reference", "show", "no-such-entry"], "", 4, "there is no"),
        (&["no-such-command"], "", 2, "unrecognized"),
    ];
    for (arguments, input, expected, said) in cases {
        let output = workspace.run(arguments, input);
        let all = text(&output.stdout) + &text(&output.stderr);
        assert_eq!(code(&output), *expected, "{arguments:?} said: {all}");
        assert!(all.contains(said), "{arguments:?} does not say `{said}`: {all}");
    }
    let nowhere = run(&workspace.0.path().join("nowhere"), &["record", "list"], "");
    assert_eq!(code(&nowhere), 4, "{}", text(&nowhere.stderr));
}

#[test]
fn broken_line_does_not_stop_the_others_and_is_written_to_the_file_of_refused_rows() {
    let workspace = Workspace::new();
    let second = RECORD.replace("C 48113", "C 48114");
    let refused = workspace.0.path().join("refused.jsonl");
    let input = format!("{RECORD}\n{{broken\n{second}\n");
    let output = workspace.run(&["record", "add", "-", "--refused", refused.to_str().unwrap()], &input);
    assert_eq!(code(&output), 3);
    assert!(text(&output.stdout).contains("line 2: refused"), "{}", text(&output.stdout));
    assert_eq!(workspace.json(&["record", "list", "--json"]).as_array().unwrap().len(), 2);
    assert_eq!(std::fs::read_to_string(refused).unwrap(), "{broken\n");
}

#[test]
fn what_is_exported_can_be_added_elsewhere() {
    let workspace = Workspace::new();
    workspace.run(&["record", "add", "-"], RECORD);
    let exported = workspace.run(&["export", "--jsonl", "--purpose", "copy"], "");
    let other = Workspace::new();
    let added = other.run(&["record", "add", "-"], &text(&exported.stdout));
    assert_eq!(code(&added), 0, "{}", text(&added.stdout));
    let [one, two] = [&workspace, &other]
        .map(|workspace| workspace.json(&["record", "list", "--json"])[0]["serial"].clone());
    assert_eq!(one, two);
}

#[test]
fn rebuilt_workspace_answers_as_before() {
    let workspace = Workspace::new();
    workspace.run(&["record", "add", "-"], RECORD);
    let before = workspace.json(&["record", "list", "--json"]);
    let rebuilt = workspace.run(&["rebuild"], "");
    assert_eq!(code(&rebuilt), 0, "{}", text(&rebuilt.stderr));
    assert_eq!(workspace.json(&["record", "list", "--json"]), before);
}

#[test]
fn changed_byte_in_the_journal_is_named_with_what_is_whole_before_it() {
    let workspace = Workspace::new();
    for serial in ["C 1001", "C 1002", "C 1003"] {
        workspace.run(&["record", "add", "-"], &RECORD.replace("C 48113", serial));
    }
    let path = workspace.0.path().join("journal/000001.jsonl");
    let journal = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, journal.replacen("C 1002", "C 1009", 1)).unwrap();
    let verified = workspace.run(&["journal", "verify", "--json"], "");
    assert_eq!(code(&verified), 6, "{}", text(&verified.stderr));
    let report: Value = serde_json::from_slice(&verified.stdout).unwrap();
    assert_eq!(report["entries"], 1, "{report}");
    assert!(report["damage"].as_str().unwrap().contains("entry 2"), "{report}");
}

#[test]
fn template_is_a_record_that_can_be_added() {
    let workspace = Workspace::new();
    let template = workspace.run(&["record", "add", "--template"], "");
    let added = workspace.run(&["record", "add", "-"], &text(&template.stdout));
    assert_eq!(code(&added), 0, "{}", text(&added.stdout));
}

#[test]
fn no_control_sequence_of_a_record_reaches_the_terminal() {
    let workspace = Workspace::new();
    let hostile =
        RECORD.replace("rue Haute", "rue\\u001b[2J\\u202eHaute").replace("\"M70\"", "\"M\\u009b31m70\"");
    workspace.run(&["record", "add", "-"], &hostile);
    for arguments in [
        &["record", "list"][..],
        &["record", "show", "ES-2026-000001"],
        &["check", "C48113", "--purpose", "x"],
    ] {
        let output = workspace.run(arguments, "");
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(
            !said.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'),
            "{arguments:?}: {said:?}"
        );
    }
}

#[test]
fn completions_and_manual_name_every_command() {
    let workspace = Workspace::new();
    for arguments in [&["completions", "bash"][..], &["man"]] {
        let said = text(&workspace.run(arguments, "").stdout);
        for command in ["check", "record", "reference", "journal", "ballistics", "demo"] {
            assert!(said.contains(command), "{arguments:?} does not name {command}");
        }
    }
}
