//! One line of the journal: how an entry is sealed into exact bytes, and how a line is taken apart and checked again.
//!
//! ```text
//! {"head":{…},"hash":"<64 hex>","body":{"nonce":"<32 hex>","doc":{…}}}
//! ```
//!
//! `hash` is the SHA-256 of the head's exact bytes, `head.body_hash` that of the body's exact bytes, and `head.prev` the hash of
//! the line before. The nonce keeps anyone from guessing an erased body by its hash. Not here: files, order, recovery.

use std::hash::{BuildHasher as _, RandomState};

use serde_json::from_slice;
use sha2::{Digest as _, Sha256};

use crate::locale::Message;
use crate::store::contract::{Entry, Head, NewEntry, Revision};
use crate::store::fault::reason;

/// What the first entry names as the hash before it.
pub const NO_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The longest body kept, in bytes: a document is a form's worth of text; files go to the blobs.
pub const LONGEST_BODY: usize = 16 << 20;

const BEGIN: &[u8] = b"{\"head\":";
const HASH: &[u8] = b",\"hash\":\"";
const BODY: &[u8] = b"\",\"body\":";
const END: &[u8] = b"}";
const NONCE: &[u8] = b"{\"nonce\":\"";
const DOC: &[u8] = b"\",\"doc\":";
const HASH_LENGTH: usize = 64;
const NONCE_LENGTH: usize = 32;

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum Fault {
    /// It is not laid out as a line of the journal: the key of what is wrong.
    Shape(&'static str),
    /// The head is not JSON as it must be.
    Head(String),
    /// The head is not what the hash was made of.
    HeadHash,
    /// The body is not what the head vouches for.
    BodyHash,
    /// Another entry was expected here.
    Order {
        /// The number that belongs here.
        expected: u64,
        /// The number found.
        found: u64,
    },
    /// The entry does not follow from the one before.
    Chain,
    /// A batch was interrupted in the middle of the journal.
    Batch,
}

impl Fault {
    /// Its words, to stand in the sentence of an error.
    pub fn message(&self) -> Message {
        match self {
            Self::Shape(key) => Message::new(*key),
            Self::Head(why) => Message::new("line-head").with("why", why.as_str()),
            Self::HeadHash => Message::new("line-head-hash"),
            Self::BodyHash => Message::new("line-body-hash"),
            Self::Order { expected, found } => Message::new("line-order")
                .with("expected", expected.to_string())
                .with("found", found.to_string()),
            Self::Chain => Message::new("line-chain"),
            Self::Batch => Message::new("line-batch"),
        }
    }
}

/// Where nonces come from.
#[derive(Debug, Clone, Default)]
pub enum Nonces {
    /// From a hash keyed by the operating system.
    #[default]
    System,
    /// The same in every run, for tests and the demonstration.
    Fixed,
}

/// Makes nonces, each once.
#[derive(Debug)]
pub struct NonceSource {
    kind: Nonces,
    key: RandomState,
    count: u64,
}

impl NonceSource {
    /// A source of the kind.
    pub fn new(kind: Nonces) -> Self {
        Self { kind, key: RandomState::new(), count: 0 }
    }

    /// A nonce for entry `seq`.
    fn next(&mut self, seq: u64) -> u128 {
        self.count += 1;
        match self.kind {
            Nonces::Fixed => u128::from(seq),
            Nonces::System => {
                let half = |side: u8| u128::from(self.key.hash_one((self.count, seq, side)));
                (half(0) << 64) | half(1)
            }
        }
    }
}

/// Where an entry comes to stand.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Its number.
    pub seq: u64,
    /// The hash of the entry before.
    pub prev: &'a str,
    /// How many of its batch follow.
    pub more: u32,
}

/// Why a body can never be kept, if it cannot.
pub fn refuse_body(body: &str) -> Option<String> {
    if body.len() > LONGEST_BODY {
        return Some(
            Message::new("refused-too-long").with("bytes", body.len()).with("most", LONGEST_BODY).to_string(),
        );
    }
    if body.bytes().any(|byte| byte < b' ') {
        return Some(reason("refused-lines"));
    }
    serde_json::from_str::<serde::de::IgnoredAny>(body)
        .err()
        .map(|error| Message::new("refused-not-json").with("fault", error.to_string()).to_string())
}

/// Appends the entry's line to `out`, and gives its head and hash. The body must have passed [`refuse_body`].
pub fn seal(
    out: &mut Vec<u8>,
    entry: &NewEntry,
    place: Place<'_>,
    nonces: &mut NonceSource,
) -> (Head, String) {
    let body = body_bytes(&entry.body, nonces.next(place.seq));
    let body_hash = sha256(&body);
    let head = Head {
        seq: place.seq,
        at: entry.at,
        officer: entry.officer.clone(),
        purpose: entry.purpose.clone(),
        act: entry.act.clone(),
        kind: entry.kind,
        doc: entry.doc,
        rev: revision(entry.parent.as_ref(), &body_hash),
        parent: entry.parent.clone(),
        body_hash,
        prev: place.prev.to_owned(),
        more: place.more,
    };
    out.extend_from_slice(BEGIN);
    let start = out.len();
    serde_json::to_writer(&mut *out, &head)
        .expect("a head holds strings and numbers only, and a Vec takes every write");
    let hash = sha256(&out[start..]);
    for part in [HASH, hash.as_bytes(), BODY, &body, END, b"\n"] {
        out.extend_from_slice(part);
    }
    (head, hash)
}

/// Reads one line of a journal, whoever wrote it, and checks its head and body against their hashes.
pub fn read_line(line: &[u8]) -> Result<Entry, Fault> {
    Parts::of(line)?.entry()
}

/// The parts of a line, not yet checked against each other.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    head: &'a [u8],
    hash: &'a str,
    body: &'a [u8],
    doc: &'a str,
}

impl<'a> Parts<'a> {
    /// Takes a line apart (with or without the line break at its end).
    pub fn of(line: &'a [u8]) -> Result<Self, Fault> {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let rest = line.strip_prefix(BEGIN).ok_or(Fault::Shape("line-begin"))?;
        // Inside a JSON string every quotation mark follows a backslash, so this can be found at the head's end alone.
        let at = memchr::memmem::find(rest, HASH).ok_or(Fault::Shape("line-no-hash"))?;
        let (head, rest) = (&rest[..at], &rest[at + HASH.len()..]);
        let (hash, rest) = rest.split_at_checked(HASH_LENGTH).ok_or(Fault::Shape("line-hash-short"))?;
        let body = rest
            .strip_prefix(BODY)
            .and_then(|rest| rest.strip_suffix(END))
            .ok_or(Fault::Shape("line-body-short"))?;
        let doc = body
            .strip_prefix(NONCE)
            .and_then(|rest| rest.get(NONCE_LENGTH..))
            .and_then(|rest| rest.strip_prefix(DOC))
            .and_then(|rest| rest.strip_suffix(END))
            .ok_or(Fault::Shape("line-body-shape"))?;
        let text = |bytes| std::str::from_utf8(bytes).map_err(|_| Fault::Shape("line-not-utf8"));
        Ok(Self { head, hash: text(hash)?, body, doc: text(doc)? })
    }

    /// The hash that stands beside the head.
    pub fn hash(&self) -> &'a str {
        self.hash
    }

    /// The document's JSON.
    pub fn doc(&self) -> &'a str {
        self.doc
    }

    /// The head, checked against its hash.
    pub fn head(&self) -> Result<Head, Fault> {
        if sha256(self.head) != self.hash {
            return Err(Fault::HeadHash);
        }
        from_slice(self.head).map_err(|error| Fault::Head(error.to_string()))
    }

    /// Checks the body against the head.
    pub fn check_body(&self, head: &Head) -> Result<(), Fault> {
        if sha256(self.body) == head.body_hash { Ok(()) } else { Err(Fault::BodyHash) }
    }

    /// The whole entry, its head and its body checked.
    pub fn entry(&self) -> Result<Entry, Fault> {
        let head = self.head()?;
        self.check_body(&head)?;
        Ok(Entry { head, hash: self.hash.to_owned(), body: self.doc.to_owned() })
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn body_bytes(doc: &str, nonce: u128) -> Vec<u8> {
    let nonce = format!("{nonce:032x}");
    [NONCE, nonce.as_bytes(), DOC, doc.as_bytes(), END].concat()
}

/// `n-hash` over the parent and the body's hash: over the hash, not the text, so that the revision of an erased body tells
/// nothing of it (the nonce is in the hash).
fn revision(parent: Option<&Revision>, body_hash: &str) -> Revision {
    let parent = parent.map_or("", |rev| rev.0.as_str());
    let generation = parent.split('-').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
    let hash = sha256(format!("{parent}\n{body_hash}").as_bytes());
    Revision(format!("{}-{}", generation.saturating_add(1), &hash[..32]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample;

    fn sealed(purpose: &str, body: &str) -> Vec<u8> {
        let mut entry = sample::entry(1, body);
        entry.purpose = purpose.to_owned();
        let mut out = Vec::new();
        let place = Place { seq: 1, prev: NO_HASH, more: 0 };
        seal(&mut out, &entry, place, &mut NonceSource::new(Nonces::Fixed));
        out
    }

    #[test]
    fn entry_reads_back_whatever_its_texts_hold() {
        for hostile in
            ["", "plain", "},\"hash\":\"", "\",\"body\":{", "line\nbreak", "\u{1b}[2J", "é 日本 \u{202e}"]
        {
            let body = serde_json::json!({"remark": hostile, "deep": {"hash": hostile}}).to_string();
            let line = sealed(hostile, &body);
            let ends = line.split(|byte| *byte == b'\n').count() - 1;
            assert_eq!(ends, 1, "one line for {hostile:?}");
            let entry = Parts::of(&line).and_then(|parts| parts.entry()).unwrap();
            assert_eq!((entry.head.purpose.as_str(), entry.body.as_str()), (hostile, body.as_str()));
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let line = sealed("seizure at the border", r#"{"number":"ES-2026-000001","note":"grip cracked"}"#);
        for at in 0..line.len() - 1 {
            for bit in 0..8 {
                let mut damaged = line.clone();
                damaged[at] ^= 1 << bit;
                let read = Parts::of(&damaged).and_then(|parts| parts.entry());
                assert!(read.is_err(), "bit {bit} of byte {at} was flipped and nothing noticed it");
            }
        }
    }

    #[test]
    fn bodies_that_are_not_one_json_line_are_refused() {
        for body in ["", "{", "{}{}", "{\"a\":\n1}", "nul", "\u{0}"] {
            assert!(refuse_body(body).is_some(), "{body:?} was taken");
        }
        assert_eq!(refuse_body("{\"a\": [1, null, \"é\"]}"), None);
    }

    #[test]
    fn revision_counts_up_from_its_parent() {
        let first = revision(None, "aa");
        assert!(first.0.starts_with("1-") && first.0.len() == 34, "{first:?}");
        assert!(revision(Some(&first), "aa").0.starts_with("2-"));
        assert_ne!(revision(Some(&first), "aa").0[2..], first.0[2..]);
    }
}
