//! `headstamp ballistics synth`: files of synthetic casings and the truth about them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde_json::json;

use super::input;
use super::work::{Work, write_whole};
use crate::ballistics::formats::{Provenance, photo, x3p};
use crate::ballistics::surface::{Micrometres, Surface};
use crate::ballistics::synth::{Gun, Handling, HeadFrame, Shot, photograph};
use crate::cli::out;

/// Most casings written by one command.
const MOST_CASINGS: u64 = 1_000_000;

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Heights.
    X3p,
    /// The heights relit and photographed, as PNG.
    Photo,
}

/// Arguments of `synth`.
#[derive(Debug, Args)]
pub struct SynthArgs {
    /// How many guns.
    #[arg(long)]
    guns: u32,
    /// How many shots of each.
    #[arg(long)]
    shots: u32,
    /// The seed; the same seed gives the same files everywhere.
    #[arg(long)]
    seed: u64,
    /// Folder to write into; it is made if need be.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Kind of file.
    #[arg(long, value_enum, default_value = "x3p")]
    format: Format,
    /// Raw scans of the whole head instead of processed breech faces; photographs are always of the head.
    #[arg(long)]
    head: bool,
    /// Micrometres between points (default 6.25 for breech faces, 7 for heads).
    #[arg(long, value_name = "UM")]
    pitch: Option<f64>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `synth`.
///
/// # Errors
/// When the arguments make no sense or a file cannot be written.
pub fn run(args: &SynthArgs) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    let casings = u64::from(args.guns) * u64::from(args.shots);
    if casings == 0 || casings > MOST_CASINGS {
        bail!("{casings} casings: give --guns and --shots whose product is from 1 to {MOST_CASINGS}");
    }
    let head = args.head || args.format == Format::Photo;
    let pitch = args.pitch.unwrap_or(if head { 7.0 } else { 6.25 });
    if !(1.0..=100.0).contains(&pitch) {
        bail!("--pitch must be from 1 to 100 micrometres, not {pitch}");
    }
    fs::create_dir_all(&args.out).with_context(|| format!("{} cannot be made", input::shown(&args.out)))?;
    let work = Work::begin("casings")?;
    let done = AtomicUsize::new(0);
    let names: Vec<(String, u32)> = (0..casings)
        .into_par_iter()
        .map(|casing| {
            work.check()?;
            work.report(done.fetch_add(1, Ordering::Relaxed), casings as usize);
            let (gun, shot) =
                ((casing / u64::from(args.shots)) as u32, (casing % u64::from(args.shots)) as u32);
            let extension = if args.format == Format::X3p { "x3p" } else { "png" };
            let name = format!("gun{:05}-shot{:03}.{extension}", gun + 1, shot + 1);
            write_one(args, gun, shot, head, pitch, &args.out.join(&name)).map(|()| (name, gun + 1))
        })
        .collect::<anyhow::Result<_>>()?;
    let truth = args.out.join("truth.csv");
    let rows = names.iter().map(|(name, gun)| format!("{name},{gun}\n"));
    let text: String = std::iter::once("scan,gun\n".to_owned()).chain(rows).collect();
    write_whole(&truth, text.as_bytes())?;

    let seconds = started.elapsed().as_secs_f64();
    if args.json {
        out::json(&json!({
            "synthetic": true,
            "guns": args.guns,
            "shots": args.shots,
            "seed": args.seed,
            "casings": casings,
            "folder": input::shown(&args.out),
            "truth": input::shown(&truth),
            "seconds": seconds,
        }))?;
    } else {
        out::text(&format!(
            "{casings} synthetic casings of {} guns in {}, their truth in truth.csv ({seconds:.1} s)\n\
             They show that a method works on its own terms; they say nothing of its accuracy on real casings.",
            args.guns,
            input::shown(&args.out)
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write_one(
    args: &SynthArgs,
    gun: u32,
    shot: u32,
    head: bool,
    pitch: f64,
    path: &Path,
) -> anyhow::Result<()> {
    let seed = args.seed;
    let surface = surface(seed, gun, shot, head, pitch);
    let bytes = match args.format {
        Format::X3p => {
            let provenance = Provenance {
                manufacturer: Some("Headstamp".into()),
                model: Some("synthetic casing".into()),
                serial: Some(format!("seed {seed}")),
                version: Some(env!("CARGO_PKG_VERSION").into()),
                probing: Some("Software".into()),
                comment: Some(format!("Synthetic: gun {}, shot {}", gun + 1, shot + 1)),
                ..Provenance::default()
            };
            x3p::write(&surface, None, &provenance)?
        }
        Format::Photo => {
            let light = seed ^ u64::from(gun) << 32 ^ u64::from(shot);
            photo::write_png(&photograph(&surface, light))?
        }
    };
    write_whole(path, &bytes)
}

fn surface(seed: u64, gun: u32, shot: u32, head: bool, pitch: f64) -> Surface {
    let shot = Shot::new(seed, gun, shot, &Handling::default());
    let gun = Gun::new(seed, gun);
    if head {
        let frame = HeadFrame { pitch: Micrometres(pitch), ..HeadFrame::default() };
        gun.head(&shot, &frame).surface
    } else {
        gun.breech_face(&shot, Micrometres(pitch))
    }
}
