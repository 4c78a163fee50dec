//! A list of any length of which only a window is held: two million rows cost what three pages cost.

use std::ops::Range;

/// The rows of a list near what is seen, and what is selected.
///
/// The selection moves at once; rows that are not here yet are asked for by [`Rows::wanted`] and drawn when they come.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows<T> {
    total: u64,
    first: u64,
    held: Vec<T>,
    selected: u64,
    top: u64,
    height: u64,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { total: 0, first: 0, held: Vec::new(), selected: 0, top: 0, height: 1 }
    }
}

impl<T> Rows<T> {
    /// A list that is here whole.
    pub fn whole(rows: Vec<T>) -> Self {
        Self { total: rows.len() as u64, held: rows, ..Self::default() }
    }

    /// Replaces the rows by others of the same list, and keeps the selection where it can.
    pub fn replace(&mut self, rows: Vec<T>) {
        self.fill(rows.len() as u64, 0, rows);
    }

    /// Takes a window that has arrived: how many rows there are in all, and those from `first` on.
    pub fn fill(&mut self, total: u64, first: u64, rows: Vec<T>) {
        self.total = total;
        self.first = first;
        self.held = rows;
        self.selected = self.selected.min(total.saturating_sub(1));
        self.follow();
    }

    /// Back to the first row, as after a new query.
    pub fn rewind(&mut self) {
        self.selected = 0;
        self.top = 0;
    }

    /// How many rows there are in all.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Which row is selected, from 0.
    pub fn selected_at(&self) -> u64 {
        self.selected
    }

    /// The selected row, where it is here.
    pub fn selected(&self) -> Option<&T> {
        self.get(self.selected)
    }

    /// A row by its place, where it is here.
    pub fn get(&self, at: u64) -> Option<&T> {
        at.checked_sub(self.first).and_then(|at| self.held.get(at as usize))
    }

    /// The rows that are seen: place and row, `None` where it has not come yet.
    pub fn seen(&self) -> impl Iterator<Item = (u64, Option<&T>)> {
        (self.top..self.total.min(self.top + self.height)).map(|at| (at, self.get(at)))
    }

    /// How many rows are seen at once. It may change with the terminal.
    pub fn set_height(&mut self, height: u16) {
        self.height = u64::from(height.max(1));
        self.follow();
    }

    /// The window that should be asked for: what is seen with a page around it, `None` where what is seen is here.
    pub fn wanted(&self) -> Option<Range<u64>> {
        let seen = self.top..self.total.min(self.top + self.height);
        let here = self.first..self.first + self.held.len() as u64;
        if seen.is_empty() || (here.start <= seen.start && seen.end <= here.end) {
            return None;
        }
        Some(self.window())
    }

    /// What is seen with a page before and after it, whether it is here or not.
    pub fn window(&self) -> Range<u64> {
        self.top.saturating_sub(self.height)..self.top + 2 * self.height
    }

    /// Moves the selection by rows.
    pub fn move_by(&mut self, rows: i64) {
        let last = self.total.saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(rows).min(last);
        self.follow();
    }

    /// Moves the selection by pages.
    pub fn move_pages(&mut self, pages: i64) {
        self.move_by(pages.saturating_mul(self.height as i64));
    }

    /// Selects a row.
    pub fn select(&mut self, at: u64) {
        self.selected = at.min(self.total.saturating_sub(1));
        self.follow();
    }

    /// Keeps the selection in sight. It jumps half a page at the edge: each scroll by one line would repaint the whole list,
    /// which over a slow line costs as much as the half page.
    fn follow(&mut self) {
        let half = self.height / 2;
        let highest = self.total.saturating_sub(self.height);
        if self.selected < self.top {
            self.top = self.selected.saturating_sub(half);
        } else if self.selected >= self.top + self.height {
            self.top = (self.selected + 1 + half).saturating_sub(self.height);
        }
        self.top = self.top.min(highest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_within_the_page_does_not_scroll_and_the_edge_jumps_half_a_page() {
        let mut rows = Rows::whole((0..100).collect());
        rows.set_height(10);
        rows.move_by(9);
        assert_eq!(rows.seen().next(), Some((0, Some(&0))));
        rows.move_by(1);
        assert_eq!(rows.seen().next(), Some((6, Some(&6))));
        rows.select(99);
        assert_eq!(rows.seen().next(), Some((90, Some(&90))));
    }

    #[test]
    fn only_the_window_near_what_is_seen_is_asked_for() {
        let mut rows: Rows<u64> = Rows::default();
        rows.set_height(20);
        rows.fill(2_000_000, 0, (0..60).collect());
        assert_eq!(rows.wanted(), None);
        rows.select(1_500_000);
        let wanted = rows.wanted().expect("what is seen is not here");
        assert!(wanted.contains(&1_500_000) && wanted.end - wanted.start <= 60, "{wanted:?}");
        rows.fill(2_000_000, wanted.start, wanted.collect());
        assert_eq!(rows.wanted(), None);
        assert_eq!(rows.selected(), Some(&1_500_000));
    }

    #[test]
    fn a_list_that_becomes_shorter_keeps_a_selection_in_it() {
        let mut rows = Rows::whole(vec![1, 2, 3]);
        rows.select(2);
        rows.replace(vec![1]);
        assert_eq!(rows.selected(), Some(&1));
        rows.replace(Vec::new());
        assert_eq!(rows.selected(), None);
    }
}
