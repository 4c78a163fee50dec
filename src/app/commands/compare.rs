//! Marking entries of the reference table, and what can be done to those that stand side by side.

use crate::app::effect::Effect;
use crate::app::geometry::{COMPARE_HEAD, Frame};
use crate::app::screen::ScreenId;
use crate::app::screen::compare::{CompareScreen, MOST};
use crate::app::state::App;
use crate::app::status::Severity;
use crate::app::task::Task;
use crate::locale::Message;

/// Marks the selected entry, or takes its mark away.
pub fn mark(app: &mut App) -> Vec<Effect> {
    let Some(id) = app.reference.rows.selected().map(|row| row.id.clone()) else { return Vec::new() };
    let marked = &mut app.reference.marked;
    if marked.contains(&id) {
        marked.retain(|other| *other != id);
    } else if marked.len() < MOST {
        marked.push(id);
    } else {
        app.say(Severity::Info, Message::new("compare-full").with("most", MOST));
        return Vec::new();
    }
    let count = app.reference.marked.len();
    app.say(Severity::Info, Message::new("compare-marked").with("count", count));
    Vec::new()
}

/// The marked entries side by side; the selected one comes to a single one that is marked.
pub fn marked(app: &mut App) -> Vec<Effect> {
    let mut ids = app.reference.marked.clone();
    if let Some(row) = app.reference.rows.selected().filter(|row| ids.len() == 1 && ids[0] != row.id) {
        ids.push(row.id.clone());
    }
    if ids.len() < 2 {
        app.say(Severity::Info, Message::new("compare-mark-first"));
        return Vec::new();
    }
    open(app, ids)
}

/// The open card beside what it is mistaken for.
pub fn lookalikes(app: &mut App) -> Vec<Effect> {
    let Some(card) = &app.card.card else { return Vec::new() };
    let others = card.lookalikes.iter().map(|like| like.id.clone());
    let ids: Vec<String> = std::iter::once(card.id.clone()).chain(others).take(MOST).collect();
    if ids.len() < 2 {
        app.say(Severity::Info, Message::new("card-no-lookalike"));
        return Vec::new();
    }
    open(app, ids)
}

pub fn next_column(app: &mut App) -> Vec<Effect> {
    app.compare.turn(1);
    Vec::new()
}

pub fn previous_column(app: &mut App) -> Vec<Effect> {
    app.compare.turn(-1);
    Vec::new()
}

/// Opens the card of the selected column.
pub fn open_column(app: &mut App) -> Vec<Effect> {
    let Some(id) = app.compare.selected().cloned() else { return Vec::new() };
    let among = app.compare.ids.clone();
    super::card::open(app, id, among)
}

/// Takes the selected column away; two are the least.
pub fn drop_column(app: &mut App) -> Vec<Effect> {
    if app.compare.ids.len() <= 2 {
        app.say(Severity::Info, Message::new("compare-two-are-least"));
        return Vec::new();
    }
    let mut ids = app.compare.ids.clone();
    ids.remove(app.compare.at.min(ids.len() - 1));
    app.compare.ids = ids;
    app.compare.at = app.compare.at.min(app.compare.ids.len() - 1);
    app.refresh()
}

/// Hides what all say alike, and shows it again.
pub fn only_different(app: &mut App) -> Vec<Effect> {
    app.compare.only_different = !app.compare.only_different;
    app.compare.top = 0;
    Vec::new()
}

/// Scrolls the facts, to their end and no further.
pub fn scroll(app: &mut App, lines: i64) {
    let count = app.compare.lines(&app.locale, app.size.width).len() as i64;
    let seen = i64::from(Frame { size: app.size }.body_height().saturating_sub(COMPARE_HEAD));
    let top = i64::from(app.compare.top).saturating_add(lines).clamp(0, (count - seen).max(0));
    app.compare.top = u16::try_from(top).unwrap_or(u16::MAX);
}

fn open(app: &mut App, ids: Vec<String>) -> Vec<Effect> {
    app.compare = CompareScreen { ids, ..CompareScreen::default() };
    let mut effects = app.show(ScreenId::CompareEntries);
    if effects.is_empty() {
        effects.push(Effect::Run(Task::Compare(app.compare.ids.clone())));
    }
    effects
}
