//! The command line, one file a subcommand; `--json` on all that prints data.
//!
//! It parses, asks the desk, prints, and chooses the exit code: nothing is decided here that a screen could not decide too.

mod add;
mod ballistics;
mod check;
mod context;
mod demo;
mod exit;
mod export;
mod hit;
mod init;
mod journal;
mod lines;
mod manual;
mod out;
mod record;
mod reference;
mod workstation;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use exit::exit_codes;

/// A keyboard-driven terminal workstation for people who investigate firearms.
#[derive(Debug, Parser)]
#[command(name = "headstamp", version, about, after_long_help = exit::exit_codes())]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every subcommand takes.
#[derive(Debug, Clone, clap::Args)]
struct Global {
    /// The workspace's folder
    #[arg(long, global = true, env = "HEADSTAMP_WORKSPACE", value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// Who acts, as the journal will name it (default: the workspace's officer)
    #[arg(long, global = true, env = "HEADSTAMP_OFFICER", value_name = "NAME")]
    officer: Option<String>,
    /// Open beside another process, or where nothing can be written; nothing is changed
    #[arg(long, global = true)]
    read_only: bool,
    /// Print data as JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the example workspace: invented records, nothing else is touched
    Demo(demo::Args),
    /// Make a workspace
    Init(init::Args),
    /// The reference table of firearms
    #[command(subcommand)]
    Reference(reference::Command),
    /// Records of lost, stolen, trafficked, smuggled, seized and recovered firearms
    #[command(subcommand)]
    Record(record::Command),
    /// Check whether a serial number is recorded; the proof stays in the journal
    Check(check::Args),
    /// Hits that wait for a decision
    #[command(subcommand)]
    Hit(hit::Command),
    /// Scans and photographs of cartridge cases
    #[command(subcommand, after_help = ballistics::HELP)]
    Ballistics(ballistics::BallisticsCommand),
    /// The journal: every act, chained by hashes
    #[command(subcommand)]
    Journal(journal::Command),
    /// Make the state and the index again from the journal
    Rebuild,
    /// Write every record to standard output or a file
    Export(export::Args),
    /// Print the completions of a shell
    Completions(manual::CompletionArgs),
    /// Print the manual page
    Man,
}

/// Runs the command line and returns the exit code.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let json = cli.global.json;
    match dispatch(cli) {
        Ok(code) => code,
        Err(fault) => exit::report(&fault, json),
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<ExitCode> {
    let Cli { global, command } = cli;
    match command {
        None => workstation::run(&global),
        Some(Command::Demo(args)) => demo::run(&global, &args),
        Some(Command::Init(args)) => init::run(&global, &args),
        Some(Command::Reference(command)) => reference::run(&global, command),
        Some(Command::Record(command)) => record::run(&global, command),
        Some(Command::Check(args)) => check::run(&global, args),
        Some(Command::Hit(command)) => hit::run(&global, command),
        Some(Command::Ballistics(command)) => ballistics::run(&global, command),
        Some(Command::Journal(command)) => journal::run(&global, &command),
        Some(Command::Rebuild) => journal::rebuild(&global),
        Some(Command::Export(args)) => export::run(&global, &args),
        Some(Command::Completions(args)) => manual::completions(&args),
        Some(Command::Man) => manual::page(),
    }
}
