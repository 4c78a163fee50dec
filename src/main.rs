//! The thin binary: arguments in, exit code out.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use headstamp::cli::{self, Cli};

fn main() -> ExitCode {
    match cli::run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            // When even standard error is closed, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "headstamp: {error:#}");
            ExitCode::FAILURE
        }
    }
}
