//! Two entries side by side, with the facts that differ.

use std::fmt::Display;

use crate::domain::vocabulary::vocabulary;

use super::entry::Entry;
use super::table::Reference;

vocabulary! {
    /// A fact of an entry, in the order of a card.
    CardFact {
        /// The make.
        Make = "make",
        /// The model.
        Model = "model",
        /// The kind of firearm.
        Type = "type",
        /// The action.
        Action = "action",
        /// How the action works.
        Operation = "operation",
        /// How it is fed.
        Feed = "feed",
        /// The calibres.
        Calibres = "calibres",
        /// Where it was made.
        Countries = "countries",
        /// When it was made.
        Years = "years",
        /// Barrel lengths in millimetres.
        Barrel = "barrel_mm",
        /// Overall lengths in millimetres.
        Overall = "overall_mm",
        /// Rounds.
        Capacity = "capacity",
        /// Where its serial number is.
        SerialPlace = "serial_place",
        /// Examples of its serial numbers.
        SerialShape = "serial_shape",
        /// What is stamped on it.
        Markings = "markings",
        /// Variants.
        Variants = "variants",
    }
}

vocabulary! {
    /// How two entries stand to each other in one fact.
    Difference {
        /// Both say the same.
        Same = "same",
        /// They have some values in common.
        Partly = "partly",
        /// They say different things.
        Differs = "differs",
        /// One or both do not say.
        Unknown = "unknown",
    }
}

/// One fact of two entries. An empty list means unknown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Compared {
    /// Which fact.
    pub fact: CardFact,
    /// What the first says.
    pub left: Vec<String>,
    /// What the second says.
    pub right: Vec<String>,
    /// How they stand to each other.
    pub difference: Difference,
}

/// Two entries compared.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Comparison {
    /// Every fact, in the order of a card.
    pub facts: Vec<Compared>,
    /// How the cards themselves say to tell the two apart.
    pub tells: Vec<String>,
}

impl Reference {
    /// Compares two entries fact by fact.
    pub fn compare(&self, left: &Entry, right: &Entry) -> Comparison {
        let facts = CardFact::ALL.iter().map(|fact| {
            let (left, right) = (self.fact(left, *fact), self.fact(right, *fact));
            let difference = difference(&left, &right);
            Compared { fact: *fact, left, right, difference }
        });
        let tells = [(left, right), (right, left)].into_iter().flat_map(|(one, other)| {
            one.details()
                .lookalikes
                .iter()
                .filter(|like| like.id == other.id && !like.tell.is_empty())
                .map(|like| like.tell.clone())
        });
        Comparison { facts: facts.collect(), tells: tells.collect() }
    }

    /// What an entry says of a fact, as it is shown; empty where it does not say.
    pub fn fact(&self, entry: &Entry, fact: CardFact) -> Vec<String> {
        let details = entry.details();
        match fact {
            CardFact::Make => vec![entry.make.to_string()],
            CardFact::Model => vec![entry.model.clone()],
            CardFact::Type => texts(entry.firearm_type),
            CardFact::Action => texts(entry.action),
            CardFact::Operation => texts(details.operation.as_ref()),
            CardFact::Feed => texts(details.feed.as_ref()),
            CardFact::Calibres => texts(
                entry.calibres.iter().filter_map(|id| self.calibres().get(id)).map(|calibre| &calibre.name),
            ),
            CardFact::Countries => texts(&entry.countries),
            CardFact::Years => texts(details.years),
            CardFact::Barrel => texts(&details.barrel_mm),
            CardFact::Overall => texts(&details.overall_mm),
            CardFact::Capacity => texts(&details.capacity),
            CardFact::SerialPlace => texts(details.serial.as_ref().and_then(|serial| serial.place.as_ref())),
            CardFact::SerialShape => texts(details.serial.iter().flat_map(|serial| &serial.examples)),
            CardFact::Markings => details.markings.clone(),
            CardFact::Variants => details.variants.clone(),
        }
    }
}

fn texts<T: Display>(values: impl IntoIterator<Item = T>) -> Vec<String> {
    values.into_iter().map(|value| value.to_string()).collect()
}

fn difference(left: &[String], right: &[String]) -> Difference {
    if left.is_empty() || right.is_empty() {
        return Difference::Unknown;
    }
    let common = left.iter().filter(|value| right.contains(value)).count();
    match common {
        _ if common == left.len() && common == right.len() => Difference::Same,
        0 => Difference::Differs,
        _ => Difference::Partly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_no_difference() {
        let list = |values: &[&str]| values.iter().map(ToString::to_string).collect::<Vec<_>>();
        for (left, right, expected) in [
            (list(&["a"]), list(&[]), Difference::Unknown),
            (list(&["a"]), list(&["a"]), Difference::Same),
            (list(&["a", "b"]), list(&["b"]), Difference::Partly),
            (list(&["a"]), list(&["b"]), Difference::Differs),
        ] {
            assert_eq!(difference(&left, &right), expected, "of {left:?} and {right:?}");
        }
    }
}
