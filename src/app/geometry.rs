//! Where the parts of the screen lie, in cells. `update` needs it to scroll by pages, `ui` to draw; both ask here.

/// The terminal's size in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// The smallest size that is drawn; below it the screen only says so.
pub const MINIMUM: Size = Size { width: 60, height: 18 };

impl Size {
    /// Whether the screens can be drawn.
    pub const fn is_enough(self) -> bool {
        self.width >= MINIMUM.width && self.height >= MINIMUM.height
    }
}

/// The rows of the frame that every screen has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The terminal's size.
    pub size: Size,
}

impl Frame {
    /// The first row of the screen's own part: under the header and its rule.
    pub const BODY_TOP: u16 = 2;

    /// How many rows the screen's own part has: all but header, rule, status rule and hints.
    pub const fn body_height(self) -> u16 {
        self.size.height.saturating_sub(4)
    }

    /// The row of the rule that also bears the transient message.
    pub const fn status_row(self) -> u16 {
        self.size.height.saturating_sub(2)
    }

    /// The row of the keys that work now.
    pub const fn hints_row(self) -> u16 {
        self.size.height.saturating_sub(1)
    }
}

/// How many candidates the check screen lists above the reasons of the one that is selected.
pub const fn check_list_height(body: u16) -> u16 {
    // Three lines of question, a rule, the head of the list; then at least eight for the reasons below.
    let room = body.saturating_sub(5 + 8);
    if room < 3 { 3 } else { room }
}

/// The rows above the facts of a comparison: model, make, source and a rule.
pub const COMPARE_HEAD: u16 = 4;

/// How many columns the questions of Identify have; the cards that remain have the rest.
pub const fn identify_width(width: u16) -> u16 {
    let half = width / 2;
    if half > 52 { 52 } else { half }
}

/// How many answers Identify lists: under the question and a line about it, above two lines of other questions.
pub const fn identify_answers_height(body: u16) -> u16 {
    body.saturating_sub(2 + 2 + 2)
}

/// How many lines of what an import would do are seen: all but the last, which says where one is.
pub const fn import_text_height(body: u16) -> u16 {
    body.saturating_sub(1)
}

/// How many columns of a list are seen: under the list, what is needed, a rule and the heads, above the line about the selected one.
pub const fn mapping_list_height(body: u16) -> u16 {
    body.saturating_sub(4 + 2)
}

/// How many entries the reference screen lists above the counts of the filters.
pub const fn reference_list_height(body: u16) -> u16 {
    // The line that is typed, its rule, the line of the serial number and the counts below.
    body.saturating_sub(2 + 1 + reference_counts_height(body))
}

/// How many rows the counts of the filters take: one band of them, or two where there is room.
pub const fn reference_counts_height(body: u16) -> u16 {
    if body < 30 { 4 } else { 10 }
}
