//! Bringing lists in beside the reference table, and taking editions away.

use std::path::PathBuf;

use crate::app::effect::Effect;
use crate::app::geometry::{Frame, import_text_height};
use crate::app::layer::{Ask, Layer, Then};
use crate::app::line::Line;
use crate::app::screen::ScreenId;
use crate::app::screen::import::{ImportOrder, Imported, ListChoice, Stage};
use crate::app::state::App;
use crate::app::status::Severity;
use crate::app::task::Task;
use crate::jobs::JobState;
use crate::locale::Message;

/// The jobs that read a list.
const JOBS: [&str; 2] = ["job-import", "job-import-preview"];

/// Chooses a list.
pub fn choose(app: &mut App) -> Vec<Effect> {
    app.import.stage = Stage::Choosing;
    app.resize(app.size);
    typed(app)
}

/// What the path may go on with.
pub fn typed(app: &App) -> Vec<Effect> {
    vec![Effect::Run(Task::Folder(app.import.line.text().to_owned()))]
}

/// Tab: the path goes on with what is selected.
pub fn complete(app: &mut App) -> Vec<Effect> {
    let Some(path) = app.import.folder.selected().map(|row| row.path.clone()) else { return Vec::new() };
    app.import.line = Line::with(&path);
    typed(app)
}

/// Enter while a path is typed: into a folder, or a look at a list.
pub fn accept(app: &mut App) -> Vec<Effect> {
    let Some(path) = app.import.meant() else {
        app.say(Severity::Warning, Message::new("import-no-file").with("path", app.import.line.text()));
        return Vec::new();
    };
    app.import.line = Line::with(&path);
    if path.ends_with('/') {
        return typed(app);
    }
    let path = PathBuf::from(path);
    // Back at the same file its columns are as they were left.
    let mapping = app.mapping.as_ref().filter(|mapping| *mapping.path() == path);
    if mapping.is_some() {
        return app.show(ScreenId::Mapping);
    }
    app.mapping = None;
    app.import.stage = Stage::Reading(path.clone());
    vec![Effect::Run(Task::PreviewList(ListChoice { path, mapping: None }))]
}

/// Asks of when the list is and why it is imported; then it is.
pub fn begin(app: &mut App) -> Vec<Effect> {
    let Stage::Preview(looked) = &app.import.stage else {
        app.say(Severity::Info, Message::new("import-nothing-to-import"));
        return Vec::new();
    };
    let tally = &looked.preview.tally;
    if tally.models + tally.codes == 0 {
        app.say(Severity::Warning, Message::new("import-no-row"));
        return Vec::new();
    }
    let about = Message::new("import-about")
        .with("name", looked.preview.name.as_str())
        .with("entries", tally.models + tally.codes);
    let list = ListChoice { path: looked.preview.file.clone(), mapping: looked.mapping.clone() };
    app.layers.push(Layer::Ask(Ask {
        title: "import-title",
        about: Some(about),
        lines: vec![("import-dated", Line::default()), ("import-purpose", Line::default())],
        focus: 0,
        fault: None,
        then: Then::Import(list),
    }));
    Vec::new()
}

/// What was typed into the box: the task, or which line is wrong and why.
pub fn order(ask: &Ask, list: ListChoice) -> Result<Task, (usize, Message)> {
    let dated = ask.text(0).trim();
    let dated = match dated {
        "?" => None,
        given => Some(given.parse().map_err(|_| (0, Message::new("import-date-bad").with("date", given)))?),
    };
    Ok(Task::Import(ImportOrder { list, dated, purpose: ask.text(1).trim().to_owned() }))
}

/// The import begins; how far it is is on the screen.
pub fn run(app: &mut App, task: Task) -> Vec<Effect> {
    if let Task::Import(order) = &task {
        app.import.stage = Stage::Importing(order.list.path.clone());
    }
    vec![Effect::Run(task)]
}

/// Asks twice before an edition is taken away: why, and its name.
pub fn remove(app: &mut App) -> Vec<Effect> {
    let Some(edition) = app.import.editions.selected() else {
        app.say(Severity::Info, Message::new("import-no-edition"));
        return Vec::new();
    };
    let about = Message::new("import-remove-about")
        .with("name", edition.name.as_str())
        .with("entries", edition.entries);
    let name = edition.name.clone();
    app.layers.push(Layer::Ask(Ask {
        title: "import-remove-title",
        about: Some(about),
        lines: vec![("ask-reason", Line::default()), ("import-remove-again", Line::default())],
        focus: 0,
        fault: None,
        then: Then::RemoveEdition(name),
    }));
    Vec::new()
}

/// What was typed into the box: the task, or which line is wrong and why.
pub fn removal(ask: &Ask, name: String) -> Result<Task, (usize, Message)> {
    if ask.text(1).trim() != name {
        return Err((1, Message::new("import-remove-differs").with("name", name)));
    }
    Ok(Task::RemoveEdition { name, reason: ask.text(0).trim().to_owned() })
}

/// Asks the import to stop: nothing of it is kept.
pub fn stop(app: &mut App) -> Vec<Effect> {
    let live = |state| matches!(state, JobState::Waiting | JobState::Running);
    let jobs = (0..app.jobs.total()).filter_map(|at| app.jobs.get(at));
    let running: Vec<_> = jobs.filter(|job| JOBS.contains(&job.name) && live(job.state)).collect();
    let effects: Vec<Effect> = running.iter().map(|job| Effect::Cancel(job.id)).collect();
    if effects.is_empty() {
        app.say(Severity::Info, Message::new("jobs-nothing-to-cancel"));
    }
    effects
}

/// One step back within the screen; whether there was one.
pub fn back(app: &mut App) -> bool {
    let is_within =
        app.screen == ScreenId::Import && !matches!(app.import.stage, Stage::Editions | Stage::Importing(_));
    if is_within {
        // A list that was previewed by a mapping leads back to its columns.
        let mapped = matches!(&app.import.stage, Stage::Preview(looked) if looked.mapping.is_some());
        app.import.stage = match &app.import.stage {
            Stage::Preview(_) | Stage::Reading(_) => Stage::Choosing,
            _ => Stage::Editions,
        };
        if mapped && app.mapping.is_some() {
            app.show(ScreenId::Mapping);
        }
        app.resize(app.size);
    }
    is_within
}

/// A list is brought in.
pub fn imported(app: &mut App, imported: Imported) -> Vec<Effect> {
    let name = imported.looked.preview.name.clone();
    app.say(Severity::Good, Message::new("import-done").with("name", name));
    app.import.stage = Stage::Done(Box::new(imported));
    app.import.top = 0;
    app.mapping = None;
    // The table is another one now.
    app.reference.total = None;
    app.identify.view = None;
    vec![Effect::Run(Task::Editions)]
}

/// A list could not be read or brought in: back to where one can choose again.
pub fn failed(app: &mut App, task: &Task) {
    match (&app.import.stage, task) {
        (Stage::Reading(path), Task::PreviewList(asked)) if *path == asked.path => {
            app.import.stage = Stage::Choosing;
        }
        (Stage::Reading(path), Task::Columns(asked)) if path == asked => {
            app.import.stage = Stage::Choosing;
        }
        (Stage::Importing(path), Task::Import(order)) if *path == order.list.path => {
            app.import.stage = Stage::Choosing;
        }
        _ => {}
    }
}

/// Scrolls what an import would do or did, to its end and no further.
pub fn scroll(app: &mut App, lines: i64) {
    let count = app.import.lines(&app.locale, app.size.width).len() as i64;
    let seen = i64::from(import_text_height(Frame { size: app.size }.body_height()));
    let top = i64::from(app.import.top).saturating_add(lines).clamp(0, (count - seen).max(0));
    app.import.top = u16::try_from(top).unwrap_or(u16::MAX);
}
