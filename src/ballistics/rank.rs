//! The ranked list: which entries of a gallery may come from the firearm that fired the query.
//!
//! Two stages, both over all threads and with the same result on any number of them: the ring spectra of all entries,
//! then the small maps of the few hundred best. What it returns are candidates for `confirm`, in order; a score of
//! this list is no evidence. Called by the command line, `validate` and the desk.

use rayon::prelude::*;

use super::confirm::register::{self, Placement};
use super::confirm::rigid::{Field, Points, Rigid};
use super::confirm::{CENTRE_REACH, CENTRE_STEP};
use super::map::Map;
use super::signature::query::{Planes, Query};
use super::signature::{self, RING_PITCH, Signature, SignatureError, centre};
use super::work::{Stopped, Watch};

/// Where entries come from: a file, or memory.
pub trait Entries: Sync {
    /// How many there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Whether the entry may be compared with this query at all: its calibre, its class characteristics, its kind.
    fn admits(&self, index: usize) -> bool;
    /// The ring part of an entry's signature.
    fn rings(&self, index: usize) -> &[u8];
    /// The small maps of some entries, in the order asked for.
    fn small(&self, indices: &[usize]) -> Result<Vec<Vec<u8>>, EntryError>;
}

/// Why entries could not be read.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// The disk.
    #[error("the gallery cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// Bytes that are not what was written.
    #[error("entry {0} of the gallery is damaged; rebuild the gallery")]
    Damaged(usize),
}

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub enum RankError {
    /// It was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Entries could not be read.
    #[error(transparent)]
    Entries(#[from] EntryError),
    /// The query's signature is not one.
    #[error("the query has no usable signature: {0}")]
    Query(#[from] SignatureError),
}

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The entry.
    pub index: usize,
    /// Correlation of the small maps discounted for overlap: it orders the list.
    pub score: f32,
    /// Correlation of the ring spectra.
    pub ring_score: f32,
    /// How the query lies on the entry, from the middle of one map to the middle of the other.
    pub motion: Rigid,
}

/// How wide each stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Widths {
    /// Entries that reach the second stage.
    pub shortlist: usize,
    /// Placements tried on each.
    pub placements: usize,
    /// Lines of the list.
    pub limit: usize,
}

impl Default for Widths {
    fn default() -> Self {
        Self { shortlist: 400, placements: 3, limit: 50 }
    }
}

/// Entries that one thread takes at a time.
const BATCH: usize = 512;

/// Ranks all entries that the gallery admits against the query's prepared map.
pub fn rank(
    query: &Map,
    entries: &impl Entries,
    widths: Widths,
    watch: &Watch<'_>,
) -> Result<Vec<Candidate>, RankError> {
    let rings = query.at_pitch(RING_PITCH);
    let query_centre = centre::of(&rings);
    let bank = Query::new(&rings, query_centre, CENTRE_REACH, CENTRE_STEP);
    watch.expect(entries.len());
    let shortlist = shortlist(&bank, entries, widths.shortlist, watch)?;
    let indices: Vec<usize> = shortlist.iter().map(|entry| entry.1).collect();
    let small = entries.small(&indices)?;
    // The query too is seen through its signature, so that both sides have lost the same.
    let (query_map, _) = Signature::of(query).small()?;
    let points = Points::of(&query_map);
    let mut list: Vec<Candidate> = shortlist
        .par_iter()
        .zip(small.par_iter())
        .map_init(Planes::default, |planes, ((ring_score, index), bytes)| {
            watch.check()?;
            let (map, entry_centre) =
                signature::unpack_small(bytes).map_err(|_| EntryError::Damaged(*index))?;
            let field = Field::of(map);
            let spectrum = signature::unpack_rings(entries.rings(*index));
            let best = bank
                .hypotheses(&spectrum, planes, widths.placements)
                .iter()
                .map(|proposed| register::motion_of(proposed, query_centre, entry_centre))
                .map(|motion| place(&points, &field, motion))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            Ok(best.map(|(score, placement)| Candidate {
                index: *index,
                score,
                ring_score: *ring_score,
                motion: placement.motion,
            }))
        })
        .collect::<Result<Vec<_>, RankError>>()?
        .into_iter()
        .flatten()
        .collect();
    list.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.index.cmp(&b.index)));
    list.truncate(widths.limit);
    Ok(list)
}

fn place(points: &Points, field: &Field, motion: Rigid) -> (f32, Placement) {
    let area = points.z.len().min(field.points as usize) as f32;
    let placement = register::refine(points, field, motion, 50.0, 12.5, 1000.0);
    (register::weight_of(placement.overlap, area), placement)
}

/// The entries with the best ring correlation, best first.
fn shortlist(
    bank: &Query,
    entries: &impl Entries,
    count: usize,
    watch: &Watch<'_>,
) -> Result<Vec<(f32, usize)>, Stopped> {
    let batches = entries.len().div_ceil(BATCH);
    let mut scores: Vec<(f32, usize)> = (0..batches)
        .into_par_iter()
        .map_init(Planes::default, |planes, batch| {
            let range = batch * BATCH..((batch + 1) * BATCH).min(entries.len());
            let taken = range.len();
            let scored: Vec<(f32, usize)> = range
                .filter(|index| entries.admits(*index))
                .map(|index| (bank.best(&signature::unpack_rings(entries.rings(index)), planes), index))
                .collect();
            watch.advance(taken)?;
            Ok(scored)
        })
        .collect::<Result<Vec<_>, Stopped>>()?
        .concat();
    let order = |a: &(f32, usize), b: &(f32, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if scores.len() > count && count > 0 {
        scores.select_nth_unstable_by(count - 1, order);
    }
    scores.truncate(count);
    scores.sort_by(order);
    Ok(scores)
}
