//! Boxes above the screen.

use crate::app::command::{COMMANDS, Command};
use crate::app::context::Context;
use crate::app::effect::Effect;
use crate::app::layer::{Ask, Layer, Palette, Then};
use crate::app::setup::Setup;
use crate::app::state::App;
use crate::app::task::{RecordAct, Task};
use crate::domain::officer::Officer;
use crate::domain::text::fold;
use crate::domain::time::parse_day;
use crate::locale::Message;

/// Opens the palette.
pub fn palette(app: &mut App) -> Vec<Effect> {
    app.layers.push(Layer::Palette(Palette::default()));
    filter_palette(app);
    app.resize(app.size);
    Vec::new()
}

/// Explains the screen.
pub fn screen_help(app: &mut App) -> Vec<Effect> {
    app.layers.push(Layer::ScreenHelp(0));
    Vec::new()
}

/// The commands that fit what is typed into the palette.
pub fn filter_palette(app: &mut App) {
    let Some(Layer::Palette(palette)) = app.layers.last() else { return };
    let asked = fold(palette.line.text());
    let place = app.screen_place();
    let mut found: Vec<(u32, &'static str)> = COMMANDS
        .iter()
        .filter(|command| command.context != Context::Popup && command.fits(app.screen, place.context))
        .filter_map(|command| Some((score(app, command, &asked)?, command.name)))
        .collect();
    found.sort_by_key(|(score, _)| *score);
    let names = found.into_iter().map(|(_, name)| name).collect();
    if let Some(Layer::Palette(palette)) = app.layers.last_mut() {
        palette.found.replace(names);
        palette.found.rewind();
    }
}

/// How far a command is from what is typed: its letters in order, with as little between them as may be.
fn score(app: &App, command: &Command, asked: &str) -> Option<u32> {
    let name = fold(command.name);
    let doc = fold(app.locale.plain(&command.doc_key()).as_str());
    [gaps(&name, asked), gaps(&doc, asked).map(|gaps| gaps + 100)].into_iter().flatten().min()
}

fn gaps(text: &str, asked: &str) -> Option<u32> {
    let mut rest = text.chars();
    let mut gaps = 0;
    for wanted in asked.chars() {
        gaps += rest.by_ref().position(|c| c == wanted)? as u32;
    }
    Some(gaps)
}

/// Enter: does what the box is for.
pub fn accept(app: &mut App) -> Vec<Effect> {
    match app.layers.pop() {
        Some(Layer::Palette(palette)) => {
            let command = palette.found.selected().and_then(|name| crate::app::command::find(name));
            command.map_or_else(Vec::new, |command| (command.run)(app))
        }
        Some(Layer::Pick(pick)) => {
            let target = pick.choices.selected().map(|choice| choice.target.clone());
            target.map_or_else(Vec::new, |target| super::open::follow(app, target))
        }
        Some(Layer::Ask(ask)) => answer(app, ask),
        Some(Layer::ScreenHelp(_) | Layer::Proof(_) | Layer::Next { .. } | Layer::Notice(_)) | None => {
            Vec::new()
        }
    }
}

/// Takes the lines of a box; what is missing keeps it open, with the focus where it is.
fn answer(app: &mut App, mut ask: Ask) -> Vec<Effect> {
    if ask.focus + 1 < ask.lines.len()
        && ask.text(ask.focus + 1).is_empty()
        && !ask.text(ask.focus).trim().is_empty()
    {
        ask.focus += 1;
        app.layers.push(Layer::Ask(ask));
        return Vec::new();
    }
    if ask.then == Then::Setup {
        return match Setup::read(ask.text(0), ask.text(1), ask.text(2)) {
            Ok(setup) => vec![Effect::Found(setup)],
            Err((at, fault)) => keep(app, ask, at, fault),
        };
    }
    if let Some(at) = ask.lines.iter().position(|(_, line)| line.text().trim().is_empty()) {
        return keep(app, ask, at, Message::new("ask-missing"));
    }
    let last = ask.text(ask.lines.len() - 1).trim().to_owned();
    if let Then::Narrow(by) = ask.then {
        return super::records::value(app, by.field(), &last);
    }
    let task = match ask.then.clone() {
        Then::Import(list) => match super::import::order(&ask, list) {
            Ok(task) => {
                return super::import::run(app, task);
            }
            Err((at, fault)) => return keep(app, ask, at, fault),
        },
        Then::SaveMapping(mapping) => Task::SaveMapping { name: last, mapping },
        Then::RemoveEdition(name) => match super::import::removal(&ask, name) {
            Ok(task) => task,
            Err((at, fault)) => return keep(app, ask, at, fault),
        },
        Then::Decide { check, record, confirm } => Task::Decide { check, record, confirm, reason: last },
        Then::Act { record, what: RecordAct::Approve(_) } => {
            let approver = Officer(ask.text(0).trim().to_owned());
            Task::Act { record, what: RecordAct::Approve(approver), reason: last }
        }
        Then::Act { record, what: RecordAct::Extend(_) } => {
            let Some(day) = parse_day(ask.text(0).trim()) else {
                let fault = Message::new("ask-day-bad").with("day", ask.text(0));
                return keep(app, ask, 0, fault);
            };
            Task::Act { record, what: RecordAct::Extend(day), reason: last }
        }
        Then::Act { record, what } => Task::Act { record, what, reason: last },
        Then::Narrow(_) | Then::Setup => return Vec::new(),
    };
    // The box stays until the desk has answered: a refusal must not cost what was typed.
    app.layers.push(Layer::Ask(ask));
    vec![Effect::Run(task)]
}

fn keep(app: &mut App, mut ask: Ask, at: usize, fault: Message) -> Vec<Effect> {
    ask.focus = at;
    ask.fault = Some(fault);
    app.layers.push(Layer::Ask(ask));
    Vec::new()
}

/// Esc: takes the box away. The first run has nothing behind it, so there it ends the program.
pub fn dismiss(app: &mut App) -> Vec<Effect> {
    match app.layers.pop() {
        Some(Layer::Ask(ask)) if ask.then == Then::Setup => vec![Effect::Quit],
        _ => Vec::new(),
    }
}

pub fn next_line(app: &mut App) -> Vec<Effect> {
    step(app, 1)
}

pub fn previous_line(app: &mut App) -> Vec<Effect> {
    step(app, -1)
}

fn step(app: &mut App, by: isize) -> Vec<Effect> {
    match app.layers.last_mut() {
        Some(Layer::Ask(ask)) => {
            let count = ask.lines.len().max(1);
            let forward = if by > 0 { 1 } else { count - 1 };
            ask.focus = (ask.focus + forward) % count;
            Vec::new()
        }
        _ if by > 0 => super::motion::down(app),
        _ => super::motion::up(app),
    }
}

#[cfg(test)]
mod tests {
    use super::gaps;

    #[test]
    fn letters_are_found_in_order_and_closer_is_better() {
        assert_eq!(gaps("gorecords", "xx"), None);
        assert!(gaps("gorecords", "gore") < gaps("gorecords", "grd"));
    }
}
