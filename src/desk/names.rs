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

/// Whether two names of makers are one maker.
pub fn makes_agree(names: &dyn Names, asked: &str, recorded: &str, recorded_id: &str) -> Agreement {
    if is_unknown_name(asked) || (is_unknown_name(recorded) && recorded_id.is_empty()) {
        return Agreement::Unknown;
    }
    let asked_ids = names.makes(asked);
    let recorded_ids =
        if recorded_id.is_empty() { names.makes(recorded) } else { vec![recorded_id.to_owned()] };
    let shared = asked_ids.iter().any(|id| recorded_ids.contains(id));
    if shared || fold(asked) == fold(recorded) { Agreement::Agrees } else { Agreement::Differs }
}

/// Whether two names of calibres are one calibre.
pub fn calibres_agree(names: &dyn Names, asked: &str, recorded: &str, recorded_id: &str) -> Agreement {
    if is_unknown_name(asked) || (is_unknown_name(recorded) && recorded_id.is_empty()) {
        return Agreement::Unknown;
    }
    let recorded_id =
        if recorded_id.is_empty() { names.calibre(recorded) } else { Some(recorded_id.to_owned()) };
    let same = names.calibre(asked).is_some_and(|id| recorded_id.as_ref() == Some(&id));
    if same || fold(asked) == fold(recorded) { Agreement::Agrees } else { Agreement::Differs }
}
