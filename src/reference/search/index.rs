//! The index in memory, and a search from text to results.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::reference::calibre::CalibreNo;
use crate::reference::entry::Entry;
use crate::reference::id::MakeId;
use crate::reference::table::Reference;

use super::facets::{Asked, Facets, Filters};
use super::names::{Explanation, NameNo, Names};
use super::prepared::Prepared;
use super::query::{Query, Reader};
use super::results::{Hit, Results};
use super::score::{self, Edged, Scored};
use super::serial;

/// How many names are scored in full.
const CANDIDATES: usize = 400;
/// So many rows or names are looked at by one core before it is worth another's while.
const AT_A_TIME: usize = 8_192;
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
    pub(super) all: Facets,
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
    pub order: u32,
    pub firearm_type: Option<FirearmType>,
    pub action: Option<FirearmAction>,
    /// The entry's calibres, and those of its duplicates.
    pub calibres: Vec<CalibreNo>,
    pub calibre_marks: u64,
    pub country_marks: u64,
}

impl Index {
    /// Indexes a table. The shipped one was indexed when the program was built, and that is taken as it lies there; one with editions
    /// beside it is indexed anew.
    pub fn build(reference: Arc<Reference>) -> Self {
        let prepared = reference.prepared_index().unwrap_or_else(|| Prepared::of(&reference));
        prepared.index(reference)
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
            names: [&self.models.lexicon, &self.makes.lexicon],
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
        Results {
            serial: serial::of(&query, &hits, self.reference.words()),
            ignored: ignored(&query),
            hits,
            total,
            facets,
        }
    }

    fn score_all(&self, query: &Query, edged: &Edged, asked: &Asked) -> Vec<Scored> {
        let all = asked.is_nothing();
        let admits = |row: u32| all || asked.admits(&self.rows[row as usize]);
        let every_row = || (0..self.rows.len() as u32).into_par_iter().with_min_len(AT_A_TIME);
        let every_row = || every_row().filter(|row| admits(*row));
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
        let of_makes = rows.into_par_iter().with_min_len(AT_A_TIME);
        found.par_extend(of_makes.filter(|row| admits(*row)).map(of_facts));
        score::keep_best(&mut found);
        if edged.facts.are_said() && found.iter().all(|row| row.score < score::BY_NAME) {
            // No name fits well: what is said of kind, calibre and country may be all there is.
            found.par_extend(every_row().map(of_facts).filter(|row| row.score > score::OF_FACTS));
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
        terms.sort_unstable_by_key(|term| (self.models.frequency(*term), *term));
        let mut walked = 0;
        for term in terms {
            let fragile = self.models.lexicon.text(term).chars().count() < 2;
            // Once the rarer words have named enough, a common one only confirms.
            let opens = touched.is_empty() || (!fragile && walked < 60_000);
            walked += self.models.frequency(term);
            self.models.postings(term).for_each(|posting| {
                let mask = &mut met[posting.name as usize];
                if *mask == 0 && !opens {
                    return;
                }
                if *mask == 0 {
                    touched.push(posting.name);
                }
                *mask |= ((1u16 << posting.len) - 1) << posting.start;
            });
        }
        let mut estimated: Vec<(f32, NameNo)> = touched
            .into_par_iter()
            .with_min_len(AT_A_TIME)
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
