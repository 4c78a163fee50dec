//! The form engine: a schema from data files, a draft with undo, and the editing of text. Pure: it draws nothing and stores nothing.
