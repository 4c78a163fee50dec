//! The user's own keymap and theme, from the configuration folder.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::app::theme;
use crate::app::{Settings, SettingsFile};
use crate::locale::Message;

/// The folder of the user's settings: `HEADSTAMP_CONFIG`, else the system's place for them; `None` where there is none.
pub fn config_folder() -> Option<PathBuf> {
    match std::env::var_os("HEADSTAMP_CONFIG") {
        Some(folder) => Some(PathBuf::from(folder)),
        None => directories::ProjectDirs::from("", "", "headstamp").map(|dirs| dirs.config_dir().to_owned()),
    }
}

/// Reads `keymap.toml` and `theme.toml` of a folder. `HEADSTAMP_THEME` names one of the themes that come with the program;
/// `NO_COLOR` takes all colour away. What is wrong is told, and the default used.
pub fn read_settings(folder: Option<&Path>) -> Settings {
    let mut faults = Vec::new();
    let mut read = |name: &str| {
        let path = folder?.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Some(SettingsFile { name: path.display().to_string(), text }),
            Err(fault) if fault.kind() == ErrorKind::NotFound => None,
            Err(fault) => {
                faults.push(
                    Message::new("settings-unreadable")
                        .with("file", path.display().to_string())
                        .with("why", fault.to_string()),
                );
                None
            }
        }
    };
    let keymap = read("keymap.toml");
    let named = std::env::var("HEADSTAMP_THEME").ok().filter(|name| !name.is_empty());
    let theme = match named {
        Some(name) => {
            Some(SettingsFile { text: format!("inherits = {name:?}"), name: "HEADSTAMP_THEME".to_owned() })
        }
        None => read("theme.toml"),
    };
    let mut settings = Settings::read(keymap.as_ref(), theme.as_ref());
    settings.faults.splice(0..0, faults);
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if no_colour {
        settings.theme = theme::Theme::without_colour(settings.theme);
    }
    settings
}
