//! Which key runs which command, and where. Read from TOML files by [`load`]; nothing here knows what a command does.

mod load;
mod trie;

use std::collections::BTreeMap;

pub use load::{KeymapFault, PRESETS, load};
pub use trie::{Found, Trie};

use super::context::{Context, Place};
use super::key::Key;

/// All sections of a keymap.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Keymap {
    sections: BTreeMap<Place, Trie>,
}

/// What a sequence of keys means at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// A command.
    Command(&'static str),
    /// The beginning of longer sequences: the keys that may follow, each with the command it leads to where it ends there.
    Pending(Vec<(Key, Option<&'static str>)>),
    /// Nothing.
    None,
}

impl Keymap {
    /// What the keys mean: the most particular section that knows them decides.
    pub fn lookup(&self, place: Place, keys: &[Key]) -> Lookup {
        let mut following: BTreeMap<Key, Option<&'static str>> = BTreeMap::new();
        for section in place.sections() {
            match self.sections.get(&section).map_or(Found::None, |trie| trie.find(keys)) {
                Found::Command(name) if following.is_empty() => return Lookup::Command(name),
                Found::Pending(next) => {
                    for (key, name) in next {
                        following.entry(key).or_insert(name);
                    }
                }
                Found::Command(_) | Found::None => {}
            }
        }
        if following.is_empty() { Lookup::None } else { Lookup::Pending(following.into_iter().collect()) }
    }

    /// The shortest keys that run a command at a place, or `None` where no key does.
    pub fn keys_for(&self, place: Place, command: &str) -> Option<Vec<Key>> {
        let sections = place.sections();
        let found = sections.iter().filter_map(|section| self.sections.get(section)?.keys_for(command));
        // A key of a wider section may be shadowed by a more particular one.
        let reachable = found.filter(|keys| self.lookup(place, keys) == Lookup::Command(known(command)));
        reachable.min_by_key(Vec::len)
    }

    /// Keys that run a command everywhere, also where a letter is text.
    pub fn keys_that_type_nothing(&self, command: &str) -> Option<Vec<Key>> {
        let bindings = self.bindings().into_iter();
        let everywhere =
            bindings.filter(|(place, _, name)| place.context == Context::Global && *name == command);
        let keys = everywhere.map(|(_, keys, _)| keys);
        keys.filter(|keys| keys.first().is_some_and(|key| key.typed().is_none())).min_by_key(Vec::len)
    }

    /// Every binding: (section, keys, command), in order.
    pub fn bindings(&self) -> Vec<(Place, Vec<Key>, &'static str)> {
        let each = self.sections.iter();
        each.flat_map(|(place, trie)| trie.bindings().into_iter().map(|(keys, name)| (*place, keys, name)))
            .collect()
    }

    fn section(&mut self, place: Place) -> &mut Trie {
        self.sections.entry(place).or_default()
    }
}

fn known(command: &str) -> &'static str {
    super::command::find(command).map_or("", |command| command.name)
}
