//! What this screen is, and every key that works on it.

use super::open;
use super::reading::{self, Line};
use crate::app::command::COMMANDS;
use crate::app::context::Context;
use crate::app::{App, Frame};
use crate::locale::Text;
use crate::ui::canvas::Canvas;
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, top: u16, canvas: &mut Canvas<'_>) {
    let body = Frame { size: app.size }.body_height();
    let mut inside = open(app, canvas, &app.locale.plain("screen-help-title"), 76, body);
    let width = inside.width();
    let about = app.locale.plain(&format!("screen-{}.about", app.screen.id()));
    let mut lines: Vec<Line> = Line::sentences(&about, width).collect();
    lines.push(Line::blank());
    let place = app.screen_place();
    let mut commands: Vec<_> =
        COMMANDS.iter().filter(|command| command.fits(app.screen, place.context)).collect();
    // What only this screen can do comes first.
    commands.sort_by_key(|command| (command.context == Context::Global, command.screens.is_empty()));
    for command in commands {
        let doc = app.locale.plain(&command.doc_key());
        lines.extend(Line::labelled(Text::foreign(&format::keys(app, command.name)), &doc, width));
    }
    reading::draw(&mut inside, &lines, top);
}
