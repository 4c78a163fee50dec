//! Opening a gallery and reading from it.

use std::io::{Read, Seek, SeekFrom};
use std::sync::{Mutex, PoisonError};

use super::{EntryHead, GalleryError, Gate, HEAD_BYTES, Head, SLOT_BYTES};
use crate::ballistics::rank::{Entries, EntryError};
use crate::ballistics::signature::{RING_BYTES, SMALL_BYTES, Signature};

/// An open gallery.
pub struct Gallery<R> {
    stream: Mutex<R>,
    rings: Vec<u8>,
    heads: Vec<EntryHead>,
}

impl<R: Read + Seek> Gallery<R> {
    /// Opens a gallery: its ring parts and heads are read and their checksums held.
    pub fn open(mut stream: R) -> Result<Self, GalleryError> {
        let length = stream.seek(SeekFrom::End(0))?;
        stream.seek(SeekFrom::Start(0))?;
        let mut first = [0; HEAD_BYTES];
        stream.read_exact(&mut first).map_err(|_| GalleryError::NotAGallery)?;
        let head = Head::from_bytes(&first)?;
        let slots = head.count.checked_mul(SLOT_BYTES as u64);
        let rings_bytes = head.count.checked_mul(RING_BYTES as u64);
        let (Some(slots), Some(rings_bytes)) = (slots, rings_bytes) else {
            return Err(GalleryError::Damaged("first bytes"));
        };
        let expected =
            [slots, rings_bytes, head.heads_bytes].into_iter().try_fold(HEAD_BYTES as u64, u64::checked_add);
        // Held against the file's length before anything of that size is asked of memory.
        if expected != Some(length) {
            return Err(GalleryError::Damaged("sizes"));
        }
        stream.seek(SeekFrom::Start(HEAD_BYTES as u64 + slots))?;
        let mut rings = vec![0; rings_bytes as usize];
        stream.read_exact(&mut rings)?;
        let mut heads = vec![0; head.heads_bytes as usize];
        stream.read_exact(&mut heads)?;
        if crc32fast::hash(&rings) != head.rings_sum {
            return Err(GalleryError::Damaged("ring spectra"));
        }
        if crc32fast::hash(&heads) != head.heads_sum {
            return Err(GalleryError::Damaged("entry heads"));
        }
        let heads: Vec<EntryHead> =
            serde_json::from_slice(&heads).map_err(|_| GalleryError::Damaged("entry heads"))?;
        if heads.len() as u64 != head.count {
            return Err(GalleryError::Damaged("entry heads"));
        }
        Ok(Self { stream: Mutex::new(stream), rings, heads })
    }

    /// What is known of the entries, in order.
    pub fn heads(&self) -> &[EntryHead] {
        &self.heads
    }

    /// The whole signature of an entry.
    pub fn signature(&self, index: usize) -> Result<Signature, EntryError> {
        let small = self.slots(&[index])?.pop().ok_or(EntryError::Damaged(index))?;
        Signature::from_parts(self.ring_part(index), &small).map_err(|_| EntryError::Damaged(index))
    }

    /// The entries that a gate admits, for ranking.
    pub fn behind(&self, gate: Gate) -> Gated<'_, R> {
        Gated { gallery: self, gate }
    }

    fn ring_part(&self, index: usize) -> &[u8] {
        &self.rings[index * RING_BYTES..(index + 1) * RING_BYTES]
    }

    fn slots(&self, indices: &[usize]) -> Result<Vec<Vec<u8>>, EntryError> {
        // A thread that panicked while reading left only a position behind, and every read begins with a seek.
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        let mut slot = vec![0; SLOT_BYTES];
        indices
            .iter()
            .map(|index| {
                stream.seek(SeekFrom::Start((HEAD_BYTES + index * SLOT_BYTES) as u64))?;
                stream.read_exact(&mut slot)?;
                let (small, sum) = slot.split_at(SMALL_BYTES);
                if crc32fast::hash(small).to_le_bytes() == *sum {
                    Ok(small.to_vec())
                } else {
                    Err(EntryError::Damaged(*index))
                }
            })
            .collect()
    }
}

/// A gallery seen through a gate.
pub struct Gated<'a, R> {
    gallery: &'a Gallery<R>,
    gate: Gate,
}

impl<R: Read + Seek + Send> Entries for Gated<'_, R> {
    fn len(&self) -> usize {
        self.gallery.heads.len()
    }

    fn admits(&self, index: usize) -> bool {
        self.gate.admits(&self.gallery.heads[index])
    }

    fn rings(&self, index: usize) -> &[u8] {
        self.gallery.ring_part(index)
    }

    fn small(&self, indices: &[usize]) -> Result<Vec<Vec<u8>>, EntryError> {
        self.gallery.slots(indices)
    }
}
