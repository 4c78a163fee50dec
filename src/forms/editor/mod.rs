//! The editing of one field's text, by grapheme: what a person sees as one character is one step of the cursor.
//!
//! It holds no history (the draft does) and draws nothing. Called by the draft and by the chooser. Keys are bound to [`Edit`]
//! by the keymap, so that default, vim and emacs bindings name the same commands.

mod moves;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::domain::text::is_unsafe;
use crate::locale::Message;

/// One command of text editing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A typed character.
    Insert(char),
    /// Pasted text (bracketed paste), taken whole or refused whole.
    Paste(String),
    /// A line break; refused in a field of one line.
    NewLine,
    /// The character before the cursor goes.
    DeleteLeft,
    /// The character at the cursor goes.
    DeleteRight,
    /// The word before the cursor goes and can be yanked.
    DeleteWordLeft,
    /// The word after the cursor goes and can be yanked.
    DeleteWordRight,
    /// From the cursor to the end of the line goes and can be yanked.
    KillToEnd,
    /// From the start of the line to the cursor goes and can be yanked.
    KillToStart,
    /// The whole text goes and can be yanked.
    KillAll,
    /// What went last comes back at the cursor.
    Yank,
    /// One character left.
    Left,
    /// One character right.
    Right,
    /// To the start of the word.
    WordLeft,
    /// To the end of the word.
    WordRight,
    /// To the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
    /// One line up, at the same column as far as there is one.
    Up,
    /// One line down, at the same column as far as there is one.
    Down,
}

/// What an edit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The text changed.
    Changed,
    /// Only the cursor moved.
    Moved,
    /// Nothing: the cursor is at the end already.
    Nothing,
    /// Not taken, and why. The text is as it was.
    Refused(Refusal),
}

/// Why text was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", Message::of(self.key(), self.facts()))]
pub enum Refusal {
    /// It would be longer than the field takes, in characters (Unicode scalar values).
    TooLong {
        /// What the field takes.
        max: usize,
        /// What it would have come to.
        would_be: usize,
    },
    /// It holds characters that steer a terminal or hide text.
    Unsafe {
        /// How many.
        count: usize,
        /// The code point of the first.
        first: u32,
    },
    /// A line break in a field of one line.
    OneLine,
    /// The field does not take text: it is chosen from a list, or a group of rows.
    NotText,
}

impl Refusal {
    /// The key of its sentence in the locale.
    pub fn key(self) -> &'static str {
        match self {
            Self::TooLong { .. } => "form-refused-too-long",
            Self::Unsafe { .. } => "form-refused-unsafe",
            Self::OneLine => "form-refused-one-line",
            Self::NotText => "form-refused-not-text",
        }
    }

    /// What the sentence names.
    pub fn facts(self) -> Vec<(String, String)> {
        match self {
            Self::TooLong { max, would_be } => {
                vec![("max".into(), max.to_string()), ("length".into(), would_be.to_string())]
            }
            Self::Unsafe { count, first } => {
                vec![("count".into(), count.to_string()), ("first".into(), format!("U+{first:04X}"))]
            }
            Self::OneLine | Self::NotText => Vec::new(),
        }
    }
}

/// How many lines a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// One.
    One,
    /// As many as are typed.
    Many,
}

/// A text with a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    text: String,
    /// In bytes, always at the boundary of a grapheme.
    cursor: usize,
    /// The column that Up and Down aim at.
    goal: Option<usize>,
    lines: Lines,
    /// In Unicode scalar values.
    max: usize,
    killed: String,
}

impl Editor {
    /// An editor of `text` with the cursor at its end; `max` in characters. A text that is too long already is kept whole.
    pub fn new(text: &str, lines: Lines, max: usize) -> Self {
        Self { text: text.to_owned(), cursor: text.len(), goal: None, lines, max, killed: String::new() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The cursor in bytes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor at a byte, or at the next boundary of a grapheme.
    pub fn set_cursor(&mut self, byte: usize) {
        self.goal = None;
        self.cursor = self.boundary_from(byte);
    }

    /// What went last and can be yanked.
    pub fn killed(&self) -> &str {
        &self.killed
    }

    /// Brings what went in another field, so that it can be yanked here.
    pub fn set_killed(&mut self, text: &str) {
        text.clone_into(&mut self.killed);
    }

    /// The line the cursor is in and its column there in terminal cells, both from zero.
    pub fn position(&self) -> (usize, usize) {
        let before = &self.text[..self.cursor];
        (before.matches('\n').count(), self.column())
    }

    /// Performs one command.
    pub fn apply(&mut self, edit: &Edit) -> Outcome {
        if !matches!(edit, Edit::Up | Edit::Down) {
            self.goal = None;
        }
        match edit {
            Edit::Insert(c) => self.insert(&c.to_string()),
            Edit::Paste(text) => self.insert(&self.tidy(text)),
            Edit::NewLine if self.lines == Lines::One => Outcome::Refused(Refusal::OneLine),
            Edit::NewLine => self.insert("\n"),
            Edit::Yank => self.insert(&self.killed.clone()),
            Edit::DeleteLeft => self.delete(self.left(), self.cursor),
            Edit::DeleteRight => self.delete(self.cursor, self.right()),
            Edit::DeleteWordLeft => self.kill(self.word_left(), self.cursor),
            Edit::DeleteWordRight => self.kill(self.cursor, self.word_right()),
            Edit::KillToEnd => self.kill_to_end(),
            Edit::KillToStart => self.kill(self.line_start(), self.cursor),
            Edit::KillAll => self.kill(0, self.text.len()),
            Edit::Left => self.move_to(self.left()),
            Edit::Right => self.move_to(self.right()),
            Edit::WordLeft => self.move_to(self.word_left()),
            Edit::WordRight => self.move_to(self.word_right()),
            Edit::LineStart => self.move_to(self.line_start()),
            Edit::LineEnd => self.move_to(self.line_end()),
            Edit::TextStart => self.move_to(0),
            Edit::TextEnd => self.move_to(self.text.len()),
            Edit::Up => self.move_vertically(-1),
            Edit::Down => self.move_vertically(1),
        }
    }

    fn insert(&mut self, text: &str) -> Outcome {
        if text.is_empty() {
            return Outcome::Nothing;
        }
        let taken = |c: char| !is_unsafe(c) || (c == '\n' && self.lines == Lines::Many);
        let mut refused = text.chars().filter(|c| !taken(*c));
        if let Some(first) = refused.next() {
            return Outcome::Refused(Refusal::Unsafe { count: 1 + refused.count(), first: first.into() });
        }
        let would_be = self.text.chars().count() + text.chars().count();
        if would_be > self.max {
            return Outcome::Refused(Refusal::TooLong { max: self.max, would_be });
        }
        self.text.insert_str(self.cursor, text);
        self.cursor = self.boundary_from(self.cursor + text.len());
        Outcome::Changed
    }

    /// Line ends of every system become `\n`, tabs become spaces; in a field of one line, breaks become spaces too.
    fn tidy(&self, text: &str) -> String {
        let joined =
            text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
        match self.lines {
            Lines::Many => joined,
            Lines::One => joined.trim_matches('\n').replace('\n', " "),
        }
    }

    fn delete(&mut self, from: usize, to: usize) -> Outcome {
        if from >= to {
            return Outcome::Nothing;
        }
        self.text.replace_range(from..to, "");
        // What stood apart may now be one grapheme, such as the halves of a flag.
        self.cursor = self.boundary_from(from);
        Outcome::Changed
    }

    fn kill(&mut self, from: usize, to: usize) -> Outcome {
        if from < to {
            self.killed = self.text[from..to].to_owned();
        }
        self.delete(from, to)
    }

    /// At the end of a line the break itself goes, as in emacs.
    fn kill_to_end(&mut self) -> Outcome {
        let end = self.line_end();
        let to = if end == self.cursor { self.right() } else { end };
        self.kill(self.cursor, to)
    }

    fn move_to(&mut self, byte: usize) -> Outcome {
        if byte == self.cursor {
            return Outcome::Nothing;
        }
        self.cursor = byte;
        Outcome::Moved
    }

    /// The first boundary of a grapheme at or after the byte.
    fn boundary_from(&self, byte: usize) -> usize {
        self.text.grapheme_indices(true).map(|(at, _)| at).find(|at| *at >= byte).unwrap_or(self.text.len())
    }

    fn column(&self) -> usize {
        self.text[self.line_start()..self.cursor].width()
    }
}

#[cfg(test)]
mod tests;
