//! The lines of a form as a person sees them: headings, fields that are shown, rows of groups.

use super::{Draft, default_of};
use crate::forms::kind::Kind;
use crate::forms::path::Path;
use crate::forms::schema::{Field, Required, Section};
use crate::forms::tree;

/// One line of the form; a field with many lines of text is one line here.
#[derive(Debug, Clone, PartialEq)]
pub enum Line<'a> {
    /// The heading of a section that has something to show; sections are numbered from one as in the schema.
    Section {
        /// Its number.
        number: usize,
        /// The section.
        section: &'a Section,
    },
    /// A field; the line of a group comes before those of its rows.
    Field {
        /// The field.
        field: &'a Field,
        /// Where its value stands, rows numbered.
        path: Path,
        /// The row it stands in.
        row: Option<RowPlace>,
    },
}

/// Where in a group a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPlace {
    /// The row, from zero.
    pub row: usize,
    /// Whether it is the first shown field of its row.
    pub is_first: bool,
}

impl Draft {
    /// The lines from top to bottom.
    pub fn lines(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        for (at, section) in self.schema.sections.iter().enumerate() {
            let heading = lines.len();
            for field in &section.fields {
                if self.is_shown(field, &field.path, None) {
                    lines.push(Line::Field { field, path: field.path.clone(), row: None });
                    self.push_rows(&mut lines, field);
                }
            }
            if lines.len() > heading {
                lines.insert(heading, Line::Section { number: at + 1, section });
            }
        }
        lines
    }

    /// The paths that can have the focus, from top to bottom.
    pub fn stops(&self) -> Vec<Path> {
        let path = |line| match line {
            Line::Field { path, .. } => Some(path),
            Line::Section { .. } => None,
        };
        self.lines().into_iter().filter_map(path).collect()
    }

    /// How many rows a group has.
    pub fn row_count(&self, group: &Path) -> usize {
        self.value(group).and_then(|rows| rows.as_array()).map_or(0, Vec::len)
    }

    /// Whether the field at a concrete path is asked for now.
    pub fn is_required(&self, path: &Path) -> bool {
        let row = path.split_row().map(|(group, row, _)| group.row(row));
        match self.schema.field(path).map(|field| &field.required) {
            Some(Required::Yes) => true,
            Some(Required::When(condition)) => condition.holds(&self.values, &self.context, row.as_ref()),
            Some(Required::No) | None => false,
        }
    }

    /// Whether a field says nothing.
    pub fn is_blank(&self, path: &Path) -> bool {
        self.value(path).is_none_or(tree::is_blank)
    }

    fn push_rows<'a>(&'a self, lines: &mut Vec<Line<'a>>, group: &'a Field) {
        if !matches!(group.kind, Kind::Rows { .. }) {
            return;
        }
        for row in 0..self.row_count(&group.path) {
            let row_path = group.path.row(row);
            let mut is_first = true;
            for field in group.row_fields() {
                let path = row_path.join(&field.path);
                if self.is_shown(field, &path, Some(&row_path)) {
                    lines.push(Line::Field { field, path, row: Some(RowPlace { row, is_first }) });
                    is_first = false;
                }
            }
        }
    }

    /// What has been said stays in sight: a condition hides only a field that says no more than its default. The field with the focus
    /// does not vanish from under the cursor.
    fn is_shown(&self, field: &Field, path: &Path, row: Option<&Path>) -> bool {
        let Some(condition) = &field.show_when else { return true };
        let says = self.value(path).filter(|value| !tree::is_blank(value));
        *path == self.focus
            || says.is_some_and(|value| default_of(field, &self.context) != Some(value))
            || condition.holds(&self.values, &self.context, row)
    }
}
