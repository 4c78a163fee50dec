//! Long lists of numbers: of their own while a table is indexed, part of the program where it was indexed when that was built.
//!
//! The second kind is read where it lies: nothing is copied at start, and what no search asks for is never brought into memory.

use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A list of numbers.
#[derive(Debug)]
pub(super) enum Numbers {
    Own(Vec<u32>),
    /// In the program, the least byte first.
    Shipped(&'static [[u8; 4]]),
}

impl From<Vec<u32>> for Numbers {
    fn from(numbers: Vec<u32>) -> Self {
        Self::Own(numbers)
    }
}

impl Numbers {
    /// How many.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Own(numbers) => numbers.len(),
            Self::Shipped(numbers) => numbers.len(),
        }
    }

    /// The number at a place.
    pub(super) fn at(&self, place: usize) -> u32 {
        match self {
            Self::Own(numbers) => numbers[place],
            Self::Shipped(numbers) => u32::from_le_bytes(numbers[place]),
        }
    }

    /// The range between the number at a place and the next: where a list of lists holds the list of that place.
    pub(super) fn span(&self, place: usize) -> Range<usize> {
        self.at(place) as usize..self.at(place + 1) as usize
    }

    /// The numbers at these places.
    pub(super) fn between(&self, places: Range<usize>) -> impl Iterator<Item = u32> + '_ {
        let (own, shipped): (&[u32], &[[u8; 4]]) = match self {
            Self::Own(numbers) => (&numbers[places], &[]),
            Self::Shipped(numbers) => (&[], &numbers[places]),
        };
        own.iter().copied().chain(shipped.iter().map(|bytes| u32::from_le_bytes(*bytes)))
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.between(0..self.len()).flat_map(u32::to_le_bytes).collect();
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de: 'static> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&'static [u8]>::deserialize(deserializer)?;
        match bytes.as_chunks() {
            (numbers, []) => Ok(Self::Shipped(numbers)),
            _ => Err(serde::de::Error::custom("a list of numbers ends within a number")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_where_they_lie_in_the_program() {
        let own = Numbers::from(vec![0, 2, 7, u32::MAX]);
        let bytes: &'static [u8] = postcard::to_extend(&own, Vec::new()).unwrap().leak();
        let shipped: Numbers = postcard::from_bytes(bytes).unwrap();
        for numbers in [&own, &shipped] {
            assert_eq!(numbers.len(), 4);
            assert_eq!(numbers.at(3), u32::MAX);
            assert_eq!(numbers.span(1), 2..7);
            assert_eq!(numbers.between(1..3).collect::<Vec<_>>(), [2, 7]);
        }
        assert!(matches!(shipped, Numbers::Shipped(_)), "it was copied");
    }

    #[test]
    fn a_list_that_was_cut_off_is_refused() {
        let bytes: &'static [u8] =
            postcard::to_extend(&[1u8, 2, 3, 4, 5].as_slice(), Vec::new()).unwrap().leak();
        assert!(postcard::from_bytes::<Numbers>(bytes).is_err());
    }
}
