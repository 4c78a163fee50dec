//! Help: every command with its keys, by context, made from the table of commands and the keymap that is loaded.

use crate::app::App;
use crate::app::command::COMMANDS;
use crate::app::context::{Context, Place};
use crate::app::key::Key;
use crate::app::theme::Scope;
use crate::locale::Text;
use crate::ui::canvas::Canvas;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let lines = lines(app);
    let height = canvas.height();
    let top = app.help.top.min((lines.len() as u16).saturating_sub(height));
    for (y, line) in (0..height).zip(lines.iter().skip(usize::from(top))) {
        match line {
            Line::Heading(text) => {
                canvas.put(1, y, text, Scope::Heading);
            }
            Line::Command { keys, name, doc } => {
                canvas.put_within(2, y, keys, Scope::Key, 15);
                canvas.put_within(18, y, name, Scope::Muted, 20);
                canvas.put(39, y, doc, Scope::Text);
            }
            Line::Blank => {}
        }
    }
}

enum Line {
    Heading(Text),
    Command { keys: Text, name: Text, doc: Text },
    Blank,
}

fn lines(app: &App) -> Vec<Line> {
    let mut lines = Vec::new();
    for context in Context::ALL {
        let mut told = COMMANDS.iter().filter(|command| command.context == context).peekable();
        if told.peek().is_none() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.push(Line::Heading(app.locale.plain(&format!("context-{}", context.id()))));
        for command in told {
            let screens = command.screens.iter().map(|screen| Some(*screen)).chain([None]);
            let places = screens.map(|screen| Place { context, screen });
            let keys = places.into_iter().find_map(|place| app.settings.keymap.keys_for(place, command.name));
            let keys = keys.unwrap_or_default().into_iter().map(Key::label).collect::<Vec<_>>().join(" ");
            lines.push(Line::Command {
                keys: Text::foreign(&keys),
                name: Text::foreign(command.name),
                doc: app.locale.plain(&command.doc_key()),
            });
        }
    }
    lines
}
