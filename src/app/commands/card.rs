//! Opening a card, going through those beside it, and trying a serial number on it.

use crate::app::effect::Effect;
use crate::app::geometry::Frame;
use crate::app::line::Line;
use crate::app::screen::ScreenId;
use crate::app::screen::card::{Card, CardScreen};
use crate::app::state::App;
use crate::app::status::Severity;
use crate::app::task::Task;
use crate::locale::Message;

/// Opens the card of an entry, which stands among others.
pub fn open(app: &mut App, id: String, among: Vec<String>) -> Vec<Effect> {
    app.card = CardScreen::of(id.clone(), among);
    let task = Effect::Run(Task::Card(id));
    app.show(ScreenId::Card).into_iter().filter(|effect| *effect != task).chain([task.clone()]).collect()
}

/// Opens the selected entry of the reference table. A serial number that was found in the sentence is tried at once.
pub fn from_reference(app: &mut App) -> Vec<Effect> {
    let Some(row) = app.reference.rows.selected() else { return Vec::new() };
    let id = row.id.clone();
    let rows = (0..app.reference.rows.total()).filter_map(|at| app.reference.rows.get(at));
    let among = rows.map(|row| row.id.clone()).collect();
    let serial = app.reference.serial.clone();
    let mut effects = open(app, id, among);
    if let Some(serial) = serial {
        app.card.serial = Line::with(&serial);
        effects.extend(typed(app));
    }
    effects
}

/// Into the line of the serial number.
pub fn try_serial(app: &mut App) -> Vec<Effect> {
    app.card.typing = true;
    Vec::new()
}

/// The number is another one now.
pub fn typed(app: &mut App) -> Vec<Effect> {
    let serial = app.card.serial.text().trim().to_owned();
    if serial.is_empty() {
        app.card.trial = None;
        return Vec::new();
    }
    vec![Effect::Run(Task::TrySerial { entry: app.card.id.clone(), serial })]
}

/// Is a number of this model recorded?
pub fn check(app: &mut App) -> Vec<Effect> {
    let Some(row) = app.card.card.as_ref().map(Card::row) else { return Vec::new() };
    let serial = app.card.serial.text().trim().to_owned();
    super::check::of_entry(app, &row, Some(&serial))
}

/// A record of a firearm like this, with the number that was tried.
pub fn record(app: &mut App) -> Vec<Effect> {
    let serial = app.card.serial.text().trim();
    let serial = (!serial.is_empty()).then(|| serial.to_owned());
    super::form::of_entry(app.card.id.clone(), serial)
}

pub fn next(app: &mut App) -> Vec<Effect> {
    step(app, 1, "card-none-after")
}

pub fn previous(app: &mut App) -> Vec<Effect> {
    step(app, -1, "card-none-before")
}

/// To a neighbour; the number that is tried goes along, for it is the same firearm that is held.
fn step(app: &mut App, by: isize, none: &'static str) -> Vec<Effect> {
    let Some(id) = app.card.neighbour(by).cloned() else {
        app.say(Severity::Info, Message::new(none));
        return Vec::new();
    };
    app.card.go(id.clone());
    let mut effects = vec![Effect::Run(Task::Card(id))];
    effects.extend(typed(app));
    effects
}

/// Scrolls the text, to its end and no further.
pub fn scroll(app: &mut App, lines: i64) {
    let frame = Frame { size: app.size };
    let width = app.size.width;
    let count = app.card.lines(&app.locale, width).len() as i64;
    let seen = i64::from(frame.body_height().saturating_sub(app.card.head_height(&app.locale, width)));
    let top = i64::from(app.card.top).saturating_add(lines).clamp(0, (count - seen).max(0));
    app.card.top = u16::try_from(top).unwrap_or(u16::MAX);
}
