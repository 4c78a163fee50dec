//! Boxes above the screen: they get the keys first, `Esc` takes the top one away.

use super::line::Line;
use super::rows::Rows;
use super::screen::import::ListChoice;
use super::screen::records::{Column, NarrowBy};
use super::task::{NextSteps, RecordAct};
use crate::domain::id::DocId;
use crate::locale::{Message, Text};
use crate::reference::import::{Column as Meaning, Mapping};

/// One box.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// Commands by name.
    Palette(Palette),
    /// What this screen is and which keys work on it; the first line that is seen.
    ScreenHelp(u16),
    /// The proof of the check that is shown; the first line that is seen.
    Proof(u16),
    /// What to do after the check.
    Next {
        /// The steps.
        steps: NextSteps,
        /// The first line that is seen.
        top: u16,
    },
    /// Lines to fill in, such as a reason.
    Ask(Ask),
    /// One of several.
    Pick(Pick),
    /// A sentence that must be seen, such as why the workspace could not be opened.
    Notice(Message),
}

/// Commands that fit what is typed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Palette {
    /// What is typed.
    pub line: Line,
    /// The names of the commands, the best first.
    pub found: Rows<&'static str>,
}

/// Lines to fill in.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The key of the title.
    pub title: &'static str,
    /// What it is about.
    pub about: Option<Message>,
    /// The lines: the key of each label, and the text.
    pub lines: Vec<(&'static str, Line)>,
    /// Which line is typed in.
    pub focus: usize,
    /// What is wrong with what was typed.
    pub fault: Option<Message>,
    /// What happens with it.
    pub then: Then,
}

/// What happens with the lines that were filled in.
#[derive(Debug, Clone, PartialEq)]
pub enum Then {
    /// A candidate of a check is decided.
    Decide {
        /// The check's number.
        check: String,
        /// The candidate's record.
        record: DocId,
        /// Whether the marks agree.
        confirm: bool,
    },
    /// Something is done to a record; an approval takes its officer from the first line.
    Act {
        /// The record's number.
        record: String,
        /// What is done.
        what: RecordAct,
    },
    /// The list of records is narrowed by a value that is typed.
    Narrow(NarrowBy),
    /// A list is brought in.
    Import(ListChoice),
    /// A mapping is kept under the name in the line.
    SaveMapping(Mapping),
    /// An edition is taken away.
    RemoveEdition(String),
    /// The first run.
    Setup,
}

/// One of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// The key of the title.
    pub title: &'static str,
    /// What may be picked.
    pub choices: Rows<Choice>,
}

/// What may be picked.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What it says.
    pub label: Text,
    /// What it leads to.
    pub target: Target,
}

/// What a choice leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// The check that found a hit.
    Hit {
        /// The check's number.
        check: String,
        /// The candidate's record.
        record: DocId,
    },
    /// A record, by its number.
    Record(String),
    /// A draft.
    Draft(DocId),
    /// A column of the list of records that is shown or taken away; the box stays.
    Column(Column),
    /// What the list of records is narrowed by: the values of a field.
    Narrow(NarrowBy),
    /// A value of a field, put into the filter; empty for any.
    Value {
        /// The field's name in the query language.
        field: &'static str,
        /// The value.
        value: String,
    },
    /// What the selected column of a list says; `None` passes it over.
    Meaning(Option<Meaning>),
    /// Something to do to a record.
    Act {
        /// The record's number.
        record: String,
        /// What is done.
        what: RecordAct,
    },
}

impl Layer {
    /// The line that is typed in, where the box has one.
    pub fn line(&self) -> Option<&Line> {
        match self {
            Self::Palette(palette) => Some(&palette.line),
            Self::Ask(ask) => ask.lines.get(ask.focus).map(|(_, line)| line),
            _ => None,
        }
    }

    /// The same, to type.
    pub fn line_mut(&mut self) -> Option<&mut Line> {
        match self {
            Self::Palette(palette) => Some(&mut palette.line),
            Self::Ask(ask) => ask.lines.get_mut(ask.focus).map(|(_, line)| line),
            _ => None,
        }
    }
}

impl Ask {
    /// What was typed in a line.
    pub fn text(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |(_, line)| line.text())
    }
}
