//! The index in memory, and a search from text to results.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::domain::country::CountryCode;
use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::reference::calibre::CalibreNo;
use crate::reference::entry::Entry;
use crate::reference::id::{MakeId, ModelId};
use crate::reference::table::Reference;
use crate::reference::text::{self, Atom, Gap};

use super::facets::{Asked, Facets, Filters};
use super::names::{Explanation, Marked, NameNo, Names};
use super::query::{Query, Reader};
use super::results::{FoundSerial, Hit, Results};
use super::score::{self, Edged, Scored};

/// How many names are scored in full.
const CANDIDATES: usize = 400;
/// An entry answers when its score is at least this part of the best one's.
const ANSWERS: f32 = 0.6;

/// The searchable table. Immutable: a changed table is indexed anew, on a background job.
#[derive(Debug)]
pub struct Index {
    pub(super) reference: Arc<Reference>,
    /// The entries that are found: every one that is not the duplicate of another.
    pub(super) rows: Vec<Row>,
    pub(super) models: Names,
    pub(super) makes: Names,
    /// The rows of each make.
    pub(super) rows_of_make: Vec<Vec<u32>>,
    /// The make's name as shown.
    pub(super) make_names: Vec<Arc<str>>,
    /// The make's id; `None` where the table does not have it.
    pub(super) make_ids: Vec<Option<MakeId>>,
    /// The counts over every row, for the empty text.
    all: Facets,
}

/// What scoring needs of an entry.
#[derive(Debug)]
pub(super) struct Row {
    pub entry: Arc<Entry>,
    pub make: u32,
    /// Whether it is a full card.
    pub card: bool,
    /// What it is worth before anything is asked.
    pub prior: f32,
    /// The row's place among rows that answer equally well.
    order: u32,
    pub firearm_type: Option<FirearmType>,
    pub action: Option<FirearmAction>,
    /// The entry's calibres, and those of its duplicates.
    pub calibres: Vec<CalibreNo>,
    pub countries: Vec<CountryCode>,
    pub calibre_marks: u64,
    pub country_marks: u64,
}

impl Index {
    /// Indexes a table. Takes tens of milliseconds for the shipped one.
    pub fn build(reference: Arc<Reference>) -> Self {
        let table = Arc::clone(&reference);
        let mut index = Self {
            rows: Vec::new(),
            models: Names::default(),
            makes: Names::default(),
            rows_of_make: Vec::new(),
            make_names: Vec::new(),
            make_ids: Vec::new(),
            all: Facets::default(),
            reference,
        };
        let mut make_numbers: HashMap<String, u32> = HashMap::new();
        let mut row_numbers: HashMap<ModelId, u32> = HashMap::new();
        for (entry, names) in named(&table, |entry| entry.same_as.is_none()) {
            let make_key = match &entry.make_id {
                Some(id) => id.as_str().to_owned(),
                None => text::name_key(&entry.make),
            };
            let make = *make_numbers.entry(make_key).or_insert_with(|| index.add_make(entry));
            let row = index.rows.len() as u32;
            row_numbers.insert(entry.id.clone(), row);
            index.rows_of_make[make as usize].push(row);
            let calibres = entry.calibres.iter().filter_map(|id| table.calibres().number(id)).collect();
            index.rows.push(Row {
                entry: Arc::clone(entry),
                make,
                card: entry.is_card(),
                prior: score::prior(entry),
                order: row,
                firearm_type: entry.firearm_type,
                action: entry.action,
                calibre_marks: 0,
                country_marks: score::country_marks(&entry.countries),
                calibres,
                countries: entry.countries.clone(),
            });
            index.add_names(row, names, false);
        }
        for (entry, names) in named(&table, |entry| entry.same_as.is_some()) {
            let Some(row) = entry.same_as.as_ref().and_then(|id| row_numbers.get(id)).copied() else {
                continue;
            };
            index.add_names(row, names, true);
            let known = &mut index.rows[row as usize];
            if !known.entry.is_card() {
                for no in entry.calibres.iter().filter_map(|id| table.calibres().number(id)) {
                    if !known.calibres.contains(&no) {
                        known.calibres.push(no);
                    }
                }
            }
        }
        for row in &mut index.rows {
            row.calibre_marks = score::calibre_marks(&row.calibres);
        }
        rayon::join(|| index.models.finish(), || index.makes.finish());
        index.order_rows();
        index.all = Facets::of(&index, index.rows.iter());
        index
    }

    fn add_make(&mut self, entry: &Entry) -> u32 {
        let no = self.make_names.len() as u32;
        self.make_names.push(Arc::clone(&entry.make));
        self.make_ids.push(entry.make_id.clone());
        self.rows_of_make.push(Vec::new());
        let make = entry.make_id.as_ref().and_then(|id| self.reference.makes().get(id));
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
                let common = self.reference.words().common(&atoms);
                self.makes.add(no, &atoms, Marked { make: 0, common }, at > 0);
                known.push(key);
            }
        }
        no
    }

    /// Among equals cards come first, then the shorter names.
    fn order_rows(&mut self) {
        let mut numbers: Vec<u32> = (0..self.rows.len() as u32).collect();
        let key = |no: &u32| {
            let entry = &self.rows[*no as usize].entry;
            (!entry.is_card(), entry.model.chars().count(), &entry.model, &entry.id)
        };
        numbers.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        for (place, no) in numbers.into_iter().enumerate() {
            self.rows[no as usize].order = place as u32;
        }
    }

    fn add_names(&mut self, row: u32, names: Vec<Cut>, duplicate: bool) {
        for (at, name) in names.into_iter().enumerate() {
            self.models.add(row, &name.atoms, name.marked, at > 0 || duplicate);
        }
    }

    /// The table that is indexed.
    pub fn reference(&self) -> &Arc<Reference> {
        &self.reference
    }

    /// What a text finds. An empty text finds every entry that the filters admit.
    pub fn search(&self, text: &str, filters: &Filters, limit: usize) -> Results {
        let reader = Reader {
            words: self.reference.words(),
            calibres: self.reference.calibres(),
            countries: self.reference.countries(),
        };
        let query = reader.read(text);
        let edged = Edged::of(self, &query);
        let asked = Asked::of(self, filters);
        let mut scored = self.score_all(&query, &edged, &asked);
        let by_rank = |a: &Scored, b: &Scored| self.rank(a, b);
        if let Some(best) = scored.iter().map(|row| row.score).max_by(f32::total_cmp) {
            scored.retain(|row| row.score >= ANSWERS * best);
        }
        let total = scored.len();
        let facets = if total == self.rows.len() {
            self.all.clone()
        } else {
            Facets::of(self, scored.iter().map(|row| &self.rows[row.row as usize]))
        };
        if scored.len() > limit && limit > 0 {
            scored.select_nth_unstable_by(limit - 1, by_rank);
        }
        scored.truncate(limit);
        scored.sort_unstable_by(by_rank);
        let hits: Vec<Hit> = scored.into_iter().map(|row| score::hit(self, &query, &edged, &row)).collect();
        Results { serial: serial_of(&query, &hits), ignored: ignored(&query), hits, total, facets }
    }

    fn score_all(&self, query: &Query, edged: &Edged, asked: &Asked) -> Vec<Scored> {
        let admits = |row: u32| asked.is_nothing() || asked.admits(&self.rows[row as usize]);
        let every_row = || (0..self.rows.len() as u32).filter(|row| admits(*row));
        if query.atoms.is_empty() {
            return every_row().map(|row| Scored::of_facts(row, 0.0)).collect();
        }
        let rows = self.rows_of_makes(edged);
        let of_facts = |row: u32| score::score(self, query, edged, row, None);
        if rows.is_empty() && edged.models.is_empty() {
            return every_row().map(of_facts).filter(|row| row.score > score::OF_FACTS).collect();
        }
        let of_names = self.likely_names(edged).into_iter().filter_map(|name| {
            let row = self.models.owner(name);
            admits(row).then(|| score::score(self, query, edged, row, Some(name)))
        });
        let mut found: Vec<Scored> = of_names.collect();
        found.extend(rows.into_iter().filter(|row| admits(*row)).map(of_facts));
        score::keep_best(&mut found);
        if edged.facts.are_said() && found.iter().all(|row| row.score < score::BY_NAME) {
            // No name fits well: what is said of kind, calibre and country may be all there is.
            found.extend(every_row().map(of_facts).filter(|row| row.score > score::OF_FACTS));
            score::keep_best(&mut found);
        }
        found.retain(|row| row.score > 0.0);
        found
    }

    /// The names that the text is likely to mean, by an estimate.
    fn likely_names(&self, edged: &Edged) -> Vec<NameNo> {
        let mut met: Vec<u16> = vec![0; self.models.len()];
        let mut touched: Vec<NameNo> = Vec::new();
        let mut terms: Vec<_> = edged.models.keys().copied().collect();
        terms.sort_unstable_by_key(|term| (self.models.postings(*term).len(), *term));
        let mut walked = 0;
        for term in terms {
            let fragile = self.models.lexicon.text(term).chars().count() < 2;
            let postings = self.models.postings(term);
            // Once the rarer words have named enough, a common one only confirms.
            let opens = touched.is_empty() || (!fragile && walked < 60_000);
            walked += postings.len();
            for posting in postings {
                let mask = &mut met[posting.name as usize];
                if *mask == 0 {
                    if !opens {
                        continue;
                    }
                    touched.push(posting.name);
                }
                *mask |= ((1u16 << posting.len) - 1) << posting.start;
            }
        }
        let mut estimated: Vec<(f32, NameNo)> = touched
            .into_iter()
            .map(|name| {
                let make = self.rows[self.models.owner(name) as usize].make;
                (self.models.estimate(name, met[name as usize]) + edged.own_make(make), name)
            })
            .collect();
        let by_estimate = |a: &(f32, NameNo), b: &(f32, NameNo)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if estimated.len() > CANDIDATES {
            estimated.select_nth_unstable_by(CANDIDATES, by_estimate);
            estimated.truncate(CANDIDATES);
        }
        estimated.into_iter().map(|(_, name)| name).collect()
    }

    /// The rows of the makes that are named: they answer without their model being named.
    fn rows_of_makes(&self, edged: &Edged) -> Vec<u32> {
        let named = edged.makes.iter().filter(|(_, found)| found.score >= 0.5);
        let mut rows: Vec<u32> =
            named.flat_map(|(make, _)| &self.rows_of_make[*make as usize]).copied().collect();
        rows.sort_unstable();
        rows
    }

    /// How the text explains a name of a row.
    pub(super) fn explain(&self, query: &Query, edged: &Edged, row: u32, name: NameNo) -> Explanation {
        let row = &self.rows[row as usize];
        let says_kind =
            row.firearm_type.is_some_and(|it| query.types.iter().any(|said| said.what.contains(&it)));
        self.models.explain(name, &edged.models, edged.taken_by(row.make), says_kind)
    }

    fn rank(&self, a: &Scored, b: &Scored) -> Ordering {
        let order = |scored: &Scored| self.rows[scored.row as usize].order;
        b.score.total_cmp(&a.score).then_with(|| order(a).cmp(&order(b)))
    }
}

/// The serial that the text names, or a word of five or more characters with four or more digits in a row that the best hit does
/// not explain and that is no date.
fn serial_of(query: &Query, hits: &[Hit]) -> Option<FoundSerial> {
    if query.serial.is_some() {
        return query.serial.clone();
    }
    let explained = |word: &str| {
        hits.first().is_some_and(|hit| {
            hit.reasons.iter().any(|reason| reason.words.contains(word) || word.contains(&reason.words))
        })
    };
    let candidates =
        query.text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut looks_like = candidates.filter(|word| {
        let in_a_row = word.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        let plain = word.chars().all(|c| c.is_alphanumeric() || c == '-');
        let is_date = word.split('-').count() == 3 && word.chars().all(|c| c.is_ascii_digit() || c == '-');
        in_a_row >= 4 && word.chars().count() >= 5 && plain && !is_date && !explained(word)
    });
    let first = looks_like.next()?;
    let from = first.as_ptr() as usize - query.text.as_ptr() as usize;
    let is_only = looks_like.next().is_none();
    is_only.then(|| FoundSerial::at(&query.text, from..from + first.len(), false))
}

fn ignored(query: &Query) -> Vec<String> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < query.atoms.len() {
        let len = query.noise[at..].iter().take_while(|noise| **noise).count();
        if len > 0 {
            words.push(query.said(at, len).to_owned());
        }
        at += len.max(1);
    }
    words
}

/// A name, cut into atoms.
struct Cut {
    atoms: Vec<Atom>,
    marked: Marked,
}

/// Chosen entries, each with its names. Cutting is most of the work of indexing and each name is cut by itself, so it is done on all
/// cores; a piece at a time, because the atoms of a long edition take more room than its index.
fn named(
    table: &Reference,
    chosen: impl Fn(&Entry) -> bool,
) -> impl Iterator<Item = (&Arc<Entry>, Vec<Cut>)> {
    const PIECE: usize = 8_192;
    let chosen: Vec<&Arc<Entry>> = table.entries().iter().filter(|entry| chosen(entry)).collect();
    let pieces = chosen.len().div_ceil(PIECE);
    (0..pieces).flat_map(move |piece| {
        let piece = &chosen[piece * PIECE..chosen.len().min((piece + 1) * PIECE)];
        piece.par_iter().map(|entry| (*entry, names_of(table, entry))).collect::<Vec<_>>()
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
