//! Drafts: what was typed and not yet saved. A file each, written anew every few keystrokes and found again after a crash.
//!
//! A draft is not a document: it is in no journal, nobody else sees it, and it may be thrown away.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::id::{DocId, IdSource};

use super::DeskError;

/// The folder of drafts.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
}

/// A draft in the list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DraftInfo {
    /// Which.
    pub id: DocId,
    /// The form it belongs to.
    pub form: String,
    /// What it is called in the list: make, model, serial as far as typed.
    pub title: String,
    /// When it was last written.
    pub saved_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct DraftFile {
    form: String,
    title: String,
    saved_at: Timestamp,
    draft: String,
}

impl Drafts {
    /// The drafts kept in a folder, which is made when the first is saved.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Writes a draft; the earlier text of it stays whole until the new one is on the disk.
    pub fn save(
        &self,
        id: DocId,
        form: &str,
        title: &str,
        draft: &str,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        let path = self.path(id);
        let file = DraftFile { form: form.into(), title: title.into(), saved_at: now, draft: draft.into() };
        let text = serde_json::to_vec(&file).expect("a draft holds only text");
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            let fresh = path.with_extension("new");
            let mut out = fs::File::create(&fresh)?;
            out.write_all(&text)?;
            out.sync_data()?;
            fs::rename(&fresh, &path)
        };
        write().map_err(|source| DeskError::File {
            what: "doing-draft-save",
            path: path.clone(),
            source,
            hint: "hint-draft-save",
        })
    }

    /// The drafts there are, newest first; a file that cannot be read is listed too, so that it is not forgotten.
    pub fn list(&self) -> Result<Vec<DraftInfo>, DeskError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => {
                return Err(DeskError::File {
                    what: "doing-drafts-list",
                    path: self.folder.clone(),
                    source,
                    hint: "hint-drafts-list",
                });
            }
        };
        let mut found = Vec::new();
        for path in entries.flatten().map(|entry| entry.path()) {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let is_draft = path.extension().is_some_and(|extension| extension == "json");
            let (true, Ok(id)) = (is_draft, stem.parse::<DocId>()) else { continue };
            let file =
                fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<DraftFile>(&bytes).ok());
            found.push(match file {
                Some(file) => DraftInfo { id, form: file.form, title: file.title, saved_at: file.saved_at },
                None => DraftInfo {
                    id,
                    form: String::new(),
                    title: path.display().to_string(),
                    saved_at: Timestamp::UNIX_EPOCH,
                },
            });
        }
        found.sort_by(|a, b| b.saved_at.cmp(&a.saved_at).then(b.id.cmp(&a.id)));
        Ok(found)
    }

    /// The text of a draft and the form it belongs to.
    pub fn load(&self, id: DocId) -> Result<(String, String), DeskError> {
        let path = self.path(id);
        let fault = |source| DeskError::File {
            what: "doing-draft-read",
            path: path.clone(),
            source,
            hint: "hint-draft-read",
        };
        let bytes = fs::read(&path).map_err(fault)?;
        let file: DraftFile = serde_json::from_slice(&bytes).map_err(|broken| fault(broken.into()))?;
        Ok((file.form, file.draft))
    }

    /// Throws a draft away, after it was saved as a record or by the officer's will.
    pub fn discard(&self, id: DocId) -> Result<(), DeskError> {
        let path = self.path(id);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                Err(DeskError::File { what: "doing-draft-remove", path, source, hint: "hint-draft-remove" })
            }
            _ => Ok(()),
        }
    }

    fn path(&self, id: DocId) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }
}

impl super::Desk {
    /// The drafts of this workspace; `None` where nothing may be written.
    pub fn drafts(&self) -> Option<&Drafts> {
        self.drafts.as_ref()
    }

    /// A new draft's identifier.
    pub fn new_draft_id(&self) -> DocId {
        let ids: &IdSource = &self.ids;
        ids.next(self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draft_is_found_again_and_a_broken_one_is_listed() {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts::in_folder(folder.path());
        let ids = IdSource::fixed();
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let (first, second) = (ids.next(now), ids.next(now));
        drafts.save(first, "record", "Ekol Special 99", "{\"a\":1}", now).unwrap();
        fs::write(folder.path().join(format!("{second}.json")), "{ broken").unwrap();
        let listed: Vec<DocId> = drafts.list().unwrap().into_iter().map(|draft| draft.id).collect();
        assert_eq!(listed, [first, second]);
        assert_eq!(drafts.load(first).unwrap(), ("record".to_owned(), "{\"a\":1}".to_owned()));
        assert!(drafts.load(second).is_err());
        drafts.discard(first).unwrap();
        assert_eq!(drafts.list().unwrap().len(), 1);
    }
}
