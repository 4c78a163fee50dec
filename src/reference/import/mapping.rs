//! Which column of a list says what, as a user gives it for a list that the program does not know; kept as text.

use crate::domain::vocabulary::vocabulary;

use super::heading::{heading_name, place_of};

vocabulary! {
    /// What a column says.
    Column {
        /// The list's own number of the entry.
        Id = "id",
        /// The make.
        Make = "make",
        /// Another name of the make, or the maker behind the brand.
        Maker = "maker",
        /// The model.
        Model = "model",
        /// Other names, separated by `|`.
        Aliases = "aliases",
        /// The kind of firearm.
        Type = "type",
        /// The action.
        Action = "action",
        /// A calibre, or several separated by `|`.
        Calibre = "calibre",
        /// The country of manufacture.
        Country = "country",
        /// How it is fed.
        Feed = "feed",
        /// Where its serial number is.
        SerialPlace = "serial_place",
        /// From when to when it was made: `1961-1979`.
        Years = "years",
        /// What this table has no place for, and is kept as it was read.
        Keep = "keep",
    }
}

impl Column {
    /// Whether several columns of one list may say it.
    pub const fn may_repeat(self) -> bool {
        matches!(self, Self::Aliases | Self::Calibre | Self::Country | Self::Keep)
    }
}

/// The columns of a list, by their headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What separates the fields; `None` where the list itself shows it.
    pub delimiter: Option<u8>,
    /// Headings and what their columns say.
    pub columns: Vec<(String, Column)>,
}

/// A mapping that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadMapping {
    /// A line is not `heading = meaning`.
    #[error("mapping line {line}: `{text}` is not `heading = meaning`, with a meaning of {}", meanings())]
    Line {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// Two columns say what one can say.
    #[error("the mapping has two columns for `{0}`, {1} and {2}: give one of them another meaning")]
    Twice(Column, String, String),
    /// No column names the make or the model.
    #[error("the mapping needs a column for `make` (or `maker`) and one for `model`")]
    NoName,
}

fn meanings() -> String {
    Column::ALL.iter().map(|column| column.id()).collect::<Vec<_>>().join(", ")
}

impl Mapping {
    /// The mapping of a list with these headings by the meaning of each of its columns, `None` for one that is passed over.
    pub fn of(delimiter: Option<u8>, headings: &[String], meanings: &[Option<Column>]) -> Self {
        let told = meanings.iter().enumerate().filter_map(|(at, meaning)| Some((at, (*meaning)?)));
        let columns = told.map(|(at, column)| (heading_name(headings, at), column)).collect();
        Self { delimiter, columns }
    }

    /// What it still needs before a list can be read by it: a make (or the maker) and a model.
    pub fn needs(&self) -> Vec<Column> {
        let has = |column: Column| self.columns.iter().any(|(_, known)| *known == column);
        let make = (!has(Column::Make) && !has(Column::Maker)).then_some(Column::Make);
        let model = (!has(Column::Model)).then_some(Column::Model);
        make.into_iter().chain(model).collect()
    }

    /// Reads a saved mapping: one `heading = meaning` a line, `delimiter = ;` or `tab` where the list does not show it, `#` before a
    /// remark.
    pub fn parse(text: &str) -> Result<Self, BadMapping> {
        let mut mapping = Self { delimiter: None, columns: Vec::new() };
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = || BadMapping::Line { line: at + 1, text: line.chars().take(60).collect() };
            let (heading, meaning) = line.rsplit_once('=').ok_or_else(bad)?;
            let (heading, meaning) = (heading.trim(), meaning.trim());
            if heading == "delimiter" {
                mapping.delimiter = match meaning {
                    "tab" => Some(b'\t'),
                    one if one.len() == 1 => Some(one.as_bytes()[0]),
                    _ => return Err(bad()),
                };
                continue;
            }
            let column: Column = meaning.parse().map_err(|_| bad())?;
            let earlier = mapping.columns.iter().find(|(_, known)| *known == column);
            if let Some((other, _)) = earlier.filter(|_| !column.may_repeat()) {
                return Err(BadMapping::Twice(column, other.clone(), heading.to_owned()));
            }
            mapping.columns.push((heading.to_owned(), column));
        }
        if mapping.needs().is_empty() { Ok(mapping) } else { Err(BadMapping::NoName) }
    }

    /// Which field says what in a list with these headings.
    pub(super) fn places(&self, headings: &[String]) -> Vec<(usize, Column)> {
        self.columns
            .iter()
            .filter_map(|(heading, column)| Some((place_of(headings, heading)?, *column)))
            .collect()
    }

    /// The headings that a list should have and has not.
    pub(super) fn missing(&self, headings: &[String]) -> Vec<String> {
        let names = self.columns.iter().map(|(heading, _)| heading);
        names.filter(|heading| place_of(headings, heading).is_none()).cloned().collect()
    }
}

impl std::fmt::Display for Mapping {
    /// As [`Mapping::parse`] reads it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.delimiter {
            None => {}
            Some(b'\t') => writeln!(f, "delimiter = tab")?,
            Some(byte) => writeln!(f, "delimiter = {}", char::from(byte))?,
        }
        self.columns.iter().try_for_each(|(heading, column)| writeln!(f, "{heading} = {}", column.id()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_mapping_reads_back_and_a_bad_line_is_named() {
        let mapping = Mapping::parse("# ours\ndelimiter = ;\nMarke = make\nModell = model\n").unwrap();
        assert_eq!(mapping.delimiter, Some(b';'));
        assert_eq!(mapping.columns.len(), 2);
        assert_eq!(Mapping::parse(&mapping.to_string()), Ok(mapping));
        assert!(matches!(Mapping::parse("Marke = mark"), Err(BadMapping::Line { line: 1, .. })));
        assert_eq!(Mapping::parse("Marke = make"), Err(BadMapping::NoName));
        let twice = Mapping::parse("Marke = make\nFirma = make\nModell = model").unwrap_err();
        assert!(twice.to_string().contains("Marke and Firma"), "{twice}");
    }

    #[test]
    fn mapping_of_columns_reads_back_whatever_their_headings() {
        let headings = ["Nr", "", "Nr", "# shots", "a = b"].map(str::to_owned);
        let meanings =
            [Some(Column::Make), Some(Column::Model), Some(Column::Calibre), Some(Column::Calibre), None];
        let mapping = Mapping::of(None, &headings, &meanings);
        assert!(mapping.needs().is_empty());
        let read = Mapping::parse(&mapping.to_string()).unwrap();
        assert_eq!(read, mapping);
        let places: Vec<usize> = read.places(&headings).into_iter().map(|(at, _)| at).collect();
        assert_eq!(places, [0, 1, 2, 3]);
        assert_eq!(Mapping::of(None, &headings, &[None; 5]).needs(), [Column::Make, Column::Model]);
    }
}
