//! A set of documents of one segment, one bit each.
//!
//! Two million documents are a quarter of a megabyte: joining conditions is a pass over memory that stays in the cache.

/// The set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
    len: u32,
}

impl Bits {
    /// None of `len` documents.
    pub fn none(len: u32) -> Self {
        Self { words: vec![0; (len as usize).div_ceil(64)], len }
    }

    /// All of `len` documents.
    pub fn all(len: u32) -> Self {
        let mut all = Self { words: vec![u64::MAX; (len as usize).div_ceil(64)], len };
        all.clear_beyond();
        all
    }

    /// Adds a document; one beyond the end is ignored (a damaged list must not take the program down).
    pub fn insert(&mut self, doc: u32) {
        if doc < self.len {
            self.words[doc as usize / 64] |= 1 << (doc % 64);
        }
    }

    /// Adds those of another set.
    pub fn or(&mut self, other: &Self) {
        self.combine(other, |a, b| a | b);
    }

    /// Keeps those that are in another set too.
    pub fn and(&mut self, other: &Self) {
        self.combine(other, |a, b| a & b);
    }

    /// Removes those of another set.
    pub fn remove(&mut self, other: &Self) {
        self.combine(other, |a, b| a & !b);
    }

    /// All that were not in the set.
    pub fn complement(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.clear_beyond();
    }

    /// How many.
    pub fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Whether the document is in the set.
    #[cfg(test)]
    pub fn contains(&self, doc: u32) -> bool {
        doc < self.len && self.words[doc as usize / 64] & (1 << (doc % 64)) != 0
    }

    /// The documents in order, in blocks of at most [`BLOCK`].
    pub fn blocks<E>(&self, mut each: impl FnMut(&[u32]) -> Result<(), E>) -> Result<(), E> {
        let mut block = Vec::with_capacity(BLOCK + 64);
        for (at, word) in self.words.iter().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                block.push(at as u32 * 64 + rest.trailing_zeros());
                rest &= rest - 1;
            }
            if block.len() >= BLOCK {
                each(&block)?;
                block.clear();
            }
        }
        if block.is_empty() { Ok(()) } else { each(&block) }
    }

    fn combine(&mut self, other: &Self, with: impl Fn(u64, u64) -> u64) {
        for (mine, theirs) in self.words.iter_mut().zip(&other.words) {
            *mine = with(*mine, *theirs);
        }
    }

    fn clear_beyond(&mut self) {
        let used = self.len % 64;
        if let Some(last) = self.words.last_mut().filter(|_| used != 0) {
            *last &= (1 << used) - 1;
        }
    }
}

/// Documents a block holds at least, but for the last; it holds fewer than 64 more.
pub(super) const BLOCK: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complement_ends_where_the_documents_end() {
        for len in [0, 1, 63, 64, 65, 130] {
            let mut bits = Bits::none(len);
            bits.complement();
            assert_eq!((bits.count(), &bits), (u64::from(len), &Bits::all(len)), "of {len}");
            bits.insert(len);
            assert!(!bits.contains(len));
        }
    }

    #[test]
    fn blocks_give_every_document_once_in_order() {
        let mut bits = Bits::none(5_000);
        (0..5_000).step_by(3).for_each(|doc| bits.insert(doc));
        let mut seen = Vec::new();
        let done: Result<(), ()> = bits.blocks(|block| {
            seen.extend_from_slice(block);
            Ok(())
        });
        assert_eq!(done, Ok(()));
        assert_eq!(seen, (0..5_000).step_by(3).collect::<Vec<u32>>());
    }
}
