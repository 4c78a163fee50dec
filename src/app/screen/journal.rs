//! Journal: every entry, newest first.

use crate::app::rows::Rows;
use crate::store::Head;

/// What Journal holds. Row 0 is the newest entry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journal {
    /// The entries near what is seen.
    pub rows: Rows<Head>,
    /// The number of the newest entry.
    pub last: u64,
}

impl Journal {
    /// Entries that have arrived, oldest first as the journal keeps them.
    pub fn fill(&mut self, last: u64, first: u64, mut heads: Vec<Head>) {
        heads.reverse();
        self.last = last;
        let newest = (first + heads.len() as u64).saturating_sub(1);
        self.rows.fill(last, last.saturating_sub(newest), heads);
    }

    /// The numbers of the entries that should be asked for.
    pub fn wanted(&self) -> std::ops::Range<u64> {
        let window = self.rows.window();
        let last = self.last.max(1);
        let newest = last.saturating_sub(window.start);
        let oldest = (last + 1).saturating_sub(window.end).max(1);
        oldest..newest + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newest_entries_are_the_first_rows() {
        let mut journal = Journal { last: 100, ..Journal::default() };
        journal.rows.set_height(10);
        assert_eq!(journal.wanted(), 81..101);
        journal.rows.fill(100, 0, Vec::new());
        journal.rows.select(99);
        assert_eq!(journal.wanted().start, 1);
    }
}
