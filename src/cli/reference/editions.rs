//! `reference editions`: the lists that were brought in beside the table; one is removed.

use clap::Subcommand;

use crate::desk::EditionInfo;
use crate::desk::editions::editions_of;
use crate::locale::Locale;

use super::super::{Global, context, out};

/// Arguments of `reference editions`.
#[derive(Debug, clap::Args)]
pub(in super::super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take an edition away; the journal keeps that it was there
    Remove {
        /// Its name, as `reference editions` prints it
        name: String,
        /// Why; kept in the journal
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

pub(super) fn run(global: &Global, args: Args) -> anyhow::Result<()> {
    match args.command {
        None => list(&editions_of(&context::folder(global)?)?, global.json),
        Some(Command::Remove { name, reason }) => {
            let desk = context::open(global)?;
            let removed = desk.remove_edition(&name, &reason)?;
            if global.json {
                out::json(&removed)?;
            } else {
                let facts = [("name", removed.name.as_str().into()), ("entries", entries(&removed).into())];
                out::line(Locale::english().text("cli-edition-removed", &facts).as_str())?;
            }
            desk.finish()?;
            Ok(())
        }
    }
}

fn list(editions: &[EditionInfo], json: bool) -> anyhow::Result<()> {
    if json {
        return out::json(&editions);
    }
    let locale = Locale::english();
    let row = |edition: &EditionInfo| {
        let dated =
            edition.dated.map_or_else(|| locale.plain("unknown").as_str().to_owned(), |it| it.to_string());
        vec![
            edition.name.clone(),
            edition.kind.to_string(),
            dated,
            entries(edition).to_string(),
            edition.refused.to_string(),
            edition.at.to_string(),
            edition.officer.to_string(),
            edition.file.clone(),
        ]
    };
    out::table(&editions.iter().map(row).collect::<Vec<_>>())?;
    out::line(locale.text("cli-editions", &[("count", editions.len().into())]).as_str())?;
    Ok(())
}

fn entries(edition: &EditionInfo) -> u64 {
    edition.entries + edition.codes
}
