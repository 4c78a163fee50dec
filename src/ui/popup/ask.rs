//! Lines to fill in: what it is about, a label and a line each, and what is wrong.

use super::open;
use crate::app::App;
use crate::app::layer::Ask;
use crate::app::theme::Scope;
use crate::locale::Text;
use crate::ui::canvas::Canvas;

/// Draws it.
pub fn draw(app: &App, ask: &Ask, canvas: &mut Canvas<'_>) {
    const WIDTH: u16 = 72;
    let inner = WIDTH.min(app.size.width.saturating_sub(4)) - 2;
    let about = ask.about.as_ref().map(|about| app.locale.say(about).wrapped(inner)).unwrap_or_default();
    let fault = ask.fault.as_ref().map(|fault| app.locale.say(fault).wrapped(inner - 2)).unwrap_or_default();
    let rows = about.len() + 1 + 2 * ask.lines.len() + fault.len() + 1;
    let mut inside = open(app, canvas, &app.locale.plain(ask.title), WIDTH, rows as u16);
    let mut y = 0;
    for line in &about {
        inside.put(0, y, line, Scope::Popup);
        y += 1;
    }
    y += 1;
    for (at, (label, line)) in ask.lines.iter().enumerate() {
        let focused = at == ask.focus;
        let lead = if focused { Text::mark("> ") } else { Text::mark("  ") };
        let x = inside.put(0, y, &lead, Scope::Popup);
        inside.put(x, y, &app.locale.plain(label), Scope::Heading);
        inside.input(2, y + 1, line, inner - 2, focused);
        y += 2;
    }
    for (at, line) in fault.iter().enumerate() {
        if at == 0 {
            inside.put(0, y, &Text::mark("!"), Scope::Error);
        }
        inside.put(2, y, line, Scope::Error);
        y += 1;
    }
    let cursor = inside.cursor();
    canvas.set_cursor(cursor);
}
