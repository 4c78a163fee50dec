//! Time as an investigation knows it: a clock that can be fixed, and dates that may be known only to the month.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where the present moment comes from; only `main` and the tests choose one.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still, for tests and the demonstration.
#[derive(Debug)]
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// A date with the precision it is known to (rule 7 of the design: unknown is a value).
///
/// Written `2024-03-02`, `2024-03`, `2024`, `2024-03-01/2024-03-05` or `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartialDate {
    /// Known to the day.
    Day(Date),
    /// Known to the month.
    Month(i16, i8),
    /// Known to the year.
    Year(i16),
    /// Between two days, both included.
    Between(Date, Date),
    /// Not known.
    #[default]
    Unknown,
}

/// The text is not a date that an officer could have meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: write 2024-03-02, 2024-03, 2024, 2024-03-01/2024-03-05 or unknown")]
pub struct BadDate(pub String);

impl PartialDate {
    /// The first day it may mean; `None` when unknown.
    pub fn earliest(self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Between(day, _) => Some(day),
            Self::Month(year, month) => Date::new(year, month, 1).ok(),
            Self::Year(year) => Date::new(year, 1, 1).ok(),
            Self::Unknown => None,
        }
    }

    /// The last day it may mean; `None` when unknown.
    pub fn latest(self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Between(_, day) => Some(day),
            Self::Month(year, month) => Date::new(year, month, 1).ok().map(Date::last_of_month),
            Self::Year(year) => Date::new(year, 12, 31).ok(),
            Self::Unknown => None,
        }
    }
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Between(from, to) => write!(f, "{from}/{to}"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

impl std::str::FromStr for PartialDate {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, BadDate> {
        let bad = || BadDate(text.chars().take(40).collect());
        let text = text.trim();
        if text.eq_ignore_ascii_case("unknown") {
            return Ok(Self::Unknown);
        }
        if let Some((from, to)) = text.split_once('/') {
            let from = parse_day(from).ok_or_else(bad)?;
            let to = parse_day(to).ok_or_else(bad)?;
            return if from <= to { Ok(Self::Between(from, to)) } else { Err(bad()) };
        }
        let parts: Vec<&str> = text.split('-').collect();
        match parts.as_slice() {
            [year] => parse_number(year, 4).filter(|year| *year >= 1).map(Self::Year).ok_or_else(bad),
            [year, month] => {
                let year = parse_number(year, 4).ok_or_else(bad)?;
                let month = i8::try_from(parse_number(month, 2).ok_or_else(bad)?).map_err(|_| bad())?;
                Date::new(year, month, 1).map(|_| Self::Month(year, month)).map_err(|_| bad())
            }
            _ => parse_day(text).map(Self::Day).ok_or_else(bad),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A day written exactly `YYYY-MM-DD`; nothing else is accepted, so that no locale's order is guessed.
pub fn parse_day(text: &str) -> Option<Date> {
    let text = text.trim();
    let mut parts = text.split('-');
    let year = parse_number(parts.next()?, 4)?;
    let month = i8::try_from(parse_number(parts.next()?, 2)?).ok()?;
    let day = i8::try_from(parse_number(parts.next()?, 2)?).ok()?;
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, month, day).ok()
}

/// The day of a moment in UTC, which is the time of the journal.
pub fn day_of(at: Timestamp) -> Date {
    at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date()
}

fn parse_number(text: &str, digits: usize) -> Option<i16> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_back_as_they_were_written() {
        for text in ["2024-03-02", "2024-03", "2024", "2024-03-01/2024-03-05", "unknown"] {
            assert_eq!(text.parse::<PartialDate>().map(|date| date.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn dates_that_cannot_be_are_refused() {
        for text in [
            "",
            "2024-13",
            "2024-02-30",
            "02/03/2024",
            "24-03-02",
            "2024-03-05/2024-03-01",
            "+024",
            "２０２４",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text} was read as a date");
        }
    }

    #[test]
    fn month_spans_its_first_and_last_day() {
        let date: PartialDate = "2024-02".parse().unwrap();
        assert_eq!(date.earliest().map(|day| day.to_string()).as_deref(), Some("2024-02-01"));
        assert_eq!(date.latest().map(|day| day.to_string()).as_deref(), Some("2024-02-29"));
    }
}
