//! Parts of screens that are more than a line: each draws one thing, for any screen.

pub mod card;
pub mod form;
