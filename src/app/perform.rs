//! Asks the desk what a task says. The only file of `app` that does anything; it runs on a job's thread.

use crate::desk::{Cancel, Desk, DeskError, Drafts, ListQuery, SortKey};
use crate::domain::id::DocId;
use crate::jobs::Token;
use crate::locale::Message;

use super::Action;
use super::screen::form::{self, FormFault};
use super::screen::{card, compare, identify, import};
use super::task::{Loaded, NextSteps, RecordAct, RecordsQuery, Sort, Task};
use crate::reference::identify::BadAnswer;

/// Does the task; a refusal of the desk becomes the sentence that the officer reads.
pub fn perform(task: &Task, desk: &Desk, token: &Token) -> Action {
    match answer(task, desk, token) {
        Ok(loaded) => Action::Loaded(loaded),
        Err(Fault::Desk(fault) | Fault::Form(FormFault::Desk(fault))) => {
            Action::Failed { task: task.clone(), why: message(&fault) }
        }
        Err(Fault::Form(fault)) => Action::Failed { task: task.clone(), why: fault.message() },
        Err(Fault::Answer(fault)) => Action::Failed { task: task.clone(), why: fault.message() },
    }
}

/// Why a task was not done.
#[derive(Debug, thiserror::Error)]
enum Fault {
    /// The desk would not.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A form could not.
    #[error(transparent)]
    Form(#[from] FormFault),
    /// An answer of Identify says nothing that can be looked for.
    #[error(transparent)]
    Answer(#[from] BadAnswer),
}

/// The sentence for a refusal.
fn message(fault: &DeskError) -> Message {
    match fault {
        DeskError::Problems(problems) => {
            problems.first().map_or_else(|| Message::new("error-refused"), Message::from)
        }
        other => other.message(),
    }
}

fn answer(task: &Task, desk: &Desk, token: &Token) -> Result<Loaded, Fault> {
    Ok(match task {
        Task::Home(count) => {
            let mut waiting = desk.waiting()?;
            // Reviews come from the index; where there is none the rest of Home still works.
            waiting.extend(desk.reviews_due().ok().flatten());
            Loaded::Home { waiting, lately: desk.lately(*count)?, status: desk.status() }
        }
        Task::Check(query) => Loaded::Check(Box::new(desk.check(query.clone())?)),
        // A number that cannot be searched yet has no candidates; the check itself says what is wrong with it.
        Task::Glimpse(query) => Loaded::Glimpse(desk.glimpse(query).unwrap_or_default()),
        Task::Proof { check, record } => proof(desk, check, *record)?,
        Task::Hit(id) => {
            let hit = desk.hit(id)?;
            proof(desk, &hit.check_number, Some(hit.candidate.record.id))?
        }
        Task::Exported(id) => Loaded::Exported(Box::new(desk.exported(id)?)),
        Task::Standings(check) => {
            let standings = desk.standings(&desk.check_proof(check)?)?;
            Loaded::Standings { check: check.clone(), standings }
        }
        Task::Next { check, record } => {
            let proof = desk.check_proof(check)?;
            let trace = desk.trace_advice(&proof, *record);
            Loaded::Next(NextSteps { advice: desk.advice(&proof), trace })
        }
        Task::Hits => Loaded::Hits(desk.hits_waiting()?),
        Task::Decide { check, record, confirm, reason } => {
            let hit = desk.raise_hit(check, *record)?;
            let hit = if *confirm { desk.confirm_hit(hit, reason)? } else { desk.reject_hit(hit, reason)? };
            Loaded::Decided(Box::new(hit))
        }
        Task::Form(task) => Loaded::Form(form::perform(task, desk)?),
        Task::Records(query) => records(query, desk, token)?,
        Task::Reference(query) => {
            Loaded::Reference(Box::new(super::screen::reference::search(query, desk.table())))
        }
        Task::Card(id) => Loaded::Card(Box::new(card::card(id, desk.table())?)),
        Task::Compare(ids) => Loaded::Compare(Box::new(compare::compare(ids, desk.table())?)),
        Task::Identify(query) => Loaded::Identify(Box::new(identify::identify(query, desk.table())?)),
        Task::Folder(typed) => Loaded::Folder(import::folder(typed)),
        Task::PreviewList(list) => import::preview(list, desk, token)?,
        Task::Columns(path) => Loaded::Columns(Box::new(import::columns(path, desk, token)?)),
        Task::SaveMapping { name, mapping } => Loaded::MappingSaved(desk.save_mapping(name, mapping)?),
        Task::Import(order) => Loaded::Imported(Box::new(import::import(order, desk, token)?)),
        Task::Editions => Loaded::Editions(desk.editions()?),
        Task::RemoveEdition { name, reason } => {
            Loaded::EditionRemoved(desk.remove_edition(name, reason)?.name)
        }
        Task::TrySerial { entry, serial } => {
            let trial = card::try_serial(entry, serial, desk.table())?;
            Loaded::Tried { entry: entry.clone(), trial: Box::new(trial) }
        }
        Task::Record(name) => Loaded::Record(Box::new(desk.record(name)?)),
        Task::Act { record, what, reason } => {
            let entered = match what {
                RecordAct::Approve(officer) => desk.approve(record, officer, reason)?,
                RecordAct::Cancel => desk.cancel(record, reason)?,
                RecordAct::Locate => desk.locate(record, reason)?,
                RecordAct::Extend(until) => desk.extend(record, *until, reason)?,
                RecordAct::Close(closing) => desk.close(record, *closing, reason)?,
            };
            Loaded::Acted { record: entered.record.number, what: what.clone() }
        }
        Task::Journal(range) => {
            let first = range.start.max(1);
            let count = range.end.saturating_sub(first) as usize;
            let entries = desk.entries(first, count)?;
            let heads = entries.into_iter().map(|entry| entry.head).collect();
            Loaded::Journal { last: desk.status().seq, first, heads }
        }
        Task::Drafts => Loaded::Drafts(desk.drafts().map(Drafts::list).transpose()?.unwrap_or_default()),
    })
}

/// An earlier check with what it asks for next.
fn proof(desk: &Desk, check: &str, record: Option<DocId>) -> Result<Loaded, DeskError> {
    let proof = desk.check_proof(check)?;
    let advice = desk.advice(&proof);
    Ok(Loaded::Proof { proof: Box::new(proof), record, advice })
}

/// The rows of the list, as far as the index has followed the journal.
fn records(query: &RecordsQuery, desk: &Desk, token: &Token) -> Result<Loaded, DeskError> {
    let started = std::time::Instant::now();
    let (sort, reverse) = match query.sort {
        Sort::Relevance => (Some(SortKey::Relevance), false),
        Sort::Newest => (Some(SortKey::Entered), false),
        Sort::Oldest => (Some(SortKey::Entered), true),
        Sort::Number => (Some(SortKey::Number), false),
        Sort::Make => (Some(SortKey::Make), false),
        Sort::Event => (Some(SortKey::EventDate), false),
    };
    let asked = ListQuery { text: query.filter.clone(), sort, reverse };
    let listing = desk.list_now(&asked, &Cancel::shared(token.flag()))?;
    let wanted = query.rows.start as usize..query.rows.end.min(listing.total()) as usize;
    let rows = if wanted.is_empty() { Vec::new() } else { desk.rows(&listing.ids(wanted)?)? };
    Ok(Loaded::Records {
        query: query.clone(),
        total: listing.total(),
        rows,
        behind: listing.behind,
        faults: listing.problems,
        took: started.elapsed(),
    })
}
