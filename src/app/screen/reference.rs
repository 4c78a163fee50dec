//! Reference: the table of firearms, searched as one types, narrowed by filters, one entry as a card.

use crate::app::line::Line;
use crate::app::rows::Rows;
use crate::app::screen::card::Card;
use crate::desk::Table;
use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::reference::search::{FacetCount, Filters, Reason};
use crate::reference::{Entry, Reference as ReferenceTable};

/// How many entries are listed: whoever wants the two hundred and first types another word.
const MOST: usize = 200;
/// How many values of each kind can be filtered by.
const MOST_VALUES: usize = 12;

/// What has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The line that is typed.
    #[default]
    Typing,
    /// The entries.
    List,
    /// The filters.
    Facets,
}

/// By what can be filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FacetKind {
    /// Kind of firearm.
    Type,
    /// Action.
    Action,
    /// Calibre.
    Calibre,
    /// Make.
    Make,
    /// Country of manufacture.
    Country,
}

impl FacetKind {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Type, Self::Calibre, Self::Country, Self::Action, Self::Make];

    /// Its name in the keys of the locale.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Action => "action",
            Self::Calibre => "calibre",
            Self::Make => "make",
            Self::Country => "country",
        }
    }
}

/// A value that can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Of which kind.
    pub kind: FacetKind,
    /// The value's identifier.
    pub id: String,
    /// What it is called; for types and actions the locale knows better.
    pub name: String,
    /// How many entries it would leave.
    pub count: usize,
    /// Whether it is switched on.
    pub on: bool,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReferenceQuery {
    /// As typed.
    pub text: String,
    /// The filters that are on.
    pub chosen: Vec<(FacetKind, String)>,
}

/// An entry in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceRow {
    /// Its identifier.
    pub id: String,
    /// The make.
    pub make: String,
    /// The model.
    pub model: String,
    /// What kind of firearm.
    pub firearm_type: Option<FirearmType>,
    /// The calibres' names.
    pub calibres: Vec<String>,
    /// Where it comes from: `card`, a package's or an edition's name.
    pub source: String,
    /// Which words of the text matched what; empty outside of a search.
    pub reasons: Vec<Reason>,
}

/// What a question found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceAnswer {
    /// What was asked.
    pub query: ReferenceQuery,
    /// How many entries answer.
    pub total: usize,
    /// The best of them.
    pub rows: Vec<ReferenceRow>,
    /// What could be filtered by.
    pub facets: Vec<Facet>,
    /// A serial number in the text.
    pub serial: Option<String>,
    /// Words of the text that say nothing about the model.
    pub ignored: Vec<String>,
}

/// What the screen holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reference {
    /// What is typed.
    pub line: Line,
    /// What has the keys.
    pub focus: Focus,
    /// The entries.
    pub rows: Rows<ReferenceRow>,
    /// How many entries answer; `None` until the first answer.
    pub total: Option<usize>,
    /// What can be filtered by.
    pub facets: Rows<Facet>,
    /// The filters that are on.
    pub chosen: Vec<(FacetKind, String)>,
    /// A serial number in the text.
    pub serial: Option<String>,
    /// Words of the text that say nothing about the model.
    pub ignored: Vec<String>,
    /// Whether it is said why the selected entry answers.
    pub why: bool,
    /// The entries that are marked to be compared, in the order of their marks.
    pub marked: Vec<String>,
    /// The card of the entry that is selected, or of the one before while it is fetched.
    pub card: Option<Card>,
}

impl Reference {
    /// What to ask.
    pub fn query(&self) -> ReferenceQuery {
        ReferenceQuery { text: self.line.text().to_owned(), chosen: self.chosen.clone() }
    }

    /// Takes an answer, unless the question is another one by now.
    pub fn fill(&mut self, answer: ReferenceAnswer) {
        if answer.query != self.query() {
            return;
        }
        self.rows.replace(answer.rows);
        self.facets.replace(answer.facets);
        self.total = Some(answer.total);
        self.serial = answer.serial;
        self.ignored = answer.ignored;
        if self.rows.total() == 0 {
            self.card = None;
        }
    }

    /// The card that should be fetched.
    pub fn wanted_card(&self) -> Option<String> {
        let selected = &self.rows.selected()?.id;
        let here = self.card.as_ref().is_some_and(|card| card.id == *selected);
        (!here).then(|| selected.clone())
    }

    /// Takes a card, unless another entry is selected by now.
    pub fn take_card(&mut self, card: Card) {
        if self.rows.selected().is_some_and(|row| row.id == card.id) {
            self.card = Some(card);
        }
    }

    /// Switches the selected filter on or off.
    pub fn toggle_facet(&mut self) {
        let Some(facet) = self.facets.selected() else { return };
        let chosen = (facet.kind, facet.id.clone());
        if self.chosen.contains(&chosen) {
            self.chosen.retain(|other| *other != chosen);
        } else {
            self.chosen.push(chosen);
        }
    }
}

/// Searches the table.
pub fn search(query: &ReferenceQuery, table: &Table) -> ReferenceAnswer {
    let index = table.index();
    let reference = index.reference();
    let results = index.search(&query.text, &filters(query, reference), MOST);
    let rows = results
        .hits
        .iter()
        .map(|hit| ReferenceRow { reasons: hit.reasons.clone(), ..row(&hit.entry, reference) });
    let rows = rows.collect();
    let on = |kind, id: &str| query.chosen.iter().any(|chosen| *chosen == (kind, id.to_owned()));
    let facet = |kind, id: String, name: String, count| {
        let on = on(kind, &id);
        Facet { kind, id, name, count, on }
    };
    let counts = &results.facets;
    let types = top(&counts.types)
        .map(|it| facet(FacetKind::Type, it.value.id().into(), it.value.id().into(), it.count));
    let calibres = top(&counts.calibres).map(|it| {
        let name =
            reference.calibres().get(&it.value).map_or(it.value.as_str(), |calibre| calibre.name.as_str());
        facet(FacetKind::Calibre, it.value.as_str().into(), name.into(), it.count)
    });
    let countries = top(&counts.countries).map(|it| {
        let country = reference.countries().get(it.value);
        let name = country.map_or_else(|| it.value.to_string(), |country| country.names.en.clone());
        facet(FacetKind::Country, it.value.to_string(), name, it.count)
    });
    let makes = top(&counts.makes).map(|it| {
        let name = reference.makes().get(&it.value).map_or(it.value.as_str(), |make| make.name.as_str());
        facet(FacetKind::Make, it.value.as_str().into(), name.into(), it.count)
    });
    let actions = top(&counts.actions)
        .map(|it| facet(FacetKind::Action, it.value.id().into(), it.value.id().into(), it.count));
    ReferenceAnswer {
        query: query.clone(),
        total: results.total,
        rows,
        facets: types.chain(calibres).chain(countries).chain(actions).chain(makes).collect(),
        serial: results.serial.map(|serial| serial.text),
        ignored: results.ignored,
    }
}

fn top<T>(counts: &[FacetCount<T>]) -> impl Iterator<Item = &FacetCount<T>> {
    counts.iter().take(MOST_VALUES)
}

fn filters(query: &ReferenceQuery, reference: &ReferenceTable) -> Filters {
    let mut filters = Filters::default();
    for (kind, id) in &query.chosen {
        match kind {
            FacetKind::Type => filters.types.extend(id.parse::<FirearmType>()),
            FacetKind::Action => filters.actions.extend(id.parse::<FirearmAction>()),
            FacetKind::Country => filters.countries.extend(id.parse::<crate::domain::country::CountryCode>()),
            FacetKind::Make => {
                let makes = reference.makes().all().iter();
                filters.makes.extend(makes.filter(|it| it.id.as_str() == id).map(|it| it.id.clone()));
            }
            FacetKind::Calibre => {
                filters.calibres.extend(
                    reference.calibres().all().iter().find(|it| it.id.as_str() == id).map(|it| it.id.clone()),
                );
            }
        }
    }
    filters
}

/// An entry as it stands in a list.
pub fn row(entry: &Entry, reference: &ReferenceTable) -> ReferenceRow {
    ReferenceRow {
        id: entry.id.as_str().to_owned(),
        make: entry.make.to_string(),
        model: entry.model.clone(),
        firearm_type: entry.firearm_type,
        calibres: calibre_names(entry, reference),
        source: entry.source.to_string(),
        reasons: Vec::new(),
    }
}

fn calibre_names(entry: &Entry, reference: &ReferenceTable) -> Vec<String> {
    let name = |id| reference.calibres().get(id).map(|calibre| calibre.name.clone());
    entry.calibres.iter().map(|id| name(id).unwrap_or_else(|| id.as_str().to_owned())).collect()
}
