//! x
pub mod lanes;
pub mod query;
pub mod rings;
