//! Words one after the other: documents in which they stand at neighbouring places of one text.

use tantivy::postings::{Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, InvertedIndexReader, TERMINATED};

use super::bits::Bits;
use super::schema::term;
use super::{fault, terms};
use crate::search::{Cancel, SearchError};

/// Of a phrase whose last word is only begun, the most frequent so many endings are tried in each segment.
const ENDINGS: usize = 1_000;
/// After so many documents a search looks whether it is still wanted.
const DOCS_BETWEEN_CHECKS: usize = 4_096;

/// Adds the documents that have the words in a field, one after the other; `prefix` says that the last is only a beginning.
pub(super) fn add_phrase(
    index: &InvertedIndexReader,
    letter: u8,
    words: &[String],
    prefix: bool,
    bits: &mut Bits,
    cancel: &Cancel,
) -> Result<(), SearchError> {
    let Some((last, first)) = words.split_last() else { return Ok(()) };
    let mut infos = Vec::with_capacity(words.len());
    for word in first {
        let Some(info) = terms::find(index, &term(letter, word))? else { return Ok(()) };
        infos.push(info);
    }
    if !prefix {
        let Some(info) = terms::find(index, &term(letter, last))? else { return Ok(()) };
        infos.push(info);
        return add_neighbours(index, &infos, bits, cancel);
    }
    let mut endings: Vec<TermInfo> = Vec::new();
    terms::for_each_beginning(index, &term(letter, last), cancel, |_, info| {
        endings.push(info.clone());
        Ok(())
    })?;
    if endings.len() > ENDINGS {
        endings.select_nth_unstable_by_key(ENDINGS, |info| std::cmp::Reverse(info.doc_freq));
        endings.truncate(ENDINGS);
    }
    for ending in endings {
        infos.truncate(first.len());
        infos.push(ending);
        add_neighbours(index, &infos, bits, cancel)?;
    }
    Ok(())
}

/// Adds the documents in which the terms stand one after the other.
fn add_neighbours(
    index: &InvertedIndexReader,
    infos: &[TermInfo],
    bits: &mut Bits,
    cancel: &Cancel,
) -> Result<(), SearchError> {
    // The rarest leads; the others are only asked whether they have its document.
    let mut order: Vec<usize> = (0..infos.len()).collect();
    order.sort_by_key(|at| infos[*at].doc_freq);
    let mut lists: Vec<(u32, SegmentPostings)> = Vec::with_capacity(infos.len());
    for at in order {
        let list = index
            .read_postings_from_terminfo(&infos[at], IndexRecordOption::WithFreqsAndPositions)
            .map_err(|error| fault(error.into()))?;
        lists.push((at as u32, list));
    }
    let Some((lead, others)) = lists.split_first_mut() else { return Ok(()) };
    let (mut starts, mut theirs) = (Vec::new(), Vec::new());
    let mut seen = 0;
    let mut doc = lead.1.doc();
    'docs: while doc != TERMINATED {
        if seen % DOCS_BETWEEN_CHECKS == 0 {
            cancel.check()?;
        }
        seen += 1;
        for (_, list) in others.iter_mut() {
            let found = if list.doc() < doc { list.seek(doc) } else { list.doc() };
            if found > doc {
                doc = lead.1.seek(found);
                continue 'docs;
            }
        }
        lead.1.positions(&mut starts);
        keep_starts(&mut starts, lead.0);
        for (at, list) in others.iter_mut() {
            list.positions(&mut theirs);
            starts.retain(|start| theirs.binary_search(&(start + *at)).is_ok());
        }
        if !starts.is_empty() {
            bits.insert(doc);
        }
        doc = lead.1.advance();
    }
    Ok(())
}

/// From where a word stands to where the phrase would begin.
fn keep_starts(places: &mut Vec<u32>, at: u32) {
    places.retain_mut(|place| match place.checked_sub(at) {
        Some(start) => {
            *place = start;
            true
        }
        None => false,
    });
}
