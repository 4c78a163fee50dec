//! Mappings of columns that were saved for next time: `mappings/NAME.txt` in the workspace, one `heading = meaning` a line.
//!
//! They are settings, not evidence: a text file that may be edited by hand, and no entry of the journal.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::desk::{Desk, DeskError};
use crate::reference::import::{Mapping, short_name};
use crate::store::StoreError;
use crate::store::layout::Workspace;

/// A mapping and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedMapping {
    /// Its name.
    pub name: String,
    /// The mapping.
    pub mapping: Mapping,
}

/// The mappings of a workspace, by name. One that cannot be read is passed over: asked for by its name it tells why.
pub fn mappings_of(folder: &Path) -> Vec<SavedMapping> {
    let Ok(entries) = std::fs::read_dir(Workspace::new(folder).mappings()) else { return Vec::new() };
    let mut found: Vec<SavedMapping> = entries
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let name = path.file_stem()?.to_str()?.to_owned();
            let mapping = Mapping::parse(&std::fs::read_to_string(&path).ok()?).ok()?;
            path.extension().is_some_and(|it| it == "txt").then_some(SavedMapping { name, mapping })
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// A mapping of a workspace by its name.
pub fn mapping_of(folder: &Path, name: &str) -> Result<Mapping, DeskError> {
    let path = path_of(&Workspace::new(folder), name)?;
    let hint = "hint-mapping-read";
    let text = std::fs::read_to_string(&path).map_err(|source| DeskError::File {
        what: "doing-mapping-read",
        path: path.clone(),
        source,
        hint,
    })?;
    Mapping::parse(&text).map_err(|fault| DeskError::Settings { path, fault: fault.to_string() })
}

impl Desk {
    /// The mappings of this workspace, by name.
    pub fn mappings(&self) -> Vec<SavedMapping> {
        self.workspace.as_ref().map(|workspace| mappings_of(workspace.root())).unwrap_or_default()
    }

    /// Keeps a mapping for next time, in place of one of the same name; the answer is the name by which it is found.
    pub fn save_mapping(&self, name: &str, mapping: &Mapping) -> Result<String, DeskError> {
        let Some(workspace) = self.workspace.as_ref().filter(|_| !self.read_only) else {
            return Err(StoreError::ReadOnly.into());
        };
        let path = path_of(workspace, name)?;
        let hint = "hint-write";
        let fault = |source| DeskError::File { what: "doing-mapping-save", path: path.clone(), source, hint };
        let folder = path.parent().unwrap_or(&path);
        std::fs::create_dir_all(folder).map_err(fault)?;
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(fault)?;
        file.write_all(mapping.to_string().as_bytes()).map_err(fault)?;
        file.as_file().sync_all().map_err(fault)?;
        file.persist(&path).map_err(|kept| fault(kept.error))?;
        Ok(short_name(name))
    }
}

fn path_of(workspace: &Workspace, name: &str) -> Result<PathBuf, DeskError> {
    let short = short_name(name);
    if short.is_empty() {
        return Err(DeskError::NotFound(name.to_owned()));
    }
    Ok(workspace.mappings().join(format!("{short}.txt")))
}
