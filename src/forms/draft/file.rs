//! A draft as text, to be found again after a crash, and what became of it when it is read.
//!
//! What a person typed is never dropped: a value this form has no field for is kept aside and goes into the next saved draft too.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Draft, Marks, Path};
use crate::forms::kind::Kind;
use crate::forms::schema::{Context, Schema};
use crate::forms::tree;
use crate::locale::Message;

/// The version of the file's own shape.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct DraftFile {
    draft: u32,
    form: String,
    version: u32,
    values: Value,
    #[serde(default)]
    original: Value,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    kept: BTreeMap<String, Value>,
    /// Paths are text here: one that is broken costs the mark, not the draft.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    marks: BTreeMap<String, Value>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    about: BTreeMap<String, String>,
    #[serde(default)]
    focus: String,
    #[serde(default)]
    cursor: usize,
}

/// Why a draft could not be opened. The file stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum RestoreError {
    /// It is not the JSON of a draft.
    Broken {
        /// From one.
        line: usize,
        /// From one.
        column: usize,
        /// What was expected.
        what: String,
    },
    /// It was saved by a later version of the program.
    LaterFormat {
        /// Its format.
        found: u32,
    },
    /// It is a draft of another form.
    OtherForm {
        /// Its form.
        found: String,
        /// The form asked for.
        expected: String,
    },
}

impl RestoreError {
    /// Its sentence, for whoever wanted to go on with the draft.
    pub fn message(&self) -> Message {
        match self {
            Self::Broken { line, column, what } => Message::new("draft-broken")
                .with("line", line.to_string())
                .with("column", column.to_string())
                .with("what", what.as_str()),
            Self::LaterFormat { found } => {
                Message::new("draft-later-format").with("found", *found).with("known", FORMAT)
            }
            Self::OtherForm { found, expected } => Message::new("draft-other-form")
                .with("found", found.as_str())
                .with("expected", expected.as_str()),
        }
    }
}

/// What a person should know about a draft that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The form has changed since the draft was saved.
    OtherVersion {
        /// Of the draft.
        draft: u32,
        /// Of the form.
        form: u32,
    },
    /// The form has no field here; the value is kept aside.
    NoField {
        /// Where it stood.
        path: String,
    },
    /// The value has a shape that the field cannot hold; it is kept aside.
    OtherShape {
        /// Where it stood.
        path: String,
    },
}

impl Note {
    /// The key of its sentence in the locale.
    pub fn key(&self) -> &'static str {
        match self {
            Self::OtherVersion { .. } => "form-note-other-version",
            Self::NoField { .. } => "form-note-no-field",
            Self::OtherShape { .. } => "form-note-other-shape",
        }
    }

    /// What the sentence names.
    pub fn facts(&self) -> Vec<(String, String)> {
        match self {
            Self::OtherVersion { draft, form } => {
                vec![("draft".into(), draft.to_string()), ("form".into(), form.to_string())]
            }
            Self::NoField { path } | Self::OtherShape { path } => vec![("path".into(), path.clone())],
        }
    }
}

impl Draft {
    /// The draft as JSON on one line. The history of undo is not part of it.
    pub fn to_text(&self) -> String {
        let file = DraftFile {
            draft: FORMAT,
            form: self.schema.id.clone(),
            version: self.schema.version,
            values: self.values.clone(),
            original: self.original.clone(),
            kept: self.kept.clone(),
            marks: self
                .marks
                .iter()
                .map(|(path, mark)| (path.to_string(), serde_json::json!(mark)))
                .collect(),
            about: self.about.clone(),
            focus: self.focus.to_string(),
            cursor: self.editor.cursor(),
        };
        serde_json::to_string(&file).expect("a tree of JSON values with text keys is always JSON")
    }

    /// The id of the form that a saved draft is of, to know which schema to open it with.
    pub fn form_of(text: &str) -> Result<String, RestoreError> {
        read(text).map(|file| file.form)
    }

    /// A draft from its JSON, and what the person should know about it.
    pub fn restore(
        text: &str,
        schema: Arc<Schema>,
        context: Context,
    ) -> Result<(Self, Vec<Note>), RestoreError> {
        let file = read(text)?;
        if file.form != schema.id {
            return Err(RestoreError::OtherForm { found: printed(&file.form), expected: schema.id.clone() });
        }
        let mut notes = Vec::new();
        if file.version != schema.version {
            notes.push(Note::OtherVersion { draft: file.version, form: schema.version });
        }
        let mut kept = file.kept;
        let mut aside =
            Aside { schema: &schema, original: &file.original, kept: &mut kept, notes: &mut notes };
        let values = aside.sift(file.values, "");
        let mut draft = Self::over(schema, context, file.original);
        draft.values = values;
        draft.kept = kept;
        draft.about = file.about;
        draft.marks = read_marks(&draft, &file.marks);
        draft.touched = draft.stops().into_iter().filter(|path| !draft.is_blank(path)).collect();
        draft.focus = file.focus.parse().unwrap_or_default();
        draft.settle_focus();
        if draft.focus.to_string() == file.focus {
            draft.editor.set_cursor(file.cursor);
        }
        Ok((draft, notes))
    }
}

/// Takes out of the values what the form cannot hold.
struct Aside<'a> {
    schema: &'a Schema,
    original: &'a Value,
    kept: &'a mut BTreeMap<String, Value>,
    notes: &'a mut Vec<Note>,
}

impl Aside<'_> {
    fn sift(&mut self, value: Value, at: &str) -> Value {
        let Value::Object(fields) = value else {
            if !tree::is_blank(&value) {
                self.set_aside(at, value, false);
            }
            return Value::Object(Map::new());
        };
        let mut held = Map::new();
        for (key, value) in fields {
            let place = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
            match place.parse::<Path>().ok().map(|path| self.verdict(&path, &value)) {
                Some(Verdict::Hold) => drop(held.insert(key, value)),
                Some(Verdict::LookInside) => drop(held.insert(key, self.sift(value, &place))),
                Some(Verdict::OtherShape) => self.set_aside(&place, value, true),
                Some(Verdict::NoField) | None => self.set_aside(&place, value, false),
            }
        }
        Value::Object(held)
    }

    fn verdict(&self, path: &Path, value: &Value) -> Verdict {
        if let Some(field) = self.schema.field(path) {
            let holds = match (&field.kind, value) {
                (Kind::Rows { .. }, Value::Array(rows)) => rows.iter().all(Value::is_object),
                (kind, Value::Array(_)) => kind.is_many(),
                (_, Value::Object(_)) => false,
                (Kind::Rows { .. }, _) => value.is_null(),
                _ => true,
            };
            return if holds { Verdict::Hold } else { Verdict::OtherShape };
        }
        // What was recorded before and the form does not show belongs to the record, not to the draft.
        let is_known =
            self.schema.companions().contains(path) || tree::get(self.original, path) == Some(value);
        let is_holder = || {
            let companions = self.schema.companions();
            let mut fields =
                self.schema.fields().filter(|(group, _)| group.is_none()).map(|(_, field)| &field.path);
            fields.any(|field| field.is_within(path))
                || companions.iter().any(|companion| companion.is_within(path))
        };
        if is_known {
            Verdict::Hold
        } else if is_holder() {
            Verdict::LookInside
        } else {
            Verdict::NoField
        }
    }

    fn set_aside(&mut self, at: &str, value: Value, has_field: bool) {
        let path = printed(at);
        self.notes.push(if has_field { Note::OtherShape { path } } else { Note::NoField { path } });
        // Two drafts of the past may have left a value at one path: neither replaces the other.
        let mut name = at.to_owned();
        while self.kept.get(&name).is_some_and(|other| *other != value) {
            name.push('\'');
        }
        self.kept.insert(name, value);
    }
}

enum Verdict {
    Hold,
    LookInside,
    OtherShape,
    NoField,
}

fn read(text: &str) -> Result<DraftFile, RestoreError> {
    let file: DraftFile = serde_json::from_str(text).map_err(|error| RestoreError::Broken {
        line: error.line(),
        column: error.column(),
        what: printed(&error.to_string()),
    })?;
    if file.draft > FORMAT {
        return Err(RestoreError::LaterFormat { found: file.draft });
    }
    Ok(file)
}

fn read_marks(draft: &Draft, marks: &BTreeMap<String, Value>) -> Marks {
    let read = |(path, mark): (&String, &Value)| {
        let path: Path = path.parse().ok()?;
        let mark = serde_json::from_value(mark.clone()).ok()?;
        (!draft.is_blank(&path)).then_some((path, mark))
    };
    marks.iter().filter_map(read).collect()
}

fn printed(text: &str) -> String {
    crate::domain::text::printable(&text.chars().take(120).collect::<String>())
}
