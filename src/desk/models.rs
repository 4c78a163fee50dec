//! Which entries of the table have a make and a model, and which model a number is: what the rules ask of every record.
//!
//! A record of two million is completed and looked at by the rules in microseconds, so the names are sorted by a hash of make and
//! model; what a hash finds is compared before it is believed. Called by the table only.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use crate::domain::serial;
use crate::domain::text::fold;
use crate::reference::{Entry, Reference};

/// Numbers shorter than this are not taken for a model's name: half of all short numbers are one.
const SHORTEST_MODEL_STAMP: usize = 3;

/// The names of one table.
pub(super) struct Models {
    /// A hash of make and model, both folded, and the entry's place. Sorted.
    by_name: Vec<(u64, u32)>,
    /// Models by what their name is as a number, cards only.
    stamps: HashMap<String, u32>,
}

impl Models {
    pub(super) fn of(reference: &Reference) -> Self {
        let mut by_name = Vec::with_capacity(reference.entries().len());
        let mut stamps = HashMap::new();
        for (at, entry) in (0..).zip(reference.entries()) {
            let make = make_key(entry);
            for name in entry.names() {
                by_name.push((hash(&make, &fold(name)), at));
                let stamp = if entry.is_card() { serial::normalise(name) } else { String::new() };
                if stamp.chars().count() >= SHORTEST_MODEL_STAMP {
                    stamps.entry(stamp).or_insert(at);
                }
            }
        }
        by_name.sort_unstable();
        by_name.dedup();
        Self { by_name, stamps }
    }

    /// The entries of a model under any of the make's keys, in the order of the table.
    pub(super) fn find(
        &self,
        reference: &Reference,
        makes: impl Iterator<Item = String>,
        model: &str,
    ) -> Vec<Arc<Entry>> {
        let model = fold(model);
        let mut found: Vec<u32> = Vec::new();
        for make in makes {
            let wanted = hash(&make, &model);
            let first = self.by_name.partition_point(|(hash, _)| *hash < wanted);
            let same = self.by_name[first..].iter().take_while(|(hash, _)| *hash == wanted);
            let is_it = |at: &u32| {
                let entry = &reference.entries()[*at as usize];
                make_key(entry) == make && entry.names().any(|name| fold(name) == model)
            };
            found.extend(same.map(|(_, at)| *at).filter(is_it));
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| Arc::clone(&reference.entries()[at as usize])).collect()
    }

    /// The card whose model's name is this number.
    pub(super) fn stamped<'a>(&self, reference: &'a Reference, raw: &str) -> Option<&'a Arc<Entry>> {
        reference.entries().get(*self.stamps.get(&serial::normalise(raw))? as usize)
    }
}

/// The make by its identifier, or by its folded name where the table does not have it.
fn make_key(entry: &Entry) -> String {
    entry.make_id.as_ref().map_or_else(|| fold(&entry.make), |id| id.as_str().to_owned())
}

fn hash(make: &str, model: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (make, model).hash(&mut hasher);
    hasher.finish()
}
