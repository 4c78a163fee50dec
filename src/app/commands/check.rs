//! The check: asking, and deciding what it found.

use crate::app::effect::Effect;
use crate::app::layer::{Ask, Layer, Then};
use crate::app::line::Line;
use crate::app::screen::ScreenId;
use crate::app::screen::check::{Check, Field, type_called};
use crate::app::screen::reference::ReferenceRow;
use crate::app::state::App;
use crate::app::status::Severity;
use crate::app::task::Task;
use crate::locale::Message;

/// Asks the desk. What is still missing gets the focus, with the reason.
pub fn make(app: &mut App) -> Vec<Effect> {
    let query = app.check.query(&app.locale);
    let type_text = app.check.text(Field::Type);
    let missing = if query.serial.is_empty() {
        Some((Field::Serial, Message::new("check-serial-missing")))
    } else if !type_text.trim().is_empty() && type_called(type_text, &app.locale).is_none() {
        Some((Field::Type, Message::new("check-type-unknown").with("type", type_text)))
    } else if query.purpose.is_empty() {
        Some((Field::Purpose, Message::new("check-purpose-missing")))
    } else {
        None
    };
    if let Some((field, why)) = missing {
        app.check.focus = Some(field);
        app.say(Severity::Warning, why);
        return Vec::new();
    }
    vec![Effect::Run(Task::Check(query))]
}

/// A new question; the purpose stays, because one case brings many numbers.
pub fn fresh(app: &mut App) -> Vec<Effect> {
    let purpose = app.check.text(Field::Purpose).to_owned();
    app.check = Check { focus: Some(Field::Serial), ..Check::default() };
    app.check.lines[Field::Purpose as usize] = Line::with(&purpose);
    app.resize(app.size);
    Vec::new()
}

/// The question that the open record is the answer to.
pub fn this_record(app: &mut App) -> Vec<Effect> {
    let Some(view) = &app.record.view else { return Vec::new() };
    let firearm = &view.record.content.firearm;
    let kind = firearm.firearm_type.map_or("", |kind| kind.id());
    let texts = [&firearm.serial, &firearm.make, &firearm.calibre, kind, ""];
    let lines = texts.map(|text: &str| Line::with(text));
    app.check = Check { lines, focus: Some(Field::Purpose), ..Check::default() };
    app.resize(app.size);
    app.show(ScreenId::Check)
}

/// A question about a firearm like the entry that is selected in the reference table.
pub fn this_entry(app: &mut App) -> Vec<Effect> {
    let Some(row) = app.reference.rows.selected().cloned() else {
        app.say(Severity::Info, Message::new("reference-nothing-selected"));
        return Vec::new();
    };
    let serial = app.reference.serial.clone();
    of_entry(app, &row, serial.as_deref())
}

/// A question with make, type and calibre of an entry of the reference table, and a number where one was seen. An entry of several
/// calibres fills none of them: which of them is stamped on this firearm only the officer sees.
pub fn of_entry(app: &mut App, row: &ReferenceRow, serial: Option<&str>) -> Vec<Effect> {
    let kind = row.firearm_type.map_or("", |kind| kind.id());
    let calibre = if row.calibres.len() == 1 { row.calibres[0].as_str() } else { "" };
    let lines = [serial.unwrap_or_default(), &row.make, calibre, kind, ""].map(Line::with);
    app.check = Check { lines, focus: Some(Field::Serial), ..Check::default() };
    app.resize(app.size);
    app.show(ScreenId::Check)
}

/// Into the question as it was asked, to ask it again with more or less.
pub fn edit(app: &mut App) -> Vec<Effect> {
    app.check.focus = Some(Field::Serial);
    Vec::new()
}

/// Shows the proof: who asked what, why, of which data, and what the answer was.
pub fn proof(app: &mut App) -> Vec<Effect> {
    if app.check.proof.is_none() {
        app.say(Severity::Info, Message::new("check-no-proof"));
        return Vec::new();
    }
    app.layers.push(Layer::Proof(0));
    Vec::new()
}

/// Shows what to do next, and whom to ask about the history of the firearm.
pub fn next_steps(app: &mut App) -> Vec<Effect> {
    let Some(check) = app.check.proof.as_ref().map(|proof| proof.number.clone()) else {
        app.say(Severity::Info, Message::new("check-no-proof"));
        return Vec::new();
    };
    let record = app.check.rows.selected().map(|candidate| candidate.record.id);
    vec![Effect::Run(Task::Next { check, record })]
}

pub fn confirm(app: &mut App) -> Vec<Effect> {
    decide(app, true)
}

pub fn reject(app: &mut App) -> Vec<Effect> {
    decide(app, false)
}

fn decide(app: &mut App, confirm: bool) -> Vec<Effect> {
    let (Some(proof), Some(candidate)) = (&app.check.proof, app.check.rows.selected()) else {
        app.say(Severity::Info, Message::new("check-nothing-to-decide"));
        return Vec::new();
    };
    let decided = app.check.standing().and_then(|standing| standing.hit.as_ref());
    if let Some((hit, decision)) = decided.and_then(|hit| Some((hit, hit.decision.as_ref()?))) {
        let message = Message::new(format!("check-decided-{}", hit.state.id()))
            .with("record", candidate.record.number.as_str())
            .with("by", decision.by.0.as_str());
        app.say(Severity::Info, message);
        return Vec::new();
    }
    let about = Message::new(if confirm { "check-confirm-about" } else { "check-reject-about" })
        .with("serial", candidate.reason.recorded.as_str())
        .with("record", candidate.record.number.as_str());
    let then = Then::Decide { check: proof.number.clone(), record: candidate.record.id, confirm };
    app.layers.push(Layer::Ask(Ask {
        title: if confirm { "check-confirm-title" } else { "check-reject-title" },
        about: Some(about),
        lines: vec![(if confirm { "check-compared" } else { "check-differs" }, Line::default())],
        focus: 0,
        fault: None,
        then,
    }));
    Vec::new()
}
