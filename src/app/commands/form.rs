//! The keys of a form, and how a form is opened, left and saved.

use crate::app::effect::Effect;
use crate::app::geometry::Frame;
use crate::app::screen::ScreenId;
use crate::app::screen::form::{FormAnswer, FormKey, FormScreen, FormTask};
use crate::app::state::App;
use crate::app::status::Severity;
use crate::app::task::Task;
use crate::forms::draft::Direction;
use crate::forms::editor::Edit;
use crate::locale::Message;

macro_rules! keys {
    ($($name:ident => $key:expr),+ $(,)?) => {
        $(pub fn $name(app: &mut App) -> Vec<Effect> {
            act(app, $key)
        })+
    };
}

keys! {
    next => FormKey::Next,
    previous => FormKey::Previous,
    up => FormKey::Up,
    down => FormKey::Down,
    next_section => FormKey::NextSection,
    previous_section => FormKey::PreviousSection,
    next_problem => FormKey::NextProblem,
    enter => FormKey::Enter,
    choices => FormKey::Choices,
    undo => FormKey::Undo,
    redo => FormKey::Redo,
    add_row => FormKey::AddRow,
    remove_row => FormKey::RemoveRow,
    row_up => FormKey::MoveRow(Direction::Up),
    row_down => FormKey::MoveRow(Direction::Down),
    save => FormKey::Save,
    erase => FormKey::Edit(Edit::DeleteLeft),
    erase_right => FormKey::Edit(Edit::DeleteRight),
    erase_word => FormKey::Edit(Edit::DeleteWordLeft),
    erase_word_right => FormKey::Edit(Edit::DeleteWordRight),
    kill_end => FormKey::Edit(Edit::KillToEnd),
    kill_start => FormKey::Edit(Edit::KillToStart),
    yank => FormKey::Edit(Edit::Yank),
    left => FormKey::Edit(Edit::Left),
    right => FormKey::Edit(Edit::Right),
    word_left => FormKey::Edit(Edit::WordLeft),
    word_right => FormKey::Edit(Edit::WordRight),
    line_start => FormKey::Edit(Edit::LineStart),
    line_end => FormKey::Edit(Edit::LineEnd),
}

/// An empty record.
pub fn new_record(_app: &mut App) -> Vec<Effect> {
    run(vec![FormTask::New("record")])
}

/// A record of a firearm like the entry that is selected in the reference table.
pub fn this_entry(app: &mut App) -> Vec<Effect> {
    let Some(entry) = app.reference.rows.selected().map(|row| row.id.clone()) else {
        app.say(Severity::Info, Message::new("reference-nothing-selected"));
        return Vec::new();
    };
    of_entry(entry, app.reference.serial.clone())
}

/// A record that begins with what the card of an entry says, and with a number where one was seen.
pub fn of_entry(entry: String, serial: Option<String>) -> Vec<Effect> {
    run(vec![FormTask::Like { entry, serial }])
}

/// The open record, to change what it says.
pub fn amend(app: &mut App) -> Vec<Effect> {
    let number = app.record.view.as_ref().map(|view| view.record.number.clone());
    number.map_or_else(Vec::new, |number| run(vec![FormTask::Amend(number)]))
}

/// Esc: closes the choices; else leaves the form, of which nothing typed is lost.
pub fn leave(app: &mut App) -> Vec<Effect> {
    let now = app.now;
    let Some(form) = &mut app.form else { return super::go::back(app) };
    let (stays, tasks) = form.leave(now);
    let mut effects = run(tasks);
    if stays {
        return effects;
    }
    let is_kept = form.draft.is_dirty();
    app.form = None;
    effects.extend(super::go::back(app));
    if is_kept {
        app.say(Severity::Good, Message::new("form-left"));
    }
    effects
}

/// Typed or pasted text.
pub fn edit(app: &mut App, edit: Edit) -> Vec<Effect> {
    act(app, FormKey::Edit(edit))
}

/// What is not on the disk yet, before the program ends: also a word that is only half typed, or over which choices are open.
pub fn keep_now(app: &mut App) -> Vec<Effect> {
    let now = app.now;
    let Some(form) = &mut app.form else { return Vec::new() };
    let (closed_choices, mut tasks) = form.leave(now);
    if closed_choices {
        tasks.extend(form.leave(now).1);
    }
    run(tasks)
}

/// Takes what the desk answers.
pub fn take(app: &mut App, answer: FormAnswer) -> Vec<Effect> {
    match answer {
        FormAnswer::Opened { id, draft, notes, kept_at } => {
            let mut effects = keep_now(app);
            let (form, tasks) = FormScreen::new(id, *draft, kept_at);
            app.form = Some(form);
            effects.extend(app.show(ScreenId::Form));
            app.resize(app.size);
            if let Some(note) = notes.first() {
                let message = Message::new(note.key());
                let message = note
                    .facts()
                    .into_iter()
                    .fold(message, |message, (name, value)| message.with(&name, value));
                app.say(Severity::Warning, message);
            }
            effects.extend(run(tasks));
            effects
        }
        FormAnswer::Saved(number) => {
            app.form = None;
            let effects = super::open::record(app, number.clone());
            app.trail.retain(|screen| *screen != ScreenId::Form);
            app.say(Severity::Good, Message::new("form-saved").with("record", number));
            effects
        }
        other => {
            if let Some(message) = app.form.as_mut().and_then(|form| form.take(other)) {
                app.say(Severity::Error, message);
            }
            Vec::new()
        }
    }
}

/// How many lines of the form are seen.
pub const fn height(frame: Frame) -> u16 {
    frame.body_height().saturating_sub(crate::app::screen::form::EXPLAINED)
}

/// The tasks of a form as effects.
pub fn run(tasks: Vec<FormTask>) -> Vec<Effect> {
    tasks.into_iter().map(|task| Effect::Run(Task::Form(task))).collect()
}

fn act(app: &mut App, key: FormKey) -> Vec<Effect> {
    let Some(form) = &mut app.form else { return Vec::new() };
    let done = form.act(key, &app.locale, app.now);
    let is_behind = form.is_behind();
    if is_behind {
        app.stir();
    }
    if let Some(message) = done.say {
        app.say(Severity::Warning, message);
    }
    run(done.tasks)
}
