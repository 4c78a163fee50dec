//! `hit`: what waits for a decision, and the decision.

use std::process::ExitCode;

use clap::Subcommand;

use crate::domain::id::DocId;
use crate::locale::Locale;

use super::{Global, context, out};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Hits that wait for a decision, oldest first
    List,
    /// The marks were compared and agree
    Confirm(Decision),
    /// The marks were compared and differ
    Reject(Decision),
}

#[derive(Debug, clap::Args)]
pub(super) struct Decision {
    /// The hit's identifier, as `hit list` prints it
    hit: DocId,
    /// What was compared and seen; kept in the journal
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub(super) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let desk = context::open(global)?;
    let hits = match command {
        Command::List => desk.hits_waiting()?,
        Command::Confirm(decision) => vec![desk.confirm_hit(decision.hit, &decision.reason)?],
        Command::Reject(decision) => vec![desk.reject_hit(decision.hit, &decision.reason)?],
    };
    if global.json {
        out::json(&hits)?;
    } else {
        let locale = Locale::english();
        let rows: Vec<Vec<String>> = hits
            .iter()
            .map(|hit| {
                let record = &hit.candidate.record;
                vec![
                    hit.id.to_string(),
                    hit.candidate.grade.to_string(),
                    record.number.clone(),
                    record.serial.clone(),
                    format!("{} {}", record.make, record.model),
                    locale.word("hit-state", hit.state.id()).as_str().to_owned(),
                    hit.check_number.clone(),
                ]
            })
            .collect();
        out::table(&rows)?;
        out::line(locale.text("cli-hits", &[("count", hits.len().into())]).as_str())?;
    }
    desk.finish()?;
    Ok(ExitCode::SUCCESS)
}
