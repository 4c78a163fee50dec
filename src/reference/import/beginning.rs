//! The beginning of a list: what separates its fields, its headings, and its first rows.

use super::decode::Encoding;
use super::plan::NoPlan;
use super::rows::{Fields, Rows};

/// How many rows are looked at where headings alone do not say what a list or a column is.
const SAMPLE: usize = 40;

/// The beginning of a list.
pub struct Beginning {
    /// What separates its fields.
    pub delimiter: u8,
    /// Its headings, in order.
    pub headings: Vec<String>,
    pub(super) sample: Vec<Fields>,
}

impl Beginning {
    /// Reads it from the first bytes, which may be cut anywhere after the first rows. Where `delimiter` is not given the list itself
    /// shows it.
    pub fn read(bytes: &[u8], encoding: Encoding, delimiter: Option<u8>) -> Result<Self, NoPlan> {
        let delimiter = delimiter.map_or_else(|| delimiter_of(bytes, encoding), Ok)?;
        let mut rows = Rows::new(bytes, encoding, delimiter);
        let fault = |fault: std::io::Error| NoPlan::Io(fault.to_string());
        let headings = match rows.next().map_err(fault)? {
            None => return Err(NoPlan::Empty),
            Some((line, Err((reason, _)))) => return Err(NoPlan::Headings { line, reason }),
            Some((_, Ok(fields))) => fields.to_vec(),
        };
        rows.expect_width(headings.len());
        let mut sample = Vec::new();
        while sample.len() < SAMPLE {
            match rows.next().map_err(fault)? {
                None => break,
                Some((_, Ok(fields))) => sample.push(fields),
                Some((_, Err(_))) => {}
            }
        }
        Ok(Self { delimiter, headings, sample })
    }

    /// The first values of a column that differ, so many at most.
    pub fn samples(&self, at: usize, most: usize) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for value in self.sample.iter().map(|row| row.get(at)).filter(|value| !value.is_empty()) {
            if found.len() < most && found.iter().all(|other| other != value) {
                found.push(value.to_owned());
            }
        }
        found
    }
}

/// What separates the headings: of comma, semicolon, tab and bar the one that cuts the first row into most fields.
fn delimiter_of(beginning: &[u8], encoding: Encoding) -> Result<u8, NoPlan> {
    let mut best = (0, b',');
    for delimiter in *b",;\t|" {
        let mut rows = Rows::new(beginning, encoding, delimiter);
        let first = rows.next().map_err(|fault| NoPlan::Io(fault.to_string()))?;
        let fields = match first {
            Some((_, Ok(fields))) => fields.len(),
            _ => 0,
        };
        if fields > best.0 {
            best = (fields, delimiter);
        }
    }
    Ok(best.1)
}
