//! Entries: found, identified, compared, a number held against one.

use super::*;

#[test]
fn identify_takes_answers_in_any_order_and_asks_what_narrows_most() {
    let workspace = Workspace::new();
    let one = workspace.json(&[
        "reference",
        "identify",
        "--type",
        "pistol_semi",
        "--calibre",
        "9mm",
        "--country",
        "?",
    ]);
    let other = workspace.json(&[
        "reference",
        "identify",
        "--country",
        "?",
        "--calibre",
        "9x19",
        "--type",
        "pistol_semi",
    ]);
    assert_eq!(one["left"], other["left"]);
    let left = one["left"].as_u64().unwrap();
    assert!(left > 1, "{one}");
    let asked = &one["questions"][0];
    let answers = asked["answers"].as_array().unwrap();
    assert!(!answers.is_empty() && asked["question"] != "country", "{asked}");
    // Each answer leaves what it says it leaves.
    let best = &answers[0];
    let option = format!("--{}", asked["question"].as_str().unwrap());
    let words = best["words"].as_str().unwrap();
    let after = workspace.json(&[
        "reference",
        "identify",
        "--type",
        "pistol_semi",
        "--calibre",
        "9mm",
        &option,
        words,
    ]);
    if asked["question"] != "stamp" {
        assert_eq!(after["left"], best["leaves"], "{option} {words}");
    }
    let (code, out, _) = workspace.run(&["reference", "identify", "--type", "revolver"]);
    assert!(code == 0 && out.contains("What narrows it most") && out.contains("cards are left"), "{out}");
    let (code, _, err) = workspace.run(&["reference", "identify", "--type", "blunderbuss"]);
    assert!(code == 1 && err.contains("pistol_semi"), "{err}");
}

#[test]
fn entries_are_compared_side_by_side_and_a_serial_is_held_against_one() {
    let workspace = Workspace::new();
    let ids = workspace.found("glock 17");
    let other = workspace.found("tokarev tt-33");
    let compared = workspace.json(&["reference", "compare", &ids[0], &other[0]]);
    let fact = |name: &str| {
        let facts = compared["facts"].as_array().unwrap();
        facts.iter().find(|fact| fact["fact"] == name).unwrap_or_else(|| panic!("{name}: {compared}")).clone()
    };
    assert_eq!(fact("make")["difference"], "differs");
    assert_eq!(fact("type")["difference"], "same");
    let (code, out, _) = workspace.run(&["reference", "compare", &ids[0], &other[0]]);
    assert!(code == 0 && out.lines().any(|line| line.starts_with("!  make")), "{out}");
    assert_eq!(workspace.run(&["reference", "compare", &ids[0], "no-such"]).0, 4);
    assert_eq!(workspace.run(&["reference", "compare", &ids[0]]).0, 2);
    let (code, out, _) = workspace.run(&["reference", "show", &ids[0], "--serial", "~"]);
    assert!(code == 0 && out.contains("shape of this model's numbers"), "{out}");
}

#[test]
fn a_serial_is_dated_by_its_range_with_the_source_and_every_maker_of_a_shared_block() {
    let workspace = Workspace::new();
    let show = ["reference", "show", "springfield-arsenal-us-m1-garand", "--serial", "1250000"];
    let tried = workspace.json(&show);
    let ranged = tried["serial_tested"]["ranged"].as_array().unwrap();
    let makers: Vec<_> = ranged.iter().map(|range| range["maker"].as_str().unwrap()).collect();
    assert_eq!(makers, ["Springfield Armory", "Winchester"]);
    let winchester = &ranged[1];
    assert_eq!(winchester["years"], serde_json::json!([1942, 1943]));
    assert_eq!(winchester["range"], serde_json::json!(["1200001", "1387999"]));
    assert_eq!((&winchester["kind"], &winchester["likeness"]), (&"assigned".into(), &"as_stamped".into()));
    assert!(winchester["source"].as_str().unwrap().contains("opened"), "{winchester}");
    assert_eq!(tried["ranges"], serde_json::json!(["US Rifle M1 (Garand) by maker"]));
    let (code, out, _) = workspace.run(&show);
    assert!(code == 0 && out.contains("maker Winchester, by its range 1200001 to 1387999"), "{out}");
    assert_eq!(out.matches("Source: ").count(), 1, "a table is explained once: {out}");
    let outside = workspace.json(&["reference", "show", "mauser-hsc", "--serial", "1"]);
    assert_eq!(outside["serial_tested"]["outside"], serde_json::json!(["Mauser HSc to 1945"]));
}

#[test]
fn serial_in_the_text_of_a_search_is_told_with_its_place_and_the_check_that_is_offered() {
    let workspace = Workspace::new();
    let found = workspace.json(&["reference", "search", "Zastava M70 s/n C 48113"]);
    let serial = &found["serial"];
    assert_eq!(
        (&serial["text"], &serial["from"], &serial["to"], &serial["named"]),
        (&"C 48113".into(), &17.into(), &23.into(), &true.into()),
        "{serial}"
    );
    assert_eq!(serial["check"], "headstamp check 'C 48113' --purpose TEXT");
    let (_, out, _) = workspace.run(&["reference", "search", "Zastava M70 s/n C 48113"]);
    assert!(out.contains("characters 17 to 23") && out.contains("headstamp check 'C 48113'"), "{out}");
    let found = workspace.json(&["reference", "search", "česká zbrojovka B512345"]);
    assert_eq!((&found["serial"]["from"], &found["serial"]["named"]), (&17.into(), &false.into()), "{found}");
    assert_eq!(workspace.json(&["reference", "search", "glock 17"])["serial"], Value::Null);
}
