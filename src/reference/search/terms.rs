//! The texts of a vocabulary, each once: one long text and where each begins, found by its hash. A hundred thousand texts of their own
//! would cost more in headers and holes than they say.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// A term's number.
pub(super) type TermNo = u32;

/// The texts.
#[derive(Debug)]
pub(super) struct Terms {
    all: String,
    /// Where each begins, and where the last ends.
    begins: Vec<u32>,
    /// How few atoms each was joined of where it was met.
    atoms: Vec<u8>,
    by_hash: HashTable<TermNo>,
}

impl Default for Terms {
    fn default() -> Self {
        Self { all: String::new(), begins: vec![0], atoms: Vec::new(), by_hash: HashTable::new() }
    }
}

impl Terms {
    /// The number of a text, new or known, that was joined of so many atoms.
    pub(super) fn add(&mut self, text: &str, atoms: u8) -> TermNo {
        let hash = FxBuildHasher.hash_one(text);
        let (all, begins) = (&self.all, &self.begins);
        if let Some(no) = self.by_hash.find(hash, |no| text_of(all, begins, *no) == text) {
            let fewest = &mut self.atoms[*no as usize];
            *fewest = atoms.min(*fewest);
            return *no;
        }
        let no = self.atoms.len() as TermNo;
        self.all.push_str(text);
        self.begins.push(self.all.len() as u32);
        self.atoms.push(atoms);
        let (all, begins) = (&self.all, &self.begins);
        self.by_hash.insert_unique(hash, no, |no| FxBuildHasher.hash_one(text_of(all, begins, *no)));
        no
    }

    /// The number of a text that is known.
    pub(super) fn find(&self, text: &str) -> Option<TermNo> {
        self.by_hash.find(FxBuildHasher.hash_one(text), |no| self.text(*no) == text).copied()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// A term's text.
    pub(super) fn text(&self, no: TermNo) -> &str {
        text_of(&self.all, &self.begins, no)
    }

    /// How few atoms a term was joined of where it was met.
    pub(super) fn atoms(&self, no: TermNo) -> u8 {
        self.atoms[no as usize]
    }

    /// Gives back the room that growing took.
    pub(super) fn shrink(&mut self) {
        self.all.shrink_to_fit();
        self.begins.shrink_to_fit();
        self.atoms.shrink_to_fit();
    }
}

fn text_of<'a>(all: &'a str, begins: &[u32], no: TermNo) -> &'a str {
    let no = no as usize;
    &all[begins[no] as usize..begins[no + 1] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_once_and_found_again() {
        let mut terms = Terms::default();
        let (ber, etta) = (terms.add("ber", 2), terms.add("etta", 1));
        assert_eq!(terms.add("ber", 1), ber);
        assert_eq!((terms.text(ber), terms.text(etta), terms.len()), ("ber", "etta", 2));
        assert_eq!((terms.find("etta"), terms.find("beretta")), (Some(etta), None));
        assert_eq!(terms.atoms(ber), 1);
    }
}
