//! What Import asks of the disk and of the desk. Runs on a job's thread.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::app::task::Loaded;
use crate::desk::editions::{ListLook, ListToImport, Rejects, Watch};
use crate::desk::{Cancel, Desk, DeskError};
use crate::domain::time::PartialDate;
use crate::jobs::Token;
use crate::reference::import::{Plan, Reading, Refused};

use super::{FolderAnswer, FolderRow, ImportOrder, Imported, ListChoice, Looked};

/// How many rows that would be refused are told with their reason; all of them are counted and written.
const MOST_TOLD: usize = 500;
/// How many files a folder is told with: who has more types another letter.
const MOST_FILES: usize = 500;

/// The files and folders that a typed path may go on with: those of its folder whose name begins as its last part does.
pub fn folder(typed: &str) -> FolderAnswer {
    let (parent, begins) = typed.rsplit_once('/').map_or(("", typed), |(parent, begins)| (parent, begins));
    let shown = if typed.contains('/') { format!("{parent}/") } else { String::new() };
    let place = if shown.is_empty() { PathBuf::from(".") } else { at_home(&shown) };
    let rows = fs::read_dir(&place).map_err(|fault| format!("{}: {fault}", place.display())).map(|entries| {
        let mut rows: Vec<FolderRow> = entries
            .filter_map(|entry| row(&entry.ok()?, &shown))
            .filter(|row| row.name.to_lowercase().starts_with(&begins.to_lowercase()))
            .filter(|row| begins.starts_with('.') || !row.name.starts_with('.'))
            .collect();
        rows.sort_by(|a, b| (!a.is_folder, &a.name).cmp(&(!b.is_folder, &b.name)));
        rows.truncate(MOST_FILES);
        rows
    });
    FolderAnswer { typed: typed.to_owned(), rows }
}

fn row(entry: &fs::DirEntry, shown: &str) -> Option<FolderRow> {
    let name = entry.file_name().into_string().ok()?;
    // A link is what it leads to.
    let about = fs::metadata(entry.path()).ok()?;
    let name = if about.is_dir() { format!("{name}/") } else { name };
    Some(FolderRow { path: format!("{shown}{name}"), name, is_folder: about.is_dir(), bytes: about.len() })
}

/// A path whose first part may be `~`.
fn at_home(typed: &str) -> PathBuf {
    let home = typed.strip_prefix("~/").zip(directories::BaseDirs::new());
    home.map_or_else(|| PathBuf::from(typed), |(rest, dirs)| dirs.home_dir().join(rest))
}

/// What an import would do; nothing is written. Of a list that nobody knows its columns come back.
pub fn preview(list: &ListChoice, desk: &Desk, token: &Token) -> Result<Loaded, DeskError> {
    let mut refused = Vec::new();
    let mut tell = |_: &Plan, row: &Refused| {
        remember(&mut refused, row);
        Ok(())
    };
    let mut progress = |done, total| token.progress(done, total);
    let mut watch =
        Watch { progress: &mut progress, refused: &mut tell, cancel: Cancel::shared(token.flag()) };
    match desk.preview_list(&to_import(list, None), &mut watch) {
        Ok(mut preview) => {
            list.path.clone_into(&mut preview.file);
            let mapping = list.mapping.clone();
            Ok(Loaded::PreviewList(Box::new(Looked { preview, mapping, refused })))
        }
        Err(DeskError::UnknownList { mut look, .. }) => {
            list.path.clone_into(&mut look.file);
            Ok(Loaded::Columns(look))
        }
        Err(fault) => Err(fault),
    }
}

/// The columns of a list, with what each says or probably says; nothing is written.
pub fn columns(path: &Path, desk: &Desk, token: &Token) -> Result<ListLook, DeskError> {
    let mut progress = |done, total| token.progress(done, total);
    let mut watch =
        Watch { progress: &mut progress, refused: &mut |_, _| Ok(()), cancel: Cancel::shared(token.flag()) };
    let list = ListChoice { path: path.to_owned(), mapping: None };
    let mut look = desk.look_at_list(&to_import(&list, None), &mut watch)?;
    path.clone_into(&mut look.file);
    Ok(look)
}

/// Brings a list in. Refused rows go to a file beside it, so that they can be put right and imported again.
pub fn import(order: &ImportOrder, desk: &Desk, token: &Token) -> Result<Imported, DeskError> {
    let mut refused = Vec::new();
    let mut rejects: Option<Rejects> = None;
    let path = &order.list.path;
    let name = path.display().to_string();
    let mut tell = |plan: &Plan, row: &Refused| {
        remember(&mut refused, row);
        let file = match &mut rejects {
            Some(file) => file,
            none => none.insert(Rejects::beside(&at_home(&path.to_string_lossy()))?),
        };
        file.write(&name, plan, row)
    };
    let mut progress = |done, total| token.progress(done, total);
    let mut watch =
        Watch { progress: &mut progress, refused: &mut tell, cancel: Cancel::shared(token.flag()) };
    let done = desk.import_list(&to_import(&order.list, order.dated), &order.purpose, &mut watch);
    let refused_file = rejects.map(Rejects::finish).transpose().map_err(|source: io::Error| DeskError::File {
        what: "writing the refused rows of",
        path: path.clone(),
        source,
        hint: "the edition is imported all the same; make room and import the list again for its refused rows",
    });
    let preview = match done {
        Ok((_, preview)) => preview,
        Err(fault) => {
            // Of an import that did not come to its end nothing is left, also not the beginning of its refused rows.
            if let Ok(Some(path)) = &refused_file {
                drop(fs::remove_file(path));
            }
            return Err(fault);
        }
    };
    let mapping = order.list.mapping.clone();
    Ok(Imported { looked: Looked { preview, mapping, refused }, refused_file: refused_file? })
}

fn remember(refused: &mut Vec<(u64, String)>, row: &Refused) {
    if refused.len() < MOST_TOLD {
        refused.push((row.line, row.reason.clone()));
    }
}

fn to_import(list: &ListChoice, dated: Option<PartialDate>) -> ListToImport {
    ListToImport {
        path: at_home(&list.path.to_string_lossy()),
        dated,
        reading: list.mapping.clone().map_or(Reading::Recognised, Reading::Mapped),
        ..ListToImport::default()
    }
}
