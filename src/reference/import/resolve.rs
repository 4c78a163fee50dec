//! From a row in the list's words to an entry of this table: makes, calibres, countries and kinds by their names. What is not surely
//! known stays unknown, and its words are kept beside the entry.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::country::CountryCode;
use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::reference::entry::{Details, Entry, SerialShape, Source};
use crate::reference::id::{CalibreId, MakeId};
use crate::reference::later::Later;
use crate::reference::load::{ModelNames, model_name};
use crate::reference::table::Reference;
use crate::reference::text;

use super::item::Model;
use super::words::kind_of;

/// Reads rows by one table; remembers what it looked up, for lists repeat themselves.
pub(super) struct Resolver<'a> {
    reference: &'a Reference,
    edition: Arc<str>,
    makes: HashMap<String, Arc<KnownMake>>,
    calibres: HashMap<String, Option<CalibreId>>,
    countries: HashMap<String, Option<CountryCode>>,
    kinds: HashMap<(String, String), (Option<FirearmType>, Option<FirearmAction>)>,
}

struct KnownMake {
    name: Arc<str>,
    id: Option<MakeId>,
    names: ModelNames,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(reference: &'a Reference, edition: &Arc<str>) -> Self {
        Self {
            reference,
            edition: Arc::clone(edition),
            makes: HashMap::new(),
            calibres: HashMap::new(),
            countries: HashMap::new(),
            kinds: HashMap::new(),
        }
    }

    /// The entry of a row.
    pub(super) fn entry(&mut self, row: Model) -> Entry {
        let make = self.make(&row.make);
        let mut as_read = row.kept;
        let (firearm_type, action) = self.kind(&row.kind, &row.action);
        let mut keep = |heading: &str, words: &str| {
            if !words.is_empty() {
                as_read.push((heading.to_owned(), words.to_owned()));
            }
        };
        if firearm_type.is_none() {
            keep("type", &row.kind);
        }
        if action.is_none() {
            keep("action", &row.action);
        }
        let mut calibres = Vec::new();
        for name in &row.calibres {
            match self.calibre(name) {
                Some(id) if calibres.contains(&id) => {}
                Some(id) => calibres.push(id),
                None => keep("calibre", name),
            }
        }
        let mut countries = Vec::new();
        for name in &row.countries {
            match self.country(name) {
                Some(code) if countries.contains(&code) => {}
                Some(code) => countries.push(code),
                None => keep("country", name),
            }
        }
        let years = row.years.parse().ok();
        if years.is_none() {
            keep("years", &row.years);
        }
        let present = |text: String| (!text.is_empty()).then_some(text);
        let feed = present(row.feed);
        let serial = present(row.serial_place).map(|place| SerialShape::new(Some(place), None, Vec::new()));
        let says = feed.is_some() || serial.is_some() || years.is_some() || !as_read.is_empty();
        let details = says.then(|| Details { feed, years, serial, as_read, ..Details::default() });
        let details = details.map(|details| Later::now(Box::new(details)));
        Entry {
            id: format!("{}:{}", self.edition, row.id).as_str().into(),
            make: Arc::clone(&make.name),
            make_id: make.id.clone(),
            model: model_name(&row.model, &make.names),
            aliases: row.aliases,
            firearm_type,
            action,
            calibres,
            countries,
            source: Source::Edition(Arc::clone(&self.edition)),
            same_as: None,
            details,
        }
    }

    fn make(&mut self, name: &str) -> Arc<KnownMake> {
        if let Some(known) = self.makes.get(name) {
            return Arc::clone(known);
        }
        let found = self.reference.own_makes().find_one(name);
        let known = Arc::new(KnownMake {
            name: Arc::from(found.map_or(name, |make| make.name.as_str())),
            id: found.map(|make| make.id.clone()),
            names: ModelNames::of(name, found),
        });
        self.makes.insert(name.to_owned(), Arc::clone(&known));
        known
    }

    fn kind(&mut self, kind: &str, action: &str) -> (Option<FirearmType>, Option<FirearmAction>) {
        let key = (kind.to_owned(), action.to_owned());
        *self.kinds.entry(key).or_insert_with(|| kind_of(kind, action))
    }

    fn calibre(&mut self, name: &str) -> Option<CalibreId> {
        if let Some(known) = self.calibres.get(name) {
            return known.clone();
        }
        let found = self.reference.calibre(name);
        self.calibres.insert(name.to_owned(), found.clone());
        found
    }

    fn country(&mut self, name: &str) -> Option<CountryCode> {
        if let Some(known) = self.countries.get(name) {
            return *known;
        }
        let found = self.reference.country(name);
        self.countries.insert(name.to_owned(), found);
        found
    }
}

/// Why a row cannot become an entry; `None` where it can.
pub(super) fn fault(row: &Model) -> Option<&'static str> {
    if text::key(&row.make).is_empty() {
        return Some("the make is empty");
    }
    text::key(&row.model).is_empty().then_some("the model is empty")
}
