//! Reading and changing one place of a tree of values, so that every change can be taken back exactly.
//!
//! Called by the draft; it knows nothing of schemas.

use serde_json::{Map, Value};

use super::path::{Path, Step};

/// One place before and after. Absent is not null.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The highest place that differs.
    pub path: Path,
    /// What stood there.
    pub before: Option<Value>,
    /// What stands there now.
    pub after: Option<Value>,
}

/// The value at a place.
pub fn get<'a>(root: &'a Value, path: &Path) -> Option<&'a Value> {
    path.steps().iter().try_fold(root, |value, step| match step {
        Step::Key(key) => value.as_object()?.get(key),
        Step::Row(row) => value.as_array()?.get(*row),
    })
}

/// Sets the value at a place, or removes it with `None`, making the objects on the way.
///
/// `None` where nothing changed: it was so already, or the way leads through a row that does not exist.
pub fn put(root: &mut Value, path: &Path, value: Option<Value>) -> Option<Change> {
    let present = present_steps(root, path);
    let steps = path.steps();
    if present == steps.len() {
        let before = get(root, path).cloned();
        return (before != value).then(|| perform(root, Change { path: path.clone(), before, after: value }));
    }
    let value = value?;
    if steps[present..].iter().any(|step| matches!(step, Step::Row(_))) {
        return None;
    }
    let highest = path.prefix(present + 1);
    let built = steps[present + 1..].iter().rev().fold(value, |inner, step| {
        let key = if let Step::Key(key) = step { key.clone() } else { String::new() };
        Value::Object(Map::from_iter([(key, inner)]))
    });
    // A plain value stands where an object is needed: it is replaced as a whole, and the change remembers it.
    let holder = path.prefix(present);
    let holder_value = get(root, &holder).cloned();
    if holder_value.as_ref().is_some_and(|holder| !holder.is_object()) {
        let Some(Step::Key(key)) = highest.steps().last().cloned() else { return None };
        let after = Some(Value::Object(Map::from_iter([(key, built)])));
        return Some(perform(root, Change { path: holder, before: holder_value, after }));
    }
    Some(perform(root, Change { path: highest, before: None, after: Some(built) }))
}

/// Makes the change again.
pub fn redo(root: &mut Value, change: &Change) {
    replace(root, &change.path, change.after.clone());
}

/// Takes the change back.
pub fn undo(root: &mut Value, change: &Change) {
    replace(root, &change.path, change.before.clone());
}

/// Whether a value says nothing: null, blank text, or only such values.
pub fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(rows) => rows.iter().all(is_blank),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The tree without what says nothing, blank rows included.
pub fn pruned(value: &Value) -> Value {
    match value {
        Value::Array(rows) => rows.iter().filter(|row| !is_blank(row)).map(pruned).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !is_blank(value))
            .map(|(key, value)| (key.clone(), pruned(value)))
            .collect(),
        plain => plain.clone(),
    }
}

fn perform(root: &mut Value, change: Change) -> Change {
    redo(root, &change);
    change
}

/// How many steps of the path lead to something.
fn present_steps(root: &Value, path: &Path) -> usize {
    let mut value = root;
    for (at, step) in path.steps().iter().enumerate() {
        let next = match step {
            Step::Key(key) => value.as_object().and_then(|fields| fields.get(key)),
            Step::Row(row) => value.as_array().and_then(|rows| rows.get(*row)),
        };
        let Some(next) = next else { return at };
        value = next;
    }
    path.steps().len()
}

/// Sets or removes at a place whose holder exists; anything else leaves the tree as it is.
fn replace(root: &mut Value, path: &Path, value: Option<Value>) {
    let Some((last, way)) = path.steps().split_last() else {
        *root = value.unwrap_or(Value::Null);
        return;
    };
    let holder = way.iter().try_fold(root, |value, step| match step {
        Step::Key(key) => value.as_object_mut()?.get_mut(key),
        Step::Row(row) => value.as_array_mut()?.get_mut(*row),
    });
    match (holder, last, value) {
        (Some(Value::Object(fields)), Step::Key(key), Some(value)) => {
            fields.insert(key.clone(), value);
        }
        (Some(Value::Object(fields)), Step::Key(key), None) => {
            fields.remove(key);
        }
        (Some(Value::Array(rows)), Step::Row(row), Some(value)) => {
            if let Some(place) = rows.get_mut(*row) {
                *place = value;
            }
        }
        // A row goes by replacing its group, never by leaving a hole.
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn path(text: &str) -> Path {
        text.parse().unwrap()
    }

    #[test]
    fn every_change_is_taken_back_exactly() {
        let cases = [
            (json!({}), "a.b.c", Some(json!("x")), json!({"a": {"b": {"c": "x"}}})),
            (json!({"a": {}}), "a.b", Some(json!(1)), json!({"a": {"b": 1}})),
            (json!({"a": {"b": 1}}), "a.b", None, json!({"a": {}})),
            (json!({"a": [{}, {}]}), "a[1].b", Some(json!("x")), json!({"a": [{}, {"b": "x"}]})),
            (json!({"a": "plain"}), "a.b", Some(json!("x")), json!({"a": {"b": "x"}})),
            (json!({"a": null}), "a.b.c", Some(json!("x")), json!({"a": {"b": {"c": "x"}}})),
        ];
        for (before, at, value, after) in cases {
            let mut tree = before.clone();
            let change =
                put(&mut tree, &path(at), value).unwrap_or_else(|| panic!("{before} {at}: nothing changed"));
            assert_eq!(tree, after, "{before} {at}");
            undo(&mut tree, &change);
            assert_eq!(tree, before, "taking back {at}");
            redo(&mut tree, &change);
            assert_eq!(tree, after, "making {at} again");
        }
    }

    #[test]
    fn nothing_changes_where_there_is_no_row_or_no_difference() {
        let tree = json!({"a": [{}], "b": "x"});
        for (at, value) in
            [("a[1].b", Some(json!("x"))), ("b", Some(json!("x"))), ("c", None), ("c[0].d", Some(json!(1)))]
        {
            let mut copy = tree.clone();
            assert_eq!(put(&mut copy, &path(at), value), None, "{at}");
            assert_eq!(copy, tree, "{at}");
        }
    }

    #[test]
    fn what_says_nothing_is_pruned() {
        let tree = json!({"a": "", "b": {"c": null}, "d": [{}, {"e": "x", "f": " "}], "g": 0});
        assert_eq!(pruned(&tree), json!({"d": [{"e": "x"}], "g": 0}));
    }
}
