//! Terms by the hash of what they are filed under, in as many boxes as make each small: a million terms are filed when a table is
//! indexed, and to put them in boxes takes a fraction of the time that it takes to sort them.

use serde::{Deserialize, Serialize};

use super::numbers::Numbers;
use super::terms::TermNo;

/// About so many terms are in a box.
const IN_A_BOX: usize = 8;

/// The terms.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Filed {
    /// Where each box begins, and where the last ends.
    boxes: Numbers,
    /// What each is filed under, box by box.
    hashes: Numbers,
    /// The term of each hash.
    terms: Numbers,
    /// How many of the hash's upper bits name the box.
    bits: u32,
}

impl Filed {
    /// Files terms, each with its hash.
    pub(super) fn of(filed: &[(u32, TermNo)]) -> Self {
        let bits = (usize::BITS - (filed.len() / IN_A_BOX).leading_zeros()).clamp(1, 24);
        let mut boxes = vec![0u32; (1 << bits) + 1];
        for (hash, _) in filed {
            boxes[box_of(*hash, bits) + 1] += 1;
        }
        for at in 1..boxes.len() {
            boxes[at] += boxes[at - 1];
        }
        let mut next = boxes.clone();
        let (mut hashes, mut terms) = (vec![0; filed.len()], vec![0; filed.len()]);
        for (hash, term) in filed {
            let slot = &mut next[box_of(*hash, bits)];
            (hashes[*slot as usize], terms[*slot as usize]) = (*hash, *term);
            *slot += 1;
        }
        Self { boxes: boxes.into(), hashes: hashes.into(), terms: terms.into(), bits }
    }

    /// The terms that are filed under a text, and those that share its hash.
    pub(super) fn under(&self, text: &str) -> impl Iterator<Item = TermNo> + '_ {
        let wanted = hash(text);
        let places = self.boxes.span(box_of(wanted, self.bits));
        let hashes = self.hashes.between(places.clone());
        let same = places.zip(hashes).filter(move |(_, hash)| *hash == wanted);
        same.map(|(place, _)| self.terms.at(place))
    }
}

fn box_of(hash: u32, bits: u32) -> usize {
    (hash >> (32 - bits)) as usize
}

/// FNV-1a: small, and the same on every machine. A collision costs one comparison.
pub(super) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
