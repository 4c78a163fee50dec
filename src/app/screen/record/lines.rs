//! The lines of a record as they are read. Here and not in `ui`, because the screen scrolls by them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::app::theme::Scope;
use crate::desk::{Change, RecordRow, RecordView};
use crate::locale::{Arg, Locale, Text};

/// The room of a label, with the gap after it.
pub const LABEL: u16 = 22;

/// A line of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordLine {
    /// A heading, or nothing between two parts.
    Heading(Text),
    /// A field.
    Field {
        /// What it is called; empty where the line goes on with the one before.
        label: Text,
        /// What it says.
        value: Text,
        /// How it looks.
        scope: Scope,
    },
}

/// In whose words and time a record is told.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    /// The language.
    pub locale: &'a Locale,
    /// The zone that times are shown in.
    pub zone: &'a TimeZone,
}

/// The lines of a record in so many columns.
pub fn lines(teller: Teller<'_>, view: &RecordView, width: u16) -> Vec<RecordLine> {
    let record = &view.record;
    let mut lines = Vec::new();
    let title = [
        Text::foreign(&record.number),
        teller.locale.word("state", record.state.id()),
        Text::foreign(&format!("{} ({})", record.office, record.owner)),
    ];
    lines.push(RecordLine::Heading(Text::join(&title, "   ")));
    let content = serde_json::to_value(&record.content).unwrap_or(Value::Null);
    let mut fields = Vec::new();
    flatten("", &content, &mut fields);
    fields.sort_by_key(|(path, _)| place(path));
    for (path, value) in &fields {
        let wrapped = shown(teller, path, value).wrapped(width.saturating_sub(LABEL + 3));
        for (at, value) in wrapped.into_iter().enumerate() {
            let label = if at == 0 { field_name(teller, path) } else { Text::EMPTY };
            lines.push(RecordLine::Field { label, value, scope: Scope::Text });
        }
    }
    lines.push(RecordLine::Heading(Text::EMPTY));
    lines.push(RecordLine::Heading(teller.locale.plain("record-history")));
    for change in &view.history {
        history(teller, change, &mut lines);
    }
    if !view.related.is_empty() {
        lines.push(RecordLine::Heading(Text::EMPTY));
        lines.push(RecordLine::Heading(teller.locale.plain("record-related")));
        lines.extend(view.related.iter().map(|row| related(teller, row)));
    }
    lines
}

fn history(teller: Teller<'_>, change: &Change, lines: &mut Vec<RecordLine>) {
    let facts = [
        teller.locale.word("did", &change.act.replace('.', "-")),
        Text::foreign(&change.officer.0),
        Text::foreign(&change.purpose),
    ];
    let label = moment(teller, change.at);
    lines.push(RecordLine::Field { label, value: Text::join(&facts, " · "), scope: Scope::Text });
    for field in &change.fields {
        let unknown = teller.locale.plain("value-unknown");
        let side = |value: &Option<String>| {
            value.as_deref().map_or_else(|| unknown.clone(), |value| shown(teller, &field.path, value))
        };
        let (old, new) = (side(&field.old), side(&field.new));
        let args = [
            ("field", Arg::from(&field_name(teller, &field.path))),
            ("old", Arg::from(&old)),
            ("new", Arg::from(&new)),
        ];
        let value = teller.locale.text("record-change", &args);
        lines.push(RecordLine::Field { label: Text::EMPTY, value, scope: Scope::Muted });
    }
}

fn related(teller: Teller<'_>, row: &RecordRow) -> RecordLine {
    let facts = [
        Text::foreign(&row.serial),
        Text::foreign(&format!("{} {}", row.make, row.model)),
        row.reason.map(|reason| teller.locale.word("reason", reason.id())).unwrap_or_default(),
        Text::foreign(&row.date.to_string()),
    ];
    RecordLine::Field {
        label: Text::foreign(&row.number),
        value: Text::join(&facts, "  "),
        scope: Scope::Text,
    }
}

/// The order in which a record is read: the firearm, what happened, who holds the case, how it may be used.
const ORDER: [&str; 33] = [
    "reason",
    "firearm.make",
    "firearm.model",
    "firearm.type",
    "firearm.action",
    "firearm.calibre",
    "firearm.calibre_as_marked",
    "firearm.serial",
    "firearm.serial_state",
    "firearm.obliteration",
    "firearm.serial_alternatives",
    "firearm.components",
    "firearm.conversion",
    "firearm.made_in",
    "firearm.year_of_manufacture",
    "firearm.import",
    "firearm.markings",
    "firearm",
    "event.date",
    "event.country",
    "event.region",
    "event.place",
    "event",
    "circumstances",
    "case_ref",
    "agency",
    "external_ref",
    "contact",
    "persons",
    "offences",
    "source_grade",
    "information_grade",
    "handling",
];

/// Where a field stands in that order: the longest beginning that is named decides, what is not named comes last.
fn place(path: &str) -> usize {
    let named = ORDER.iter().enumerate().filter(|(_, known)| path.starts_with(**known));
    named.max_by_key(|(_, known)| known.len()).map_or(ORDER.len(), |(at, _)| at)
}

/// Every value with its path; what is empty is unknown and takes no line.
fn flatten(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&path, value, found);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                flatten(&format!("{path}[{at}]"), value, found);
            }
        }
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        other => found.push((path.to_owned(), other.to_string())),
    }
}

/// What a field is called: `firearm.components[1].serial` is asked as `field-firearm-components-serial` and numbered.
fn field_name(teller: Teller<'_>, path: &str) -> Text {
    let mut key = String::new();
    let mut place = None;
    for part in path.split('.') {
        let (name, index) = part
            .split_once('[')
            .map_or((part, None), |(name, rest)| (name, rest.trim_end_matches(']').parse::<u64>().ok()));
        if !key.is_empty() {
            key.push('-');
        }
        key.push_str(name);
        place = place.or(index);
    }
    let name = teller.locale.word("field", &key);
    match place {
        Some(place) => Text::join(&[name, Text::count(place + 1)], " "),
        None => name,
    }
}

/// A value as it is read: words of the vocabularies in the language, all else as recorded.
fn shown(teller: Teller<'_>, path: &str, value: &str) -> Text {
    let kind = match path {
        "reason" => "reason",
        "state" => "state",
        "firearm.type" => "type",
        "firearm.action" => "action",
        "firearm.serial_state" => "serial-state",
        "firearm.conversion" => "conversion",
        "classification" => "classification",
        _ => return Text::foreign(value),
    };
    teller.locale.word(kind, value)
}

/// `2026-11-23 14:10`.
fn moment(teller: Teller<'_>, at: Timestamp) -> Text {
    Text::foreign(&at.to_zoned_datetime(teller.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
}
