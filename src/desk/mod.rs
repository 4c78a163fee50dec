//! The use cases, one file a subject: the only door. The command line and the screens call this and nothing below it.
