//! Why the desk would not do it, always with what to do next. The sentences are in `locales/*/errors.ftl`.

use std::path::{Path, PathBuf};

use crate::desk::HitState;
use crate::desk::editions::ListLook;
use crate::domain::country::CountryCode;
use crate::domain::lifecycle::NotNow;
use crate::domain::problem::Problem;
use crate::domain::serial::BadPattern;
use crate::locale::Message;
use crate::store::StoreError;

/// Why the desk would not do it.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
pub enum DeskError {
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Rules stand against it.
    Problems(Vec<Problem>),
    /// There is no such document.
    NotFound(String),
    /// There is no such entry in the reference table.
    NoEntry(String),
    /// There is no such edition beside the reference table.
    NoEdition(String),
    /// There is an edition of this name already.
    EditionThere(String),
    /// An edition cannot be read.
    Edition {
        /// Which.
        name: String,
        /// Why.
        why: String,
    },
    /// A list cannot be imported.
    List {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A list whose headings are of no list that is known.
    UnknownList {
        /// The file.
        path: PathBuf,
        /// What can be done.
        why: String,
        /// Its columns, with what each probably says.
        look: Box<ListLook>,
    },
    /// The making of the gallery was asked to stop.
    GalleryStopped,
    /// The import was asked to stop.
    Stopped,
    /// The act has no place in the record's life.
    NotNow(NotNow),
    /// Rule V27.
    NotOwner {
        /// Whose it is.
        owner: CountryCode,
    },
    /// Rule V26.
    SameOfficer(String),
    /// Every act names why: its `purpose`, `reason` or `case` is missing.
    PurposeMissing(&'static str),
    /// The number asked for is not a pattern.
    BadSerial {
        /// As typed.
        serial: String,
        /// What is wrong with it.
        fault: BadPattern,
    },
    /// The number asked for holds no letter or digit.
    EmptySerial(String),
    /// A hit that has been decided.
    Decided {
        /// Confirmed or rejected.
        state: HitState,
        /// By whom.
        by: String,
    },
    /// A document in the journal is not of the form this version writes.
    Unreadable {
        /// Which.
        id: String,
        /// What the reader said.
        fault: String,
    },
    /// A file of the workspace.
    File {
        /// What was being done: the key of its words, such as `doing-draft-save`.
        what: &'static str,
        /// To which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
        /// What to do next: the key of its words, such as `hint-draft-save`.
        hint: &'static str,
    },
    /// `workspace.toml` or another settings file is not right.
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its line.
        fault: String,
    },
    /// There is a workspace already, or something else.
    NotEmpty(PathBuf),
    /// There is no workspace.
    NoWorkspace(PathBuf),
    /// What was to be written could not be handed on.
    Output(std::io::Error),
    /// A file that is no exhibit.
    Exhibit {
        /// The file or the exhibit's number.
        name: String,
        /// What is wrong with it, and what helps.
        fault: String,
    },
    /// The kept file of an exhibit is gone or damaged.
    ExhibitFile {
        /// The exhibit's number.
        number: String,
        /// What is wrong with it.
        fault: StoreError,
    },
    /// A desk without a folder.
    NoFiles,
    /// The gallery of cartridge cases cannot be made.
    Gallery {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
    /// The index of everything recorded cannot be used.
    Index(String),
}

impl DeskError {
    /// Its sentence, for whoever asked.
    pub fn message(&self) -> Message {
        match self {
            Self::Store(fault) => fault.message(),
            Self::NotNow(fault) => not_now(*fault),
            Self::Problems(problems) => Message::new("error-problems").with("count", problems.len()),
            Self::NotFound(name) => named("error-not-found", name),
            Self::NoEntry(id) => named("error-no-entry", id),
            Self::NoEdition(name) => named("error-no-edition", name),
            Self::EditionThere(name) => named("error-edition-there", name),
            Self::Edition { name, why } => named("error-edition", name).with("why", why.as_str()),
            Self::List { path, why } | Self::UnknownList { path, why, .. } => {
                at("error-list", path).with("why", why.as_str())
            }
            Self::GalleryStopped => Message::new("error-gallery-stopped"),
            Self::Stopped => Message::new("error-import-stopped"),
            Self::NotOwner { owner } => Message::new("error-not-owner").with("owner", owner.to_string()),
            Self::SameOfficer(officer) => {
                Message::new("error-same-officer").with("officer", officer.as_str())
            }
            Self::PurposeMissing(what) => Message::new(format!("error-{what}-missing")),
            Self::BadSerial { serial, fault } => Message::new("error-bad-serial")
                .with("serial", short(serial))
                .with("fault", Message::of(fault.key(), fault.facts()).to_string()),
            Self::EmptySerial(serial) => Message::new("error-empty-serial").with("serial", short(serial)),
            Self::Decided { state, by } => {
                Message::new(format!("error-decided-{state}")).with("by", by.as_str())
            }
            Self::Unreadable { id, fault } => {
                Message::new("error-unreadable").with("id", id.as_str()).with("fault", fault.as_str())
            }
            Self::File { what, path, source, hint } => at("error-file", path)
                .with("what", Message::new(*what).to_string())
                .with("fault", source.to_string())
                .with("hint", Message::new(*hint).to_string()),
            Self::Settings { path, fault } => at("error-settings", path).with("fault", fault.as_str()),
            Self::NotEmpty(path) => at("error-not-empty", path),
            Self::NoWorkspace(path) => at("error-no-workspace", path),
            Self::Output(fault) => Message::new("error-output").with("fault", fault.to_string()),
            Self::Exhibit { name, fault } => named("error-exhibit", name).with("fault", fault.as_str()),
            Self::ExhibitFile { number, fault } => {
                named("error-exhibit-file", number).with("fault", fault.message().to_string())
            }
            Self::NoFiles => Message::new("error-no-files"),
            Self::Gallery { path, fault } => at("error-gallery", path).with("fault", fault.as_str()),
            Self::Index(fault) => Message::new("error-index").with("fault", fault.as_str()),
        }
    }
}

impl From<NotNow> for DeskError {
    fn from(fault: NotNow) -> Self {
        Self::NotNow(fault)
    }
}

fn not_now(fault: NotNow) -> Message {
    let word = |kind: &str, id: &str| Message::new(format!("{kind}-{id}")).to_string();
    Message::new("error-not-now")
        .with("state", word("state", fault.state.id()))
        .with("act", word("act", fault.act.id()))
        .with("hint", Message::new(fault.hint_key()).to_string())
}

fn named(key: &str, name: &str) -> Message {
    Message::new(key).with("name", short(name))
}

fn at(key: &str, path: &Path) -> Message {
    Message::new(key).with("path", path.display().to_string())
}

/// What somebody gave, no longer than a sentence can hold.
fn short(text: &str) -> String {
    text.chars().take(80).collect()
}
