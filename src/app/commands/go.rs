//! From screen to screen, and to the shell and back.

use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::layer::Layer;
use crate::app::screen::ScreenId;
use crate::app::state::App;
use crate::app::status::Severity;
use crate::locale::Message;

pub fn home(app: &mut App) -> Vec<Effect> {
    app.show(ScreenId::Home)
}

pub fn reference(app: &mut App) -> Vec<Effect> {
    app.show(ScreenId::Reference)
}

pub fn identify(app: &mut App) -> Vec<Effect> {
    app.show(ScreenId::Identify)
}

pub fn import(app: &mut App) -> Vec<Effect> {
    app.show(ScreenId::Import)
}

pub fn records(app: &mut App) -> Vec<Effect> {
    app.show(ScreenId::Records)
}

pub fn check(app: &mut App) -> Vec<Effect> {
    app.show(ScreenId::Check)
}

pub fn journal(app: &mut App) -> Vec<Effect> {
    app.show(ScreenId::Journal)
}

pub fn jobs(app: &mut App) -> Vec<Effect> {
    app.show(ScreenId::Jobs)
}

pub fn help(app: &mut App) -> Vec<Effect> {
    app.show(ScreenId::Help)
}

/// One step back: to the screen before; on the first one nothing is left, and the way out is named.
pub fn back(app: &mut App) -> Vec<Effect> {
    if app.screen == ScreenId::Mapping {
        return super::mapping::back(app);
    }
    if super::import::back(app) {
        return app.refresh();
    }
    if let Some(screen) = app.trail.pop() {
        app.screen = screen;
        return app.refresh();
    }
    let quit = app.settings.keymap.keys_for(app.place(), "quit").unwrap_or_default();
    let quit: Vec<String> = quit.into_iter().map(Key::label).collect();
    app.say(Severity::Info, Message::new("status-at-home").with("quit", quit.join(" ")));
    Vec::new()
}

/// Asks the desk again for what is shown.
pub fn refresh(app: &mut App) -> Vec<Effect> {
    app.refresh()
}

pub fn repaint(_app: &mut App) -> Vec<Effect> {
    vec![Effect::Repaint]
}

pub fn suspend(_app: &mut App) -> Vec<Effect> {
    vec![Effect::Suspend]
}

/// Ctrl-C stops what is being asked and never ends the program: nothing typed is lost by it.
pub fn interrupt(app: &mut App) -> Vec<Effect> {
    let asks_setup =
        matches!(app.layers.last(), Some(Layer::Ask(ask)) if ask.then == crate::app::layer::Then::Setup);
    if !asks_setup && app.layers.pop().is_some() {
        return Vec::new();
    }
    if asks_setup {
        app.say(Severity::Info, Message::new("setup-interrupt"));
        return Vec::new();
    }
    let place = app.place();
    let keymap = &app.settings.keymap;
    let quit = if place.context.takes_text() {
        keymap.keys_that_type_nothing("quit")
    } else {
        keymap.keys_for(place, "quit")
    };
    let quit: Vec<String> = quit.unwrap_or_default().into_iter().map(Key::label).collect();
    app.say(Severity::Info, Message::new("status-interrupt").with("quit", quit.join(" ")));
    Vec::new()
}

pub fn debug(app: &mut App) -> Vec<Effect> {
    app.debug = !app.debug;
    Vec::new()
}

pub fn quit(app: &mut App) -> Vec<Effect> {
    let mut effects = super::form::keep_now(app);
    effects.push(Effect::Quit);
    effects
}
