//! One line of text that is being typed: search, filter, palette, a reason. Editing is by grapheme.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};

/// The text and where the cursor stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    text: String,
    /// A byte offset on a grapheme's edge.
    cursor: usize,
}

/// The longest line taken: a query or a reason is never longer, and a pasted file must not become one.
const LONGEST: usize = 2_000;

impl Line {
    /// A line that begins with a text, the cursor at its end.
    pub fn with(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor.
    pub fn before_cursor(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// Puts text in at the cursor. Line breaks become spaces, other control characters are dropped: they were never meant.
    pub fn insert(&mut self, text: &str) {
        let clean: String = text
            .chars()
            .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
            .filter(|c| !c.is_control())
            .take(LONGEST.saturating_sub(self.text.len()))
            .collect();
        self.text.insert_str(self.cursor, &clean);
        self.cursor += clean.len();
    }

    /// Deletes the grapheme before the cursor; false where there is none.
    pub fn backspace(&mut self) -> bool {
        let Some(before) = self.edge_before() else { return false };
        self.text.replace_range(before..self.cursor, "");
        self.cursor = before;
        true
    }

    /// Deletes the grapheme at the cursor.
    pub fn delete(&mut self) {
        if let Some(after) = self.edge_after() {
            self.text.replace_range(self.cursor..after, "");
        }
    }

    /// Deletes the word before the cursor.
    pub fn delete_word(&mut self) {
        let before = self.before_cursor();
        let kept = before
            .trim_end()
            .split_word_bounds()
            .next_back()
            .map_or(0, |word| before.trim_end().len() - word.len());
        self.text.replace_range(kept..self.cursor, "");
        self.cursor = kept;
    }

    /// Deletes everything before the cursor.
    pub fn delete_to_start(&mut self) {
        self.text.replace_range(..self.cursor, "");
        self.cursor = 0;
    }

    /// Empties the line.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// One grapheme to the left.
    pub fn left(&mut self) {
        self.cursor = self.edge_before().unwrap_or(self.cursor);
    }

    /// One grapheme to the right.
    pub fn right(&mut self) {
        self.cursor = self.edge_after().unwrap_or(self.cursor);
    }

    /// To the beginning.
    pub fn start(&mut self) {
        self.cursor = 0;
    }

    /// To the end.
    pub fn end(&mut self) {
        self.cursor = self.text.len();
    }

    fn edge_before(&self) -> Option<usize> {
        GraphemeCursor::new(self.cursor, self.text.len(), true).prev_boundary(&self.text, 0).ok().flatten()
    }

    fn edge_after(&self) -> Option<usize> {
        GraphemeCursor::new(self.cursor, self.text.len(), true).next_boundary(&self.text, 0).ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_is_by_grapheme() {
        let mut line = Line::with("S\u{30c}ko");
        line.left();
        line.left();
        line.backspace();
        assert_eq!(line.text(), "ko");
        line.insert("Č");
        assert_eq!(line.text(), "Čko");
        line.end();
        line.delete_word();
        assert_eq!(line.text(), "");
    }

    #[test]
    fn pasted_lines_become_one_and_control_characters_are_dropped() {
        let mut line = Line::default();
        line.insert("a\nb\x1b[31mc");
        assert_eq!(line.text(), "a b[31mc");
    }

    #[test]
    fn words_are_deleted_one_by_one() {
        let mut line = Line::with("make:zastava rue haute ");
        line.delete_word();
        assert_eq!(line.text(), "make:zastava rue ");
    }
}
