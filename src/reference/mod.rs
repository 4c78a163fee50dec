//! The reference table: how a firearm is described in the standard words, so that everyone's searches meet (as INTERPOL's IFRT).
//!
//! Reads the data files of `reference/`, indexes them in memory and searches them as one types. It holds no case data. Called by the desk.
