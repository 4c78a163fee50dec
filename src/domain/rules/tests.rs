use super::*;
use crate::domain::firearm::{FirearmType, Obliteration};
use crate::domain::record::{InformationGrade, SourceGrade};
use crate::domain::time::parse_day;

fn facts() -> Facts {
    let today = parse_day("2026-11-21").unwrap();
    Facts {
        today,
        created: today,
        home: "ES".parse().unwrap(),
        combination_known: None,
        serial_fits: None,
        serial_names_model: None,
        duplicates: Vec::new(),
    }
}

/// A record that no rule objects to.
fn sound() -> Content {
    let mut content = Content::default();
    content.firearm.serial = "C 48113".into();
    content.firearm.serial_state = Some(SerialState::Readable);
    content.firearm.make = "Zastava".into();
    content.firearm.model = "M70".into();
    content.firearm.reference_id = "zastava-m70".into();
    content.firearm.calibre = ".32 ACP".into();
    content.firearm.firearm_type = Some(FirearmType::PistolSemi);
    content.firearm.made_in = Some("ES".parse().unwrap());
    content.reason = Some(RecordReason::Stolen);
    content.event.date = "2024-03-02".parse().unwrap();
    content.event.country = Some("BE".parse().unwrap());
    content.case_ref = "DP-2026-1182".into();
    content.contact.unit = "Firearms desk".into();
    content.source_grade = Some(SourceGrade::B);
    content.information_grade = Some(InformationGrade::Two);
    content
}

fn found(content: &Content, facts: &Facts) -> Vec<String> {
    let mark = |severity| if severity == Severity::Error { "E" } else { "W" };
    record(content, facts).iter().map(|p| format!("{} {} {}", mark(p.severity), p.rule, p.path)).collect()
}

#[test]
fn sound_record_has_no_problem() {
    assert_eq!(found(&sound(), &facts()), Vec::<String>::new());
}

#[test]
fn each_rule_speaks_at_its_field() {
    type Change = fn(&mut Content, &mut Facts);
    let cases: &[(&str, Change)] = &[
        ("E V1 firearm.make", |c, _| c.firearm.make.clear()),
        ("E V1 firearm.model", |c, _| c.firearm.model = "  ".into()),
        ("E V1 firearm.calibre", |c, _| c.firearm.calibre.clear()),
        ("E V1 firearm.type", |c, _| c.firearm.firearm_type = None),
        ("E V1 firearm.made_in", |c, _| c.firearm.made_in = None),
        ("E V1 firearm.serial", |c, _| {
            c.firearm.serial.clear();
            c.firearm.serial_state = None;
        }),
        ("E V2 firearm.serial", |c, _| c.firearm.serial = "--".into()),
        ("E V2 firearm.serial_state", |c, _| c.firearm.serial = "C48?13".into()),
        ("W V3 firearm.model", |c, _| c.firearm.reference_id.clear()),
        ("W V4 firearm.serial", |_, f| f.serial_fits = Some(false)),
        ("E V5 firearm.year_of_manufacture", |c, _| c.firearm.year_of_manufacture = Some(2025)),
        ("W V6 firearm.year_of_manufacture", |c, _| c.firearm.year_of_manufacture = Some(1899)),
        ("W V7 firearm.calibre", |_, f| f.combination_known = Some(false)),
        ("W V8 firearm.serial", |_, f| f.serial_names_model = Some("M70".into())),
        ("W V9 firearm.serial", |c, _| c.firearm.serial = "AВ48113".into()),
        ("E V10 firearm.obliteration.area", |c, _| c.firearm.serial_state = Some(SerialState::Obliterated)),
        ("W V11 firearm.importer", |c, _| c.firearm.made_in = Some("RS".parse().unwrap())),
        ("E V20 reason", |c, _| c.reason = None),
        ("E V20 event.date", |c, _| c.event.date = "unknown".parse().unwrap()),
        ("E V20 event.country", |c, _| c.event.country = None),
        ("E V20 case_ref", |c, _| c.case_ref.clear()),
        ("E V20 contact.unit", |c, _| c.contact.unit.clear()),
        ("E V20 circumstances", |c, _| c.reason = Some(RecordReason::Smuggled)),
        ("E V21 event.date", |c, _| c.event.date = "2026-11-22".parse().unwrap()),
        ("E V23 remark", |c, _| c.firearm.make = "ZZZ".into()),
        ("E V24 retain_until", |c, _| c.retain_until = parse_day("2031-11-22")),
        ("E V25 source_grade", |c, _| c.source_grade = None),
        ("E V25 information_grade", |c, _| c.information_grade = None),
        ("E length circumstances", |c, _| c.circumstances = "x".repeat(4_001)),
    ];
    for (expected, change) in cases {
        let (mut content, mut facts) = (sound(), facts());
        change(&mut content, &mut facts);
        assert_eq!(found(&content, &facts), [*expected]);
    }
}

#[test]
fn month_that_has_begun_is_not_the_future() {
    let mut content = sound();
    content.event.date = "2026-11".parse().unwrap();
    assert_eq!(found(&content, &facts()), Vec::<String>::new());
}

#[test]
fn partial_number_needs_its_pattern_and_its_place() {
    let mut content = sound();
    content.firearm.serial_state = Some(SerialState::Partial);
    content.firearm.serial = "C48[13".into();
    assert_eq!(found(&content, &facts()), ["E V2 firearm.serial", "E V10 firearm.obliteration.area"]);
    content.firearm.serial = "C48?13".into();
    content.firearm.obliteration = Obliteration { area: "frame, left".into(), ..Obliteration::default() };
    assert_eq!(found(&content, &facts()), Vec::<String>::new());
}

#[test]
fn firearm_that_never_had_a_number_is_recorded() {
    let mut content = sound();
    content.firearm.serial.clear();
    content.firearm.serial_state = Some(SerialState::NeverMarked);
    assert_eq!(found(&content, &facts()), Vec::<String>::new());
}

#[test]
fn recovered_record_may_coexist_with_stolen_one_of_another_agency() {
    let duplicate = |same_agency, exact| Duplicate { number: "BE-2024-000377".into(), same_agency, exact };
    let cases = [
        (RecordReason::Stolen, duplicate(true, true), vec!["E V22 firearm.serial"]),
        (RecordReason::Recovered, duplicate(true, true), vec!["E V22 firearm.serial"]),
        (RecordReason::Stolen, duplicate(false, true), vec!["W V22 firearm.serial"]),
        (RecordReason::Recovered, duplicate(false, true), vec![]),
        (RecordReason::Stolen, duplicate(true, false), vec!["W V22 firearm.serial"]),
    ];
    for (reason, duplicate, expected) in cases {
        let (mut content, mut facts) = (sound(), facts());
        content.reason = Some(reason);
        facts.duplicates = vec![duplicate.clone()];
        assert_eq!(found(&content, &facts), expected, "{reason} beside {duplicate:?}");
    }
}
