//! What may be done to a record in the course of its life.

use std::sync::Arc;

use super::*;
use crate::desk::{Closing, DeskError};
use crate::domain::lifecycle::{Act, RecordState};
use crate::store::Revision;

/// A desk with one active record, and its number.
fn with_active_record() -> (Desk, String) {
    let desk = desk();
    let number = desk.enter(stolen_zastava("C 48113"), "").unwrap().record.number;
    desk.approve(&number, &Officer("M. Ruiz".into()), "").unwrap();
    (desk, number)
}

#[test]
fn history_tells_each_act_with_old_and_new_values() {
    let (desk, number) = with_active_record();
    let mut content = desk.record(&number).unwrap().record.content;
    content.firearm.serial = "C 48118".into();
    desk.amend(&number, content, None, "misread").unwrap();
    let view = desk.record(&number).unwrap();
    let acts: Vec<&str> = view.history.iter().map(|change| change.act.as_str()).collect();
    assert_eq!(acts, ["record.enter", "record.approve", "record.amend"]);
    let last = view.history.last().unwrap();
    assert_eq!(last.purpose, "misread");
    let serial = last.fields.iter().find(|field| field.path == "firearm.serial").unwrap();
    assert_eq!((serial.old.as_deref(), serial.new.as_deref()), (Some("C 48113"), Some("C 48118")));
    assert_eq!(last.fields.len(), 1, "only the serial changed: {:?}", last.fields);
}

#[test]
fn amendment_of_what_was_changed_meanwhile_is_a_conflict() {
    let (desk, number) = with_active_record();
    let read = desk.record(&number).unwrap();
    desk.amend(&number, read.record.content.clone(), Some(read.rev.clone()), "first").unwrap();
    let second = desk.amend(&number, read.record.content, Some(read.rev), "second");
    assert!(matches!(second, Err(DeskError::Store(crate::store::StoreError::Conflict { .. }))), "{second:?}");
    let unknown = desk.record(&number).unwrap().record.content;
    assert!(desk.amend(&number, unknown, Some(Revision("1-none".into())), "third").is_err());
}

#[test]
fn only_the_owner_country_changes_a_record() {
    let store = Arc::new(MemoryStore::new(Nonces::System));
    let number = desk_of("BE", "L. Peeters", &store).enter(stolen_zastava("C 1"), "").unwrap().record.number;
    let spain = desk_of("ES", "J. Ortega", &store);
    let refused = spain.cancel(&number, "ours now");
    assert!(matches!(refused, Err(DeskError::NotOwner { owner }) if owner == country("BE")), "{refused:?}");
    assert_eq!(spain.record(&number).unwrap().acts, Vec::<Act>::new());
}

#[test]
fn every_ending_names_its_reason_and_nothing_follows_it() {
    let (desk, number) = with_active_record();
    assert!(matches!(desk.cancel(&number, "  "), Err(DeskError::PurposeMissing(_))));
    let cancelled = desk.cancel(&number, "entered twice").unwrap();
    assert_eq!(cancelled.record.state, RecordState::Cancelled);
    assert!(matches!(desk.locate(&number, "found"), Err(DeskError::NotNow(_))));
    assert!(desk.record(&number).is_ok(), "a cancelled record is still there to read");
}

#[test]
fn located_record_is_closed_by_its_owner() {
    let (desk, number) = with_active_record();
    desk.locate(&number, "customs Le Perthus").unwrap();
    let closed = desk.close(&number, Closing::Returned, "given back to the owner").unwrap();
    assert_eq!(closed.record.state, RecordState::ClosedReturned);
}

#[test]
fn review_extends_the_keeping_no_longer_than_five_years_from_the_making() {
    let (desk, number) = with_active_record();
    let day = |text: &str| crate::domain::time::parse_day(text).unwrap();
    let extended = desk.extend(&number, day("2031-06-01"), "still missing").unwrap();
    assert_eq!(extended.record.content.review_on, Some(day("2031-06-01")));
    let past = desk.extend(&number, day("2020-01-01"), "still missing");
    assert!(matches!(past, Err(DeskError::Problems(ref found)) if found[0].path == "review_on"), "{past:?}");
    let refused = desk.extend(&number, day("2033-01-01"), "still missing");
    assert!(matches!(refused, Err(DeskError::Problems(ref found)) if found[0].rule == "V24"), "{refused:?}");
}
