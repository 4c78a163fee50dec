//! Which runs there are, up to which entry they tell, and the ledger as it was then: one small file, replaced whole.

use std::borrow::Cow;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ledger::Ledger;
use crate::store::codec;
use crate::store::contract::{Status, StoreError};
use crate::store::fault::{damaged_state, reading, writing};
use crate::store::files;

/// Of the manifest and of the runs it names.
const VERSION: u8 = 2;

/// The folded state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest<'a> {
    /// The last entry that is folded.
    pub folded: Status,
    /// The ledger after it.
    pub ledger: Cow<'a, Ledger>,
    /// The numbers of the runs, oldest first.
    pub runs: Vec<u64>,
    /// The number of the next run.
    pub next_run: u64,
    /// With which version of the keys the runs were made.
    pub keys_version: u32,
}

/// What was found where a manifest is kept.
#[derive(Debug)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// A manifest of another layout, or of runs with other keys.
    Outdated,
    /// A manifest to go by.
    Manifest(Box<Manifest<'static>>),
}

impl Manifest<'_> {
    /// Reads the manifest of runs with keys of this version.
    pub fn read(path: &Path, keys_version: u32) -> Result<Found, StoreError> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(reading(path)(error)),
        };
        if codec::is_of_another_version(VERSION, &bytes) {
            return Ok(Found::Outdated);
        }
        let damaged = || damaged_state(path);
        let manifest: Manifest<'static> = codec::open(VERSION, &bytes).ok_or_else(damaged)?;
        Ok(if manifest.keys_version == keys_version {
            Found::Manifest(Box::new(manifest))
        } else {
            Found::Outdated
        })
    }

    /// Replaces the manifest; a crash leaves the old one or this.
    pub fn write(&self, path: &Path) -> Result<(), StoreError> {
        let temporary = files::with_suffix(path, ".tmp");
        let bytes = codec::seal(VERSION, self);
        let mut file = File::create(&temporary).map_err(writing(&temporary))?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(writing(&temporary))?;
        files::put_in_place(&temporary, path)
    }
}
