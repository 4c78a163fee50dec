//! The commands as a user runs them.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::files::{Xml, six_floats, x3p};

fn headstamp(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_headstamp"))
        .arg("ballistics")
        .args(args)
        .output()
        .expect("the program runs")
}

fn json(args: &[&str]) -> Value {
    let output = headstamp(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

#[test]
fn inspect_tells_units_problems_and_refusals() {
    let folder = tempfile::tempdir().expect("a folder");
    let scan = folder.path().join("scan.x3p");
    std::fs::write(&scan, x3p(&Xml::default(), &six_floats())).expect("written");
    let told = json(&["inspect", text(&scan), "--json"]);
    assert_eq!(told["cols"], 3);
    assert_eq!(told["units"]["x"]["unit"], "metre");
    assert_eq!(told["problems"][0]["problem"]["kind"], "checksum_absent");
    let forced = json(&["inspect", text(&scan), "--json", "--unit", "xy=mm"]);
    assert_eq!(forced["units"]["y"]["source"], "given");
    assert_eq!(headstamp(&["inspect", text(&scan), "--strict"]).status.code(), Some(3));

    let profile = folder.path().join("profile.x3p");
    std::fs::write(&profile, x3p(&Xml { feature: "PRF", ..Xml::default() }, &six_floats())).expect("written");
    for (file, word) in [(profile.as_path(), "a profile"), (Path::new("/nowhere/at/all"), "cannot be opened")]
    {
        let output = headstamp(&["inspect", text(file)]);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(error.contains(word), "{error}");
    }
    assert_eq!(headstamp(&["inspect", text(&scan), "--unit", "furlong"]).status.code(), Some(2));
}

#[test]
fn synthetic_heads_can_be_made_inspected_and_segmented() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = text(folder.path());
    let made = json(&[
        "synth", "--guns", "2", "--shots", "2", "--seed", "5", "--out", out, "--head", "--pitch", "20",
        "--json",
    ]);
    assert_eq!(made["casings"], 4);
    let truth = std::fs::read_to_string(folder.path().join("truth.csv")).expect("the truth");
    let lines: Vec<&str> = truth.lines().collect();
    assert_eq!(
        (lines[0], lines[1], lines[4]),
        ("scan,gun", "gun00001-shot001.x3p,1", "gun00002-shot002.x3p,2")
    );

    let scan = folder.path().join("gun00001-shot001.x3p");
    let (picture, masked) = (folder.path().join("parts.png"), folder.path().join("masked.x3p"));
    let found = json(&["segment", text(&scan), "--out", text(&picture), "--save", text(&masked), "--json"]);
    assert_eq!(found["kind"], "head");
    assert!(found["breech_face_mm2"].as_f64().is_some_and(|area| (2.0..10.0).contains(&area)), "{found}");
    let drawn = image::open(&picture).expect("a picture");
    assert_eq!((drawn.width(), drawn.height()), (280, 280));
    let again = json(&["segment", text(&masked), "--json"]);
    assert_eq!(again["mask_in_file"]["intersection_over_union"], 1.0);

    let drawn = json(&["segment", text(&scan), "--aperture", "2800,2800,1000", "--json"]);
    assert_eq!(drawn["aperture"]["radius"], 1000.0);
    assert_eq!(drawn["notes"][0], "overridden");
    assert_eq!(
        headstamp(&["segment", text(&scan), "--out", text(&scan)]).status.code(),
        Some(1),
        "overwrites its input"
    );
    assert_eq!(headstamp(&["segment", text(&scan), "--pin", "1,2"]).status.code(), Some(2));
}

#[test]
fn synthetic_photographs_state_their_scale_and_the_same_seed_gives_the_same_files() {
    let (first, second) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    for folder in [&first, &second] {
        let out = text(folder.path());
        json(&[
            "synth", "--guns", "1", "--shots", "1", "--seed", "8", "--out", out, "--format", "photo",
            "--pitch", "20", "--json",
        ]);
    }
    let read = |folder: &tempfile::TempDir| {
        std::fs::read(folder.path().join("gun00001-shot001.png")).expect("a picture")
    };
    assert_eq!(read(&first), read(&second));
    let told = json(&["inspect", text(&first.path().join("gun00001-shot001.png")), "--json"]);
    assert_eq!(told["pitch_source"], "pHYs");
}

#[test]
fn help_tells_a_new_user_what_to_do_first() {
    let help = headstamp(&["--help"]);
    let text = String::from_utf8_lossy(&help.stdout).into_owned();
    for step in ["inspect", "segment", "compare", "rank", "add", "synth"] {
        assert!(text.contains(&format!("headstamp ballistics {step} ")), "{step} in {text}");
    }
}

#[test]
fn impossible_numbers_of_casings_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for (guns, shots) in [("0", "3"), ("4000000000", "4000000000")] {
        let output = headstamp(&[
            "synth",
            "--guns",
            guns,
            "--shots",
            shots,
            "--seed",
            "1",
            "--out",
            text(folder.path()),
        ]);
        assert_eq!(output.status.code(), Some(1), "{guns} x {shots}");
    }
}

#[test]
fn firing_pins_have_a_result_of_their_own_or_the_reason_why_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = |name: &str| folder.path().join(name);
    let (heads, faces) = (out("heads"), out("faces"));
    json(&[
        "synth",
        "--guns",
        "1",
        "--shots",
        "2",
        "--seed",
        "21",
        "--out",
        text(&heads),
        "--head",
        "--json",
    ]);
    json(&[
        "synth",
        "--guns",
        "1",
        "--shots",
        "2",
        "--seed",
        "21",
        "--out",
        text(&faces),
        "--pitch",
        "12",
        "--json",
    ]);
    let (first, second) = ("gun00001-shot001.x3p", "gun00001-shot002.x3p");

    let mates = json(&["compare", text(&heads.join(first)), text(&heads.join(second)), "--json"]);
    let pin = &mates["firing_pin"];
    let (cells, congruent) = (pin["cells"].as_u64(), pin["congruent_cells"].as_u64());
    assert!(cells > Some(8) && congruent >= Some(6), "{congruent:?} of {cells:?} cells");
    for key in ["ccf", "rotation_deg", "shift_um", "score", "forward", "compared_with", "scope"] {
        assert!(!pin[key].is_null(), "firing_pin has no {key}");
    }
    assert!(pin["likelihood_ratio"].is_null() && mates["firing_pin_reason"].is_null());

    let processed = json(&["compare", text(&heads.join(first)), text(&faces.join(second)), "--json"]);
    assert!(processed["firing_pin"].is_null());
    let reason = processed["firing_pin_reason"].as_str().expect("a reason");
    assert!(reason.contains("faces") && reason.contains("breech face alone"), "{reason}");
    let told = headstamp(&["compare", text(&heads.join(first)), text(&faces.join(second))]);
    assert!(String::from_utf8_lossy(&told.stdout).contains("firing pin   not compared"));
}

#[test]
fn painted_parts_are_given_back_and_change_what_is_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    json(&[
        "synth",
        "--guns",
        "1",
        "--shots",
        "2",
        "--seed",
        "5",
        "--out",
        text(folder.path()),
        "--head",
        "--pitch",
        "14",
        "--json",
    ]);
    let scan = folder.path().join("gun00001-shot001.x3p");
    let other = folder.path().join("gun00001-shot002.x3p");
    let parts = folder.path().join("parts.png");
    let found = json(&["segment", text(&scan), "--parts", text(&parts), "--json"]);
    let back = json(&["segment", text(&scan), "--mask", text(&parts), "--json"]);
    for key in ["breech_face_mm2", "firing_pin_mm2"] {
        assert_eq!(back[key], found[key], "{key} of the parts given back unchanged");
    }

    let mut picture = image::open(&parts).expect("a picture").into_rgb8();
    let width = picture.width();
    for (x, _, pixel) in picture.enumerate_pixels_mut() {
        if x < width / 2 {
            *pixel = image::Rgb([0; 3]);
        }
    }
    picture.save(&parts).expect("saved");
    let half = json(&["segment", text(&scan), "--mask", text(&parts), "--json"]);
    let area = |value: &Value| value["breech_face_mm2"].as_f64().expect("an area");
    assert!(area(&half) < 0.7 * area(&found), "{} of {} mm²", area(&half), area(&found));

    let whole = json(&["compare", text(&scan), text(&other), "--json"]);
    let painted = json(&["compare", text(&scan), text(&other), "--mask-a", text(&parts), "--json"]);
    let forward = |value: &Value| value["forward"].as_array().map_or(0, Vec::len);
    assert!(forward(&painted) < forward(&whole), "half a face has fewer cells");
    let notes = painted["notes"].to_string();
    assert!(notes.contains("drawn by the user"), "{notes}");

    let wrong = headstamp(&["compare", text(&scan), text(&other), "--mask-b", text(&scan)]);
    let error = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert_eq!(wrong.status.code(), Some(1));
    assert!(error.contains("picture of the parts"), "{error}");
}
