//! `reference check`: every file of the shipped table, cross-checked.

use std::process::ExitCode;

use serde_json::json;

use crate::locale::Locale;
use crate::reference::Reference;

use super::super::{exit, out};

pub(super) fn run(reference: &Reference, json: bool) -> anyhow::Result<ExitCode> {
    let faults = reference.check();
    if json {
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        out::json(&json!({ "entries": reference.entries().len(), "faults": told }))?;
    } else {
        for fault in &faults {
            out::line(&fault.to_string())?;
        }
        let facts = [
            ("entries", reference.entries().len().into()),
            ("makes", reference.makes().all().len().into()),
            ("calibres", reference.calibres().all().len().into()),
            ("faults", faults.len().into()),
        ];
        out::line(Locale::english().text("cli-reference-checked", &facts).as_str())?;
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(exit::REFUSED) })
}
