//! Where the work is kept: the journal is the truth, the state is a projection of it that can be deleted and rebuilt.
//!
//! Only this folder names sled. It knows documents by kind, identifier, revision and the keys they are found by; it does not
//! know what the rules of a record are. Called by the desk, and by nothing else.

mod blobs;
mod codec;
mod contract;
mod disk;
mod fault;
mod files;
mod journal;
pub mod layout;
mod lock;
mod memory;
mod number;
mod opening;
mod options;
mod pread;
mod projection;
#[cfg(test)]
mod sample;
mod verify;

pub use blobs::{Blobs, NewBlob};
pub use contract::{
    Appended, Bearer, DocKind, Document, Entry, Head, Keys, KeysOf, NewEntry, Prefix, Queue, QueueItem,
    Revision, SerialColumn, SerialHit, Status, Store, StoreError, Summary,
};
pub use disk::DiskStore;
pub use journal::line::{Fault as LineFault, Nonces, read_line};
pub use memory::MemoryStore;
pub use options::{Limits, Notice, OpenOptions, Progress, Step};
pub use verify::{Report, verify};
