//! The one function that changes the application.

use super::action::Action;
use super::command;
use super::context::Context;
use super::effect::Effect;
use super::key::{Key, KeyCode};
use super::keymap::Lookup;
use super::layer::{Choice, Layer, Pick, Target, Then};
use super::rows::Rows;
use super::screen::ScreenId;
use super::state::App;
use super::status::{Severity, Status};
use super::task::{Loaded, Task};
use crate::forms::editor::Edit;
use crate::locale::{Message, Text};

/// Takes one action and says what is to be done outside.
pub fn update(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::Key(key) => {
            let effects = press(app, key);
            app.tell_next();
            effects
        }
        Action::Paste(text) if app.place().context == Context::Form => {
            super::commands::form::edit(app, Edit::Paste(text))
        }
        Action::Paste(text) => super::commands::edit::edit(app, |line| line.insert(&text)),
        Action::Resize(size) => {
            app.resize(size);
            super::commands::records::refit(app);
            app.wanted_rows()
        }
        Action::Tick(now) => {
            app.now = now;
            if app.status.as_ref().and_then(Status::expires).is_some_and(|end| end <= now) {
                app.status = None;
                app.tell_next();
            }
            let tasks = app.form.as_mut().map(|form| form.tick(now)).unwrap_or_default();
            let mut effects = super::commands::form::run(tasks);
            if app.rest_at.is_some_and(|at| at <= now) {
                app.rest_at = None;
                effects.extend(super::commands::motion::rested(app));
            }
            effects
        }
        Action::Loaded(loaded) => take(app, loaded),
        Action::Failed { task, why } => {
            refused(app, &task, why);
            Vec::new()
        }
        Action::Broken(what) => {
            app.say(Severity::Error, what);
            Vec::new()
        }
        Action::Opened(Ok(notices)) => {
            app.is_open = true;
            let told = |notice: &String| Message::new("error-other").with("what", notice.as_str());
            app.unread.extend(notices.iter().map(told));
            app.tell_next();
            app.refresh()
        }
        Action::Opened(Err(why)) => {
            app.layers.push(Layer::Notice(why));
            Vec::new()
        }
        Action::Leaving => super::commands::form::keep_now(app),
        Action::Jobs(jobs) => {
            app.jobs.replace(jobs);
            Vec::new()
        }
        Action::Sent { frame, total } => {
            app.sent = (frame, total);
            Vec::new()
        }
    }
}

impl App {
    /// Asks for what the screen shows.
    pub fn refresh(&mut self) -> Vec<Effect> {
        if !self.is_open {
            return Vec::new();
        }
        let task = match self.screen {
            ScreenId::Home => Task::Home(super::screen::home::LATELY),
            ScreenId::Records => Task::Records(self.records.query()),
            ScreenId::Journal => Task::Journal(self.journal_window()),
            ScreenId::Record => match &self.record.view {
                Some(view) => Task::Record(view.record.number.clone()),
                None => return Vec::new(),
            },
            ScreenId::Reference => Task::Reference(self.reference.query()),
            ScreenId::CompareEntries if !self.compare.ids.is_empty() => {
                Task::Compare(self.compare.ids.clone())
            }
            ScreenId::Import => Task::Editions,
            ScreenId::Mapping => match &self.mapping {
                Some(mapping) => Task::Columns(mapping.path().clone()),
                None => return Vec::new(),
            },
            ScreenId::Identify => Task::Identify(self.identify.query()),
            ScreenId::Card if self.card.card.is_none() => Task::Card(self.card.id.clone()),
            ScreenId::Check => return standings(self),
            ScreenId::CompareEntries | ScreenId::Card | ScreenId::Jobs | ScreenId::Help | ScreenId::Form => {
                return Vec::new();
            }
        };
        vec![Effect::Run(task)]
    }

    /// Asks for rows that are seen and not here, as after a resize.
    fn wanted_rows(&self) -> Vec<Effect> {
        match self.screen {
            ScreenId::Records if self.records.rows.wanted().is_some() => {
                vec![Effect::Run(Task::Records(self.records.query()))]
            }
            ScreenId::Journal if self.journal.rows.wanted().is_some() => {
                vec![Effect::Run(Task::Journal(self.journal_window()))]
            }
            _ => Vec::new(),
        }
    }

    fn journal_window(&self) -> std::ops::Range<u64> {
        let last = self.home.status.as_ref().map_or(0, |status| status.seq).max(self.journal.last);
        super::screen::journal::Journal { last, ..self.journal.clone() }.wanted()
    }
}

/// A key: text where a line is typed in, else a command by the keymap, else the beginning of a sequence.
fn press(app: &mut App, key: Key) -> Vec<Effect> {
    // What was said before is read by now.
    app.status = None;
    if app.pending.is_empty()
        && let (Some(typed), Some(_)) = (key.typed(), app.line())
    {
        return super::commands::edit::edit(app, |line| line.insert(typed.encode_utf8(&mut [0; 4])));
    }
    if app.pending.is_empty()
        && let (Some(typed), Context::Form) = (key.typed(), app.place().context)
    {
        return super::commands::form::edit(app, Edit::Insert(typed));
    }
    if !app.pending.is_empty() && key == Key::plain(KeyCode::Esc) {
        app.pending.clear();
        return Vec::new();
    }
    app.pending.push(key);
    let place = app.place();
    match app.settings.keymap.lookup(place, &app.pending) {
        Lookup::Command(name) => {
            app.pending.clear();
            command::find(name).map_or_else(Vec::new, |command| (command.run)(app))
        }
        Lookup::Pending(_) => Vec::new(),
        Lookup::None => {
            let keys: Vec<String> = app.pending.drain(..).map(Key::label).collect();
            let help = app.settings.keymap.keys_for(place, "screen-help");
            // In a box the keys are on its last line already.
            if place.context != Context::Popup
                && let Some(help) = help
            {
                let help: Vec<String> = help.into_iter().map(Key::label).collect();
                let message = Message::new("status-no-command")
                    .with("keys", keys.join(" "))
                    .with("help", help.join(" "));
                app.say(Severity::Info, message);
            }
            Vec::new()
        }
    }
}

/// An answer of the desk.
fn take(app: &mut App, loaded: Loaded) -> Vec<Effect> {
    match loaded {
        Loaded::Home { waiting, lately, status } => {
            app.home.fill(waiting, lately, status);
            app.resize(app.size);
        }
        Loaded::Check(report) => {
            let message = match report.proof.candidates.len() {
                0 => Message::new("status-no-hit"),
                count => Message::new("status-candidates").with("count", count),
            };
            let number = report.proof.number.clone();
            app.check.answer(*report);
            app.say(Severity::Good, message.with("check", number.as_str()));
            return standings(app);
        }
        Loaded::Glimpse(glimpse) => app.check.glimpse = glimpse,
        Loaded::Proof { proof, record, advice } => {
            app.check.show(*proof, record, advice);
            return app.show(ScreenId::Check);
        }
        Loaded::Exported(exported) => {
            let message = Message::new("journal-exported")
                .with("count", exported.records)
                .with("officer", exported.officer.0.as_str())
                .with("purpose", exported.purpose.as_str())
                .with("hash", exported.sha256.as_str());
            app.say(Severity::Info, message);
        }
        Loaded::Standings { check, standings } => app.check.take_standings(&check, standings),
        Loaded::Next(steps) => app.layers.push(Layer::Next { steps, top: 0 }),
        Loaded::Hits(hits) => {
            let choice = |hit: &crate::desk::Hit| Choice {
                label: hit_label(hit),
                target: Target::Hit { check: hit.check_number.clone(), record: hit.candidate.record.id },
            };
            return pick(app, "hits-title", hits.iter().map(choice).collect());
        }
        Loaded::Drafts(drafts) => {
            let choices = drafts
                .iter()
                .map(|draft| Choice { label: draft_label(app, draft), target: Target::Draft(draft.id) })
                .collect();
            return pick(app, "drafts-title", choices);
        }
        Loaded::Decided(hit) => {
            close_ask(app);
            let key = format!("status-hit-{}", hit.state.id());
            app.say(Severity::Good, Message::new(key).with("record", hit.candidate.record.number.as_str()));
            return standings(app);
        }
        Loaded::Records { query, total, rows, behind, faults, took } => {
            let records = &mut app.records;
            // The filter may have changed since it was asked.
            if !records.is_current(&query) {
                return Vec::new();
            }
            records.rows.fill(total, query.rows.start, rows);
            (records.behind, records.faults, records.took) = (behind, faults, Some(took));
            if app.records.rows.wanted().is_some() {
                return vec![Effect::Run(Task::Records(app.records.query()))];
            }
        }
        Loaded::Reference(answer) => {
            app.reference.fill(*answer);
            return app.reference.wanted_card().map(|id| Effect::Run(Task::Card(id))).into_iter().collect();
        }
        answer @ (Loaded::Card(_)
        | Loaded::Compare(_)
        | Loaded::Identify(_)
        | Loaded::Folder(_)
        | Loaded::PreviewList(_)
        | Loaded::Columns(_)
        | Loaded::MappingSaved(_)
        | Loaded::Imported(_)
        | Loaded::Editions(_)
        | Loaded::EditionRemoved(_)
        | Loaded::Tried { .. }) => return take_of_the_table(app, answer),
        Loaded::Record(view) => app.record.view = Some(view),
        Loaded::Form(answer) => return super::commands::form::take(app, answer),
        Loaded::Acted { record, what } => {
            close_ask(app);
            let key = format!("status-acted-{}", what.id());
            app.say(Severity::Good, Message::new(key).with("record", record.as_str()));
            return vec![Effect::Run(Task::Record(record))];
        }
        Loaded::Journal { last, first, heads } => {
            app.journal.fill(last, first, heads);
            if app.journal.rows.wanted().is_some() {
                return vec![Effect::Run(Task::Journal(app.journal.wanted()))];
            }
        }
    }
    Vec::new()
}

/// Asks how the candidates that are shown stand now: a decision of a colleague changes it as much as one's own.
fn standings(app: &App) -> Vec<Effect> {
    let proof = app.check.proof.as_ref().filter(|proof| !proof.candidates.is_empty());
    proof.map(|proof| Effect::Run(Task::Standings(proof.number.clone()))).into_iter().collect()
}

/// An answer about the reference table.
fn take_of_the_table(app: &mut App, loaded: Loaded) -> Vec<Effect> {
    match loaded {
        Loaded::Card(card) => {
            app.card.take(&card);
            app.reference.take_card(*card);
        }
        Loaded::Compare(view) => app.compare.take(*view),
        Loaded::Identify(view) => {
            app.identify.take(*view, &app.locale);
            app.resize(app.size);
        }
        Loaded::Folder(answer) => app.import.take_folder(answer),
        Loaded::PreviewList(looked) => app.import.take_preview(*looked),
        Loaded::Columns(look) => return super::commands::mapping::take(app, *look),
        Loaded::MappingSaved(name) => {
            close_ask(app);
            app.say(Severity::Good, Message::new("mapping-saved").with("name", name));
        }
        Loaded::Imported(imported) => {
            close_ask(app);
            return super::commands::import::imported(app, *imported);
        }
        Loaded::Editions(editions) => app.import.editions.replace(editions),
        Loaded::EditionRemoved(name) => {
            close_ask(app);
            app.say(Severity::Good, Message::new("import-removed").with("name", name));
            return vec![Effect::Run(Task::Editions)];
        }
        Loaded::Tried { entry, trial } => app.card.take_trial(&entry, *trial),
        _ => {}
    }
    Vec::new()
}

fn hit_label(hit: &crate::desk::Hit) -> Text {
    let row = &hit.candidate.record;
    Text::foreign(&format!(
        "{}  {}  {} {} {}",
        hit.candidate.grade, row.serial, row.make, row.model, row.number
    ))
}

fn draft_label(app: &App, draft: &crate::desk::DraftInfo) -> Text {
    let title =
        if draft.title.is_empty() { app.locale.plain("draft-untitled") } else { Text::foreign(&draft.title) };
    let at = draft.saved_at.to_zoned_datetime(app.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    app.locale.text("draft-label", &[("title", (&title).into()), ("at", at.into())])
}

fn pick(app: &mut App, title: &'static str, choices: Vec<Choice>) -> Vec<Effect> {
    if let [only] = choices.as_slice() {
        let target = only.target.clone();
        return super::commands::open::follow(app, target);
    }
    app.layers.push(Layer::Pick(Pick { title, choices: Rows::whole(choices) }));
    app.resize(app.size);
    Vec::new()
}

/// What the box asked for is done.
fn close_ask(app: &mut App) {
    app.layers.retain(|layer| !matches!(layer, Layer::Ask(ask) if ask.then != Then::Setup));
}

/// The desk would not: the box that asked stays open and says why, else the bottom line does.
fn refused(app: &mut App, task: &Task, why: Message) {
    if let (Task::Form(task), Some(form)) = (task, &mut app.form) {
        form.failed(task, app.now);
    }
    super::commands::import::failed(app, task);
    let from_box = matches!(
        task,
        Task::Decide { .. } | Task::Act { .. } | Task::RemoveEdition { .. } | Task::SaveMapping { .. }
    );
    match app.layers.last_mut() {
        Some(Layer::Ask(ask)) if from_box => ask.fault = Some(why),
        _ => app.say(Severity::Error, why),
    }
}
