//! The command line: arguments in, the desk or the engine called, text or JSON out.

pub mod ballistics;
pub mod output;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Headstamp.
#[derive(Debug, Parser)]
#[command(name = "headstamp", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Scans and photographs of cartridge cases.
    #[command(subcommand)]
    Ballistics(ballistics::BallisticsCommand),
}

/// Runs the command of the arguments.
///
/// # Errors
/// Whatever the command failed on, in words for the user.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Ballistics(command) => ballistics::run(command),
    }
}
