//! Why the desk would not do it, always with what to do next.

use std::path::PathBuf;

use crate::domain::country::CountryCode;
use crate::domain::lifecycle::NotNow;
use crate::domain::problem::Problem;
use crate::domain::serial::BadPattern;
use crate::store::StoreError;

/// Why the desk would not do it.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Rules stand against it.
    #[error("{} of the record's fields must be mended first; nothing was saved", .0.len())]
    Problems(Vec<Problem>),
    /// There is no such document.
    #[error("there is no `{}` in this workspace: give a number such as ES-2026-000912, or an identifier", printable(.0))]
    NotFound(String),
    /// There is no such entry in the reference table.
    #[error("there is no entry `{}` in the reference table: take an id that `headstamp reference search` prints", printable(.0))]
    NoEntry(String),
    /// There is no such edition beside the reference table.
    #[error("there is no edition `{}`: `headstamp reference editions` lists those there are", printable(.0))]
    NoEdition(String),
    /// There is an edition of this name already.
    #[error(
        "there is an edition `{0}` already: remove it first (headstamp reference editions remove {0} --reason …), or give this one another --name"
    )]
    EditionThere(String),
    /// An edition cannot be read.
    #[error(
        "the edition `{name}` cannot be read ({why}): its entries are missing from the table. Remove it (headstamp reference editions remove {name} --reason …) and import its list again"
    )]
    Edition {
        /// Which.
        name: String,
        /// Why.
        why: String,
    },
    /// A list cannot be imported.
    #[error("{}: {why}; nothing was imported", path.display())]
    List {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The making of the gallery was asked to stop.
    #[error("stopped: the gallery that was there is unchanged")]
    GalleryStopped,
    /// The import was asked to stop.
    #[error("the import was stopped: nothing was imported")]
    Stopped,
    /// The act has no place in the record's life.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// Rule V27.
    #[error(
        "V27: the record belongs to {owner}; only {owner} may change it. Propose the change to its office"
    )]
    NotOwner {
        /// Whose it is.
        owner: CountryCode,
    },
    /// Rule V26.
    #[error("V26: `{0}` entered the record; another officer must approve it")]
    SameOfficer(String),
    /// Every act names why.
    #[error("a {0} is needed: it is kept in the journal with the act")]
    PurposeMissing(&'static str),
    /// The number asked for is not a pattern.
    #[error("the serial `{}` cannot be searched: {fault}", printable(serial))]
    BadSerial {
        /// As typed.
        serial: String,
        /// What is wrong with it.
        fault: BadPattern,
    },
    /// The number asked for holds no letter or digit.
    #[error("the serial `{}` has no letter or digit: type what is stamped, ? for a character that cannot be read", printable(.0))]
    EmptySerial(String),
    /// A hit that has been decided.
    #[error("the hit was {state} by {by} already")]
    Decided {
        /// Confirmed or rejected.
        state: &'static str,
        /// By whom.
        by: String,
    },
    /// A document in the journal is not of the form this version writes.
    #[error(
        "document {id} cannot be read ({fault}): it was written by another version; the journal is unchanged"
    )]
    Unreadable {
        /// Which.
        id: String,
        /// What the reader said.
        fault: String,
    },
    /// A file of the workspace.
    #[error("{what} {}: {source}; {hint}", path.display())]
    File {
        /// What was being done.
        what: &'static str,
        /// To which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
        /// What to do next.
        hint: &'static str,
    },
    /// `workspace.toml` or another settings file is not right.
    #[error("{}: {fault}; mend it, or open another workspace with --workspace", path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its line.
        fault: String,
    },
    /// There is a workspace already, or something else.
    #[error("{} is not empty: choose another folder, or open it with --workspace", .0.display())]
    NotEmpty(PathBuf),
    /// There is no workspace.
    #[error("{} holds no workspace: make one with `headstamp init {}`", .0.display(), .0.display())]
    NoWorkspace(PathBuf),
    /// What was to be written could not be handed on.
    #[error("writing what was asked for: {0}; nothing in the workspace was changed")]
    Output(std::io::Error),
    /// A file that is no exhibit.
    #[error("`{}` cannot be used as an exhibit: {fault}; nothing was kept of it", printable(name))]
    Exhibit {
        /// The file or the exhibit's number.
        name: String,
        /// What is wrong with it, and what helps.
        fault: String,
    },
    /// The kept file of an exhibit is gone or damaged.
    #[error(
        "the kept file of {number} cannot be used ({fault}): enter the original again with `headstamp ballistics add`"
    )]
    ExhibitFile {
        /// The exhibit's number.
        number: String,
        /// What is wrong with it.
        fault: StoreError,
    },
    /// A desk without a folder.
    #[error("this desk keeps no files: open a workspace with --workspace")]
    NoFiles,
    /// The gallery of cartridge cases cannot be made.
    #[error("the gallery {}: {fault}; exhibits and journal are not affected", path.display())]
    Gallery {
        /// Its file.
        path: PathBuf,
        /// What the system said.
        fault: String,
    },
    /// The index of everything recorded cannot be used.
    #[error(
        "the search index cannot be used: {0}. Run `headstamp rebuild`; records and checks are not affected"
    )]
    Index(String),
}

fn printable(text: &str) -> String {
    crate::domain::text::printable(&text.chars().take(80).collect::<String>())
}
