//! Reads the journal's entries from one on, batch by batch, and judges what is wrong where it does not read.
//!
//! Only two faults are mended without asking: a batch at the very end that was not written to its last line, and bytes there that no
//! complete write can have left. Neither was ever confirmed. Everything else is damage, and is told.

use std::path::PathBuf;

use super::chain::Chain;
use super::line::{Fault, Parts};
use super::{Journal, Scanned};
use crate::store::contract::{Head, StoreError};
use crate::store::fault::reason;
use crate::store::options::Notice;

/// An entry as it is read again.
#[derive(Debug, Clone, PartialEq)]
pub struct Replayed {
    /// Its head.
    pub head: Head,
    /// Its hash.
    pub hash: String,
    /// The document's JSON; `None` where the body is damaged.
    pub doc: Option<String>,
}

/// Where the journal's end is to be cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The open segment.
    pub path: PathBuf,
    /// What is kept of it, in bytes.
    pub length: u64,
    /// The first entry that goes.
    pub seq: u64,
    /// The line that does not read, from 1; 0 where a batch is merely not complete.
    pub line: u64,
    /// Whether it was never confirmed; otherwise it is damage that the caller chose to go past.
    pub torn: bool,
}

/// How the reading ended.
#[derive(Debug)]
pub struct Outcome {
    /// The last entry that is good.
    pub chain: Chain,
    /// What must be cut off before anything is appended.
    pub cut: Option<Cut>,
    /// Damage gone past.
    pub notices: Vec<Notice>,
}

/// Reads on after `chain`, giving each complete batch to `take`. Where `past_damage`, damaged entries are skipped and told in
/// the outcome; otherwise the first one is the error.
pub fn replay(
    journal: &Journal,
    chain: Chain,
    past_damage: bool,
    take: &mut dyn FnMut(Vec<Replayed>) -> Result<(), StoreError>,
) -> Result<Outcome, StoreError> {
    let from = chain.seq + 1;
    let mut reader = Reader {
        chain,
        past_damage,
        take,
        batch: Vec::new(),
        begun: None,
        bad: None,
        notices: Vec::new(),
        last: None,
    };
    journal.scan(from, &mut |line| reader.line(&line))?;
    reader.finish(journal)
}

struct Reader<'a> {
    chain: Chain,
    past_damage: bool,
    take: &'a mut dyn FnMut(Vec<Replayed>) -> Result<(), StoreError>,
    /// The batch that is not complete yet, and where it and the chain before it stand.
    batch: Vec<Replayed>,
    begun: Option<(Chain, Option<u64>)>,
    bad: Option<Bad>,
    notices: Vec<Notice>,
    last: Option<PathBuf>,
}

/// A line that does not follow, and what was seen since.
struct Bad {
    seq: u64,
    path: PathBuf,
    line: u64,
    offset: Option<u64>,
    what: String,
    /// No write that was confirmed ends so: without a line break, or with zero bytes where a page never reached the disk.
    unwritten: bool,
    /// Whether whole entries of another batch follow.
    followed: bool,
}

impl Reader<'_> {
    fn line(&mut self, line: &Scanned<'_>) -> Result<(), StoreError> {
        if self.last.as_deref() != Some(line.path) {
            self.last = Some(line.path.to_owned());
        }
        let bytes = match &line.bytes {
            Ok(bytes) => *bytes,
            Err(what) => {
                self.bad_line(line, &[], what.clone());
                return Ok(());
            }
        };
        if self.bad.is_some() {
            return self.after_damage(line, bytes);
        }
        if line.offset.is_some() && !bytes.ends_with(b"\n") {
            self.bad_line(line, bytes, reason("fault-line-cut"));
            return Ok(());
        }
        let before = self.chain.clone();
        match self.chain.follow(bytes) {
            Ok(link) => {
                let doc = link.body.is_ok().then(|| link.parts.doc().to_owned());
                let hash = link.parts.hash().to_owned();
                let fault = link.body.err();
                let head = link.head;
                if let Some(fault) = fault {
                    self.damaged_body(line, head.seq, fault.to_string())?;
                }
                self.begun.get_or_insert((before, line.offset));
                self.push(Replayed { head, hash, doc })
            }
            Err(fault) => {
                self.bad_line(line, bytes, fault.to_string());
                Ok(())
            }
        }
    }

    fn push(&mut self, entry: Replayed) -> Result<(), StoreError> {
        let complete = entry.head.more == 0;
        self.batch.push(entry);
        if complete { self.deliver() } else { Ok(()) }
    }

    fn deliver(&mut self) -> Result<(), StoreError> {
        self.begun = None;
        if self.batch.is_empty() { Ok(()) } else { (self.take)(std::mem::take(&mut self.batch)) }
    }

    fn bad_line(&mut self, line: &Scanned<'_>, bytes: &[u8], what: String) {
        let unwritten = looks_unwritten(line, bytes);
        if let Some(bad) = &mut self.bad {
            bad.unwritten |= unwritten;
            return;
        }
        self.bad = Some(Bad {
            seq: self.chain.seq + 1,
            path: line.path.to_owned(),
            line: line.line,
            offset: line.offset,
            what,
            unwritten,
            followed: false,
        });
    }

    /// A line after a bad one: either more of the same, or the place to go on from.
    fn after_damage(&mut self, line: &Scanned<'_>, bytes: &[u8]) -> Result<(), StoreError> {
        let whole = bytes.ends_with(b"\n") || line.offset.is_none();
        let head = Parts::of(bytes).and_then(|parts| parts.head());
        let Some(head) = head.ok().filter(|head| whole && head.seq > self.chain.seq) else {
            self.bad_line(line, bytes, String::new());
            return Ok(());
        };
        let batch_end = self.batch.last().map(|last| last.head.seq + u64::from(last.head.more));
        let same_batch = batch_end == Some(head.seq + u64::from(head.more));
        let Some(bad) = &mut self.bad else { return Ok(()) };
        if same_batch && bad.unwritten {
            return Ok(());
        }
        bad.followed = true;
        if !self.past_damage {
            return Ok(());
        }
        let last = head.seq - 1;
        let (file, line_number, what) = (bad.path.clone(), bad.line, bad.what.clone());
        let first = bad.seq.min(last);
        self.notices.push(Notice::DamagedEntries { file, first, last, line: line_number, what });
        self.bad = None;
        self.deliver()?;
        let Ok(link) = self.chain.resume(bytes) else { return Ok(()) };
        let doc = link.body.is_ok().then(|| link.parts.doc().to_owned());
        let entry = Replayed { head: link.head, hash: link.parts.hash().to_owned(), doc };
        if entry.doc.is_none() {
            self.damaged_body(line, entry.head.seq, Fault::BodyHash.to_string())?;
        }
        self.push(entry)
    }

    /// The chain is whole, one document's text is not.
    fn damaged_body(&mut self, line: &Scanned<'_>, seq: u64, what: String) -> Result<(), StoreError> {
        if !self.past_damage {
            return Err(damaged(seq, line.path.to_owned(), line.line, what));
        }
        let file = line.path.to_owned();
        self.notices.push(Notice::DamagedEntries { file, first: seq, last: seq, line: line.line, what });
        Ok(())
    }

    fn finish(mut self, journal: &Journal) -> Result<Outcome, StoreError> {
        let open = journal.open_segment().map(|(path, _)| path);
        let begun = self.begun.take();
        let (chain, offset) = match &begun {
            Some((chain, offset)) => (chain.clone(), *offset),
            None => (self.chain.clone(), self.bad.as_ref().and_then(|bad| bad.offset)),
        };
        let path = match &self.bad {
            Some(bad) => Some(bad.path.clone()),
            None if begun.is_some() => self.last.clone(),
            None => None,
        };
        let cut = |torn| {
            let (path, length) = (path.clone().filter(|path| open.as_ref() == Some(path))?, offset?);
            let line = self.bad.as_ref().map_or(0, |bad| bad.line);
            Some(Cut { path, length, seq: chain.seq + 1, line, torn })
        };
        let cut = match &self.bad {
            None => cut(true),
            Some(bad) => match cut(bad.unwritten).filter(|cut| cut.torn || self.past_damage) {
                Some(cut) if !bad.followed => Some(cut),
                _ => return Err(damaged(bad.seq, bad.path.clone(), bad.line, bad.what.clone())),
            },
        };
        Ok(Outcome { chain, cut, notices: self.notices })
    }
}

fn looks_unwritten(line: &Scanned<'_>, bytes: &[u8]) -> bool {
    line.offset.is_some() && (!bytes.ends_with(b"\n") || memchr::memchr(0, bytes).is_some())
}

/// Damage that stops the opening of a workspace, and what can be done.
pub fn damaged(seq: u64, path: PathBuf, line: u64, what: String) -> StoreError {
    StoreError::Damaged { seq, path, line, what, kept: "kept-opening" }
}
