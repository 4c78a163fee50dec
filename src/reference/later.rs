//! A part of the table that is read when it is first asked for. It lies in the program, and most runs ask for few of them.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize, Serializer};

/// A part that is read later.
#[derive(Debug, Clone)]
pub struct Later<T> {
    bytes: &'static [u8],
    read: OnceLock<T>,
}

impl<T> Later<T> {
    /// A part that is there already.
    pub(super) fn now(part: T) -> Self {
        Self { bytes: &[], read: part.into() }
    }

    /// A part that the build of this program wrote, read from its bytes when it is asked for.
    pub(super) fn at(bytes: &'static [u8]) -> Self {
        Self { bytes, read: OnceLock::new() }
    }
}

impl<T: Deserialize<'static>> Later<T> {
    /// The part.
    pub(super) fn get(&self) -> &T {
        let read =
            || postcard::from_bytes(self.bytes).expect("the build of this program wrote it in this form");
        self.read.get_or_init(read)
    }
}

impl<T: Serialize + Deserialize<'static>> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize(serializer)
    }
}
