//! Moving the focus. Where a field leaves the screen (its condition no longer holds), the focus settles on what is nearest.

use super::{Draft, Line};
use crate::domain::problem::Severity;
use crate::forms::path::Path;

impl Draft {
    /// To the next field, from the last to the first.
    pub fn focus_next(&mut self) {
        self.step(1);
    }

    /// To the field before, from the first to the last.
    pub fn focus_previous(&mut self) {
        self.step(-1);
    }

    /// To the field at a path; `false` where it is not shown.
    pub fn focus_on(&mut self, path: &Path) -> bool {
        if !self.stops().contains(path) {
            return false;
        }
        self.go(path.clone());
        true
    }

    /// To the next field with a problem that is shown; `false` where there is none.
    pub fn focus_next_problem(&mut self) -> bool {
        let findings = self.findings();
        self.go_to_next(|_, path| !findings.at(path).is_empty())
    }

    /// To the first field with an error that is shown; `false` where there is none.
    pub fn focus_first_error(&mut self) -> bool {
        let findings = self.findings();
        let is_error =
            |path: &Path| findings.at(path).iter().any(|problem| problem.severity == Severity::Error);
        let first = self.stops().into_iter().find(is_error);
        first.is_some_and(|path| self.focus_on(&path))
    }

    /// To the next field that is asked for and empty; `false` where there is none.
    pub fn focus_next_missing(&mut self) -> bool {
        self.go_to_next(|draft, path| draft.is_required(path) && draft.is_blank(path))
    }

    /// To the first field of the next section, from the last to the first.
    pub fn focus_next_section(&mut self) {
        self.jump(|at, count| (at + 1) % count);
    }

    /// To the first field of this section, or where it has the focus already, of the one before.
    pub fn focus_previous_section(&mut self) {
        let starts = self.section_starts();
        let is_at_start = starts.contains(&self.focus);
        self.jump(|at, count| if is_at_start { (at + count - 1) % count } else { at });
    }

    /// To the first field of the section of this number, as shown; `false` where it shows none.
    pub fn focus_section(&mut self, number: usize) -> bool {
        let start = self.sections().into_iter().find(|(shown, _)| *shown == number);
        start.is_some_and(|(_, path)| self.focus_on(&path))
    }

    pub(super) fn settle_focus(&mut self) {
        let stops = self.stops();
        if !stops.contains(&self.focus) {
            let group = self.focus.split_row().map(|(group, _, _)| group);
            let nearest =
                group.filter(|group| stops.contains(group)).or_else(|| self.last_stop_before(&stops));
            self.focus = nearest.or_else(|| stops.first().cloned()).unwrap_or_default();
        }
        self.load_editor();
    }

    /// The last stop that the schema has before the focus.
    fn last_stop_before(&self, stops: &[Path]) -> Option<Path> {
        self.schema.field(&self.focus)?;
        let before = self.schema.fields().filter(|(group, _)| group.is_none()).map(|(_, field)| &field.path);
        let before: Vec<&Path> = before.take_while(|path| **path != self.focus).collect();
        before.into_iter().rev().find(|path| stops.contains(path)).cloned()
    }

    fn go(&mut self, path: Path) {
        self.touched.insert(self.focus.clone());
        self.history.seal();
        self.focus = path;
        self.load_editor();
    }

    fn step(&mut self, by: isize) {
        let stops = self.stops();
        let Some(at) = stops.iter().position(|path| *path == self.focus) else {
            self.settle_focus();
            return;
        };
        let next = (at as isize + by).rem_euclid(stops.len() as isize) as usize;
        self.go(stops[next].clone());
    }

    fn go_to_next(&mut self, wanted: impl Fn(&Self, &Path) -> bool) -> bool {
        let stops = self.stops();
        let at = stops.iter().position(|path| *path == self.focus).unwrap_or(0);
        let after = stops.iter().cycle().skip(at + 1).take(stops.len());
        let Some(found) = after.into_iter().find(|path| wanted(self, path)).cloned() else { return false };
        self.go(found);
        true
    }

    fn jump(&mut self, to: impl Fn(usize, usize) -> usize) {
        let sections = self.section_starts();
        let stops = self.stops();
        let place = |path: &Path| stops.iter().position(|stop| stop == path);
        let here = place(&self.focus);
        let Some(at) = sections.iter().rposition(|start| place(start) <= here) else { return };
        let target = sections[to(at, sections.len())].clone();
        self.go(target);
    }

    fn section_starts(&self) -> Vec<Path> {
        self.sections().into_iter().map(|(_, path)| path).collect()
    }

    /// The number and first field of each section that is shown.
    fn sections(&self) -> Vec<(usize, Path)> {
        let lines = self.lines();
        lines
            .windows(2)
            .filter_map(|pair| match pair {
                [Line::Section { number, .. }, Line::Field { path, .. }] => Some((*number, path.clone())),
                _ => None,
            })
            .collect()
    }
}
