//! Headstamp: a keyboard-driven terminal workstation for people who investigate firearms.
//!
//! Open ARCHITECTURE.md for the map. The layers, each of which may use only those before it:
//! domain and locale, then reference, ballistics and forms, then store and search, desk, jobs, app, ui, term, cli.

pub mod app;
pub mod ballistics;
pub mod cli;
pub mod desk;
pub mod domain;
pub mod forms;
pub mod jobs;
pub mod locale;
pub mod reference;
pub mod search;
mod shipped;
pub mod store;
pub mod term;
pub mod ui;
