//! Compare: two to four entries of the reference table side by side, with the facts that differ.

mod lines;

use crate::desk::{DeskError, Table};
use crate::reference::compare::{Comparison, Difference};

pub use lines::{CompareLine, LABEL, column_width};

use super::reference::{ReferenceRow, row};

/// The most entries that have room side by side.
pub const MOST: usize = 4;

/// Entries side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareView {
    /// The entries, in the order of the columns.
    pub entries: Vec<ReferenceRow>,
    /// Their facts, and how to tell them apart.
    pub comparison: Comparison,
}

/// What the screen holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CompareScreen {
    /// The identifiers of the entries that are asked for.
    pub ids: Vec<String>,
    /// The entries; `None` until they are here.
    pub view: Option<CompareView>,
    /// Which column is selected.
    pub at: usize,
    /// The first line that is seen.
    pub top: u16,
    /// Whether only facts that differ are shown.
    pub only_different: bool,
}

impl CompareScreen {
    /// Takes the entries, unless others are asked for by now.
    pub fn take(&mut self, view: CompareView) {
        if view.entries.iter().map(|entry| &entry.id).eq(&self.ids) {
            self.at = self.at.min(self.ids.len().saturating_sub(1));
            self.view = Some(view);
        }
    }

    /// Moves from column to column.
    pub fn turn(&mut self, by: isize) {
        let count = self.ids.len().max(1) as isize;
        self.at = (self.at as isize + by).rem_euclid(count) as usize;
    }

    /// The identifier of the entry that is selected.
    pub fn selected(&self) -> Option<&String> {
        self.ids.get(self.at)
    }
}

/// The mark of a difference: it is told by a sign, never by colour alone.
pub const fn mark(difference: Difference) -> &'static str {
    match difference {
        Difference::Differs => "≠",
        Difference::Partly => "~",
        Difference::Unknown => "?",
        Difference::Same => " ",
    }
}

/// Entries side by side. Runs on a job's thread.
pub fn compare(ids: &[String], table: &Table) -> Result<CompareView, DeskError> {
    let (entries, comparison) = table.compare(ids)?;
    let reference = table.reference();
    Ok(CompareView { entries: entries.iter().map(|entry| row(entry, &reference)).collect(), comparison })
}
