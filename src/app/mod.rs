//! The application as a value: state, actions, the table of commands, keymaps, themes; `update` is pure and returns effects.
