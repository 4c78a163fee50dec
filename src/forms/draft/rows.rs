//! The rows of a group that repeats: added, removed and moved as one step each.

use serde_json::{Map, Value};

use super::{Draft, default_of};
use crate::forms::kind::Kind;
use crate::forms::path::Path;

/// Which way a row moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

impl Draft {
    /// Adds a row with its defaults before row `at` (or at the end) and puts the focus in it. `false` where the path is no group, or
    /// the group is full.
    pub fn insert_row(&mut self, group: &Path, at: usize) -> bool {
        let Some(field) = self.schema.field(group) else { return false };
        let Kind::Rows { fields, max } = &field.kind else { return false };
        let mut rows = self.rows_of(group);
        if rows.len() >= *max {
            return false;
        }
        let mut row = Value::Object(Map::new());
        for field in fields {
            if let Some(value) = default_of(field, &self.context) {
                crate::forms::tree::put(&mut row, &field.path, Some(value.clone()));
            }
        }
        let first = fields.first().map(|field| field.path.clone()).unwrap_or_default();
        let at = at.min(rows.len());
        rows.insert(at, row);
        self.put_rows(group, rows);
        self.focus_on(&group.row(at).join(&first));
        true
    }

    /// Adds a row after the one with the focus, or at the end of the group that has it. `false` where there is none, or it is full.
    pub fn add_row(&mut self) -> bool {
        match self.focus.split_row() {
            Some((group, row, _)) => self.insert_row(&group, row + 1),
            None => self.insert_row(&self.focus.clone(), usize::MAX),
        }
    }

    /// Removes a row. `false` where there is none.
    pub fn remove_row(&mut self, group: &Path, row: usize) -> bool {
        let mut rows = self.rows_of(group);
        if row >= rows.len() {
            return false;
        }
        rows.remove(row);
        self.put_rows(group, rows);
        self.settle_focus();
        true
    }

    /// Removes the row with the focus. `false` where the focus is in none.
    pub fn remove_focused_row(&mut self) -> bool {
        self.focus.split_row().is_some_and(|(group, row, _)| self.remove_row(&group, row))
    }

    /// Moves the row with the focus, which stays in it. `false` where there is no place to move to.
    pub fn move_focused_row(&mut self, direction: Direction) -> bool {
        let Some((group, row, field)) = self.focus.split_row() else { return false };
        let mut rows = self.rows_of(&group);
        let target = match direction {
            Direction::Up => row.checked_sub(1),
            Direction::Down => Some(row + 1).filter(|target| *target < rows.len()),
        };
        let Some(target) = target.filter(|_| row < rows.len()) else { return false };
        rows.swap(row, target);
        self.put_rows(&group, rows);
        self.focus_on(&group.row(target).join(&field));
        true
    }

    fn rows_of(&self, group: &Path) -> Vec<Value> {
        let is_group = self.schema.field(group).is_some_and(|field| matches!(field.kind, Kind::Rows { .. }));
        let rows = self.value(group).and_then(|rows| rows.as_array()).filter(|_| is_group);
        rows.cloned().unwrap_or_default()
    }

    /// Marks of origin are by row number and would point at another row: those of the group go.
    fn put_rows(&mut self, group: &Path, rows: Vec<Value>) {
        let (mut changes, before) = (Vec::new(), self.editor.clone());
        let mut marks = self.marks.clone();
        marks.retain(|path, _| !path.is_within(group));
        let value = (!rows.is_empty()).then_some(Value::Array(rows));
        self.put(&mut changes, &mut marks, group, value);
        self.record(changes, marks, &before, None, false);
        self.touched.retain(|path| path == group || !path.is_within(group));
    }
}
