//! A typed number read as one of a series.

use serde::Serialize;

use crate::domain::serial;

use super::Series;

/// The most figures that a number has.
const LONGEST: usize = 12;

/// How like what is stamped is to what a series has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The same; only case, spaces and points may differ.
    AsStamped,
    /// The same when letters and figures of other scripts, and the letter O, are read as they are compared.
    Folded,
    /// The same only if a character was misread for another (B and 8, S and 5).
    Misread,
}

impl Likeness {
    /// From the same to the least alike.
    pub const ALL: [Self; 3] = [Self::AsStamped, Self::Folded, Self::Misread];
}

/// A number taken apart, its letters as the series has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What stands before the figures.
    pub prefix: String,
    /// The figures.
    pub number: u64,
    /// What stands behind them.
    pub suffix: String,
}

/// What is stamped, in its three forms.
#[derive(Debug)]
pub struct Stamped([String; 3]);

impl Stamped {
    /// The forms of a number as typed.
    pub fn new(raw: &str) -> Self {
        Self(Likeness::ALL.map(|likeness| form(raw, likeness)))
    }

    /// The letters and the number, where this is written as the series writes; no range is looked at.
    pub fn read_in(&self, series: &Series, likeness: Likeness) -> Option<Read> {
        let text: Vec<char> = self.0[likeness as usize].chars().collect();
        let figures = text.len().checked_sub(series.prefix.len() + series.suffix.len())?;
        let (least, most) = series.digits.unwrap_or((1, LONGEST));
        (least..=most).contains(&figures).then_some(())?;
        let (prefix, rest) = text.split_at(series.prefix.len());
        let (figures, suffix) = rest.split_at(figures);
        let figures: String = figures.iter().collect();
        // A sign, which `parse` would take, is none of the figures.
        figures.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
        Some(Read {
            prefix: series.prefix.read(prefix, likeness)?,
            number: figures.parse().ok()?,
            suffix: series.suffix.read(suffix, likeness)?,
        })
    }
}

pub(super) fn form(text: &str, likeness: Likeness) -> String {
    match likeness {
        Likeness::AsStamped => serial::bare(text),
        Likeness::Folded => serial::normalise(text),
        Likeness::Misread => serial::confusable_key(&serial::normalise(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Affix;
    use super::*;

    fn read(
        prefix: &str,
        suffix: &str,
        digits: Option<(usize, usize)>,
        raw: &str,
    ) -> Option<(String, Likeness)> {
        let affix = |text| Affix::parse(text).unwrap();
        let series = Series { prefix: affix(prefix), suffix: affix(suffix), digits, rows: Vec::new() };
        let stamped = Stamped::new(raw);
        let read = |likeness| {
            let read = stamped.read_in(&series, likeness)?;
            Some((format!("{} {} {}", read.prefix, read.number, read.suffix).trim().to_owned(), likeness))
        };
        Likeness::ALL.into_iter().find_map(read)
    }

    #[test]
    fn figures_are_found_between_the_letters_of_the_series() {
        use Likeness::{AsStamped, Folded, Misread};
        for (prefix, suffix, digits, raw, wanted) in [
            ("", "", None, "14580", Some(("14580", AsStamped))),
            ("", "", None, "14,580", Some(("14580", AsStamped))),
            ("C", "", None, "c 123456", Some(("C 123456", AsStamped))),
            ("C", "", None, "С123456", Some(("C 123456", Folded))),
            ("", "", None, "١٢٣", Some(("123", Folded))),
            ("", "", None, "1O5", Some(("105", Folded))),
            ("", "", None, "1B5", Some(("185", Misread))),
            ("70G", "", Some((5, 5)), "70G01234", Some(("70G 1234", AsStamped))),
            ("70G", "", Some((5, 5)), "70601234", Some(("70G 1234", Misread))),
            ("", "B70", Some((5, 5)), "12345B70", Some(("12345 B70", AsStamped))),
            ("10-", "", Some((5, 5)), "10-12345", Some(("10 12345", AsStamped))),
            ("10-", "", Some((5, 5)), "101234", None),
            ("[A-Z]K[A-L]", "", Some((5, 5)), "TKA12345", Some(("TKA 12345", AsStamped))),
            ("[A-Z]K[A-L]", "", Some((5, 5)), "TKM12345", None),
            ("[A-Z]K[A-L]", "", Some((5, 5)), "TKL1234", None),
            ("", "", None, "C123", None),
            ("", "", None, "", None),
            ("", "", None, "1234567890123", None),
        ] {
            let wanted = wanted.map(|(text, likeness)| (text.to_owned(), likeness));
            assert_eq!(read(prefix, suffix, digits, raw), wanted, "{raw:?} as {prefix}…{suffix}");
        }
    }
}
