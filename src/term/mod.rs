//! The terminal: session, input, and a backend that counts every byte. Only this folder names crossterm and viuer.
//!
//! [`run`] is the loop: it waits for a key, a result, a signal or the next minute, lets `app::update` decide, runs the effects as
//! jobs, and draws once when nothing more is waiting. Called by `cli`.

mod backend;
mod encode;
mod input;
mod log;
mod run;
mod session;
mod settings;

pub use backend::Screen;
pub use log::Log;
pub use run::{Ended, Opened, Opener, Workstation, run};
pub use settings::{config_folder, read_settings};
