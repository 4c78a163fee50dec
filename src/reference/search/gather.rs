//! Names while a table is indexed: gathered one by one, then weighed and filed.

use crate::reference::text::{Atom, Gap};

use super::lexicon::{Lexicon, TermNo};
use super::names::{LONGEST_NAME, LONGEST_RUN, Name, NameNo, Names, Posting, run_number, runs_of};
use super::terms;

/// What part of its weight a word has that says no more than the kind of firearm, a colour or the like.
const COMMON: f32 = 0.3;
/// What a make's name weighs inside a model's: `Sig Sauer P365` among another maker's models.
const IN_MODEL: f32 = 0.25;

/// What is known of a name's atoms beyond their text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marked {
    /// How many at the beginning are the name of a make.
    pub make: usize,
    /// Which say no more than the kind of firearm, a colour or the like, a bit each.
    pub common: u16,
}

/// The names of one field while they are gathered.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    terms: terms::Gathered,
    all: Vec<Name>,
    runs: Vec<TermNo>,
}

impl Gathered {
    /// Adds a name of an owner. A table has room for sixteen million names and two thousand million bytes of their parts; what comes after
    /// is not found by name.
    pub(super) fn add(&mut self, owner: u32, atoms: &[Atom], marked: Marked, alias: bool) {
        let atoms = &atoms[..atoms.len().min(LONGEST_NAME)];
        if atoms.is_empty() || self.all.len() >= Posting::NAMES || self.terms.is_full() {
            return;
        }
        let runs = self.runs.len() as u32;
        let mut joined = String::with_capacity(32);
        for start in 0..atoms.len() {
            joined.clear();
            for (len, atom) in (1..).zip(atoms[start..].iter().take(LONGEST_RUN)) {
                joined.push_str(&atom.text);
                let term = self.terms.add(&joined, len);
                self.runs.push(term);
            }
        }
        let words = atoms.iter().enumerate().filter(|(at, atom)| *at == 0 || atom.gap == Gap::Space);
        let words = words.fold(0, |bits, (at, _)| bits | 1 << at);
        let makes = (1 << marked.make.min(atoms.len())) - 1;
        let common = marked.common;
        self.all.push(Name {
            owner,
            runs,
            atoms: atoms.len() as u8,
            weights: 0,
            words,
            makes,
            common,
            alias,
        });
    }

    /// Weighs and files the names.
    pub(super) fn finish(mut self) -> Names {
        let lexicon = Lexicon::of(std::mem::take(&mut self.terms));
        let mut ends = vec![0u32; lexicon.len() + 1];
        for (_, _, term) in self.each_run() {
            ends[term as usize + 1] += 1;
        }
        let weights = self.weigh(&lexicon, &ends[1..]);
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        let mut next = ends.clone();
        let mut postings = vec![0; self.runs.len()];
        for (name, (start, len), term) in self.each_run() {
            let slot = &mut next[term as usize];
            postings[*slot as usize] = Posting { name, start: start as u8, len: len as u8 }.packed();
            *slot += 1;
        }
        self.runs.shrink_to_fit();
        self.all.shrink_to_fit();
        Names {
            lexicon,
            all: self.all,
            runs: self.runs.into(),
            weights: weights.into(),
            postings_from: ends.into(),
            postings: postings.into(),
        }
    }

    /// The weights of the atoms of every name by how often each term occurs, as bits.
    fn weigh(&mut self, lexicon: &Lexicon, counts: &[u32]) -> Vec<u32> {
        let all = (self.all.len() as f32).max(2.0);
        let rarity = |term: TermNo| {
            let frequency = counts[term as usize] as f32;
            0.25 + 0.75 * (all / (frequency + 1.0)).ln().max(0.0) / all.ln()
        };
        let mut weights = Vec::new();
        for name in &mut self.all {
            name.weights = weights.len() as u32;
            let count = usize::from(name.atoms);
            let term =
                |start: usize, len: usize| self.runs[name.runs as usize + run_number(count, start, len)];
            let mut start = 0;
            while start < count {
                let rest = (start + 1..count).take_while(|at| name.words & (1 << at) == 0).count();
                let len = (1 + rest).min(LONGEST_RUN);
                // A word weighs by its own rarity, however many atoms it has: `AR-15` is more common than `DDM4`. Its letters and
                // digits share that weight by how much each tells.
                let is_common = |at: usize| name.common & (1 << at) != 0;
                let commonness = |common: bool| if common { COMMON } else { 1.0 };
                let word = rarity(term(start, len)) * commonness((start..start + len).all(is_common));
                let shares: Vec<f32> = (start..start + len)
                    .map(|at| {
                        let text = lexicon.text(term(at, 1));
                        let short = if text.chars().count() == 1 { 0.5 } else { 1.0 };
                        rarity(term(at, 1)) * short * commonness(is_common(at))
                    })
                    .collect();
                let all_shares: f32 = shares.iter().sum();
                for (at, share) in (start..).zip(&shares) {
                    let make = if name.makes & (1 << at) != 0 { IN_MODEL } else { 1.0 };
                    let weight: f32 = word * share / all_shares * make;
                    weights.push(weight.to_bits());
                }
                start += len;
            }
        }
        weights
    }

    fn each_run(&self) -> impl Iterator<Item = (NameNo, (usize, usize), TermNo)> + '_ {
        self.all.iter().enumerate().flat_map(move |(no, name)| {
            let from = name.runs as usize;
            let runs = runs_of(usize::from(name.atoms)).enumerate();
            runs.map(move |(at, run)| (no as NameNo, run, self.runs[from + at]))
        })
    }
}
