//! Asks the desk what a form asks. It runs on a job's thread, as `app::perform` does, which calls it.

use std::sync::Arc;

use jiff::Span;
use serde_json::{Value, json};

use super::{AMENDS, FormAnswer, FormTask, READ};
use crate::desk::{Desk, DeskError, Drafts};
use crate::domain::id::DocId;
use crate::domain::problem::Problem;
use crate::domain::reading;
use crate::domain::rules::LONGEST_RETENTION_YEARS;
use crate::forms::choices::Choices as _;
use crate::forms::draft::{Draft, RestoreError};
use crate::forms::path::Path;
use crate::forms::schema::{Context, Schema, SchemaError};
use crate::forms::shipped::shipped;
use crate::locale::Message;
use crate::store::Revision;

/// How many choices are asked for: more than a screen shows are of no use to a person.
const MOST_CHOICES: usize = 40;

/// The only form so far whose values are a record; others bring their own use case.
const RECORD: &str = "record";

/// Why it could not be done. The draft is on the screen or on the disk as it was.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
pub enum FormFault {
    /// The desk would not.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The draft that was kept cannot be opened.
    #[error(transparent)]
    Draft(#[from] RestoreError),
    /// The data file of the form is wrong.
    Schema {
        /// Which form.
        form: String,
        /// What is wrong, with its line.
        fault: SchemaError,
    },
    /// There is no form of this name.
    NoForm(String),
    /// What is recorded cannot be shown in the form.
    Values(#[from] serde_json::Error),
    /// The workspace is open for reading only.
    ReadOnly,
}

impl FormFault {
    /// Its sentence, for the officer at the form.
    pub fn message(&self) -> Message {
        match self {
            Self::Desk(fault) => fault.message(),
            Self::Draft(fault) => fault.message(),
            Self::Schema { form, fault } => Message::new("form-fault-schema")
                .with("file", format!("reference/forms/{form}.toml"))
                .with("fault", fault.to_string()),
            Self::NoForm(form) => Message::new("form-fault-none").with("form", form.as_str()),
            Self::Values(fault) => Message::new("form-fault-values").with("fault", fault.to_string()),
            Self::ReadOnly => Message::new("form-fault-read-only"),
        }
    }
}

/// Does what a form asks.
pub fn perform(task: &FormTask, desk: &Desk) -> Result<FormAnswer, FormFault> {
    Ok(match task {
        FormTask::New(form) => {
            let draft = Draft::new(schema(form)?, context(desk));
            opened(desk, draft)
        }
        FormTask::Like { entry, serial } => {
            let choice = desk.table().choice_of(entry).ok_or_else(|| DeskError::NotFound(entry.clone()))?;
            let mut draft = Draft::new(schema(RECORD)?, context(desk));
            if let Some(serial) = serial {
                draft.set_text(&path("firearm.serial"), serial);
            }
            draft.begin_with(&path("firearm.model"), &choice);
            opened(desk, draft)
        }
        FormTask::Amend(number) => {
            let view = desk.record(number)?;
            let content = serde_json::to_value(&view.record.content)?;
            let mut draft = Draft::amending(schema(RECORD)?, content, context(desk));
            draft.note(AMENDS, &view.record.number);
            draft.note(READ, &view.rev.0);
            opened(desk, draft)
        }
        FormTask::Resume(id) => {
            let drafts = drafts(desk)?;
            let (form, text) = drafts.load(*id)?;
            let kept_at =
                drafts.list()?.into_iter().find(|draft| draft.id == *id).map(|draft| draft.saved_at);
            let (draft, notes) = Draft::restore(&text, schema(&form)?, context(desk))?;
            FormAnswer::Opened { id: *id, draft: Box::new(draft), notes, kept_at }
        }
        FormTask::Keep { id, form, title, text } => {
            let now = desk.now();
            drafts(desk)?.save(*id, form, title, text, now)?;
            FormAnswer::Kept { id: *id, at: now }
        }
        FormTask::Offer { source, typed, values } => {
            let choices = desk.table().offer(source, typed, values, MOST_CHOICES);
            FormAnswer::Offered { typed: typed.clone(), choices }
        }
        FormTask::Look { turn, form, values, amends } => {
            FormAnswer::Looked { turn: *turn, problems: look(desk, form, values, amends.as_deref())? }
        }
        FormTask::Save { id, form, values, amends } => save(desk, *id, form, values, amends.as_ref())?,
    })
}

fn look(desk: &Desk, form: &str, values: &Value, amends: Option<&str>) -> Result<Vec<Problem>, FormFault> {
    if form != RECORD {
        return Ok(Vec::new());
    }
    let reading = reading::content(values.clone());
    let existing = amends.map(|number| desk.record(number)).transpose()?;
    let mut problems = reading.problems;
    problems.extend(desk.validate(&reading.content, existing.as_ref().map(|view| &view.record))?);
    Ok(problems)
}

fn save(
    desk: &Desk,
    id: DocId,
    form: &str,
    values: &Value,
    amends: Option<&(String, String)>,
) -> Result<FormAnswer, FormFault> {
    if form != RECORD {
        return Err(FormFault::NoForm(form.to_owned()));
    }
    let reading = reading::content(values.clone());
    if !reading.problems.is_empty() {
        return Ok(FormAnswer::Refused(reading.problems));
    }
    // The case is why it is entered; the journal asks for a purpose with every act.
    let purpose = reading.content.case_ref.clone();
    let outcome = match amends {
        None => desk.enter(reading.content, &purpose),
        Some((number, read)) => {
            let read = (!read.is_empty()).then(|| Revision(read.clone()));
            desk.amend(number, reading.content, read, &purpose)
        }
    };
    match outcome {
        Ok(entered) => {
            if let Some(drafts) = desk.drafts() {
                drafts.discard(id)?;
            }
            Ok(FormAnswer::Saved(entered.record.number))
        }
        Err(DeskError::Problems(problems)) => Ok(FormAnswer::Refused(problems)),
        Err(other) => Err(other.into()),
    }
}

fn path(text: &str) -> Path {
    text.parse().expect("paths written here are paths")
}

fn opened(desk: &Desk, draft: Draft) -> FormAnswer {
    FormAnswer::Opened { id: desk.new_draft_id(), draft: Box::new(draft), notes: Vec::new(), kept_at: None }
}

fn schema(form: &str) -> Result<Arc<Schema>, FormFault> {
    let schema = shipped(form).ok_or_else(|| FormFault::NoForm(form.to_owned()))?;
    schema.map(Arc::new).map_err(|fault| FormFault::Schema { form: form.to_owned(), fault })
}

fn drafts(desk: &Desk) -> Result<&Drafts, FormFault> {
    desk.drafts().ok_or(FormFault::ReadOnly)
}

/// What the forms ask of the office and the day.
fn context(desk: &Desk) -> Context {
    let today = desk.today();
    let retain_until = today.saturating_add(Span::new().years(LONGEST_RETENTION_YEARS));
    Context::from([
        ("office.name".to_owned(), json!(desk.office().name)),
        ("office.country".to_owned(), json!(desk.office().country)),
        ("officer".to_owned(), json!(desk.officer())),
        ("today".to_owned(), json!(today.to_string())),
        ("retain_until".to_owned(), json!(retain_until.to_string())),
    ])
}
