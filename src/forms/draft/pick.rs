//! Picking a choice: the field, and what else its card says.

use std::collections::BTreeSet;

use serde_json::Value;

use super::history::History;
use super::{Draft, Origin};
use crate::domain::text::fold;
use crate::forms::choices::Choice;
use crate::forms::kind::Kind;
use crate::forms::path::Path;
use crate::forms::schema::Source;
use crate::forms::tree;

impl Draft {
    /// Picks a choice for the field with the focus, as one step: sets it, or in a field of many words adds or removes it.
    ///
    /// What else the choice knows fills fields that say nothing or were filled from a card before. What a person typed is never
    /// overwritten; where it differs from the card, the rules will say so. `false` where nothing changed.
    pub fn pick(&mut self, choice: &Choice) -> bool {
        let Some(field) = self.focused_field() else { return false };
        if matches!(field.kind, Kind::Rows { .. }) {
            return false;
        }
        let is_many = field.kind.is_many();
        let from_reference = matches!(field.choices, Some(Source::Reference(_)));
        let focus = self.focus.clone();
        let (mut changes, mut marks, before) = (Vec::new(), self.marks.clone(), self.editor.clone());

        let value = if is_many { self.toggled(&focus, &choice.value) } else { Some(choice.value.clone()) };
        self.put(&mut changes, &mut marks, &focus, value);
        if from_reference && !is_many {
            marks.insert(focus.clone(), Origin::Reference);
        }

        let mut agreed = BTreeSet::from([focus.clone()]);
        for (target, value) in choice.also_set.iter().filter(|(target, _)| *target != focus) {
            let is_field = self.schema.field(target).is_some();
            if is_field && self.may_fill(target, value) {
                let is_same = self.value(target).is_some_and(|current| says_same(current, value));
                if !is_same || self.marks.contains_key(target) {
                    self.put(&mut changes, &mut marks, target, Some(value.clone()));
                    marks.insert(target.clone(), Origin::Card);
                }
                agreed.insert(target.clone());
            }
        }
        for (target, value) in &choice.also_set {
            let holders = self.schema.fields().filter(|(_, field)| field.companions.contains(target));
            if holders.into_iter().any(|(_, field)| agreed.contains(&field.path)) {
                changes.extend(tree::put(&mut self.values, target, Some(value.clone())));
            }
        }
        let changed = self.record(changes, marks, &before, None, false);
        self.load_editor();
        changed
    }

    /// Picks a choice at a field as what the form begins with: there is nothing to take back, and a form that is left as it was opened
    /// leaves no draft behind. The focus goes to the first field that is asked for and still empty.
    pub fn begin_with(&mut self, path: &Path, choice: &Choice) {
        if self.focus_on(path) {
            self.pick(choice);
        }
        self.original = self.values.clone();
        self.history = History::default();
        self.touched.clear();
        self.focus = self.stops().first().cloned().unwrap_or_default();
        if !(self.is_required(&self.focus) && self.is_blank(&self.focus)) {
            self.focus_next_missing();
        }
        self.settle_focus();
        self.touched.clear();
    }

    fn may_fill(&self, target: &Path, value: &Value) -> bool {
        self.is_blank(target)
            || self.marks.contains_key(target)
            || self.value(target).is_some_and(|current| says_same(current, value))
    }

    fn toggled(&self, path: &Path, word: &Value) -> Option<Value> {
        let mut words = self.value(path).and_then(|words| words.as_array()).cloned().unwrap_or_default();
        match words.iter().position(|other| other == word) {
            Some(at) => drop(words.remove(at)),
            None => words.push(word.clone()),
        }
        (!words.is_empty()).then_some(Value::Array(words))
    }
}

/// Whether two values are one name, but for its spelling.
fn says_same(one: &Value, other: &Value) -> bool {
    match (one.as_str(), other.as_str()) {
        (Some(one), Some(other)) => fold(one) == fold(other),
        _ => one == other,
    }
}
