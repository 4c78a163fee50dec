//! Rows as they are written in the files: `14580 1895`, `1-14579 1894`, `1350000-1449999 1942-1943 Underwood`.

use super::Row;

/// A row before the end of its range is known.
struct Open {
    first: u64,
    last: Option<u64>,
    from: i16,
    to: i16,
    maker: Option<String>,
}

/// The rows of a text, one a line. A range without an end reaches to the next row; the last row has its end.
///
/// One bad row spoils them all: without it the row before would swallow its numbers and date them wrongly.
pub fn rows(text: &str, shared: bool) -> Result<Vec<Row>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let open = lines.map(row).collect::<Result<Vec<Open>, String>>()?;
    let next: Vec<Option<u64>> = open.iter().skip(1).map(|row| Some(row.first)).chain([None]).collect();
    let rows = open.into_iter().zip(next).map(|(row, next)| close(row, next));
    let rows = rows.collect::<Result<Vec<Row>, String>>()?;
    if rows.is_empty() {
        return Err("a series has no row".into());
    }
    for pair in rows.windows(2) {
        let (one, other) = (&pair[0], &pair[1]);
        if other.first < one.first {
            return Err(format!("row {} stands behind row {}", other.first, one.first));
        }
        if !shared && other.first <= one.last {
            return Err(format!(
                "rows {} and {} overlap: write `shared` where blocks are",
                one.first, other.first
            ));
        }
    }
    Ok(rows)
}

fn row(line: &str) -> Result<Open, String> {
    let bad = |what: &str| format!("row `{line}`: {what}");
    let mut words = line.splitn(3, char::is_whitespace).map(str::trim);
    let numbers = words.next().unwrap_or_default();
    let rest = line[numbers.len()..].trim_start();
    let (years, maker) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let number = |text: &str| text.parse::<u64>().map_err(|_| bad("its numbers are not figures"));
    let (first, last) = match numbers.split_once('-') {
        Some((first, last)) => (number(first)?, Some(number(last)?)),
        None => (number(numbers)?, None),
    };
    let year = |text: &str| text.parse::<i16>().map_err(|_| bad("its year is none"));
    let (from, to) = match years.split_once('-') {
        Some((from, to)) => (year(from)?, year(to)?),
        None => (year(years)?, year(years)?),
    };
    if from > to {
        return Err(bad("its years run backwards"));
    }
    let maker = Some(maker.trim().to_owned()).filter(|maker| !maker.is_empty());
    Ok(Open { first, last, from, to, maker })
}

fn close(row: Open, next: Option<u64>) -> Result<Row, String> {
    let Open { first, last, from, to, maker } = row;
    let last = match (last, next) {
        (Some(last), _) => last,
        (None, Some(next)) if next > first => next - 1,
        (None, Some(_)) => return Err(format!("row {first} has no number before the next row")),
        (None, None) => return Err(format!("row {first} is the last and has no end")),
    };
    if last < first {
        return Err(format!("row {first} ends at {last}"));
    }
    Ok(Row { first, last, from, to, maker })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, shared: bool) -> Result<Vec<String>, String> {
        let tell = |row: Row| {
            let maker = row.maker.map(|maker| format!(" {maker}")).unwrap_or_default();
            format!("{}-{} {}-{}{maker}", row.first, row.last, row.from, row.to)
        };
        Ok(rows(text, shared)?.into_iter().map(tell).collect())
    }

    #[test]
    fn a_row_reaches_to_the_next_one() {
        assert_eq!(
            told("\n  1  1894\n 100\t1895-1896\n200-250 1897 Rock Island Arsenal\n", false),
            Ok(vec![
                "1-99 1894-1894".into(),
                "100-199 1895-1896".into(),
                "200-250 1897-1897 Rock Island Arsenal".into()
            ])
        );
    }

    #[test]
    fn a_gap_stays_a_gap_and_a_shared_block_is_said_to_be_one() {
        assert_eq!(told("1-50 1900\n90-99 1901", false).unwrap()[0], "1-50 1900-1900");
        assert!(told("1-95 1900\n90-99 1901", false).unwrap_err().contains("overlap"));
        assert_eq!(told("1-95 1900\n90-99 1901", true).unwrap().len(), 2);
    }

    #[test]
    fn rows_that_make_no_sense_are_named() {
        for (text, wanted) in [
            ("", "no row"),
            ("1 1894", "no end"),
            ("1-9 94a", "its year is none"),
            ("1-9", "its year is none"),
            ("A1-9 1894", "not figures"),
            ("9-1 1894", "ends at 1"),
            ("1-9 1895-1894", "backwards"),
            ("50-60 1894\n1-9 1895", "stands behind"),
            ("5 1894\n5-9 1895", "no number"),
        ] {
            let fault = rows(text, false).expect_err(text);
            assert!(fault.contains(wanted), "{text:?} says {fault:?}");
        }
    }
}
