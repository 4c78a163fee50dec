//! Working out the index of a table: its entries become numbered rows, their names are cut, marked, gathered and weighed.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::reference::entry::Entry;
use crate::reference::id::ModelId;
use crate::reference::table::Reference;
use crate::reference::text::{self, Atom, Gap};

use super::gather::{Gathered, Marked};
use super::prepared::{NumberedRow, Prepared};

/// Works out the index of a table.
pub(super) fn prepare(table: &Reference) -> Prepared {
    let mut preparing = Preparing {
        table,
        rows: Vec::new(),
        made: 0,
        models: Gathered::default(),
        makes: Gathered::default(),
    };
    preparing.take_all();
    preparing.order_rows();
    let Preparing { rows, models, makes, .. } = preparing;
    let (models, makes) = rayon::join(|| models.finish(), || makes.finish());
    Prepared { rows, models, makes }
}

struct Preparing<'a> {
    table: &'a Reference,
    rows: Vec<NumberedRow>,
    /// How many makes were met.
    made: u32,
    models: Gathered,
    makes: Gathered,
}

impl Preparing<'_> {
    fn take_all(&mut self) {
        let table = self.table;
        let mut make_numbers: HashMap<String, u32> = HashMap::new();
        let mut row_numbers: HashMap<&ModelId, u32> = HashMap::new();
        for (place, entry, names) in named(table, |entry| entry.same_as.is_none()) {
            let make_key = match &entry.make_id {
                Some(id) => id.as_str().to_owned(),
                None => text::name_key(&entry.make),
            };
            let make = *make_numbers.entry(make_key).or_insert_with(|| self.add_make(entry));
            let row = self.rows.len() as u32;
            row_numbers.insert(&entry.id, row);
            let calibres = entry.calibres.iter().filter_map(|id| table.calibres().number(id)).collect();
            self.rows.push(NumberedRow { entry: place, make, order: row, calibres });
            self.add_names(row, names, false);
        }
        for (_, entry, names) in named(table, |entry| entry.same_as.is_some()) {
            let Some(row) = entry.same_as.as_ref().and_then(|id| row_numbers.get(id)).copied() else {
                continue;
            };
            self.add_names(row, names, true);
            let known = &mut self.rows[row as usize];
            if !table.entries()[known.entry as usize].is_card() {
                for no in entry.calibres.iter().filter_map(|id| table.calibres().number(id)) {
                    if !known.calibres.contains(&no) {
                        known.calibres.push(no);
                    }
                }
            }
        }
    }

    fn add_make(&mut self, entry: &Entry) -> u32 {
        let no = self.made;
        self.made += 1;
        let make = entry.make_id.as_ref().and_then(|id| self.table.makes().get(id));
        let names: Vec<&str> = match make {
            Some(make) => make.names().collect(),
            None => vec![&entry.make],
        };
        let mut known = Vec::new();
        for (at, name) in names.into_iter().enumerate() {
            let mut atoms = text::atoms(name);
            atoms.retain(|atom| atom.text != "and");
            let key: String = atoms.iter().map(|atom| atom.text.as_str()).collect();
            if !known.contains(&key) {
                let common = self.table.words().common(&atoms);
                self.makes.add(no, &atoms, Marked { make: 0, common }, at > 0);
                known.push(key);
            }
        }
        no
    }

    fn add_names(&mut self, row: u32, names: Vec<Cut>, duplicate: bool) {
        for (at, name) in names.into_iter().enumerate() {
            self.models.add(row, &name.atoms, name.marked, at > 0 || duplicate);
        }
    }

    /// Among equals cards come first, then the shorter names.
    fn order_rows(&mut self) {
        let mut numbers: Vec<u32> = (0..self.rows.len() as u32).collect();
        let key = |no: &u32| {
            let entry = &self.table.entries()[self.rows[*no as usize].entry as usize];
            (!entry.is_card(), entry.model.chars().count(), &entry.model, &entry.id)
        };
        numbers.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        for (place, no) in numbers.into_iter().enumerate() {
            self.rows[no as usize].order = place as u32;
        }
    }
}

/// A name, cut into atoms.
struct Cut {
    atoms: Vec<Atom>,
    marked: Marked,
}

/// Chosen entries, each with its place in the table and its names. Cutting is most of the work of indexing and each name is cut by itself, so it is done on all
/// cores; a piece at a time, because the atoms of a long edition take more room than its index.
fn named(
    table: &Reference,
    chosen: impl Fn(&Entry) -> bool,
) -> impl Iterator<Item = (u32, &Arc<Entry>, Vec<Cut>)> {
    const PIECE: usize = 8_192;
    let chosen: Vec<(u32, &Arc<Entry>)> =
        (0..).zip(table.entries()).filter(|(_, entry)| chosen(entry)).collect();
    let pieces = chosen.len().div_ceil(PIECE);
    (0..pieces).flat_map(move |piece| {
        let piece = &chosen[piece * PIECE..chosen.len().min((piece + 1) * PIECE)];
        let cut = piece.par_iter().map(|(place, entry)| (*place, *entry, names_of(table, entry)));
        cut.collect::<Vec<_>>()
    })
}

/// The names of an entry, its model's first. Of spellings that differ in nothing but spaces the one of most words stands for all: each
/// word weighs, and `Kar98k` is no less of a name than `Kar 98k`.
fn names_of(table: &Reference, entry: &Entry) -> Vec<Cut> {
    let words = |atoms: &[Atom]| atoms.iter().filter(|atom| atom.gap == Gap::Space).count();
    let mut known: Vec<(String, Vec<Atom>)> = Vec::with_capacity(1 + entry.aliases.len());
    for atoms in entry.names().map(text::atoms) {
        let key: String = atoms.iter().map(|atom| atom.text.as_str()).collect();
        match known.iter_mut().find(|(other, _)| *other == key) {
            Some((_, other)) if words(other) >= words(&atoms) => {}
            Some((_, other)) => *other = atoms,
            None => known.push((key, atoms)),
        }
    }
    let cut = |(_, atoms): (String, Vec<Atom>)| {
        let marked = Marked { make: leading_make(table, &atoms), common: table.words().common(&atoms) };
        Cut { atoms, marked }
    };
    known.into_iter().map(cut).collect()
}

/// How many atoms at the beginning of a model's name are names of makes, with something after them: `FN Browning 1910` has two. A name
/// of nothing but makes, such as Martini-Henry, has none.
fn leading_make(table: &Reference, atoms: &[Atom]) -> usize {
    let mut at = 0;
    while let Some(len) = make_at(table, &atoms[at..]) {
        at += len;
    }
    // Two letters alone may be anything.
    let letters: usize = atoms[..at].iter().map(|atom| atom.text.chars().count()).sum();
    if at == atoms.len() || letters < 3 { 0 } else { at }
}

/// How many atoms at the beginning of these are the name of a make.
fn make_at(table: &Reference, atoms: &[Atom]) -> Option<usize> {
    if !table.makes().begins_with(&atoms.first()?.text) {
        return None;
    }
    let is_make = |len: &usize| {
        let words = &atoms[..*len];
        let key: String = words.iter().map(|atom| atom.text.as_str()).filter(|word| *word != "and").collect();
        let ends = atoms.get(*len).is_none_or(|next| next.gap != Gap::None);
        let whole = ends && words.iter().all(|atom| !atom.digits) && key.chars().count() >= 2;
        whole && table.words().word(&key).is_none() && table.makes().has_key(&key)
    };
    (1..=4.min(atoms.len())).rev().find(is_make)
}
