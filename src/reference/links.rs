//! Which entries say the same: the same make, and a name equal to the model's.

use std::collections::HashMap;

use super::entry::{Entry, Source};
use super::id::ModelId;
use super::text;

/// The first entry of each make and name.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// By the name as it is written, where that is more than the key of `first`.
    written: HashMap<Key, (Source, ModelId)>,
    first: HashMap<Key, (Source, ModelId)>,
}

/// A make and a name, both folded.
type Key = (String, String);

impl Links {
    /// The entry that says the same as this one. Two entries of one source are two things to that source, and a card is never a
    /// duplicate. A name that is equal as it is written goes before one that is equal without what some put before a number: the R51
    /// of Remington is not its Model 51.
    pub(super) fn same(&self, entry: &Entry) -> Option<ModelId> {
        if entry.is_card() {
            return None;
        }
        let make = make_of(entry);
        let (key, whole) = (model_key(&entry.model, initial(entry)), text::key(&entry.model));
        let as_written = if whole == key { None } else { self.written.get(&(make.clone(), whole)) };
        let same = as_written.or_else(|| self.first.get(&(make, key)));
        same.filter(|(source, _)| *source != entry.source).map(|(_, id)| id.clone())
    }

    /// Takes an entry's names, where no entry before has them.
    pub(super) fn add(&mut self, entry: &Entry) {
        let make = make_of(entry);
        let initial = initial(entry);
        let own = (entry.source.clone(), entry.id.clone());
        for name in entry.names() {
            let (key, whole) = (model_key(name, initial), text::key(name));
            if whole != key {
                self.written.entry((make.clone(), whole)).or_insert_with(|| own.clone());
            }
            self.first.entry((make.clone(), key)).or_insert_with(|| own.clone());
        }
    }
}

fn make_of(entry: &Entry) -> String {
    match &entry.make_id {
        Some(id) => id.as_str().to_owned(),
        None => text::name_key(&entry.make),
    }
}

fn initial(entry: &Entry) -> Option<char> {
    text::key(&entry.make).chars().next()
}

/// The folded name without what some put before every number: `Model 94`, `M94` and `94` are one model of a make, and so are
/// `G19` and `19` of Glock.
fn model_key(name: &str, initial: Option<char>) -> String {
    let key = text::key(name);
    let begins_with_digit = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit());
    let rest = key.strip_prefix("model").filter(|rest| !rest.is_empty());
    let rest = rest.or_else(|| key.strip_prefix("mod").filter(begins_with_digit));
    let rest = rest.or_else(|| key.strip_prefix('m').filter(begins_with_digit));
    let rest = rest.or_else(|| key.strip_prefix(initial?).filter(begins_with_digit));
    rest.unwrap_or(&key).to_owned()
}
