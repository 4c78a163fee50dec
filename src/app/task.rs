//! What is asked of the desk, and what it answers. Data only: `perform` asks, `update` takes the answers.

use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::Date;

use super::screen::form::{FormAnswer, FormTask};
use crate::desk::editions::{EditionInfo, ListLook};
use crate::desk::{
    Advice, CheckProof, CheckQuery, CheckReport, Closing, DraftInfo, Exported, Hit, Lately, RecordRow,
    RecordView, Standing, Waiting,
};
use crate::domain::hit::Grade;
use crate::domain::id::DocId;
use crate::domain::officer::Officer;
use crate::jobs::Lane;
use crate::locale::Message;
use crate::reference::import::Mapping;
use crate::store::{Head, Status};

use super::screen::card::{Card, Trial};
use super::screen::compare::CompareView;
use super::screen::identify::{IdentifyQuery, IdentifyView};
use super::screen::import::{FolderAnswer, ImportOrder, Imported, ListChoice, Looked};
use super::screen::reference::{ReferenceAnswer, ReferenceQuery};

/// One thing to ask of the desk.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// What waits and what was done lately; so many lines of the latter.
    Home(usize),
    /// Check a number and leave the proof.
    Check(CheckQuery),
    /// How many candidates there would be, as one types.
    Glimpse(CheckQuery),
    /// The proof of an earlier check, by its number; `record` is the candidate to select.
    Proof {
        /// The check's number.
        check: String,
        /// The candidate to select.
        record: Option<DocId>,
    },
    /// The check that found a hit, with its candidate selected; by the hit's identifier.
    Hit(String),
    /// What was exported, by the identifier of its entry.
    Exported(String),
    /// How the candidates of a check stand now, by the check's number.
    Standings(String),
    /// What to do after a check, and where a trace would begin.
    Next {
        /// The check's number.
        check: String,
        /// The candidate that is selected.
        record: Option<DocId>,
    },
    /// The hits that wait for a decision.
    Hits,
    /// Confirm or reject a candidate of a check.
    Decide {
        /// The check's number.
        check: String,
        /// The candidate's record.
        record: DocId,
        /// Whether the marks agree.
        confirm: bool,
        /// What was compared and seen.
        reason: String,
    },
    /// Rows of the list of records.
    Records(RecordsQuery),
    /// Entries of the reference table that answer a text.
    Reference(ReferenceQuery),
    /// One entry of the reference table, whole.
    Card(String),
    /// A serial number tried on an entry of the reference table.
    TrySerial {
        /// The entry.
        entry: String,
        /// The number, as typed.
        serial: String,
    },
    /// Entries of the reference table side by side.
    Compare(Vec<String>),
    /// What answers leave, for one who does not know what he holds.
    Identify(IdentifyQuery),
    /// What a typed path may go on with.
    Folder(String),
    /// What an import of this list would do.
    PreviewList(ListChoice),
    /// The columns of this file, with what each says or probably says.
    Columns(PathBuf),
    /// Keep a mapping for next time.
    SaveMapping {
        /// Its name.
        name: String,
        /// The mapping.
        mapping: Mapping,
    },
    /// Bring a list in beside the reference table.
    Import(ImportOrder),
    /// The editions beside the reference table.
    Editions,
    /// Take an edition away.
    RemoveEdition {
        /// Its name.
        name: String,
        /// Why.
        reason: String,
    },
    /// One record, by number or identifier.
    Record(String),
    /// Something done to a record.
    Act {
        /// The record's number.
        record: String,
        /// What is done.
        what: RecordAct,
        /// Why.
        reason: String,
    },
    /// Entries of the journal, by their numbers.
    Journal(Range<u64>),
    /// The drafts there are.
    Drafts,
    /// What a form asks.
    Form(FormTask),
}

/// What to do after a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextSteps {
    /// What the answer asks for.
    pub advice: Vec<Advice>,
    /// Whom to ask where the firearm was made, imported and used.
    pub trace: Vec<Advice>,
}

/// What is done to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordAct {
    /// This second officer approves it.
    Approve(Officer),
    /// It was entered in error.
    Cancel,
    /// The firearm was found by another agency.
    Locate,
    /// The firearm was found and the case is over.
    Close(Closing),
    /// It is kept for a further period, to be looked at again on this day.
    Extend(Date),
}

/// Which rows of the list of records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordsQuery {
    /// The filter, in the query language.
    pub filter: String,
    /// The column it is sorted by.
    pub sort: Sort,
    /// The rows, from 0.
    pub rows: Range<u64>,
}

/// The order of the list of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// By number.
    Number,
    /// By make.
    Make,
    /// By the day of the event, the latest first.
    Event,
    /// Best match first.
    Relevance,
}

/// An answer of the desk.
#[derive(Debug, Clone, PartialEq)]
pub enum Loaded {
    /// For Home.
    Home {
        /// What waits.
        waiting: Vec<Waiting>,
        /// What was done lately.
        lately: Vec<Lately>,
        /// How far the journal is.
        status: Status,
    },
    /// A check was made, and its proof is in the journal.
    Check(Box<CheckReport>),
    /// How many candidates of each grade.
    Glimpse(Vec<(Grade, usize)>),
    /// The proof of an earlier check.
    Proof {
        /// The proof.
        proof: Box<CheckProof>,
        /// The candidate to select.
        record: Option<DocId>,
        /// What to do next.
        advice: Vec<Advice>,
    },
    /// What was exported.
    Exported(Box<Exported>),
    /// How the candidates of a check stand now.
    Standings {
        /// The check's number.
        check: String,
        /// In the order of the candidates.
        standings: Vec<Standing>,
    },
    /// What to do after a check.
    Next(NextSteps),
    /// The hits that wait.
    Hits(Vec<Hit>),
    /// A hit was decided.
    Decided(Box<Hit>),
    /// Rows of the list of records.
    Records {
        /// What was asked.
        query: RecordsQuery,
        /// How many there are in all.
        total: u64,
        /// The rows from the first of those asked.
        rows: Vec<RecordRow>,
        /// What of the filter was not understood.
        faults: Vec<Message>,
        /// Journal entries that the index does not contain yet.
        behind: u64,
        /// How long it took.
        took: Duration,
    },
    /// Entries of the reference table.
    Reference(Box<ReferenceAnswer>),
    /// One entry of the reference table.
    Card(Box<Card>),
    /// Entries side by side.
    Compare(Box<CompareView>),
    /// What answers leave.
    Identify(Box<IdentifyView>),
    /// What a typed path may go on with.
    Folder(FolderAnswer),
    /// What an import would do.
    PreviewList(Box<Looked>),
    /// The columns of a list.
    Columns(Box<ListLook>),
    /// A mapping was kept; its name.
    MappingSaved(String),
    /// A list is beside the reference table.
    Imported(Box<Imported>),
    /// The editions beside the reference table.
    Editions(Vec<EditionInfo>),
    /// An edition was taken away; its name.
    EditionRemoved(String),
    /// What a number says on an entry.
    Tried {
        /// The entry.
        entry: String,
        /// What it says.
        trial: Box<Trial>,
    },
    /// One record.
    Record(Box<RecordView>),
    /// A record was changed; its number.
    Acted {
        /// The record's number.
        record: String,
        /// What was done.
        what: RecordAct,
    },
    /// Entries of the journal.
    Journal {
        /// The number of the last entry there is.
        last: u64,
        /// The number of the first of those that follow.
        first: u64,
        /// The entries.
        heads: Vec<Head>,
    },
    /// The drafts there are.
    Drafts(Vec<DraftInfo>),
    /// For a form.
    Form(FormAnswer),
}

impl Task {
    /// How it stands to other jobs: what writes is ordered, what only looks is replaced by the newest of its kind.
    pub const fn lane(&self) -> Lane {
        match self {
            Self::Check(_)
            | Self::Decide { .. }
            | Self::Act { .. }
            | Self::RemoveEdition { .. }
            | Self::SaveMapping { .. } => Lane::Ordered,
            Self::Form(task) => task.lane(),
            Self::Home(_) => Lane::Newest("home"),
            Self::Glimpse(_) => Lane::Newest("glimpse"),
            Self::Proof { .. } | Self::Hit(_) => Lane::Newest("proof"),
            Self::Exported(_) => Lane::Newest("exported"),
            Self::Standings(_) => Lane::Newest("standings"),
            Self::Next { .. } => Lane::Newest("next"),
            Self::Hits => Lane::Newest("hits"),
            Self::Records(_) => Lane::Newest("records"),
            Self::Record(_) => Lane::Newest("record"),
            Self::Reference(_) => Lane::Newest("reference"),
            Self::Card(_) => Lane::Newest("card"),
            Self::Compare(_) => Lane::Newest("compare"),
            Self::Identify(_) => Lane::Newest("identify"),
            Self::Folder(_) => Lane::Newest("folder"),
            Self::PreviewList(_) | Self::Columns(_) => Lane::Newest("import-preview"),
            // It writes, but only its last step keeps others from writing, and the desk sees to that.
            Self::Import(_) => Lane::Free,
            Self::Editions => Lane::Newest("editions"),
            Self::TrySerial { .. } => Lane::Newest("try-serial"),
            Self::Journal(_) => Lane::Newest("journal"),
            Self::Drafts => Lane::Newest("drafts"),
        }
    }

    /// The key of its name, for the Jobs screen.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Home(_) => "job-home",
            Self::Check(_) => "job-check",
            Self::Glimpse(_) => "job-glimpse",
            Self::Proof { .. } | Self::Hit(_) => "job-proof",
            Self::Exported(_) => "job-exported",
            Self::Standings(_) => "job-standings",
            Self::Next { .. } => "job-next",
            Self::Hits => "job-hits",
            Self::Decide { .. } => "job-decide",
            Self::Records(_) => "job-records",
            Self::Record(_) => "job-record",
            Self::Reference(_) => "job-reference",
            Self::Card(_) => "job-card",
            Self::Compare(_) => "job-compare",
            Self::Identify(_) => "job-identify",
            Self::Folder(_) => "job-folder",
            Self::PreviewList(_) | Self::Columns(_) => "job-import-preview",
            Self::SaveMapping { .. } => "job-save-mapping",
            Self::Import(_) => "job-import",
            Self::Editions => "job-editions",
            Self::RemoveEdition { .. } => "job-remove-edition",
            Self::TrySerial { .. } => "job-try-serial",
            Self::Act { .. } => "job-act",
            Self::Journal(_) => "job-journal",
            Self::Drafts => "job-drafts",
            Self::Form(task) => task.name(),
        }
    }
}

impl RecordAct {
    /// Its name in the keys of the locale.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Approve(_) => "approve",
            Self::Cancel => "cancel",
            Self::Locate => "locate",
            Self::Close(_) => "close",
            Self::Extend(_) => "extend",
        }
    }
}

impl Sort {
    /// Its name in the keys of the locale.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Number => "number",
            Self::Make => "make",
            Self::Event => "event",
            Self::Relevance => "relevance",
        }
    }
}
