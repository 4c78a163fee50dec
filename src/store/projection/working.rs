//! The working set: what changed since the last fold, in sled, so that opening need not read the journal again.
//!
//! sled is asked for what it does well: small values, few of them (engineering.md 5.1: at two million documents it takes
//! gigabytes of memory). Each value carries its own version and checksum, because sled does not notice all damage. Nothing
//! confirmed depends on it.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::delta::Delta;
use crate::store::codec;
use crate::store::fault::reason;

/// sled's cache, in bytes on the disk.
const CACHE: u64 = 8 << 20;

/// How many changes stand in one value, so that a bulk load writes few of them.
const CHANGES_IN_A_VALUE: usize = 64;

/// sled keeps longer values as files that it never deletes (engineering.md 5.1); its limit is twice this.
const LONGEST_VALUE: usize = 64 << 10;

const VERSION: u8 = 2;

/// How long closing waits for what is still to be written.
const PATIENCE: Duration = Duration::from_secs(5);

const OUTDATED: &str = "fault-working-outdated";

/// The open working set.
pub struct Working {
    /// Taken when it is closed.
    db: Option<sled::Db>,
    path: PathBuf,
    keys_version: u32,
}

impl Drop for Working {
    fn drop(&mut self) {
        // What does not reach the disk in time is read from the journal when the workspace is opened next.
        let _ = self.close().map(|ended| ended.recv_timeout(PATIENCE));
    }
}

/// Changes that follow one another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chunk {
    /// The changes, in order.
    pub deltas: Vec<Delta>,
    /// The hash of the last one's entry.
    pub hash: String,
    /// With which version of the keys they were made.
    pub keys_version: u32,
}

impl Working {
    /// Opens or makes the working set; the error is text, because every failure has the same cure.
    pub fn open(path: &Path, keys_version: u32) -> Result<Self, String> {
        let open = || sled::Config::new().path(path).cache_capacity(CACHE).flush_every_ms(Some(500)).open();
        // sled panics on some damage where it should return an error.
        let db = catch_unwind(AssertUnwindSafe(open)).map_err(|_| reason("fault-working-panicked"))?;
        let db = db.map_err(|error| error.to_string())?;
        Ok(Self { db: Some(db), path: path.to_owned(), keys_version })
    }

    /// What it holds after entry `folded`, in order and without a gap; what lies at or before it is removed.
    pub fn load(&self, folded: u64) -> Result<Vec<Chunk>, String> {
        let read = || -> Result<Vec<Chunk>, String> {
            let mut chunks = Vec::new();
            let mut last = folded;
            for item in self.db()?.range((folded + 1).to_be_bytes()..) {
                let (key, value) = item.map_err(|error| error.to_string())?;
                if codec::is_of_another_version(VERSION, &value) {
                    return Err(reason(OUTDATED));
                }
                let chunk: Chunk =
                    codec::open(VERSION, &value).ok_or_else(|| reason("fault-working-value"))?;
                if chunk.keys_version != self.keys_version {
                    return Err(reason(OUTDATED));
                }
                let expected = (last + 1).to_be_bytes();
                let in_order = chunk.deltas.iter().zip(last + 1..).all(|(delta, seq)| delta.seq == seq);
                if key.as_ref() != expected || !in_order || chunk.deltas.is_empty() {
                    return Err(reason("fault-working-gap"));
                }
                last += chunk.deltas.len() as u64;
                chunks.push(chunk);
            }
            Ok(chunks)
        };
        let chunks = catch_unwind(AssertUnwindSafe(read)).map_err(|_| reason("fault-working-panicked"))??;
        self.remove_to(folded)?;
        Ok(chunks)
    }

    /// Adds the changes of entries just appended, each with its entry's hash.
    pub fn add(&self, changes: &[(Delta, String)]) -> Result<(), String> {
        let mut batch = sled::Batch::default();
        for part in changes.chunks(CHANGES_IN_A_VALUE) {
            self.add_part(&mut batch, part)?;
        }
        self.db()?.apply_batch(batch).map_err(|error| error.to_string())
    }

    /// Forgets what was folded, and sees to it that what is left is on the disk.
    pub fn remove_to(&self, folded: u64) -> Result<(), String> {
        let mut batch = sled::Batch::default();
        let mut any = false;
        for key in self.db()?.range(..=folded.to_be_bytes()).keys() {
            batch.remove(key.map_err(|error| error.to_string())?);
            any = true;
        }
        if !any {
            return Ok(());
        }
        self.db()?.apply_batch(batch).map_err(|error| error.to_string())?;
        self.db()?.flush().map_err(|error| error.to_string())?;
        // sled's own flush does not reach the disk on Linux (engineering.md 5.1).
        File::open(self.path.join("db")).and_then(|file| file.sync_all()).map_err(|error| error.to_string())
    }

    /// Lets it go without waiting, after it has failed.
    pub fn abandon(mut self) {
        drop(self.close());
    }

    fn db(&self) -> Result<&sled::Db, String> {
        self.db.as_ref().ok_or_else(|| reason("fault-working-closed"))
    }

    /// Closes sled on a thread of its own, and gives what tells when that is done.
    ///
    /// sled flushes when it is dropped, and on a full disk it waits for that for ever.
    fn close(&mut self) -> Option<Receiver<()>> {
        let db = self.db.take()?;
        let (done, ended) = channel();
        let close = move || {
            drop(db);
            // Nobody listens where it was abandoned.
            let _ = done.send(());
        };
        std::thread::Builder::new().name("sled-close".into()).spawn(close).ok().map(|_| ended)
    }

    /// One value, or several where it would be too long for one.
    fn add_part(&self, batch: &mut sled::Batch, part: &[(Delta, String)]) -> Result<(), String> {
        let (Some((first, _)), Some((_, hash))) = (part.first(), part.last()) else { return Ok(()) };
        let deltas = part.iter().map(|(delta, _)| delta.clone()).collect();
        let chunk = Chunk { deltas, hash: hash.clone(), keys_version: self.keys_version };
        let value = codec::seal(VERSION, &chunk);
        if value.len() <= LONGEST_VALUE {
            batch.insert(&first.seq.to_be_bytes(), value);
            return Ok(());
        }
        if part.len() == 1 {
            return Err(reason("fault-working-long-key"));
        }
        let (left, right) = part.split_at(part.len() / 2);
        self.add_part(batch, left)?;
        self.add_part(batch, right)
    }
}
