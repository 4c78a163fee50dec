//! The settings of a workspace: which office it belongs to, and whether it is only a demonstration.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::domain::officer::{Office, Officer};
use crate::locale::Message;

use super::DeskError;

/// The file that makes a folder a workspace.
pub const SETTINGS_FILE: &str = "workspace.toml";

/// What `workspace.toml` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The version of the layout.
    pub version: u32,
    /// Whether the content is invented, which every screen then says.
    #[serde(default)]
    pub demo: bool,
    /// The officer who works here when no other is named.
    pub officer: Officer,
    /// The office.
    pub office: Office,
}

/// The layout that this program writes.
pub const LAYOUT_VERSION: u32 = 1;

impl Settings {
    /// Reads the settings of a workspace.
    pub fn read(folder: &Path) -> Result<Self, DeskError> {
        let path = folder.join(SETTINGS_FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {
                return Err(DeskError::NoWorkspace(folder.to_owned()));
            }
            Err(source) => {
                let hint = "hint-settings-read";
                return Err(DeskError::File { what: "doing-settings-read", path, source, hint });
            }
        };
        let settings: Self = toml::from_str(&text)
            .map_err(|fault| DeskError::Settings { path: path.clone(), fault: fault.to_string() })?;
        if settings.version > LAYOUT_VERSION {
            let fault = Message::new("fault-later-layout")
                .with("found", settings.version)
                .with("known", LAYOUT_VERSION);
            return Err(DeskError::Settings { path, fault: fault.to_string() });
        }
        Ok(settings)
    }

    /// Makes a folder a workspace; it must be empty or not there.
    pub fn create(&self, folder: &Path) -> Result<(), DeskError> {
        let fault = |path: &Path| {
            let path = path.to_owned();
            move |source| DeskError::File {
                what: "doing-workspace-make",
                path,
                source,
                hint: "hint-workspace-make",
            }
        };
        if folder.exists() && fs::read_dir(folder).map_err(fault(folder))?.next().is_some() {
            return Err(DeskError::NotEmpty(folder.to_owned()));
        }
        fs::create_dir_all(folder).map_err(fault(folder))?;
        let path = folder.join(SETTINGS_FILE);
        let text = toml::to_string_pretty(self).expect("settings are plain text and numbers");
        fs::write(&path, text).map_err(fault(&path))
    }
}
