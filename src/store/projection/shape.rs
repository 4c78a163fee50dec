//! Searches folded numbers of one length for those that fit a pattern.

use rayon::prelude::*;

use super::facts::{self, Set};
use super::run::Run;
use crate::domain::serial::{Element, SerialPattern};
use crate::store::contract::StoreError;

/// How many blocks one thread searches before it takes others.
const BLOCKS_AT_ONCE: usize = 64;

/// A pattern laid out for comparing many numbers.
pub struct ShapeMatcher<'a> {
    pattern: &'a SerialPattern,
    /// The places where not everything fits, and which of the 128 ASCII characters do.
    places: Vec<(usize, u128)>,
}

impl<'a> ShapeMatcher<'a> {
    /// For one pattern.
    pub fn new(pattern: &'a SerialPattern) -> Self {
        let places = pattern.elements().iter().enumerate().filter_map(|(at, element)| {
            let fitting = (0u8..128).filter(|c| element.admits(char::from(*c)));
            let bits = fitting.fold(0u128, |bits, c| bits | 1 << c);
            (!matches!(element, Element::Any)).then_some((at, bits))
        });
        Self { pattern, places: places.collect() }
    }

    /// The folded number of a shape of the pattern's length, if it fits.
    pub fn norm(&self, shape: &[u8]) -> Option<String> {
        if self.misfit(shape).is_some() { None } else { facts::norm_of(shape).map(str::to_owned) }
    }

    /// How many bytes of a shape are enough to see that it does not fit; `None` where it fits.
    fn misfit(&self, shape: &[u8]) -> Option<usize> {
        let text = shape.get(1..).unwrap_or_default();
        // As many bytes as characters: all are ASCII.
        if text.len() == self.pattern.elements().len() {
            let fits = |(at, bits): &(usize, u128)| text[*at] < 128 && bits >> text[*at] & 1 == 1;
            return self.places.iter().find(|place| !fits(place)).map(|(at, _)| at + 2);
        }
        let fits = facts::norm_of(shape).is_some_and(|norm| self.pattern.matches(norm));
        (!fits).then_some(usize::MAX)
    }

    /// All that fit in a run, of shapes with this many characters.
    pub fn search(&self, run: &Run, length: u8) -> Result<Vec<String>, StoreError> {
        let blocks: Vec<usize> = run.blocks(Set::Shapes, &[length]).collect();
        let search = |blocks: &[usize]| -> Result<Vec<String>, StoreError> {
            let mut norms = Vec::new();
            for at in blocks {
                let mut block = run.block(Set::Shapes, *at)?;
                let mut seen_misfit = usize::MAX;
                while block.advance().is_some() {
                    // What made the one before unfit is also at the beginning of this one.
                    if block.shared() >= seen_misfit {
                        continue;
                    }
                    let shape = block.fact();
                    seen_misfit = usize::MAX;
                    if shape.first() != Some(&length) {
                        continue;
                    }
                    match self.misfit(shape) {
                        Some(enough) => seen_misfit = enough,
                        None => norms.extend(facts::norm_of(shape).map(str::to_owned)),
                    }
                }
            }
            Ok(norms)
        };
        if blocks.len() <= BLOCKS_AT_ONCE {
            return search(&blocks);
        }
        let parts: Result<Vec<Vec<String>>, StoreError> =
            blocks.par_chunks(BLOCKS_AT_ONCE).map(search).collect();
        Ok(parts?.concat())
    }
}
