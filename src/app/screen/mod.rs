//! The screens: what each of them holds. How they look is `ui::screen`, what keys do is `commands`.

pub mod card;
pub mod check;
pub mod compare;
pub mod form;
pub mod help;
pub mod home;
pub mod identify;
pub mod import;
pub mod journal;
pub mod mapping;
pub mod record;
pub mod records;
pub mod reference;

/// Which screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScreenId {
    /// What waits, and what was done lately.
    Home,
    /// The reference table.
    Reference,
    /// One entry of the reference table.
    Card,
    /// Entries of the reference table side by side.
    CompareEntries,
    /// Questions for one who does not know what he holds.
    Identify,
    /// Lists beside the reference table.
    Import,
    /// What the columns of a list say.
    Mapping,
    /// The list of records.
    Records,
    /// One record.
    Record,
    /// Is it recorded anywhere?
    Check,
    /// Everything that was done.
    Journal,
    /// What runs in the background.
    Jobs,
    /// Every command and its keys.
    Help,
    /// A form that is filled in.
    Form,
}

impl ScreenId {
    /// All, in the order of the keys that lead there.
    pub const ALL: [Self; 14] = [
        Self::Home,
        Self::Reference,
        Self::Card,
        Self::CompareEntries,
        Self::Identify,
        Self::Import,
        Self::Mapping,
        Self::Records,
        Self::Record,
        Self::Check,
        Self::Journal,
        Self::Jobs,
        Self::Help,
        Self::Form,
    ];

    /// Its name in keymap files and in the keys of the locale.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Reference => "reference",
            Self::Card => "card",
            Self::CompareEntries => "compare-entries",
            Self::Identify => "identify",
            Self::Import => "import",
            Self::Mapping => "mapping",
            Self::Records => "records",
            Self::Record => "record",
            Self::Check => "check",
            Self::Journal => "journal",
            Self::Jobs => "jobs",
            Self::Help => "help",
            Self::Form => "form",
        }
    }

    /// The screen of a name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|screen| screen.id() == id)
    }
}
