//! The gallery: the signatures of all exhibits in one file that opens at once.
//!
//! A projection: it holds nothing that cannot be made again from the scans, so a damaged or outdated one is rebuilt,
//! never repaired. The ring parts (1.9 KB an entry) are held in memory; the small maps stay in the file and are read
//! for the shortlist only. It works on any stream, so that tests need no disk; callers open the file. Called by the
//! command line and the desk.
//!
//! Layout, little-endian: 64-byte head; small maps of fixed size, each with its CRC-32; ring parts; entry heads as
//! JSON. The head is written last, so that a file whose writing was cut short does not open.

mod class;
mod reader;
mod writer;

pub use class::{BreechFaceMarks, ClassCharacteristics, FiringPinShape, Ignition};
pub use reader::Gallery;
pub use writer::Writer;

use serde::{Deserialize, Serialize};

use super::surface::Quantity;

/// What is known of an entry besides its signature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryHead {
    /// What names the exhibit: a path, a hash, a record's number.
    pub id: String,
    /// Which state of the exhibit the signature is of, in the caller's terms; it tells when to make it again.
    pub version: String,
    /// The calibre, where it is known, in the caller's normal form.
    pub calibre: Option<String>,
    /// What was measured.
    pub quantity: Quantity,
    /// What an examiner stated of its class.
    #[serde(default, skip_serializing_if = "ClassCharacteristics::is_unknown")]
    pub class: ClassCharacteristics,
}

/// What a query may be compared with. What is unknown on either side excludes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// Heights are compared with heights, photographs with photographs.
    pub quantity: Quantity,
    /// The calibre of the query.
    pub calibre: Option<String>,
    /// The class characteristics of the query.
    pub class: ClassCharacteristics,
}

impl Gate {
    /// Whether an entry may be compared.
    pub fn admits(&self, head: &EntryHead) -> bool {
        head.quantity == self.quantity
            && class::may_be_same(self.calibre.as_ref(), head.calibre.as_ref())
            && self.class.admits(&head.class)
    }
}

/// Why a gallery cannot be opened or written.
#[derive(Debug, thiserror::Error)]
pub enum GalleryError {
    /// The stream.
    #[error("the gallery cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// Not a gallery, or one that was not finished.
    #[error("this is no finished gallery; make it again from the scans")]
    NotAGallery,
    /// Of another version of the program or of the signature.
    #[error(
        "the gallery is of version {found}, this program writes {expected}; make it again from the scans"
    )]
    Version {
        /// In the file.
        found: u32,
        /// Of this program.
        expected: u32,
    },
    /// Bytes that are not what was written.
    #[error("the {0} of the gallery are damaged; make it again from the scans")]
    Damaged(&'static str),
    /// More entries or longer names than the file can hold.
    #[error("the entry heads of the gallery cannot be written: {0}")]
    Heads(#[from] serde_json::Error),
}

const MAGIC: [u8; 8] = *b"HSGALRY\n";
/// Grows whenever the signature or the layout changes.
const VERSION: u32 = 2;
const HEAD_BYTES: usize = 64;
/// A small map with its checksum.
const SLOT_BYTES: usize = super::signature::SMALL_BYTES + 4;

/// The fixed head of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    count: u64,
    heads_bytes: u64,
    rings_sum: u32,
    heads_sum: u32,
}

impl Head {
    fn to_bytes(self) -> [u8; HEAD_BYTES] {
        let mut bytes = [0; HEAD_BYTES];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..12].copy_from_slice(&VERSION.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.count.to_le_bytes());
        bytes[24..32].copy_from_slice(&self.heads_bytes.to_le_bytes());
        bytes[32..36].copy_from_slice(&self.rings_sum.to_le_bytes());
        bytes[36..40].copy_from_slice(&self.heads_sum.to_le_bytes());
        let sum = crc32fast::hash(&bytes[..60]);
        bytes[60..].copy_from_slice(&sum.to_le_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8; HEAD_BYTES]) -> Result<Self, GalleryError> {
        let word = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let long = |at: usize| u64::from(word(at)) | (u64::from(word(at + 4)) << 32);
        if bytes[..8] != MAGIC {
            return Err(GalleryError::NotAGallery);
        }
        if word(8) != VERSION {
            return Err(GalleryError::Version { found: word(8), expected: VERSION });
        }
        if crc32fast::hash(&bytes[..60]) != word(60) {
            return Err(GalleryError::Damaged("first bytes"));
        }
        Ok(Self { count: long(16), heads_bytes: long(24), rings_sum: word(32), heads_sum: word(36) })
    }
}

#[cfg(test)]
mod tests;
