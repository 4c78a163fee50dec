//! Asks the desk what a form asks. It runs on a job's thread, as `app::perform` does, which calls it.

use std::sync::Arc;

use jiff::Span;
use serde_json::{Value, json};

use super::{AMENDS, FormAnswer, FormTask, READ};
use crate::desk::{Desk, DeskError, offer};
use crate::domain::problem::Problem;
use crate::domain::reading;
use crate::domain::rules::LONGEST_RETENTION_YEARS;
use crate::forms::draft::Draft;
use crate::forms::schema::{Context, Schema};
use crate::forms::shipped::shipped;
use crate::store::Revision;

/// How many choices are asked for: more than a screen shows are of no use to a person.
const MOST_CHOICES: usize = 40;

/// The only form so far whose values are a record; others bring their own use case.
const RECORD: &str = "record";

/// Does what a form asks.
pub fn perform(task: &FormTask, desk: &Desk) -> Result<FormAnswer, DeskError> {
    Ok(match task {
        FormTask::New(form) => {
            let draft = Draft::new(schema(form)?, context(desk));
            opened(desk, draft)
        }
        FormTask::Amend(number) => {
            let view = desk.record(number)?;
            let content = serde_json::to_value(&view.record.content)
                .map_err(|fault| DeskError::Form(fault.to_string()))?;
            let mut draft = Draft::amending(schema(RECORD)?, content, context(desk));
            draft.note(AMENDS, &view.record.number);
            draft.note(READ, &view.rev.0);
            opened(desk, draft)
        }
        FormTask::Resume(id) => {
            let drafts = desk.drafts().ok_or(DeskError::ReadOnly)?;
            let (form, text) = drafts.load(*id)?;
            let kept_at = drafts.list()?.into_iter().find(|draft| draft.id == *id).map(|draft| draft.saved_at);
            let (draft, notes) = Draft::restore(&text, schema(&form)?, context(desk))
                .map_err(|fault| DeskError::Form(fault.to_string()))?;
            FormAnswer::Opened { id: *id, draft: Box::new(draft), notes, kept_at }
        }
        FormTask::Keep { id, form, title, text } => {
            let now = desk.now();
            desk.drafts().ok_or(DeskError::ReadOnly)?.save(*id, form, title, text, now)?;
            FormAnswer::Kept { id: *id, at: now }
        }
        FormTask::Offer { source, typed, values } => {
            let choices = offer(desk, source, typed, values, MOST_CHOICES);
            FormAnswer::Offered { typed: typed.clone(), choices }
        }
        FormTask::Look { turn, form, values, amends } => {
            FormAnswer::Looked { turn: *turn, problems: look(desk, form, values, amends.as_deref())? }
        }
        FormTask::Save { id, form, values, amends } => save(desk, *id, form, values, amends.as_ref())?,
    })
}

fn look(desk: &Desk, form: &str, values: &Value, amends: Option<&str>) -> Result<Vec<Problem>, DeskError> {
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
    id: crate::domain::id::DocId,
    form: &str,
    values: &Value,
    amends: Option<&(String, String)>,
) -> Result<FormAnswer, DeskError> {
    if form != RECORD {
        return Err(DeskError::Form(format!("the form {form} is not one that is saved as a record")));
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
        Err(other) => Err(other),
    }
}

fn opened(desk: &Desk, draft: Draft) -> FormAnswer {
    FormAnswer::Opened { id: desk.new_draft_id(), draft: Box::new(draft), notes: Vec::new(), kept_at: None }
}

fn schema(form: &str) -> Result<Arc<Schema>, DeskError> {
    match shipped(form) {
        Some(Ok(schema)) => Ok(Arc::new(schema)),
        Some(Err(fault)) => Err(DeskError::Form(format!("reference/forms/{form}.toml: {fault}"))),
        None => Err(DeskError::Form(format!("there is no form {form}"))),
    }
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
