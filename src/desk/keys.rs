//! How a document is found: computed from its JSON alone, so that a rebuild of the state gives the same keys.

use crate::domain::firearm::{Firearm, FirearmType, NumberPlace, SerialState};
use crate::domain::lifecycle::RecordState;
use crate::domain::record::{Record, RecordReason};
use crate::domain::serial::{SerialKeys, SerialPattern};
use crate::store::{DocKind, Keys, Queue};

use super::check::CheckProof;
use super::decide::{Hit, HitState};
use super::editions::EditionInfo;
use super::exhibits::CaseExhibit;
use super::summary::Summary;

/// To be raised when [`keys_of`] or what a summary holds changes.
const LAYOUT: &str = "1";

/// The version of the keys, for the store to notice a state that was made with others. The vocabularies are part of it, because
/// a summary counts their words.
pub fn keys_version() -> u32 {
    let states = RecordState::ALL.iter().map(|word| word.id());
    let reasons = RecordReason::ALL.iter().map(|word| word.id());
    let types = FirearmType::ALL.iter().map(|word| word.id());
    let words = std::iter::once(LAYOUT).chain(states).chain(reasons).chain(types);
    crc32fast::hash(words.collect::<Vec<_>>().join("\n").as_bytes())
}

/// The keys of any document; a body that cannot be read has none, and is found by its identifier only.
pub fn keys_of(kind: DocKind, body: &str) -> Keys {
    match kind {
        DocKind::Record => serde_json::from_str::<Record>(body).map(|record| of_record(&record)),
        DocKind::Check => serde_json::from_str::<CheckProof>(body).map(|proof| of_check(&proof)),
        DocKind::Hit => serde_json::from_str::<Hit>(body).map(|hit| of_hit(&hit)),
        DocKind::Export => Ok(Keys::default()),
        DocKind::Edition => serde_json::from_str::<EditionInfo>(body).map(|edition| of_edition(&edition)),
        DocKind::Exhibit => serde_json::from_str::<CaseExhibit>(body).map(|exhibit| exhibit.keys()),
    }
    .unwrap_or_default()
}

/// The keys of a record. One that was entered in error is found by its number only; any other also by what is stamped.
pub fn of_record(record: &Record) -> Keys {
    let mut keys = Keys { number: Some(record.number.clone()), ..Keys::default() };
    if record.state == RecordState::Ready {
        keys.queues.push(Queue::Approval);
    }
    if record.state == RecordState::Cancelled {
        return keys;
    }
    let firearm = &record.content.firearm;
    for (place, number) in firearm.numbers() {
        if is_partial(firearm, place, number) {
            keys.patterns.extend(SerialPattern::parse(number));
        } else {
            keys.serials.push(SerialKeys::of(number));
        }
    }
    keys.serials.dedup();
    if !keys.serials.is_empty() {
        keys.summary = Summary::of(record).pack();
    }
    keys
}

/// The keys of a check's proof.
pub fn of_check(proof: &CheckProof) -> Keys {
    Keys { number: Some(proof.number.clone()), ..Keys::default() }
}

/// The keys of a hit: it waits until it is decided, and is found by its check and its record.
pub fn of_hit(hit: &Hit) -> Keys {
    let queues = if hit.state == HitState::Pending { vec![Queue::HitToConfirm] } else { Vec::new() };
    let number = hit_number(&hit.check_number, &hit.candidate.record.number);
    Keys { number: Some(number), queues, ..Keys::default() }
}

/// What stands for the number of a hit, which has none of its own. It ends in a letter, so that it is counted with no others.
pub fn hit_number(check: &str, record: &str) -> String {
    format!("{check} {record} HIT")
}

/// The keys of an edition: its name, and that it stands beside the table until it is removed.
pub fn of_edition(edition: &EditionInfo) -> Keys {
    let queues = if edition.removed.is_none() { vec![Queue::Editions] } else { Vec::new() };
    Keys { number: Some(edition.number()), queues, ..Keys::default() }
}

/// Whether a number is a pattern: the state says so for the serial, its own characters for any other.
pub fn is_partial(firearm: &Firearm, place: NumberPlace<'_>, number: &str) -> bool {
    let state = firearm.serial_state;
    let said = place == NumberPlace::Serial
        && matches!(state, Some(SerialState::Partial | SerialState::RestoredPartial));
    said || SerialPattern::is_pattern(number)
}
