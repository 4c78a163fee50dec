//! Exhibits of a workspace as a user enters them and looks among them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    /// A workspace, and six synthetic breech faces of three guns beside it.
    fn new() -> Self {
        let office = Self { folder: tempfile::tempdir().expect("a folder") };
        let made = office.run(&[
            "init",
            text(&office.workspace()),
            "--office",
            "NCB Madrid",
            "--country",
            "ES",
            "--officer",
            "J. Ortega",
        ]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let out = office.scans();
        office.json(&[
            "ballistics",
            "synth",
            "--guns",
            "3",
            "--shots",
            "2",
            "--seed",
            "4",
            "--out",
            text(&out),
            "--pitch",
            "20",
        ]);
        office
    }

    fn workspace(&self) -> PathBuf {
        self.folder.path().join("workspace")
    }

    fn scans(&self) -> PathBuf {
        self.folder.path().join("scans")
    }

    fn scan(&self, gun: u32, shot: u32) -> PathBuf {
        self.scans().join(format!("gun{gun:05}-shot{shot:03}.x3p"))
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_headstamp"))
            .args(args)
            .env("HEADSTAMP_WORKSPACE", self.workspace())
            .env_remove("HEADSTAMP_OFFICER")
            .output()
            .expect("the program runs")
    }

    fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat());
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON on standard output")
    }

    /// Enters the first shots of all guns and gives their numbers.
    fn enter(&self, more: &[&str]) -> Vec<String> {
        let scans = [1, 2, 3].map(|gun| self.scan(gun, 1));
        let mut args = vec!["ballistics", "add", "--case", "DP-2026-1182"];
        args.extend(more);
        args.extend(scans.iter().map(|scan| text(scan)));
        let added = self.json(&args);
        let exhibits = added["exhibits"].as_array().expect("a list");
        exhibits.iter().map(|one| one["exhibit"]["number"].as_str().expect("a number").to_owned()).collect()
    }

    fn gallery(&self) -> PathBuf {
        self.workspace().join("gallery/breech-face.gallery")
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

#[test]
fn mate_of_an_entered_case_stands_first_and_the_gallery_is_made_again_from_journal_and_blobs() {
    let office = Office::new();
    let numbers = office.enter(&["--purpose", "shots fired at the port"]);
    assert_eq!(numbers.len(), 3);
    let query = office.scan(2, 2);
    let first = |found: &Value| found["candidates"][0]["exhibit"].as_str().map(str::to_owned);
    let found = office.json(&["ballistics", "rank", text(&query)]);
    assert_eq!(first(&found).as_ref(), Some(&numbers[1]), "{found:#}");
    assert_eq!(found["entries"], 3);
    let itself = office.json(&["ballistics", "rank", text(&office.scan(2, 1))]);
    let listed = itself["candidates"].as_array().expect("a list");
    assert!(
        listed.iter().all(|line| line["exhibit"] != numbers[1].as_str()),
        "a query is no candidate for itself"
    );
    assert_eq!(found["candidates"][0]["case"], "DP-2026-1182");
    assert!(found["candidates"][0]["congruent_cells"].as_u64().is_some_and(|cells| cells > 5), "{found:#}");

    let whole = std::fs::read(office.gallery()).expect("a gallery");
    std::fs::remove_dir_all(office.workspace().join("gallery")).expect("removed");
    assert_eq!(first(&office.json(&["ballistics", "rank", text(&query)])), first(&found));
    assert_eq!(std::fs::read(office.gallery()).expect("a gallery"), whole, "made again to the byte");
    std::fs::write(office.gallery(), &whole[..whole.len() / 2]).expect("cut");
    assert_eq!(first(&office.json(&["ballistics", "rank", text(&query)])), first(&found), "a damaged one");

    // The files may go: the workspace holds its own.
    std::fs::remove_file(office.scan(2, 1)).expect("removed");
    let again = office.json(&["--read-only", "ballistics", "rank", text(&query)]);
    assert_eq!(first(&again), first(&found));
}

#[test]
fn journal_tells_who_entered_which_file_and_a_file_is_entered_once() {
    let office = Office::new();
    let numbers = office.enter(&["--purpose", "shots fired at the port"]);
    assert_eq!(office.enter(&[]), numbers, "the same files of the same case are known");
    let blobs = std::fs::read_dir(office.workspace().join("blobs")).expect("blobs").count();
    assert!((1..=3).contains(&blobs), "{blobs} folders of blobs");
    let journal = String::from_utf8_lossy(&office.run(&["journal", "verify"]).stdout).into_owned();
    assert!(!journal.is_empty());
    let lines: String = std::fs::read_dir(office.workspace().join("journal"))
        .expect("a journal")
        .map(|file| std::fs::read_to_string(file.expect("a file").path()).unwrap_or_default())
        .collect();
    assert_eq!(lines.matches("exhibit.add").count(), 3);
    assert!(lines.contains("shots fired at the port") && lines.contains("J. Ortega"));
}

#[test]
fn another_calibre_or_class_is_left_out_and_an_unknown_one_never() {
    let office = Office::new();
    office.enter(&["--calibre", "9x19", "--firing-pin-shape", "flat"]);
    let admitted = |more: &[&str]| {
        let query = office.scan(1, 2);
        let found = office.json(&[&["ballistics", "rank", text(&query)], more].concat());
        (found["admitted"].as_u64(), found["problems"].as_array().map_or(0, Vec::len))
    };
    assert_eq!(admitted(&[]), (Some(3), 0));
    assert_eq!(admitted(&["--calibre", "9 mm Luger"]), (Some(3), 0), "another spelling of the same");
    assert_eq!(admitted(&["--calibre", ".45 ACP"]), (Some(0), 0));
    assert_eq!(admitted(&["--calibre", "9 parsec"]), (Some(3), 1), "one that no table knows, told");
    assert_eq!(admitted(&["--firing-pin-shape", "elliptical"]), (Some(0), 0));
    assert_eq!(admitted(&["--ignition", "centrefire"]), (Some(3), 0), "what was not stated of them");
}

#[test]
fn files_that_are_no_exhibit_are_refused_and_the_others_entered() {
    let office = Office::new();
    let broken = office.folder.path().join("broken.x3p");
    std::fs::write(&broken, b"no scan").expect("written");
    let scan = office.scan(1, 1);
    let output = office.run(&["ballistics", "add", "--case", "A", text(&broken), text(&scan), "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(told["exhibits"].as_array().map(Vec::len), Some(1));
    assert!(told["refused"][0].as_str().is_some_and(|why| why.contains("broken.x3p")), "{told}");

    let blob = told["exhibits"][0]["exhibit"]["file"].as_str().expect("a hash");
    let path = office.workspace().join("blobs").join(&blob[..2]).join(&blob[2..]);
    std::fs::remove_file(path).expect("removed");
    let query = office.scan(1, 2);
    let found = office.json(&["ballistics", "rank", text(&query)]);
    let problem = found["problems"][0].as_str().expect("a problem");
    assert!(problem.contains("kept file of EX-") && problem.contains("ballistics add"), "{problem}");
}
