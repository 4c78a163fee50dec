//! The form screen: a draft, the list one chooses from, what is asked of the desk and what it answers.
//!
//! It knows no particular form: the schema says what is asked. What keys do is in `act`, where the lines lie in `layout`.

mod act;
mod layout;
mod perform;

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

pub use act::{Done, FormKey};
pub use layout::{Layout, Placed};
pub use perform::{FormFault, perform};

use crate::domain::id::DocId;
use crate::domain::problem::{Problem, Severity};
use crate::forms::autosave::{Autosave, Due, Policy};
use crate::forms::choices::{Choice, local_choices};
use crate::forms::chooser::Chooser;
use crate::forms::draft::{Draft, Note};
use crate::forms::path::Path;
use crate::forms::schema::Source;
use crate::jobs::Lane;
use crate::locale::{Locale, Message};

/// The rows below the lines of a form: the sentence about the field with the focus, and the empty row above it.
pub const EXPLAINED: u16 = 3;
/// The name under which a draft notes the number of the record it amends.
pub const AMENDS: &str = "amends";
/// The name under which a draft notes the revision of that record that was read.
pub const READ: &str = "read";

/// A form that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct FormScreen {
    /// Which draft this is.
    pub id: DocId,
    /// What is filled in.
    pub draft: Draft,
    /// The list that is open at the field with the focus.
    pub chooser: Option<Chooser>,
    /// When the draft was last written.
    pub kept_at: Option<Timestamp>,
    /// The first line that is seen.
    pub top: usize,
    /// The field that the sentence at the foot is about: it follows the focus when the keys rest.
    pub explained: Path,
    /// Fields that were just passed and had nothing wrong beside them: what is wrong with leaving them so is shown when the keys rest.
    pub quiet: Vec<Path>,
    autosave: Autosave,
    height: u16,
    /// Raised with each change, so that a finding of the rules about earlier values is known as such.
    turn: u64,
    is_saving: bool,
}

/// What the form asks of the desk.
#[derive(Debug, Clone, PartialEq)]
pub enum FormTask {
    /// An empty form of this name.
    New(&'static str),
    /// The form of a record that begins with what the card of an entry of the reference table says.
    Like {
        /// The entry's identifier.
        entry: String,
        /// The number that was seen.
        serial: Option<String>,
    },
    /// The form of a record as it stands, by its number.
    Amend(String),
    /// A draft that was kept.
    Resume(DocId),
    /// Keep the draft.
    Keep {
        /// Which.
        id: DocId,
        /// The form's name.
        form: String,
        /// What it is called in the list of drafts.
        title: String,
        /// The draft as text.
        text: String,
    },
    /// The choices for what is typed.
    Offer {
        /// Where they come from.
        source: Source,
        /// What is typed.
        typed: String,
        /// The form as far as it is filled.
        values: Value,
    },
    /// What the rules say.
    Look {
        /// The turn of these values.
        turn: u64,
        /// The form's name.
        form: String,
        /// The values that read.
        values: Value,
        /// The record that is amended.
        amends: Option<String>,
    },
    /// Save what is filled in, then throw the draft away.
    Save {
        /// Which draft.
        id: DocId,
        /// The form's name.
        form: String,
        /// The values.
        values: Value,
        /// The record that is amended, and the revision of it that was read.
        amends: Option<(String, String)>,
    },
}

/// What the desk answers.
#[derive(Debug, Clone, PartialEq)]
pub enum FormAnswer {
    /// A form to fill in.
    Opened {
        /// Which draft it is.
        id: DocId,
        /// The draft.
        draft: Box<Draft>,
        /// What to know about a draft that was kept.
        notes: Vec<Note>,
        /// When it was last written.
        kept_at: Option<Timestamp>,
    },
    /// The draft is on the disk.
    Kept {
        /// Which.
        id: DocId,
        /// Since when.
        at: Timestamp,
    },
    /// The choices for what was typed.
    Offered {
        /// What was typed.
        typed: String,
        /// Best first.
        choices: Vec<Choice>,
    },
    /// What the rules say of the values of a turn.
    Looked {
        /// Which turn.
        turn: u64,
        /// Everything they found.
        problems: Vec<Problem>,
    },
    /// The rules refused to save it, with everything that stands against it.
    Refused(Vec<Problem>),
    /// It is saved: the record's number.
    Saved(String),
}

impl FormTask {
    /// How it stands to other jobs: what writes is ordered, what only looks is replaced by the newest of its kind.
    pub const fn lane(&self) -> Lane {
        match self {
            Self::Keep { .. } | Self::Save { .. } => Lane::Ordered,
            Self::New(_) | Self::Like { .. } | Self::Amend(_) | Self::Resume(_) => Lane::Newest("form"),
            Self::Offer { .. } => Lane::Newest("form-choices"),
            Self::Look { .. } => Lane::Newest("form-look"),
        }
    }

    /// The key of its name, for the Jobs screen.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::New(_) | Self::Like { .. } | Self::Amend(_) | Self::Resume(_) => "job-form",
            Self::Keep { .. } => "job-form-keep",
            Self::Offer { .. } => "job-form-choices",
            Self::Look { .. } => "job-form-look",
            Self::Save { .. } => "job-form-save",
        }
    }
}

impl FormScreen {
    /// A form that was opened, and the first look of the rules at it.
    pub fn new(id: DocId, draft: Draft, kept_at: Option<Timestamp>) -> (Self, Vec<FormTask>) {
        let form = Self {
            id,
            explained: draft.focus().clone(),
            draft,
            chooser: None,
            kept_at,
            quiet: Vec::new(),
            top: 0,
            autosave: Autosave::new(Policy::default()),
            height: 1,
            turn: 0,
            is_saving: false,
        };
        let look = form.look();
        (form, vec![look])
    }

    /// Takes an answer of the desk. A message is for the bottom line.
    pub fn take(&mut self, answer: FormAnswer) -> Option<Message> {
        match answer {
            FormAnswer::Kept { id, at } if id == self.id => self.kept_at = Some(at),
            FormAnswer::Offered { typed, choices } => {
                if let Some(chooser) = &mut self.chooser {
                    chooser.receive(&typed, choices);
                }
            }
            FormAnswer::Looked { turn, problems } if turn == self.turn => self.draft.attach(problems),
            FormAnswer::Refused(problems) => {
                self.is_saving = false;
                let count = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
                self.draft.attach(problems);
                self.draft.insist();
                self.draft.focus_first_error();
                self.follow();
                self.explain();
                return Some(Message::new("form-refused").with("count", count));
            }
            FormAnswer::Kept { .. }
            | FormAnswer::Looked { .. }
            | FormAnswer::Opened { .. }
            | FormAnswer::Saved(_) => {}
        }
        None
    }

    /// The desk could not do what was asked: the draft is still here and is kept again at the next occasion.
    pub fn failed(&mut self, task: &FormTask, now: Timestamp) {
        match task {
            FormTask::Keep { .. } => self.autosave.failed(since_epoch(now)),
            FormTask::Save { .. } => self.is_saving = false,
            FormTask::Offer { typed, .. } => {
                if let Some(chooser) = &mut self.chooser {
                    chooser.receive(typed, Vec::new());
                }
            }
            FormTask::New(_)
            | FormTask::Like { .. }
            | FormTask::Amend(_)
            | FormTask::Resume(_)
            | FormTask::Look { .. } => {}
        }
    }

    /// Time passed: the draft is kept if it is due.
    pub fn tick(&mut self, now: Timestamp) -> Vec<FormTask> {
        match self.autosave.tick(since_epoch(now)) {
            Due::Save => vec![self.keep()],
            Due::No => Vec::new(),
        }
    }

    /// The sentence at the foot is about the field with the focus, and what is wrong stands beside each field.
    pub fn explain(&mut self) {
        self.quiet.clear();
        self.draft.focus().clone_into(&mut self.explained);
    }

    /// Whether the sentence at the foot is about a field that has no longer the focus.
    pub fn is_behind(&self) -> bool {
        self.explained != *self.draft.focus()
    }

    /// Whether something typed is not on the disk yet.
    pub fn is_unsaved(&self) -> bool {
        self.autosave.is_pending()
    }

    /// The number of the record that is amended.
    pub fn amends(&self) -> Option<&str> {
        self.draft.about(AMENDS)
    }

    /// How many lines are seen. It may change with the terminal.
    pub fn set_height(&mut self, height: u16) {
        self.height = height.max(1);
        self.follow();
    }

    /// The choices of the field with the focus: opened here where its words are known, asked for where they are in the reference.
    fn open_chooser(&mut self, locale: &Locale, typed: &str) -> Vec<FormTask> {
        let Some(field) = self.draft.focused_field() else { return Vec::new() };
        let Some(source) = field.choices.clone() else { return Vec::new() };
        let is_closed = field.kind.is_chosen();
        let local = local_choices(&source, &field.label, |key| locale.plain(key).as_str().to_owned());
        let mut chooser = match local {
            Some(all) => Chooser::of(all, is_closed),
            None => Chooser::asking(is_closed),
        };
        chooser.follow(typed);
        self.chooser = Some(chooser);
        self.ask_for_choices()
    }

    fn ask_for_choices(&self) -> Vec<FormTask> {
        let source = self.draft.focused_field().and_then(|field| field.choices.clone());
        match (&self.chooser, source) {
            (Some(chooser), Some(source)) if chooser.is_waiting() => vec![FormTask::Offer {
                source,
                typed: chooser.typed().to_owned(),
                values: self.draft.readable(),
            }],
            _ => Vec::new(),
        }
    }

    /// The draft changed: the rules look at it, and it is kept if it is due.
    fn changed(&mut self, now: Timestamp) -> Vec<FormTask> {
        self.turn += 1;
        let mut tasks = vec![self.look()];
        if self.autosave.edited(since_epoch(now)) == Due::Save {
            tasks.push(self.keep());
        }
        self.follow();
        tasks
    }

    /// The focus left a field.
    fn left(&mut self) -> Vec<FormTask> {
        self.chooser = None;
        self.follow();
        match self.autosave.left() {
            Due::Save => vec![self.keep()],
            Due::No => Vec::new(),
        }
    }

    fn look(&self) -> FormTask {
        FormTask::Look {
            turn: self.turn,
            form: self.draft.schema().id.clone(),
            values: self.draft.readable(),
            amends: self.amends().map(str::to_owned),
        }
    }

    fn keep(&self) -> FormTask {
        FormTask::Keep {
            id: self.id,
            form: self.draft.schema().id.clone(),
            title: self.title(),
            text: self.draft.to_text(),
        }
    }

    /// What the draft is called in a list: the first few values that are said, but for those that every form begins with.
    fn title(&self) -> String {
        let said = |path: &Path| {
            let field = self
                .draft
                .schema()
                .field(path)
                .filter(|field| field.kind.is_typed() && field.default.is_none())?;
            self.draft.value(path).filter(|_| !self.draft.is_blank(path)).map(|value| field.kind.show(value))
        };
        let words: Vec<String> = self.draft.stops().iter().filter_map(said).take(4).collect();
        words.join(" ").chars().take(80).collect()
    }
}

/// The forms' clock: it must not jump, and a jump back only delays the next keeping by a few keystrokes.
fn since_epoch(now: Timestamp) -> Duration {
    Duration::from_millis(u64::try_from(now.as_millisecond()).unwrap_or(0))
}
