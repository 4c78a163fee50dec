//! Which column of a list says what, as a user gives it for a list that the program does not know; kept as text.

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The list's own number of the entry.
    Id,
    /// The make.
    Make,
    /// Another name of the make, or the maker behind the brand.
    Maker,
    /// The model.
    Model,
    /// Other names, separated by `|`.
    Aliases,
    /// The kind of firearm.
    Type,
    /// The action.
    Action,
    /// A calibre, or several separated by `|`.
    Calibre,
    /// The country of manufacture.
    Country,
    /// How it is fed.
    Feed,
    /// Where its serial number is.
    SerialPlace,
    /// From when to when it was made: `1961-1979`.
    Years,
    /// What this table has no place for, and is kept as it was read.
    Keep,
}

impl Column {
    /// The word for it in a mapping.
    pub fn word(self) -> &'static str {
        Self::NAMES.iter().find(|(_, column)| *column == self).map_or("", |(word, _)| word)
    }

    const NAMES: &'static [(&'static str, Self)] = &[
        ("id", Self::Id),
        ("make", Self::Make),
        ("maker", Self::Maker),
        ("model", Self::Model),
        ("aliases", Self::Aliases),
        ("type", Self::Type),
        ("action", Self::Action),
        ("calibre", Self::Calibre),
        ("country", Self::Country),
        ("feed", Self::Feed),
        ("serial_place", Self::SerialPlace),
        ("years", Self::Years),
        ("keep", Self::Keep),
    ];
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
    /// No column names the make or the model.
    #[error("the mapping needs a column for `make` (or `maker`) and one for `model`")]
    NoName,
}

fn meanings() -> String {
    Column::NAMES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

impl Mapping {
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
            let known = Column::NAMES.iter().find(|(name, _)| *name == meaning).ok_or_else(bad)?;
            mapping.columns.push((heading.to_owned(), known.1));
        }
        let has = |column: Column| mapping.columns.iter().any(|(_, known)| *known == column);
        let named = (has(Column::Make) || has(Column::Maker)) && has(Column::Model);
        if named { Ok(mapping) } else { Err(BadMapping::NoName) }
    }

    /// Which field says what in a list with these headings.
    pub(super) fn places(&self, headings: &[String]) -> Vec<(usize, Column)> {
        let place = |heading: &str| headings.iter().position(|other| same_heading(other, heading));
        self.columns.iter().filter_map(|(heading, column)| Some((place(heading)?, *column))).collect()
    }

    /// The headings that a list should have and has not.
    pub(super) fn missing(&self, headings: &[String]) -> Vec<String> {
        let is_there = |heading: &str| headings.iter().any(|other| same_heading(other, heading));
        self.columns.iter().map(|(heading, _)| heading).filter(|it| !is_there(it)).cloned().collect()
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
        self.columns.iter().try_for_each(|(heading, column)| writeln!(f, "{heading} = {}", column.word()))
    }
}

/// Headings are compared without case and without the blanks around them.
pub(super) fn same_heading(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
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
    }
}
