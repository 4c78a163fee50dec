//! The numbers that are recorded as partial, found by the number that is asked for without looking at each of them.
//!
//! One record in twenty has such a number, and every check of a whole number asks which of them could be it. They lie in
//! buckets by length and by the first two characters that are known, so that a check looks into few.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::id::DocId;
use crate::domain::serial::{Element, SerialPattern};
use crate::store::contract::SerialHit;

/// The partial numbers of documents, as they are at present.
#[derive(Debug, Clone, Default)]
pub struct Partials {
    documents: BTreeMap<DocId, Arc<[SerialPattern]>>,
    /// By length, then by what is known.
    buckets: BTreeMap<usize, HashMap<Known, Vec<Recorded>>>,
}

/// A document and all its partial numbers.
type Recorded = (DocId, Arc<[SerialPattern]>);

/// The places and values of the first two characters of a pattern that are known.
type Known = [Option<(usize, char)>; 2];

fn first_known(pattern: &SerialPattern) -> Known {
    let mut known = known(pattern);
    [known.next(), known.next()]
}

/// What patterns that overlap a number may have as their first two known characters, where all of the number's are known.
fn all_known(number: &SerialPattern) -> Vec<Known> {
    let known: Vec<Option<(usize, char)>> = known(number).map(Some).collect();
    let mut all = vec![[None, None]];
    for (at, first) in known.iter().enumerate() {
        all.push([*first, None]);
        all.extend(known[at + 1..].iter().map(|second| [*first, *second]));
    }
    all
}

impl Partials {
    /// From now on a document has these partial numbers, or none.
    pub fn set(&mut self, id: DocId, patterns: &[SerialPattern]) {
        if let Some(before) = self.documents.remove(&id) {
            for pattern in before.iter() {
                let (length, key) = (pattern.elements().len(), first_known(pattern));
                let Some(buckets) = self.buckets.get_mut(&length) else { continue };
                if let Some(bucket) = buckets.get_mut(&key) {
                    bucket.retain(|(other, _)| *other != id);
                    if bucket.is_empty() {
                        buckets.remove(&key);
                    }
                }
            }
        }
        if !patterns.is_empty() {
            self.insert(id, patterns.into());
        }
    }

    /// Documents with a partial number that overlaps the pattern, by identifier and text.
    pub fn overlapping(&self, pattern: &SerialPattern) -> Vec<SerialHit> {
        let elements = pattern.elements();
        let Some(buckets) = self.buckets.get(&elements.len()) else { return Vec::new() };
        let mut found: Vec<(DocId, String)> = Vec::new();
        let mut look = |bucket: &[Recorded]| {
            for (id, recorded) in bucket {
                let fitting = recorded.iter().filter(|recorded| recorded.overlaps(pattern));
                found.extend(fitting.map(|recorded| (*id, recorded.to_string())));
            }
        };
        if pattern.known() == elements.len() {
            all_known(pattern).iter().filter_map(|key| buckets.get(key)).for_each(|bucket| look(bucket));
        } else {
            let admits = |place: &Option<(usize, char)>| place.is_none_or(|(at, c)| elements[at].admits(c));
            let admitted = buckets.iter().filter(|(known, _)| known.iter().all(admits));
            admitted.for_each(|(_, bucket)| look(bucket));
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|(id, norm)| SerialHit { id, norm, summary: None }).collect()
    }

    fn insert(&mut self, id: DocId, patterns: Arc<[SerialPattern]>) {
        for pattern in patterns.iter() {
            let buckets = self.buckets.entry(pattern.elements().len()).or_default();
            buckets.entry(first_known(pattern)).or_default().push((id, Arc::clone(&patterns)));
        }
        self.documents.insert(id, patterns);
    }
}

fn known(pattern: &SerialPattern) -> impl Iterator<Item = (usize, char)> {
    pattern.elements().iter().enumerate().filter_map(|(at, element)| match element {
        Element::Known(c) => Some((at, *c)),
        Element::OneOf(_) | Element::Any => None,
    })
}

/// The buckets follow from the documents.
impl PartialEq for Partials {
    fn eq(&self, other: &Self) -> bool {
        self.documents == other.documents
    }
}

impl Serialize for Partials {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.documents.iter().map(|(id, patterns)| (id, &**patterns)))
    }
}

impl<'de> Deserialize<'de> for Partials {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let documents = BTreeMap::<DocId, Vec<SerialPattern>>::deserialize(deserializer)?;
        let mut partials = Self::default();
        for (id, patterns) in documents {
            partials.insert(id, patterns.into());
        }
        Ok(partials)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> SerialPattern {
        SerialPattern::parse(text).unwrap()
    }

    #[test]
    fn buckets_hide_no_pattern_that_overlaps() {
        let recorded = [
            "A1?3",
            "A?23",
            "??23",
            "?1??",
            "A???",
            "[AB]12?",
            "[AB]?2?",
            "[AB][12]??",
            "A123",
            "A12?4",
            "B???",
        ];
        let asked = ["A123", "B123", "A12?", "?1??", "[AB]123", "A1234", "????3", "9999"];
        let mut partials = Partials::default();
        for (n, text) in (0u128..).zip(recorded) {
            partials.set(DocId::from_bytes(n.to_be_bytes()), &[pattern(text)]);
        }
        for text in asked {
            let asked = pattern(text);
            let expected: Vec<&str> =
                recorded.iter().copied().filter(|recorded| pattern(recorded).overlaps(&asked)).collect();
            let found: Vec<String> = partials.overlapping(&asked).into_iter().map(|hit| hit.norm).collect();
            assert_eq!(found, expected, "asked for {text}");
        }
    }

    #[test]
    fn a_document_is_found_by_its_last_patterns_only_also_after_it_was_kept() {
        let id = DocId::from_bytes([1; 16]);
        let mut partials = Partials::default();
        partials.set(id, &[pattern("A1?3"), pattern("A1?9")]);
        partials.set(id, &[pattern("A1?4")]);
        let kept: Partials =
            postcard::from_bytes(&postcard::to_extend(&partials, Vec::new()).unwrap()).unwrap();
        for partials in [&partials, &kept] {
            assert_eq!(partials.overlapping(&pattern("A123")), Vec::new());
            assert_eq!(partials.overlapping(&pattern("A124")).len(), 1);
        }
        partials.set(id, &[]);
        assert_eq!(partials, Partials::default());
        assert!(partials.buckets.values().all(HashMap::is_empty));
    }
}
