//! Moving through whatever has the focus: a list, a text, the choices of a box.

use crate::app::effect::Effect;
use crate::app::geometry::{Frame, Size, import_text_height};
use crate::app::layer::Layer;
use crate::app::rows::Rows;
use crate::app::screen::import::Stage;
use crate::app::screen::reference::Focus;
use crate::app::screen::{ScreenId, help, identify};
use crate::app::state::App;
use crate::app::task::Task;

#[derive(Debug, Clone, Copy)]
enum Motion {
    Lines(i64),
    Pages(i64),
    First,
    Last,
}

pub fn down(app: &mut App) -> Vec<Effect> {
    go(app, Motion::Lines(1))
}

pub fn up(app: &mut App) -> Vec<Effect> {
    go(app, Motion::Lines(-1))
}

pub fn page_down(app: &mut App) -> Vec<Effect> {
    go(app, Motion::Pages(1))
}

pub fn page_up(app: &mut App) -> Vec<Effect> {
    go(app, Motion::Pages(-1))
}

pub fn first(app: &mut App) -> Vec<Effect> {
    go(app, Motion::First)
}

pub fn last(app: &mut App) -> Vec<Effect> {
    go(app, Motion::Last)
}

/// What follows a move once the keys rest: the card of the entry, the sentence about the field.
pub fn rested(app: &mut App) -> Vec<Effect> {
    match app.screen {
        ScreenId::Reference => {
            app.reference.wanted_card().map(|id| Effect::Run(Task::Card(id))).into_iter().collect()
        }
        ScreenId::Form => {
            if let Some(form) = &mut app.form {
                form.explain();
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn go(app: &mut App, motion: Motion) -> Vec<Effect> {
    let page = i64::from(Frame { size: app.size }.body_height());
    let lines = match motion {
        Motion::Lines(lines) => lines,
        Motion::Pages(pages) => pages * page,
        Motion::First => -i64::from(u16::MAX),
        Motion::Last => i64::from(u16::MAX),
    };
    match app.layers.last_mut() {
        Some(Layer::Palette(palette)) => in_rows(&mut palette.found, motion),
        Some(Layer::Pick(pick)) => in_rows(&mut pick.choices, motion),
        Some(Layer::ScreenHelp(top) | Layer::Proof(top) | Layer::Next { top, .. }) => {
            *top = scrolled(*top, lines);
        }
        Some(Layer::Ask(_) | Layer::Notice(_)) => {}
        None => return on_screen(app, motion, lines),
    }
    Vec::new()
}

fn on_screen(app: &mut App, motion: Motion, lines: i64) -> Vec<Effect> {
    match app.screen {
        ScreenId::Home => match motion {
            Motion::First => app.home.move_to(0),
            Motion::Last => app.home.move_to(i64::from(u16::MAX)),
            Motion::Lines(_) | Motion::Pages(_) => app.home.move_by(lines),
        },
        ScreenId::Check => in_rows(&mut app.check.rows, motion),
        ScreenId::Jobs => in_rows(&mut app.jobs, motion),
        ScreenId::Help => {
            let count = help::lines(&app.locale, &app.settings.keymap).len();
            app.help.top = scrolled_within(app.help.top, lines, count, app.size);
        }
        ScreenId::Identify if app.identify.focus == identify::Focus::Cards => {
            in_rows(&mut app.identify.cards, motion);
        }
        ScreenId::Identify => in_rows(&mut app.identify.answers, motion),
        ScreenId::Import if matches!(app.import.stage, Stage::Preview(_) | Stage::Done(_)) => {
            // The last row says where one is: a page is one line less than the body.
            let seen = i64::from(import_text_height(Frame { size: app.size }.body_height()));
            let lines = if let Motion::Pages(pages) = motion { pages * seen } else { lines };
            super::import::scroll(app, lines);
        }
        ScreenId::Mapping => {
            if let Some(mapping) = &mut app.mapping {
                in_rows(&mut mapping.rows, motion);
            }
        }
        ScreenId::Import if app.import.stage == Stage::Choosing => in_rows(&mut app.import.folder, motion),
        ScreenId::Import => in_rows(&mut app.import.editions, motion),
        ScreenId::CompareEntries => super::compare::scroll(app, lines),
        ScreenId::Card => super::card::scroll(app, lines),
        ScreenId::Record => {
            let count = app.record.lines(&app.locale, &app.zone, app.size.width).len();
            app.record.top = scrolled_within(app.record.top, lines, count, app.size);
        }
        ScreenId::Reference => {
            let reference = &mut app.reference;
            if reference.focus == Focus::Facets {
                in_rows(&mut reference.facets, motion);
            } else {
                in_rows(&mut reference.rows, motion);
                app.stir();
            }
        }
        ScreenId::Form => {}
        ScreenId::Records => {
            in_rows(&mut app.records.rows, motion);
            if app.records.rows.wanted().is_some() {
                return vec![Effect::Run(Task::Records(app.records.query()))];
            }
        }
        ScreenId::Journal => {
            in_rows(&mut app.journal.rows, motion);
            if app.journal.rows.wanted().is_some() {
                return vec![Effect::Run(Task::Journal(app.journal.wanted()))];
            }
        }
    }
    Vec::new()
}

fn in_rows<T>(rows: &mut Rows<T>, motion: Motion) {
    match motion {
        Motion::Lines(lines) => rows.move_by(lines),
        Motion::Pages(pages) => rows.move_pages(pages),
        Motion::First => rows.select(0),
        Motion::Last => rows.select(u64::MAX),
    }
}

/// The first line after a move through so many: it stops at the last page.
fn scrolled_within(top: u16, lines: i64, count: usize, size: Size) -> u16 {
    let seen = usize::from(Frame { size }.body_height());
    scrolled(top, lines).min(u16::try_from(count.saturating_sub(seen)).unwrap_or(u16::MAX))
}

/// The first line after a move in a box; drawing stops at its last page.
fn scrolled(top: u16, lines: i64) -> u16 {
    u16::try_from((i64::from(top) + lines).max(0)).unwrap_or(u16::MAX)
}
