//! `journal` and `rebuild`: the truth, shown and verified, and the projections made again from it.

use std::process::ExitCode;

use clap::Subcommand;

use crate::desk::{Desk, Opening};
use crate::domain::officer::Officer;
use crate::locale::Locale;

use super::{Global, context, exit, out};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Walk the whole chain: every hash, every body, no gap
    Verify,
    /// Show entries, the last ones first unless --from is given
    Show {
        /// The first entry to show
        #[arg(long, value_name = "SEQ")]
        from: Option<u64>,
        /// How many at most
        #[arg(long, default_value_t = 20)]
        limit: usize,
        /// With the documents
        #[arg(long)]
        bodies: bool,
    },
}

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Verify => verify(global),
        Command::Show { from, limit, bodies } => show(global, *from, *limit, *bodies),
    }
}

fn verify(global: &Global) -> anyhow::Result<ExitCode> {
    let folder = context::folder(global)?;
    let report = Desk::verify(&folder, &|_, _| {})?;
    if global.json {
        out::json(&report)?;
    } else {
        let locale = Locale::english();
        let facts = [("entries", report.entries.into()), ("hash", report.last_hash.as_str().into())];
        match &report.damage {
            None => out::line(locale.text("cli-journal-whole", &facts).as_str())?,
            Some(damage) => {
                out::line(locale.text("cli-journal-damaged", &facts).as_str())?;
                out::line(damage)?;
            }
        }
    }
    Ok(if report.damage.is_none() { ExitCode::SUCCESS } else { ExitCode::from(exit::DAMAGED) })
}

fn show(global: &Global, from: Option<u64>, limit: usize, bodies: bool) -> anyhow::Result<ExitCode> {
    let desk = context::open(global)?;
    let last = desk.status().seq;
    let first = from.unwrap_or_else(|| (last + 1).saturating_sub(limit as u64)).max(1);
    let entries = desk.entries(first, limit)?;
    if global.json {
        let values: Vec<serde_json::Value> = entries
            .iter()
            .map(|entry| {
                let mut value = serde_json::json!({ "head": entry.head, "hash": entry.hash });
                if bodies {
                    value["body"] = serde_json::from_str(&entry.body).unwrap_or_default();
                }
                value
            })
            .collect();
        out::json(&values)?;
    } else {
        let rows: Vec<Vec<String>> = entries
            .iter()
            .map(|entry| {
                let head = &entry.head;
                let hash: String = entry.hash.chars().take(12).collect();
                let at = head.at.strftime("%Y-%m-%d %H:%M:%S").to_string();
                vec![
                    head.seq.to_string(),
                    at,
                    head.officer.0.clone(),
                    head.act.clone(),
                    head.doc.to_string(),
                    hash,
                    head.purpose.clone(),
                ]
            })
            .collect();
        out::table(&rows)?;
        if bodies {
            for entry in &entries {
                out::line(&entry.body)?;
            }
        }
    }
    desk.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the state and the index again from the journal.
pub(super) fn rebuild(global: &Global) -> anyhow::Result<ExitCode> {
    let folder = context::folder(global)?;
    let mut opening = Opening::new(&folder);
    opening.officer = global.officer.clone().map(Officer);
    let locale = Locale::english();
    let status = Desk::rebuild(opening, &|done, total| {
        if total > 0 && done % 100_000 == 0 {
            out::error_line(
                locale.text("cli-rebuilding", &[("done", done.into()), ("total", total.into())]).as_str(),
            );
        }
    })?;
    if global.json {
        out::json(&status)?;
    } else {
        let facts = [("entries", status.seq.into()), ("records", status.records.into())];
        out::line(Locale::english().text("cli-rebuilt", &facts).as_str())?;
    }
    Ok(ExitCode::SUCCESS)
}
