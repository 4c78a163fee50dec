//! Lines that search or filter as one types.

use crate::app::effect::Effect;
use crate::app::layer::Layer;
use crate::app::screen::ScreenId;
use crate::app::screen::check::Field;
use crate::app::screen::identify;
use crate::app::screen::reference::Focus;
use crate::app::state::App;
use crate::app::status::Severity;
use crate::app::task::{Sort, Task};
use crate::forms::editor::Edit;
use crate::locale::Message;

/// Into the line.
pub fn begin(app: &mut App) -> Vec<Effect> {
    match app.screen {
        ScreenId::Records => app.records.typing = true,
        ScreenId::Reference => app.reference.focus = Focus::Typing,
        ScreenId::Identify => app.identify.focus = identify::Focus::Typing,
        ScreenId::Check => app.check.focus = Some(Field::Serial),
        _ => {}
    }
    Vec::new()
}

/// What follows from a change of the line that is typed in. The jobs' newest-wins lanes do the rest: a slow answer to an earlier
/// text is never drawn.
pub fn typed(app: &mut App) -> Vec<Effect> {
    if let Some(layer) = app.layers.last_mut() {
        match layer {
            Layer::Palette(_) => super::popup::filter_palette(app),
            Layer::Ask(ask) => ask.fault = None,
            _ => {}
        }
        return Vec::new();
    }
    match app.screen {
        ScreenId::Records => {
            app.records.rows.rewind();
            vec![Effect::Run(Task::Records(app.records.query()))]
        }
        ScreenId::Reference => {
            app.reference.rows.rewind();
            vec![Effect::Run(Task::Reference(app.reference.query()))]
        }
        ScreenId::Card => super::card::typed(app),
        ScreenId::Identify => super::identify::ask(app),
        ScreenId::Import => super::import::typed(app),
        ScreenId::Check => vec![Effect::Run(Task::Glimpse(app.check.query(&app.locale)))],
        _ => Vec::new(),
    }
}

/// Enter: the filter stays and the list gets the keys; the check is made.
pub fn accept(app: &mut App) -> Vec<Effect> {
    match app.screen {
        ScreenId::Check => super::check::make(app),
        ScreenId::Records => {
            app.records.typing = false;
            Vec::new()
        }
        ScreenId::Reference => {
            app.reference.focus = Focus::List;
            Vec::new()
        }
        ScreenId::Card => {
            app.card.typing = false;
            Vec::new()
        }
        ScreenId::Identify => super::identify::open(app),
        ScreenId::Import => super::import::accept(app),
        _ => Vec::new(),
    }
}

/// Esc: out of the line; what was typed stays. From an empty line it is a step back.
pub fn leave(app: &mut App) -> Vec<Effect> {
    match app.screen {
        ScreenId::Records => app.records.typing = false,
        ScreenId::Reference if app.reference.line.text().is_empty() => return super::go::back(app),
        ScreenId::Reference => app.reference.focus = Focus::List,
        ScreenId::Card => app.card.typing = false,
        ScreenId::Identify => app.identify.focus = identify::Focus::Answers,
        ScreenId::Import => return super::go::back(app),
        ScreenId::Check if app.check.proof.is_none() => return super::go::back(app),
        ScreenId::Check => app.check.focus = None,
        _ => {}
    }
    Vec::new()
}

pub fn next_line(app: &mut App) -> Vec<Effect> {
    step(app, 1)
}

pub fn previous_line(app: &mut App) -> Vec<Effect> {
    step(app, Field::ALL.len() - 1)
}

fn step(app: &mut App, by: usize) -> Vec<Effect> {
    match app.screen {
        ScreenId::Check => {
            let at = app.check.focus.map_or(0, |field| field as usize + by) % Field::ALL.len();
            app.check.focus = Some(Field::ALL[at]);
            if let Some(line) = app.check.line_mut() {
                line.apply(&Edit::LineEnd);
            }
            Vec::new()
        }
        ScreenId::Reference => facets(app),
        ScreenId::Import if by == 1 => super::import::complete(app),
        ScreenId::Import => Vec::new(),
        ScreenId::Identify if by == 1 => super::identify::next_question(app),
        ScreenId::Identify => super::identify::previous_question(app),
        _ => accept(app),
    }
}

/// From the list of entries to the filters and back.
pub fn facets(app: &mut App) -> Vec<Effect> {
    let reference = &mut app.reference;
    reference.focus = if reference.focus == Focus::Facets { Focus::List } else { Focus::Facets };
    Vec::new()
}

/// Says why the selected entry answers, and says it no more.
pub fn why(app: &mut App) -> Vec<Effect> {
    app.reference.why = !app.reference.why;
    Vec::new()
}

/// The next order of the list.
pub fn next_order(app: &mut App) -> Vec<Effect> {
    let records = &mut app.records;
    records.sort = match records.sort {
        Sort::Newest => Sort::Oldest,
        Sort::Oldest => Sort::Number,
        Sort::Number => Sort::Make,
        Sort::Make => Sort::Event,
        Sort::Event => Sort::Relevance,
        Sort::Relevance => Sort::Newest,
    };
    records.rows.rewind();
    let query = records.query();
    app.say(Severity::Info, Message::new(format!("records-sorted-{}", query.sort.id())));
    vec![Effect::Run(Task::Records(query))]
}

/// The whole list again.
pub fn clear(app: &mut App) -> Vec<Effect> {
    match app.screen {
        ScreenId::Reference => {
            app.reference.line.clear();
            app.reference.chosen.clear();
        }
        _ => app.records.filter.clear(),
    }
    typed(app)
}
