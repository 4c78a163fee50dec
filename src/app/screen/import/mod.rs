//! Import: lists brought in beside the reference table, and the editions that are there.
//!
//! A list is chosen by its path, looked at before anything is done, brought in as a job that can be stopped, and taken away again.

mod lines;
mod perform;

use std::path::PathBuf;

use crate::app::line::Line;
use crate::app::rows::Rows;
use crate::desk::editions::{EditionInfo, Preview};
use crate::domain::time::PartialDate;
use crate::reference::import::Mapping;

pub use lines::ImportLine;
pub use perform::{columns, folder, import, preview};

/// Where the person is.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Stage {
    /// The editions that are there.
    #[default]
    Editions,
    /// A file is chosen.
    Choosing,
    /// A list is read to say what an import would do.
    Reading(PathBuf),
    /// What an import would do.
    Preview(Box<Looked>),
    /// It is brought in.
    Importing(PathBuf),
    /// It was brought in.
    Done(Box<Imported>),
}

/// A file and how it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListChoice {
    /// The file, as it was typed.
    pub path: PathBuf,
    /// What its columns say; `None` where its headings tell.
    pub mapping: Option<Mapping>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// What becomes of the list.
    pub preview: Preview,
    /// By which mapping it was read; `None` where its headings tell.
    pub mapping: Option<Mapping>,
    /// The first rows that would be refused: line and reason.
    pub refused: Vec<(u64, String)>,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// What became of the list.
    pub looked: Looked,
    /// Where the refused rows are, where there were any.
    pub refused_file: Option<PathBuf>,
}

/// A file or folder that a path may go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderRow {
    /// The whole path, a folder's with its slash.
    pub path: String,
    /// The last part, a folder's with its slash.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// A file's length in bytes.
    pub bytes: u64,
}

/// The files and folders that a path may go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderAnswer {
    /// The path, as typed.
    pub typed: String,
    /// They, folders first; or why the folder cannot be read.
    pub rows: Result<Vec<FolderRow>, String>,
}

/// A list to be brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOrder {
    /// The file, and how it is read.
    pub list: ListChoice,
    /// Of which day, month or year the list is, where that is known.
    pub dated: Option<PartialDate>,
    /// Why; kept in the journal.
    pub purpose: String,
}

/// What the screen holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImportScreen {
    /// Where the person is.
    pub stage: Stage,
    /// The editions that are there.
    pub editions: Rows<EditionInfo>,
    /// The path that is typed.
    pub line: Line,
    /// What it may go on with.
    pub folder: Rows<FolderRow>,
    /// The path that `folder` answers: a later one may be typed while the folder is read.
    pub listed: String,
    /// Why the folder cannot be read.
    pub fault: Option<String>,
    /// The first line that is seen of what an import would do, or did.
    pub top: u16,
}

impl ImportScreen {
    /// Takes what a path may go on with, unless another is typed by now.
    pub fn take_folder(&mut self, answer: FolderAnswer) {
        if answer.typed != self.line.text() {
            return;
        }
        self.listed = answer.typed;
        self.folder.rewind();
        match answer.rows {
            Ok(rows) => {
                self.fault = None;
                self.folder.replace(rows);
            }
            Err(why) => {
                self.fault = Some(why);
                self.folder.replace(Vec::new());
            }
        }
    }

    /// The path that Enter means: what is selected, or what was typed since the folder was last read, as a paste with its line's end is.
    pub fn meant(&self) -> Option<String> {
        let typed = self.line.text();
        if self.listed != typed && !typed.ends_with('/') {
            return Some(typed.to_owned());
        }
        self.folder.selected().map(|row| row.path.clone())
    }

    /// Takes what an import would do, unless another list is chosen by now.
    pub fn take_preview(&mut self, looked: Looked) {
        if self.stage == Stage::Reading(looked.preview.file.clone()) {
            self.stage = Stage::Preview(Box::new(looked));
            self.top = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(typed: &str, listed: &str) -> ImportScreen {
        let row = FolderRow { path: "/lists/old/".into(), name: "old/".into(), is_folder: true, bytes: 0 };
        let mut screen = ImportScreen { line: Line::with(listed), ..ImportScreen::default() };
        screen.take_folder(FolderAnswer { typed: listed.into(), rows: Ok(vec![row]) });
        screen.line = Line::with(typed);
        screen
    }

    #[test]
    fn path_pasted_with_its_end_of_line_is_meant_though_its_folder_is_not_read_yet() {
        assert_eq!(screen("/lists/new.csv", "/lists/").meant().as_deref(), Some("/lists/new.csv"));
    }

    #[test]
    fn what_is_selected_is_meant_where_the_folder_is_that_of_the_path() {
        assert_eq!(screen("/lists/", "/lists/").meant().as_deref(), Some("/lists/old/"));
    }
}
