//! A serial number tried on an entry: has it the shape of the model's numbers, and what year does it speak of?
//!
//! The answer is a hint with its certainty, never a proof: a number may be that of a part, of an importer or of a rebuilt
//! firearm. What the table does not know speaks neither for nor against. Called by the desk.

use crate::domain::vocabulary::vocabulary;

use super::date_code::DateReading;
use super::entry::{Entry, Years};
use super::resolve::SerialFit;
use super::table::Reference;

vocabulary! {
    /// How sure the answer is.
    Certainty {
        /// The shape fits, and a year that is read is one.
        Likely = "likely",
        /// Several years may be meant, or only one of shape and year is known.
        Unsure = "unsure",
        /// The shape is another, or the year lies outside those of manufacture.
        Against = "against",
        /// The table knows neither shape nor system.
        Unknown = "unknown",
    }
}

/// A year that a number or a mark speaks of.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Dated {
    /// The system's name.
    pub system: String,
    /// Where its mark stands.
    pub place: String,
    /// Spans of years, earliest first.
    pub years: Vec<(i16, i16)>,
    /// Whether one of them lies within the years of manufacture; `None` where these are not known.
    pub within: Option<bool>,
    /// What to be careful of.
    pub note: Option<String>,
}

/// What a number says on an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialTest {
    /// The number, as typed.
    pub serial: String,
    /// Whether it has the shape of the entry's numbers.
    pub fit: SerialFit,
    /// The years that systems of the make read from the number.
    pub dated: Vec<Dated>,
    /// The years that it means where it is not a number but a mark of date or proof.
    pub as_mark: Vec<Dated>,
    /// The years of manufacture on the card.
    pub made: Option<Years>,
    /// How sure all this is.
    pub certainty: Certainty,
}

/// The longest text that is also tried as a mark of date or proof.
const LONGEST_MARK: usize = 4;

impl Reference {
    /// Tries a number as stamped on an entry.
    pub fn serial_test(&self, entry: &Entry, serial: &str) -> SerialTest {
        let serial = serial.trim();
        let made = entry.details().years;
        let fit = self.serial_shape(entry, serial);
        let dated: Vec<Dated> =
            self.date_serial(serial, entry).into_iter().map(|reading| dated(reading, made)).collect();
        let may_be_mark = dated.is_empty() && serial.chars().count() <= LONGEST_MARK;
        let marks = if may_be_mark { self.date_mark(serial, Some(entry)) } else { Vec::new() };
        let as_mark = marks.into_iter().map(|reading| self::dated(reading, made)).collect();
        let certainty = certainty(fit, &dated);
        SerialTest { serial: serial.to_owned(), fit, dated, as_mark, made, certainty }
    }
}

fn dated(reading: DateReading<'_>, made: Option<Years>) -> Dated {
    let overlaps = |made: Years| {
        reading.years.iter().any(|(first, last)| {
            made.from.is_none_or(|from| *last >= from) && made.to.is_none_or(|to| *first <= to)
        })
    };
    Dated {
        system: reading.system.name.clone(),
        place: reading.system.place.clone(),
        within: made.map(overlaps),
        note: reading.system.note.clone(),
        years: reading.years,
    }
}

fn certainty(fit: SerialFit, dated: &[Dated]) -> Certainty {
    let outside = !dated.is_empty() && dated.iter().all(|dated| dated.within == Some(false));
    let several = dated.iter().map(|dated| dated.years.len()).sum::<usize>() > 1;
    match fit {
        SerialFit::DoesNotFit => Certainty::Against,
        _ if outside => Certainty::Against,
        _ if several => Certainty::Unsure,
        SerialFit::Fits => Certainty::Likely,
        SerialFit::Unknown if dated.is_empty() => Certainty::Unknown,
        SerialFit::Unknown => Certainty::Unsure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(years: &[(i16, i16)], within: Option<bool>) -> Dated {
        Dated { system: "s".into(), place: "p".into(), years: years.to_vec(), within, note: None }
    }

    #[test]
    fn certainty_is_never_more_than_what_is_known() {
        let one = || vec![of(&[(1990, 1990)], Some(true))];
        for (fit, dated, wanted) in [
            (SerialFit::Fits, vec![], Certainty::Likely),
            (SerialFit::Fits, one(), Certainty::Likely),
            (SerialFit::Fits, vec![of(&[(1980, 1980), (1990, 1990)], None)], Certainty::Unsure),
            (SerialFit::Fits, vec![of(&[(1890, 1890)], Some(false))], Certainty::Against),
            (SerialFit::DoesNotFit, one(), Certainty::Against),
            (SerialFit::Unknown, one(), Certainty::Unsure),
            (SerialFit::Unknown, vec![], Certainty::Unknown),
        ] {
            assert_eq!(certainty(fit, &dated), wanted, "of {fit:?} and {dated:?}");
        }
    }

    #[test]
    fn numbers_are_tried_on_the_shipped_cards() {
        let table = Reference::shipped().unwrap();
        let entry = |id: &str| table.entry(id).unwrap_or_else(|| panic!("no entry {id}"));
        let taurus = table.serial_test(entry("taurus-pt92"), " TKA12345 ");
        assert_eq!((taurus.serial.as_str(), taurus.fit), ("TKA12345", SerialFit::Fits));
        assert_eq!(table.serial_test(entry("taurus-pt92"), "1").certainty, Certainty::Against);
        let mark = table.serial_test(entry("beretta-92"), "BB");
        let years: Vec<_> = mark.as_mark.iter().flat_map(|dated| dated.years.clone()).collect();
        assert!(years.contains(&(1992, 1992)), "{mark:?}");
    }
}
