//! Says at once of most keys that a run does not hold them (Bloom 1970): ten bits a key and seven probes, about 1 % wrong "perhaps".

/// Bits for each key.
const BITS: usize = 10;

/// Probes for each key; 0.7 × bits is the best.
const PROBES: u64 = 7;

/// The keys' traces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    bits: Vec<u8>,
}

impl Filter {
    /// An empty filter for so many keys.
    pub fn for_keys(count: usize) -> Self {
        Self { bits: vec![0; (count * BITS).div_ceil(8).max(1)] }
    }

    /// The filter with these bits; `None` where there are none.
    pub fn from_bytes(bits: Vec<u8>) -> Option<Self> {
        (!bits.is_empty()).then_some(Self { bits })
    }

    /// Its bits.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bits
    }

    /// Takes in a key.
    pub fn insert(&mut self, key: &[u8]) {
        for (byte, bit) in probes(key, self.bits.len()) {
            self.bits[byte] |= bit;
        }
    }

    /// False where the key was certainly not taken in.
    pub fn may_hold(&self, key: &[u8]) -> bool {
        probes(key, self.bits.len()).all(|(byte, bit)| self.bits[byte] & bit != 0)
    }
}

/// Byte and bit of each probe, by double hashing (Kirsch and Mitzenmacher 2006).
fn probes(key: &[u8], bytes: usize) -> impl Iterator<Item = (usize, u8)> {
    let hash = hash(key);
    let step = (hash >> 32) | 1;
    let bits = bytes as u64 * 8;
    (0..PROBES).map(move |probe| {
        let at = hash.wrapping_add(probe.wrapping_mul(step)) % bits;
        ((at / 8) as usize, 1 << (at % 8))
    })
}

/// FNV-1a, then the finaliser of `SplitMix64`, which spreads it. Written out because the files hold its results: the standard
/// library's hasher may change from one version to the next.
fn hash(key: &[u8]) -> u64 {
    let fnv = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let mut hash = key.iter().fold(0xcbf2_9ce4_8422_2325, fnv);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn held_keys_are_never_denied_and_few_others_are_not() {
        let key = |n: u32| format!("C{n:06}").into_bytes();
        let mut filter = Filter::for_keys(10_000);
        (0..10_000).for_each(|n| filter.insert(&key(n)));
        assert!((0..10_000).all(|n| filter.may_hold(&key(n))));
        let wrong = (10_000..30_000).filter(|n| filter.may_hold(&key(*n))).count();
        assert!(wrong < 400, "{wrong} of 20,000 keys that are not held were let through; 1 % was expected");
    }

    #[test]
    fn hash_is_the_one_that_files_hold() {
        assert_eq!(hash(b"ES-2026-000912"), hash(b"ES-2026-000912"));
        assert_ne!(hash(b"a"), hash(b"b"));
        assert_eq!(hash(b"") & 0xffff_ffff, hash(b"") & 0xffff_ffff);
    }
}
