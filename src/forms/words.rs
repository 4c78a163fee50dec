//! The closed vocabularies of the domain, by the names under which a form's schema asks for them.
//!
//! Only the words as they stand in files; what a person reads for them comes from the locale, by [`label_key`].

use crate::domain::firearm::{ConversionState, FirearmAction, FirearmType, SerialState};
use crate::domain::record::{
    AccessMode, Classification, HandlingCode, InformationGrade, RecordReason, SourceGrade,
};

/// The names that `vocabulary:` takes in a schema.
pub const VOCABULARIES: &[&str] = &[
    "type",
    "action",
    "serial-state",
    "conversion",
    "reason",
    "classification",
    "source-grade",
    "information-grade",
    "handling",
    "access-mode",
];

/// The words of a vocabulary in its own order; `None` for a name that is not one of [`VOCABULARIES`].
pub fn vocabulary(name: &str) -> Option<Vec<&'static str>> {
    macro_rules! ids {
        ($name:ty) => {
            <$name>::ALL.iter().map(|word| word.id()).collect()
        };
    }
    Some(match name {
        "type" => ids!(FirearmType),
        "action" => ids!(FirearmAction),
        "serial-state" => ids!(SerialState),
        "conversion" => ids!(ConversionState),
        "reason" => ids!(RecordReason),
        "classification" => ids!(Classification),
        "source-grade" => ids!(SourceGrade),
        "information-grade" => ids!(InformationGrade),
        "handling" => ids!(HandlingCode),
        "access-mode" => ids!(AccessMode),
        _ => return None,
    })
}

/// The locale's key for a word of a vocabulary: `type-pistol_semi`.
pub fn label_key(vocabulary: &str, word: &str) -> String {
    format!("{vocabulary}-{word}")
}

/// A path or word as part of a locale key: lower case, everything else than letters and digits a hyphen.
pub(super) fn key_part(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vocabulary_that_is_named_has_words() {
        for name in VOCABULARIES {
            assert!(vocabulary(name).is_some_and(|words| words.len() > 1), "{name} has no words");
        }
        assert_eq!(vocabulary("colours"), None);
    }
}
