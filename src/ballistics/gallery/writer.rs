//! Writing a gallery entry by entry; the small maps go to the stream at once, the rest at the end.

use std::io::{Seek, SeekFrom, Write};

use super::{EntryHead, GalleryError, HEAD_BYTES, Head};
use crate::ballistics::signature::Signature;

/// A gallery being written.
pub struct Writer<W: Write + Seek> {
    out: W,
    rings: Vec<u8>,
    heads: Vec<EntryHead>,
}

impl<W: Write + Seek> Writer<W> {
    /// Begins at the start of `out`; until [`Writer::finish`] what is there does not open.
    pub fn new(mut out: W) -> Result<Self, GalleryError> {
        out.write_all(&[0; HEAD_BYTES])?;
        Ok(Self { out, rings: Vec::new(), heads: Vec::new() })
    }

    /// Adds an entry.
    pub fn push(&mut self, signature: &Signature, head: EntryHead) -> Result<(), GalleryError> {
        let (rings, small) = signature.parts();
        self.out.write_all(small)?;
        self.out.write_all(&crc32fast::hash(small).to_le_bytes())?;
        self.rings.extend_from_slice(rings);
        self.heads.push(head);
        Ok(())
    }

    /// Writes what is left and then the head, and returns the stream, flushed.
    pub fn finish(mut self) -> Result<W, GalleryError> {
        let heads = serde_json::to_vec(&self.heads)?;
        self.out.write_all(&self.rings)?;
        self.out.write_all(&heads)?;
        self.out.flush()?;
        let head = Head {
            count: self.heads.len() as u64,
            heads_bytes: heads.len() as u64,
            rings_sum: crc32fast::hash(&self.rings),
            heads_sum: crc32fast::hash(&heads),
        };
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(&head.to_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }
}
