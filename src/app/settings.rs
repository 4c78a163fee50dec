//! What a person may set: keymap and theme. The files are read by `term`; here they are only understood.

use super::keymap::{self, Keymap};
use super::theme::{self, Theme};
use crate::locale::Message;

/// The text of a settings file, where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsFile {
    /// Its name, for messages.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// Keymap and theme, and what was wrong with the files they came from.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The keymap.
    pub keymap: Keymap,
    /// The theme.
    pub theme: Theme,
    /// What was wrong; the default was used in its place.
    pub faults: Vec<Message>,
}

impl Default for Settings {
    fn default() -> Self {
        Self::read(None, None)
    }
}

impl Settings {
    /// From the user's files. A broken one is not used at all: half a keymap is worse than the one that is known.
    pub fn read(keymap_file: Option<&SettingsFile>, theme_file: Option<&SettingsFile>) -> Self {
        let mut faults = Vec::new();
        let keymap = keymap_file.map(|file| keymap::load(&file.name, &file.text));
        let keymap = keymap.and_then(|read| read.map_err(|fault| faults.push(fault.message())).ok());
        let theme = theme_file.map(|file| theme::load(&file.name, &file.text));
        let theme = theme.and_then(|read| read.map_err(|fault| faults.push(fault.message())).ok());
        Self {
            keymap: keymap.unwrap_or_else(default_keymap),
            theme: theme.unwrap_or_else(default_theme),
            faults,
        }
    }
}

fn default_keymap() -> Keymap {
    let (name, source) = keymap::PRESETS[0];
    keymap::load(name, source).expect("tests/keymaps.rs reads every keymap that comes with the program")
}

fn default_theme() -> Theme {
    let (name, source) = theme::PRESETS[0];
    theme::load(name, source).expect("tests/themes.rs reads every theme that comes with the program")
}
