//! Answering the questions of Identify, in any order, and taking answers back.

use crate::app::effect::Effect;
use crate::app::screen::identify::{CANNOT_TELL, Focus};
use crate::app::state::App;
use crate::app::status::Severity;
use crate::app::task::Task;
use crate::locale::Message;

/// Enter: gives the selected answer, or opens the selected card.
pub fn open(app: &mut App) -> Vec<Effect> {
    if app.identify.focus == Focus::Cards {
        let Some(id) = app.identify.cards.selected().map(|row| row.id.clone()) else { return Vec::new() };
        let rows = (0..app.identify.cards.total()).filter_map(|at| app.identify.cards.get(at));
        let among = rows.map(|row| row.id.clone()).collect();
        return super::card::open(app, id, among);
    }
    let Some(words) = app.identify.answers.selected().map(|row| row.words.clone()) else { return Vec::new() };
    // Where what is typed is no answer and fits none, only that it cannot be told is left: Enter did not mean that.
    if words == CANNOT_TELL && !app.identify.line.text().trim().is_empty() {
        let why = app.identify.view.as_ref().and_then(|view| match &view.typed {
            Some(Err(why)) => Some(why.clone()),
            Some(Ok(_)) | None => None,
        });
        if let Some(why) = why {
            app.say(Severity::Warning, Message::new("error-other").with("what", why));
            return Vec::new();
        }
    }
    app.identify.give(&words);
    ask(app)
}

/// What is asked is not to be told.
pub fn cannot_tell(app: &mut App) -> Vec<Effect> {
    app.identify.give(CANNOT_TELL);
    ask(app)
}

/// Takes the last answer back.
pub fn undo(app: &mut App) -> Vec<Effect> {
    if app.identify.undo() {
        return ask(app);
    }
    app.say(Severity::Info, Message::new("identify-nothing-to-undo"));
    Vec::new()
}

pub fn next_question(app: &mut App) -> Vec<Effect> {
    app.identify.turn(1);
    ask(app)
}

pub fn previous_question(app: &mut App) -> Vec<Effect> {
    app.identify.turn(-1);
    ask(app)
}

/// To the cards that remain.
pub fn cards(app: &mut App) -> Vec<Effect> {
    app.identify.focus = Focus::Cards;
    Vec::new()
}

/// To the answers.
pub fn answers(app: &mut App) -> Vec<Effect> {
    app.identify.focus = Focus::Answers;
    Vec::new()
}

/// Begins anew.
pub fn anew(app: &mut App) -> Vec<Effect> {
    app.identify.given.clear();
    app.identify.chosen = None;
    app.identify.line.clear();
    ask(app)
}

/// What the answers leave now.
pub fn ask(app: &App) -> Vec<Effect> {
    vec![Effect::Run(Task::Identify(app.identify.query()))]
}
