//! Lines cut into rows of fields. A row that cannot be cut is told with its first line, and reading goes on with the next line:
//! a quote that never closes costs its own row and no other.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader};

use super::decode::{Encoding, Line, Lines};

/// A quoted field over more lines than this was never meant to be one.
const MOST_LINES: usize = 50;
/// A row of more bytes than this is none.
const LONGEST_ROW: usize = 1 << 20;
/// A list with more columns than this is none.
const MOST_FIELDS: usize = 1_000;

/// A row's fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields {
    text: String,
    ends: Vec<usize>,
}

impl Fields {
    /// A field, without the blanks around it; empty where the row has no such field.
    pub(super) fn get(&self, at: usize) -> &str {
        let Some(end) = self.ends.get(at) else { return "" };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text[start..*end].trim()
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn to_vec(&self) -> Vec<String> {
        (0..self.len()).map(|at| self.get(at).to_owned()).collect()
    }
}

/// A row, or why it is none and what stood there: its fields, the line where it could not be cut, nothing where it is no text.
pub(super) type Row = Result<Fields, (String, Vec<String>)>;

/// The rows of a list.
pub(super) struct Rows<R> {
    lines: Lines<R>,
    reader: Reader,
    delimiter: u8,
    /// Lines that were read on for a quote that did not close.
    back: VecDeque<(u64, Line)>,
    /// How many fields a row has; 0 until the headings are read.
    width: usize,
}

impl<R: BufRead> Rows<R> {
    pub(super) fn new(input: R, encoding: Encoding, delimiter: u8) -> Self {
        let reader = csv_core::ReaderBuilder::new()
            .delimiter(delimiter)
            // A carriage return within a line is a character like any other.
            .terminator(csv_core::Terminator::Any(b'\n'))
            .build();
        Self { lines: Lines::new(input, encoding), reader, delimiter, back: VecDeque::new(), width: 0 }
    }

    /// Says how many fields each row must have.
    pub(super) fn expect_width(&mut self, width: usize) {
        self.width = width;
    }

    /// The next row that is not blank, with the number of its first line; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Row)>> {
        loop {
            let Some((number, line)) = self.line()? else { return Ok(None) };
            match line {
                Err(reason) => return Ok(Some((number, Err((reason, Vec::new()))))),
                Ok(text) if text.trim().is_empty() => {}
                Ok(text) => return self.row(number, text).map(|row| Some((number, row))),
            }
        }
    }

    fn line(&mut self) -> io::Result<Option<(u64, Line)>> {
        match self.back.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.lines.next(),
        }
    }

    fn row(&mut self, number: u64, first: String) -> io::Result<Row> {
        let mut cut = Cut::new(&mut self.reader);
        let mut taken: Vec<(u64, Line)> = Vec::new();
        let mut joined = first.clone();
        let mut done = cut.feed(&first);
        while done == Fed::Open {
            if taken.len() + 1 >= MOST_LINES || cut.written > LONGEST_ROW {
                break;
            }
            let next = match self.back.pop_front() {
                Some(line) => Some(line),
                None => self.lines.next()?,
            };
            let Some((at, line)) = next else { break };
            if let Ok(text) = &line {
                done = cut.feed(text);
                joined.push('\n');
                joined.push_str(text);
            }
            let ends = line.is_err();
            taken.push((at, line));
            if ends {
                break;
            }
        }
        let found = cut.fields();
        let many_lines = !taken.is_empty();
        let (fault, stood) = match (done, found) {
            (Fed::Row, Some(fields))
                if (self.width == 0 || fields.len() == self.width)
                    && (!many_lines || closes_well(&joined, self.delimiter)) =>
            {
                return Ok(Ok(fields));
            }
            (Fed::Row, Some(fields)) if !many_lines => {
                let fault = format!("it has {} fields, the headings are {}", fields.len(), self.width);
                (fault, fields.to_vec())
            }
            (Fed::Row, Some(_)) => {
                ("a quote opens in it and closes only in a later line".to_owned(), vec![first])
            }
            (Fed::Row, None) => ("a letter is cut in two".to_owned(), vec![first]),
            (Fed::Open, _) => ("a quote opens in it and does not close".to_owned(), vec![first]),
            (Fed::TooMany, _) => (format!("it has more than {MOST_FIELDS} fields"), vec![first]),
        };
        // What was read on is read again, each line for itself. Also lines that were put back once stay in their order.
        for line in taken.into_iter().rev() {
            self.back.push_front(line);
        }
        debug_assert!(self.back.front().is_none_or(|(at, _)| *at > number));
        Ok(Err((fault, stood)))
    }
}

/// Whether every quoted field ends at a separator. A field over several lines that does not is two rows, of which the first never
/// closed its quote.
fn closes_well(row: &str, delimiter: u8) -> bool {
    let mut bytes = row.bytes().peekable();
    loop {
        if bytes.next_if_eq(&b'"').is_some() {
            // To the quote that closes; a doubled one stands for itself.
            while let Some(byte) = bytes.next() {
                if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                    break;
                }
            }
            if bytes.peek().is_some_and(|byte| *byte != delimiter) {
                return false;
            }
        }
        // To the next field.
        if !bytes.by_ref().any(|byte| byte == delimiter) {
            return true;
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fed {
    /// The row is whole.
    Row,
    /// A quoted field is open.
    Open,
    /// There are too many fields.
    TooMany,
}

/// A row while it is cut.
struct Cut<'a> {
    reader: &'a mut Reader,
    bytes: Vec<u8>,
    written: usize,
    ends: Vec<usize>,
    fields: usize,
}

impl<'a> Cut<'a> {
    fn new(reader: &'a mut Reader) -> Self {
        reader.reset();
        Self { reader, bytes: Vec::new(), written: 0, ends: vec![0; 64], fields: 0 }
    }

    fn feed(&mut self, line: &str) -> Fed {
        self.bytes.resize(self.written + line.len() + 1, 0);
        let mut rest = line.as_bytes();
        let mut ended = false;
        loop {
            let input: &[u8] = if rest.is_empty() { b"\n" } else { rest };
            let (result, read, written, fields) = self.reader.read_record(
                input,
                &mut self.bytes[self.written..],
                &mut self.ends[self.fields..],
            );
            self.written += written;
            self.fields += fields;
            if rest.is_empty() {
                ended |= read > 0;
            } else {
                rest = &rest[read..];
            }
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => return Fed::Row,
                ReadRecordResult::InputEmpty if rest.is_empty() && ended => return Fed::Open,
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.bytes.resize(self.bytes.len() * 2 + 64, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() >= MOST_FIELDS => return Fed::TooMany,
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 4, 0),
            }
        }
    }

    fn fields(mut self) -> Option<Fields> {
        self.bytes.truncate(self.written);
        self.ends.truncate(self.fields);
        let text = String::from_utf8(self.bytes).ok()?;
        let whole = self.ends.iter().all(|end| text.is_char_boundary(*end));
        whole.then_some(Fields { text, ends: self.ends })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What it is, the list, and each row by its line with the fault that it has, if any.
    type Case = (&'static str, &'static str, &'static [(u64, &'static str)]);

    fn rows(text: &str) -> Vec<(u64, Result<Vec<String>, String>)> {
        let mut rows = Rows::new(text.as_bytes(), Encoding::Utf8, b',');
        rows.expect_width(2);
        let mut found = Vec::new();
        while let Some((line, row)) = rows.next().unwrap() {
            found.push((line, row.map(|fields| fields.to_vec()).map_err(|(reason, _)| reason)));
        }
        found
    }

    #[test]
    fn broken_row_costs_itself_and_no_other() {
        let good = |line, a: &str, b: &str| (line, Ok(vec![a.to_owned(), b.to_owned()]));
        let is_good = |line: u64| good(line, "a", "b");
        let cases: &[Case] = &[
            ("plain", "a,b\r\n\r\na,b", &[(1, ""), (3, "")]),
            ("quoted over lines", "\"a\",\"b\"\na,b\n", &[(1, ""), (2, "")]),
            ("never closed", "a,b\n\"a,b\na,b\na,b", &[(1, ""), (2, "does not close"), (3, ""), (4, "")]),
            ("closed by the next", "a,\"b\na,\"b\"\na,b", &[(1, "later line"), (2, ""), (3, "")]),
            ("too few", "a\na,b", &[(1, "1 fields"), (2, "")]),
            ("too many", "a,b,c\na,b", &[(1, "3 fields"), (2, "")]),
        ];
        for (what, text, expected) in cases {
            let found = rows(text);
            assert_eq!(found.len(), expected.len(), "{what}: {found:?}");
            for (found, (line, fault)) in found.iter().zip(*expected) {
                if fault.is_empty() {
                    assert_eq!(*found, is_good(*line), "{what}");
                } else {
                    let said = found.1.as_ref().expect_err(what);
                    assert!(found.0 == *line && said.contains(fault), "{what}: {found:?}");
                }
            }
        }
        assert_eq!(rows("\"a\nx\",b"), [good(1, "a\nx", "b")]);
    }
}
