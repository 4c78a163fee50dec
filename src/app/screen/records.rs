//! Records: a list of any length, filtered by the query language, sorted; only the rows near what is seen are here.

use std::time::Duration;

use crate::app::line::Line;
use crate::app::rows::Rows;
use crate::app::task::{RecordsQuery, Sort};
use crate::desk::RecordRow;
use crate::domain::firearm::FirearmType;
use crate::domain::lifecycle::RecordState;
use crate::domain::record::RecordReason;
use crate::locale::Message;

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The record's number.
    Number,
    /// The serial as stamped.
    Serial,
    /// Make and model.
    Firearm,
    /// Kind of firearm.
    Type,
    /// Calibre.
    Calibre,
    /// Why it is recorded.
    Reason,
    /// Where the record stands.
    State,
    /// Day of the event.
    Date,
    /// Country of the event.
    Country,
    /// Place of the event.
    Place,
    /// The case.
    Case,
    /// Whose record it is.
    Owner,
    /// The day it was entered.
    Entered,
    /// The day of its review.
    Review,
}

impl Column {
    /// All, in the order in which they stand.
    pub const ALL: [Self; 14] = [
        Self::Number,
        Self::Serial,
        Self::Firearm,
        Self::Type,
        Self::Calibre,
        Self::Reason,
        Self::State,
        Self::Date,
        Self::Country,
        Self::Place,
        Self::Case,
        Self::Owner,
        Self::Entered,
        Self::Review,
    ];

    /// Its name in the keys of the locale.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Serial => "serial",
            Self::Firearm => "firearm",
            Self::Type => "type",
            Self::Calibre => "calibre",
            Self::Reason => "reason",
            Self::State => "state",
            Self::Date => "date",
            Self::Country => "country",
            Self::Place => "place",
            Self::Case => "case",
            Self::Owner => "owner",
            Self::Entered => "entered",
            Self::Review => "review",
        }
    }

    /// How many columns of the terminal it takes, with the gap after it; the firearm takes what is left, this at least.
    pub const fn width(self) -> u16 {
        match self {
            Self::Number | Self::Place | Self::Type | Self::Case => 16,
            Self::Serial | Self::Calibre => 14,
            Self::Firearm => 12,
            Self::State => 13,
            Self::Reason | Self::Date | Self::Entered | Self::Review => 11,
            Self::Country => 3,
            Self::Owner => 6,
        }
    }

    /// Those that a list of this width shows when nobody has chosen: more room, more columns.
    pub fn usual(width: u16) -> Vec<Self> {
        let shown = |column: &Self| match column {
            Self::Number | Self::Serial | Self::Firearm | Self::Reason | Self::Date | Self::Country => true,
            Self::State => width >= 90,
            Self::Calibre => width >= 105,
            Self::Place => width >= 120,
            Self::Type | Self::Case | Self::Owner | Self::Entered | Self::Review => false,
        };
        Self::ALL.into_iter().filter(shown).collect()
    }
}

/// By what the list can be narrowed without writing a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NarrowBy {
    /// Why it is recorded.
    Reason,
    /// Where the record stands.
    State,
    /// Kind of firearm.
    Type,
    /// Country of the event.
    Country,
    /// Whose record it is.
    Owner,
}

impl NarrowBy {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Reason, Self::State, Self::Type, Self::Country, Self::Owner];

    /// Its name in the query language, and in the keys of the locale.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::State => "state",
            Self::Type => "type",
            Self::Country => "country",
            Self::Owner => "owner",
        }
    }

    /// Its values by their names in files; none where they are too many to be listed.
    pub fn values(self) -> Vec<&'static str> {
        match self {
            Self::Reason => RecordReason::ALL.iter().map(|reason| reason.id()).collect(),
            Self::State => RecordState::ALL.iter().map(|state| state.id()).collect(),
            Self::Type => FirearmType::ALL.iter().map(|kind| kind.id()).collect(),
            Self::Country | Self::Owner => Vec::new(),
        }
    }
}

/// What Records holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Records {
    /// The filter as it is typed.
    pub filter: Line,
    /// Whether the filter is being typed.
    pub typing: bool,
    /// The order.
    pub sort: Sort,
    /// The columns that were chosen for as long as the program runs; `None` for those that are usual at the width.
    pub columns: Option<Vec<Column>>,
    /// The rows.
    pub rows: Rows<RecordRow>,
    /// What of the filter was not understood.
    pub faults: Vec<Message>,
    /// Journal entries that the list does not contain yet.
    pub behind: u64,
    /// How long the last search took; `None` until the first answer.
    pub took: Option<Duration>,
}

impl Records {
    /// What to ask for so that all that is seen is here.
    pub fn query(&self) -> RecordsQuery {
        RecordsQuery { filter: self.filter.text().to_owned(), sort: self.sort, rows: self.rows.window() }
    }

    /// The columns of a list of this width.
    pub fn columns(&self, width: u16) -> Vec<Column> {
        self.columns.clone().unwrap_or_else(|| Column::usual(width))
    }

    /// Those of them that fit, with the room of each: the firearm takes what is left.
    pub fn fitting(&self, width: u16) -> Vec<(Column, u16)> {
        // The mark of the selection stands before them.
        let mut taken = 2;
        let mut fitting: Vec<(Column, u16)> = Vec::new();
        for column in self.columns(width) {
            if taken + column.width() <= width {
                taken += column.width();
                fitting.push((column, column.width()));
            }
        }
        for (_, room) in fitting.iter_mut().filter(|(column, _)| *column == Column::Firearm) {
            *room += width - taken;
        }
        fitting
    }

    /// Shows a column or takes it away; one always stays.
    pub fn toggle_column(&mut self, column: Column, width: u16) {
        let mut columns = self.columns(width);
        match columns.iter().position(|shown| *shown == column) {
            Some(at) if columns.len() > 1 => drop(columns.remove(at)),
            Some(_) => {}
            None => columns.push(column),
        }
        columns.sort_unstable();
        self.columns = Some(columns);
    }

    /// Puts `field:value` into the filter, in place of what the filter says of that field; an empty value takes it out.
    pub fn narrow(&mut self, field: &str, value: &str) {
        let begins = format!("{field}:");
        // A space between quotes parts nothing: `country:"united kingdom"` is one condition.
        let mut in_quotes = false;
        let parts = self.filter.text().split(|c: char| {
            in_quotes ^= c == '"';
            c.is_whitespace() && !in_quotes
        });
        let kept = parts.filter(|part| !part.is_empty() && !part.starts_with(&begins));
        let quote = if value.contains(char::is_whitespace) { "\"" } else { "" };
        let said = (!value.is_empty()).then(|| format!("{begins}{quote}{value}{quote}"));
        let filter: Vec<String> = kept.map(str::to_owned).chain(said).collect();
        self.filter = Line::with(&filter.join(" "));
        self.rows.rewind();
    }

    /// Whether an answer is to what is asked now.
    pub fn is_current(&self, query: &RecordsQuery) -> bool {
        query.filter == self.filter.text() && query.sort == self.sort
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrowing_replaces_what_the_filter_says_of_the_field_and_nothing_else() {
        let cases = [
            ("", "reason", "stolen", "reason:stolen"),
            ("zastava reason:lost m70", "reason", "stolen", "zastava m70 reason:stolen"),
            ("country:\"united kingdom\" \"rue haute\"", "country", "BE", "\"rue haute\" country:BE"),
            ("zastava reason:lost", "reason", "", "zastava"),
            ("", "country", "united kingdom", "country:\"united kingdom\""),
        ];
        for (before, field, value, after) in cases {
            let mut records = Records { filter: Line::with(before), ..Records::default() };
            records.narrow(field, value);
            assert_eq!(records.filter.text(), after, "{field}:{value} into `{before}`");
        }
    }

    #[test]
    fn columns_are_switched_and_one_always_stays() {
        let mut records = Records::default();
        records.toggle_column(Column::Case, 80);
        assert!(records.columns(80).contains(&Column::Case));
        for column in Column::ALL {
            if records.columns(80).contains(&column) {
                records.toggle_column(column, 80);
            }
        }
        assert_eq!(records.columns(80).len(), 1);
    }
}
