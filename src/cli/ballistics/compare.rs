//! `headstamp ballistics compare A B`: do these two exhibits show marks of one firearm, and where?

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::bail;
use clap::Args;
use serde_json::{Value, json};

use super::exhibit::{self, ExhibitArgs, Loaded};
use super::worth;
use crate::ballistics::confirm::{self, Comparison, Exhibit};
use crate::cli::out;

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The first scan or photograph.
    a: PathBuf,
    /// The second.
    b: PathBuf,
    #[command(flatten)]
    exhibit: ExhibitArgs,
    /// A calibration made by `validate --calibration`, instead of the one that ships.
    #[arg(long, value_name = "JSON")]
    calibration: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `compare`.
///
/// # Errors
/// When a file cannot be read or compared.
pub fn run(args: &CompareArgs) -> anyhow::Result<ExitCode> {
    let calibration = worth::calibration(args.calibration.as_deref())?;
    let begun = Instant::now();
    let (a, b) = (exhibit::load(&args.a, &args.exhibit)?, exhibit::load(&args.b, &args.exhibit)?);
    if a.prepared.quantity != b.prepared.quantity {
        bail!("{} and {} cannot be compared: one holds heights, the other a photograph", a.name, b.name);
    }
    let notes = notes(&a, &b);
    let (names, kinds) = ([a.name, b.name], [a.prepared.quantity, b.prepared.quantity]);
    let prepared = a.prepared.parameters.clone();
    let (a, b) = (Exhibit::new(a.prepared), Exhibit::new(b.prepared));
    let ready = begun.elapsed().as_secs_f64();
    let parameters = confirm::Parameters::default();
    let begun = Instant::now();
    let result = confirm::compare(&a, &b, &parameters);
    let seconds = begun.elapsed().as_secs_f64();
    let worth = worth::of_score(&calibration, result.score, kinds);
    if args.json {
        let mut value = json!({
            "a": names[0],
            "b": names[1],
            "quantity": kinds[0],
            "seconds": seconds,
            "seconds_to_prepare": ready,
            "notes": notes,
            "prepared_with": prepared,
            "confirmed_with": parameters,
        });
        join(&mut value, serde_json::to_value(&result)?);
        join(&mut value, worth);
        out::json(&value)?;
    } else {
        out::text(&as_text(&names, &result, &worth, &notes, seconds))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn notes(a: &Loaded, b: &Loaded) -> Vec<String> {
    [a, b]
        .iter()
        .flat_map(|loaded| loaded.notes.iter().map(|note| format!("{}: {note}", loaded.name)))
        .collect()
}

/// Adds the keys of one JSON object to another.
pub fn join(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}

fn as_text(
    names: &[String; 2],
    result: &Comparison,
    worth: &Value,
    notes: &[String],
    seconds: f64,
) -> String {
    let mut lines = vec![
        format!("{} against {}", names[0], names[1]),
        format!(
            "cells        {} congruent of {}, both directions together",
            result.congruent_cells, result.cells
        ),
        format!("correlation  {:.3} over {:.0} % of the smaller", result.ccf, 100.0 * result.overlap),
        format!(
            "lies         turned by {:.1} degrees anticlockwise, shifted by {:.0}, {:.0} µm (right, up)",
            result.rotation_deg, result.shift_um.0, result.shift_um.1
        ),
        format!("score        {:.3}", result.score),
        match worth["likelihood_ratio"].as_f64() {
            Some(ratio) if worth["likelihood_ratio_capped"] == true && ratio > 1.0 => {
                format!("LR           at least {ratio:.0} (held at the most that the calibration can carry)")
            }
            Some(ratio) if worth["likelihood_ratio_capped"] == true => {
                format!("LR           at most {ratio:.3} (held at the least that the calibration can carry)")
            }
            Some(ratio) => format!("LR           {ratio:.3}"),
            None => "LR           none".to_owned(),
        },
        format!("scope        {}", worth["scope"].as_str().unwrap_or_default()),
        "             unconfirmed: a candidate until an examiner has compared the exhibits".to_owned(),
        format!("time         {:.0} ms to compare", 1e3 * seconds),
    ];
    lines.extend(notes.iter().map(|note| format!("note         {note}")));
    lines.join("\n")
}
