//! What the desk asks of the table while a record is written: names in any spelling, and the warnings V4, V7 and V8.

use crate::domain::country::CountryCode;
use crate::domain::serial;

use super::entry::Entry;
use super::id::{CalibreId, MakeId};
use super::table::Reference;
use super::text;

/// Whether the table has a make, model and calibre together (rule V7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combination {
    /// It has them together.
    Known,
    /// It has the make and model, but in other calibres.
    OtherCalibre,
    /// It has the make and model, and does not say in which calibres.
    CalibreUnknown,
    /// It does not have this make and model.
    UnknownModel,
}

/// Whether a serial number has the shape that a model's numbers have (rule V4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SerialFit {
    /// It has.
    Fits,
    /// It has another shape.
    DoesNotFit,
    /// The table does not know the shape.
    Unknown,
}

impl Reference {
    /// The makes that a text may name, in any script or spelling that the table knows.
    pub fn make(&self, text: &str) -> Vec<MakeId> {
        self.makes().find(text).into_iter().map(|make| make.id.clone()).collect()
    }

    /// The calibre that a text means, in any spelling; `None` when it is not known or may mean several.
    pub fn calibre(&self, text: &str) -> Option<CalibreId> {
        self.calibres().find(text).map(|calibre| calibre.id.clone())
    }

    /// The country that a text names, present or former, in any language of the table.
    pub fn country(&self, text: &str) -> Option<CountryCode> {
        self.countries().find(text).map(|country| country.code)
    }

    /// Whether two countries are one, or one is a former state and the other one of those that followed it.
    pub fn same_soil(&self, one: CountryCode, other: CountryCode) -> bool {
        let followed = |former: CountryCode, successor: CountryCode| {
            let state = self.countries().get(former).and_then(|country| country.former.as_ref());
            state.is_some_and(|state| state.successors.contains(&successor))
        };
        one == other || followed(one, other) || followed(other, one)
    }

    /// Whether the table has this make, model and calibre together. An unknown calibre is never a wrong one.
    pub fn known_combination(&self, make: &str, model: &str, calibre: &str) -> Combination {
        let makes = self.make(make);
        let make_key = text::name_key(make);
        let model_key = text::key(model);
        if model_key.is_empty() {
            return Combination::UnknownModel;
        }
        let of_make = |entry: &Entry| match &entry.make_id {
            Some(id) => makes.contains(id),
            None => text::name_key(&entry.make) == make_key,
        };
        let wanted = self.calibres().find_all(calibre);
        let mut best = Combination::UnknownModel;
        for entry in self.entries() {
            if !of_make(entry) || !entry.names().any(|name| text::key(name) == model_key) {
                continue;
            }
            if wanted.iter().any(|calibre| entry.calibres.contains(&calibre.id)) {
                return Combination::Known;
            }
            best = match best {
                Combination::CalibreUnknown => Combination::CalibreUnknown,
                _ if entry.calibres.is_empty() || wanted.is_empty() => Combination::CalibreUnknown,
                _ => Combination::OtherCalibre,
            };
        }
        best
    }

    /// Whether a serial number as stamped has the shape of this entry's numbers.
    pub fn serial_shape(&self, entry: &Entry, raw: &str) -> SerialFit {
        let Some(regex) = entry.details().serial.as_ref().and_then(|shape| shape.regex()) else {
            return SerialFit::Unknown;
        };
        let raw = raw.trim();
        if raw.is_empty() {
            return SerialFit::Unknown;
        }
        let spaced: String = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        let glued: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
        let bare: String = raw.chars().filter(|c| c.is_alphanumeric()).collect();
        if [spaced, glued, bare].iter().any(|form| regex.is_match(form)) {
            SerialFit::Fits
        } else {
            SerialFit::DoesNotFit
        }
    }

    /// The entries whose model is written exactly like this number: it is then probably no serial (rule V8).
    pub fn models_stamped_as(&self, raw: &str) -> Vec<&Entry> {
        let norm = serial::normalise(raw);
        if norm.chars().count() < 2 {
            return Vec::new();
        }
        let is_same = |name: &str| serial::normalise(name) == norm;
        let entries = self.entries().iter().filter(|entry| entry.same_as.is_none());
        entries.filter(|entry| entry.names().any(is_same)).map(|entry| &**entry).collect()
    }
}
