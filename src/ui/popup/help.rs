//! What this screen is, and every key that works on it.

use super::open;
use crate::app::command::COMMANDS;
use crate::app::context::Context;
use crate::app::theme::Scope;
use crate::app::{App, Frame};
use crate::locale::Text;
use crate::ui::canvas::Canvas;
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, top: u16, canvas: &mut Canvas<'_>) {
    let body = Frame { size: app.size }.body_height();
    let mut inside = open(app, canvas, &app.locale.plain("screen-help-title"), 76, body);
    let height = inside.height();
    let about = app.locale.plain(&format!("screen-{}.about", app.screen.id()));
    let mut lines: Vec<(Text, Text)> =
        about.wrapped(inside.width()).into_iter().map(|line| (Text::EMPTY, line)).collect();
    lines.push((Text::EMPTY, Text::EMPTY));
    let place = app.screen_place();
    let mut commands: Vec<_> =
        COMMANDS.iter().filter(|command| command.fits(app.screen, place.context)).collect();
    // What only this screen can do comes first.
    commands.sort_by_key(|command| (command.context == Context::Global, command.screens.is_empty()));
    for command in commands {
        let doc = app.locale.plain(&command.doc_key());
        lines.push((Text::foreign(&format::keys(app, command.name)), doc));
    }
    let top = top.min((lines.len() as u16).saturating_sub(height));
    for (y, (keys, text)) in (0..height).zip(lines.iter().skip(usize::from(top))) {
        if keys.is_empty() {
            inside.put(0, y, text, Scope::Popup);
        } else {
            inside.put_within(0, y, keys, Scope::Key, 15);
            inside.put(16, y, text, Scope::Popup);
        }
    }
}
