//! Which column of a list says what. Known lists have their mapping here; any other is mapped by the user and saved as text.

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
}

impl Column {
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
    ];
}

/// The columns of a list, by their headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What separates the fields.
    pub delimiter: u8,
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
    #[error("the mapping needs a column for `make` and one for `model`")]
    NoName,
}

fn meanings() -> String {
    Column::NAMES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// A list's name, what separates its fields, and its columns.
type Known = (&'static str, u8, &'static [(&'static str, Column)]);

impl Mapping {
    /// The mappings of the lists that are known: Canadian FRT and SOR/98-462, ATF curios, Canadian reference numbers, French RGA.
    pub fn known() -> impl Iterator<Item = (&'static str, Self)> {
        const KNOWN: &[Known] = &[
            (
                "frt",
                b',',
                &[
                    ("frn", Column::Id),
                    ("make", Column::Make),
                    ("model", Column::Model),
                    ("manufacturer", Column::Maker),
                    ("type", Column::Type),
                    ("action", Column::Action),
                    ("country", Column::Country),
                    ("feed", Column::Feed),
                    ("serial_location_coded", Column::SerialPlace),
                ],
            ),
            ("asfcp", b',', &[("frn", Column::Id), ("make", Column::Make), ("model", Column::Model)]),
            ("sor-98-462", b',', &[("design", Column::Make), ("name", Column::Model)]),
            (
                "atf-curios",
                b',',
                &[
                    ("record_id", Column::Id),
                    ("make", Column::Make),
                    ("model", Column::Model),
                    ("calibre", Column::Calibre),
                    ("type_words", Column::Type),
                ],
            ),
            (
                "rga",
                b';',
                &[
                    ("referenceRGA", Column::Id),
                    ("marque", Column::Make),
                    ("fabricant", Column::Maker),
                    ("modele", Column::Model),
                    ("typeArme", Column::Type),
                    ("modeFonctionnement", Column::Action),
                    ("calibreCanonUn", Column::Calibre),
                    ("paysFabricant", Column::Country),
                    ("systemeAlimentation", Column::Feed),
                ],
            ),
        ];
        KNOWN.iter().map(|(name, delimiter, columns)| {
            let columns = columns.iter().map(|(heading, column)| ((*heading).to_owned(), *column)).collect();
            (*name, Self { delimiter: *delimiter, columns })
        })
    }

    /// The known mapping whose headings a list has most of, if it has its make and model.
    pub fn recognise(first_line: &str) -> Option<(&'static str, Self)> {
        let best = Self::known().map(|(name, mapping)| {
            let headings: Vec<String> = first_line
                .split(char::from(mapping.delimiter))
                .map(|heading| bare(heading).to_lowercase())
                .collect();
            let has = |heading: &String| headings.contains(&heading.to_lowercase());
            let met = mapping.columns.iter().filter(|(heading, _)| has(heading)).count();
            let named = mapping
                .columns
                .iter()
                .filter(|(_, column)| matches!(column, Column::Make | Column::Model))
                .all(|(heading, _)| has(heading));
            (if named { met } else { 0 }, name, mapping)
        });
        best.max_by_key(|(met, ..)| *met)
            .filter(|(met, ..)| *met >= 2)
            .map(|(_, name, mapping)| (name, mapping))
    }

    /// Reads a saved mapping: one `heading = meaning` a line, `delimiter = ;` if it is no comma, `#` before a remark.
    pub fn parse(text: &str) -> Result<Self, BadMapping> {
        let mut mapping = Self { delimiter: b',', columns: Vec::new() };
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
                    "tab" => b'\t',
                    one if one.len() == 1 => one.as_bytes()[0],
                    _ => return Err(bad()),
                };
                continue;
            }
            let known = Column::NAMES.iter().find(|(name, _)| *name == meaning).ok_or_else(bad)?;
            mapping.columns.push((heading.to_owned(), known.1));
        }
        let has = |column: Column| mapping.columns.iter().any(|(_, known)| *known == column);
        if has(Column::Make) && has(Column::Model) { Ok(mapping) } else { Err(BadMapping::NoName) }
    }

    /// Which field says what in a list with these headings.
    pub(super) fn places(&self, headings: &csv::StringRecord) -> Vec<(usize, Column)> {
        let place =
            |heading: &str| headings.iter().position(|other| bare(other).eq_ignore_ascii_case(heading));
        self.columns.iter().filter_map(|(heading, column)| Some((place(heading)?, *column))).collect()
    }
}

fn bare(heading: &str) -> &str {
    heading.trim().trim_matches(['"', '\u{feff}']).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_lists_are_recognised_by_their_headings() {
        for (line, name) in [
            (
                "frn,make,model,manufacturer,type,action,country,legal_class_ca,feed,serial_location_coded",
                Some("frt"),
            ),
            ("frn,make,model", Some("asfcp")),
            ("referenceRGA;famille;typeArme;marque;modele;fabricant;paysFabricant", Some("rga")),
            ("a,b,c", None),
        ] {
            assert_eq!(Mapping::recognise(line).map(|(name, _)| name), name, "of {line}");
        }
    }

    #[test]
    fn saved_mapping_reads_back_and_a_bad_line_is_named() {
        let mapping = Mapping::parse("# ours\ndelimiter = ;\nMarke = make\nModell = model\n").unwrap();
        assert_eq!(mapping.delimiter, b';');
        assert_eq!(mapping.columns.len(), 2);
        assert!(matches!(Mapping::parse("Marke = mark"), Err(BadMapping::Line { line: 1, .. })));
        assert_eq!(Mapping::parse("Marke = make"), Err(BadMapping::NoName));
    }
}
