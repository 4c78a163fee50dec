//! One line of text that is being typed: search, filter, palette, a reason. The editing itself is the forms' editor.

use crate::domain::text::is_unsafe;
use crate::forms::editor::{Edit, Editor, Lines, Outcome};

/// The text and where the cursor stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line(Editor);

/// The longest line taken, in characters: a query or a reason is never longer, and a pasted file must not become one.
const LONGEST: usize = 2_000;

impl Default for Line {
    fn default() -> Self {
        Self::with("")
    }
}

impl Line {
    /// A line that begins with a text, the cursor at its end.
    pub fn with(text: &str) -> Self {
        Self(Editor::new(text, Lines::One, LONGEST))
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.0.text()
    }

    /// The text before the cursor.
    pub fn before_cursor(&self) -> &str {
        &self.text()[..self.0.cursor()]
    }

    /// Puts text in at the cursor. A form refuses what it cannot take; in a search, what fits is of use: line breaks become spaces,
    /// other characters that steer or hide are dropped, and so is what is beyond the longest line.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text().chars().count());
        let harmless = |c: &char| matches!(c, '\n' | '\r' | '\t') || !is_unsafe(*c);
        let clean: String = text.chars().filter(harmless).take(room).collect();
        self.apply(&Edit::Paste(clean));
    }

    /// Performs a command of editing; whether the text is another one now.
    pub fn apply(&mut self, edit: &Edit) -> bool {
        self.0.apply(edit) == Outcome::Changed
    }

    /// Empties the line.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_is_by_grapheme() {
        let mut line = Line::with("S\u{30c}ko");
        for edit in [Edit::Left, Edit::Left, Edit::DeleteLeft] {
            line.apply(&edit);
        }
        assert_eq!(line.text(), "ko");
        line.insert("Č");
        assert_eq!(line.text(), "Čko");
        line.apply(&Edit::LineEnd);
        line.apply(&Edit::DeleteWordLeft);
        assert_eq!(line.text(), "");
    }

    #[test]
    fn pasted_lines_become_one_and_control_characters_are_dropped() {
        let mut line = Line::default();
        line.insert("a\nb\x1b[31mc");
        assert_eq!(line.text(), "a b[31mc");
    }

    #[test]
    fn of_a_file_that_is_pasted_only_the_beginning_is_taken() {
        let mut line = Line::with("make:");
        line.insert(&"é".repeat(5_000));
        assert_eq!(line.text().chars().count(), LONGEST);
    }

    #[test]
    fn words_are_deleted_one_by_one() {
        let mut line = Line::with("make:zastava rue haute ");
        line.apply(&Edit::DeleteWordLeft);
        assert_eq!(line.text(), "make:zastava rue ");
    }
}
