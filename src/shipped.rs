//! What the build put into the program: the reference table. Only the reference reads it. The build script, which has the same modules,
//! has none in its place, for it writes it.

/// The table as `reference::prepare` wrote it.
pub(crate) static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/reference.bin"));
