//! `headstamp ballistics compare A B`: do these two exhibits show marks of one firearm, and where?

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::bail;
use clap::Args;
use serde_json::{Value, json};

use super::exhibit::{self, ExhibitArgs, Loaded};
use super::worth;
use crate::ballistics::confirm::{self, Comparison, Exhibit};
use crate::ballistics::firing_pin::{self, Absent, Impression};
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
    /// The parts of the first, painted on what `segment --parts` wrote.
    #[arg(long, value_name = "PNG")]
    mask_a: Option<PathBuf>,
    /// The parts of the second.
    #[arg(long, value_name = "PNG")]
    mask_b: Option<PathBuf>,
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
    let pins = firing_pin::Parameters::default();
    let load = |path: &Path, mask: &Option<PathBuf>| {
        exhibit::load_with_pin(path, &args.exhibit, mask.as_deref(), &pins)
    };
    let ((a, pin_a), (b, pin_b)) = (load(&args.a, &args.mask_a)?, load(&args.b, &args.mask_b)?);
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
    let firing_pin = compare_pins(&names, pin_a, pin_b, &pins);
    let worth = worth::of_score(&calibration, result.score, [&a.prepared, &b.prepared]);
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
        join(&mut value, pin_as_json(&firing_pin, &pins)?);
        out::json(&value)?;
    } else {
        out::text(&as_text(&names, &result, &worth, &firing_pin, &notes, seconds))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What comparing the two firing-pin impressions gave, and how each was prepared beyond what the parameters say.
struct Pins {
    result: Comparison,
    short_cutoff_um: [f64; 2],
    roughness: [f32; 2],
}

/// The comparison of the two firing-pin impressions, or in words why there is none.
fn compare_pins(
    names: &[String; 2],
    a: Result<Impression, Absent>,
    b: Result<Impression, Absent>,
    parameters: &firing_pin::Parameters,
) -> Result<Pins, String> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok(Pins {
            short_cutoff_um: [a.short_cutoff().0, b.short_cutoff().0],
            roughness: [a.roughness(), b.roughness()],
            result: firing_pin::compare(a, b, parameters),
        }),
        (a, b) => {
            let reasons = [a.err(), b.err()].into_iter().zip(names);
            let told: Vec<String> = reasons
                .filter_map(|(absent, name)| absent.map(|absent| format!("{name}: {absent}")))
                .collect();
            Err(told.join("; "))
        }
    }
}

fn pin_as_json(
    firing_pin: &Result<Pins, String>,
    parameters: &firing_pin::Parameters,
) -> anyhow::Result<Value> {
    let pins = match firing_pin {
        Ok(pins) => pins,
        Err(reason) => return Ok(json!({ "firing_pin": null, "firing_pin_reason": reason })),
    };
    let mut value = serde_json::to_value(&pins.result)?;
    join(
        &mut value,
        json!({
            "likelihood_ratio": null,
            "scope": NO_PIN_CALIBRATION,
            "short_cutoff_um": pins.short_cutoff_um,
            "roughness": pins.roughness,
            "compared_with": parameters,
        }),
    );
    Ok(json!({ "firing_pin": value, "firing_pin_reason": null }))
}

const NO_PIN_CALIBRATION: &str = "none: no calibration for firing-pin impressions";

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
    firing_pin: &Result<Pins, String>,
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
    ];
    lines.extend(pin_as_text(firing_pin));
    lines.extend([
        "             unconfirmed: a candidate until an examiner has compared the exhibits".to_owned(),
        format!("time         {:.0} ms to compare the breech faces", 1e3 * seconds),
    ]);
    lines.extend(notes.iter().map(|note| format!("note         {note}")));
    lines.join("\n")
}

fn pin_as_text(firing_pin: &Result<Pins, String>) -> Vec<String> {
    let pin = match firing_pin {
        Ok(pins) => &pins.result,
        Err(reason) => return vec![format!("firing pin   not compared: {reason}")],
    };
    vec![
        format!(
            "firing pin   {} congruent of {} cells, score {:.3}",
            pin.congruent_cells, pin.cells, pin.score
        ),
        format!(
            "             correlation {:.3} over {:.0} % of the smaller, turned by {:.1} degrees, shifted by {:.0}, {:.0} µm",
            pin.ccf,
            100.0 * pin.overlap,
            pin.rotation_deg,
            pin.shift_um.0,
            pin.shift_um.1
        ),
        format!("             LR {NO_PIN_CALIBRATION}"),
    ]
}
