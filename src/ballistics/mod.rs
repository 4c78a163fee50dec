//! The ballistic engine: from a scan or photograph of a cartridge case to a ranked list and a calibrated comparison.
//!
//! A pure numeric core: it names no terminal, no store and no clock, and could be a crate of its own. Called by the desk.

pub mod calibrate;
pub mod confirm;
pub mod firing_pin;
pub mod formats;
pub mod gallery;
pub mod intake;
pub mod map;
pub mod perturb;
pub mod prepare;
pub mod random;
pub mod rank;
pub mod segment;
pub mod signature;
pub mod surface;
pub mod synth;
pub mod validate;
pub mod work;
