//! Editing the line that is typed in, and what follows from each change.

use crate::app::effect::Effect;
use crate::app::line::Line;
use crate::app::state::App;
use crate::forms::editor::Edit;

macro_rules! keys {
    ($($name:ident => $edit:ident),+ $(,)?) => {
        $(pub fn $name(app: &mut App) -> Vec<Effect> {
            edit(app, |line| {
                line.apply(&Edit::$edit);
            })
        })+
    };
}

keys! {
    erase => DeleteLeft,
    erase_right => DeleteRight,
    erase_word => DeleteWordLeft,
    erase_line => KillToStart,
    left => Left,
    right => Right,
    start => LineStart,
    end => LineEnd,
}

/// Changes the line; where its text is another one now, what depends on it follows.
pub fn edit(app: &mut App, change: impl FnOnce(&mut Line)) -> Vec<Effect> {
    let Some(line) = app.line_mut() else { return Vec::new() };
    let before = line.text().to_owned();
    change(line);
    if line.text() == before { Vec::new() } else { super::search::typed(app) }
}
