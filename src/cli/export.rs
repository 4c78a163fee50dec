//! `export`: every record, one JSON document a line, as `record add` and other programs read it.

use std::io::{BufWriter, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use super::{Global, context, out};
use crate::locale::Locale;

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// As JSON Lines, the one format there is
    #[arg(long, required = true)]
    jsonl: bool,
    /// To this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Why; kept in the journal with the number of records and the hash of what was written
    #[arg(long, default_value = "", value_name = "TEXT")]
    purpose: String,
}

pub(super) fn run(global: &Global, args: &Args) -> anyhow::Result<ExitCode> {
    let desk = context::open(global)?;
    let exported = match &args.out {
        None => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            let exported = desk.export(&mut out, &args.purpose)?;
            out.flush()?;
            exported
        }
        Some(path) => {
            let mut file = BufWriter::new(std::fs::File::create_new(path)?);
            let exported = desk.export(&mut file, &args.purpose)?;
            file.flush()?;
            file.get_ref().sync_all()?;
            exported
        }
    };
    let facts = [("count", exported.records.into()), ("hash", exported.sha256.into())];
    out::error_line(Locale::english().text("cli-exported", &facts).as_str());
    desk.finish()?;
    Ok(ExitCode::SUCCESS)
}
