//! Spans of days as a query writes them.

use jiff::civil::Date;

use crate::domain::time::PartialDate;

/// Which day is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// The day of the event. One that is known to the month or year fits where it *may* lie in the span.
    Event,
    /// The day the record was entered.
    Entered,
    /// The day its owner looks at it again.
    Due,
}

/// A span of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// The day is not known.
    Unknown,
    /// This day or later.
    Since(Date),
    /// This day or earlier.
    Until(Date),
    /// From the first to the second.
    Between(Date, Date),
}

impl Days {
    /// The first day; `None` where it is open or unknown.
    pub const fn first(self) -> Option<Date> {
        match self {
            Self::Since(day) | Self::Between(day, _) => Some(day),
            Self::Until(_) | Self::Unknown => None,
        }
    }

    /// The last day; `None` where it is open or unknown.
    pub const fn last(self) -> Option<Date> {
        match self {
            Self::Until(day) | Self::Between(_, day) => Some(day),
            Self::Since(_) | Self::Unknown => None,
        }
    }

    fn between(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self::Between(first, last))
    }
}

/// What a single date without a sign means for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bare {
    Since,
    Until,
    Within,
}

/// Reads `2024`, `2024-03`, `2024-03-02`, `2024-03-01/2024-03-05`, `2023..2024-06`, `2024..`, `..2024`, `>2024`, `>=2024`,
/// `<2024`, `<=2024` or `unknown`.
pub(super) fn read(text: &str, bare: Bare) -> Option<Days> {
    let text = text.trim();
    if let Some((first, last)) = text.split_once("..") {
        // An end where nothing stands is open.
        return match (first.trim(), last.trim()) {
            ("", last) => known(last)?.latest().map(Days::Until),
            (first, "") => known(first)?.earliest().map(Days::Since),
            (first, last) => Days::between(known(first)?.earliest()?, known(last)?.latest()?),
        };
    }
    if let Some(rest) = text.strip_prefix(">=") {
        return known(rest)?.earliest().map(Days::Since);
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return known(rest)?.latest().map(Days::Until);
    }
    if let Some(rest) = text.strip_prefix('>') {
        return known(rest)?.latest()?.tomorrow().ok().map(Days::Since);
    }
    if let Some(rest) = text.strip_prefix('<') {
        return known(rest)?.earliest()?.yesterday().ok().map(Days::Until);
    }
    let date: PartialDate = text.parse().ok()?;
    if date == PartialDate::Unknown {
        return Some(Days::Unknown);
    }
    let whole_span = matches!(date, PartialDate::Between(..));
    match bare {
        Bare::Since if !whole_span => date.earliest().map(Days::Since),
        Bare::Until if !whole_span => date.latest().map(Days::Until),
        _ => Days::between(date.earliest()?, date.latest()?),
    }
}

fn known(text: &str) -> Option<PartialDate> {
    text.parse().ok().filter(|date| *date != PartialDate::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_they_are_written() {
        let cases = [
            ("2024", Bare::Since, "2024-01-01", ""),
            ("2024", Bare::Until, "", "2024-12-31"),
            ("2024-02", Bare::Within, "2024-02-01", "2024-02-29"),
            ("2024-03-01/2024-03-05", Bare::Since, "2024-03-01", "2024-03-05"),
            ("2023..2024-06", Bare::Since, "2023-01-01", "2024-06-30"),
            ("2024..", Bare::Until, "2024-01-01", ""),
            ("..2024", Bare::Since, "", "2024-12-31"),
            (">2024", Bare::Until, "2025-01-01", ""),
            (">=2024", Bare::Until, "2024-01-01", ""),
            ("<2024-03", Bare::Since, "", "2024-02-29"),
            ("<=2024-03", Bare::Since, "", "2024-03-31"),
        ];
        let show = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        for (text, bare, first, last) in cases {
            let days = read(text, bare).unwrap_or_else(|| panic!("{text} was not read"));
            assert_eq!((show(days.first()).as_str(), show(days.last()).as_str()), (first, last), "of {text}");
        }
        assert_eq!(read("unknown", Bare::Since), Some(Days::Unknown));
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in
            ["", "..", "2025..2024", ">unknown", ">", "24", "yesterday", "2024-13", "1..2..3", "<0000-00"]
        {
            assert_eq!(read(text, Bare::Within), None, "of {text:?}");
        }
    }
}
