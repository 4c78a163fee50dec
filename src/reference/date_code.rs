//! Systems that turn a mark into a year: proof letters, code tables, calendars.
//!
//! A year read from a mark is a hint that a person checks; where a mark may mean several years, all are given.

use serde::{Deserialize, Serialize};

use crate::domain::country::CountryCode;

use super::entry::Entry;
use super::table::Reference;
use super::text;

/// How a system is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// The mark is looked up.
    Table,
    /// The mark is the year.
    PlainFourDigit,
    /// The mark ends with the last two figures of the year.
    PlainTwoDigit,
    /// The serial number begins with the last figures of the year.
    TwoDigitPrefix,
    /// The first two figures are taken from 2000.
    Subtract,
    /// The mark counts from another year.
    Offset,
}

/// A system of dating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateSystem {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is used: codes of countries, as they are written in the file.
    pub countries: Vec<String>,
    /// The makes that use it; empty where all of the countries' do.
    #[serde(default)]
    pub makes: Vec<String>,
    /// The proof houses that use it.
    #[serde(default)]
    pub proof_houses: Vec<String>,
    /// Where the mark stands.
    #[serde(rename = "where")]
    pub place: String,
    /// How it is read, for people.
    pub how: String,
    /// How it is read, for the program.
    pub kind: DateKind,
    /// First year of the system.
    pub from: Option<i16>,
    /// Last year of the system.
    pub to: Option<i16>,
    /// A pattern, or the rule in words.
    pub rule: Option<String>,
    /// What is added to the mark.
    pub offset: Option<i16>,
    /// The least mark.
    pub mark_from: Option<i16>,
    /// The greatest mark.
    pub mark_to: Option<i16>,
    /// Marks and their years, which the check reads back.
    #[serde(default)]
    pub examples: Vec<DateExample>,
    /// What to be careful of.
    pub note: Option<String>,
    /// The table.
    #[serde(default)]
    pub codes: Vec<DateCode>,
}

/// A mark and its year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateExample {
    /// As stamped.
    pub mark: String,
    /// What it means.
    pub year: i16,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateCode {
    /// The mark.
    pub code: String,
    /// The year, or the first of a span.
    pub year: i16,
    /// The last year of a span.
    pub to: Option<i16>,
}

/// What a system says of a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateReading<'a> {
    /// The system.
    pub system: &'a DateSystem,
    /// Spans of years that the mark may mean, earliest first.
    pub years: Vec<(i16, i16)>,
}

impl DateSystem {
    /// The spans of years that a mark may mean in this system, earliest first; none where it is no mark of it.
    pub fn read(&self, mark: &str) -> Vec<(i16, i16)> {
        let mark = mark.trim();
        let digits: String = digits_of(mark);
        let mut years: Vec<(i16, i16)> = match self.kind {
            DateKind::Table => self.look_up(mark),
            DateKind::PlainFourDigit => plain(&digits, 4)
                .filter(|_| self.rule_admits(&digits))
                .map(|year| (year, year))
                .into_iter()
                .collect(),
            DateKind::PlainTwoDigit if self.rule_admits(mark) || mark.len() == 2 && digits.len() == 2 => {
                let last = digits.len().checked_sub(2).and_then(|at| plain(&digits[at..], 2));
                self.years_ending_in(last, 100)
            }
            DateKind::PlainTwoDigit => Vec::new(),
            DateKind::TwoDigitPrefix => {
                let leading: String = mark.chars().take_while(char::is_ascii_digit).collect();
                let complete = leading.len() == mark.len();
                if !complete && !self.rule_admits(mark) || leading.len() > 2 {
                    return Vec::new();
                }
                self.years_ending_in(leading.parse().ok(), if leading.len() == 1 { 10 } else { 100 })
            }
            DateKind::Subtract => {
                let first = digits.get(..2).and_then(|two| plain(two, 2));
                first.map(|two| 2000 - two).map(|year| (year, year)).into_iter().collect()
            }
            DateKind::Offset => {
                let first: String = normal_digits(mark)
                    .chars()
                    .skip_while(|c| !c.is_ascii_digit())
                    .take_while(char::is_ascii_digit)
                    .collect();
                let number: Option<i16> = first.parse().ok();
                let least = self.mark_from.unwrap_or(i16::MIN);
                let most = self.mark_to.unwrap_or(i16::MAX);
                let number = number.filter(|number| (least..=most).contains(number));
                number
                    .and_then(|number| number.checked_add(self.offset?))
                    .map(|year| (year, year))
                    .into_iter()
                    .collect()
            }
        };
        years.retain(|(first, last)| {
            self.from.is_none_or(|from| *last >= from) && self.to.is_none_or(|to| *first <= to)
        });
        years.sort_unstable();
        years.dedup();
        years
    }

    fn look_up(&self, mark: &str) -> Vec<(i16, i16)> {
        let wanted = mark_key(mark);
        let mut wanted = vec![wanted];
        // A month letter may stand before the code of the year.
        if let Some(months) =
            self.rule.as_deref().and_then(|rule| rule.split('"').nth(1)).filter(|_| self.says_months())
        {
            let first = wanted[0].chars().next();
            if let Some(first) = first.filter(|first| months.contains(*first)) {
                wanted.push(wanted[0][first.len_utf8()..].to_owned());
            }
        }
        let codes = self.codes.iter().filter(|row| wanted.contains(&mark_key(&row.code)));
        codes.map(|row| (row.year, row.to.unwrap_or(row.year))).collect()
    }

    fn says_months(&self) -> bool {
        self.rule.as_deref().is_some_and(|rule| rule.starts_with("months"))
    }

    fn rule_admits(&self, mark: &str) -> bool {
        let Some(rule) = &self.rule else { return true };
        regex::Regex::new(rule).is_ok_and(|rule| rule.is_match(mark))
    }

    /// The years of the system that end in these figures. An open system is read for a century from its first year.
    fn years_ending_in(&self, figures: Option<i16>, modulus: i16) -> Vec<(i16, i16)> {
        let (Some(figures), Some(from)) = (figures, self.from) else { return Vec::new() };
        let to = self.to.unwrap_or(from.saturating_add(99));
        (from..=to).filter(|year| year % modulus == figures).map(|year| (year, year)).collect()
    }

    /// Whether the make or the countries of an entry use this system.
    fn is_of(&self, entry: &Entry) -> bool {
        let by_make =
            entry.make_id.as_ref().is_some_and(|make| self.makes.iter().any(|other| other == make.as_str()));
        // A proof house marks what every maker of its country brings, so a system of proof is not its makers' alone.
        let of_country = self.makes.is_empty() || !self.proof_houses.is_empty();
        let country_uses = |code: &CountryCode| self.countries.iter().any(|other| other == code.as_str());
        by_make || of_country && entry.countries.iter().any(country_uses)
    }

    /// Whether the mark is in the serial number.
    fn is_in_serial(&self) -> bool {
        matches!(self.kind, DateKind::TwoDigitPrefix | DateKind::Subtract)
            || self.place.contains("serial number")
    }
}

impl Reference {
    /// What the systems say of a mark: those of the entry's make and countries where one is given, all of them otherwise.
    pub fn date_mark(&self, mark: &str, entry: Option<&Entry>) -> Vec<DateReading<'_>> {
        let systems =
            self.date_systems().iter().filter(|system| entry.is_none_or(|entry| system.is_of(entry)));
        let readings = systems.map(|system| DateReading { system, years: system.read(mark) });
        readings.filter(|reading| !reading.years.is_empty()).collect()
    }

    /// What the systems of the entry's make that stand in the serial number say of one.
    pub fn date_serial(&self, serial: &str, entry: &Entry) -> Vec<DateReading<'_>> {
        let systems = self.date_systems().iter().filter(|system| system.is_in_serial());
        let of_make = |system: &&DateSystem| {
            entry.make_id.as_ref().is_some_and(|make| system.makes.iter().any(|other| other == make.as_str()))
        };
        let readings = systems.filter(of_make).map(|system| {
            let years = match system.kind {
                DateKind::Table => {
                    let letters = text::atoms(serial).into_iter().filter(|atom| !atom.digits);
                    letters.flat_map(|atom| system.read(&atom.text)).collect()
                }
                _ => system.read(serial.trim()),
            };
            DateReading { system, years }
        });
        readings.filter(|reading| !reading.years.is_empty()).collect()
    }
}

/// Digits of any script as 0–9, the rest as it is.
fn normal_digits(mark: &str) -> String {
    text::atoms(mark).into_iter().map(|atom| atom.text.into()).collect::<Vec<String>>().join(" ")
}

fn digits_of(mark: &str) -> String {
    normal_digits(mark).chars().filter(char::is_ascii_digit).collect()
}

fn plain(digits: &str, count: usize) -> Option<i16> {
    if digits.len() == count { digits.parse().ok() } else { None }
}

/// A code as it is compared: capitals, no points or spaces.
fn mark_key(mark: &str) -> String {
    mark.chars().filter(|c| c.is_alphanumeric() || *c == '*').flat_map(char::to_uppercase).collect()
}
