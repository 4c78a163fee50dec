//! From `&App` to a buffer of cells. Nothing here changes state, reads a file or writes to the terminal.
