//! `headstamp ballistics add FILE… --case TEXT`: scans and photographs become exhibits of the workspace.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::class::ClassArgs;
use super::input::{self, InputArgs};
use crate::ballistics::formats::text;
use crate::cli::exit::REFUSED;
use crate::cli::{Global, context, out};
use crate::desk::{AddedExhibit, DeskError, NewExhibit};

/// Arguments of `add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// X3P scans or photographs, each of one fired case
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The case they belong to, as the office writes it
    #[arg(long, value_name = "TEXT")]
    case: String,
    /// Why; kept in the journal (default: the case)
    #[arg(long, value_name = "TEXT")]
    purpose: Option<String>,
    #[command(flatten)]
    class: ClassArgs,
    /// The parts of the one file, painted on what `segment --parts` wrote
    #[arg(long, value_name = "PNG")]
    mask: Option<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs `add`. A file that is refused does not keep the others out; the exit code then says that some were.
///
/// # Errors
/// When the workspace cannot be opened, or its disk fails.
pub(in crate::cli) fn run(global: &Global, args: &AddArgs) -> anyhow::Result<ExitCode> {
    if args.mask.is_some() && args.files.len() != 1 {
        anyhow::bail!("--mask is of one file: give each file with its own mask");
    }
    let desk = context::open(global)?;
    let parts = args.mask.as_deref().map(input::bytes).transpose()?;
    let (mut added, mut refused) = (Vec::new(), Vec::new());
    for path in &args.files {
        let name = path
            .file_name()
            .map_or_else(|| input::shown(path), |name| text::visible(&name.to_string_lossy()));
        let file = match input::bytes(path) {
            Ok(file) => file,
            Err(fault) => {
                refused.push(format!("{fault:#}"));
                continue;
            }
        };
        let options = args.input.options();
        let outcome = desk.add_exhibit(NewExhibit {
            case_ref: args.case.clone(),
            purpose: args.purpose.clone().unwrap_or_else(|| args.case.clone()),
            file_name: name,
            file,
            parts: parts.clone(),
            unit: options.x3p.units,
            um_per_px: options.photo.um_per_px,
            calibre: args.class.calibre.clone(),
            class: args.class.class(),
        });
        match outcome {
            Ok(exhibit) => added.push(exhibit),
            Err(fault @ DeskError::Exhibit { .. }) => refused.push(fault.to_string()),
            Err(fault) => return Err(fault.into()),
        }
    }
    if args.json {
        out::json(&json!({
            "exhibits": added.iter().map(|one| json!({
                "exhibit": one.exhibit,
                "known": one.known,
                "notes": one.notes,
            })).collect::<Vec<_>>(),
            "refused": refused,
        }))?;
    } else {
        out::text(&as_text(&added, &refused))?;
    }
    desk.finish()?;
    Ok(if refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

fn as_text(added: &[AddedExhibit], refused: &[String]) -> String {
    let mut lines = Vec::new();
    for AddedExhibit { exhibit, known, notes } in added {
        let state = if *known { "was entered before" } else { "entered" };
        lines.push(format!("{}  {state}  {}", exhibit.number, text::visible(&exhibit.title())));
        if !exhibit.calibre.is_empty() && exhibit.calibre_id.is_empty() {
            lines.push(format!(
                "  the reference table does not know the calibre {}: it narrows no list",
                text::visible(&exhibit.calibre)
            ));
        }
        lines.extend(notes.iter().map(|note| format!("  {note}")));
    }
    lines.extend(refused.iter().cloned());
    if !added.is_empty() {
        lines.push(
            "Look for the firearm of another case among them: headstamp ballistics rank FILE".to_owned(),
        );
    }
    lines.join("\n")
}
