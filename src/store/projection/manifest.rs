//! Which runs there are, up to which entry they tell, and the ledger as it was then: one small file, replaced whole.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ledger::Ledger;
use crate::store::codec;
use crate::store::contract::{Status, StoreError};
use crate::store::fault::{reading, writing};
use crate::store::files;

const VERSION: u8 = 1;

/// The folded state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The last entry that is folded.
    pub folded: Status,
    /// The ledger after it.
    pub ledger: Ledger,
    /// The numbers of the runs, oldest first.
    pub runs: Vec<u64>,
    /// The number of the next run.
    pub next_run: u64,
}

impl Manifest {
    /// Reads the manifest; `None` where there is none.
    pub fn read(path: &Path) -> Result<Option<Self>, StoreError> {
        match std::fs::read(path) {
            Ok(bytes) => codec::open(VERSION, &bytes)
                .map(Some)
                .ok_or_else(|| StoreError::State(format!("{} is damaged", path.display()))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(reading(path)(error)),
        }
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
