//! The tables that date a serial number by its range.

use rayon::prelude::*;
use serde::Deserialize;

use crate::reference::error::Fault;
use crate::reference::serial_range::{Affix, RangeExample, RangeTable, Series, YearKind, rows};

use super::File;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the licence is required at a file's head, and read by people")]
struct RangeFile {
    licence: String,
    #[serde(default)]
    table: Vec<TableRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableRow {
    id: String,
    name: String,
    cards: Vec<String>,
    kind: YearKind,
    #[serde(default)]
    shared: bool,
    note: Option<String>,
    source: String,
    examples: Vec<RangeExample>,
    series: Vec<SeriesRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeriesRow {
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    suffix: String,
    digits: Option<[usize; 2]>,
    rows: String,
}

/// The tables of these files. A file or a table that makes no sense is left out whole and kept as a fault: half a table would date
/// numbers wrongly, and the rest of the reference does without it.
pub(super) fn load<'a>(files: impl Iterator<Item = &'a File>) -> (Vec<RangeTable>, Vec<Fault>) {
    let files: Vec<File> = files.copied().collect();
    let read: Vec<Result<Vec<_>, Fault>> =
        files.into_par_iter().map(|(file, text)| of_file(file, text)).collect();
    let (mut tables, mut faults) = (Vec::new(), Vec::new());
    for table in read.into_iter().flat_map(|file| file.unwrap_or_else(|fault| vec![Err(fault)])) {
        match table {
            Ok(table) => tables.push(table),
            Err(fault) => faults.push(fault),
        }
    }
    (tables, faults)
}

fn of_file(file: &'static str, text: &str) -> Result<Vec<Result<RangeTable, Fault>>, Fault> {
    let raw: RangeFile = super::parse(file, text).map_err(|error| {
        let (line, problem) = error.message.split_once(": ").unwrap_or(("file", error.message.as_str()));
        Fault::new(file, line, problem)
    })?;
    Ok(raw.table.into_iter().map(|row| of_row(file, row)).collect())
}

fn of_row(file: &'static str, row: TableRow) -> Result<RangeTable, Fault> {
    let shared = row.shared;
    let series = row.series.into_iter().map(|raw| {
        let fault = |problem: String| Fault::new(file, &*row.id, problem);
        Ok(Series {
            prefix: Affix::parse(&raw.prefix).map_err(fault)?,
            suffix: Affix::parse(&raw.suffix).map_err(fault)?,
            digits: raw.digits.map(|[least, most]| (least, most)),
            rows: rows(&raw.rows, shared).map_err(fault)?,
        })
    });
    Ok(RangeTable {
        series: series.collect::<Result<_, Fault>>()?,
        id: row.id,
        name: row.name,
        cards: row.cards.iter().map(|id| id.as_str().into()).collect(),
        kind: row.kind,
        shared,
        note: row.note,
        source: row.source,
        examples: row.examples,
        file,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "licence = \"CC0-1.0\"\n";

    fn table(rows: &str) -> String {
        format!(
            "[[table]]\nid = \"one\"\nname = \"One\"\ncards = []\nkind = \"made\"\nsource = \"s\"\nexamples = []\n\
             series = [{{ rows = \"{rows}\" }}]\n"
        )
    }

    fn read(text: String) -> (usize, Vec<String>) {
        let text: &'static str = text.leak();
        let (tables, faults) = load([("serial-ranges/a.toml", text)].iter());
        (tables.len(), faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_damaged_file_is_a_fault_with_its_line_and_nothing_else_falls() {
        let good = table("1-9 1900");
        let (tables, faults) = read(format!("{HEAD}{good}this is no key\n"));
        assert_eq!(tables, 0);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("serial-ranges/a.toml: line 10: "), "{faults:?}");
    }

    #[test]
    fn a_damaged_row_is_a_fault_with_its_table_which_is_left_out() {
        let (tables, faults) = read(format!("{HEAD}{}{}", table("1 x"), table("1-9 1900")));
        assert_eq!(tables, 1, "the sound table stands");
        assert_eq!(faults, ["serial-ranges/a.toml: one: row `1 x`: its year is none"]);
    }
}
