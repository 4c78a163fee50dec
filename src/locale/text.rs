//! Text that may be drawn: translated, harmless, and measured in cells of the terminal.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::domain::text::printable;

/// Text that may be drawn on a screen. It holds no control character but the line break of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text(String);

impl Text {
    /// Nothing.
    pub const EMPTY: Self = Self(String::new());

    /// Text that came from outside: a record, a file, a name, an error of the system. What could steer the terminal is replaced.
    pub fn foreign(text: &str) -> Self {
        Self(printable(text))
    }

    /// A mark without letters, such as `>` or `│`. `tests/locales.rs` holds every call to that.
    pub fn mark(mark: &'static str) -> Self {
        Self(mark.to_owned())
    }

    /// A count, its digits grouped by thousands.
    pub fn count(count: u64) -> Self {
        Self(group_digits(i64::try_from(count).unwrap_or(i64::MAX)))
    }

    /// A sentence of the locale, whose arguments were made harmless before.
    pub(super) fn said(text: String) -> Self {
        Self(text)
    }

    /// As a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many cells it takes.
    pub fn width(&self) -> u16 {
        u16::try_from(self.0.width()).unwrap_or(u16::MAX)
    }

    /// The texts one after the other.
    pub fn join(parts: &[Self], between: &'static str) -> Self {
        Self(parts.iter().map(Self::as_str).collect::<Vec<_>>().join(between))
    }

    /// What fits into so many cells; where something is cut an ellipsis says so. It never cuts within a grapheme.
    #[must_use]
    pub fn clipped(&self, cells: u16) -> Self {
        let cells = usize::from(cells);
        if self.0.width() <= cells {
            return self.clone();
        }
        let Some(room) = cells.checked_sub(1) else { return Self::EMPTY };
        let mut kept = String::new();
        let mut used = 0;
        for grapheme in self.0.graphemes(true) {
            let width = grapheme.width();
            if used + width > room {
                break;
            }
            used += width;
            kept.push_str(grapheme);
        }
        kept.push('…');
        Self(kept)
    }

    /// What is left when so many cells are taken away at the front; a wide grapheme that is cut leaves a blank.
    #[must_use]
    pub fn without_first(&self, cells: u16) -> Self {
        let mut skipped = 0;
        let mut rest = self.0.as_str();
        for grapheme in self.0.graphemes(true) {
            if skipped >= usize::from(cells) {
                break;
            }
            skipped += grapheme.width();
            rest = rest.get(grapheme.len()..).unwrap_or_default();
        }
        Self(" ".repeat(skipped.saturating_sub(usize::from(cells))) + rest)
    }

    /// The paragraphs broken into lines of at most so many cells, between words where there are any.
    pub fn wrapped(&self, cells: u16) -> Vec<Self> {
        let cells = usize::from(cells.max(1));
        self.0.split('\n').flat_map(|paragraph| wrap(paragraph, cells)).map(Self).collect()
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// The digits of a whole number with a comma before each third.
pub fn group_digits(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        grouped.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn wrap(paragraph: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    // A number such as CH-2026-000912 is one word: lines break at spaces only, where there are any.
    for word in words(paragraph) {
        let width = word.width();
        if used + width > cells && used > 0 {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
            if word.trim().is_empty() {
                continue;
            }
        }
        // A word longer than the line is broken between its graphemes.
        for grapheme in word.graphemes(true) {
            let width = grapheme.width();
            if used + width > cells && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            used += width;
            line.push_str(grapheme);
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The words and the spaces between them, in turn.
fn words(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut rest = paragraph;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c: char| (c == ' ') != (first == ' ')).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clipping_keeps_graphemes_whole_and_says_that_it_cut() {
        let cases = [
            ("Škorpion", 8, "Škorpion"),
            ("S\u{30c}korpion", 4, "S\u{30c}ko…"),
            ("拳銃の型式", 5, "拳銃…"),
            ("拳銃", 2, "…"),
            ("abc", 0, ""),
        ];
        for (text, cells, expected) in cases {
            let clipped = Text::foreign(text).clipped(cells);
            assert_eq!(clipped.as_str(), expected, "{text} in {cells}");
            assert!(clipped.width() <= cells);
        }
    }

    #[test]
    fn wrapping_breaks_between_words_and_long_words_anywhere() {
        let lines = Text::foreign("compare all marks CH-2026 12345678901234").wrapped(9);
        let lines: Vec<&str> = lines.iter().map(Text::as_str).collect();
        assert_eq!(lines, ["compare", "all marks", "CH-2026", "123456789", "01234"]);
    }

    #[test]
    fn digits_are_grouped() {
        assert_eq!(group_digits(0), "0");
        assert_eq!(group_digits(999), "999");
        assert_eq!(group_digits(-1_234_567), "-1,234,567");
    }
}
