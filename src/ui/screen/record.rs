//! One record: what is recorded, what was done to it with old and new values, and what is related.

use serde_json::Value;

use crate::app::App;
use crate::app::theme::Scope;
use crate::desk::{Change, RecordRow, RecordView};
use crate::locale::{Arg, Text};
use crate::ui::canvas::Canvas;
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let Some(view) = &app.record.view else {
        canvas.put(1, 1, &app.locale.plain("record-reading"), Scope::Muted);
        return;
    };
    let lines = lines(app, view, canvas.width());
    let height = canvas.height();
    let top = app.record.top.min((lines.len() as u16).saturating_sub(height));
    for (y, line) in (0..height).zip(lines.iter().skip(usize::from(top))) {
        match line {
            Line::Heading(text) => {
                canvas.put(1, y, text, Scope::Heading);
            }
            Line::Field { label, value, scope } => {
                canvas.put_within(2, y, label, Scope::Muted, LABEL - 1);
                canvas.put(2 + LABEL, y, value, *scope);
            }
        }
    }
}

const LABEL: u16 = 22;

enum Line {
    Heading(Text),
    Field { label: Text, value: Text, scope: Scope },
}

fn lines(app: &App, view: &RecordView, width: u16) -> Vec<Line> {
    let record = &view.record;
    let mut lines = Vec::new();
    let title = [
        Text::foreign(&record.number),
        app.locale.word("state", record.state.id()),
        Text::foreign(&format!("{} ({})", record.office, record.owner)),
    ];
    lines.push(Line::Heading(Text::join(&title, "   ")));
    let content = serde_json::to_value(&record.content).unwrap_or(Value::Null);
    let mut fields = Vec::new();
    flatten("", &content, &mut fields);
    fields.sort_by_key(|(path, _)| place(path));
    for (path, value) in &fields {
        let wrapped = shown(app, path, value).wrapped(width.saturating_sub(LABEL + 3));
        for (at, value) in wrapped.into_iter().enumerate() {
            let label = if at == 0 { field_name(app, path) } else { Text::EMPTY };
            lines.push(Line::Field { label, value, scope: Scope::Text });
        }
    }
    lines.push(Line::Heading(Text::EMPTY));
    lines.push(Line::Heading(app.locale.plain("record-history")));
    for change in &view.history {
        history(app, change, &mut lines);
    }
    if !view.related.is_empty() {
        lines.push(Line::Heading(Text::EMPTY));
        lines.push(Line::Heading(app.locale.plain("record-related")));
        lines.extend(view.related.iter().map(|row| related(app, row)));
    }
    lines
}

fn history(app: &App, change: &Change, lines: &mut Vec<Line>) {
    let facts = [
        app.locale.word("did", &change.act.replace('.', "-")),
        Text::foreign(&change.officer.0),
        Text::foreign(&change.purpose),
    ];
    let label = format::moment(app, change.at);
    lines.push(Line::Field { label, value: Text::join(&facts, " · "), scope: Scope::Text });
    for field in &change.fields {
        let unknown = app.locale.plain("value-unknown");
        let side = |value: &Option<String>| {
            value.as_deref().map_or_else(|| unknown.clone(), |value| shown(app, &field.path, value))
        };
        let (old, new) = (side(&field.old), side(&field.new));
        let args = [
            ("field", Arg::from(&field_name(app, &field.path))),
            ("old", Arg::from(&old)),
            ("new", Arg::from(&new)),
        ];
        let value = app.locale.text("record-change", &args);
        lines.push(Line::Field { label: Text::EMPTY, value, scope: Scope::Muted });
    }
}

fn related(app: &App, row: &RecordRow) -> Line {
    let facts = [
        Text::foreign(&row.serial),
        Text::foreign(&format!("{} {}", row.make, row.model)),
        row.reason.map(|reason| app.locale.word("reason", reason.id())).unwrap_or_default(),
        Text::foreign(&row.date.to_string()),
    ];
    Line::Field { label: Text::foreign(&row.number), value: Text::join(&facts, "  "), scope: Scope::Text }
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
fn field_name(app: &App, path: &str) -> Text {
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
    let name = app.locale.word("field", &key);
    match place {
        Some(place) => Text::join(&[name, Text::count(place + 1)], " "),
        None => name,
    }
}

/// A value as it is read: words of the vocabularies in the language, all else as recorded.
fn shown(app: &App, path: &str, value: &str) -> Text {
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
    app.locale.word(kind, value)
}
