//! Follows the hash chain from entry to entry.

use super::line::{Fault, Parts};
use crate::store::contract::Head;

/// The last entry that was followed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Its number; 0 before the first.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
    /// How many of its batch are still to come.
    pub more: u32,
}

/// An entry that follows from the one before; its body may yet be damaged.
#[derive(Debug)]
pub struct Link<'a> {
    /// Its head.
    pub head: Head,
    /// The line's parts.
    pub parts: Parts<'a>,
    /// What is wrong with the body, if anything; the chain is whole nevertheless.
    pub body: Result<(), Fault>,
}

impl Chain {
    /// After an entry that ended its batch.
    pub fn after(seq: u64, hash: impl Into<String>) -> Self {
        Self { seq, hash: hash.into(), more: 0 }
    }

    /// Goes on to the next line, if it follows; otherwise nothing changes.
    pub fn follow<'a>(&mut self, line: &'a [u8]) -> Result<Link<'a>, Fault> {
        let parts = Parts::of(line)?;
        let head = parts.head()?;
        if head.seq != self.seq + 1 {
            return Err(Fault::Order { expected: self.seq + 1, found: head.seq });
        }
        if head.prev != self.hash {
            return Err(Fault::Chain);
        }
        if self.more > 0 && head.more != self.more - 1 {
            return Err(Fault::Batch);
        }
        self.step(&head, &parts);
        let body = parts.check_body(&head);
        Ok(Link { head, parts, body })
    }

    /// Goes on at a line after damaged ones: it need not follow, but it must be whole and later.
    pub fn resume<'a>(&mut self, line: &'a [u8]) -> Result<Link<'a>, Fault> {
        let parts = Parts::of(line)?;
        let head = parts.head()?;
        if head.seq <= self.seq {
            return Err(Fault::Order { expected: self.seq + 1, found: head.seq });
        }
        self.step(&head, &parts);
        let body = parts.check_body(&head);
        Ok(Link { head, parts, body })
    }

    fn step(&mut self, head: &Head, parts: &Parts<'_>) {
        self.seq = head.seq;
        parts.hash().clone_into(&mut self.hash);
        self.more = head.more;
    }
}
