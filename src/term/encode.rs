//! Escape sequences, as short as they come: only the attribute that changed, 16 colours by their short codes.

use std::io::Write as _;

use ratatui::style::{Color, Modifier};

/// What the terminal's pen is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pen {
    /// Colour of the letters.
    pub fg: Color,
    /// Colour behind them.
    pub bg: Color,
    /// Bold, reversed and so on.
    pub modifier: Modifier,
}

impl Pen {
    /// The pen after a reset.
    pub const RESET: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// Writes what turns this pen into another.
    pub fn change(self, to: Self, out: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let mut codes: Vec<String> = Vec::new();
        let removed = self.modifier - to.modifier;
        let mut from = self;
        // A reset is shorter than taking away several attributes, and the only way to take away bold but not dim.
        if to == Self::RESET
            || removed.iter().count() > 1
            || removed.intersects(Modifier::BOLD | Modifier::DIM)
        {
            if to == Self::RESET {
                out.extend_from_slice(b"\x1b[m");
                return;
            }
            codes.push("0".to_owned());
            from = Self::RESET;
        }
        for (attribute, on, off) in ATTRIBUTES {
            match (from.modifier.contains(attribute), to.modifier.contains(attribute)) {
                (false, true) => codes.push(on.to_owned()),
                (true, false) => codes.push(off.to_owned()),
                _ => {}
            }
        }
        if from.fg != to.fg {
            codes.push(colour(to.fg, 30));
        }
        if from.bg != to.bg {
            codes.push(colour(to.bg, 40));
        }
        if !codes.is_empty() {
            write(out, format_args!("\x1b[{}m", codes.join(";")));
        }
    }
}

const ATTRIBUTES: [(Modifier, &str, &str); 7] = [
    (Modifier::BOLD, "1", "22"),
    (Modifier::DIM, "2", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::SLOW_BLINK, "5", "25"),
    (Modifier::REVERSED, "7", "27"),
    (Modifier::CROSSED_OUT, "9", "29"),
];

/// The code of a colour; `base` is 30 for letters, 40 for the background.
fn colour(colour: Color, base: u8) -> String {
    let bright = base + 60;
    let plain = match colour {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => bright,
        Color::LightRed => bright + 1,
        Color::LightGreen => bright + 2,
        Color::LightYellow => bright + 3,
        Color::LightBlue => bright + 4,
        Color::LightMagenta => bright + 5,
        Color::LightCyan => bright + 6,
        Color::White => bright + 7,
        Color::Indexed(number) => return format!("{};5;{number}", base + 8),
        Color::Rgb(red, green, blue) => return format!("{};2;{red};{green};{blue}", base + 8),
    };
    plain.to_string()
}

/// Writes the shortest move of the cursor from one cell to another; `None` where it is not known where the cursor is.
pub fn move_cursor(from: Option<(u16, u16)>, to: (u16, u16), out: &mut Vec<u8>) {
    if from == Some(to) {
        return;
    }
    let mut best = Vec::new();
    write(&mut best, format_args!("\x1b[{}", to.1 + 1));
    if to.0 > 0 {
        write(&mut best, format_args!(";{}", to.0 + 1));
    }
    best.push(b'H');
    if let Some((x, y)) = from {
        let mut relative = Vec::new();
        if y == to.1 && to.0 > x {
            step(&mut relative, to.0 - x, b'C');
        } else if y == to.1 && to.0 > 0 {
            step(&mut relative, x - to.0, b'D');
        } else if to.1 > y && to.1 - y <= 3 {
            // Raw mode: a line feed goes straight down, a carriage return to the first column.
            let down = usize::from(to.1 - y);
            if to.0 != x {
                relative.push(b'\r');
            }
            relative.extend(std::iter::repeat_n(b'\n', down));
            if to.0 != x && to.0 > 0 {
                step(&mut relative, to.0, b'C');
            }
        } else if y == to.1 {
            relative.push(b'\r');
        }
        if !relative.is_empty() && relative.len() < best.len() {
            best = relative;
        }
    }
    out.extend_from_slice(&best);
}

fn step(out: &mut Vec<u8>, cells: u16, direction: u8) {
    match cells {
        1 => out.extend_from_slice(b"\x1b["),
        cells => write(out, format_args!("\x1b[{cells}")),
    }
    out.push(direction);
}

/// Formats into a buffer in memory, which cannot fail.
pub fn write(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("writing into memory does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(from: Pen, to: Pen) -> String {
        let mut out = Vec::new();
        from.change(to, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_what_changed_is_sent() {
        let red = Pen { fg: Color::Red, ..Pen::RESET };
        let red_reversed = Pen { modifier: Modifier::REVERSED, ..red };
        let bold = Pen { modifier: Modifier::BOLD, ..Pen::RESET };
        assert_eq!(changed(red, red), "");
        assert_eq!(changed(Pen::RESET, red), "\x1b[31m");
        assert_eq!(changed(red, red_reversed), "\x1b[7m");
        assert_eq!(changed(red_reversed, red), "\x1b[27m");
        assert_eq!(changed(red, Pen::RESET), "\x1b[m");
        assert_eq!(changed(bold, red), "\x1b[0;31m");
        assert_eq!(changed(Pen::RESET, Pen { fg: Color::DarkGray, ..Pen::RESET }), "\x1b[90m");
        assert_eq!(changed(Pen::RESET, Pen { fg: Color::Rgb(1, 2, 3), ..Pen::RESET }), "\x1b[38;2;1;2;3m");
    }

    #[test]
    fn moves_are_the_shortest_there_are() {
        let cases = [
            (None, (0, 0), "\x1b[1H"),
            (None, (4, 2), "\x1b[3;5H"),
            (Some((4, 2)), (4, 2), ""),
            (Some((4, 2)), (5, 2), "\x1b[C"),
            (Some((4, 2)), (40, 2), "\x1b[36C"),
            (Some((4, 2)), (0, 2), "\r"),
            (Some((4, 2)), (3, 2), "\x1b[D"),
            (Some((4, 2)), (4, 3), "\n"),
            (Some((4, 2)), (0, 3), "\r\n"),
            (Some((4, 2)), (0, 0), "\x1b[1H"),
        ];
        for (from, to, expected) in cases {
            let mut out = Vec::new();
            move_cursor(from, to, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{from:?} to {to:?}");
        }
    }
}
