//! The files a surface comes in, read into one shape: [`Scan`].
//!
//! It decides by the first bytes what a file is, never by its name. It does not touch the disk: callers hand it
//! bytes, so that a test, a fuzz target and the command line take the same road. Called by the command line and the
//! desk.

pub mod scan;
pub mod text;
pub mod x3p;

pub use scan::{AxisUnit, AxisUnits, LengthUnit, Mask, Provenance, Scan, UnitOverride, UnitSource, Warning};
