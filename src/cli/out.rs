//! Standard output and error: one place, so that foreign text is made harmless and a closed pipe ends the program quietly.

use std::io::{self, Write as _};

use serde::Serialize;

use crate::domain::text::printable;

/// Prints a line; what could steer the terminal is replaced.
pub(super) fn line(text: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{}", printable(text))
}

/// Prints text of several lines, each as [`line()`] does.
pub(super) fn text(text: &str) -> io::Result<()> {
    text.lines().try_for_each(line)
}

/// Prints text of our own that has line breaks, such as the manual page.
pub(super) fn raw(bytes: &[u8]) -> io::Result<()> {
    io::stdout().lock().write_all(bytes)
}

/// Prints a value as one JSON document on one line.
pub(super) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Prints a line to standard error. A standard error that is gone is nothing the user could be told of.
pub(super) fn error_line(text: &str) {
    drop(writeln!(io::stderr().lock(), "{}", printable(text)));
}

/// Prints columns of text.
pub(super) fn table(rows: &[Vec<String>]) -> io::Result<()> {
    aligned(rows).iter().try_for_each(|row| line(row))
}

/// Columns of text as lines, each column as wide as its widest cell, with two spaces between.
pub(super) fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    use unicode_width::UnicodeWidthStr as _;
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let mut text = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', (width + 2).saturating_sub(cell.width())));
        }
        text.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
