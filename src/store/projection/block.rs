//! A few kilobytes of sorted facts, each written as what it shares with the one before and what it does not, with a checksum.

/// A block is closed when it holds this many bytes.
pub const BLOCK_BYTES: usize = 4 << 10;

/// Gathers facts into blocks.
#[derive(Debug, Default)]
pub struct BlockWriter {
    bytes: Vec<u8>,
    first: Vec<u8>,
    last: Vec<u8>,
}

impl BlockWriter {
    /// Adds the next fact, in order; the block begins with it where it is empty.
    pub fn push(&mut self, fact: &[u8]) {
        let shared = if self.bytes.is_empty() {
            fact.clone_into(&mut self.first);
            // The checksum takes this place when the block is closed.
            self.bytes.extend_from_slice(&[0; 4]);
            0
        } else {
            fact.iter().zip(&self.last).take_while(|(a, b)| a == b).count()
        };
        push_varint(&mut self.bytes, shared);
        push_varint(&mut self.bytes, fact.len() - shared);
        self.bytes.extend_from_slice(&fact[shared..]);
        fact.clone_into(&mut self.last);
    }

    /// How many bytes it holds.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Closes the block: gives its first fact and its bytes, and begins anew. `None` where it is empty.
    pub fn close(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        if self.bytes.is_empty() {
            return None;
        }
        let crc = crc32fast::hash(&self.bytes[4..]);
        self.bytes[..4].copy_from_slice(&crc.to_le_bytes());
        Some((std::mem::take(&mut self.first), std::mem::take(&mut self.bytes)))
    }
}

/// The facts of a block, one after another.
#[derive(Debug)]
pub struct BlockReader<B> {
    bytes: B,
    at: usize,
    fact: Vec<u8>,
    shared: usize,
}

impl<B: AsRef<[u8]>> BlockReader<B> {
    /// Reads a block; `None` where its checksum is wrong.
    pub fn open(bytes: B) -> Option<Self> {
        let (crc, rest) = bytes.as_ref().split_at_checked(4)?;
        let whole = crc == crc32fast::hash(rest).to_le_bytes();
        whole.then_some(Self { bytes, at: 4, fact: Vec::with_capacity(64), shared: 0 })
    }

    /// The next fact; `None` at the end.
    pub fn advance(&mut self) -> Option<&[u8]> {
        let bytes = self.bytes.as_ref();
        let shared = read_varint(bytes, &mut self.at)?;
        let own = read_varint(bytes, &mut self.at)?;
        let own = bytes.get(self.at..self.at.checked_add(own)?)?;
        self.at += own.len();
        self.fact.truncate(shared);
        self.shared = shared;
        self.fact.extend_from_slice(own);
        Some(&self.fact)
    }

    /// How many bytes the last fact has in common with the one before it.
    pub fn shared(&self) -> usize {
        self.shared
    }

    /// The fact that [`Self::advance`] gave last.
    pub fn fact(&self) -> &[u8] {
        &self.fact
    }
}

fn push_varint(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn read_varint(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0;
    for shift in (0..usize::BITS).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
        let mut reader = BlockReader::open(bytes)?;
        Some(std::iter::from_fn(|| reader.advance().map(<[u8]>::to_vec)).collect())
    }

    #[test]
    fn facts_come_back_in_order() {
        let mut facts: Vec<Vec<u8>> = (0..200u32).map(|n| format!("48{:05}", n * 37).into_bytes()).collect();
        facts.push(vec![b'9'; 300]);
        facts.sort();
        let mut writer = BlockWriter::default();
        for fact in &facts {
            writer.push(fact);
        }
        let (first, bytes) = writer.close().unwrap();
        assert_eq!(first, facts[0]);
        assert_eq!(read_all(&bytes), Some(facts));
        assert_eq!(writer.close(), None);
    }

    #[test]
    fn damaged_blocks_are_noticed() {
        let mut writer = BlockWriter::default();
        for fact in ["48113", "48114", "C48113"] {
            writer.push(fact.as_bytes());
        }
        let (_, good) = writer.close().unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x40;
            assert_eq!(read_all(&bad), None, "byte {at}");
            assert_eq!(read_all(&good[..at]), None, "cut to {at}");
        }
    }
}
