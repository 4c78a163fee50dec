//! Grading a candidate: how well a recorded firearm answers a check, and why (domain.md 2.4, rules 6 and 9).
//!
//! A serial number alone is never more than POSSIBLE, because makers reuse numbers; and a hit is a candidate until a person
//! has compared all marks.

use serde::{Deserialize, Serialize};

use super::firearm::FirearmType;
use super::vocabulary::vocabulary;

vocabulary! {
    /// How well a record answers, best first.
    Grade {
        /// Number, make, calibre and type agree.
        Exact = "EXACT",
        /// Number and make agree.
        Strong = "STRONG",
        /// The number agrees, or a common misreading of it.
        Possible = "POSSIBLE",
        /// A partial number fits.
        Pattern = "PATTERN",
    }
}

vocabulary! {
    /// In what way the numbers agree.
    SerialAgreement {
        /// The folded numbers are the same.
        Same = "same",
        /// The same but for letters between digits.
        EmbeddedLetters = "embedded_letters",
        /// The same but for characters that are often misread for one another.
        Confusable = "confusable",
        /// The recorded number lacks the letters before or after the digits.
        WithoutAffix = "without_affix",
        /// One or both are partial, and they fit.
        Pattern = "pattern",
    }
}

vocabulary! {
    /// Whether a further fact agrees; unknown is never no.
    Agreement {
        /// Both say the same.
        Agrees = "agrees",
        /// They say different things.
        Differs = "differs",
        /// One of them does not say.
        Unknown = "unknown",
    }
}

/// Why a candidate has its grade: each fact compared, and the outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// How the numbers agree.
    pub serial: SerialAgreement,
    /// Which number of the record it was: `serial`, `alternative` or `component`, with its place.
    pub matched_on: String,
    /// That number as stamped.
    pub recorded: String,
    /// Whether the makes agree.
    pub make: Agreement,
    /// Whether the calibres agree.
    pub calibre: Agreement,
    /// Whether the types agree.
    #[serde(rename = "type")]
    pub firearm_type: Agreement,
}

impl Reason {
    /// The grade these facts give. Where make, calibre or type differ it never rises above POSSIBLE or STRONG.
    pub fn grade(&self) -> Grade {
        use Agreement::Agrees;
        match self.serial {
            SerialAgreement::Pattern => Grade::Pattern,
            SerialAgreement::EmbeddedLetters
            | SerialAgreement::Confusable
            | SerialAgreement::WithoutAffix => Grade::Possible,
            SerialAgreement::Same => match (self.make, self.calibre, self.firearm_type) {
                (Agrees, Agrees, Agrees) => Grade::Exact,
                (Agrees, _, _) => Grade::Strong,
                _ => Grade::Possible,
            },
        }
    }

    /// How many of make, calibre and type agree less how many differ: the order within a grade.
    pub fn weight(&self) -> i32 {
        [self.make, self.calibre, self.firearm_type]
            .iter()
            .map(|agreement| match agreement {
                Agreement::Agrees => 2,
                Agreement::Unknown => 0,
                Agreement::Differs => -2,
            })
            .sum()
    }
}

/// Whether two types agree: a type that is unknown on either side says nothing.
pub fn types_agree(asked: Option<FirearmType>, recorded: Option<FirearmType>) -> Agreement {
    match (asked, recorded) {
        (None | Some(FirearmType::Unknown), _) | (_, None | Some(FirearmType::Unknown)) => Agreement::Unknown,
        (Some(asked), Some(recorded)) if asked == recorded => Agreement::Agrees,
        _ => Agreement::Differs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Agreement::{Agrees, Differs, Unknown};

    #[test]
    fn grade_follows_what_agrees() {
        let cases = [
            (SerialAgreement::Same, Agrees, Agrees, Agrees, Grade::Exact),
            (SerialAgreement::Same, Agrees, Agrees, Unknown, Grade::Strong),
            (SerialAgreement::Same, Agrees, Differs, Agrees, Grade::Strong),
            (SerialAgreement::Same, Unknown, Agrees, Agrees, Grade::Possible),
            (SerialAgreement::Same, Differs, Agrees, Agrees, Grade::Possible),
            (SerialAgreement::Confusable, Agrees, Agrees, Agrees, Grade::Possible),
            (SerialAgreement::EmbeddedLetters, Agrees, Agrees, Agrees, Grade::Possible),
            (SerialAgreement::Pattern, Agrees, Agrees, Agrees, Grade::Pattern),
        ];
        for (serial, make, calibre, firearm_type, grade) in cases {
            let reason = Reason {
                serial,
                matched_on: "serial".into(),
                recorded: "C 48113".into(),
                make,
                calibre,
                firearm_type,
            };
            assert_eq!(reason.grade(), grade, "{serial} {make} {calibre} {firearm_type}");
        }
    }

    #[test]
    fn unknown_type_is_never_a_difference() {
        assert_eq!(types_agree(None, Some(FirearmType::Revolver)), Unknown);
        assert_eq!(types_agree(Some(FirearmType::Unknown), Some(FirearmType::Revolver)), Unknown);
        assert_eq!(types_agree(Some(FirearmType::PistolSemi), Some(FirearmType::Revolver)), Differs);
    }
}
