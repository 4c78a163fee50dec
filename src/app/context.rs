//! Where a key is pressed: the context decides which part of the keymap speaks.

use super::screen::ScreenId;

/// A part of the keymap. The file's section of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere, asked last.
    Global,
    /// A list of rows with one selected.
    List,
    /// A line of text that searches or filters as it is typed.
    Search,
    /// A form with fields.
    Form,
    /// A text or card that is read.
    Viewer,
    /// Two pictures side by side.
    Compare,
    /// A map.
    Map,
    /// A box above the screen that asks for a decision.
    Popup,
}

impl Context {
    /// All, in the order of the help page.
    pub const ALL: [Self; 8] = [
        Self::Global,
        Self::List,
        Self::Search,
        Self::Form,
        Self::Viewer,
        Self::Compare,
        Self::Map,
        Self::Popup,
    ];

    /// The section's name in a keymap file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List => "list",
            Self::Search => "search",
            Self::Form => "form",
            Self::Viewer => "viewer",
            Self::Compare => "compare",
            Self::Map => "map",
            Self::Popup => "popup",
        }
    }

    /// The context of a section's name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.id() == id)
    }

    /// Whether a key that types a character is text here unless it is bound.
    pub const fn takes_text(self) -> bool {
        matches!(self, Self::Search | Self::Form)
    }
}

/// A context on a screen: `list` on the check screen is asked as `list.check`, then `list`, then `global`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The context.
    pub context: Context,
    /// The screen that refines it; `None` for all.
    pub screen: Option<ScreenId>,
}

impl Place {
    /// The sections that are asked for a key pressed here, the most particular first.
    ///
    /// A popup asks no further than itself and the few global keys that its own section does not shadow.
    pub fn sections(self) -> Vec<Self> {
        let whole = Self { screen: None, ..self };
        let global = Self { context: Context::Global, screen: None };
        let mut sections = vec![self];
        for section in [whole, global] {
            if !sections.contains(&section) {
                sections.push(section);
            }
        }
        sections
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.screen {
            Some(screen) => write!(f, "{}.{}", self.context.id(), screen.id()),
            None => f.write_str(self.context.id()),
        }
    }
}
