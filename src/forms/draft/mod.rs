//! What a person has filled in so far: values, focus, marks of origin, history and findings.
//!
//! The values are one JSON tree. A value that does not read as its field's kind stands in the tree as the text typed, so nothing
//! typed is ever dropped. The draft holds no rules: the desk's problems are attached from outside. Called by the screens and by the
//! view that draws it.

mod file;
mod findings;
mod history;
mod lines;
mod navigate;
mod pick;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value};

pub use file::{Note, RestoreError};
pub use findings::Findings;
pub use history::{Marks, Origin};
pub use lines::{Line, RowPlace};
pub use rows::Direction;

use super::editor::{Edit, Editor, Lines, Outcome, Refusal};
use super::kind::Kind;
use super::path::Path;
use super::schema::{self, Context, Field, Schema};
use super::tree::{self, Change};
use crate::domain::problem::Problem;
use history::{History, Run, Step};

/// A form being filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    schema: Arc<Schema>,
    context: Context,
    values: Value,
    /// What the form began with: the defaults, or the record as it stands.
    original: Value,
    marks: Marks,
    focus: Path,
    editor: Editor,
    history: History,
    attached: Vec<Problem>,
    /// Fields that had the focus: their problems are shown before a save is tried.
    touched: BTreeSet<Path>,
    /// Whether all problems are shown.
    insisted: bool,
    /// Values of a restored draft that this form has no field for, by path.
    kept: BTreeMap<String, Value>,
    /// What the screen wants to find again with the draft: the record that is amended, and the revision that was read.
    about: BTreeMap<String, String>,
}

/// A field whose value is no longer what the form began with.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference<'a> {
    /// The field.
    pub field: &'a Field,
    /// What the form began with.
    pub old: Option<&'a Value>,
    /// What it says now.
    pub new: Option<&'a Value>,
}

impl Draft {
    /// An empty form with its defaults.
    pub fn new(schema: Arc<Schema>, context: Context) -> Self {
        let mut values = Value::Object(Map::new());
        for (group, field) in schema.fields() {
            if let (None, Some(value)) = (group, default_of(field, &context)) {
                tree::put(&mut values, &field.path, Some(value.clone()));
            }
        }
        Self::over(schema, context, values)
    }

    /// A form over what is recorded already; what the schema has no field for stays in the values untouched.
    pub fn amending(schema: Arc<Schema>, recorded: Value, context: Context) -> Self {
        let mut draft = Self::over(schema, context, recorded);
        draft.insisted = true;
        draft
    }

    /// Its schema.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// What the screen told it.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// All values, those included that do not read.
    pub fn values(&self) -> &Value {
        &self.values
    }

    /// The value at a place.
    pub fn value(&self, path: &Path) -> Option<&Value> {
        tree::get(&self.values, path)
    }

    /// What stood at a place when the form began.
    pub fn original(&self, path: &Path) -> Option<&Value> {
        tree::get(&self.original, path)
    }

    /// Where the value of a field came from; `None` where it was typed.
    pub fn origin(&self, path: &Path) -> Option<Origin> {
        self.marks.get(path).copied()
    }

    /// The field with the focus; a group that repeats has it as a whole on its own line.
    pub fn focus(&self) -> &Path {
        &self.focus
    }

    /// The schema's word on the field with the focus.
    pub fn focused_field(&self) -> Option<&Field> {
        self.schema.field(&self.focus)
    }

    /// The text being edited, with its cursor. It is empty for a field that is chosen.
    pub fn editor(&self) -> &Editor {
        &self.editor
    }

    /// Whether anything differs from what the form began with.
    pub fn is_dirty(&self) -> bool {
        tree::pruned(&self.values) != tree::pruned(&self.original)
    }

    /// Values of a restored draft that this form has no field for; they stay in the draft and are not delivered.
    pub fn kept_aside(&self) -> &BTreeMap<String, Value> {
        &self.kept
    }

    /// What the screen noted with the draft.
    pub fn about(&self, name: &str) -> Option<&str> {
        self.about.get(name).map(String::as_str)
    }

    /// Notes something with the draft that is no field: the record that is amended, the revision that was read.
    pub fn note(&mut self, name: &str, value: &str) {
        self.about.insert(name.to_owned(), value.to_owned());
    }

    /// What differs from what the form began with, field by field, a group that repeats as a whole.
    pub fn differences(&self) -> Vec<Difference<'_>> {
        let top = self.schema.fields().filter(|(group, _)| group.is_none());
        top.filter_map(|(_, field)| {
            let (old, new) = (self.original(&field.path), self.value(&field.path));
            let said = |value: Option<&Value>| value.filter(|value| !tree::is_blank(value)).map(tree::pruned);
            (said(old) != said(new)).then_some(Difference { field, old, new })
        })
        .collect()
    }

    /// Performs a command of text editing in the field with the focus.
    pub fn edit(&mut self, edit: &Edit) -> Outcome {
        let Some(field) = self.focused_field().filter(|field| field.kind.is_typed()) else {
            return Outcome::Refused(Refusal::NotText);
        };
        let kind = field.kind.clone();
        let before = self.editor.clone();
        let outcome = self.editor.apply(edit);
        match outcome {
            Outcome::Changed => {
                let focus = self.focus.clone();
                let mut changes = Vec::new();
                let mut marks = self.marks.clone();
                self.put(&mut changes, &mut marks, &focus, kind.read(self.editor.text()));
                let begins_word = match edit {
                    Edit::Insert(c) => {
                        !c.is_whitespace() && before.text()[..before.cursor()].ends_with(char::is_whitespace)
                    }
                    _ => false,
                };
                self.record(changes, marks, &before, run_of(edit), begins_word);
            }
            Outcome::Moved => self.history.seal(),
            Outcome::Nothing | Outcome::Refused(_) => {}
        }
        outcome
    }

    /// Sets the value at a field, or removes it with `None`, as one step. `false` where nothing changed, there is no such
    /// field, or a group would hold something else than rows.
    pub fn set(&mut self, path: &Path, value: Option<Value>) -> bool {
        let Some(field) = self.schema.field(path) else { return false };
        if matches!(field.kind, Kind::Rows { .. }) && value.as_ref().is_some_and(|rows| !is_rows(rows)) {
            return false;
        }
        let (mut changes, mut marks, before) = (Vec::new(), self.marks.clone(), self.editor.clone());
        self.put(&mut changes, &mut marks, path, value);
        let changed = self.record(changes, marks, &before, None, false);
        self.settle_focus();
        changed
    }

    /// Sets a field as if `text` had been typed into it. `false` where nothing changed or there is no such field.
    pub fn set_text(&mut self, path: &Path, text: &str) -> bool {
        let Some(field) = self.schema.field(path) else { return false };
        let value = field.kind.read(text);
        self.set(path, value)
    }

    /// Takes the last step back; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.history.back().cloned() else { return false };
        for change in step.changes.iter().rev() {
            tree::undo(&mut self.values, change);
        }
        self.marks = step.marks_before;
        self.return_to(&step.focus, step.cursor_before);
        true
    }

    /// Makes the step last taken back again; `false` where there is none.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.history.forth().cloned() else { return false };
        for change in &step.changes {
            tree::redo(&mut self.values, change);
        }
        self.marks = step.marks_after;
        self.return_to(&step.focus, step.cursor_after);
        true
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is a step to make again.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    fn over(schema: Arc<Schema>, context: Context, values: Value) -> Self {
        let values = if values.is_object() { values } else { Value::Object(Map::new()) };
        let mut draft = Self {
            schema,
            context,
            original: values.clone(),
            values,
            marks: Marks::new(),
            focus: Path::default(),
            editor: Editor::new("", Lines::One, 0),
            history: History::default(),
            attached: Vec::new(),
            touched: BTreeSet::new(),
            insisted: false,
            kept: BTreeMap::new(),
            about: BTreeMap::new(),
        };
        draft.settle_focus();
        draft
    }

    /// Puts a value and clears what holds only for the old one. The step is not recorded yet.
    fn put(&mut self, changes: &mut Vec<Change>, marks: &mut Marks, path: &Path, value: Option<Value>) {
        let Some(change) = tree::put(&mut self.values, path, value) else { return };
        changes.push(change);
        marks.remove(path);
        let companions = self.schema.field(path).map(|field| field.companions.clone()).unwrap_or_default();
        for companion in companions {
            changes.extend(tree::put(&mut self.values, &companion, None));
        }
    }

    /// Records a step; `before` is the editor as it was. `false` where nothing changed.
    fn record(
        &mut self,
        changes: Vec<Change>,
        marks: Marks,
        before: &Editor,
        run: Option<Run>,
        begins_word: bool,
    ) -> bool {
        if changes.is_empty() && marks == self.marks {
            return false;
        }
        self.touched.insert(self.focus.clone());
        let marks_before = std::mem::replace(&mut self.marks, marks.clone());
        self.history.push(Step {
            changes,
            marks_before,
            marks_after: marks,
            focus: self.focus.clone(),
            cursor_before: before.cursor(),
            cursor_after: self.editor.cursor(),
            run,
            begins_word,
        });
        true
    }

    fn return_to(&mut self, focus: &Path, cursor: usize) {
        focus.clone_into(&mut self.focus);
        self.settle_focus();
        if self.focus == *focus {
            self.editor.set_cursor(cursor);
        }
    }

    /// Brings the text of the field with the focus into the editor; what was killed elsewhere can be yanked here.
    fn load_editor(&mut self) {
        let killed = self.editor.killed().to_owned();
        let field = self.focused_field().filter(|field| field.kind.is_typed());
        self.editor = match field {
            Some(field) => {
                let text = self.value(&self.focus).map(|value| field.kind.show(value)).unwrap_or_default();
                let (lines, max) = field.kind.editor_bounds();
                Editor::new(&text, lines, max)
            }
            None => Editor::new("", Lines::One, 0),
        };
        self.editor.set_killed(&killed);
    }
}

/// What a field begins with.
fn default_of<'a>(field: &'a Field, context: &'a Context) -> Option<&'a Value> {
    match field.default.as_ref()? {
        schema::Default::Value(value) => Some(value),
        schema::Default::From(name) => context.get(name),
    }
}

fn is_rows(value: &Value) -> bool {
    value.as_array().is_some_and(|rows| rows.iter().all(Value::is_object))
}

fn run_of(edit: &Edit) -> Option<Run> {
    match edit {
        Edit::Insert(_) => Some(Run::Typing),
        Edit::DeleteLeft | Edit::DeleteRight => Some(Run::Erasing),
        _ => None,
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
