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

/// A list that nobody knows: semicolons, Windows-1252, a heading twice, one without words, and words of another language.
fn odd_list() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("arsenal.csv");
    let text = "Nr;Marke;Modell;;Nr;País;Bemerkung\n1;Korth;Sky Hawk;x;K-17;Alemania;schön\n2;Korth;Mongoose;y;K-18;España;\n3;;Ranger;;K-19;;\n";
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

#[test]
fn columns_of_a_list_that_nobody_knows_are_shown_with_guesses() {
    let (_folder, path) = odd_list();
    let mut bench = Bench::open();
    let before = bench.desk.as_ref().unwrap().status().seq;
    choose(&mut bench, &path);
    assert_screen!("mapping-80x24", bench);
    bench.shows("Windows-1252").shows("make ?").shows("[5] Nr").shows("[4] (no heading)").shows("Korth");
    bench.resize(120, 40);
    assert_screen!("mapping-120x40", bench);
    assert_eq!(bench.desk.as_ref().unwrap().status().seq, before, "nothing is written");
    bench.keys("<esc>").shows("arsenal.csv");
    assert_eq!(bench.app.import.stage, Stage::Choosing);
}

#[test]
fn meaning_is_chosen_taken_back_and_what_is_needed_is_said() {
    let (_folder, path) = odd_list();
    let mut bench = Bench::open();
    choose(&mut bench, &path);
    bench.keys("<down><enter>").shows("What does this column say?");
    assert_screen!("mapping-choice-80x24", bench);
    bench.keys("<esc><down>x").shows("Still needed: a column for the model");
    bench.keys("p").shows("Still needed");
    assert!(
        !bench.asked.iter().any(|task| matches!(task, Task::PreviewList(list) if list.mapping.is_some()))
    );
    bench.keys("u").shows("Make and model are there");
    bench.keys("u").shows("no change to take back");
    // The model moves to another column, and the one that had it is passed over.
    bench
        .keys("<end><enter><pgup><down><down><down><enter>")
        .shows("model is this column now; Modell is passed over");
}

#[test]
fn list_is_previewed_imported_and_known_next_time_by_a_mapping_that_is_kept() {
    let (folder, path) = odd_list();
    let mut bench = Bench::open();
    choose(&mut bench, &path);
    bench.keys("p").shows("Nothing is imported yet").shows("2 entries");
    let Stage::Preview(looked) = bench.app.import.stage.clone() else {
        panic!("{:?}", bench.app.import.stage)
    };
    assert_eq!((looked.preview.tally.models, looked.preview.tally.refused), (2, 1));
    // Back to its columns and forth again.
    bench.keys("<esc>").shows("first values");
    bench.keys("s").shows("Keep the mapping");
    bench.keys("armoury of the north<enter>").shows("kept as armoury-of-the-north");
    bench.keys("p<enter>?<enter>a test<enter>").shows("is beside the table");
    let found = bench.desk.as_ref().unwrap().table().reference();
    let entry = found.entry("arsenal:1").unwrap();
    assert_eq!((&*entry.make, entry.model.as_str()), ("Korth", "Sky Hawk"));
    assert_eq!(entry.countries.first().map(ToString::to_string).as_deref(), Some("DE"));
    // The next list with these headings is read without being asked.
    let next = folder.path().join("next.csv");
    fs::copy(&path, &next).unwrap();
    bench.keys("<esc>a<c-u>").act(Action::Paste(next.display().to_string()));
    bench.keys("<enter>").shows("Nothing is imported yet").shows("the mapping armoury-of-the-north");
    // Its columns are what was said, and no guesses.
    bench.keys("m").shows("first values");
    assert_eq!(bench.app.mapping.as_ref().unwrap().guesses(), 0);
}

#[test]
fn columns_that_change_in_the_file_keep_what_was_said_of_the_others() {
    let (_folder, path) = odd_list();
    let mut bench = Bench::open();
    choose(&mut bench, &path);
    bench.keys("<down><down>x");
    fs::write(&path, "Marke;Type\nKorth;Sky Hawk\n").unwrap();
    bench.keys("<f5>").shows("column 2 of 2").shows("Still needed: a column for the model");
    bench.keys("<enter><pgup><down><down><down><enter>p").shows("Nothing is imported yet").shows("1 entry");
}

#[test]
fn list_of_many_columns_scrolls_and_one_without_rows_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wide.csv");
    let headings: Vec<String> = (1..=60).map(|at| format!("Spalte {at}")).collect();
    fs::write(&path, headings.join(";")).unwrap();
    let mut bench = Bench::open();
    choose(&mut bench, &path);
    bench.shows("column 1 of 60").shows("no value in the first rows").shows("Still needed");
    bench.keys("<end>").shows("column 60 of 60").shows("Spalte 60");
    bench
        .keys("<enter><pgup><down><enter><up><enter><pgup><down><down><down><enter>")
        .shows("Make and model are there");
    bench.keys("p").shows("No row of this list can be used").shows("more lines below");
    bench.keys("<enter>").shows("nothing would be imported");
    bench.keys("<end>").shows("Spalte 60").shows("goes back up");
    let at_end = bench.screen();
    bench.keys("<pgdn>j");
    assert_eq!(bench.screen(), at_end, "it stops at its end");
    bench.keys("k");
    assert_ne!(bench.screen(), at_end, "one line back is one line back");
}

#[test]
fn preview_scrolls_through_every_refused_row_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("frn.csv");
    let rows = (0..600).map(|at| format!("{at},,model {at}\n")).collect::<Vec<_>>().concat();
    fs::write(&path, format!("frn,make,model\n900,Glock,17\n{rows}")).unwrap();
    let mut bench = Bench::open();
    choose(&mut bench, &path);
    bench.shows("600 rows are refused").shows("line 3: the make is empty").shows("more lines below");
    // A page further the next line is the first: none is left out.
    bench.shows("line 15:");
    bench.keys("<pgdn>").shows("line 16:").shows("line 34:");
    bench.keys("<end>").shows("and 100 more rows").shows("Columns").shows("goes back up");
}

#[test]
fn empty_file_and_a_picture_are_told_and_nothing_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.csv");
    fs::write(&path, "").unwrap();
    let mut bench = Bench::open();
    choose(&mut bench, &path);
    bench.shows("it is empty");
    assert_eq!(bench.app.import.stage, Stage::Choosing);
}
