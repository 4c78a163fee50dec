//! The screen as the terminal has it: a frame is compared with it, and only what differs is sent, in one write, every byte counted.
//!
//! ratatui's own `Terminal` asks the terminal where its cursor is, hides the cursor with each frame and sends both colours when one
//! changes; over a slow line that is most of the bytes. So the buffer is ratatui's and the sending is ours.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr as _;

use super::encode::{Pen, move_cursor, write};
use crate::domain::text::is_unsafe;

/// A gap of unchanged cells is written again rather than jumped over where the jump is longer.
const LONGEST_GAP: u16 = 4;

/// So many blanks within a row are erased by one sequence rather than written.
const WORTH_ERASING: u16 = 8;

/// Begins and ends a frame that the terminal shows at once; one that does not know it ignores it.
const FRAME_BEGIN: &[u8] = b"\x1b[?2026h";
const FRAME_END: &[u8] = b"\x1b[?2026l";
/// Frames shorter than this arrive in one packet: the sixteen bytes that hold them together are not worth it.
const WORTH_HOLDING: usize = 600;

/// What the terminal shows, and how it got there.
#[derive(Debug)]
pub struct Screen<W> {
    out: W,
    /// What the terminal shows; `None` when that is not known and the next frame paints all.
    shown: Option<Buffer>,
    pen: Pen,
    cursor: Option<(u16, u16)>,
    cursor_shown: bool,
    frame_bytes: u64,
    total_bytes: u64,
}

impl<W: Write> Screen<W> {
    /// A screen of which nothing is known yet. The cursor is taken to be visible.
    pub const fn new(out: W) -> Self {
        Self {
            out,
            shown: None,
            pen: Pen::RESET,
            cursor: None,
            cursor_shown: true,
            frame_bytes: 0,
            total_bytes: 0,
        }
    }

    /// Forgets what the terminal shows: after a resize, after the shell had it, or when another program wrote on it.
    pub fn forget(&mut self) {
        self.shown = None;
        self.cursor = None;
        self.cursor_shown = true;
    }

    /// Bytes of the last frame that sent any, and of all frames.
    pub const fn bytes(&self) -> (u64, u64) {
        (self.frame_bytes, self.total_bytes)
    }

    /// Where the bytes went, for the tests.
    pub const fn out(&self) -> &W {
        &self.out
    }

    /// Makes the terminal show this frame; answers how many bytes that took, 0 where it shows it already.
    pub fn paint(&mut self, frame: &Buffer, cursor: Option<Position>) -> io::Result<u64> {
        let mut bytes = Vec::with_capacity(4_096);
        let known = self.shown.take().filter(|shown| shown.area == frame.area);
        let before = known.unwrap_or_else(|| {
            self.pen = Pen::RESET;
            bytes.extend_from_slice(b"\x1b[m\x1b[2J\x1b[H");
            self.cursor = Some((0, 0));
            Buffer::empty(frame.area)
        });
        for y in frame.area.top()..frame.area.bottom() {
            self.paint_row(&before, frame, y, &mut bytes);
        }
        self.place_cursor(cursor, &mut bytes);
        self.shown = Some(frame.clone());
        if bytes.is_empty() {
            return Ok(0);
        }
        self.send(&bytes)
    }

    fn paint_row(&mut self, before: &Buffer, frame: &Buffer, y: u16, out: &mut Vec<u8>) {
        let Rect { width, .. } = frame.area;
        // From here to the end of the row the frame is blank in the terminal's own colours: one erase says that.
        let blank_from = (0..width).rev().take_while(|x| is_blank(&frame[(*x, y)])).last().unwrap_or(width);
        let mut x = 0;
        while x < width {
            let cell = &frame[(x, y)];
            let cells = span(cell).min(width - x);
            if same(&before[(x, y)], cell) && !covers(before, x, y) {
                x += cells;
                continue;
            }
            let left: u16 = (x..width).filter(|x| !same(&before[(*x, y)], &frame[(*x, y)])).count() as u16;
            if x >= blank_from && left > 3 {
                self.go((x, y), frame, out);
                self.pen.change(Pen::RESET, out);
                self.pen = Pen::RESET;
                out.extend_from_slice(b"\x1b[K");
                return;
            }
            self.go((x, y), frame, out);
            let blanks = blanks_to_send(before, frame, (x, y));
            if blanks >= WORTH_ERASING {
                // Erases so many cells and leaves the cursor where it is.
                self.pen.change(Pen::RESET, out);
                self.pen = Pen::RESET;
                write(out, format_args!("\x1b[{blanks}X"));
                x += blanks;
                continue;
            }
            self.put(cell, cells, (x, y), width, out);
            x += cells;
        }
    }

    /// Moves the cursor, by writing the few unchanged cells between where that is shorter.
    fn go(&mut self, to: (u16, u16), frame: &Buffer, out: &mut Vec<u8>) {
        if let Some((x, y)) = self.cursor
            && y == to.1
            && x < to.0
            && to.0 - x < LONGEST_GAP
            && (x..to.0).all(|x| is_plain(&frame[(x, y)]) && pen_of(&frame[(x, y)]) == self.pen)
        {
            for x in x..to.0 {
                out.extend_from_slice(frame[(x, y)].symbol().as_bytes());
            }
            self.cursor = Some(to);
            return;
        }
        move_cursor(self.cursor, to, out);
        self.cursor = Some(to);
    }

    fn put(&mut self, cell: &Cell, cells: u16, (x, y): (u16, u16), width: u16, out: &mut Vec<u8>) {
        let pen = pen_of(cell);
        self.pen.change(pen, out);
        self.pen = pen;
        let symbol = cell.symbol();
        let safe = !symbol.chars().any(is_unsafe);
        if safe {
            out.extend_from_slice(symbol.as_bytes());
        } else {
            // The canvas takes only harmless text; this is the second lock on the same door.
            out.extend_from_slice("\u{fffd}".as_bytes());
        }
        // Terminals disagree on how far wide, combining and right-to-left characters move the cursor, and at the last column on
        // where it stands: there the next cell is reached by its own address.
        let certain = safe && is_plain(cell) && x + cells < width;
        self.cursor = certain.then_some((x + cells, y));
    }

    fn place_cursor(&mut self, cursor: Option<Position>, out: &mut Vec<u8>) {
        match cursor {
            Some(Position { x, y }) => {
                move_cursor(self.cursor, (x, y), out);
                self.cursor = Some((x, y));
                if !self.cursor_shown {
                    out.extend_from_slice(b"\x1b[?25h");
                    self.cursor_shown = true;
                }
            }
            None if self.cursor_shown => {
                out.extend_from_slice(b"\x1b[?25l");
                self.cursor_shown = false;
            }
            None => {}
        }
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let held = bytes.len() >= WORTH_HOLDING;
        let mut whole = Vec::with_capacity(bytes.len() + FRAME_BEGIN.len() + FRAME_END.len());
        if held {
            whole.extend_from_slice(FRAME_BEGIN);
        }
        whole.extend_from_slice(bytes);
        if held {
            whole.extend_from_slice(FRAME_END);
        }
        self.frame_bytes = whole.len() as u64;
        self.total_bytes += self.frame_bytes;
        let sent = self.out.write_all(&whole).and_then(|()| self.out.flush());
        if sent.is_err() {
            self.forget();
        }
        sent.map(|()| self.frame_bytes)
    }
}

/// How many cells from here on are blank in the frame, up to the last of them that the terminal shows otherwise.
fn blanks_to_send(before: &Buffer, frame: &Buffer, (x, y): (u16, u16)) -> u16 {
    let blank = (x..frame.area.width).take_while(|x| is_blank(&frame[(*x, y)]));
    blank.filter(|x| !same(&before[(*x, y)], &frame[(*x, y)])).last().map_or(0, |last| last + 1 - x)
}

fn pen_of(cell: &Cell) -> Pen {
    Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
}

fn same(a: &Cell, b: &Cell) -> bool {
    a.symbol() == b.symbol() && pen_of(a) == pen_of(b)
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && pen_of(cell) == Pen::RESET
}

/// How many cells a symbol takes: at least its own.
fn span(cell: &Cell) -> u16 {
    u16::try_from(cell.symbol().width()).unwrap_or(1).max(1)
}

/// Whether the cell was the second half of a wide character: then it must be written even where it seems the same.
fn covers(before: &Buffer, x: u16, y: u16) -> bool {
    x > 0 && span(&before[(x - 1, y)]) > 1
}

/// One character of one cell on which all terminals agree.
fn is_plain(cell: &Cell) -> bool {
    let mut characters = cell.symbol().chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) => {
            matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{52f}' | '\u{2010}'..='\u{2027}' | '\u{2190}'..='\u{2193}' | '\u{2500}'..='\u{257f}')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Style};

    use super::*;

    /// A screen that paints into memory, and what a terminal makes of it.
    struct Shown {
        screen: Screen<Vec<u8>>,
        terminal: vt100::Parser,
        read: usize,
    }

    impl Shown {
        fn new() -> Self {
            Self { screen: Screen::new(Vec::new()), terminal: vt100::Parser::new(4, 20, 0), read: 0 }
        }

        fn paint(&mut self, lines: &[(&str, Style)]) -> (u64, String) {
            let mut frame = Buffer::empty(Rect::new(0, 0, 20, 4));
            for (y, (line, style)) in (0..).zip(lines) {
                frame.set_string(0, y, line, *style);
            }
            let bytes = self.screen.paint(&frame, None).unwrap();
            self.terminal.process(self.screen.out.get(self.read..).unwrap());
            self.read = self.screen.out.len();
            let contents = self.terminal.screen().contents();
            // Blanks that were written at the end of a line are as good as an erased one.
            let lines: Vec<&str> = contents.lines().map(str::trim_end).collect();
            (bytes, lines.join("\n").trim_end().to_owned())
        }
    }

    #[test]
    fn terminal_shows_what_the_frame_says_and_nothing_is_sent_twice() {
        let mut shown = Shown::new();
        let plain = Style::new();
        let red = Style::new().fg(Color::Red);
        let (_, text) = shown.paint(&[("Zastava M70", plain), ("C-48113", red)]);
        assert_eq!(text, "Zastava M70\nC-48113");
        assert_eq!(shown.paint(&[("Zastava M70", plain), ("C-48113", red)]).0, 0);
        let (bytes, text) = shown.paint(&[("Zastava M71", plain), ("", red)]);
        assert_eq!(text, "Zastava M71");
        assert!(bytes < 25, "{bytes} bytes for one letter and an erased line");
    }

    #[test]
    fn blanks_within_a_row_are_erased_by_one_sequence_in_the_terminals_own_colours() {
        let mut shown = Shown::new();
        let underlined = Style::new().add_modifier(ratatui::style::Modifier::UNDERLINED);
        let row = |style: Style, text: &str| {
            let mut frame = Buffer::empty(Rect::new(0, 0, 20, 4));
            frame.set_string(0, 1, "a", Style::new());
            frame.set_string(2, 1, text, style);
            frame.set_string(18, 1, "z", Style::new());
            frame
        };
        // Half of the last wide character is left by the one sequence and written after it.
        for (text, most) in [("            ", 15), ("\u{62f3}\u{9283}\u{62f3}\u{9283}\u{62f3}\u{9283}", 22)] {
            shown.screen.paint(&row(underlined, text), None).unwrap();
            let bytes = shown.screen.paint(&row(Style::new(), "            "), None).unwrap();
            assert!(bytes <= most, "{bytes} bytes to erase `{text}`");
            shown.terminal.process(shown.screen.out.get(shown.read..).unwrap());
            shown.read = shown.screen.out.len();
            let cells = (0..20).filter_map(|x| shown.terminal.screen().cell(1, x));
            let left: Vec<&vt100::Cell> =
                cells.filter(|cell| cell.underline() || !cell.contents().trim().is_empty()).collect();
            assert_eq!(left.len(), 2, "something is left of `{text}`: {left:?}");
        }
    }

    #[test]
    fn wide_and_combining_characters_leave_nothing_behind() {
        let mut shown = Shown::new();
        let plain = Style::new();
        let frames = ["拳銃 12", "ab拳c", "S\u{30c}ko 1", "拳銃拳銃", "x", "اختبار 7", "1234567890"];
        for line in frames {
            let (_, text) = shown.paint(&[(line, plain), (line, plain)]);
            // A cell that was overwritten with a space is as empty as one that was erased.
            let rows: Vec<&str> = text.lines().map(str::trim_end).collect();
            assert_eq!(rows, [line, line], "after {line}");
        }
    }

    #[test]
    fn control_characters_in_a_cell_never_reach_the_terminal() {
        let mut screen = Screen::new(Vec::new());
        let mut frame = Buffer::empty(Rect::new(0, 0, 20, 1));
        frame[(0, 0)].set_symbol("\x1b]0;owned\x07");
        screen.paint(&frame, None).unwrap();
        let sent = String::from_utf8(screen.out.clone()).unwrap();
        assert!(!sent.contains("owned") && !sent.contains('\x07'), "{sent:?}");
    }

    #[test]
    fn cursor_is_shown_once_and_moved_by_few_bytes() {
        let mut screen = Screen::new(Vec::new());
        let frame = Buffer::empty(Rect::new(0, 0, 20, 4));
        screen.paint(&frame, Some(Position::new(3, 1))).unwrap();
        assert_eq!(screen.paint(&frame, Some(Position::new(3, 1))).unwrap(), 0);
        assert!(screen.paint(&frame, Some(Position::new(4, 1))).unwrap() <= 3);
        assert_eq!(screen.paint(&frame, None).unwrap(), 6);
    }
}
