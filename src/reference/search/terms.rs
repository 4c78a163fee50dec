//! The texts of a vocabulary, each once: one long text and where each begins, found by its hash. A hundred thousand texts of their own
//! would cost more in headers and holes than they say.

use std::borrow::Cow;
use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use super::filed::{self, Filed};
use super::numbers::Numbers;

/// No more terms are added beyond so many bytes of them; a name adds a few hundred at the most.
const MOST_BYTES: usize = u32::MAX as usize / 2;

/// A term's number.
pub(super) type TermNo = u32;

/// The texts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Terms {
    #[serde(borrow)]
    all: Cow<'static, str>,
    /// Where each begins, and where the last ends.
    begins: Numbers,
    /// How few atoms each was joined of where it was met.
    #[serde(borrow)]
    atoms: Cow<'static, [u8]>,
    by_text: Filed,
}

/// The texts while they are gathered.
#[derive(Debug)]
pub(super) struct Gathered {
    all: String,
    begins: Vec<u32>,
    atoms: Vec<u8>,
    by_hash: HashTable<TermNo>,
}

impl Default for Gathered {
    fn default() -> Self {
        Self { all: String::new(), begins: vec![0], atoms: Vec::new(), by_hash: HashTable::new() }
    }
}

impl Gathered {
    /// Whether there is no room for more: places in the one long text are numbers of 32 bits.
    pub(super) fn is_full(&self) -> bool {
        self.all.len() > MOST_BYTES
    }

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

    /// The texts, to be found.
    pub(super) fn finish(self) -> Terms {
        let Self { mut all, mut begins, mut atoms, by_hash } = self;
        drop(by_hash);
        all.shrink_to_fit();
        begins.shrink_to_fit();
        atoms.shrink_to_fit();
        let hashes = (0..atoms.len() as TermNo).map(|no| (filed::hash(text_of(&all, &begins, no)), no));
        let by_text = Filed::of(&hashes.collect::<Vec<_>>());
        Terms { all: all.into(), begins: begins.into(), atoms: atoms.into(), by_text }
    }
}

impl Terms {
    /// The number of a text that is known.
    pub(super) fn find(&self, text: &str) -> Option<TermNo> {
        self.by_text.under(text).find(|no| self.text(*no) == text)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// A term's text.
    pub(super) fn text(&self, no: TermNo) -> &str {
        &self.all[self.begins.span(no as usize)]
    }

    /// How few atoms a term was joined of where it was met.
    pub(super) fn atoms(&self, no: TermNo) -> u8 {
        self.atoms[no as usize]
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
        let mut gathered = Gathered::default();
        let (ber, etta) = (gathered.add("ber", 2), gathered.add("etta", 1));
        assert_eq!(gathered.add("ber", 1), ber);
        let terms = gathered.finish();
        assert_eq!((terms.text(ber), terms.text(etta), terms.len()), ("ber", "etta", 2));
        assert_eq!((terms.find("etta"), terms.find("beretta")), (Some(etta), None));
        assert_eq!(terms.atoms(ber), 1);
    }
}
