//! Calibres, found in any spelling: `.9 millimeter`, `9 Para`, `9x19`, `9мм`, `7,62x39`, `.45ACP`, `12 ga`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::calibre_words::CalibreWords;
use super::id::CalibreId;
use super::ordered::ordered;
use super::text::{self, Atom, Gap};

/// A calibre.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibre {
    /// Its identifier.
    pub id: CalibreId,
    /// Its name as an examiner writes it.
    pub name: String,
    /// Designations in use.
    pub aliases: Vec<String>,
    /// Wrong but common ones.
    pub wrong: Vec<String>,
    /// Short forms that it shares with other calibres.
    pub ambiguous: Vec<String>,
    /// What it is used in: handgun, rifle, rimfire, shotgun, blank, other.
    pub family: String,
    /// Bullet or bore diameter in millimetres, where known.
    pub bullet_mm: Option<f32>,
    /// Case length in millimetres, where known.
    pub case_mm: Option<f32>,
    /// What an officer should know.
    pub note: Option<String>,
    /// The file it came from, below `reference/`.
    pub file: &'static str,
}

/// How surely a designation means a calibre, best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Sureness {
    /// Shared by several calibres.
    Ambiguous,
    /// Wrong but common.
    Wrong,
    /// In use.
    Proper,
}

/// The position of a calibre in the table.
pub(super) type CalibreNo = u16;

/// Every calibre.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Calibres {
    all: Vec<Calibre>,
    #[serde(serialize_with = "ordered")]
    by_id: HashMap<CalibreId, usize>,
    #[serde(serialize_with = "ordered")]
    by_key: HashMap<String, Vec<(CalibreNo, Sureness)>>,
    /// By the width that a designation begins with: `9` and `7.65` are several.
    #[serde(serialize_with = "ordered")]
    by_width: HashMap<String, Vec<CalibreNo>>,
    longest_key: usize,
    words: CalibreWords,
}

impl Calibres {
    pub(super) fn new(all: Vec<Calibre>, words: CalibreWords) -> Self {
        let mut calibres = Self { all, words, ..Self::default() };
        for (at, calibre) in calibres.all.iter().enumerate() {
            calibres.by_id.entry(calibre.id.clone()).or_insert(at);
            let proper =
                std::iter::once(&calibre.name).chain(&calibre.aliases).map(|name| (name, Sureness::Proper));
            let wrong = calibre.wrong.iter().map(|name| (name, Sureness::Wrong));
            let shared = calibre.ambiguous.iter().map(|name| (name, Sureness::Ambiguous));
            for (name, sureness) in proper.chain(wrong).chain(shared) {
                let atoms = text::atoms(name);
                if let Some(width) = width_of(name, &atoms) {
                    let same = calibres.by_width.entry(width).or_default();
                    if same.last() != Some(&(at as CalibreNo)) {
                        same.push(at as CalibreNo);
                    }
                }
                for key in calibres.words.filed_under(&atoms) {
                    calibres.longest_key = calibres.longest_key.max(atoms.len());
                    let meanings = calibres.by_key.entry(key).or_default();
                    match meanings.iter_mut().find(|(no, _)| usize::from(*no) == at) {
                        Some((_, known)) => *known = sureness.max(*known),
                        None => meanings.push((at as CalibreNo, sureness)),
                    }
                }
            }
        }
        calibres
    }

    /// Every calibre, in the order of the files.
    pub fn all(&self) -> &[Calibre] {
        &self.all
    }

    /// The calibre of an id.
    pub fn get(&self, id: &CalibreId) -> Option<&Calibre> {
        self.by_id.get(id).map(|at| &self.all[*at])
    }

    /// The calibre that a designation means; `None` when it is not known or is shared by several.
    pub fn find(&self, text: &str) -> Option<&Calibre> {
        match self.find_all(text).as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Every calibre that a designation may mean, the sure ones only where there are any.
    pub fn find_all(&self, text: &str) -> Vec<&Calibre> {
        self.numbers(&text::atoms(text)).into_iter().map(|no| &self.all[usize::from(no)]).collect()
    }

    /// As [`Calibres::find_all`], of a text already cut.
    pub(super) fn numbers(&self, atoms: &[Atom]) -> Vec<CalibreNo> {
        let Some(meanings) = self.words.keys(atoms).into_iter().find_map(|key| self.by_key.get(&key)) else {
            return Vec::new();
        };
        let best = meanings.iter().map(|(_, sureness)| *sureness).max();
        meanings.iter().filter(|(_, sureness)| Some(*sureness) == best).map(|(no, _)| *no).collect()
    }

    /// Every calibre that has a designation, with how surely it means it.
    pub(super) fn meanings(&self, name: &str) -> Vec<(&Calibre, Sureness)> {
        let atoms = text::atoms(name);
        let dotted = |name: &str| text::atoms(name).first().is_some_and(|atom| atom.dotted);
        let first = self.words.filed_under(&atoms).into_iter().next();
        let meanings = first.as_ref().and_then(|key| self.by_key.get(key));
        let found = meanings.into_iter().flatten().map(|(no, sureness)| (self.at(*no), *sureness));
        // `.45 Pellet` and `4.5 Pellet` have one key, because points are left out, and are two designations all the same.
        let says = |calibre: &Calibre| {
            std::iter::once(&calibre.name).chain(&calibre.aliases).any(|other| {
                dotted(other) == dotted(name)
                    && self.words.filed_under(&text::atoms(other)).first() == first.as_ref()
            })
        };
        found.filter(|(calibre, sureness)| *sureness != Sureness::Proper || says(calibre)).collect()
    }

    /// The calibres of which a designation begins with a decimal number: `7.65` is several.
    pub(super) fn of_decimal(&self, whole: &str, fraction: &str) -> Vec<CalibreNo> {
        self.by_width.get(&format!("{whole}.{fraction}")).cloned().unwrap_or_default()
    }

    /// The calibres that are as wide as a text says which says nothing else: `9 mm`, `cal. 7,62`.
    pub(super) fn of_one_width(&self, atoms: &[Atom]) -> &[CalibreNo] {
        let says_more =
            |atom: &&Atom| !self.words.is_calibre(&atom.text) && !self.words.is_millimetre(&atom.text);
        let numbers: Vec<&Atom> = atoms.iter().filter(says_more).collect();
        let width = match numbers.as_slice() {
            [whole] if whole.digits && !whole.dotted => whole.text.to_string(),
            [whole, fraction] if whole.digits && fraction.digits && fraction.gap == Gap::Mark => {
                format!("{}.{}", whole.text, fraction.text)
            }
            _ => return &[],
        };
        self.by_width.get(&width).map(Vec::as_slice).unwrap_or_default()
    }

    /// The position of a calibre.
    pub(super) fn number(&self, id: &CalibreId) -> Option<CalibreNo> {
        self.by_id.get(id).map(|at| *at as CalibreNo)
    }

    /// The calibre at a position.
    pub(super) fn at(&self, no: CalibreNo) -> &Calibre {
        &self.all[usize::from(no)]
    }

    /// The greatest number of atoms in a designation.
    pub(super) fn longest(&self) -> usize {
        self.longest_key
    }
}

/// The width in millimetres that a designation begins with.
fn width_of(name: &str, atoms: &[Atom]) -> Option<String> {
    match atoms {
        [whole, fraction, ..]
            if whole.digits
                && fraction.digits
                && name[whole.span.end..fraction.span.start].contains(['.', ',']) =>
        {
            Some(format!("{}.{}", whole.text, fraction.text))
        }
        [whole, next, ..] if whole.digits && !whole.dotted && matches!(&*next.text, "x" | "mm") => {
            Some(whole.text.to_string())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::Reference;

    fn table() -> Calibres {
        let calibre = |id: &str, name: &str, aliases: &[&str], wrong: &[&str], ambiguous: &[&str]| Calibre {
            id: id.into(),
            name: name.into(),
            aliases: aliases.iter().map(ToString::to_string).collect(),
            wrong: wrong.iter().map(ToString::to_string).collect(),
            ambiguous: ambiguous.iter().map(ToString::to_string).collect(),
            family: "handgun".into(),
            bullet_mm: None,
            case_mm: None,
            note: None,
            file: "",
        };
        let words = Reference::shipped().unwrap().calibres().words.clone();
        let all = vec![
            calibre("9x19", "9x19mm Parabellum", &["9mm", "9x19", "9 Para", "9mm Luger"], &[".9 mm"], &[]),
            calibre("45-acp", ".45 ACP", &[".45 Auto"], &[], &[".45"]),
            calibre("45-colt", ".45 Colt", &[".45 LC"], &[], &[".45"]),
            calibre("12", "12 Gauge", &["12 ga", "cal. 12"], &[], &[]),
            calibre("762x39", "7.62x39mm", &[], &[], &[]),
        ];
        Calibres::new(all, words)
    }

    #[test]
    fn any_spelling_finds_the_calibre() {
        let table = table();
        for (text, id) in [
            (".9 millimeter", "9x19"),
            ("9 Para", "9x19"),
            ("9x19", "9x19"),
            ("9 × 19 mm", "9x19"),
            ("9мм", "9x19"),
            ("9mm Para", "9x19"),
            ("7,62х39", "762x39"),
            ("7.62*39", "762x39"),
            (".45ACP", "45-acp"),
            ("45 automatic", "45-acp"),
            ("12GA", "12"),
            ("12 guage", "12"),
            ("calibre 12", "12"),
            ("12 cal.", "12"),
            ("12 बोर", "12"),
            ("9毫米", "9x19"),
        ] {
            assert_eq!(table.find(text).map(|found| found.id.as_str()), Some(id), "of {text:?}");
        }
    }

    #[test]
    fn a_shared_short_form_means_each_and_none_surely() {
        let table = table();
        assert_eq!(table.find_all(".45").len(), 2);
        assert_eq!(table.find(".45"), None);
    }

    #[test]
    fn a_bare_number_is_not_a_calibre_unless_filed_as_one() {
        assert!(table().find("9").is_none());
        assert!(table().find("").is_none());
    }
}
