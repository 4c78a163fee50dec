//! The use cases, one file a subject: the only door. The command line and the screens call this and nothing below it.
//!
//! Each act of an officer passes here through the rules, into the journal with who, when and why, and back as plain values.
//! It draws nothing, prints nothing and chooses no clock: those come in from outside.

mod advice;
mod card;
mod check;
mod decide;
pub mod demo;
mod drafts;
pub mod editions;
mod enter;
mod error;
mod exhibits;
mod export;
mod facts;
mod follow;
mod grading;
mod history;
mod identify;
mod journal;
mod keys;
mod lifecycle;
mod list;
mod models;
mod names;
mod offer;
mod open;
mod serial;
mod standing;
mod summary;
mod table;
mod takeover;
#[cfg(test)]
mod tests;
mod view;
mod waiting;
mod workspace;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::id::{DocId, IdSource};
use crate::domain::officer::{Office, Officer};
use crate::domain::time::{Clock, day_of};
use crate::store::layout::Workspace;
use crate::store::{Appended, DocKind, Document, NewEntry, Status, Store};

pub use follow::Follower;

pub use advice::Advice;
pub use card::{Card, CodeOf, Similar};
pub use check::{CheckProof, CheckQuery, CheckReport, Freshness};
pub use decide::{Decision, Hit, HitState};
pub use drafts::{DraftInfo, Drafts};
pub use editions::EditionInfo;
pub use enter::{Approval, Entered, Outcome};
pub use error::DeskError;
pub use exhibits::{AddedExhibit, CaseExhibit, ExhibitGallery, GalleryStream, NewExhibit};
pub use export::Exported;
pub use grading::Candidate;
pub use history::{Change, FieldChange};
pub use identify::{Asked, Given, Identified, Possible, Understood};
pub use journal::Verification;
pub use keys::{keys_of, keys_version};
pub use lifecycle::Closing;
pub use list::{ListQuery, Listing};
pub use names::Names;
pub use open::Opening;
pub use serial::{DateReading, RangeReading, SerialReading};
pub use standing::Standing;
pub use table::Table;
pub use view::{RecordRow, RecordView};
pub use waiting::{Lately, Waiting, WaitingKind};
pub use workspace::{LAYOUT_VERSION, SETTINGS_FILE, Settings};

pub use crate::search::{Cancel, SortKey};

/// An example of a record, as `record add` reads it.
pub const TEMPLATE: &str = include_str!("template.json");

/// The desk of one office, at which one officer sits.
pub struct Desk {
    store: Arc<dyn Store>,
    names: Arc<dyn Names>,
    clock: Arc<dyn Clock>,
    ids: IdSource,
    office: Office,
    officer: Officer,
    drafts: Option<Drafts>,
    workspace: Option<Workspace>,
    follower: Option<Follower>,
    read_only: bool,
    demo: bool,
    table: Arc<Table>,
    /// Held from the reading of what an act depends on to the writing of it, so that numbers are given once.
    writing: Mutex<()>,
}

/// What a desk is put together from.
pub struct Parts {
    /// Where the work is kept.
    pub store: Arc<dyn Store>,
    /// What the reference table knows of names.
    pub names: Arc<dyn Names>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Where identifiers come from.
    pub ids: IdSource,
    /// The office.
    pub office: Office,
    /// The officer.
    pub officer: Officer,
    /// Where drafts are kept; `None` where nothing may be written.
    pub drafts: Option<Drafts>,
    /// Where the files of the workspace lie; `None` where there is no folder.
    pub workspace: Option<Workspace>,
    /// The index and the thread that feeds it; `None` where there is none.
    pub follower: Option<Follower>,
    /// Whether nothing may be written.
    pub read_only: bool,
    /// Whether the content is invented.
    pub demo: bool,
    /// The reference table, for its search.
    pub table: Arc<Table>,
}

impl Desk {
    /// A desk over these parts.
    pub fn new(parts: Parts) -> Self {
        let Parts {
            store,
            names,
            clock,
            ids,
            office,
            officer,
            drafts,
            workspace,
            follower,
            read_only,
            demo,
            table,
        } = parts;
        let writing = Mutex::new(());
        Self {
            store,
            names,
            clock,
            ids,
            office,
            officer,
            drafts,
            workspace,
            follower,
            read_only,
            demo,
            table,
            writing,
        }
    }

    /// The office that owns the workspace.
    pub fn office(&self) -> &Office {
        &self.office
    }

    /// The officer who acts.
    pub fn officer(&self) -> &Officer {
        &self.officer
    }

    /// Whether the content is invented, which every screen says.
    pub fn is_demo(&self) -> bool {
        self.demo
    }

    /// Whether nothing may be written.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// The reference table, which is loaded when it is first asked.
    pub fn table(&self) -> &Arc<Table> {
        &self.table
    }

    /// How far the journal is.
    pub fn status(&self) -> Status {
        self.store.status()
    }

    /// The store, for those use cases that only pass through it.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// What the reference table knows of names.
    pub fn names(&self) -> &Arc<dyn Names> {
        &self.names
    }

    /// The present moment of this desk's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The present day, in UTC.
    pub fn today(&self) -> Date {
        day_of(self.now())
    }

    /// The document of a kind with this identifier or natural number.
    fn document(&self, name: &str, kind: DocKind) -> Result<Document, DeskError> {
        let id = match name.parse::<DocId>() {
            Ok(id) => Some(id),
            Err(_) => self.store.by_number(&name.trim().to_uppercase())?,
        };
        let document = id.map(|id| self.store.document(id)).transpose()?.flatten();
        document.filter(|document| document.kind == kind).ok_or_else(|| DeskError::NotFound(name.to_owned()))
    }

    /// Appends, and tells the index that there is something to follow.
    fn append(&self, entries: Vec<NewEntry>) -> Result<Vec<Appended>, DeskError> {
        let appended = self.store.append(entries)?;
        if let (Some(follower), Some(last)) = (&self.follower, appended.last()) {
            follower.notice(last.seq);
        }
        Ok(appended)
    }

    fn write_lock(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
