//! `check`: is a firearm with this number recorded anywhere in the workspace?

use std::process::ExitCode;

use serde_json::json;

use crate::desk::{Candidate, CheckQuery, CheckReport};
use crate::domain::firearm::FirearmType;
use crate::locale::Locale;

use super::{Global, context, out};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The number as stamped: `?` for a character that cannot be read, `[8B]` for either
    #[arg(value_name = "SERIAL", allow_hyphen_values = true)]
    serial: String,
    /// The maker, in any spelling
    #[arg(long, default_value = "", hide_default_value = true)]
    make: String,
    /// The calibre, in any spelling
    #[arg(long, default_value = "", hide_default_value = true)]
    calibre: String,
    /// The type, such as `pistol_semi`
    #[arg(long = "type", value_name = "TYPE")]
    firearm_type: Option<FirearmType>,
    /// Why it is asked: a case, an operation; kept in the journal
    #[arg(long, value_name = "TEXT")]
    purpose: String,
}

pub(super) fn run(global: &Global, args: Args) -> anyhow::Result<ExitCode> {
    let desk = context::open(global)?;
    let query = CheckQuery {
        serial: args.serial,
        make: args.make,
        calibre: args.calibre,
        firearm_type: args.firearm_type,
        purpose: args.purpose,
    };
    let report = desk.check(query)?;
    if global.json {
        out::json(&report.proof.candidates.iter().map(as_json).collect::<Vec<_>>())?;
    } else {
        say(&report)?;
    }
    desk.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn as_json(candidate: &Candidate) -> serde_json::Value {
    json!({
        "grade": candidate.grade,
        "reason": candidate.reason,
        "record": candidate.record,
        "rev": candidate.rev,
    })
}

fn say(report: &CheckReport) -> anyhow::Result<()> {
    let locale = Locale::english();
    let proof = &report.proof;
    let mut rows = Vec::new();
    for candidate in &proof.candidates {
        let record = &candidate.record;
        rows.push(vec![
            locale.word("grade", candidate.grade.id()).as_str().to_owned(),
            record.serial.clone(),
            format!("{} {}", record.make, record.model),
            record.calibre.clone(),
            locale.word("reason", record.reason.map_or("", |reason| reason.id())).as_str().to_owned(),
            record.owner.to_string(),
            record.date.to_string(),
            record.number.clone(),
            locale.word("serial-agreement", candidate.reason.serial.id()).as_str().to_owned(),
        ]);
    }
    out::table(&rows)?;
    let as_of = proof.freshness.as_of.map_or_else(String::new, |at| at.to_string());
    let facts = [
        ("count", proof.candidates.len().into()),
        ("records", proof.freshness.records.into()),
        ("as-of", as_of.into()),
        ("number", proof.number.as_str().into()),
        ("compared", proof.compared_as.as_str().into()),
    ];
    out::line(locale.text("cli-checked", &facts).as_str())?;
    if proof.truncated {
        out::line(locale.plain("cli-check-truncated").as_str())?;
    }
    for advice in &report.advice {
        out::line(&format!("- {}", locale.say(&advice.into()).as_str()))?;
    }
    Ok(())
}
