//! Saying what the columns of a list are, trying it, and keeping it for next time.

use crate::app::effect::Effect;
use crate::app::layer::{Ask, Choice, Layer, Pick, Target, Then};
use crate::app::line::Line;
use crate::app::rows::Rows;
use crate::app::screen::ScreenId;
use crate::app::screen::import::{ListChoice, Stage};
use crate::app::screen::mapping::{MappingScreen, word};
use crate::app::state::App;
use crate::app::status::Severity;
use crate::app::task::Task;
use crate::desk::editions::ListLook;
use crate::locale::{Locale, Message, Text};
use crate::reference::import::Column;

/// From the preview of a list to its columns, to have it read otherwise.
pub fn begin(app: &mut App) -> Vec<Effect> {
    let Stage::Preview(looked) = &app.import.stage else {
        app.say(Severity::Info, Message::new("import-nothing-to-import"));
        return Vec::new();
    };
    // A mapping that this list was previewed by is still there, with what can be taken back.
    let path = looked.preview.file.clone();
    if app.mapping.as_ref().is_some_and(|mapping| *mapping.path() == path) {
        return app.show(ScreenId::Mapping);
    }
    app.import.stage = Stage::Reading(path.clone());
    vec![Effect::Run(Task::Columns(path))]
}

/// The columns of a list are here. Those that were looked at before keep what was said of them.
pub fn take(app: &mut App, look: ListLook) -> Vec<Effect> {
    let is_awaited = app.import.stage == Stage::Reading(look.file.clone());
    match &mut app.mapping {
        Some(mapping) if *mapping.path() == look.file => mapping.read_again(look),
        _ if is_awaited => app.mapping = Some(MappingScreen::of(look)),
        _ => return Vec::new(),
    }
    if is_awaited {
        app.import.stage = Stage::Choosing;
        if app.screen == ScreenId::Import {
            // It was read just now.
            drop(app.show(ScreenId::Mapping));
        }
    }
    app.resize(app.size);
    Vec::new()
}

/// Enter: what may the selected column be?
pub fn open(app: &mut App) -> Vec<Effect> {
    let Some(column) = app.mapping.as_ref().and_then(|mapping| mapping.rows.selected()) else {
        return Vec::new();
    };
    let meanings = Column::ALL.iter().map(|meaning| Some(*meaning)).chain([None]);
    let chosen = meanings.clone().position(|meaning| meaning == column.meaning).unwrap_or_default();
    let choice = |meaning| Choice { label: label(meaning, &app.locale), target: Target::Meaning(meaning) };
    let mut choices = Rows::whole(meanings.map(choice).collect());
    choices.select(chosen as u64);
    app.layers.push(Layer::Pick(Pick { title: "mapping-pick", choices }));
    app.resize(app.size);
    Vec::new()
}

/// The word of a mapping and what it is for.
fn label(meaning: Option<Column>, locale: &Locale) -> Text {
    let id = meaning.map_or("none", Column::id);
    locale.text(
        "mapping-choice",
        &[("word", (&word(meaning, locale)).into()), ("about", (&locale.word("mapping-about", id)).into())],
    )
}

/// The selected column is this.
pub fn choose(app: &mut App, meaning: Option<Column>) -> Vec<Effect> {
    let Some(mapping) = &mut app.mapping else { return Vec::new() };
    let before = mapping.choose(meaning);
    if let (Some(other), Some(column)) = (before, meaning) {
        let message = Message::new("mapping-moved").with("column", column.id()).with("other", other);
        app.say(Severity::Info, message);
    }
    Vec::new()
}

/// The selected column is passed over.
pub fn pass_over(app: &mut App) -> Vec<Effect> {
    choose(app, None)
}

/// Takes the last change back.
pub fn undo(app: &mut App) -> Vec<Effect> {
    if !app.mapping.as_mut().is_some_and(MappingScreen::undo) {
        app.say(Severity::Info, Message::new("mapping-nothing-to-undo"));
    }
    Vec::new()
}

/// What an import by this mapping would do; nothing is written.
pub fn preview(app: &mut App) -> Vec<Effect> {
    let Some(mapping) = complete(app) else { return Vec::new() };
    let list = ListChoice { path: mapping.path().clone(), mapping: Some(mapping.mapping()) };
    app.show(ScreenId::Import);
    app.trail.retain(|screen| *screen != ScreenId::Mapping);
    app.import.stage = Stage::Reading(list.path.clone());
    vec![Effect::Run(Task::PreviewList(list))]
}

/// Asks for the name under which the mapping is kept.
pub fn save(app: &mut App) -> Vec<Effect> {
    let Some(mapping) = complete(app) else { return Vec::new() };
    let then = Then::SaveMapping(mapping.mapping());
    app.layers.push(Layer::Ask(Ask {
        title: "mapping-save-title",
        about: Some(Message::new("mapping-save-about")),
        lines: vec![("mapping-save-name", Line::default())],
        focus: 0,
        fault: None,
        then,
    }));
    Vec::new()
}

/// The mapping, where nothing is needed any more; else it is said what is.
fn complete(app: &mut App) -> Option<MappingScreen> {
    let mapping = app.mapping.clone()?;
    if mapping.needs().is_empty() {
        return Some(mapping);
    }
    let needs = mapping.needed(&app.locale);
    app.say(Severity::Warning, Message::new("mapping-needs").with("needs", needs.as_str()));
    None
}

/// Back from the columns to the choice of a file. What was said of them stays until another list is chosen.
pub fn back(app: &mut App) -> Vec<Effect> {
    app.trail.retain(|screen| *screen != ScreenId::Import);
    app.screen = ScreenId::Import;
    app.import.stage = Stage::Choosing;
    app.resize(app.size);
    app.refresh()
}
