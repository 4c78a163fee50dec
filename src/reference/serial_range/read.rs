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

/// What is stamped, in its three forms.
#[derive(Debug)]
pub struct Stamped([String; 3]);

impl Stamped {
    /// The forms of a number as typed.
    pub fn new(raw: &str) -> Self {
        Self(Likeness::ALL.map(|likeness| form(raw, likeness)))
    }

    /// The figures as a number, where this is written as the series writes; no range is looked at.
    pub fn number_in(&self, series: &Series, likeness: Likeness) -> Option<u64> {
        let text = &self.0[likeness as usize];
        let figures = text.strip_prefix(&form(&series.prefix, likeness))?;
        let figures = figures.strip_suffix(&form(&series.suffix, likeness))?;
        let (least, most) = series.digits.unwrap_or((1, LONGEST));
        let fits =
            (least..=most).contains(&figures.len()) && figures.bytes().all(|byte| byte.is_ascii_digit());
        if fits { figures.parse().ok() } else { None }
    }
}

fn form(text: &str, likeness: Likeness) -> String {
    match likeness {
        Likeness::AsStamped => serial::bare(text),
        Likeness::Folded => serial::normalise(text),
        Likeness::Misread => serial::confusable_key(&serial::normalise(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        prefix: &str,
        suffix: &str,
        digits: Option<(usize, usize)>,
        raw: &str,
    ) -> Option<(u64, Likeness)> {
        let series = Series { prefix: prefix.into(), suffix: suffix.into(), digits, rows: Vec::new() };
        let stamped = Stamped::new(raw);
        Likeness::ALL.into_iter().find_map(|likeness| Some((stamped.number_in(&series, likeness)?, likeness)))
    }

    #[test]
    fn figures_are_found_between_the_letters_of_the_series() {
        use Likeness::{AsStamped, Folded, Misread};
        for (prefix, suffix, digits, raw, wanted) in [
            ("", "", None, "14580", Some((14580, AsStamped))),
            ("", "", None, "14,580", Some((14580, AsStamped))),
            ("C", "", None, "c 123456", Some((123_456, AsStamped))),
            ("C", "", None, "С123456", Some((123_456, Folded))),
            ("", "", None, "١٢٣", Some((123, Folded))),
            ("", "", None, "1O5", Some((105, Folded))),
            ("", "", None, "1B5", Some((185, Misread))),
            ("70G", "", Some((5, 5)), "70G01234", Some((1234, AsStamped))),
            ("70G", "", Some((5, 5)), "70601234", Some((1234, Misread))),
            ("", "B70", Some((5, 5)), "12345B70", Some((12345, AsStamped))),
            ("10-", "", Some((5, 5)), "10-12345", Some((12345, AsStamped))),
            ("10-", "", Some((5, 5)), "101234", None),
            ("", "", None, "C123", None),
            ("", "", None, "", None),
            ("", "", None, "1234567890123", None),
        ] {
            assert_eq!(read(prefix, suffix, digits, raw), wanted, "{raw:?} as {prefix}…{suffix}");
        }
    }
}
