//! How small values of the projection are kept: a version byte, a checksum, then postcard.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The value in bytes.
pub fn seal<T: Serialize>(version: u8, value: &T) -> Vec<u8> {
    let start = vec![version, 0, 0, 0, 0];
    let mut bytes =
        postcard::to_extend(value, start).expect("plain data serialises, and a Vec takes every write");
    let crc = crc32fast::hash(&bytes[5..]);
    bytes[1..5].copy_from_slice(&crc.to_le_bytes());
    bytes
}

/// Whether the bytes are whole and of another version than this.
pub fn is_of_another_version(version: u8, bytes: &[u8]) -> bool {
    let Some((header, payload)) = bytes.split_at_checked(5) else { return false };
    header[0] != version && header[1..] == crc32fast::hash(payload).to_le_bytes()
}

/// The value again; `None` where the bytes are of another version or damaged.
pub fn open<T: DeserializeOwned>(version: u8, bytes: &[u8]) -> Option<T> {
    let (header, payload) = bytes.split_at_checked(5)?;
    let whole = header[0] == version && header[1..] == crc32fast::hash(payload).to_le_bytes();
    let (value, rest) = if whole { postcard::take_from_bytes(payload).ok()? } else { return None };
    rest.is_empty().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_values_are_not_read() {
        let good = seal(3, &("48113".to_owned(), 7u64));
        assert_eq!(open(3, &good), Some(("48113".to_owned(), 7u64)));
        assert_eq!(open::<(String, u64)>(2, &good), None);
        assert!(is_of_another_version(2, &good) && !is_of_another_version(3, &good));
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert_eq!(open::<(String, u64)>(3, &bad), None, "byte {at}");
            assert_eq!(open::<(String, u64)>(3, &good[..at]), None, "cut to {at}");
        }
    }
}
