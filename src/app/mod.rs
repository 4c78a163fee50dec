//! The application as a value: state, actions, the table of commands, keymaps, themes; [`update`] is pure and returns effects.
//!
//! Nothing here touches the disk, the terminal or the clock: the time is a field, results arrive as actions. `ui` draws it, `term`
//! runs its effects.

mod action;
pub mod command;
mod commands;
pub mod context;
mod effect;
pub mod geometry;
mod hints;
pub mod key;
pub mod keymap;
pub mod layer;
pub mod line;
mod perform;
mod rows;
pub mod screen;
mod settings;
mod setup;
mod state;
mod status;
pub mod task;
pub mod theme;
mod update;

pub use action::Action;
pub use effect::Effect;
pub use geometry::{Frame, MINIMUM, Size};
pub use hints::{Hint, hints, pending};
pub use layer::Layer;
pub use line::Line;
pub use perform::perform;
pub use rows::Rows;
pub use settings::{Settings, SettingsFile};
pub use setup::Setup;
pub use state::{App, Session};
pub use status::{Severity, Status};
pub use update::update;
