//! Deleting the earlier revisions of documents, by their identifiers.
//!
//! An identifier is not a term: two million terms that are each used once would be a fifth of the index. Instead, the column
//! of 32-bit hashes is read through once for a whole batch, and the identifier of each candidate is compared.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, Value as _};
use tantivy::{BitSet, Score, SegmentReader, TantivyDocument, TantivyError};

use super::schema::{Column, id_hash};
use crate::domain::id::DocId;

/// Values that are read at once.
const BLOCK: usize = 1024;

/// Finds documents by their identifiers.
#[derive(Debug, Clone)]
pub(super) struct ById {
    field: Field,
    ids: Arc<HashMap<u64, Vec<DocId>>>,
}

impl ById {
    /// Any of these documents, whose identifiers are stored in a field.
    pub fn new(field: Field, ids: impl Iterator<Item = DocId>) -> Self {
        let mut by_hash: HashMap<u64, Vec<DocId>> = HashMap::new();
        for id in ids {
            by_hash.entry(id_hash(id)).or_default().push(id);
        }
        Self { field, ids: Arc::new(by_hash) }
    }

    fn documents(&self, reader: &SegmentReader) -> tantivy::Result<Vec<u32>> {
        let values = reader.fast_fields().u64(Column::IdHash.name())?.values;
        let mut block = [0; BLOCK];
        let mut candidates = Vec::new();
        let docs = values.num_vals().min(reader.max_doc());
        for start in (0..docs).step_by(BLOCK) {
            let block = &mut block[..BLOCK.min((docs - start) as usize)];
            values.get_range(u64::from(start), block);
            let known = (start..).zip(block.iter()).filter(|(_, hash)| self.ids.contains_key(hash));
            candidates.extend(known.map(|(doc, hash)| (doc, *hash)));
        }
        let store = reader.get_store_reader(1)?;
        let mut found = Vec::new();
        for (doc, hash) in candidates {
            let document: TantivyDocument = store.get(doc)?;
            let stored = document.get_first(self.field).and_then(|value| value.as_bytes());
            let wanted = self.ids.get(&hash).map(Vec::as_slice).unwrap_or_default();
            if wanted.iter().any(|id| stored == Some(id.to_bytes().as_slice())) {
                found.push(doc);
            }
        }
        Ok(found)
    }
}

impl Query for ById {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for ById {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut bits = BitSet::with_max_value(reader.max_doc());
        for doc in self.documents(reader)? {
            bits.insert(doc);
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(bits), boost)))
    }

    fn explain(&self, _: &SegmentReader, doc: u32) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!(
            "document {doc} is found by its identifier, without a score"
        )))
    }
}
