//! How each screen looks, one file each.

mod card;
mod check;
mod compare;
mod help;
mod home;
mod identify;
mod import;
mod jobs;
mod journal;
mod mapping;
mod record;
mod records;
mod reference;

use super::canvas::Canvas;
use crate::app::App;
use crate::app::screen::ScreenId;

/// Draws the body of the present screen.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    match app.screen {
        ScreenId::Home => home::draw(app, canvas),
        ScreenId::Records => records::draw(app, canvas),
        ScreenId::Card => card::draw(app, canvas),
        ScreenId::CompareEntries => compare::draw(app, canvas),
        ScreenId::Import => import::draw(app, canvas),
        ScreenId::Mapping => mapping::draw(app, canvas),
        ScreenId::Identify => identify::draw(app, canvas),
        ScreenId::Record => record::draw(app, canvas),
        ScreenId::Check => check::draw(app, canvas),
        ScreenId::Journal => journal::draw(app, canvas),
        ScreenId::Jobs => jobs::draw(app, canvas),
        ScreenId::Help => help::draw(app, canvas),
        ScreenId::Reference => reference::draw(app, canvas),
        ScreenId::Form => {
            if let Some(form) = &app.form {
                super::widget::form::draw(form, &app.locale, canvas);
            }
        }
    }
}
