//! Headstamp: a keyboard-driven terminal workstation for people who investigate firearms.

pub mod ballistics;
pub mod cli;
