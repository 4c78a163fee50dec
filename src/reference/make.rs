//! Makers and importers, found by any name they have or had.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::domain::country::CountryCode;

use super::id::MakeId;
use super::ordered::ordered;
use super::text::{self, Atom};

/// What a company does with firearms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// It makes them.
    Maker,
    /// It imports or brands them.
    Importer,
    /// Both.
    Both,
}

/// A maker or importer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Make {
    /// Its identifier.
    pub id: MakeId,
    /// Its name.
    pub name: String,
    /// Where it is, or was.
    pub country: Option<CountryCode>,
    /// Other names, spellings and marks in use, in any script.
    pub aliases: Vec<String>,
    /// Earlier names.
    pub former: Vec<String>,
    /// What it does; `None` where not known.
    pub role: Option<Role>,
    /// Its code in the open NCIC table.
    pub ncic: Option<String>,
    /// What an officer should know.
    pub note: Option<String>,
    /// The file it came from, below `reference/`.
    pub file: &'static str,
}

impl Make {
    /// The name, then the aliases, then the former names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).chain(&self.former).map(String::as_str)
    }
}

/// Words that say what kind of company it is; a name is also found without them.
const COMPANY_WORDS: &[&str] = &[
    "ab",
    "ag",
    "arms",
    "as",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "doo",
    "firearms",
    "gmbh",
    "imports",
    "inc",
    "incorporated",
    "industries",
    "international",
    "intl",
    "kg",
    "llc",
    "ltd",
    "manufacturing",
    "mfg",
    "oy",
    "plc",
    "rifles",
    "sa",
    "sas",
    "shotguns",
    "sl",
    "spa",
    "srl",
    "sro",
    "usa",
    "america",
    "limited",
    "tic",
    "san",
    "sti",
    "zrt",
    "jsc",
    "oao",
    "ooo",
    "ao",
    "zao",
];

/// Every make.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Makes {
    all: Vec<Make>,
    #[serde(serialize_with = "ordered")]
    by_id: HashMap<MakeId, usize>,
    #[serde(serialize_with = "ordered")]
    by_key: HashMap<String, Vec<usize>>,
    #[serde(serialize_with = "ordered")]
    by_core: HashMap<String, Vec<usize>>,
    /// The first words of their names.
    first_words: BTreeSet<String>,
}

impl Makes {
    pub(super) fn new(all: Vec<Make>) -> Self {
        let mut makes = Self { all, ..Self::default() };
        for (at, make) in makes.all.iter().enumerate() {
            makes.by_id.entry(make.id.clone()).or_insert(at);
            for name in make.names() {
                let atoms = text::atoms(name);
                add(&mut makes.by_key, text::name_key_of(&atoms), at);
                add(&mut makes.by_core, core_key(&atoms), at);
                if let Some(first) = atoms.into_iter().next() {
                    makes.first_words.insert(first.text.into());
                }
            }
        }
        makes
    }

    /// The same makes and others that an edition brings. They are found by names that no make has yet, and by no shorter form: a list's
    /// make never changes what a name of the table means.
    pub(super) fn with(&self, brought: impl Iterator<Item = Make>) -> Self {
        let mut all = self.all.clone();
        let mut by_id = self.by_id.clone();
        let mut by_key = self.by_key.clone();
        let mut first_words = self.first_words.clone();
        for make in brought {
            let at = all.len();
            by_id.entry(make.id.clone()).or_insert(at);
            for name in make.names() {
                let atoms = text::atoms(name);
                let key = text::name_key_of(&atoms);
                let known = self.by_key.contains_key(&key) || self.by_core.contains_key(&core_key(&atoms));
                if !known {
                    add(&mut by_key, key, at);
                    first_words.extend(atoms.into_iter().next().map(|first| String::from(first.text)));
                }
            }
            all.push(make);
        }
        Self { all, by_id, by_key, by_core: self.by_core.clone(), first_words }
    }

    /// Every make, in the order of the files.
    pub fn all(&self) -> &[Make] {
        &self.all
    }

    /// The make of an id.
    pub fn get(&self, id: &MakeId) -> Option<&Make> {
        self.by_id.get(id).map(|at| &self.all[*at])
    }

    /// The place of a make.
    pub(super) fn number(&self, id: &MakeId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The makes that bear a name, alias or former name, in any script; without the words for the kind of company if the name as
    /// given is not known. Several companies may share a name.
    pub fn find(&self, name: &str) -> Vec<&Make> {
        let atoms = text::atoms(name);
        let exact = self.by_key.get(&text::name_key_of(&atoms));
        let found = exact.or_else(|| self.by_core.get(&core_key(&atoms)));
        found.into_iter().flatten().map(|at| &self.all[*at]).collect()
    }

    /// Whether a name, already folded, is one of a make's.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    /// Whether the name of a make begins with a word.
    pub(super) fn begins_with(&self, word: &str) -> bool {
        self.first_words.contains(word)
    }

    /// The one make that a name surely means: none if no or several makes bear it, unless it is the own name of one.
    pub fn find_one(&self, name: &str) -> Option<&Make> {
        let found = self.find(name);
        if let [only] = found.as_slice() {
            return Some(only);
        }
        let key = text::name_key(name);
        let mut own = found.into_iter().filter(|make| text::name_key(&make.name) == key);
        match (own.next(), own.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    }
}

fn add(index: &mut HashMap<String, Vec<usize>>, key: String, at: usize) {
    if key.is_empty() {
        return;
    }
    let makes = index.entry(key).or_default();
    if makes.last() != Some(&at) {
        makes.push(at);
    }
}

/// The key of a name without the words for the kind of company; the whole key where nothing else is left.
fn core_key(atoms: &[Atom]) -> String {
    let core: String = atoms
        .iter()
        .map(|atom| atom.text.as_str())
        .filter(|word| *word != "and" && !COMPANY_WORDS.contains(word))
        .collect();
    if core.chars().count() < 2 { text::name_key_of(atoms) } else { core }
}
