//! Lists brought in beside the reference table at the screen: chosen, looked at, imported, refused rows kept, taken away.

// Helpers of tests are tests too, but clippy knows only functions marked so.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod ui_support;

use std::fs;
use std::path::{Path, PathBuf};

use headstamp::app::screen::import::Stage;
use headstamp::app::task::Task;
use headstamp::app::{Action, Effect, update};
use tempfile::TempDir;
use ui_support::Bench;

/// A folder with a list in it, of whose rows some are refused.
fn list() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reference/rga.csv"), &path).unwrap();
    (folder, path)
}

/// Types the path and takes it.
fn choose(bench: &mut Bench, path: &Path) {
    bench.keys("gma").act(Action::Paste(path.display().to_string()));
    bench.keys("<enter>");
}

#[test]
fn without_editions_it_says_how_to_begin() {
    let mut bench = Bench::open();
    bench.keys("gm");
    assert_screen!("import-empty-80x24", bench);
    bench.shows("No list is imported yet").shows("chooses a file");
    bench.keys("x").shows("There is no edition to take away");
}

#[test]
fn a_path_is_completed_folder_by_folder() {
    let (folder, path) = list();
    fs::create_dir(folder.path().join("lists")).unwrap();
    let mut bench = Bench::open();
    let begun = format!("{}/li", folder.path().display());
    bench.keys("gma").act(Action::Paste(begun)).shows("lists/").shows("list.csv");
    bench.keys("<tab>");
    assert_eq!(bench.app.import.line.text(), format!("{}/lists/", folder.path().display()));
    bench.shows("Nothing here begins so");
    bench.keys("<c-u>").act(Action::Paste(path.display().to_string())).keys("<enter>");
    assert!(matches!(bench.app.import.stage, Stage::Preview(_)), "{:?}", bench.app.import.stage);
}

#[test]
fn a_folder_that_is_not_there_is_named_with_the_reason() {
    let mut bench = Bench::open();
    bench.keys("gma").act(Action::Paste("/no/such/folder/list.csv".into())).shows("/no/such/folder");
    bench.keys("<enter>").shows("is no file");
}

#[test]
fn a_preview_says_what_will_happen_and_changes_nothing() {
    let (_folder, path) = list();
    let mut bench = Bench::open();
    let before = bench.desk.as_ref().unwrap().status().seq;
    choose(&mut bench, &path);
    bench.shows("Nothing is imported yet").shows("entries:").shows("Columns");
    assert_eq!(bench.desk.as_ref().unwrap().status().seq, before);
    bench.keys("<esc>");
    assert_eq!(bench.app.import.stage, Stage::Choosing);
    bench.keys("<esc>");
    assert_eq!(bench.app.import.stage, Stage::Editions);
}

#[test]
fn a_list_is_imported_found_and_taken_away_again() {
    let (_folder, path) = list();
    let mut bench = Bench::open();
    choose(&mut bench, &path);
    bench.keys("<enter>").shows("Import the list");
    bench.keys("yesterday<enter>compare with ours<enter>").shows("“yesterday” is not a date");
    bench.keys("<c-u>2024-05<enter>").shows("is beside the table");
    let Stage::Done(done) = bench.app.import.stage.clone() else { panic!("{:?}", bench.app.import.stage) };
    let name = done.looked.preview.name.clone();
    let found: Vec<String> =
        bench.desk.as_ref().unwrap().table().reference().editions().iter().map(ToString::to_string).collect();
    assert!(found.contains(&name), "{found:?}");
    bench.keys("<esc>").shows(&name).shows("2024-05");
    bench.keys("xno longer valid<tab>another<enter>").shows("nothing is taken away");
    bench.keys("<c-u>").act(Action::Paste(name.clone())).keys("<enter>").shows("is taken away");
    assert!(bench.desk.as_ref().unwrap().editions().unwrap().is_empty());
    bench.shows("No list is imported yet");
}

#[test]
fn refused_rows_are_told_and_written_beside_the_list_with_their_reasons() {
    let (folder, path) = list();
    let mut bench = Bench::open();
    choose(&mut bench, &path);
    let Stage::Preview(looked) = bench.app.import.stage.clone() else {
        panic!("{:?}: {}", bench.app.import.stage, bench.screen())
    };
    assert!(looked.preview.tally.refused > 0, "{:?}", looked.preview.tally);
    assert_eq!(looked.refused.len() as u64, looked.preview.tally.refused);
    bench.resize(120, 40);
    bench.keys("<enter>?<enter>test of refusals<enter>").shows("list.refused.csv");
    let written = fs::read_to_string(folder.path().join("list.refused.csv")).unwrap();
    assert!(written.contains("refused_reason") && written.contains("000008"), "{written}");
}

#[test]
fn an_import_that_runs_shows_how_far_it_is_and_can_be_stopped() {
    let (_folder, path) = list();
    let mut bench = Bench::open();
    choose(&mut bench, &path);
    bench.keys("<enter>?<enter>");
    // The job is not done at once here: what the screen shows meanwhile is looked at.
    bench.act(Action::Paste("a test".into()));
    let effects =
        update(&mut bench.app, Action::Key(headstamp::app::key::parse_script("<enter>").unwrap()[0]));
    assert!(matches!(effects.as_slice(), [Effect::Run(Task::Import(_))]), "{effects:?}");
    bench.shows("Importing");
    let job = headstamp::jobs::JobInfo {
        id: headstamp::jobs::JobId(7),
        name: "job-import",
        state: headstamp::jobs::JobState::Running,
        done: 40,
        total: 100,
        took: std::time::Duration::from_secs(2),
    };
    bench.act(Action::Jobs(vec![job])).shows("40 %").shows("x stops it");
    bench.keys("x");
    assert_eq!(bench.effects, [Effect::Cancel(headstamp::jobs::JobId(7))]);
}
