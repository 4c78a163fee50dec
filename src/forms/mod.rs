//! The form engine: a schema from data files, a draft with undo, and the editing of text.
//!
//! Pure: it draws nothing, stores nothing, and knows no clock and no rules of a record. The desk's rules arrive as problems, the
//! reference table as choices. Called by `app` (the screens) and by `ui` (which draws a draft). docs/forms.md tells how to add a form.

pub mod autosave;
pub mod choices;
pub mod chooser;
pub mod draft;
pub mod editor;
pub mod kind;
pub mod path;
pub mod schema;
pub mod shipped;
pub mod tree;
pub mod words;
