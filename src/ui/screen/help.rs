//! Help: every command with its keys, by context, made from the table of commands and the keymap that is loaded.

use crate::app::App;
use crate::app::screen::help::{HelpLine, lines};
use crate::app::theme::Scope;
use crate::ui::canvas::Canvas;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let lines = lines(&app.locale, &app.settings.keymap);
    let height = canvas.height();
    let top = app.help.top.min((lines.len() as u16).saturating_sub(height));
    for (y, line) in (0..height).zip(lines.iter().skip(usize::from(top))) {
        match line {
            HelpLine::Heading(text) => {
                canvas.put(1, y, text, Scope::Heading);
            }
            HelpLine::Command { keys, name, doc } => {
                canvas.put_within(2, y, keys, Scope::Key, 15);
                canvas.put_within(18, y, name, Scope::Muted, 20);
                canvas.put(39, y, doc, Scope::Text);
            }
            HelpLine::Blank => {}
        }
    }
}
