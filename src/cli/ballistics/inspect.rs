//! `headstamp ballistics inspect FILE`: what a file is, before anything is done with it.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::Args;
use serde_json::{Value, json};

use super::input::{self, InputArgs};
use crate::ballistics::formats::photo::{Photograph, Resolution, ResolutionSource};
use crate::ballistics::formats::{self, AxisUnit, Input, Provenance, Scan, Warning};
use crate::ballistics::surface::Surface;
use crate::cli::out;

/// Exit code of `--strict` for a file that was read but has problems.
const HAS_PROBLEMS: u8 = 3;

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// An X3P scan or a PNG, JPEG, TIFF or BMP photograph.
    file: PathBuf,
    #[command(flatten)]
    input: InputArgs,
    /// Exit with 3 when the file was read but has problems.
    #[arg(long)]
    strict: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `inspect`.
///
/// # Errors
/// When the file cannot be read, with the reason.
pub fn run(args: &InspectArgs) -> anyhow::Result<ExitCode> {
    let name = input::shown(&args.file);
    let bytes = input::bytes(&args.file)?;
    let input = formats::read(&bytes, &args.input.options()).map_err(|error| anyhow!("{name}: {error}"))?;
    let warnings = match &input {
        Input::Scan(scan) => &scan.warnings,
        Input::Photograph(photograph) => &photograph.warnings,
    };
    let problems = !warnings.is_empty();
    if args.json {
        out::json(&as_json(&name, &input))?;
    } else {
        out::text(as_text(&name, &input).trim_end())?;
    }
    Ok(if args.strict && problems { ExitCode::from(HAS_PROBLEMS) } else { ExitCode::SUCCESS })
}

fn as_json(name: &str, input: &Input) -> Value {
    match input {
        Input::Scan(scan) => {
            let surface = &scan.surface;
            let [low, median, high] = spread(surface);
            json!({
                "file": name,
                "kind": "x3p",
                "quantity": surface.quantity,
                "cols": surface.cols,
                "rows": surface.rows,
                "pitch_um": [surface.pitch_x.0, surface.pitch_y.0],
                "size_um": [surface.pitch_x.0 * surface.cols as f64, surface.pitch_y.0 * surface.rows as f64],
                "units": scan.units,
                "coverage": surface.coverage(),
                "height_um": {"p1": low, "median": median, "p99": high},
                "mask_kept": scan.mask.as_ref().map(|mask| mask.count() as f64 / mask.keep.len().max(1) as f64),
                "provenance": scan.provenance,
                "problems": problems(&scan.warnings),
            })
        }
        Input::Photograph(photo) => {
            let (pitch, source, why) = match &photo.resolution {
                Resolution::Known { pitch_x, pitch_y, source } => {
                    (Some([pitch_x.0, pitch_y.0]), Some(told_by(*source)), None)
                }
                Resolution::Unknown { why } => (None, None, Some(why)),
            };
            json!({
                "file": name,
                "kind": "photograph",
                "format": photo.format,
                "bits": photo.bits,
                "colour": photo.colour,
                "cols": photo.cols,
                "rows": photo.rows,
                "pitch_um": pitch,
                "pitch_source": source,
                "pitch_unknown": why,
                "provenance": photo.provenance,
                "problems": problems(&photo.warnings),
            })
        }
    }
}

fn problems(warnings: &[Warning]) -> Vec<Value> {
    warnings.iter().map(|warning| json!({"problem": warning, "text": warning.to_string()})).collect()
}

fn as_text(name: &str, input: &Input) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let mut line = |label: &str, text: String| {
        let _ = writeln!(out, "{label:<12}{text}");
    };
    let (provenance, warnings) = match input {
        Input::Scan(scan) => {
            scan_lines(name, scan, &mut line);
            (&scan.provenance, &scan.warnings)
        }
        Input::Photograph(photo) => {
            photo_lines(name, photo, &mut line);
            (&photo.provenance, &photo.warnings)
        }
    };
    for (label, text) in provenance_lines(provenance) {
        line(label, text);
    }
    match warnings.as_slice() {
        [] => line("problems", "none".into()),
        [first, rest @ ..] => {
            line("problems", first.to_string());
            for warning in rest {
                line("", warning.to_string());
            }
        }
    }
    out
}

fn scan_lines(name: &str, scan: &Scan, line: &mut impl FnMut(&str, String)) {
    let surface = &scan.surface;
    let (width, height) = (surface.pitch_x.0 * surface.cols as f64, surface.pitch_y.0 * surface.rows as f64);
    line("file", format!("{name}: X3P, an areal surface of heights"));
    line(
        "grid",
        format!("{} x {} points, {:.3} x {:.3} mm", surface.cols, surface.rows, width / 1e3, height / 1e3),
    );
    line("pitch", format!("{:.4} x {:.4} µm", surface.pitch_x.0, surface.pitch_y.0));
    let unit = |axis: &AxisUnit| format!("{} ({})", axis.unit, axis.source);
    line("unit of x", unit(&scan.units.x));
    line("unit of y", unit(&scan.units.y));
    if let Some(z) = &scan.units.z {
        line("unit of z", unit(z));
    }
    line("measured", format!("{:.1} % of the points", 100.0 * surface.coverage()));
    let [low, median, high] = spread(surface);
    line("heights", format!("{low:.2} to {high:.2} µm (1st to 99th percentile), median {median:.2}"));
    if let Some(mask) = &scan.mask {
        let share = 100.0 * mask.count() as f64 / mask.keep.len().max(1) as f64;
        line("mask", format!("in the file, keeps {share:.1} % of the points"));
    }
}

fn photo_lines(name: &str, photo: &Photograph, line: &mut impl FnMut(&str, String)) {
    let colours = if photo.colour { "colour, read as grey" } else { "grey" };
    line("file", format!("{name}: photograph, {:?}, {} bits, {colours}", photo.format, photo.bits));
    line("grid", format!("{} x {} pixels", photo.cols, photo.rows));
    match &photo.resolution {
        Resolution::Known { pitch_x, pitch_y, source } => {
            let told = told_by(*source);
            line("pitch", format!("{:.4} x {:.4} µm ({told})", pitch_x.0, pitch_y.0));
            let (width, height) = (pitch_x.0 * photo.cols as f64 / 1e3, pitch_y.0 * photo.rows as f64 / 1e3);
            line("size", format!("{width:.3} x {height:.3} mm"));
        }
        Resolution::Unknown { why } => {
            line("pitch", format!("not known: {why}"));
            line("", "give it with --um-per-px before comparing".into());
        }
    }
}

fn told_by(source: ResolutionSource) -> &'static str {
    match source {
        ResolutionSource::Given => "given",
        ResolutionSource::Metadata(field) => field.name(),
    }
}

fn provenance_lines(provenance: &Provenance) -> Vec<(&'static str, String)> {
    let joined = |parts: &[&Option<String>]| {
        let parts: Vec<&str> = parts.iter().filter_map(|part| part.as_deref()).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    };
    let p = provenance;
    let lines = [
        ("instrument", joined(&[&p.manufacturer, &p.model, &p.serial, &p.version])),
        ("probe", joined(&[&p.probing, &p.probe])),
        ("date", p.date.clone()),
        ("calibrated", p.calibration_date.clone()),
        ("creator", p.creator.clone()),
        ("comment", p.comment.clone()),
    ];
    lines.into_iter().filter_map(|(label, text)| text.map(|text| (label, text))).collect()
}

/// First percentile, median and last percentile of the values, by a sample of some ten thousand.
fn spread(surface: &Surface) -> [f32; 3] {
    let measured = surface.values.iter().filter(|value| value.is_finite());
    let step = (measured.clone().count() / 20_000).max(1);
    let mut sample: Vec<f32> = measured.step_by(step).copied().collect();
    sample.sort_by(f32::total_cmp);
    let last = sample.len().saturating_sub(1);
    [0.01, 0.5, 0.99]
        .map(|share: f64| sample.get((last as f64 * share).round() as usize).copied().unwrap_or(f32::NAN))
}
