//! `headstamp ballistics validate DIR --truth truth.csv`: what the engine does with labelled scans.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Args;
use rayon::prelude::*;
use serde_json::json;

use super::compare::join;
use super::exhibit::{self, ExhibitArgs};
use super::input;
use super::work::{Work, write_whole};
use crate::ballistics::confirm::{Exhibit, Parameters};
use crate::ballistics::formats::text;
use crate::ballistics::perturb::{HardPerturbation, Perturbation};
use crate::ballistics::random::Random;
use crate::ballistics::surface::Surface;
use crate::ballistics::validate::{self, Labelled, PairResult, Validation, report};
use crate::ballistics::work::Watch;
use crate::cli::out;

/// Arguments of `validate`.
#[derive(Debug, Args)]
pub struct ValidateArgs {
    /// The folder of the scans.
    dir: PathBuf,
    /// Which firearm fired which scan: a CSV file with the columns scan and gun.
    #[arg(long, value_name = "CSV")]
    truth: PathBuf,
    /// Turn, shift, mask and disturb every scan first, by this seed.
    #[arg(long, value_name = "SEED")]
    perturb: Option<u64>,
    /// Make every scan much harder first, by this seed: turned, half of it lost, rims, drag, another pitch, noise.
    #[arg(long, value_name = "SEED", conflicts_with = "perturb")]
    perturb_hard: Option<u64>,
    /// Compare no more than so many pairs.
    #[arg(long, value_name = "N")]
    limit_pairs: Option<usize>,
    /// Write the figures, the ROC curve and the histograms as an HTML page.
    #[arg(long, value_name = "HTML")]
    report: Option<PathBuf>,
    /// Write the calibration of these scans, for `compare --calibration`: as they are, perturbed and perturbed hard.
    #[arg(long, value_name = "JSON")]
    calibration: Option<PathBuf>,
    /// What the set is called in the calibration's scope (default: the folder's name).
    #[arg(long, value_name = "TEXT")]
    set: Option<String>,
    /// Where the set comes from and its licence, for the calibration.
    #[arg(long, value_name = "TEXT", default_value = "not stated", hide_default_value = true)]
    citation: String,
    /// Write every pair as CSV.
    #[arg(long, value_name = "CSV")]
    pairs: Option<PathBuf>,
    #[command(flatten)]
    exhibit: ExhibitArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `validate`.
///
/// # Errors
/// When the truth cannot be read, fewer than two scans can, or a result cannot be written.
pub fn run(args: &ValidateArgs) -> anyhow::Result<ExitCode> {
    let begun = Instant::now();
    let work = Work::begin("pairs")?;
    let truth = truth(&args.truth)?;
    let seen = match (args.perturb, args.perturb_hard) {
        (Some(seed), _) => Seen::Perturbed(seed),
        (None, Some(seed)) => Seen::PerturbedHard(seed),
        (None, None) => Seen::AsTheyAre,
    };
    let (scans, problems) = load(args, &truth, seen, &work);
    work.check()?;
    let report = |done, total| work.report(done, total);
    let watch = Watch::new(work.flag(), &report);
    let result = validate::validate(&scans, &Parameters::default(), args.limit_pairs, &watch)
        .with_context(|| problems.join("; "))?;
    let seconds = begun.elapsed().as_secs_f64();
    write_files(args, &scans, &result, &problems)?;
    if let Some(path) = &args.calibration {
        write_calibration(args, &truth, path, &work)?;
    }
    if args.json {
        let mut value = serde_json::to_value(&result.summary)?;
        join(
            &mut value,
            json!({ "perturb": args.perturb, "perturb_hard": args.perturb_hard, "seconds": seconds, "problems": problems }),
        );
        out::json(&value)?;
    } else {
        out::text(&as_text(&result, &problems, seconds))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Scans with their firearms.
///
/// # Errors
/// With the line, when a line has no scan or no gun.
fn truth(path: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let name = input::shown(path);
    let bytes = input::bytes(path)?;
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(bytes.as_slice());
    let headers = reader.headers().with_context(|| format!("{name} is no CSV file"))?.clone();
    let column = |wanted: &str| {
        headers
            .iter()
            .position(|header| header.trim_start_matches('\u{feff}').eq_ignore_ascii_case(wanted))
            .with_context(|| {
                format!("{name} has no column '{wanted}'; it must have the columns scan and gun")
            })
    };
    let (scan, gun) = (column("scan")?, column("gun")?);
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let line = index + 2;
        let record = record.with_context(|| format!("{name}, line {line}"))?;
        match (record.get(scan), record.get(gun)) {
            (Some(scan), Some(gun)) if !scan.is_empty() && !gun.is_empty() => {
                rows.push((scan.to_owned(), gun.to_owned()));
            }
            _ => bail!("{name}, line {line}: a scan and a gun are needed"),
        }
    }
    Ok(rows)
}

/// What is done to the scans before they are compared.
#[derive(Debug, Clone, Copy)]
enum Seen {
    AsTheyAre,
    Perturbed(u64),
    PerturbedHard(u64),
}

impl Seen {
    fn change(self, surface: Surface, index: usize) -> Surface {
        match self {
            Self::AsTheyAre => surface,
            Self::Perturbed(seed) => {
                let mut random = Random::of(seed, &[index as u64]);
                Perturbation::draw(&mut random).apply(&surface, &mut random)
            }
            Self::PerturbedHard(seed) => {
                let mut random = Random::of(seed, &[index as u64]);
                HardPerturbation::draw(&mut random).apply(&surface, &mut random)
            }
        }
    }
}

/// Seed of the perturbations that a calibration learns from, and that its cross-validated Cllr is told of.
const CALIBRATION_SEED: u64 = 101;

/// Fits the scans as they are, perturbed and perturbed hard, each of the three counting the same.
fn write_calibration(
    args: &ValidateArgs,
    truth: &[(String, String)],
    path: &Path,
    work: &Work,
) -> anyhow::Result<()> {
    let report = |done, total| work.report(done, total);
    let watch = Watch::new(work.flag(), &report);
    let mut seen = Vec::new();
    for (name, how) in [
        ("as they are", Seen::AsTheyAre),
        ("perturbed", Seen::Perturbed(CALIBRATION_SEED)),
        ("perturbed hard", Seen::PerturbedHard(CALIBRATION_SEED)),
    ] {
        let (scans, problems) = load(args, truth, how, work);
        work.check()?;
        // A scan missing from one condition only would put the others out of step.
        if let Some(problem) = problems.first() {
            bail!("no calibration: {name}, {problem}");
        }
        let result = validate::validate(&scans, &Parameters::default(), args.limit_pairs, &watch)?;
        seen.push((name.to_owned(), scans, result.pairs));
    }
    let conditions: Vec<(String, &[Labelled], &[PairResult])> =
        seen.iter().map(|(name, scans, pairs)| (name.clone(), scans.as_slice(), pairs.as_slice())).collect();
    let set = args.set.clone().unwrap_or_else(|| folder_name(&args.dir));
    let calibration =
        validate::calibrate(&conditions, set, args.citation.clone()).context("no calibration")?;
    write_whole(path, (serde_json::to_string_pretty(&calibration)? + "\n").as_bytes())
}

fn load(
    args: &ValidateArgs,
    truth: &[(String, String)],
    seen: Seen,
    work: &Work,
) -> (Vec<Labelled>, Vec<String>) {
    let loaded: Vec<anyhow::Result<Labelled>> = truth
        .par_iter()
        .enumerate()
        .map(|(index, (scan, gun))| {
            work.check()?;
            let loaded = exhibit::load_changed(&args.dir.join(scan), &args.exhibit, |surface| {
                seen.change(surface, index)
            })?;
            Ok(Labelled { scan: scan.clone(), gun: gun.clone(), exhibit: Exhibit::new(loaded.prepared) })
        })
        .collect();
    let (mut scans, mut problems) = (Vec::new(), Vec::new());
    for one in loaded {
        match one {
            Ok(scan) => scans.push(scan),
            Err(problem) => problems.push(format!("left out: {problem:#}")),
        }
    }
    (scans, problems)
}

fn write_files(
    args: &ValidateArgs,
    scans: &[Labelled],
    result: &Validation,
    problems: &[String],
) -> anyhow::Result<()> {
    if let Some(path) = &args.report {
        let set = args.set.clone().unwrap_or_else(|| folder_name(&args.dir));
        let mut notes = problems.to_vec();
        if let Some(seed) = args.perturb {
            notes
                .push(format!("Every scan was turned, shifted, masked and disturbed first, by seed {seed}."));
        }
        if let Some(seed) = args.perturb_hard {
            notes.push(format!(
                "Every scan was made much harder first, by seed {seed}: turned, shifted, half of it lost, with rims, drag, \
                 a face of its own, another pitch and noise."
            ));
        }
        let page = report::html(&format!("Validation on {set}"), result, &notes);
        write_whole(path, page.as_bytes())?;
    }
    if let Some(path) = &args.pairs {
        let mut out = csv::Writer::from_path(path)
            .with_context(|| format!("{} cannot be written", input::shown(path)))?;
        out.write_record(["a", "b", "same", "cells", "congruent_cells", "ccf", "score"])?;
        for pair in &result.pairs {
            out.write_record([
                scans[pair.a].scan.clone(),
                scans[pair.b].scan.clone(),
                pair.same.to_string(),
                pair.cells.to_string(),
                pair.congruent_cells.to_string(),
                pair.ccf.to_string(),
                pair.score.to_string(),
            ])?;
        }
        out.flush()?;
    }
    Ok(())
}

fn folder_name(dir: &Path) -> String {
    let name = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    name.file_name().map_or_else(|| "a folder".to_owned(), |name| text::visible(&name.to_string_lossy()))
}

fn as_text(result: &Validation, problems: &[String], seconds: f64) -> String {
    let s = &result.summary;
    let whole = |value: Option<usize>| value.map_or_else(|| "none".to_owned(), |value| value.to_string());
    let real =
        |value: Option<f64>| value.map_or_else(|| "not known".to_owned(), |value| format!("{value:.4}"));
    let mut lines = vec![
        format!("{} scans of {} firearms, {}", s.scans, s.guns, s.chosen),
        format!("pairs              {} ({} of one firearm, {} of two)", s.pairs, s.same, s.different),
        format!("AUC                {}", real(s.auc)),
        format!("first is a mate    {} of {}", s.top1_hits, s.queries),
        format!("mean av. precision {:.4}", s.map),
        format!(
            "congruent cells    one firearm: least {}, median {}; two: most {}, 95 % {}",
            whole(s.same_min_cells),
            whole(s.same_median_cells),
            whole(s.different_max_cells),
            whole(s.different_p95_cells)
        ),
        format!("Cllr               {} (cross-validated by firearm)", real(s.cllr)),
        format!("signature          {} bytes", s.signature_bytes),
        format!("rank               {:.1} us an entry", s.rank_us_per_comparison),
        format!(
            "confirm            {:.1} ms a pair by the clock, both directions (median {:.1})",
            s.confirm_ms_per_pair, s.confirm_ms_per_pair_median
        ),
        format!("time               {seconds:.1} s in all"),
    ];
    lines.extend(problems.iter().cloned());
    lines.join("\n")
}
