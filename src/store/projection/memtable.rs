//! The facts since the last fold, in memory.

use std::collections::BTreeSet;

use super::facts::{SETS, Set};

/// The sorted sets.
#[derive(Debug, Default)]
pub struct Memtable {
    sets: [BTreeSet<Box<[u8]>>; SETS],
    entries: usize,
}

impl Memtable {
    /// Takes in the facts of one entry.
    pub fn insert(&mut self, facts: Vec<(Set, Vec<u8>)>) {
        self.entries += 1;
        for (set, fact) in facts {
            self.sets[set as usize].insert(fact.into_boxed_slice());
        }
    }

    /// How many entries it has taken in.
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// How many facts a set has.
    pub fn facts(&self, set: Set) -> usize {
        self.sets[set as usize].len()
    }

    /// The facts of a set that begin so, in order.
    pub fn beginning<'a>(&'a self, set: Set, with: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        let facts = self.sets[set as usize]
            .range::<[u8], _>((std::ops::Bound::Included(with), std::ops::Bound::Unbounded));
        facts.map(AsRef::as_ref).take_while(move |fact| fact.starts_with(with))
    }

    /// The facts of a set from one on, in order.
    pub fn from<'a>(&'a self, set: Set, start: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        let facts = self.sets[set as usize]
            .range::<[u8], _>((std::ops::Bound::Included(start), std::ops::Bound::Unbounded));
        facts.map(AsRef::as_ref)
    }
}
