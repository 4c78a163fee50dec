//! Entries side by side, with the facts that differ.

use std::fmt::Display;

use crate::domain::vocabulary::vocabulary;

use super::entry::Entry;
use super::id::ModelId;
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
    /// How entries stand to each other in one fact.
    Difference {
        /// All say the same.
        Same = "same",
        /// Some have values in common.
        Partly = "partly",
        /// They say different things.
        Differs = "differs",
        /// Too few say anything to tell: all that say say the same, and others do not say.
        Unknown = "unknown",
    }
}

/// One fact of several entries.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Compared {
    /// Which fact.
    pub fact: CardFact,
    /// What each entry says, in the order in which they were given. An empty list means unknown.
    pub values: Vec<Vec<String>>,
    /// How they stand to each other.
    pub difference: Difference,
}

/// How to tell two of the entries apart, as a card itself says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Tell {
    /// The card that says it.
    pub of: ModelId,
    /// From which other.
    pub from: ModelId,
    /// How.
    pub tell: String,
}

/// Entries compared.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Comparison {
    /// Every fact that one of them says, in the order of a card.
    pub facts: Vec<Compared>,
    /// How the cards themselves say to tell them apart.
    pub tells: Vec<Tell>,
}

impl Reference {
    /// Compares entries fact by fact.
    pub fn compare(&self, entries: &[&Entry]) -> Comparison {
        let compared = |fact: &CardFact| {
            let values: Vec<Vec<String>> = entries.iter().map(|entry| self.fact(entry, *fact)).collect();
            let difference = difference(&values);
            Compared { fact: *fact, values, difference }
        };
        let says = |compared: &Compared| compared.values.iter().any(|value| !value.is_empty());
        let facts = CardFact::ALL.iter().map(compared).filter(says).collect();
        let tells = entries.iter().flat_map(|one| {
            let others = |id: &ModelId| *id != one.id && entries.iter().any(|other| other.id == *id);
            let likes = one.details().lookalikes.iter();
            likes.filter(move |like| others(&like.id) && !like.tell.is_empty()).map(|like| Tell {
                of: one.id.clone(),
                from: like.id.clone(),
                tell: like.tell.clone(),
            })
        });
        Comparison { facts, tells: tells.collect() }
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

fn difference(values: &[Vec<String>]) -> Difference {
    let known: Vec<&Vec<String>> = values.iter().filter(|value| !value.is_empty()).collect();
    let has_all = |a: &[String], b: &[String]| b.iter().all(|value| a.contains(value));
    let pairs = || known.iter().enumerate().flat_map(|(at, a)| known[at + 1..].iter().map(move |b| (a, b)));
    if pairs().all(|(a, b)| has_all(a, b) && has_all(b, a)) {
        return if known.len() == values.len() { Difference::Same } else { Difference::Unknown };
    }
    let common = pairs().any(|(a, b)| a.iter().any(|value| b.contains(value)));
    if common { Difference::Partly } else { Difference::Differs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_no_difference() {
        for (values, expected) in [
            (&["a", ""][..], Difference::Unknown),
            (&["", ""], Difference::Unknown),
            (&["a", "a", ""], Difference::Unknown),
            (&["a", "a"], Difference::Same),
            (&["ab", "ba"], Difference::Same),
            (&["ab", "b"], Difference::Partly),
            (&["a", "a", "b"], Difference::Partly),
            (&["a", "b"], Difference::Differs),
            (&["a", "b", ""], Difference::Differs),
        ] {
            let lists: Vec<Vec<String>> =
                values.iter().map(|value| value.chars().map(String::from).collect()).collect();
            assert_eq!(difference(&lists), expected, "of {values:?}");
        }
    }
}
