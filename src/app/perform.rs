//! Asks the desk what a task says. The only file of `app` that does anything; it runs on a job's thread.

use crate::desk::{Cancel, Desk, DeskError, Drafts, ListQuery, SortKey};
use crate::jobs::Token;
use crate::locale::Message;

use super::Action;
use super::screen::form::{self, FormFault};
use super::task::{Loaded, RecordAct, RecordsQuery, Sort, Task};

/// Does the task; a refusal of the desk becomes the sentence that the officer reads.
pub fn perform(task: &Task, desk: &Desk, token: &Token) -> Action {
    match answer(task, desk, token) {
        Ok(loaded) => Action::Loaded(loaded),
        Err(FormFault::Desk(fault)) => Action::Failed { task: task.clone(), why: message(&fault) },
        Err(fault) => Action::Failed {
            task: task.clone(),
            why: Message::new("error-other").with("what", fault.to_string()),
        },
    }
}

/// The sentence for a refusal.
fn message(fault: &DeskError) -> Message {
    match fault {
        DeskError::PurposeMissing(what) => Message::new(format!("error-{what}-missing")),
        DeskError::EmptySerial(serial) => Message::new("error-empty-serial").with("serial", serial.as_str()),
        DeskError::Problems(problems) => {
            problems.first().map_or_else(|| Message::new("error-refused"), Message::from)
        }
        other => Message::new("error-other").with("what", other.to_string()),
    }
}

fn answer(task: &Task, desk: &Desk, token: &Token) -> Result<Loaded, FormFault> {
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
        Task::Proof { check, record } => {
            Loaded::Proof { proof: Box::new(desk.check_proof(check)?), record: *record }
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
        Task::Card(id) => {
            let card = super::screen::reference::card(id, &desk.table().reference());
            Loaded::Card(Box::new(card.ok_or_else(|| DeskError::NotFound(id.clone()))?))
        }
        Task::Record(name) => Loaded::Record(Box::new(desk.record(name)?)),
        Task::Act { record, what, reason } => {
            let entered = match what {
                RecordAct::Approve(officer) => desk.approve(record, officer, reason)?,
                RecordAct::Cancel => desk.cancel(record, reason)?,
                RecordAct::Locate => desk.locate(record, reason)?,
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
