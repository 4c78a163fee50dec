//! `demo`: the workstation on an invented example workspace, or that workspace written to a folder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::desk::demo::{DEMO_RECORDS, write_demo};
use crate::locale::Locale;

use super::{Global, out, workstation};

/// Arguments of `demo`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Write the example workspace to this folder and stop
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// How many records it has; large ones are for measuring
    #[arg(long, default_value_t = DEMO_RECORDS, value_name = "N")]
    records: usize,
}

pub(super) fn run(global: &Global, args: &Args) -> anyhow::Result<ExitCode> {
    if let Some(folder) = &args.write {
        return write(global, folder, args.records);
    }
    // The folder is gone when the program ends, however it ends short of a kill.
    let folder = tempfile::Builder::new().prefix("headstamp-demo-").tempdir()?;
    let workspace = folder.path().join("workspace");
    write_demo(&workspace, args.records)?;
    workstation::demo(global, &workspace)
}

fn write(global: &Global, folder: &Path, records: usize) -> anyhow::Result<ExitCode> {
    let status = write_demo(folder, records)?;
    if global.json {
        out::json(&status)?;
    } else {
        let facts = [("records", status.records.into()), ("dir", folder.display().to_string().into())];
        out::line(Locale::english().text("cli-demo-written", &facts).as_str())?;
    }
    Ok(ExitCode::SUCCESS)
}
