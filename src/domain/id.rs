//! Identifiers that sort by the time they were made (ULID), one type for each kind of document.
//!
//! They are made by [`IdSource`] alone, so that a test can fix them.

use std::sync::Mutex;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ulid::Ulid;

/// The text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an identifier: 26 letters and digits are expected")]
pub struct BadId(pub String);

/// The identifier of any document in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(Ulid);

impl DocId {
    /// Sixteen bytes whose order is the order of making.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_bytes()
    }

    /// The identifier with these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Ulid::from_bytes(bytes))
    }
}

impl std::fmt::Display for DocId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for DocId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        Ulid::from_string(text).map(Self).map_err(|_| BadId(text.chars().take(40).collect()))
    }
}

impl Serialize for DocId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DocId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Where new identifiers come from: strictly increasing, also within one millisecond and when the clock jumps back.
#[derive(Debug)]
pub struct IdSource {
    last: Mutex<Ulid>,
    random: fn() -> u128,
}

impl IdSource {
    /// Identifiers whose random part comes from the operating system's hash seed.
    pub fn system() -> Self {
        Self { last: Mutex::new(Ulid::nil()), random: system_random }
    }

    /// Identifiers that are the same in every run, for tests and the demonstration.
    pub fn fixed() -> Self {
        Self { last: Mutex::new(Ulid::nil()), random: || 0 }
    }

    /// A new identifier, greater than every earlier one of this source.
    pub fn next(&self, now: Timestamp) -> DocId {
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        let fresh = Ulid::from_parts(millis, (self.random)());
        let next = if fresh > *last { fresh } else { last.increment().unwrap_or(fresh) };
        *last = next;
        DocId(next)
    }
}

/// Eighty unpredictable bits without another dependency: the standard library seeds its hasher from the system.
fn system_random() -> u128 {
    use std::hash::{BuildHasher as _, RandomState};
    let high = u128::from(RandomState::new().hash_one(0u8));
    let low = u128::from(RandomState::new().hash_one(1u8));
    (high << 64) | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_increase_even_when_the_clock_jumps_back() {
        let source = IdSource::system();
        let later = source.next(Timestamp::from_second(2_000).unwrap());
        let earlier_clock = source.next(Timestamp::from_second(1_000).unwrap());
        assert!(earlier_clock > later, "{earlier_clock} must follow {later}");
    }

    #[test]
    fn identifier_text_reads_back() {
        let id = IdSource::fixed().next(Timestamp::from_second(1_700_000_000).unwrap());
        assert_eq!(id.to_string().parse::<DocId>(), Ok(id));
        assert!("not an id".parse::<DocId>().is_err());
    }
}
