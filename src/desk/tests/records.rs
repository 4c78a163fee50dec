use std::sync::Arc;

use super::*;
use crate::desk::{Approval, DeskError, Outcome};
use crate::domain::lifecycle::RecordState;

#[test]
fn entered_record_has_a_number_of_its_country_and_waits_for_the_second_officer() {
    let desk = desk();
    let first = desk.enter(stolen_zastava("C 48113"), "case").unwrap();
    let second = desk.enter(stolen_zastava("C 48114"), "case").unwrap();
    assert_eq!(first.record.number, "ES-2026-000001");
    assert_eq!(second.record.number, "ES-2026-000002");
    assert_eq!(first.record.state, RecordState::Ready);
    assert_eq!(first.record.content.firearm.make_id, "zastava");
    assert_eq!(first.record.content.firearm.calibre_id, "7-65mm-browning");
    assert_eq!(first.record.content.retain_until.map(|day| day.to_string()).as_deref(), Some("2031-11-21"));
}

#[test]
fn blocked_record_is_refused_with_all_that_stands_against_it_and_the_others_are_saved() {
    let desk = desk();
    let mut broken = stolen_zastava("C 1");
    broken.case_ref.clear();
    broken.contact.unit.clear();
    let contents = vec![stolen_zastava("C 2"), broken, stolen_zastava("C 3")];
    let outcomes = desk.enter_many(contents, "import", "file", &Approval::Awaited, "").unwrap();
    let told: Vec<String> = outcomes
        .iter()
        .map(|outcome| match outcome {
            Outcome::Saved(entered) => entered.record.number.clone(),
            Outcome::Refused(problems) => {
                problems.iter().map(|p| p.path.as_str()).collect::<Vec<_>>().join("+")
            }
        })
        .collect();
    assert_eq!(told, ["ES-2026-000001", "case_ref+contact.unit", "ES-2026-000002"]);
    assert_eq!(desk.status().records, 2);
}

#[test]
fn same_firearm_is_not_entered_twice_by_one_agency_not_even_in_one_file() {
    let desk = desk();
    desk.enter(stolen_zastava("C-48113"), "").unwrap();
    let again = desk.enter(stolen_zastava("c 48113"), "");
    assert!(
        matches!(again, Err(DeskError::Problems(ref found)) if found.iter().any(|p| p.rule == "V22")),
        "{again:?}"
    );
    let pair = vec![stolen_zastava("X 1"), stolen_zastava("X-1")];
    let outcomes = desk.enter_many(pair, "import", "file", &Approval::Awaited, "").unwrap();
    assert!(matches!(outcomes.as_slice(), [Outcome::Saved(_), Outcome::Refused(_)]), "{outcomes:?}");
}

#[test]
fn recovered_record_may_coexist_with_stolen_one_of_another_agency() {
    let store = Arc::new(MemoryStore::new(Nonces::System));
    desk_of("ES", "J. Ortega", &store).enter(stolen_zastava("C 48113"), "").unwrap();
    let mut recovered = stolen_zastava("C 48113");
    recovered.reason = Some(RecordReason::Recovered);
    recovered.agency = "Guardia Civil".into();
    let entered = desk_of("ES", "J. Ortega", &store).enter(recovered, "").unwrap();
    assert!(entered.warnings.iter().all(|problem| problem.rule != "V22"), "{:?}", entered.warnings);
}

#[test]
fn another_makers_firearm_with_the_same_number_is_no_duplicate() {
    let desk = desk();
    desk.enter(stolen_zastava("C 48113"), "").unwrap();
    let mut other = stolen_zastava("C 48113");
    other.firearm.make = "Beretta".into();
    let entered = desk.enter(other, "").unwrap();
    assert!(entered.warnings.iter().all(|problem| problem.rule != "V22"), "{:?}", entered.warnings);
}

#[test]
fn second_approver_must_be_another_officer() {
    let store = Arc::new(MemoryStore::new(Nonces::System));
    let desk = desk_of("ES", "J. Ortega", &store);
    let number = desk.enter(stolen_zastava("C 1"), "").unwrap().record.number;
    let own = desk.approve(&number, &Officer("j.  ortega".into()), "");
    assert!(matches!(own, Err(DeskError::SameOfficer(_))), "{own:?}");
    let approved = desk.approve(&number, &Officer("M. Ruiz".into()), "").unwrap();
    assert_eq!(approved.record.state, RecordState::Active);
    let bulk = desk.enter_many(
        vec![stolen_zastava("C 2")],
        "import",
        "",
        &Approval::By(Officer("J. Ortega".into())),
        "",
    );
    assert!(matches!(bulk, Err(DeskError::SameOfficer(_))), "{bulk:?}");
}

#[test]
fn numbers_go_on_where_the_journal_left_them() {
    let store = Arc::new(MemoryStore::new(Nonces::System));
    desk_of("ES", "A", &store).enter(stolen_zastava("C 1"), "").unwrap();
    let next = desk_of("ES", "A", &store).enter(stolen_zastava("C 2"), "").unwrap();
    assert_eq!(next.record.number, "ES-2026-000002");
}
