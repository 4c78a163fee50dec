//! Checks, their grades and proofs, and the decision of hits.

use std::sync::Arc;

use super::*;
use crate::desk::{Advice, CheckQuery, CheckReport, DeskError, HitState, WaitingKind};
use crate::domain::firearm::{Component, Obliteration, SerialState};
use crate::domain::hit::{Grade, SerialAgreement};
use crate::domain::lifecycle::RecordState;

fn query(serial: &str, make: &str, calibre: &str, firearm_type: Option<FirearmType>) -> CheckQuery {
    CheckQuery {
        serial: serial.into(),
        make: make.into(),
        calibre: calibre.into(),
        firearm_type,
        purpose: "DP-2026-1182".into(),
    }
}

fn desk_with(serials: &[&str]) -> Desk {
    let desk = desk();
    for serial in serials {
        let number = desk.enter(stolen_zastava(serial), "").unwrap().record.number;
        desk.approve(&number, &Officer("M. Ruiz".into()), "").unwrap();
    }
    desk
}

#[test]
fn grade_follows_number_make_calibre_and_type_in_any_spelling() {
    let desk = desk_with(&["C-48113"]);
    let pistol = Some(FirearmType::PistolSemi);
    let cases = [
        (query("с 48113", "Crvena Zastava", "7.65mm Browning", pistol), Grade::Exact, SerialAgreement::Same),
        (query("C48113", "ZCZ", "", None), Grade::Strong, SerialAgreement::Same),
        (query("C48113", "", "", None), Grade::Possible, SerialAgreement::Same),
        (query("C48113", "Beretta", ".32 ACP", pistol), Grade::Possible, SerialAgreement::Same),
        (query("C48I13", "Zastava", ".32 ACP", pistol), Grade::Possible, SerialAgreement::Confusable),
        (query("C48B113", "Zastava", ".32 ACP", pistol), Grade::Possible, SerialAgreement::EmbeddedLetters),
        (query("XC48113", "Zastava", ".32 ACP", pistol), Grade::Pattern, SerialAgreement::Pattern),
        (query("C 48?13", "Zastava", ".32 ACP", pistol), Grade::Pattern, SerialAgreement::Pattern),
    ];
    for (query, grade, agreement) in cases {
        let report = desk.check(query.clone()).unwrap();
        let found: Vec<_> = report.proof.candidates.iter().map(|c| (c.grade, c.reason.serial)).collect();
        if query.serial == "XC48113" {
            assert_eq!(found, [], "another prefix letter is another number");
        } else {
            assert_eq!(found, [(grade, agreement)], "{query:?}");
        }
    }
}

#[test]
fn number_stamped_without_its_prefix_is_a_possible_candidate() {
    let desk = desk_with(&["48113"]);
    let report = desk.check(query("C 48113", "Zastava", "", None)).unwrap();
    let reasons: Vec<_> = report.proof.candidates.iter().map(|c| (c.grade, c.reason.serial)).collect();
    assert_eq!(reasons, [(Grade::Possible, SerialAgreement::WithoutAffix)]);
}

#[test]
fn component_and_partial_numbers_are_found_too() {
    let desk = desk();
    let mut with_slide = stolen_zastava("A 1");
    with_slide.firearm.components =
        vec![Component { part: "slide".into(), serial: "777123".into(), make: String::new() }];
    let mut partial = stolen_zastava("B 55?21");
    partial.firearm.serial_state = Some(SerialState::Partial);
    partial.firearm.obliteration = Obliteration { area: "frame".into(), ..Obliteration::default() };
    desk.enter(with_slide, "").unwrap();
    desk.enter(partial, "").unwrap();
    let slide = desk.check(query("777-123", "", "", None)).unwrap();
    assert_eq!(slide.proof.candidates[0].reason.matched_on, "component: slide");
    let whole = desk.check(query("B55921", "", "", None)).unwrap();
    assert_eq!(whole.proof.candidates[0].grade, Grade::Pattern);
    let both = desk.check(query("B5[59]?21", "", "", None)).unwrap();
    assert_eq!(both.proof.candidates.len(), 1);
}

#[test]
fn check_leaves_a_proof_even_when_nothing_is_found() {
    let desk = desk_with(&["C 1234"]);
    let before = desk.status();
    let report = desk.check(query("ZZ 999", "Zastava", "", None)).unwrap();
    let proof = desk.check_proof(&report.proof.number).unwrap();
    assert_eq!(proof.candidates, []);
    assert_eq!(proof.query.purpose, "DP-2026-1182");
    assert_eq!(proof.freshness.journal_seq, before.seq);
    assert_eq!(proof.freshness.journal_hash, before.hash);
    assert_eq!(proof.compared_as, "ZZ999");
    let entry = desk.store().entries(before.seq + 1, 10).unwrap();
    assert_eq!(entry.len(), 1);
    assert_eq!(entry[0].head.act, "check.run");
    assert!(
        report.advice.contains(&Advice::TraceManufacture { countries: vec![country("RS")] }),
        "{:?}",
        report.advice
    );
}

#[test]
fn check_without_purpose_or_number_is_refused_and_leaves_nothing() {
    let desk = desk_with(&["C 1234"]);
    let before = desk.status().seq;
    let mut no_purpose = query("C 1234", "", "", None);
    no_purpose.purpose = " ".into();
    assert!(matches!(desk.check(no_purpose), Err(DeskError::PurposeMissing(_))));
    assert!(matches!(desk.check(query(" -- ", "", "", None)), Err(DeskError::EmptySerial(_))));
    assert!(matches!(desk.check(query("C12*", "", "", None)), Err(DeskError::BadSerial { .. })));
    assert_eq!(desk.status().seq, before);
}

#[test]
fn firm_hit_waits_for_its_decision_and_the_own_record_with_it() {
    let desk = desk_with(&["C 48113"]);
    desk.check(query("C48113", "Zastava", ".32 ACP", Some(FirearmType::PistolSemi))).unwrap();
    desk.check(query("C48113", "Zastava", "", None)).unwrap();
    let hits = desk.hits_waiting().unwrap();
    assert_eq!(hits.len(), 1, "a second check of the same firearm does not queue it twice");
    assert_eq!(desk.record("ES-2026-000001").unwrap().record.state, RecordState::HitPending);
    assert_eq!(desk.waiting().unwrap()[0].kind, WaitingKind::HitToConfirm);
    assert!(matches!(desk.reject_hit(hits[0].id, ""), Err(DeskError::PurposeMissing(_))));
    let hit = desk.reject_hit(hits[0].id, "importer mark differs").unwrap();
    assert_eq!(hit.decision.unwrap().reason, "importer mark differs");
    assert_eq!(desk.record("ES-2026-000001").unwrap().record.state, RecordState::Active);
    assert!(matches!(desk.confirm_hit(hit.id, "again"), Err(DeskError::Decided { .. })));
    assert_eq!(desk.hits_waiting().unwrap(), []);
}

#[test]
fn candidates_stand_as_they_were_decided_while_the_proof_stays_as_it_was() {
    let desk = desk_with(&["C 48113"]);
    let first = desk.check(query("C48113", "Zastava", ".32 ACP", Some(FirearmType::PistolSemi))).unwrap();
    let second = desk.check(query("C48113", "Zastava", "", None)).unwrap();
    let standing = |report: &CheckReport| desk.standings(&report.proof).unwrap().remove(0);
    for report in [&first, &second] {
        let hit = standing(report).hit.expect("the hit of the first check waits");
        assert_eq!((standing(report).state, hit.state), (RecordState::HitPending, HitState::Pending));
    }
    let record = first.proof.candidates[0].record.id;
    let hit = desk.raise_hit(&first.proof.number, record).unwrap();
    desk.confirm_hit(hit, "all marks agree").unwrap();
    let now = standing(&first);
    let decision = now.hit.and_then(|hit| hit.decision).expect("the decision is not told");
    assert_eq!((now.state, decision.reason.as_str()), (RecordState::HitConfirmed, "all marks agree"));
    assert_eq!(desk.check_proof(&first.proof.number).unwrap(), first.proof);
    let again = desk.raise_hit(&first.proof.number, record).unwrap();
    assert_eq!(again, hit, "a decided hit is raised a second time");
}

#[test]
fn a_trace_begins_where_the_make_of_the_candidate_is_made_when_none_was_asked() {
    let desk = desk_with(&["C 48113"]);
    let report = desk.check(query("C48113", "", "", None)).unwrap();
    let record = report.proof.candidates[0].record.id;
    let trace = desk.trace_advice(&report.proof, Some(record));
    assert!(matches!(trace[0], Advice::TraceManufacture { .. }), "{trace:?}");
    assert_eq!(desk.trace_advice(&report.proof, None)[0], Advice::IdentifyMaker);
}

#[test]
fn foreign_record_is_not_changed_by_our_hit_and_its_owner_is_to_be_told() {
    let store = Arc::new(MemoryStore::new(Nonces::System));
    let belgium = desk_of("BE", "L. Peeters", &store);
    let number = belgium.enter(stolen_zastava("C 48113"), "").unwrap().record.number;
    belgium.approve(&number, &Officer("A. Maes".into()), "").unwrap();
    let spain = desk_of("ES", "J. Ortega", &store);
    let report = spain.check(query("C48113", "Zastava", "", None)).unwrap();
    assert_eq!(spain.record(&number).unwrap().record.state, RecordState::Active);
    assert!(report.advice.contains(&Advice::TellOwner { country: country("BE"), record: number.clone() }));
    let hit = spain.hits_waiting().unwrap().remove(0);
    spain.confirm_hit(hit.id, "all marks agree").unwrap();
    assert_eq!(spain.record(&number).unwrap().record.state, RecordState::Active);
}

#[test]
fn possible_candidate_can_be_raised_to_a_hit_and_decided() {
    let desk = desk_with(&["C 48113"]);
    let report = desk.check(query("C48113", "", "", None)).unwrap();
    assert_eq!(desk.hits_waiting().unwrap(), []);
    let record = report.proof.candidates[0].record.id;
    let hit = desk.raise_hit(&report.proof.number, record).unwrap();
    assert_eq!(desk.raise_hit(&report.proof.number, record).unwrap(), hit, "raising twice is raising once");
    desk.confirm_hit(hit, "marks agree").unwrap();
    assert_eq!(desk.record("ES-2026-000001").unwrap().record.state, RecordState::HitConfirmed);
}

#[test]
fn cancelled_record_is_not_found_by_a_check() {
    let desk = desk_with(&["C 48113"]);
    desk.cancel("ES-2026-000001", "entered twice").unwrap();
    assert_eq!(desk.check(query("C48113", "Zastava", "", None)).unwrap().proof.candidates, []);
}
