//! Help: every command with its keys, by context, made from the table of commands and the keymap that is loaded.

use crate::app::command::COMMANDS;
use crate::app::context::{Context, Place};
use crate::app::key::Key;
use crate::app::keymap::Keymap;
use crate::locale::{Locale, Text};

/// What Help holds: the first line that is seen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Help {
    /// From 0.
    pub top: u16,
}

/// A line of Help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    /// A context.
    Heading(Text),
    /// A command.
    Command {
        /// Its keys.
        keys: Text,
        /// Its name.
        name: Text,
        /// What it does.
        doc: Text,
    },
    /// Nothing between two contexts.
    Blank,
}

/// Every command with its keys by this keymap.
pub fn lines(locale: &Locale, keymap: &Keymap) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    for context in Context::ALL {
        let mut told = COMMANDS.iter().filter(|command| command.context == context).peekable();
        if told.peek().is_none() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(HelpLine::Blank);
        }
        lines.push(HelpLine::Heading(locale.plain(&format!("context-{}", context.id()))));
        for command in told {
            let screens = command.screens.iter().map(|screen| Some(*screen)).chain([None]);
            let places = screens.map(|screen| Place { context, screen });
            let keys = places.into_iter().find_map(|place| keymap.keys_for(place, command.name));
            let keys = keys.unwrap_or_default().into_iter().map(Key::label).collect::<Vec<_>>().join(" ");
            lines.push(HelpLine::Command {
                keys: Text::foreign(&keys),
                name: Text::foreign(command.name),
                doc: locale.plain(&command.doc_key()),
            });
        }
    }
    lines
}
