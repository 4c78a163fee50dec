//! `reference`: the table of firearms, searched, shown, compared, and lists brought in beside it.

mod ask;
mod check;
mod columns;
mod compare;
mod editions;
mod identify;
mod import;
mod search;
mod show;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Subcommand;

use crate::desk::Table;
use crate::reference::{Entry, Reference};

use super::{Global, context, out};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find entries by anything stamped or said: make, model, nickname, calibre, a whole sentence
    Search(search::Args),
    /// One entry, with all that is known of it; a serial number held against it
    Show(show::Args),
    /// What it may be, from what can be seen: answers in any order, `?` for what cannot be told; without answers, on a terminal, the
    /// questions are asked
    Identify(identify::Args),
    /// Entries side by side, with the facts that differ
    Compare(compare::Args),
    /// Bring lists in beside the table: FRT, RGA, ATF, SOR/98-462, NCIC codes, or any by a mapping of its columns
    Import(import::Args),
    /// The lists that were brought in; remove one
    Editions(editions::Args),
    /// Read and cross-check every file of the table
    Check,
}

pub(super) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Search(args) => search::run(&table(global), &args, global.json)?,
        Command::Show(args) => show::run(&table(global), &args, global.json)?,
        Command::Identify(args) => identify::run(&table(global), &args, global.json)?,
        Command::Compare(args) => compare::run(&table(global), &args, global.json)?,
        Command::Import(args) => return import::run(global, &args),
        Command::Editions(args) => editions::run(global, args)?,
        Command::Check => return check::run(&Table::default().reference(), global.json),
    }
    Ok(ExitCode::SUCCESS)
}

/// The table of the workspace, if there is one; what of it cannot be read is told on standard error.
fn table(global: &Global) -> Arc<Table> {
    let Ok(folder) = context::folder(global) else { return Arc::default() };
    let (table, faults) = Table::of_workspace(&folder);
    for fault in &faults {
        out::error_line(fault);
    }
    table
}

/// Words as a shell takes them.
fn quoted(words: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let plain = !words.is_empty() && words.chars().all(is_plain);
    if plain { words.to_owned() } else { format!("'{}'", words.replace('\'', "'\\''")) }
}

fn calibres(entry: &Entry, reference: &Reference) -> Vec<String> {
    let name = |id| reference.calibres().get(id).map(|calibre| calibre.name.clone());
    entry.calibres.iter().filter_map(name).collect()
}

fn countries(entry: &Entry) -> Vec<String> {
    entry.countries.iter().map(|code| code.as_str().to_owned()).collect()
}
