//! What the desk asks of the reference table: whether two spellings name one thing, and what the table knows of it.
//!
//! A trait, so that the desk's tests need no table and the table knows nothing of desks.

use crate::domain::country::CountryCode;
use crate::domain::firearm::is_unknown_name;
use crate::domain::hit::Agreement;
use crate::domain::text::fold;

/// What the reference table knows of names. Every answer may be *unknown*, and unknown is never no.
pub trait Names: Send + Sync {
    /// The makes that are called so, by identifier.
    fn makes(&self, text: &str) -> Vec<String>;

    /// The calibre that is called so, by identifier.
    fn calibre(&self, text: &str) -> Option<String>;

    /// The country that is called so, in any language of the table.
    fn country(&self, text: &str) -> Option<CountryCode>;

    /// The one entry with this make and model, by identifier.
    fn entry(&self, make: &str, model: &str) -> Option<String>;

    /// Whether the table has make, model and calibre together; `None` where it does not know make and model (V7).
    fn combination_known(&self, make: &str, model: &str, calibre: &str) -> Option<bool>;

    /// Whether a number as stamped has the shape that the entry gives (V4).
    fn serial_fits(&self, entry: &str, raw: &str) -> Option<bool>;

    /// The model that a number is, if a model is called so (V8).
    fn model_called(&self, raw: &str) -> Option<String>;

    /// Where firearms of this make and model are made.
    fn made_in(&self, make: &str, model: &str) -> Vec<CountryCode>;

    /// Which edition of the table answers, for the proof of a check.
    fn edition(&self) -> String;
}

/// A make and a calibre that are compared with those of many records, looked up once.
pub struct Wanted {
    make: Option<(String, Vec<String>)>,
    calibre: Option<(String, Option<String>)>,
}

impl Wanted {
    /// A make and a calibre in any spelling, or unknown.
    pub fn new(names: &dyn Names, make: &str, calibre: &str) -> Self {
        Self {
            make: (!is_unknown_name(make)).then(|| (fold(make), names.makes(make))),
            calibre: (!is_unknown_name(calibre)).then(|| (fold(calibre), names.calibre(calibre))),
        }
    }

    /// Whether a recorded make is the one wanted.
    pub fn make_agrees(&self, names: &dyn Names, recorded: &str, recorded_id: &str) -> Agreement {
        let Some((folded, ids)) = &self.make else { return Agreement::Unknown };
        let same = if !recorded_id.is_empty() {
            ids.iter().any(|id| id == recorded_id)
        } else if is_unknown_name(recorded) {
            return Agreement::Unknown;
        } else {
            names.makes(recorded).iter().any(|id| ids.contains(id))
        };
        if same || *folded == fold(recorded) { Agreement::Agrees } else { Agreement::Differs }
    }

    /// Whether a recorded calibre is the one wanted.
    pub fn calibre_agrees(&self, names: &dyn Names, recorded: &str, recorded_id: &str) -> Agreement {
        let Some((folded, id)) = &self.calibre else { return Agreement::Unknown };
        let same = if !recorded_id.is_empty() {
            id.as_ref().is_some_and(|id| id == recorded_id)
        } else if is_unknown_name(recorded) {
            return Agreement::Unknown;
        } else {
            id.is_some() && names.calibre(recorded) == *id
        };
        if same || *folded == fold(recorded) { Agreement::Agrees } else { Agreement::Differs }
    }
}
