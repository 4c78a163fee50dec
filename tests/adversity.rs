//! The real program where the world is against it: a full disk, a workspace that cannot be written, a second instance, a clock
//! that jumps back. Each gets a clear error, nothing that was acknowledged is lost, and afterwards it works again.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod program;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use headstamp::desk::{Desk, Opening};
use headstamp::domain::time::FixedClock;
use program::{Workspace, record, run, said};
use serde_json::Value;

const ADD: &str = "record add - --json --approved-by 'M. Ruiz'";

/// Records with serials from `first` on, one a line.
fn lines(first: u32, count: u32) -> String {
    (first..first + count).map(|n| record(&format!("D{n:07}")) + "\n").collect()
}

/// The numbers of the records that an output acknowledges.
fn acknowledged(output: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(output).into_owned();
    let reports = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    reports
        .filter(|report| report["status"] == "saved")
        .map(|report| report["number"].as_str().unwrap().to_owned())
        .collect()
}

fn assert_all_there(folder: &Path, numbers: &[String]) {
    let (desk, notices) = Desk::open(Opening::new(folder)).unwrap();
    for number in numbers {
        let found = desk.store().by_number(number).unwrap();
        assert!(found.is_some(), "{number} was acknowledged and is lost; {notices:?}");
    }
    desk.finish().unwrap();
}

/// The program by way of a shell that first does something to its surroundings.
fn shell(workspace: &Workspace, script: &str, input: &str) -> Output {
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", script])
        .env("PROGRAM", env!("CARGO_BIN_EXE_headstamp"))
        .env("HEADSTAMP_WORKSPACE", workspace.path())
        .env("HEADSTAMP_OFFICER", "J. Ortega");
    run(command, input)
}

#[test]
fn a_file_that_may_not_grow_is_told_and_nothing_acknowledged_is_lost() {
    let workspace = Workspace::new();
    // 2,000 blocks of 512 bytes (1,024 in some shells); without the trap the system would kill the program instead of telling it.
    let script = format!("trap '' XFSZ; ulimit -f 2000; exec \"$PROGRAM\" {ADD}");
    let limited = shell(&workspace, &script, &lines(0, 5_000));
    let kept = acknowledged(&limited.stdout);
    let error = String::from_utf8_lossy(&limited.stderr).into_owned();
    assert!(!limited.status.success(), "5,000 records fitted into the limit: {error}");
    assert!(error.contains("Nothing that was confirmed is lost"), "{error}");
    assert!(!kept.is_empty() && kept.len() < 5_000, "{} were acknowledged: {error}", kept.len());
    assert_all_there(workspace.path(), &kept);
    let verified = workspace.run(&["journal", "verify", "--json"], "");
    assert!(verified.status.success(), "{}", said(&verified));
    let more = workspace.run(&["record", "add", "-", "--json"], &lines(10_000, 100));
    assert_eq!(acknowledged(&more.stdout).len(), 100, "{}", said(&more));
}

/// Whether this machine lets us mount in a namespace of our own, with root's rights or without.
fn may_mount() -> bool {
    let probe = "mount -t tmpfs none /mnt";
    let tried = Command::new("unshare").args(["--map-root-user", "--mount", "/bin/sh", "-c", probe]).output();
    tried.is_ok_and(|output| output.status.success())
}

/// As [`shell`], in a mount namespace of its own.
fn namespace(workspace: &Workspace, script: &str, input: &str) -> Output {
    let mut command = Command::new("unshare");
    command
        .args(["--map-root-user", "--mount", "/bin/sh", "-e", "-c", script])
        .env("PROGRAM", env!("CARGO_BIN_EXE_headstamp"))
        .env("HEADSTAMP_WORKSPACE", workspace.path().join("disk"))
        .env("HEADSTAMP_OFFICER", "J. Ortega")
        .current_dir(workspace.path());
    run(command, input)
}

#[test]
fn a_full_disk_is_told_nothing_acknowledged_is_lost_and_with_room_it_goes_on() {
    if !may_mount() {
        println!("NOT RUN: this machine lets no small disk be mounted (unshare --map-root-user --mount)");
        return;
    }
    let outer = Workspace::new();
    std::fs::write(outer.path().join("more"), lines(50_000, 200)).unwrap();
    let script = format!(
        "mkdir disk; mount -t tmpfs -o size=12m none disk; \
         \"$PROGRAM\" init disk --office 'NCB Madrid' --country ES >init.out; \
         \"$PROGRAM\" {ADD} >first.out 2>first.err && exit 9; \
         df disk >&2; \
         mount -o remount,size=200m disk; \
         \"$PROGRAM\" journal verify >verify.out 2>&1; \
         \"$PROGRAM\" {ADD} <more >second.out 2>second.err; \
         \"$PROGRAM\" journal verify >>verify.out 2>&1; \
         cp -r disk copy"
    );
    let output = namespace(&outer, &script, &lines(0, 20_000));
    let read = |name: &str| std::fs::read_to_string(outer.path().join(name)).unwrap_or_default();
    let told = read("first.err");
    assert!(
        output.status.success(),
        "{} {told} {} {}",
        said(&output),
        read("verify.out"),
        read("second.err")
    );
    assert!(told.contains("Nothing that was confirmed is lost"), "{told}");
    let mut kept = acknowledged(read("first.out").as_bytes());
    assert!(!kept.is_empty() && kept.len() < 20_000, "{} were acknowledged: {told}", kept.len());
    let after = acknowledged(read("second.out").as_bytes());
    assert_eq!(after.len(), 200, "{}", read("second.err"));
    kept.extend(after);
    assert_all_there(&outer.path().join("copy"), &kept);
}

#[test]
fn a_workspace_that_cannot_be_written_is_told_and_can_be_read() {
    if !may_mount() {
        println!("NOT RUN: this machine lets nothing be mounted read-only (unshare --map-root-user --mount)");
        return;
    }
    let outer = Workspace::new();
    std::fs::write(outer.path().join("one"), lines(7, 1)).unwrap();
    let script = format!(
        "\"$PROGRAM\" init disk --office 'NCB Madrid' --country ES >init.out; \
         \"$PROGRAM\" {ADD} <one >one.out; \
         mount --bind disk disk; mount -o remount,ro,bind disk; \
         \"$PROGRAM\" {ADD} <one >add.out 2>add.err && exit 9; \
         \"$PROGRAM\" --read-only record add - <one >ro.out 2>ro.err && exit 8; \
         \"$PROGRAM\" --read-only record list --json >list.out 2>list.err"
    );
    let output = namespace(&outer, &script, "");
    let read = |name: &str| std::fs::read_to_string(outer.path().join(name)).unwrap_or_default();
    assert!(output.status.success(), "{} {}", said(&output), read("list.err"));
    assert!(read("add.err").contains("--read-only"), "{}", read("add.err"));
    assert!(read("ro.err").contains("read-only: nothing was changed"), "{}", read("ro.err"));
    let listed: Value = serde_json::from_str(&read("list.out")).unwrap();
    assert_eq!(listed[0]["serial"], "D0000007", "{listed}");
}

#[test]
fn a_second_instance_is_told_who_works_there_and_may_look() {
    let workspace = Workspace::new();
    let mut first = workspace
        .command(&["record", "add", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = first.stdin.take().unwrap();
    writeln!(input, "{}", record("E0000001")).unwrap();
    let mut reports = BufReader::new(first.stdout.take().unwrap()).lines();
    let report = reports.next().unwrap().unwrap();
    assert!(report.contains("\"saved\""), "{report}");

    let second = workspace.run(&["record", "add", "-"], &record("E0000002"));
    assert_eq!(second.status.code(), Some(5), "{}", said(&second));
    assert!(said(&second).contains("J. Ortega") && said(&second).contains("process"), "{}", said(&second));
    let number = serde_json::from_str::<Value>(&report).unwrap()["number"].as_str().unwrap().to_owned();
    let shown = workspace.run(&["--read-only", "record", "show", &number], "");
    assert!(shown.status.success() && said(&shown).contains("E0000001"), "{}", said(&shown));

    writeln!(input, "{}", record("E0000003")).unwrap();
    drop(input);
    assert!(reports.next().unwrap().unwrap().contains("\"saved\""));
    assert!(first.wait().unwrap().success());
    let third = workspace.run(&["record", "add", "-"], &record("E0000002"));
    assert!(third.status.success(), "{}", said(&third));
}

#[test]
fn a_clock_that_stands_before_the_last_entry_loses_nothing_and_keeps_the_order() {
    let workspace = Workspace::new();
    let (desk, _) = Desk::open(Opening {
        clock: Arc::new(FixedClock("2094-01-01T00:00:00Z".parse().unwrap())),
        ..Opening::new(workspace.path())
    })
    .unwrap();
    desk.take_over(headstamp::desk::demo::records(5, 20).collect(), "from a machine with another clock")
        .unwrap();
    let before = desk.status().records;
    desk.finish().unwrap();
    drop(desk);
    let added = workspace.run(&["record", "add", "-", "--json"], &lines(0, 3));
    let kept = acknowledged(&added.stdout);
    assert_eq!(kept.len(), 3, "{}", said(&added));
    let verified = workspace.run(&["journal", "verify", "--json"], "");
    assert!(verified.status.success(), "{}", said(&verified));
    let report: Value = serde_json::from_slice(&verified.stdout).unwrap();
    assert_eq!(report["entries"].as_u64(), Some(before + 3), "{report}");
    assert_all_there(workspace.path(), &kept);
}
