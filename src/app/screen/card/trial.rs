//! A serial number tried on an entry: has it the shape of the model's numbers, of which year does it speak, and how sure is that?
//!
//! The answer is a hint, never a proof: a number may be that of a part, of an importer or of a rebuilt firearm. What the table does
//! not know speaks neither for nor against. Runs on a job's thread.

use crate::desk::{DeskError, RangeReading, Table};
use crate::reference::date_code::DateReading;
use crate::reference::entry::Years;
use crate::reference::serial_range::{Likeness, YearKind};

/// How sure the answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The shape fits, and a year that is read is one.
    Likely,
    /// Several years may be meant, or only one of shape and year is known.
    Unsure,
    /// The shape is another, or the year lies outside those of manufacture.
    Against,
    /// The table knows neither shape nor system.
    Unknown,
}

/// A year that a number or a mark speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The system's name.
    pub system: String,
    /// Spans of years, earliest first.
    pub years: Vec<(i16, i16)>,
    /// Whether one of them lies within the years of manufacture; `None` where these are not known.
    pub within: Option<bool>,
}

/// A range that a number lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranged {
    /// The table's name.
    pub table: String,
    /// The number as the table writes it.
    pub read_as: String,
    /// How like that is to what is stamped.
    pub likeness: Likeness,
    /// The first and the last year.
    pub years: (i16, i16),
    /// What they say.
    pub kind: YearKind,
    /// Who made it, where the block tells.
    pub maker: Option<String>,
    /// What to be careful of.
    pub note: Option<String>,
    /// Where the table was published.
    pub source: String,
    /// Whether one of the years lies within those of manufacture; `None` where these are not known.
    pub within: Option<bool>,
}

/// What a number says on an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The number, as typed.
    pub serial: String,
    /// Whether it has the shape of the entry's numbers; `None` where the shape is not known.
    pub fits: Option<bool>,
    /// The years that systems of the make read from the number.
    pub dated: Vec<Dated>,
    /// The ranges that it lies in.
    pub ranged: Vec<Ranged>,
    /// The names of the tables of ranges, where none of them holds the number.
    pub outside: Vec<String>,
    /// The years that it means where it is not a number but a mark of date or proof.
    pub as_mark: Vec<Dated>,
    /// A model that is called so: then it is probably no number.
    pub names_model: Option<String>,
    /// How sure all this is.
    pub certainty: Certainty,
}

/// The longest text that is also tried as a mark of date or proof.
const LONGEST_MARK: usize = 4;

/// Tries a number as stamped on an entry.
pub fn try_serial(id: &str, serial: &str, table: &Table) -> Result<Trial, DeskError> {
    let reading = table.serial_on(id, serial)?;
    let reference = table.reference();
    let entry = reference.entry(id).ok_or_else(|| DeskError::NoEntry(id.to_owned()))?;
    let made = entry.details().years;
    let dated: Vec<Dated> =
        reading.dated.into_iter().map(|dated| Dated::of(dated.name, dated.years, made)).collect();
    let ranged: Vec<Ranged> = reading.ranged.into_iter().map(|range| Ranged::of(range, made)).collect();
    let may_be_mark = dated.is_empty() && ranged.is_empty() && reading.serial.chars().count() <= LONGEST_MARK;
    let marks = if may_be_mark { reference.date_mark(&reading.serial, Some(entry)) } else { Vec::new() };
    let mark = |reading: DateReading<'_>| Dated::of(reading.system.name.clone(), reading.years, made);
    Ok(Trial {
        certainty: certainty(reading.fits, &dated, &ranged),
        as_mark: marks.into_iter().map(mark).collect(),
        serial: reading.serial,
        fits: reading.fits,
        names_model: reading.names_model,
        dated,
        ranged,
        outside: reading.outside,
    })
}

impl Dated {
    fn of(system: String, years: Vec<(i16, i16)>, made: Option<Years>) -> Self {
        Self { within: made.map(|made| years.iter().any(|years| overlaps(*years, made))), system, years }
    }
}

impl Ranged {
    fn of(range: RangeReading, made: Option<Years>) -> Self {
        Self {
            table: range.name,
            read_as: range.read_as,
            likeness: range.likeness,
            years: range.years,
            kind: range.kind,
            maker: range.maker,
            note: range.note,
            source: range.source,
            within: made.map(|made| overlaps(range.years, made)),
        }
    }
}

fn overlaps((first, last): (i16, i16), made: Years) -> bool {
    made.from.is_none_or(|from| last >= from) && made.to.is_none_or(|to| first <= to)
}

impl Certainty {
    /// Its name in the keys of the locale.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Unsure => "unsure",
            Self::Against => "against",
            Self::Unknown => "unknown",
        }
    }
}

/// A number outside every range says nothing: no table has all numbers.
fn certainty(fits: Option<bool>, dated: &[Dated], ranged: &[Ranged]) -> Certainty {
    let read = dated.iter().map(|dated| dated.within).chain(ranged.iter().map(|ranged| ranged.within));
    let outside = read.clone().count() > 0 && read.clone().all(|within| within == Some(false));
    let several = dated.iter().map(|dated| dated.years.len()).sum::<usize>() + ranged.len() > 1;
    let misread = ranged.iter().any(|ranged| ranged.likeness == Likeness::Misread);
    match fits {
        Some(false) => Certainty::Against,
        _ if outside => Certainty::Against,
        _ if several || misread => Certainty::Unsure,
        Some(true) => Certainty::Likely,
        None if read.count() == 0 => Certainty::Unknown,
        None => Certainty::Unsure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certainty_is_never_more_than_what_is_known() {
        let of = |years: &[(i16, i16)], within| Dated { system: "s".into(), years: years.to_vec(), within };
        let one = || vec![of(&[(1990, 1990)], Some(true))];
        for (fits, dated, wanted) in [
            (Some(true), vec![], Certainty::Likely),
            (Some(true), one(), Certainty::Likely),
            (Some(true), vec![of(&[(1980, 1980), (1990, 1990)], None)], Certainty::Unsure),
            (Some(true), vec![of(&[(1890, 1890)], Some(false))], Certainty::Against),
            (Some(false), one(), Certainty::Against),
            (None, one(), Certainty::Unsure),
            (None, vec![], Certainty::Unknown),
        ] {
            assert_eq!(certainty(fits, &dated, &[]), wanted, "of {fits:?} and {dated:?}");
        }
    }

    #[test]
    fn a_range_is_as_sure_as_its_reading() {
        let of = |likeness, within| Ranged {
            table: "t".into(),
            read_as: "1".into(),
            likeness,
            years: (1990, 1991),
            kind: YearKind::Made,
            maker: None,
            note: None,
            source: "s".into(),
            within,
        };
        let one = |likeness, within| vec![of(likeness, within)];
        let twice = vec![of(Likeness::AsStamped, None), of(Likeness::AsStamped, None)];
        for (fits, ranged, wanted) in [
            (Some(true), one(Likeness::AsStamped, Some(true)), Certainty::Likely),
            (Some(true), one(Likeness::Misread, Some(true)), Certainty::Unsure),
            (Some(true), one(Likeness::AsStamped, Some(false)), Certainty::Against),
            (Some(true), twice, Certainty::Unsure),
            (None, one(Likeness::AsStamped, None), Certainty::Unsure),
            (Some(false), one(Likeness::AsStamped, Some(true)), Certainty::Against),
        ] {
            assert_eq!(certainty(fits, &[], &ranged), wanted, "of {fits:?} and {ranged:?}");
        }
    }
}
