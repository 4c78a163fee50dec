//! Reads the data files of `reference/`, resolves, links and indexes them, and writes the table as the program takes it at start: what
//! can be worked out once is not worked out at each start, and a file that cannot be read stops the build with its line.
//!
//! The same modules read the files here that search the table in the program.

#![expect(dead_code, unused_imports, reason = "the program uses what of these modules the build does not")]
#![allow(clippy::all, clippy::pedantic, reason = "the modules are looked at where they are the program's")]

#[path = "../src/domain/mod.rs"]
mod domain;
mod files;
#[path = "../src/locale/mod.rs"]
mod locale;
#[path = "../src/reference/mod.rs"]
mod reference;

/// There is no table yet.
mod shipped {
    pub(crate) const TABLE: &[u8] = &[];
}

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

#[expect(clippy::print_stdout, reason = "so a build script speaks to cargo")]
fn main() -> ExitCode {
    let folder = |name: &str| {
        PathBuf::from(env::var_os(name).expect("cargo says where the package and its output are"))
    };
    let root = folder("CARGO_MANIFEST_DIR").join("reference");
    println!("cargo::rerun-if-changed={}", root.display());
    let files = files::all(&root).map_err(|fault| fault.to_string());
    let table = files.and_then(|files| reference::prepare(&files).map_err(|fault| fault.to_string()));
    let to = folder("OUT_DIR").join("reference.bin");
    let written =
        table.and_then(|table| fs::write(&to, table).map_err(|fault| format!("{}: {fault}", to.display())));
    let Err(fault) = written else { return ExitCode::SUCCESS };
    println!("cargo::error={fault}");
    ExitCode::FAILURE
}
