//! Cross-checks of the tables of ranges.

use std::collections::HashSet;

use crate::reference::entry::Years;
use crate::reference::{Fault, ModelId, Reference};

use super::{RangeTable, Series};

/// How far a table may reach beyond the years of a card: makers clear their shelves, and cards give the years of catalogues.
const NEAR: i16 = 5;
/// Serial numbers of firearms that a table can date.
const PLAUSIBLE: std::ops::RangeInclusive<i16> = 1800..=2030;

impl Reference {
    /// The faults of the tables of ranges: cards that do not exist, series that cannot be told apart, years that cannot be, examples
    /// that do not hold. Rows that make no sense were met by the load.
    pub(in crate::reference) fn check_ranges(&self, faults: &mut Vec<Fault>) {
        let mut ids = HashSet::new();
        for table in self.range_tables() {
            let mut fault = |problem: String| faults.push(Fault::new(table.file, &*table.id, problem));
            if !ids.insert(&table.id) {
                fault("two tables have this id".into());
            }
            if table.source.trim().is_empty() {
                fault("does not say where it was published".into());
            }
            if table.cards.is_empty() {
                fault("is for no card".into());
            }
            table.check_series(&mut fault);
            table.check_examples(&mut fault);
            for card in &table.cards {
                self.check_range_card(table, card, &mut fault);
            }
        }
    }

    fn check_range_card(&self, table: &RangeTable, card: &ModelId, fault: &mut impl FnMut(String)) {
        let Some(entry) = self.entry(card.as_str()).filter(|entry| entry.is_card()) else {
            return fault(format!("card `{card}` is not in models/cards/"));
        };
        let Some(Years { from, to }) = entry.details().years else { return };
        let rows = || table.series.iter().flat_map(|series| &series.rows);
        let near = |first: i16, last: i16| {
            from.is_none_or(|from| last >= from - NEAR) && to.is_none_or(|to| first <= to + NEAR)
        };
        if !rows().any(|row| near(row.from, row.to)) {
            fault(format!("no year is near those of card `{card}`"));
        }
        // A table for one card has no year that is not near that card's.
        if table.cards.len() == 1 {
            for row in rows().filter(|row| !near(row.from, row.to)) {
                fault(format!("row {} says {}, far from the years of card `{card}`", row.first, row.from));
            }
        }
    }
}

impl RangeTable {
    fn check_series(&self, fault: &mut impl FnMut(String)) {
        for (at, series) in self.series.iter().enumerate() {
            if (series.prefix.has_figures() || series.suffix.has_figures()) && series.digits.is_none() {
                fault(format!("series `{}`: figures among its letters need `digits`", series.shown()));
            }
            if let Some(other) = self.series[..at].iter().find(|other| other.meets(series)) {
                fault(format!("series `{}` and `{}` are written alike", other.shown(), series.shown()));
            }
            for row in &series.rows {
                if !PLAUSIBLE.contains(&row.from) || !PLAUSIBLE.contains(&row.to) {
                    fault(format!("row {} says {}–{}", row.first, row.from, row.to));
                }
                let figures = row.last.to_string().len();
                if series.digits.is_some_and(|(_, most)| figures > most) {
                    fault(format!("row {} ends at {}, longer than `digits`", row.first, row.last));
                }
            }
        }
    }

    fn check_examples(&self, fault: &mut impl FnMut(String)) {
        if self.examples.is_empty() {
            fault("has no example".into());
        }
        for example in &self.examples {
            let readings = self.read(&example.serial);
            let spans: Vec<(i16, i16)> =
                readings.iter().map(|reading| (reading.row.from, reading.row.to)).collect();
            if !spans.iter().any(|(from, to)| (*from..=*to).contains(&example.year)) {
                fault(format!("its example `{}` reads {spans:?}, not {}", example.serial, example.year));
            }
        }
    }
}

impl Series {
    fn shown(&self) -> String {
        format!("{}…{}", self.prefix, self.suffix)
    }

    /// Whether a number may be one of both.
    fn meets(&self, other: &Self) -> bool {
        let digits = match (self.digits, other.digits) {
            (Some((least, most)), Some((from, to))) => least <= to && from <= most,
            _ => true,
        };
        let rows = self
            .rows
            .iter()
            .any(|row| other.rows.iter().any(|beside| row.first <= beside.last && beside.first <= row.last));
        self.prefix.meets(&other.prefix) && self.suffix.meets(&other.suffix) && digits && rows
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Affix, RangeExample, YearKind, rows};
    use super::*;

    fn series(prefix: &str, digits: Option<(usize, usize)>, text: &str) -> Series {
        let affix = |text| Affix::parse(text).unwrap();
        Series { prefix: affix(prefix), suffix: affix(""), digits, rows: rows(text, false).unwrap() }
    }

    fn table(series: Vec<Series>) -> RangeTable {
        RangeTable {
            id: "one".into(),
            name: "One".into(),
            cards: vec!["winchester-94".into()],
            kind: YearKind::Made,
            shared: false,
            note: None,
            source: "s".into(),
            series,
            examples: vec![RangeExample { serial: "5".into(), year: 1900 }],
            file: "serial-ranges/a.toml",
        }
    }

    #[test]
    fn series_that_cannot_be_told_apart_and_years_that_cannot_be_are_faults() {
        for (series, wanted) in [
            (vec![series("", None, "1-9 1900"), series("", None, "5-20 1901")], "written alike"),
            (vec![series("[A-C]", None, "1-9 1900"), series("C", None, "1-9 1901")], "written alike"),
            (vec![series("70G", None, "1-9 1970")], "need `digits`"),
            (vec![series("70G", Some((5, 5)), "1-123456 1970")], "longer than `digits`"),
            (vec![series("", None, "1-9 1700")], "says 1700"),
        ] {
            let mut faults = Vec::new();
            table(series).check_series(&mut |problem| faults.push(problem));
            assert!(faults.len() == 1 && faults[0].contains(wanted), "{wanted}: {faults:?}");
        }
        let mut faults = Vec::new();
        let apart = vec![series("", Some((1, 5)), "1-9 1900"), series("", Some((6, 6)), "1-9 1901")];
        table(apart).check_series(&mut |problem| faults.push(problem));
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn an_example_that_does_not_hold_and_a_table_without_one_are_faults() {
        let mut faults = Vec::new();
        let mut wrong = table(vec![series("", None, "1-9 1901")]);
        wrong.check_examples(&mut |problem| faults.push(problem));
        wrong.examples.clear();
        wrong.check_examples(&mut |problem| faults.push(problem));
        assert_eq!(faults, ["its example `5` reads [(1901, 1901)], not 1900", "has no example"]);
    }

    #[test]
    fn a_card_that_is_not_there_and_years_far_from_the_cards_are_faults() {
        let reference = Reference::shipped().unwrap();
        let found = |card: &str, text: &str| {
            let mut faults = Vec::new();
            let table = table(vec![series("", None, text)]);
            reference.check_range_card(&table, &card.into(), &mut |problem| faults.push(problem));
            faults
        };
        assert_eq!(found("no-such", "1-9 1900"), ["card `no-such` is not in models/cards/"]);
        assert_eq!(found("winchester-94", "1 1895\n10-19 1896"), Vec::<String>::new());
        let far = found("winchester-94", "1 1870\n10-19 1896");
        assert!(far.len() == 1 && far[0].contains("row 1 says 1870"), "{far:?}");
    }
}
