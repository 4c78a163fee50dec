//! The palette: what is typed, and the commands that fit.

use super::{open, position};
use crate::app::layer::Palette;
use crate::app::theme::Scope;
use crate::app::{App, Frame};
use crate::locale::Text;
use crate::ui::canvas::{Canvas, Cell};
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, palette: &Palette, canvas: &mut Canvas<'_>) {
    let most = Frame { size: app.size }.body_height().saturating_sub(3);
    let rows = most.min(palette.found.total() as u16 + 1);
    let mut inside = open(app, canvas, &app.locale.plain("palette-title"), 76, rows.max(2));
    let width = inside.width();
    let x = inside.put(0, 0, &Text::mark(":"), Scope::Key);
    let count = if palette.found.total() == 0 {
        app.locale.plain("palette-none")
    } else {
        position(app, palette.found.selected_at(), palette.found.total())
    };
    let end = inside.put_left_of(width, 0, &count, Scope::Muted);
    inside.input(x + 1, 0, &palette.line, end.saturating_sub(x + 3), true);
    for (y, (at, name)) in (1..).zip(palette.found.seen()) {
        let Some(name) = name else { continue };
        let doc = app.locale.plain(&format!("command-{name}"));
        let cells = [
            Cell::new(Text::foreign(name), 18),
            Cell::new(Text::foreign(&format::keys(app, name)), 11).look(Scope::Key),
            Cell::new(doc, width.saturating_sub(31)),
        ];
        inside.row(y, &cells, at == palette.found.selected_at());
    }
    let cursor = inside.cursor();
    canvas.set_cursor(cursor);
}
