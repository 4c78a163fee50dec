//! Finding: the index of everything recorded (on disk, disposable) and the language it is asked in.
//!
//! Only this folder names tantivy. It is a projection: it may be deleted and follows the journal again from where it was.
//! Called by the desk.
