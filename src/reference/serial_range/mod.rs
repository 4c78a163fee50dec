//! Tables that date a serial number by the range it lies in, and some that name the maker or contractor of a block.
//!
//! Published tables disagree, numbers were used out of order, and factories lost their books: a range is a hint, and its source goes
//! with every answer. A number outside every range is not wrong; the table only does not hold it.

mod affix;
mod check;
mod date;
mod read;
mod rows;

use serde::{Deserialize, Serialize};

use super::id::ModelId;

pub use affix::Affix;
pub use date::{RangeReading, Ranged};
pub use read::Likeness;
pub(super) use rows::rows;

/// A table of ranges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeTable {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The cards that it is for.
    pub cards: Vec<ModelId>,
    /// What its years say.
    pub kind: YearKind,
    /// Whether blocks were given out twice, so that a number may lie in several rows.
    pub shared: bool,
    /// What to be careful of.
    pub note: Option<String>,
    /// Where it was published, and whether that was read for this table.
    pub source: String,
    /// Its numbers, by what stands before and behind the figures.
    pub series: Vec<Series>,
    /// Numbers and their years, which the check reads back.
    pub examples: Vec<RangeExample>,
    /// The file it is in.
    pub file: &'static str,
}

/// What the year of a range says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearKind {
    /// Made in that year.
    Made,
    /// Left the works in that year.
    Shipped,
    /// The first number of each year is known, made or shipped.
    FirstOfYear,
    /// The block was ordered or given out then; the arms followed.
    Assigned,
    /// Put together by collectors from what was seen.
    Approximate,
}

/// Numbers that are written alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// What stands before the figures; may itself hold figures (`70G`).
    pub prefix: Affix,
    /// What stands behind them.
    pub suffix: Affix,
    /// How many figures there are, at least and at most, where that tells the series from another.
    pub digits: Option<(usize, usize)>,
    /// The ranges, ascending.
    pub rows: Vec<Row>,
}

/// One range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its first number.
    pub first: u64,
    /// Its last number.
    pub last: u64,
    /// The year, or the first of a span.
    pub from: i16,
    /// The last year of the span.
    pub to: i16,
    /// Who made it, where the block tells.
    pub maker: Option<String>,
}

/// A number and its year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeExample {
    /// As stamped; it shows the shape and is no known firearm's number.
    pub serial: String,
    /// A year that the table gives it.
    pub year: i16,
}

impl YearKind {
    /// Its name in the keys of the locale.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Shipped => "shipped",
            Self::FirstOfYear => "first-of-year",
            Self::Assigned => "assigned",
            Self::Approximate => "approximate",
        }
    }
}

impl Series {
    /// A number of this series as it is stamped, between these letters.
    pub fn written(&self, prefix: &str, number: u64, suffix: &str) -> String {
        let width = self.digits.map_or(0, |(least, _)| least);
        format!("{prefix}{number:0width$}{suffix}")
    }
}
