//! What each part of a screen looks like, by dotted scopes. Read from TOML files by [`load`].
//!
//! A scope that a theme does not name falls back to its beginning (`grade.exact` to `grade`, then to `text`). No meaning rests on
//! colour alone: the screens add a mark, and the focus is always reversed.

mod load;

pub use load::{PRESETS, ThemeFault, load};

/// A colour that a terminal can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// One of the sixteen that the terminal's owner has chosen.
    Ansi(u8),
    /// One of the 256.
    Indexed(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// How a piece of text looks. What is `None` or false is left to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is an attribute of the terminal, and all combine")]
pub struct Look {
    /// The colour of the letters.
    pub fg: Option<Colour>,
    /// The colour behind them.
    pub bg: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underlined: bool,
    /// Letters and background exchanged.
    pub reversed: bool,
}

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident = $id:literal),+ $(,)?) => {
        /// A part of a screen that a theme may give a look.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Scope { $($(#[$doc])* $name),+ }

        impl Scope {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name in a theme file.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }
        }
    };
}

scopes! {
    /// Ordinary text.
    Text = "text",
    /// What matters less.
    Muted = "text.muted",
    /// A heading or the name of a column.
    Heading = "text.heading",
    /// The header line.
    Header = "header",
    /// The screen's name in it.
    HeaderScreen = "header.screen",
    /// The word that says that this is a demonstration.
    Demo = "header.demo",
    /// Lines between parts.
    Rule = "rule",
    /// The row or field that has the focus.
    Focus = "focus",
    /// A line of text that is being typed.
    Input = "input",
    /// A key in the line of hints.
    Key = "key",
    /// What the key does.
    KeyLabel = "key.label",
    /// A fault.
    Error = "message.error",
    /// A warning.
    Warning = "message.warning",
    /// A success.
    Good = "message.good",
    /// Something to know.
    Info = "message.info",
    /// Grade EXACT.
    GradeExact = "grade.exact",
    /// Grade STRONG.
    GradeStrong = "grade.strong",
    /// Grade POSSIBLE.
    GradePossible = "grade.possible",
    /// Grade PATTERN.
    GradePattern = "grade.pattern",
    /// A popup's inside.
    Popup = "popup",
    /// A popup's title.
    PopupTitle = "popup.title",
    /// A deadline that is near.
    Deadline = "deadline",
    /// What the search found in a text.
    Match = "match",
}

/// A theme: a look for each scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    looks: Vec<Look>,
    colourless: bool,
}

impl Theme {
    /// The look of a scope.
    pub fn look(&self, scope: Scope) -> Look {
        let look = self.looks.get(scope as usize).copied().unwrap_or_default();
        if self.colourless { Look { fg: None, bg: None, ..look } } else { look }
    }

    /// The same without any colour, as `NO_COLOR` asks.
    #[must_use]
    pub fn without_colour(self) -> Self {
        Self { colourless: true, ..self }
    }
}
