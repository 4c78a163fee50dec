//! A part of the screen that text is drawn on. The only way into a buffer: it takes [`Text`], clips it by grapheme, and stays inside.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::look;
use crate::app::App;
use crate::app::line::Line;
use crate::app::theme::{Scope, Theme};
use crate::locale::Text;

/// A part of the screen, with its own origin.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    theme: &'a Theme,
    cursor: Option<Position>,
}

/// One cell of a row of columns.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it says.
    pub text: Text,
    /// How many columns of the terminal it has, with the gap after it.
    pub width: u16,
    /// How it looks.
    pub scope: Scope,
    /// Whether it stands at the right of its room, as numbers do.
    pub right: bool,
}

impl Cell {
    /// A cell of ordinary text.
    pub const fn new(text: Text, width: u16) -> Self {
        Self { text, width, scope: Scope::Text, right: false }
    }

    /// The same with another look.
    #[must_use]
    pub fn look(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// The same, at the right.
    #[must_use]
    pub fn right(self) -> Self {
        Self { right: true, ..self }
    }
}

impl<'a> Canvas<'a> {
    /// The whole screen.
    pub fn whole(buffer: &'a mut Buffer, app: &'a App) -> Self {
        let area = buffer.area;
        Self { buffer, area, theme: &app.settings.theme, cursor: None }
    }

    /// A part of this one; what does not fit is cut off.
    pub fn part(&mut self, x: u16, y: u16, width: u16, height: u16) -> Canvas<'_> {
        let area = Rect { x: self.area.x.saturating_add(x), y: self.area.y.saturating_add(y), width, height };
        let area = area.intersection(self.area);
        Canvas { buffer: self.buffer, area, theme: self.theme, cursor: None }
    }

    /// Columns.
    pub fn width(&self) -> u16 {
        self.area.width
    }

    /// Rows.
    pub fn height(&self) -> u16 {
        self.area.height
    }

    /// Where the cursor was put, on the whole screen.
    pub fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    /// Takes over the cursor of a part.
    pub fn set_cursor(&mut self, cursor: Option<Position>) {
        self.cursor = cursor.or(self.cursor);
    }

    /// Ordinary text. The answer is the column after it.
    pub fn text(&mut self, x: u16, y: u16, text: &Text) -> u16 {
        self.put(x, y, text, Scope::Text)
    }

    /// Text with a look. The answer is the column after it.
    pub fn put(&mut self, x: u16, y: u16, text: &Text, scope: Scope) -> u16 {
        self.put_within(x, y, text, scope, u16::MAX)
    }

    /// Text that takes so many columns at most. The answer is the column after it.
    pub fn put_within(&mut self, x: u16, y: u16, text: &Text, scope: Scope, columns: u16) -> u16 {
        let room = self.area.width.saturating_sub(x).min(columns);
        if y >= self.area.height || room == 0 {
            return x;
        }
        let clipped = text.clipped(room);
        let style = look::style(self.theme.look(scope));
        let (end, _) = self.buffer.set_stringn(
            self.area.x + x,
            self.area.y + y,
            clipped.as_str(),
            usize::from(room),
            style,
        );
        end - self.area.x
    }

    /// Text that ends at the column before `x`.
    pub fn put_left_of(&mut self, x: u16, y: u16, text: &Text, scope: Scope) -> u16 {
        let start = x.saturating_sub(text.width());
        self.put_within(start, y, text, scope, x);
        start
    }

    /// Text broken into lines; the answer is the row after the last.
    pub fn paragraph(&mut self, x: u16, y: u16, text: &Text, scope: Scope) -> u16 {
        let lines = text.wrapped(self.area.width.saturating_sub(x));
        let mut y = y;
        for line in lines {
            self.put(x, y, &line, scope);
            y += 1;
        }
        y
    }

    /// A line from side to side.
    pub fn rule(&mut self, y: u16) {
        let Some(row) = self.area.y.checked_add(y).filter(|_| y < self.area.height) else { return };
        let style = look::style(self.theme.look(Scope::Rule));
        for x in self.area.left()..self.area.right() {
            self.buffer[(x, row)].set_symbol("─").set_style(style);
        }
    }

    /// A line from top to bottom.
    pub fn divider(&mut self, x: u16) {
        let Some(column) = self.area.x.checked_add(x).filter(|_| x < self.area.width) else { return };
        let style = look::style(self.theme.look(Scope::Rule));
        for y in self.area.top()..self.area.bottom() {
            self.buffer[(column, y)].set_symbol("│").set_style(style);
        }
    }

    /// Nothing on every cell, in a look.
    pub fn clear(&mut self, scope: Scope) {
        let style = look::style(self.theme.look(scope));
        for y in self.area.top()..self.area.bottom() {
            for x in self.area.left()..self.area.right() {
                self.buffer[(x, y)].reset();
                self.buffer[(x, y)].set_style(style);
            }
        }
    }

    /// A row of columns. The one that is selected has the mark, and its first cell is reversed: the whole row reversed would
    /// cost more bytes than a slow line should pay for a move.
    pub fn row(&mut self, y: u16, cells: &[Cell], selected: bool) {
        if selected {
            self.put(0, y, &Text::mark(">"), Scope::Text);
        }
        let mut x = 2;
        for (at, cell) in cells.iter().enumerate() {
            let focus = selected && at == 0;
            let scope = if focus { Scope::Focus } else { cell.scope };
            let room = cell.width.saturating_sub(1);
            let text = cell.text.clipped(room);
            let start = if cell.right { x + room.saturating_sub(text.width()) } else { x };
            self.put_within(start, y, &text, scope, room);
            x = x.saturating_add(cell.width);
        }
    }

    /// A line that is typed in, the cursor in sight; without the focus only its text.
    pub fn input(&mut self, x: u16, y: u16, line: &Line, columns: u16, focused: bool) {
        let room = self.area.width.saturating_sub(x).min(columns);
        if y >= self.area.height || room < 2 {
            return;
        }
        if !focused {
            self.put_within(x, y, &Text::foreign(line.text()), Scope::Text, room);
            return;
        }
        self.edited(x, y, line.text(), line.before_cursor(), columns);
    }

    /// Text that is typed in, the cursor in sight after what is `before` it.
    pub fn edited(&mut self, x: u16, y: u16, text: &str, before: &str, columns: u16) {
        let room = self.area.width.saturating_sub(x).min(columns);
        if y >= self.area.height || room < 2 {
            return;
        }
        let text = Text::foreign(text);
        let before = Text::foreign(before).width();
        // Where the text is longer than its room, what is before the cursor moves out at the left by half the room at once.
        let step = (room / 2).max(1);
        let hidden = if before < room { 0 } else { (before - room) / step * step + step };
        let shown = text.without_first(hidden);
        let style = look::style(self.theme.look(Scope::Input));
        let blank = " ".repeat(usize::from(room));
        self.buffer.set_stringn(self.area.x + x, self.area.y + y, blank, usize::from(room), style);
        self.put_within(x, y, &shown, Scope::Input, room);
        self.cursor = Some(Position::new(self.area.x + x + (before - hidden), self.area.y + y));
    }
}
