//! Help: every command with its keys, by context. The lines are made from the table of commands when they are drawn.

/// What Help holds: the first line that is seen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Help {
    /// From 0.
    pub top: u16,
}

impl Help {
    /// Moves by lines; drawing stops at the end, so that the last page stays in sight.
    pub fn scroll(&mut self, lines: i64, count: u16, height: u16) {
        let last = count.saturating_sub(height);
        let to = i64::from(self.top) + lines;
        self.top = u16::try_from(to.max(0)).unwrap_or(u16::MAX).min(last);
    }
}
