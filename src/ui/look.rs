//! From the looks of a theme to the styles of ratatui.

use ratatui::style::{Color, Modifier, Style};

use crate::app::theme::{Colour, Look};

/// The style of a look. Every attribute is set, so that nothing of what was below shines through.
pub fn style(look: Look) -> Style {
    let attributes = [
        (look.bold, Modifier::BOLD),
        (look.dim, Modifier::DIM),
        (look.italic, Modifier::ITALIC),
        (look.underlined, Modifier::UNDERLINED),
        (look.reversed, Modifier::REVERSED),
    ];
    let mut modifier = Modifier::empty();
    for (_, attribute) in attributes.iter().filter(|(set, _)| *set) {
        modifier |= *attribute;
    }
    Style::reset().fg(colour(look.fg)).bg(colour(look.bg)).add_modifier(modifier)
}

fn colour(colour: Option<Colour>) -> Color {
    match colour {
        None => Color::Reset,
        Some(Colour::Ansi(number)) => ANSI.get(usize::from(number)).copied().unwrap_or(Color::Reset),
        Some(Colour::Indexed(number)) => Color::Indexed(number),
        Some(Colour::Rgb(red, green, blue)) => Color::Rgb(red, green, blue),
    }
}

const ANSI: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];
