//! One segment of the index with what has been read of it, and the segments together at one moment.

use crate::locale::Message;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::columnar::{Cardinality, ColumnValues, StrColumn};
use tantivy::index::SegmentId;
use tantivy::schema::Value as _;
use tantivy::store::StoreReader;
use tantivy::{InvertedIndexReader, SegmentReader, TantivyDocument};

use super::fault;
use super::schema::{Column, Fields, NameColumn};
use crate::domain::id::DocId;
use crate::search::SearchError;

/// Blocks of identifiers kept in memory for each segment.
const STORE_BLOCKS: usize = 16;

/// A column that has been read.
pub(super) type Values = Arc<dyn ColumnValues<u64>>;

/// An immutable part of the index. What is read of it stays for as long as the segment lives, across reloads.
pub(super) struct Segment {
    pub reader: SegmentReader,
    id: SegmentId,
    deletes: Option<u64>,
    pub words: Arc<InvertedIndexReader>,
    serials: OnceLock<Arc<InvertedIndexReader>>,
    columns: [OnceLock<Values>; Column::ALL.len()],
    names: [OnceLock<(StrColumn, Values)>; 2],
    store: OnceLock<StoreReader>,
    fields: Arc<Fields>,
}

impl Segment {
    fn open(segment: &tantivy::Segment, fields: &Arc<Fields>) -> Result<Self, SearchError> {
        let reader = SegmentReader::open(segment).map_err(fault)?;
        Ok(Self {
            words: reader.inverted_index(fields.words).map_err(fault)?,
            id: reader.segment_id(),
            deletes: segment.meta().delete_opstamp(),
            serials: OnceLock::new(),
            columns: Default::default(),
            names: Default::default(),
            store: OnceLock::new(),
            fields: Arc::clone(fields),
            reader,
        })
    }

    /// How many documents it has, deleted ones included.
    pub fn len(&self) -> u32 {
        self.reader.max_doc()
    }

    /// The dictionary of serial numbers, read when first asked for.
    pub fn serials(&self) -> Result<&Arc<InvertedIndexReader>, SearchError> {
        read_once(&self.serials, || self.reader.inverted_index(self.fields.serials).map_err(fault))
    }

    /// A column, read when first asked for.
    pub fn column(&self, column: Column) -> Result<&Values, SearchError> {
        read_once(&self.columns[column as usize], || {
            let read = self.reader.fast_fields().u64(column.name()).map_err(fault)?;
            if read.get_cardinality() != Cardinality::Full || read.values.num_vals() != self.len() {
                return Err(SearchError::damaged(
                    &Message::new("fault-index-gaps").with("column", column.name()),
                ));
            }
            Ok(read.values)
        })
    }

    fn name_column(&self, column: NameColumn) -> Result<&(StrColumn, Values), SearchError> {
        read_once(&self.names[column as usize], || {
            let missing =
                || SearchError::damaged(&Message::new("fault-index-column").with("column", column.name()));
            let read = self.reader.fast_fields().str(column.name()).map_err(fault)?.ok_or_else(missing)?;
            let ords = read.ords().clone();
            if ords.get_cardinality() != Cardinality::Full || ords.values.num_vals() != self.len() {
                return Err(missing());
            }
            Ok((read, ords.values))
        })
    }

    /// The identifier of a document.
    pub fn id(&self, doc: u32) -> Result<DocId, SearchError> {
        let store = read_once(&self.store, || {
            self.reader.get_store_reader(STORE_BLOCKS).map_err(|error| fault(error.into()))
        })?;
        let document: TantivyDocument = store.get(doc).map_err(fault)?;
        let bytes = document.get_first(self.fields.id).and_then(|value| value.as_bytes());
        let id = bytes.and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
        id.map(DocId::from_bytes).ok_or_else(|| SearchError::damaged(&Message::new("fault-index-no-id")))
    }
}

/// The index at one moment: what is found in it stays valid while later changes make a new generation.
pub(super) struct Generation {
    pub segments: Vec<Arc<Segment>>,
    /// For each segment, how many documents stand before it.
    pub starts: Vec<u32>,
    ranks: [Mutex<Option<Arc<Ranks>>>; 2],
}

/// The order of names over all segments.
pub(super) struct Ranks {
    /// For each segment, the rank of each of its names, from 1; 0 for the empty name.
    by_segment: Vec<Vec<u32>>,
}

impl Generation {
    /// Nothing.
    pub fn empty() -> Self {
        Self { segments: Vec::new(), starts: Vec::new(), ranks: Default::default() }
    }

    /// The segments as they are on the disk now; those that `before` has too are taken from it.
    pub fn load(index: &tantivy::Index, fields: &Arc<Fields>, before: &Self) -> Result<Self, SearchError> {
        let mut segments = Vec::new();
        for segment in index.searchable_segments().map_err(fault)? {
            let (id, deletes) = (segment.id(), segment.meta().delete_opstamp());
            let known = before.segments.iter().find(|known| known.id == id && known.deletes == deletes);
            segments.push(match known {
                Some(known) => Arc::clone(known),
                None => Arc::new(Segment::open(&segment, fields)?),
            });
        }
        // The order of the list is tantivy's own; the largest first makes results of broad queries quick to narrow.
        segments.sort_by_key(|segment| (Reverse(segment.len()), segment.id));
        let mut starts = Vec::with_capacity(segments.len());
        let mut total = 0_u32;
        for segment in &segments {
            starts.push(total);
            total = total
                .checked_add(segment.len())
                .ok_or_else(|| SearchError::damaged(&Message::new("fault-index-too-many")))?;
        }
        Ok(Self { segments, starts, ranks: Default::default() })
    }

    /// Whether it has the same segments as another.
    pub fn is_same(&self, other: &Self) -> bool {
        self.segments.len() == other.segments.len()
            && self.segments.iter().zip(&other.segments).all(|(a, b)| Arc::ptr_eq(a, b))
    }

    /// The identifier of the document at a place counted over all segments.
    pub fn id(&self, at: u32) -> Result<DocId, SearchError> {
        let segment = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let beyond = || SearchError::damaged(&Message::new("fault-index-row"));
        self.segments.get(segment).ok_or_else(beyond)?.id(at - self.starts[segment])
    }

    /// The rank of the name of each document of a segment, 0 where it has none.
    pub fn names(&self, column: NameColumn, segment: usize) -> Result<(Values, Arc<Ranks>), SearchError> {
        let mut held = self.ranks[column as usize].lock().unwrap_or_else(PoisonError::into_inner);
        let ranks = match &*held {
            Some(ranks) => Arc::clone(ranks),
            None => Arc::clone(held.insert(Arc::new(self.rank(column)?))),
        };
        Ok((Arc::clone(&self.segments[segment].name_column(column)?.1), ranks))
    }

    /// Merges the sorted names of all segments.
    fn rank(&self, column: NameColumn) -> Result<Ranks, SearchError> {
        let damaged = |error: std::io::Error| fault(error.into());
        let mut streams = Vec::new();
        let mut heads = BinaryHeap::new();
        for (at, segment) in self.segments.iter().enumerate() {
            let mut stream = segment.name_column(column)?.0.dictionary().stream().map_err(damaged)?;
            if stream.advance() {
                heads.push(Reverse((stream.key().to_vec(), at)));
            }
            streams.push(stream);
        }
        let mut by_segment: Vec<Vec<u32>> = vec![Vec::new(); streams.len()];
        let (mut rank, mut last) = (0, Vec::new());
        while let Some(Reverse((name, at))) = heads.pop() {
            if name != last {
                rank += 1;
                last.clone_from(&name);
            }
            by_segment[at].push(if name.is_empty() { 0 } else { rank });
            if streams[at].advance() {
                heads.push(Reverse((streams[at].key().to_vec(), at)));
            }
        }
        Ok(Ranks { by_segment })
    }
}

impl Ranks {
    /// The rank of a name of a segment by its ordinal there.
    pub fn of(&self, segment: usize, ordinal: u64) -> u64 {
        let ranks = self.by_segment.get(segment);
        ranks.and_then(|ranks| ranks.get(ordinal as usize)).copied().map_or(0, u64::from)
    }
}

/// Reads what a cell is to hold, unless it holds it; two threads may both read, and one result stays.
fn read_once<T>(
    cell: &OnceLock<T>,
    read: impl FnOnce() -> Result<T, SearchError>,
) -> Result<&T, SearchError> {
    if let Some(held) = cell.get() {
        return Ok(held);
    }
    let fresh = read()?;
    Ok(cell.get_or_init(|| fresh))
}
