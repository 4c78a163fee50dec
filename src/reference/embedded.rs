//! The data files that are part of the program.

/// Every shipped file: its path below `reference/` with `/`, and its text; sorted by path. What is TOML in `reference/` was made JSON by
/// `build.rs`.
pub(super) const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/reference_files.rs"));
