//! Editing the line that is typed in, and what follows from each change.

use crate::app::effect::Effect;
use crate::app::line::Line;
use crate::app::state::App;

pub fn erase(app: &mut App) -> Vec<Effect> {
    edit(app, |line| {
        line.backspace();
    })
}

pub fn erase_right(app: &mut App) -> Vec<Effect> {
    edit(app, Line::delete)
}

pub fn erase_word(app: &mut App) -> Vec<Effect> {
    edit(app, Line::delete_word)
}

pub fn erase_line(app: &mut App) -> Vec<Effect> {
    edit(app, Line::delete_to_start)
}

pub fn left(app: &mut App) -> Vec<Effect> {
    edit(app, Line::left)
}

pub fn right(app: &mut App) -> Vec<Effect> {
    edit(app, Line::right)
}

pub fn start(app: &mut App) -> Vec<Effect> {
    edit(app, Line::start)
}

pub fn end(app: &mut App) -> Vec<Effect> {
    edit(app, Line::end)
}

/// Changes the line; where its text is another one now, what depends on it follows.
pub fn edit(app: &mut App, change: impl FnOnce(&mut Line)) -> Vec<Effect> {
    let Some(line) = app.line_mut() else { return Vec::new() };
    let before = line.text().to_owned();
    change(line);
    if line.text() == before { Vec::new() } else { super::search::typed(app) }
}
