//! Card: its head with the line for a serial number, what that number says, and below all that the table knows.

use crate::app::App;
use crate::app::theme::Scope;
use crate::locale::{Arg, Text};
use crate::ui::canvas::Canvas;
use crate::ui::{format, widget};

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let Some(card) = &app.card.card else {
        canvas.put(1, 1, &app.locale.plain("card-reading"), Scope::Muted);
        return;
    };
    let width = canvas.width();
    let end = app.card.place().map_or(width, |(at, total)| {
        let args = [("at", Arg::from(at + 1)), ("total", Arg::from(total))];
        canvas.put_left_of(width, 0, &app.locale.text("card-position", &args), Scope::Text)
    });
    let name = Text::foreign(&format!("{} {}", card.make, card.model));
    canvas.put_within(0, 0, &name, Scope::Heading, end.saturating_sub(2));
    serial(app, canvas);
    let below = app.card.head_height(&app.locale, width);
    canvas.rule(below - 1);
    let mut text = canvas.part(0, below, width, canvas.height().saturating_sub(below));
    widget::card::draw(&app.card.lines(&app.locale, width), app.card.top, &mut text);
}

fn serial(app: &App, canvas: &mut Canvas<'_>) {
    let x = canvas.put(0, 1, &app.locale.plain("card-serial-place"), Scope::Muted) + 2;
    let focused = app.card.typing && app.layers.is_empty();
    if focused || !app.card.serial.text().is_empty() {
        canvas.input(x, 1, &app.card.serial, 40, focused);
    } else {
        let args = [("key", Arg::from(format::keys(app, "try-serial")))];
        canvas.put(x, 1, &app.locale.text("card-serial-begin", &args), Scope::Muted);
    }
    for (y, (mark, text, scope)) in (2..).zip(app.card.said(&app.locale, canvas.width())) {
        canvas.put(0, y, &mark, scope);
        canvas.put(2, y, &text, scope);
    }
}
