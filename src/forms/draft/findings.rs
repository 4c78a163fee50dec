//! What is wrong where: the engine's own findings (what does not read, what is asked for and empty) and the rules' from outside.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Draft;
use crate::domain::problem::{Problem, Severity};
use crate::forms::path::Path;
use crate::forms::tree;

/// The problems that are shown, by the field beside which they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    by_field: BTreeMap<Path, Vec<Problem>>,
    /// Problems of no field that is shown.
    pub of_the_form: Vec<Problem>,
}

impl Findings {
    /// The problems beside a field, errors first.
    pub fn at(&self, path: &Path) -> &[Problem] {
        self.by_field.get(path).map_or(&[], Vec::as_slice)
    }

    /// How many fields and findings of the whole form are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.all().filter(|problem| problem.severity == severity).count()
    }

    /// How many problems stand beside fields that `within` takes.
    pub fn count_where(&self, within: impl Fn(&Path) -> bool) -> usize {
        self.by_field.iter().filter(|(path, _)| within(path)).map(|(_, problems)| problems.len()).sum()
    }

    /// Every problem shown.
    pub fn all(&self) -> impl Iterator<Item = &Problem> {
        self.by_field.values().flatten().chain(&self.of_the_form)
    }
}

impl Draft {
    /// Takes the findings of the rules in place of those attached before.
    pub fn attach(&mut self, problems: Vec<Problem>) {
        self.attached = problems;
    }

    /// From now on every problem is shown, also beside fields that had no focus yet: a save was tried.
    pub fn insist(&mut self) {
        self.insisted = true;
        self.touched.insert(self.focus.clone());
    }

    /// The problems to show now. Before a save is tried, a field that had no focus yet is left in peace, except for what does not read.
    pub fn findings(&self) -> Findings {
        let stops = self.stops();
        let mut findings = Findings::default();
        for problem in self.unreadable() {
            findings.place(self, &stops, problem);
        }
        for problem in &self.attached {
            let at = self.field_of(&stops, &problem.path);
            if self.insisted || at.is_none_or(|path| self.touched.contains(&path)) {
                findings.place(self, &stops, problem.clone());
            }
        }
        for problem in self.missing() {
            let path = self.field_of(&stops, &problem.path);
            let is_due = path.is_some_and(|path| {
                findings.at(&path).is_empty()
                    && (self.insisted || self.touched.contains(&path) && path != self.focus)
            });
            if is_due {
                findings.place(self, &stops, problem);
            }
        }
        for problems in findings.by_field.values_mut() {
            problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        }
        findings
    }

    /// The values for the rules to look at while the form is filled in: what does not read is left out, rows keep their numbers.
    pub fn readable(&self) -> Value {
        let mut values = self.values.clone();
        for problem in self.unreadable() {
            if let Ok(path) = problem.path.parse() {
                tree::put(&mut values, &path, None);
            }
        }
        without_blanks(&values)
    }

    /// The values to save, without what says nothing. Where the engine itself finds an error, the number of such errors: all are then
    /// shown and the focus is on the first error.
    pub fn finish(&mut self) -> Result<Value, usize> {
        self.insist();
        let errors = self.unreadable().len() + self.missing().len();
        if errors == 0 {
            return Ok(tree::pruned(&self.values));
        }
        self.focus_first_error();
        Err(errors)
    }

    /// Every value that does not read as its field's kind.
    fn unreadable(&self) -> Vec<Problem> {
        self.places()
            .into_iter()
            .filter_map(|path| {
                let field = self.schema.field(&path)?;
                let fault = field.kind.fault(self.value(&path)?, field.choices.as_ref())?;
                let problem = Problem::error("format", path.to_string(), fault.detail);
                Some(
                    fault.facts.into_iter().fold(problem, |problem, (name, value)| problem.with(name, value)),
                )
            })
            .collect()
    }

    /// Every field that is shown, asked for and empty.
    fn missing(&self) -> Vec<Problem> {
        let stops = self.stops();
        let empty = stops.iter().filter(|path| self.is_required(path) && self.is_blank(path));
        empty.map(|path| Problem::error("required", path.to_string(), "")).collect()
    }

    /// Every place of the schema's fields, hidden ones included, rows numbered.
    fn places(&self) -> Vec<Path> {
        let place = |(group, field): (Option<&Path>, &crate::forms::schema::Field)| match group {
            None => vec![field.path.clone()],
            Some(group) => (0..self.row_count(group)).map(|row| group.row(row).join(&field.path)).collect(),
        };
        self.schema.fields().flat_map(place).collect()
    }

    /// The stop beside which a problem at this path stands: the field itself, the first one below it, the one that holds it, or the
    /// one whose companion it is.
    fn field_of(&self, stops: &[Path], path: &str) -> Option<Path> {
        let path: Path = path.parse().ok()?;
        let exact = stops.iter().find(|stop| **stop == path);
        let holder =
            || stops.iter().filter(|stop| path.is_within(stop)).max_by_key(|stop| stop.steps().len());
        let below = || stops.iter().find(|stop| stop.is_within(&path));
        let companion = || {
            let (_, field) = self.schema.fields().find(|(_, field)| field.companions.contains(&path))?;
            stops.iter().find(|stop| **stop == field.path)
        };
        exact.or_else(below).or_else(holder).or_else(companion).cloned()
    }
}

impl Findings {
    fn place(&mut self, draft: &Draft, stops: &[Path], problem: Problem) {
        match draft.field_of(stops, &problem.path) {
            Some(path) => self.by_field.entry(path).or_default().push(problem),
            None => self.of_the_form.push(problem),
        }
    }
}

/// Without fields that say nothing; rows stay, so that a problem's row number is the form's.
fn without_blanks(value: &Value) -> Value {
    match value {
        Value::Array(rows) => rows.iter().map(without_blanks).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| {
                !tree::is_blank(value) || value.as_array().is_some_and(|rows| !rows.is_empty())
            })
            .map(|(key, value)| (key.clone(), without_blanks(value)))
            .collect(),
        plain => plain.clone(),
    }
}
