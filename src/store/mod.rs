//! Where the work is kept: the journal is the truth, the state is a projection of it that can be deleted and rebuilt.
//!
//! Only this folder names sled. It knows documents by kind, identifier, revision and the keys they are found by; it does not
//! know what the rules of a record are. Called by the desk, and by nothing else.

mod contract;

pub use contract::{
    Appended, DocKind, Document, Entry, Head, Keys, NewEntry, Prefix, Queue, QueueItem, Revision,
    SerialColumn, SerialHit, Status, Store, StoreError,
};
