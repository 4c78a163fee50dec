//! What the words mean: firearms, serials, records, hits and the rules about them.
//!
//! Pure: no disk, no terminal, no clock of its own (see [`time::Clock`]), no locale. Every other module speaks in these types.

pub mod country;
pub mod firearm;
pub mod hit;
pub mod id;
pub mod lifecycle;
pub mod officer;
pub mod problem;
pub mod reading;
pub mod record;
pub mod rules;
pub mod serial;
pub mod text;
pub mod time;
pub(crate) mod vocabulary;
