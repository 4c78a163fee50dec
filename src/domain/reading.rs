//! Reading a record from JSON that a person or another program wrote: every field that cannot be read is named with its
//! path, and the rest is kept.
//!
//! Called by the desk for `record add` and for the form, whose draft may hold `2024-13` while one is typing.

use serde_json::Value;

use super::problem::Problem;
use super::record::Content;

/// Members of a record that the desk gives and a writer does not: they are passed over, and said to be.
const GIVEN_BY_THE_DESK: [&str; 8] = ["id", "number", "rev", "owner", "office", "state", "provenance", "_id"];

/// The most fields that are named before reading stops: beyond that it is another kind of file.
const MOST_PROBLEMS: usize = 50;

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The content, without what could not be read.
    pub content: Content,
    /// The fields that could not be read, each with its path and the reason.
    pub problems: Vec<Problem>,
    /// Members that were passed over because the desk gives them.
    pub passed_over: Vec<String>,
}

/// Reads the content of a record from a JSON value.
pub fn content(mut value: Value) -> Reading {
    let mut reading = Reading { content: Content::default(), problems: Vec::new(), passed_over: Vec::new() };
    let Some(object) = value.as_object_mut() else {
        reading.problems.push(Problem::error("format", "", "not-an-object"));
        return reading;
    };
    for name in GIVEN_BY_THE_DESK {
        if object.remove(name).is_some() {
            reading.passed_over.push(name.to_owned());
        }
    }
    loop {
        let fault = match serde_path_to_error::deserialize::<_, Content>(value.clone()) {
            Ok(content) => {
                reading.content = content;
                return reading;
            }
            Err(fault) => fault,
        };
        let path = path_of(&fault);
        let reason = fault.into_inner().to_string();
        let path = unknown_member(&reason).map_or(path.clone(), |name| join(&path, name));
        let taken = remove(&mut value, &path);
        reading.problems.push(Problem::error("format", path, "").with("reason", reason));
        if !taken || reading.problems.len() >= MOST_PROBLEMS {
            return reading;
        }
    }
}

fn path_of(fault: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let path = fault.path().to_string();
    if path == "." { String::new() } else { path }
}

/// serde names an unknown member in its message and the object that holds it in the path, or the member itself in both.
fn unknown_member(reason: &str) -> Option<&str> {
    reason.strip_prefix("unknown field `")?.split('`').next()
}

fn join(path: &str, name: &str) -> String {
    if path == name || path.ends_with(&format!(".{name}")) {
        return path.to_owned();
    }
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Takes the value at a path such as `firearm.components[1].serial` out of the tree; false where there is none.
fn remove(value: &mut Value, path: &str) -> bool {
    let mut steps: Vec<String> = Vec::new();
    for part in path.split('.') {
        let mut pieces = part.split('[');
        steps.extend(pieces.next().filter(|name| !name.is_empty()).map(str::to_owned));
        steps.extend(pieces.map(|index| index.trim_end_matches(']').to_owned()));
    }
    let Some(last) = steps.pop() else { return false };
    let mut at = value;
    for step in steps {
        let next = match at {
            Value::Object(members) => members.get_mut(&step),
            Value::Array(rows) => step.parse::<usize>().ok().and_then(|index| rows.get_mut(index)),
            _ => None,
        };
        let Some(next) = next else { return false };
        at = next;
    }
    match at {
        Value::Object(members) => members.remove(&last).is_some(),
        Value::Array(rows) => match last.parse::<usize>() {
            Ok(index) if index < rows.len() => {
                rows.remove(index);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_unreadable_field_is_named_and_the_rest_is_kept() {
        let reading = content(json!({
            "id": "x", "number": "ES-2026-000001",
            "firearm": { "serial": "C 48113", "type": "blunderbuss", "made_in": "Spain", "colour": "black",
                         "components": [{ "part": "slide", "serial": 48113 }] },
            "event": { "date": "2024-13", "country": "BE" },
            "reason": "stolen",
        }));
        let paths: Vec<&str> = reading.problems.iter().map(|problem| problem.path.as_str()).collect();
        let mut sorted = paths.clone();
        sorted.sort_unstable();
        assert_eq!(
            sorted,
            [
                "event.date",
                "firearm.colour",
                "firearm.components[0].serial",
                "firearm.made_in",
                "firearm.type"
            ],
            "in the order found: {paths:?}"
        );
        assert_eq!(reading.content.firearm.serial, "C 48113");
        assert_eq!(reading.content.firearm.components[0].part, "slide");
        assert_eq!(reading.content.event.country.map(|country| country.to_string()).as_deref(), Some("BE"));
        assert_eq!(reading.passed_over, ["id", "number"]);
    }

    #[test]
    fn what_is_not_an_object_is_refused() {
        for value in [json!([]), json!("text"), json!(null), json!(7)] {
            assert_eq!(content(value.clone()).problems.len(), 1, "{value}");
        }
    }

    #[test]
    fn record_that_was_shown_can_be_read_again() {
        let shown = serde_json::to_value(Content::default()).unwrap();
        assert_eq!(content(shown).problems, Vec::new());
    }
}
