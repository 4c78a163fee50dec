//! The names of one field (makes or models), cut into atoms, with every joined run of them in a vocabulary.
//!
//! A name's atoms carry weights: a rare one tells more than a common one, and a word that is said of any firearm (a kind, a colour)
//! tells little. How well a text explains a name is the weight it covers, less a part of the weight it leaves uncovered.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::reference::text;

use super::lexicon::{Lexicon, TermNo};
use super::numbers::Numbers;

/// The longest joined run: `AK-47` is two atoms, `CZ 75 SP-01` five.
pub(super) const LONGEST_RUN: usize = 4;
/// Atoms of a name beyond these are left out.
pub(super) const LONGEST_NAME: usize = 10;
/// What part of the weight that is not covered counts against a name.
const UNCOVERED: f32 = 0.45;
/// A one- or two-letter atom that stands apart from its name in the text proves little.
const FRAGILE: f32 = 0.25;
/// What a run loses that was taken for the make's name already: the Adler of `Adler 88` is not also the model Adler.
const TAKEN: f32 = 0.5;

/// The number of a name.
pub(super) type NameNo = u32;

/// One name.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Name {
    /// Whose name it is: an entry's or a make's number.
    pub owner: u32,
    /// Where its runs begin in `runs`.
    pub runs: u32,
    /// How many atoms it has.
    pub atoms: u8,
    /// Where the weights of its atoms begin in `weights`.
    pub weights: u32,
    /// Which atoms begin a word, a bit each.
    pub words: u16,
    /// Which atoms are the name of a make, a bit each.
    pub makes: u16,
    /// Which atoms say no more than the kind of firearm, a colour or the like, a bit each.
    pub common: u16,
    /// Whether it is an alias.
    pub alias: bool,
}

/// Where a term occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub name: NameNo,
    /// The first atom of the run.
    pub start: u8,
    /// How many atoms.
    pub len: u8,
}

impl Posting {
    /// Names have smaller numbers: place and length of a run share a number with the name's.
    pub(super) const NAMES: usize = 1 << 24;

    /// As one number.
    pub(super) fn packed(self) -> u32 {
        self.name << 8 | u32::from(self.start) << 4 | u32::from(self.len)
    }

    fn of(packed: u32) -> Self {
        Self { name: packed >> 8, start: (packed >> 4 & 0xf) as u8, len: (packed & 0xf) as u8 }
    }
}

/// A run of the text's atoms that meets a term.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// The first atom of the text.
    pub start: u16,
    /// How many.
    pub len: u16,
    /// From 0 to 1: how surely the run means the term.
    pub quality: f32,
    /// From 0 to 1: how surely the run is there for a name at all, and not for a calibre, length or colour.
    pub role: f32,
}

/// The runs of the text by the terms that they meet.
pub(super) type Edges = HashMap<TermNo, Vec<Edge>>;

/// How a text explains a name.
#[derive(Debug, Clone, Default)]
pub(super) struct Explanation {
    /// Weight covered less a part of the weight not covered.
    pub score: f32,
    /// Weight covered, as a part of the whole.
    pub coverage: f32,
    /// Weight that need not be covered, because the text says the same in other words.
    pub excused: f32,
    /// The least quality of the runs used.
    pub quality: f32,
    /// The runs of the text that were used.
    pub used: Vec<Edge>,
    /// The runs that met the make's name which the name begins with.
    pub make: Vec<Edge>,
}

/// The names of one field.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Names {
    pub lexicon: Lexicon,
    pub(super) all: Vec<Name>,
    /// The terms of the runs of each name.
    pub(super) runs: Numbers,
    /// The weights of the atoms of each name, as the bits of floating-point numbers.
    pub(super) weights: Numbers,
    /// Where the postings of each term begin, and where the last end.
    pub(super) postings_from: Numbers,
    pub(super) postings: Numbers,
}

impl Names {
    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Whose name it is.
    pub(super) fn owner(&self, name: NameNo) -> u32 {
        self.all[name as usize].owner
    }

    /// Whether a name is an alias.
    pub(super) fn is_alias(&self, name: NameNo) -> bool {
        self.all[name as usize].alias
    }

    /// Whether a name is nothing but a short number.
    pub(super) fn is_number(&self, name: NameNo) -> bool {
        let name = &self.all[name as usize];
        let text = self.lexicon.text(self.runs.at(name.runs as usize));
        name.atoms == 1 && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// How often a term occurs.
    pub(super) fn frequency(&self, term: TermNo) -> usize {
        self.postings_from.span(term as usize).len()
    }

    /// Whether a name is written in a script without spaces between words, of which any sign may stand in a text by chance.
    pub(super) fn is_unspaced(&self, name: NameNo) -> bool {
        text::begins_unspaced(self.lexicon.text(self.runs.at(self.all[name as usize].runs as usize)))
    }

    /// Where a term occurs.
    pub(super) fn postings(&self, term: TermNo) -> impl Iterator<Item = Posting> + '_ {
        self.postings.between(self.postings_from.span(term as usize)).map(Posting::of)
    }

    /// The name's text, folded and joined.
    pub(super) fn text(&self, name: NameNo) -> String {
        let name = &self.all[name as usize];
        let runs = runs_of(usize::from(name.atoms)).zip(name.runs as usize..);
        runs.filter(|((_, len), _)| *len == 1)
            .map(|(_, run)| self.lexicon.text(self.runs.at(run)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// A quick estimate of [`Names::explain`] from the set of atoms that are met at all.
    pub(super) fn estimate(&self, name: NameNo, met: u16) -> f32 {
        let (covered, whole) = self.weigh(name, |at| met & (1 << at) != 0);
        covered - UNCOVERED * (whole - covered)
    }

    fn weigh(&self, name: NameNo, met: impl Fn(usize) -> bool) -> (f32, f32) {
        let weights = self.atom_weights(&self.all[name as usize]).enumerate();
        weights.fold((0.0, 0.0), |(covered, whole), (at, weight)| {
            (covered + if met(at) { weight } else { 0.0 }, whole + weight)
        })
    }

    fn atom_weights(&self, name: &Name) -> impl Iterator<Item = f32> + '_ {
        let from = name.weights as usize;
        self.weights.between(from..from + usize::from(name.atoms)).map(f32::from_bits)
    }

    /// How the text explains a name best: the runs that cover it, each atom of the name once. Runs that were `taken` for another
    /// name already count for less; words for the kind of firearm are `excused` where the text says the kind in its own words.
    pub(super) fn explain(&self, no: NameNo, edges: &Edges, taken: &[Edge], excused: bool) -> Explanation {
        let name = &self.all[no as usize];
        let count = usize::from(name.atoms);
        let weights: Vec<f32> = self.atom_weights(name).collect();
        let mut whole: f32 = weights.iter().sum();
        // best[at]: the best way to explain the first `at` atoms.
        let mut best: Vec<Option<Explanation>> = vec![None; count + 1];
        best[0] = Some(Explanation { quality: 1.0, ..Explanation::default() });
        for at in 0..count {
            let Some(so_far) = best[at].take() else { continue };
            for len in 1..=LONGEST_RUN.min(count - at) {
                let term = self.runs.at(name.runs as usize + run_number(count, at, len));
                let Some(met) = edges.get(&term) else { continue };
                let weight: f32 = weights[at..at + len].iter().sum();
                let of_make = (at..at + len).all(|at| name.makes & (1 << at) != 0);
                let text = self.lexicon.text(term);
                let fragile = len == 1 && count > 1 && is_fragile(text);
                let is_sign = fragile && !text.is_ascii();
                for edge in met.iter().filter(|edge| !so_far.used.iter().any(|used| overlaps(used, edge))) {
                    let worth = edge.quality
                        * edge.role
                        * order_worth(so_far.used.last(), edge, fragile, is_sign)
                        * left_of(edge, taken);
                    // What is not worth full weight is in part uncovered.
                    let score = so_far.score + weight * (worth - UNCOVERED * (1.0 - worth));
                    if best[at + len].as_ref().is_none_or(|known| score > known.score) {
                        let mut used = so_far.used.clone();
                        // A make's words in a model's name say nothing of the model.
                        let mut make = so_far.make.clone();
                        if of_make {
                            make.push(*edge);
                        } else {
                            used.push(*edge);
                        }
                        best[at + len] = Some(Explanation {
                            excused: so_far.excused,
                            make,
                            score,
                            coverage: so_far.coverage + weight * worth,
                            quality: so_far.quality.min(edge.quality),
                            used,
                        });
                    }
                }
            }
            let pardon = excused && name.common & (1 << at) != 0;
            let (score, excused) = if pardon {
                (so_far.score, so_far.excused + weights[at])
            } else {
                (so_far.score - UNCOVERED * weights[at], so_far.excused)
            };
            if best[at + 1].as_ref().is_none_or(|known| score > known.score) {
                best[at + 1] = Some(Explanation { score, excused, ..so_far });
            }
        }
        let mut explanation = best.pop().flatten().unwrap_or_default();
        whole -= explanation.excused;
        explanation.coverage /= whole.max(f32::MIN_POSITIVE);
        explanation
    }
}

/// Whether an atom may stand in any text by chance: one digit, or one or two letters.
fn is_fragile(atom: &str) -> bool {
    let digits = atom.bytes().all(|byte| byte.is_ascii_digit());
    atom.chars().count() <= if digits { 1 } else { 2 }
}

/// What is left of a run's worth when some of its atoms were taken for another name.
fn left_of(edge: &Edge, taken: &[Edge]) -> f32 {
    let atoms = edge.start..edge.start + edge.len;
    let shared = atoms
        .filter(|at| taken.iter().any(|other| (other.start..other.start + other.len).contains(at)))
        .count();
    1.0 - TAKEN * shared as f32 / f32::from(edge.len)
}

/// Whether two runs share an atom of the text.
pub(super) fn overlaps(a: &Edge, b: &Edge) -> bool {
    a.start < b.start + b.len && b.start < a.start + a.len
}

/// What part of a run's worth its place in the text leaves: a fragile one must follow closely, and any one loses a little out of
/// order.
fn order_worth(before: Option<&Edge>, edge: &Edge, fragile: bool, is_sign: bool) -> f32 {
    let gap = before.map(|last| i32::from(edge.start) - i32::from(last.start + last.len));
    match gap {
        Some(0) => 1.0,
        // One sign of a script without spaces is no word: it counts only beside the others of its name.
        Some(_) if is_sign => 0.0,
        _ if fragile => FRAGILE,
        Some(gap) if gap < 0 => 0.85,
        _ => 1.0,
    }
}

/// The runs of a name: first atom and length, by first atom, then length.
pub(super) fn runs_of(atoms: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..atoms).flat_map(move |start| (1..=LONGEST_RUN.min(atoms - start)).map(move |len| (start, len)))
}

/// The place of a run in [`runs_of`].
pub(super) fn run_number(atoms: usize, start: usize, len: usize) -> usize {
    let full = (atoms + 1).saturating_sub(LONGEST_RUN).min(start);
    // Before `start` every place has LONGEST_RUN runs until the end of the name is near, then one fewer each.
    let short: usize = (full..start).map(|at| atoms - at).sum();
    full * LONGEST_RUN + short + len - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posting_is_kept_whole_in_one_number() {
        let posting = Posting { name: (Posting::NAMES - 1) as NameNo, start: 9, len: 4 };
        assert_eq!(Posting::of(posting.packed()), posting);
        const { assert!(LONGEST_NAME <= 0x10 && LONGEST_RUN < 0x10, "a place or a length has no room") }
    }

    #[test]
    fn runs_are_numbered_in_their_order() {
        for atoms in 1..=LONGEST_NAME {
            for (place, (start, len)) in runs_of(atoms).enumerate() {
                assert_eq!(run_number(atoms, start, len), place, "run {start}+{len} of {atoms}");
            }
        }
    }
}
