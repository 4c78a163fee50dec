//! What the commands do, one file a kind. Each is a pure function of the application; [`super::command`] names them.

pub mod card;
pub mod check;
pub mod compare;
pub mod edit;
pub mod form;
pub mod go;
pub mod identify;
pub mod import;
pub mod mapping;
pub mod motion;
pub mod open;
pub mod popup;
pub mod records;
pub mod search;
