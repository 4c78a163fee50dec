//! `init`: make a workspace.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::desk::Desk;
use crate::domain::country::CountryCode;
use crate::domain::officer::{Office, Officer};
use crate::locale::Locale;

use super::{Global, out};

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder, which must be empty or not there
    dir: PathBuf,
    /// The office it belongs to, such as `NCB Madrid`
    #[arg(long, default_value = "Firearms desk")]
    office: String,
    /// The office's country, whose records it may change
    #[arg(long, default_value = "ZZ")]
    country: CountryCode,
}

pub(super) fn run(global: &Global, args: &Args) -> anyhow::Result<ExitCode> {
    let officer = Officer(global.officer.clone().unwrap_or_else(|| "unnamed officer".to_owned()));
    let office = Office { name: args.office.clone(), country: args.country };
    Desk::create(&args.dir, &office, &officer)?;
    let locale = Locale::english();
    let dir = args.dir.display().to_string();
    if global.json {
        out::json(&serde_json::json!({ "workspace": dir, "office": office, "officer": officer }))?;
    } else {
        let facts = [
            ("dir", dir.into()),
            ("office", office.name.into()),
            ("country", office.country.as_str().into()),
            ("officer", officer.0.into()),
        ];
        out::line(locale.text("cli-made", &facts).as_str())?;
    }
    Ok(ExitCode::SUCCESS)
}
