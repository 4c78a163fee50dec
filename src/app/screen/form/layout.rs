//! Where the lines of a form lie: how high each is and which are seen. The screen scrolls by it and the view draws by it.

use super::FormScreen;
use crate::forms::draft::Line;
use crate::forms::editor::Lines;
use crate::forms::kind::Kind;

/// The most rows that a text of many lines takes while it is typed.
const TEXT_ROWS: usize = 5;
/// The most choices shown at once.
const CHOICE_ROWS: usize = 7;

/// The lines of the form with their rows.
#[derive(Debug)]
pub struct Layout<'a> {
    /// Every line.
    pub lines: Vec<Placed<'a>>,
    /// The rows in all.
    pub height: usize,
}

/// A line and where it lies.
#[derive(Debug)]
pub struct Placed<'a> {
    /// The line.
    pub line: Line<'a>,
    /// Its first row, from the top of the form.
    pub row: usize,
    /// How many rows its value takes.
    pub rows: usize,
    /// How many rows of choices follow.
    pub choices: usize,
    /// Whether it has the focus.
    pub is_focused: bool,
}

impl FormScreen {
    /// The lines as they lie now.
    pub fn layout(&self) -> Layout<'_> {
        let mut row = 0;
        let place = |line: Line<'_>| -> (bool, usize, usize) {
            let Line::Field { field, path, .. } = &line else { return (false, 1, 0) };
            let is_focused = path == self.draft.focus();
            let is_long = matches!(field.kind, Kind::Text { lines: Lines::Many, .. });
            let rows = if is_focused && is_long {
                self.draft.editor().text().matches('\n').count().saturating_add(1).clamp(2, TEXT_ROWS)
            } else {
                1
            };
            (is_focused, rows, if is_focused { self.choice_rows() } else { 0 })
        };
        let mut lines = Vec::new();
        for line in self.draft.lines() {
            let (is_focused, rows, choices) = place(line.clone());
            lines.push(Placed { line, row, rows, choices, is_focused });
            row += rows + choices;
        }
        Layout { lines, height: row }
    }

    /// Keeps the field with the focus, and its choices, in sight. It jumps by half a page: each scroll by one row would repaint the
    /// whole form, which over a slow line costs as much as the half page.
    pub(super) fn follow(&mut self) {
        let layout = self.layout();
        let height = usize::from(self.height);
        let Some(at) = layout.lines.iter().position(|placed| placed.is_focused) else { return };
        let placed = &layout.lines[at];
        // The heading above the first field of a section comes into sight with it.
        let is_first =
            at.checked_sub(1).is_some_and(|before| matches!(layout.lines[before].line, Line::Section { .. }));
        let first = placed.row - usize::from(is_first);
        let end = placed.row + placed.rows + placed.choices;
        let last_top = layout.height.saturating_sub(height);
        let top = if first < self.top {
            first.saturating_sub(height / 2)
        } else if end > self.top + height {
            (end + height / 2).saturating_sub(height).min(first)
        } else {
            self.top
        };
        self.top = top.min(last_top);
    }

    fn choice_rows(&self) -> usize {
        // One row more says that there is none, or how many more there are.
        self.chooser.as_ref().map_or(0, |chooser| chooser.offered().len().clamp(0, CHOICE_ROWS) + 1)
    }
}
