//! Kills the real program with SIGKILL while it adds records, again and again: whatever it acknowledged on its output must be
//! there afterwards, and the journal must be whole.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod program;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{ChildStdin, Stdio};
use std::time::Duration;

use headstamp::desk::{Desk, ListQuery, Opening};
use program::{Workspace, record, said};
use serde_json::Value;

/// How often the program is killed.
const ROUNDS: u64 = 20;

/// A record's number, and its identifier and revision.
type Acknowledged = BTreeMap<String, (String, String)>;

#[test]
fn what_was_acknowledged_survives_a_kill_at_any_moment() {
    let workspace = Workspace::new();
    let mut acknowledged = Acknowledged::new();
    for round in 0..ROUNDS {
        let before = acknowledged.len();
        add_until_killed(&workspace, round, &mut acknowledged);
        let verified = workspace.run(&["journal", "verify", "--json"], "");
        assert!(verified.status.success(), "round {round}: {}", said(&verified));
        check(&workspace, &acknowledged, round);
        println!(
            "round {round}: {} acknowledged before the kill, all are there",
            acknowledged.len() - before
        );
    }
    let least = 10 * ROUNDS as usize;
    assert!(acknowledged.len() > least, "only {} were acknowledged: little was tested", acknowledged.len());
    println!("{ROUNDS} kills, {} acknowledged records, none lost", acknowledged.len());
}

/// Feeds the program records and kills it some time after its first acknowledgement.
fn add_until_killed(workspace: &Workspace, round: u64, acknowledged: &mut Acknowledged) {
    let mut child = workspace
        .command(&["record", "add", "-", "--json", "--approved-by", "M. Ruiz"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let input = child.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || feed(input, round));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // The clock runs from its first word on, so that a slow machine does not kill it before it has begun.
    let first = lines.next().and_then(Result::ok);
    let reader = std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<String>>());
    std::thread::sleep(Duration::from_millis(scatter(round) % 500));
    child.kill().unwrap();
    let ended = child.wait().unwrap();
    assert!(!ended.success(), "round {round}: it ended by itself");
    feeder.join().unwrap();
    for line in first.into_iter().chain(reader.join().unwrap()) {
        // A line cut short by the kill is no acknowledgement.
        let Ok(report) = serde_json::from_str::<Value>(&line) else { continue };
        assert_eq!(report["status"], "saved", "round {round}: {report}");
        let text = |name: &str| report[name].as_str().unwrap().to_owned();
        acknowledged.insert(text("number"), (text("id"), text("rev")));
    }
}

/// Records until nobody reads them: now one by one, now as fast as they are taken.
fn feed(mut input: ChildStdin, round: u64) {
    for n in 0u64.. {
        let line = record(&format!("K{round:02}{n:07}"));
        if writeln!(input, "{line}").and_then(|()| input.flush()).is_err() {
            return;
        }
        if scatter(n / 50).is_multiple_of(3) {
            std::thread::sleep(Duration::from_micros(scatter(n) % 2_000));
        }
    }
}

fn check(workspace: &Workspace, acknowledged: &Acknowledged, round: u64) {
    let (desk, notices) = Desk::open(Opening::new(workspace.path())).unwrap();
    for (number, (id, rev)) in acknowledged {
        let found = desk.store().by_number(number).unwrap();
        let document = found.and_then(|id| desk.store().document(id).unwrap());
        let there = document.map(|document| (document.id.to_string(), document.rev.0));
        assert_eq!(there, Some((id.clone(), rev.clone())), "round {round}: {number} is lost; {notices:?}");
    }
    // The index, killed as well, follows to the same end.
    let listed = desk.list(&ListQuery::default()).unwrap().total();
    assert_eq!(listed, desk.status().records, "round {round}: {notices:?}");
    desk.finish().unwrap();
}

/// A number that looks like chance but is the same in every run.
fn scatter(n: u64) -> u64 {
    let mut hash = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 27)
}
