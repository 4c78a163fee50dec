//! Where the cursor goes: by grapheme, word, line and column.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::{Editor, Outcome};

impl Editor {
    pub(super) fn left(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    pub(super) fn right(&self) -> usize {
        self.text[self.cursor..]
            .graphemes(true)
            .next()
            .map_or(self.cursor, |grapheme| self.cursor + grapheme.len())
    }

    pub(super) fn word_left(&self) -> usize {
        let before = &self.text[..self.cursor];
        before.split_word_bound_indices().rev().find(|(_, word)| is_word(word)).map_or(0, |(at, _)| at)
    }

    pub(super) fn word_right(&self) -> usize {
        let after = &self.text[self.cursor..];
        let end = after.split_word_bound_indices().find(|(_, word)| is_word(word));
        end.map_or(self.text.len(), |(at, word)| self.cursor + at + word.len())
    }

    pub(super) fn line_start(&self) -> usize {
        self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1)
    }

    pub(super) fn line_end(&self) -> usize {
        self.text[self.cursor..].find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }

    pub(super) fn move_vertically(&mut self, by: i8) -> Outcome {
        let goal = self.goal.unwrap_or_else(|| self.column());
        let target = if by < 0 {
            let start = self.line_start();
            start.checked_sub(1).map(|end| (self.text[..end].rfind('\n').map_or(0, |at| at + 1), end))
        } else {
            let start = self.line_end() + 1;
            (start <= self.text.len())
                .then(|| (start, self.text[start..].find('\n').map_or(self.text.len(), |at| start + at)))
        };
        let Some((start, end)) = target else { return Outcome::Nothing };
        self.cursor = start + byte_at_column(&self.text[start..end], goal);
        self.goal = Some(goal);
        Outcome::Moved
    }
}

/// The byte of the last grapheme boundary that is not right of the column.
fn byte_at_column(line: &str, column: usize) -> usize {
    let mut width = 0;
    for (at, grapheme) in line.grapheme_indices(true) {
        width += grapheme.width();
        if width > column {
            return at;
        }
    }
    line.len()
}

fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
