//! Reference: the table of firearms, searched as one types, narrowed by filters, one entry as a card.

use crate::app::line::Line;
use crate::app::rows::Rows;
use crate::desk::Table;
use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::reference::search::{FacetCount, Filters};
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
    /// Country of manufacture.
    Country,
}

impl FacetKind {
    /// Its name in the keys of the locale.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Action => "action",
            Self::Calibre => "calibre",
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
}

/// A line of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardLine {
    /// The key of its label: `card-serial-place`.
    pub label: &'static str,
    /// The vocabulary of the value, where it is a word of one: `type`.
    pub vocabulary: Option<&'static str>,
    /// The value.
    pub value: String,
}

/// One entry, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its identifier.
    pub id: String,
    /// The model.
    pub model: String,
    /// The make.
    pub make: String,
    /// What is known, in the order it is read.
    pub lines: Vec<CardLine>,
    /// The labels of what is not known.
    pub unknown: Vec<&'static str>,
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
    let rows = results.hits.iter().map(|hit| row(&hit.entry, reference)).collect();
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
    let countries = top(&counts.countries)
        .map(|it| facet(FacetKind::Country, it.value.to_string(), it.value.to_string(), it.count));
    let actions = top(&counts.actions)
        .map(|it| facet(FacetKind::Action, it.value.id().into(), it.value.id().into(), it.count));
    ReferenceAnswer {
        query: query.clone(),
        total: results.total,
        rows,
        facets: types.chain(calibres).chain(countries).chain(actions).collect(),
        serial: results.serial.map(|serial| serial.text),
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
            FacetKind::Calibre => {
                filters.calibres.extend(
                    reference.calibres().all().iter().find(|it| it.id.as_str() == id).map(|it| it.id.clone()),
                );
            }
        }
    }
    filters
}

fn row(entry: &Entry, reference: &ReferenceTable) -> ReferenceRow {
    ReferenceRow {
        id: entry.id.as_str().to_owned(),
        make: entry.make.to_string(),
        model: entry.model.clone(),
        firearm_type: entry.firearm_type,
        calibres: calibre_names(entry, reference),
    }
}

fn calibre_names(entry: &Entry, reference: &ReferenceTable) -> Vec<String> {
    let name = |id| reference.calibres().get(id).map(|calibre| calibre.name.clone());
    entry.calibres.iter().map(|id| name(id).unwrap_or_else(|| id.as_str().to_owned())).collect()
}

/// The card of an entry; what is unknown is named at its end.
pub fn card(id: &str, reference: &ReferenceTable) -> Option<Card> {
    let entry = reference.entry(id)?;
    let details = entry.details();
    let numbers = |numbers: &[u32]| numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let serial = details.serial.as_ref();
    let lookalikes: Vec<String> = details
        .lookalikes
        .iter()
        .map(|like| {
            let name = reference.entry(like.id.as_str()).map_or_else(
                || like.id.as_str().to_owned(),
                |entry| format!("{} {}", entry.make, entry.model),
            );
            format!("{name}: {}", like.tell)
        })
        .collect();
    let all = [
        ("card-type", Some("type"), entry.firearm_type.map_or(String::new(), |it| it.id().to_owned())),
        ("card-action", Some("action"), entry.action.map_or(String::new(), |it| it.id().to_owned())),
        ("card-operation", None, details.operation.clone().unwrap_or_default()),
        ("card-feed", None, details.feed.clone().unwrap_or_default()),
        ("card-calibres", None, calibre_names(entry, reference).join(" · ")),
        (
            "card-countries",
            None,
            entry.countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        ),
        ("card-years", None, details.years.map_or(String::new(), |years| years.to_string())),
        ("card-barrel", None, numbers(&details.barrel_mm)),
        ("card-overall", None, numbers(&details.overall_mm)),
        ("card-capacity", None, numbers(&details.capacity)),
        ("card-serial-place", None, serial.and_then(|serial| serial.place.clone()).unwrap_or_default()),
        ("card-serial-examples", None, serial.map_or(String::new(), |serial| serial.examples.join(", "))),
        ("card-markings", None, details.markings.join("; ")),
        ("card-lookalike", None, lookalikes.join("; ")),
        ("card-aliases", None, entry.aliases.join(", ")),
        ("card-variants", None, details.variants.join("; ")),
        ("card-note", None, details.note.clone().unwrap_or_default()),
        ("card-source", None, source(entry)),
        ("card-checked", None, details.checked.clone().unwrap_or_default()),
    ];
    let (known, unknown): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, _, value)| !value.is_empty());
    Some(Card {
        id: id.to_owned(),
        model: entry.model.clone(),
        make: entry.make.to_string(),
        lines: known
            .into_iter()
            .map(|(label, vocabulary, value)| CardLine { label, vocabulary, value })
            .collect(),
        unknown: unknown.into_iter().map(|(label, _, _)| label).collect(),
    })
}

fn source(entry: &Entry) -> String {
    let sources = entry.details().sources.join(", ");
    if sources.is_empty() { entry.source.to_string() } else { format!("{}: {sources}", entry.source) }
}
