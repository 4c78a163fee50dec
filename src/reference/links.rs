//! Which entries say the same: the same make, and a name equal to the model's.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::entry::{Entry, Source};
use super::id::ModelId;
use super::text;

/// The first entry of each make and name.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// By the name as it is written, where that is more than the key of `first`.
    written: FxHashMap<Box<str>, (Source, ModelId)>,
    first: FxHashMap<Box<str>, (Source, ModelId)>,
}

/// The names of an entry, folded; the model's is the first. Folding is nearly all of the work, and each entry is folded by itself.
#[derive(Debug)]
pub(super) struct Keys {
    make: String,
    /// Each name, and where it begins without what some put before every number.
    names: Vec<(String, usize)>,
}

impl Keys {
    pub(super) fn of(entry: &Entry) -> Self {
        let make = match &entry.make_id {
            Some(id) => id.as_str().to_owned(),
            None => text::name_key(&entry.make),
        };
        let initial = text::key(&entry.make).chars().next();
        let names = entry.names().map(|name| {
            let key = text::key(name);
            let from = model_key_at(&key, initial);
            (key, from)
        });
        Self { names: names.collect(), make }
    }

    fn filed(&self, name: &str) -> Box<str> {
        format!("{}\0{name}", self.make).into()
    }
}

impl Links {
    /// The links to these entries.
    pub(super) fn to(entries: &[Arc<Entry>]) -> Self {
        let keys: Vec<Keys> = entries.par_iter().map(|entry| Keys::of(entry)).collect();
        let mut links = Self::default();
        entries.iter().zip(&keys).for_each(|(entry, keys)| links.add(entry, keys));
        links
    }

    /// The entry that says the same as this one. Two entries of one source are two things to that source, and a card is never a
    /// duplicate. A name that is equal as it is written goes before one that is equal without what some put before a number: the R51
    /// of Remington is not its Model 51.
    pub(super) fn same(&self, entry: &Entry, keys: &Keys) -> Option<ModelId> {
        if entry.is_card() {
            return None;
        }
        let (whole, from) = keys.names.first()?;
        let as_written = if *from == 0 { None } else { self.written.get(&keys.filed(whole)) };
        let same = as_written.or_else(|| self.first.get(&keys.filed(&whole[*from..])));
        same.filter(|(source, _)| *source != entry.source).map(|(_, id)| id.clone())
    }

    /// Takes an entry's names, where no entry before has them.
    pub(super) fn add(&mut self, entry: &Entry, keys: &Keys) {
        let own = (entry.source.clone(), entry.id.clone());
        for (whole, from) in &keys.names {
            if *from > 0 {
                self.written.entry(keys.filed(whole)).or_insert_with(|| own.clone());
            }
            self.first.entry(keys.filed(&whole[*from..])).or_insert_with(|| own.clone());
        }
    }
}

/// Where a folded name begins without what some put before every number: `Model 94`, `M94` and `94` are one model of a make, and so are
/// `G19` and `19` of Glock.
fn model_key_at(key: &str, initial: Option<char>) -> usize {
    let begins_with_digit = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit());
    let rest = key.strip_prefix("model").filter(|rest| !rest.is_empty());
    let rest = rest.or_else(|| key.strip_prefix("mod").filter(begins_with_digit));
    let rest = rest.or_else(|| key.strip_prefix('m').filter(begins_with_digit));
    let rest = rest.or_else(|| key.strip_prefix(initial?).filter(begins_with_digit));
    rest.map_or(0, |rest| key.len() - rest.len())
}
