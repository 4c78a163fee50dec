//! Scoring one entry against a text, and saying why.
//!
//! The score is a sum: what the text explains of the model's name, whether it names the make (or another), and whether calibre,
//! kind, action and country agree. What an entry does not say never counts against it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::country::CountryCode;
use crate::domain::firearm::FirearmType;
use crate::reference::calibre::CalibreNo;
use crate::reference::entry::Entry;
use crate::reference::text::{self, Gap};

use super::edges::{Field, edges};
use super::index::{Index, Row};
use super::lexicon::TermNo;
use super::names::{Edge, Edges, Explanation, NameNo, Names, overlaps};
use super::query::Query;
use super::results::{Hit, Match, Reason};

/// What naming the make is worth.
const MAKE: f32 = 1.0;
/// To which part a make's name must be said; of one without spaces between its words nearly the whole.
const SPACED_MAKE: f32 = 0.4;
const UNSPACED_MAKE: f32 = 0.8;
/// What naming surely another make costs.
const OTHER_MAKE: f32 = 0.7;
/// A name explained to a lesser part than this does not count as found.
const LEAST_COVERAGE: f32 = 0.3;
/// Agreement and disagreement of a calibre said surely, and of a bare number.
const CALIBRE: (f32, f32) = (0.25, -0.25);
const BARE_CALIBRE: (f32, f32) = (0.12, 0.0);
/// What a calibre is worth that is only as wide as the one said.
const AS_WIDE: f32 = 0.1;
const KIND: (f32, f32) = (0.15, -0.2);
const ACTION: (f32, f32) = (0.08, -0.08);
const COUNTRY: (f32, f32) = (0.12, -0.05);
/// A name that is covered whole, and what that is worth beyond its parts.
const WHOLE: (f32, f32) = (0.95, 0.4);
/// From which part of it on a second name of a row counts, and what part of its worth.
const BESIDE: (f32, f32) = (0.8, 0.4);
/// Below this no name was found that is worth more than the facts.
pub(super) const BY_NAME: f32 = 0.5;
/// More than a card has by being one: something that the text says agrees.
pub(super) const OF_FACTS: f32 = 0.12;
/// A full card before an entry of a package that is otherwise as good.
const CARD: f32 = 0.06;

/// What a make is worth that a card's model is called by: a little less than its own.
const MAKE_IN_MODEL: f32 = 0.9;
/// What an alarm weapon loses that bears another maker's name and model, where the text does not call it one.
const REPLICA: f32 = 0.15;
/// What it costs a name to begin within a word of the text.
const CUT: f32 = 0.3;
/// What a name loses that is only a number, where no make is named.
const BARE_NUMBER: f32 = 0.2;
/// What a card gains by each doubling of its names: what turns up often has many.
const NAMES: f32 = 0.01;
/// So many doublings count: the prior of a row stays below [`OF_FACTS`].
const MOST_DOUBLINGS: f32 = 5.0;

/// What a model loses for each word before its first, to ten: what is described is named first.
const LATER: f32 = 0.01;

/// A row with its score and the name that explains it best.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    pub row: u32,
    pub score: f32,
    pub name: Option<NameNo>,
    /// What a name that is found whole is worth beside another one of the row.
    pub beside: f32,
    /// The atoms of the text that the name explains, a bit each.
    pub explained: u128,
}

impl Scored {
    /// A row that is found by no name.
    pub(super) fn of_facts(row: u32, score: f32) -> Self {
        Self { row, score, name: None, beside: 0.0, explained: 0 }
    }
}

/// A make that the text names.
#[derive(Debug, Clone)]
pub(super) struct FoundMake {
    /// From 0 to 1.
    pub score: f32,
    pub name: NameNo,
    pub explanation: Explanation,
}

/// The text's runs met with the vocabulary, and the makes found.
#[derive(Debug)]
pub(super) struct Edged {
    pub models: Edges,
    pub makes: HashMap<u32, FoundMake>,
    /// How surely each make is named, by its number: a look-up for every row of a large table.
    named: Vec<f32>,
    /// The makes that are named exactly, best first. One that was guessed from a beginning or a slip of the finger does not speak
    /// against others.
    sure: Vec<u32>,
    /// What naming another make costs a row of each make of which no model is named, by its number.
    others: Vec<f32>,
    pub facts: Facts,
}

/// What the text says beside names, each thing once.
#[derive(Debug, Default)]
pub(super) struct Facts {
    sure_calibres: Vec<CalibreNo>,
    bare_calibres: Vec<CalibreNo>,
    as_wide: Vec<CalibreNo>,
    /// The marks of all the calibres, and of all the countries.
    calibre_marks: u64,
    country_marks: u64,
    /// A bit for each kind.
    types: u64,
    /// A bit for each action.
    actions: u64,
    countries: Vec<CountryCode>,
}

impl Facts {
    fn of(query: &Query) -> Self {
        let mut facts = Self::default();
        for said in &query.calibres {
            let list = if said.sure { &mut facts.sure_calibres } else { &mut facts.bare_calibres };
            list.extend(&said.what);
        }
        query.types.iter().flat_map(|said| &said.what).for_each(|it| facts.types |= 1 << *it as u64);
        query.actions.iter().flat_map(|said| &said.what).for_each(|it| facts.actions |= 1 << *it as u64);
        query.countries.iter().for_each(|said| facts.countries.extend(&said.what));
        facts.as_wide.clone_from(&query.as_wide);
        let calibres = [&facts.sure_calibres, &facts.bare_calibres, &facts.as_wide];
        facts.calibre_marks = calibre_marks(calibres.into_iter().flatten());
        facts.country_marks = country_marks(&facts.countries);
        facts
    }

    /// Whether a kind is said.
    fn say(&self, kind: FirearmType) -> bool {
        self.types & (1 << kind as u64) != 0
    }

    /// Whether anything is said.
    pub(super) fn are_said(&self) -> bool {
        self.types | self.actions != 0
            || !(self.sure_calibres.is_empty() && self.bare_calibres.is_empty() && self.countries.is_empty())
    }
}

impl Edged {
    pub(super) fn of(index: &Index, query: &Query) -> Self {
        let models = edges(index, &index.models, query, Field::Model);
        let make_edges = edges(index, &index.makes, query, Field::Make);
        let makes = found_makes(&index.makes, &make_edges, query);
        let mut sure: Vec<u32> = makes
            .iter()
            .filter(|(_, found)| found.explanation.quality >= 1.0)
            .map(|(make, _)| *make)
            .collect();
        sure.sort_by(|a, b| makes[b].score.total_cmp(&makes[a].score).then(a.cmp(b)));
        let mut named = vec![0.0; index.make_names.len()];
        for (make, found) in &makes {
            named[*make as usize] = found.score;
        }
        let mut edged = Self { models, makes, named, sure, others: Vec::new(), facts: Facts::of(query) };
        edged.others = (0..index.make_names.len() as u32).map(|make| edged.other_make(make, &[])).collect();
        edged
    }

    /// The runs of the text that name a make.
    pub(super) fn taken_by(&self, make: u32) -> &[Edge] {
        self.makes.get(&make).map(|found| found.explanation.used.as_slice()).unwrap_or_default()
    }

    /// What naming this make is worth.
    pub(super) fn own_make(&self, make: u32) -> f32 {
        MAKE * self.named[make as usize]
    }

    /// What it is worth that the model's name begins with a make's, and the text names it: the Walther P22 of Umarex.
    fn make_in_model(&self, model: &Explanation, card: bool) -> f32 {
        let Some(first) = model.make.first() else { return 0.0 };
        let worth = model.make.iter().map(|edge| edge.quality * edge.role).fold(1.0, f32::min);
        let is_known = |found: &FoundMake| found.explanation.used.iter().any(|edge| overlaps(edge, first));
        if card && self.makes.values().any(is_known) { MAKE_IN_MODEL * worth } else { 0.0 }
    }

    /// What naming another make costs, unless its words are the model's: the Tokarev of Tula is not of Tokarev USA.
    fn other_make(&self, make: u32, model: &[Edge]) -> f32 {
        if self.sure.is_empty() {
            return 0.0;
        }
        let own = self.named[make as usize];
        let shares = |found: &FoundMake| {
            found.explanation.used.iter().any(|edge| model.iter().any(|other| overlaps(edge, other)))
        };
        let others = self.sure.iter().filter(|other| **other != make).map(|other| &self.makes[other]);
        let best = others.filter(|found| !shares(found)).map(|found| found.score).next().unwrap_or(0.0);
        OTHER_MAKE * (best - own).max(0.0)
    }
}

fn found_makes(names: &Names, edges: &Edges, query: &Query) -> HashMap<u32, FoundMake> {
    let mut touched: Vec<NameNo> = Vec::new();
    let terms: Vec<TermNo> = edges.keys().copied().collect();
    for term in terms {
        touched.extend(names.postings(term).map(|posting| posting.name));
    }
    touched.sort_unstable();
    touched.dedup();
    let mut makes: HashMap<u32, FoundMake> = HashMap::new();
    for name in touched {
        let explanation = names.explain(name, edges, &[], false);
        let least = if names.is_unspaced(name) { UNSPACED_MAKE } else { SPACED_MAKE };
        let score = make_worth(&explanation, query, least);
        if score <= 0.0 {
            continue;
        }
        let make = names.owner(name);
        let better = makes.get(&make).is_none_or(|known| score > known.score);
        if better {
            makes.insert(make, FoundMake { score, name, explanation });
        }
    }
    makes
}

/// A make's name counts by the part of it that is named, and a little less the later in the text it stands. The 2000 of Charter 2000
/// alone names no make.
fn make_worth(explanation: &Explanation, query: &Query, least: f32) -> f32 {
    let atoms = |edge: &Edge| usize::from(edge.start)..usize::from(edge.start + edge.len);
    let is_number = |edge: &Edge| query.atoms[atoms(edge)].iter().all(|atom| atom.digits);
    if explanation.coverage < least || explanation.used.iter().all(is_number) {
        return 0.0;
    }
    let first = explanation.used.iter().map(|edge| edge.start).min().unwrap_or(0);
    explanation.coverage.min(1.0) * (1.0 - 0.01 * f32::from(first.min(10)))
}

/// The score of a row, explained by one of its names or by none.
pub(super) fn score(index: &Index, query: &Query, edged: &Edged, row: u32, name: Option<NameNo>) -> Scored {
    let make = index.rows[row as usize].make;
    let own_make = edged.own_make(make);
    let mut total = agreements(&edged.facts, &index.rows[row as usize]);
    let Some(no) = name else {
        return Scored::of_facts(row, total + own_make - edged.others[make as usize]);
    };
    let explanation = index.explain(query, edged, row, no);
    let known = &index.rows[row as usize];
    let model_make = edged.make_in_model(&explanation, known.card);
    total += own_make.max(model_make);
    if model_make > own_make
        && known.firearm_type == Some(FirearmType::AirGasAlarm)
        && !edged.facts.say(FirearmType::AirGasAlarm)
    {
        total -= REPLICA;
    }
    if explanation.coverage < LEAST_COVERAGE {
        return Scored::of_facts(row, f32::MIN);
    }
    let first = explanation.used.iter().map(|edge| edge.start).min().unwrap_or(0);
    total += explanation.score - LATER * f32::from(first.min(10));
    if explanation.coverage >= WHOLE.0 {
        total += WHOLE.1;
    }
    if !index.models.is_alias(no) {
        total += 0.01;
    }
    total -= cut_words(query, edged, make, &explanation);
    if own_make.max(model_make) <= 0.0 && index.models.is_number(no) {
        total -= BARE_NUMBER;
    }
    let own: Vec<Edge> = explanation.used.iter().chain(&explanation.make).copied().collect();
    let beside = if explanation.coverage >= BESIDE.0 { BESIDE.1 * explanation.score } else { 0.0 };
    let explained = explanation.used.iter().fold(0, |bits, edge| bits | ((1 << edge.len) - 1) << edge.start);
    Scored { row, score: total - edged.other_make(make, &own), name: Some(no), beside, explained }
}

/// Leaves one score of each row, in the order of the rows: that of its best name, and a part of what another is worth that explains
/// other words of the text, as `Makarov` does beside `Type 59`. The parts that are in order already are merged, not sorted again.
pub(super) fn keep_best(scored: &mut Vec<Scored>) {
    scored.sort_by_key(|scored| scored.row);
    let mut best: Vec<Scored> = Vec::with_capacity(scored.len());
    for same in scored.chunk_by(|a, b| a.row == b.row) {
        let Some(first) = same.iter().max_by(|a, b| a.score.total_cmp(&b.score)) else { continue };
        let others = same.iter().filter(|other| other.explained & first.explained == 0);
        let beside = others.map(|other| other.beside).fold(0.0, f32::max);
        best.push(Scored { score: first.score + beside, ..*first });
    }
    *scored = best;
}

/// What it costs that a name begins or ends within a word of the text: the 22 of `RPG-22` is not the whole of it.
fn cut_words(query: &Query, edged: &Edged, make: u32, explanation: &Explanation) -> f32 {
    let taken = edged.taken_by(make);
    let covered = |at: usize| {
        let covers = |edge: &Edge| (edge.start..edge.start + edge.len).contains(&(at as u16));
        explanation.used.iter().chain(&explanation.make).chain(taken).any(covers)
    };
    let is_name = |at: usize| query.roles[at] > 0.5 && !covered(at);
    let mut cost = 0.0;
    for edge in &explanation.used {
        let (first, after) = (usize::from(edge.start), usize::from(edge.start + edge.len));
        let number = query.atoms[first].digits;
        if first > 0 && number && !query.atoms[first - 1].digits && is_name(first - 1) {
            cost += match query.atoms[first].gap {
                Gap::None => CUT,
                Gap::Mark => 0.7 * CUT,
                Gap::Space => 0.0,
            };
        }
        let goes_on = |next| text::is_glued(&query.atoms[after - 1], next) && is_name(after);
        if query.atoms.get(after).is_some_and(goes_on) {
            cost += 0.3 * CUT;
        }
    }
    cost
}

/// What an entry is worth before anything is asked: a full card a little more, and more with each doubling of its names.
pub(super) fn prior(entry: &Entry) -> f32 {
    let names = (1 + entry.aliases.len()) as f32;
    if entry.is_card() { CARD + NAMES * names.log2().min(MOST_DOUBLINGS) } else { 0.0 }
}

/// A bit for each calibre, shared by every sixty-fourth: rows without a common bit have none in common, which spares a look at
/// their lists.
pub(super) fn calibre_marks<'a>(numbers: impl IntoIterator<Item = &'a CalibreNo>) -> u64 {
    numbers.into_iter().fold(0, |marks, no| marks | 1 << (no % 64))
}

/// As [`calibre_marks`], of countries.
pub(super) fn country_marks<'a>(countries: impl IntoIterator<Item = &'a CountryCode>) -> u64 {
    let mark =
        |code: &CountryCode| code.as_str().bytes().fold(0u64, |sum, letter| sum * 7 + u64::from(letter)) % 64;
    countries.into_iter().fold(0, |marks, code| marks | 1 << mark(code))
}

fn agreements(facts: &Facts, row: &Row) -> f32 {
    let weigh = |known: bool, agrees: bool, worth: (f32, f32)| match (known, agrees) {
        (false, _) => 0.0,
        (true, true) => worth.0,
        (true, false) => worth.1,
    };
    let mut total = row.prior;
    for (said, worth) in [(&facts.sure_calibres, CALIBRE), (&facts.bare_calibres, BARE_CALIBRE)] {
        if !said.is_empty() {
            let may = row.calibre_marks & facts.calibre_marks != 0;
            let has = |said: &[CalibreNo]| may && row.calibres.iter().any(|no| said.contains(no));
            total += match has(said) {
                false if worth.1 < 0.0 && has(&facts.as_wide) => AS_WIDE,
                agrees => weigh(!row.calibres.is_empty(), agrees, worth),
            };
        }
    }
    if facts.types != 0 {
        let agrees = row.firearm_type.is_some_and(|it| facts.types & (1 << it as u64) != 0);
        total += weigh(row.firearm_type.is_some(), agrees, KIND);
    }
    if facts.actions != 0 {
        let agrees = row.action.is_some_and(|it| facts.actions & (1 << it as u64) != 0);
        total += weigh(row.action.is_some(), agrees, ACTION);
    }
    if !facts.countries.is_empty() {
        let may = row.country_marks & facts.country_marks != 0;
        let agrees = may && row.entry.countries.iter().any(|it| facts.countries.contains(it));
        total += weigh(row.country_marks != 0, agrees, COUNTRY);
    }
    total
}

/// The hit of a scored row, with its reasons.
pub(super) fn hit(index: &Index, query: &Query, edged: &Edged, scored: &Scored) -> Hit {
    let row = &index.rows[scored.row as usize];
    let mut reasons = Vec::new();
    if let Some(found) = edged.makes.get(&row.make) {
        let kind = match (found.explanation.quality < 1.0, index.makes.is_alias(found.name)) {
            (true, _) => Match::MakeNearly,
            (false, true) => Match::MakeAlias,
            (false, false) => Match::Make,
        };
        reasons.push(Reason {
            words: said(query, &found.explanation.used),
            kind,
            matched: index.make_names[row.make as usize].to_string(),
        });
    }
    if let Some(name) = scored.name {
        let explanation = index.explain(query, edged, scored.row, name);
        let kind = match (explanation.quality < 1.0, index.models.is_alias(name)) {
            (true, _) => Match::ModelNearly,
            (false, true) => Match::ModelAlias,
            (false, false) => Match::Model,
        };
        if !explanation.used.is_empty() {
            reasons.push(Reason {
                words: said(query, &explanation.used),
                kind,
                matched: index.models.text(name),
            });
        }
    }
    for calibre in &query.calibres {
        if let Some(no) = calibre.what.iter().find(|no| row.calibres.contains(no)) {
            let matched = index.reference.calibres().at(*no).name.clone();
            reasons.push(Reason {
                words: query.said(calibre.at.0, calibre.at.1).into(),
                kind: Match::Calibre,
                matched,
            });
        }
    }
    let entry = &row.entry;
    if let Some(it) = entry.firearm_type
        && let Some(found) = query.types.iter().find(|said| said.what.contains(&it))
    {
        reasons.push(Reason {
            words: query.said(found.at.0, found.at.1).into(),
            kind: Match::Type,
            matched: it.id().into(),
        });
    }
    if let Some(it) = entry.action
        && let Some(found) = query.actions.iter().find(|said| said.what.contains(&it))
    {
        reasons.push(Reason {
            words: query.said(found.at.0, found.at.1).into(),
            kind: Match::Action,
            matched: it.id().into(),
        });
    }
    for found in &query.countries {
        if let Some(it) = entry.countries.iter().find(|it| found.what.contains(it)) {
            reasons.push(Reason {
                words: query.said(found.at.0, found.at.1).into(),
                kind: Match::Country,
                matched: it.to_string(),
            });
        }
    }
    Hit { entry: Arc::clone(entry), score: scored.score, reasons }
}

/// The words of the text that were used, in its order.
fn said(query: &Query, used: &[Edge]) -> String {
    let mut used: Vec<&Edge> = used.iter().collect();
    used.sort_by_key(|edge| edge.start);
    let runs = used.iter().map(|edge| query.said(usize::from(edge.start), usize::from(edge.len)));
    runs.collect::<Vec<_>>().join(" ")
}
