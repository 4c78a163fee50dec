//! What `Enter` leads to on each list, and what may be done to what is selected.

use jiff::Span;
use jiff::civil::Date;

use crate::app::effect::Effect;
use crate::app::layer::{Ask, Choice, Layer, Pick, Target, Then};
use crate::app::line::Line;
use crate::app::rows::Rows;
use crate::app::screen::ScreenId;
use crate::app::screen::form::FormTask;
use crate::app::screen::home::HomeLine;
use crate::app::screen::reference::Focus;
use crate::app::state::App;
use crate::app::status::Severity;
use crate::app::task::{RecordAct, Task};
use crate::desk::{Closing, RecordRow, WaitingKind};
use crate::domain::lifecycle::Act;
use crate::domain::officer::Officer;
use crate::domain::record::Record;
use crate::domain::rules::LONGEST_RETENTION_YEARS;
use crate::domain::time::day_of;
use crate::jobs::JobState;
use crate::locale::{Message, Text};

/// Opens what is selected.
pub fn open(app: &mut App) -> Vec<Effect> {
    match app.screen {
        ScreenId::Home => from_home(app),
        ScreenId::Records => app
            .records
            .rows
            .selected()
            .map(|row| row.number.clone())
            .map_or_else(Vec::new, |name| record(app, name)),
        ScreenId::Check => app
            .check
            .rows
            .selected()
            .map(|candidate| candidate.record.number.clone())
            .map_or_else(Vec::new, |name| record(app, name)),
        ScreenId::Journal => {
            let head = app.journal.rows.selected().map(|head| (head.act.clone(), head.doc.to_string()));
            head.map_or_else(Vec::new, |(act, id)| document(app, &act, id))
        }
        ScreenId::Reference if app.reference.focus == Focus::Facets => {
            app.reference.toggle_facet();
            vec![Effect::Run(Task::Reference(app.reference.query()))]
        }
        ScreenId::Reference => super::card::from_reference(app),
        ScreenId::Identify => super::identify::open(app),
        ScreenId::Jobs
        | ScreenId::Help
        | ScreenId::Card
        | ScreenId::CompareEntries
        | ScreenId::Import
        | ScreenId::Mapping
        | ScreenId::Record
        | ScreenId::Form => Vec::new(),
    }
}

/// Opens a record.
pub fn record(app: &mut App, name: String) -> Vec<Effect> {
    app.record.view = None;
    app.record.top = 0;
    app.show(ScreenId::Record);
    vec![Effect::Run(Task::Record(name))]
}

fn from_home(app: &mut App) -> Vec<Effect> {
    match app.home.line() {
        None => Vec::new(),
        Some(HomeLine::Lately(lately)) => {
            let (act, id) = (lately.act.clone(), lately.id.to_string());
            document(app, &act, id)
        }
        Some(HomeLine::Waiting(waiting)) => match waiting.kind {
            WaitingKind::HitToConfirm => vec![Effect::Run(Task::Hits)],
            WaitingKind::Draft => vec![Effect::Run(Task::Drafts)],
            WaitingKind::Approval | WaitingKind::ReviewDue => {
                let query = waiting.query.clone();
                filtered(app, &query)
            }
        },
    }
}

fn filtered(app: &mut App, filter: &str) -> Vec<Effect> {
    app.records.filter = Line::with(filter);
    app.records.typing = false;
    app.records.rows.rewind();
    app.show(ScreenId::Records)
}

/// Opens the document that an act of the journal was about.
fn document(app: &mut App, act: &str, id: String) -> Vec<Effect> {
    match act.split_once('.').map_or(act, |(kind, _)| kind) {
        "check" => vec![Effect::Run(Task::Proof { check: id, record: None })],
        "hit" => vec![Effect::Run(Task::Hit(id))],
        "export" => vec![Effect::Run(Task::Exported(id))],
        _ => record(app, id),
    }
}

/// What may be done to the open record now.
pub fn acts(app: &mut App) -> Vec<Effect> {
    let Some(view) = &app.record.view else { return Vec::new() };
    let number = view.record.number.clone();
    let suggested = next_review(&view.record, day_of(app.now));
    let choices: Vec<Choice> = view
        .acts
        .iter()
        .filter_map(|act| {
            let what = record_act(*act, suggested)?;
            let label = app.locale.word("act", act.id());
            Some(Choice { label, target: Target::Act { record: number.clone(), what } })
        })
        .collect();
    if choices.is_empty() {
        let owner = view.record.owner.to_string();
        app.say(Severity::Info, Message::new("record-no-acts").with("owner", owner));
        return Vec::new();
    }
    app.layers.push(Layer::Pick(Pick { title: "record-acts-title", choices: Rows::whole(choices) }));
    app.resize(app.size);
    Vec::new()
}

/// The records that bear one of the numbers of the open one.
pub fn related(app: &mut App) -> Vec<Effect> {
    let Some(view) = &app.record.view else { return Vec::new() };
    let choice = |row: &RecordRow| {
        let label = format!("{}  {}  {} {}  {}", row.number, row.serial, row.make, row.model, row.date);
        Choice { label: Text::foreign(&label), target: Target::Record(row.number.clone()) }
    };
    let choices: Vec<Choice> = view.related.iter().map(choice).collect();
    if choices.is_empty() {
        app.say(Severity::Info, Message::new("record-none-related"));
        return Vec::new();
    }
    app.layers.push(Layer::Pick(Pick { title: "record-related", choices: Rows::whole(choices) }));
    app.resize(app.size);
    Vec::new()
}

/// A day for the next review that the rules allow: in a year, or at the end of the longest time that the record is kept (V24).
fn next_review(record: &Record, today: Date) -> Date {
    let limit = day_of(record.provenance.at).saturating_add(Span::new().years(LONGEST_RETENTION_YEARS));
    today.saturating_add(Span::new().years(1)).min(limit)
}

/// Amending is done in the form.
fn record_act(act: Act, next_review: Date) -> Option<RecordAct> {
    Some(match act {
        Act::Approve => RecordAct::Approve(Officer(String::new())),
        Act::Cancel => RecordAct::Cancel,
        Act::Locate => RecordAct::Locate,
        Act::CloseReturned => RecordAct::Close(Closing::Returned),
        Act::CloseEvidence => RecordAct::Close(Closing::Evidence),
        Act::CloseDestroyed => RecordAct::Close(Closing::Destroyed),
        Act::Extend => RecordAct::Extend(next_review),
        Act::Enter | Act::Amend | Act::Hit | Act::ConfirmHit | Act::RejectHit => return None,
    })
}

/// Goes where a choice leads.
pub fn follow(app: &mut App, target: Target) -> Vec<Effect> {
    match target {
        Target::Hit { check, record } => vec![Effect::Run(Task::Proof { check, record: Some(record) })],
        Target::Record(number) => record(app, number),
        Target::Meaning(meaning) => super::mapping::choose(app, meaning),
        Target::Column(column) => super::records::switch(app, column),
        Target::Narrow(by) => super::records::values(app, by),
        Target::Value { field, value } => super::records::value(app, field, &value),
        Target::Draft(id) => super::form::run(vec![FormTask::Resume(id)]),
        Target::Act { record, what } => {
            let mut lines = vec![("ask-reason", Line::default())];
            match &what {
                RecordAct::Approve(_) => lines.insert(0, ("ask-approver", Line::default())),
                RecordAct::Extend(day) => lines.insert(0, ("ask-next-review", Line::with(&day.to_string()))),
                RecordAct::Cancel | RecordAct::Locate | RecordAct::Close(_) => {}
            }
            let about =
                Message::new(format!("record-act-about-{}", what.id())).with("record", record.as_str());
            app.layers.push(Layer::Ask(Ask {
                title: "record-acts-title",
                about: Some(about),
                lines,
                focus: 0,
                fault: None,
                then: Then::Act { record, what },
            }));
            Vec::new()
        }
    }
}

/// Asks the selected job to stop.
pub fn cancel_job(app: &mut App) -> Vec<Effect> {
    let live = |state| matches!(state, JobState::Waiting | JobState::Running);
    if let Some(job) = app.jobs.selected().filter(|job| live(job.state)) {
        return vec![Effect::Cancel(job.id)];
    }
    app.say(Severity::Info, Message::new("jobs-nothing-to-cancel"));
    Vec::new()
}
