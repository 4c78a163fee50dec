//! The lines of a card, beside a list or on a screen of its own.

use crate::app::screen::card::CardLine;
use crate::app::theme::Scope;
use crate::ui::canvas::Canvas;

/// Draws the lines from one on.
pub fn draw(lines: &[CardLine], top: u16, canvas: &mut Canvas<'_>) {
    for (y, line) in (0..canvas.height()).zip(lines.iter().skip(usize::from(top))) {
        let room = line.at.saturating_sub(line.indent + 1);
        canvas.put_within(line.indent, y, &line.label, Scope::Muted, room);
        canvas.put(line.at, y, &line.value, line.scope);
    }
}
