//! The keys that work now, for the bottom line, made from the table of commands and the keymap.

use super::command;
use super::context::Context;
use super::key::Key;
use super::keymap::Lookup;
use super::layer::Layer;
use super::screen::ScreenId;
use super::screen::identify::Focus;
use super::screen::import::Stage;
use super::state::App;

/// A key and the command it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// How the keys are told: `Enter`, `g r`.
    pub keys: String,
    /// The command's name; `None` where the key leads on to others.
    pub command: Option<&'static str>,
}

/// The hints for where the person is, the most useful first; as many are drawn as fit.
pub fn hints(app: &App) -> Vec<Hint> {
    let place = app.place();
    let names = wanted(app);
    names
        .iter()
        .filter_map(|name| {
            let command = command::find(name)?;
            let keys = app.settings.keymap.keys_for(place, name)?;
            Some(Hint { keys: label(&keys), command: Some(command.name) })
        })
        .collect()
}

/// What may follow the keys that were pressed; empty where none wait.
pub fn pending(app: &App) -> Vec<Hint> {
    if app.pending.is_empty() {
        return Vec::new();
    }
    match app.settings.keymap.lookup(app.place(), &app.pending) {
        Lookup::Pending(following) => {
            following.into_iter().map(|(key, command)| Hint { keys: key.label(), command }).collect()
        }
        Lookup::Command(_) | Lookup::None => Vec::new(),
    }
}

fn label(keys: &[Key]) -> String {
    keys.iter().map(|key| key.label()).collect::<Vec<_>>().join(" ")
}

/// The commands worth a hint, by where the person is.
fn wanted(app: &App) -> &'static [&'static str] {
    match app.layers.last() {
        Some(Layer::Palette(_) | Layer::Pick(_)) => {
            return &["popup-accept", "popup-down", "popup-up", "popup-dismiss"];
        }
        Some(Layer::Ask(_)) => return &["popup-accept", "popup-next-line", "popup-dismiss"],
        Some(Layer::ScreenHelp(_) | Layer::Proof(_) | Layer::Next { .. }) => {
            return &["popup-dismiss", "popup-down", "popup-up"];
        }
        Some(Layer::Notice(_)) => return &["popup-accept"],
        None => {}
    }
    match (app.screen, app.place().context) {
        (ScreenId::Home, _) => &[
            "open",
            "go-check",
            "new-record",
            "go-records",
            "palette",
            "screen-help",
            "quit",
            "go-reference",
        ],
        (ScreenId::Check, Context::Search) => &["accept", "next-line", "list-down", "leave"],
        (ScreenId::Check, _) if app.check.rows.total() == 0 => {
            &["trace", "proof", "edit-query", "new-check", "go-reference", "back", "screen-help"]
        }
        (ScreenId::Check, _) => &[
            "confirm-hit",
            "reject-hit",
            "open",
            "trace",
            "proof",
            "edit-query",
            "new-check",
            "back",
            "screen-help",
        ],
        (ScreenId::Records, Context::Search) => &["accept", "list-down", "erase-line", "leave"],
        (ScreenId::Records, _) => &[
            "open",
            "search",
            "narrow",
            "sort",
            "columns",
            "clear-filter",
            "new-record",
            "back",
            "screen-help",
        ],
        (ScreenId::Record, _) => {
            &["act", "amend", "check-this", "related", "scroll-page-down", "back", "palette", "screen-help"]
        }
        (
            ScreenId::Card
            | ScreenId::CompareEntries
            | ScreenId::Import
            | ScreenId::Mapping
            | ScreenId::Identify
            | ScreenId::Reference,
            context,
        ) => of_the_table(app, context),
        (ScreenId::Journal, _) => &["open", "page-down", "first", "last", "back", "screen-help"],
        (ScreenId::Jobs, _) => &["cancel-job", "refresh", "back", "screen-help"],
        (ScreenId::Help, _) => &["scroll-page-down", "scroll-page-up", "palette", "back"],
        (ScreenId::Form, _) => &[
            "form-next",
            "form-save",
            "form-choices",
            "form-problem",
            "form-undo",
            "form-leave",
            "form-add-row",
            "form-remove-row",
        ],
    }
}

/// The same on the screens of the reference table.
fn of_the_table(app: &App, context: Context) -> &'static [&'static str] {
    match (app.screen, context) {
        (ScreenId::Card, Context::Search) => &["accept", "erase-line", "leave"],
        (ScreenId::Card, _) => &[
            "try-serial",
            "record-this-model",
            "check-this-model",
            "compare-lookalikes",
            "next-entry",
            "previous-entry",
            "scroll-page-down",
            "back",
            "screen-help",
        ],
        (ScreenId::CompareEntries, _) => &[
            "open-column",
            "next-column",
            "only-different",
            "drop-column",
            "scroll-page-down",
            "back",
            "screen-help",
        ],
        (ScreenId::Import, Context::Search) => &["accept", "next-line", "list-down", "erase-word", "leave"],
        (ScreenId::Import, Context::Viewer) => match app.import.stage {
            Stage::Preview(_) => {
                &["import-list", "map-columns", "scroll-page-down", "scroll-page-up", "back", "screen-help"]
            }
            Stage::Reading(_) | Stage::Importing(_) => &["stop-import", "back", "screen-help"],
            Stage::Done(_) => &["scroll-page-down", "scroll-page-up", "back", "screen-help"],
            Stage::Editions | Stage::Choosing => &["back", "screen-help"],
        },
        (ScreenId::Mapping, _) => &[
            "choose-meaning",
            "pass-over",
            "preview-mapping",
            "save-mapping",
            "undo-meaning",
            "page-down",
            "back",
            "screen-help",
        ],
        (ScreenId::Import, _) => &["choose-list", "remove-edition", "back", "screen-help"],
        (ScreenId::Identify, Context::Search) => &["accept", "list-down", "next-line", "erase-line", "leave"],
        (ScreenId::Identify, _) if app.identify.focus == Focus::Cards => {
            &["open", "to-answers", "undo-answer", "next-question", "back", "screen-help"]
        }
        (ScreenId::Identify, _) => &[
            "open",
            "cannot-tell",
            "undo-answer",
            "next-question",
            "to-cards",
            "search",
            "back",
            "screen-help",
        ],
        (ScreenId::Reference, Context::Search) => {
            &["accept", "next-line", "list-down", "erase-line", "leave"]
        }
        _ => &[
            "open",
            "filters",
            "record-entry",
            "check-entry",
            "mark-entry",
            "compare-marked",
            "why",
            "go-identify",
            "back",
            "screen-help",
        ],
    }
}
