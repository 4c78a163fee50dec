//! `headstamp ballistics rank QUERY DIR`: which exhibits of a folder may come from the firearm of the query.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::{Instant, UNIX_EPOCH};

use anyhow::{Context, bail};
use clap::Args;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::compare::join;
use super::exhibit::{self, ExhibitArgs, Loaded};
use super::{input, worth};
use crate::ballistics::calibrate::Calibration;
use crate::ballistics::confirm::{self, Exhibit, Parameters};
use crate::ballistics::formats::text;
use crate::ballistics::gallery::{EntryHead, Gallery, Gate, Writer};
use crate::ballistics::rank::{self, Candidate, Widths};
use crate::ballistics::signature::Signature;
use crate::ballistics::work::Watch;
use crate::cli::out;

/// Arguments of `rank`.
#[derive(Debug, Args)]
pub struct RankArgs {
    /// The scan or photograph that is asked about.
    query: PathBuf,
    /// The folder of the exhibits to look among; without it the gallery alone is used.
    #[arg(required_unless_present = "gallery")]
    dir: Option<PathBuf>,
    /// Keep the signatures of the folder in this file, and take from it what has not changed.
    #[arg(long, value_name = "FILE")]
    gallery: Option<PathBuf>,
    /// Lines of the list.
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Confirm so many of the first lines cell by cell.
    #[arg(long, value_name = "N", default_value_t = 10)]
    confirm: usize,
    /// A calibration made by `validate --calibration`, instead of the one that ships.
    #[arg(long, value_name = "JSON")]
    calibration: Option<PathBuf>,
    #[command(flatten)]
    exhibit: ExhibitArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Endings of the files of a folder that are looked at.
const ENDINGS: [&str; 7] = ["x3p", "png", "jpg", "jpeg", "tif", "tiff", "bmp"];

/// Runs `rank`.
///
/// # Errors
/// When the query, the folder or the gallery cannot be read.
pub fn run(args: &RankArgs) -> anyhow::Result<ExitCode> {
    let calibration = worth::calibration(args.calibration.as_deref())?;
    let query = exhibit::load(&args.query, &args.exhibit)?;
    let (bytes, problems) = match &args.dir {
        Some(dir) => build(dir, args)?,
        None => (None, Vec::new()),
    };
    let begun = Instant::now();
    match (bytes, &args.gallery) {
        (Some(bytes), None) => {
            list(args, query, &Gallery::open(std::io::Cursor::new(bytes))?, begun, &problems, &calibration)
        }
        (_, Some(path)) => {
            let file =
                File::open(path).with_context(|| format!("{} cannot be opened", input::shown(path)))?;
            let gallery = Gallery::open(BufReader::new(file)).with_context(|| input::shown(path))?;
            list(args, query, &gallery, begun, &problems, &calibration)
        }
        (None, None) => bail!("give a folder or a gallery to look among"),
    }
}

fn list<R: Read + Seek + Send>(
    args: &RankArgs,
    query: Loaded,
    gallery: &Gallery<R>,
    opened: Instant,
    problems: &[String],
    calibration: &Calibration,
) -> anyhow::Result<ExitCode> {
    let open_seconds = opened.elapsed().as_secs_f64();
    let gate = Gate { quantity: query.prepared.quantity, calibre: None };
    let stopped = AtomicBool::new(false);
    let watch = Watch::new(&stopped, &|_, _| {});
    let begun = Instant::now();
    // The query itself may be among the entries; one more line makes up for it.
    let own = own_id(&args.query);
    let widths = Widths { limit: args.limit.saturating_add(1), ..Widths::default() };
    let mut found = rank::rank(&query.prepared.map, &gallery.behind(gate), widths, &watch)?;
    let seconds = begun.elapsed().as_secs_f64();
    found.retain(|candidate| Some(&gallery.heads()[candidate.index].id) != own.as_ref());
    found.truncate(args.limit);
    let name = query.name.clone();
    let lines = lines(args, query, gallery, &found, calibration);
    if args.json {
        out::json(&json!({
            "query": name,
            "entries": gallery.heads().len(),
            "seconds_to_open": open_seconds,
            "seconds": seconds,
            "candidates": lines,
            "problems": problems,
        }))?;
    } else {
        out::text(&as_text(&name, gallery.heads().len(), seconds, &lines, problems))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn own_id(path: &Path) -> Option<String> {
    path.canonicalize().ok().map(|path| path.to_string_lossy().into_owned())
}

fn lines<R: Read + Seek + Send>(
    args: &RankArgs,
    query: Loaded,
    gallery: &Gallery<R>,
    found: &[Candidate],
    calibration: &Calibration,
) -> Vec<Value> {
    let quantity = query.prepared.quantity;
    let query = (args.confirm > 0).then(|| Exhibit::new(query.prepared));
    found
        .par_iter()
        .enumerate()
        .map(|(place, candidate)| {
            let head = &gallery.heads()[candidate.index];
            let mut line = json!({
                "place": place + 1,
                "file": text::visible(&head.id),
                "rank_score": candidate.score,
                "ring_score": candidate.ring_score,
            });
            let Some(query) = query.as_ref().filter(|_| place < args.confirm) else { return line };
            match exhibit::load(Path::new(&head.id), &args.exhibit) {
                Ok(entry) => {
                    let entry = Exhibit::new(entry.prepared);
                    let result = confirm::compare(query, &entry, &Parameters::default());
                    join(
                        &mut line,
                        json!({
                            "cells": result.cells,
                            "congruent_cells": result.congruent_cells,
                            "ccf": result.ccf,
                            "rotation_deg": result.rotation_deg,
                            "shift_um": result.shift_um,
                            "score": result.score,
                        }),
                    );
                    join(&mut line, worth::of_score(calibration, result.score, [quantity; 2]));
                }
                Err(problem) => join(&mut line, json!({ "not_confirmed": format!("{problem:#}") })),
            }
            line
        })
        .collect()
}

/// Signs the files of a folder: into the gallery file if one is named, else into memory.
fn build(dir: &Path, args: &RankArgs) -> anyhow::Result<(Option<Vec<u8>>, Vec<String>)> {
    let files = files_of(dir)?;
    let known = args.gallery.as_deref().map(known_entries).unwrap_or_default();
    let signed: Vec<Result<(Signature, EntryHead), String>> = files
        .par_iter()
        .map(|(id, version)| {
            if let Some((signature, head)) = known.get(id).filter(|(_, head)| head.version == *version) {
                return Ok((signature.clone(), head.clone()));
            }
            let loaded = exhibit::load(Path::new(id), &args.exhibit)
                .map_err(|problem| format!("left out: {problem:#}"))?;
            let head = EntryHead {
                id: id.clone(),
                version: version.clone(),
                calibre: None,
                quantity: loaded.prepared.quantity,
            };
            Ok((Signature::of(&loaded.prepared.map), head))
        })
        .collect();
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    for one in signed {
        match one {
            Ok(entry) => entries.push(entry),
            Err(problem) => problems.push(problem),
        }
    }
    let Some(path) = &args.gallery else {
        return Ok((Some(write(std::io::Cursor::new(Vec::new()), &entries)?.into_inner()), problems));
    };
    // Beside the old one and then over it, so that a cut of power leaves one of the two.
    let fresh = path.with_extension("new");
    let file = File::create(&fresh).with_context(|| format!("{} cannot be written", input::shown(&fresh)))?;
    let file =
        write(BufWriter::new(file), &entries)?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    fs::rename(&fresh, path).with_context(|| format!("{} cannot be written", input::shown(path)))?;
    Ok((None, problems))
}

fn write<W: std::io::Write + Seek>(out: W, entries: &[(Signature, EntryHead)]) -> anyhow::Result<W> {
    let mut writer = Writer::new(out)?;
    for (signature, head) in entries {
        writer.push(signature, head.clone())?;
    }
    Ok(writer.finish()?)
}

/// Entries of an earlier gallery; none where it is absent or does not open, since it can be made again.
fn known_entries(path: &Path) -> HashMap<String, (Signature, EntryHead)> {
    let Ok(gallery) = File::open(path).map(BufReader::new).map_err(Into::into).and_then(Gallery::open) else {
        return HashMap::new();
    };
    gallery
        .heads()
        .iter()
        .enumerate()
        .filter_map(|(index, head)| Some((head.id.clone(), (gallery.signature(index).ok()?, head.clone()))))
        .collect()
}

/// Files of a folder that may be exhibits, by name, each with its size and time as version.
fn files_of(dir: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let shown = input::shown(dir);
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("{shown} cannot be read"))? {
        let path = entry.with_context(|| format!("{shown} cannot be read"))?.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if !ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            continue;
        }
        let about = fs::metadata(&path).with_context(|| input::shown(&path))?;
        let time = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let version = format!("{} {}", about.len(), time.map_or(0, |time| time.as_nanos()));
        files.push((path.canonicalize()?.to_string_lossy().into_owned(), version));
    }
    if files.is_empty() {
        bail!("{shown} holds no scan or photograph ({})", ENDINGS.join(", "));
    }
    files.sort();
    Ok(files)
}

fn as_text(name: &str, entries: usize, seconds: f64, lines: &[Value], problems: &[String]) -> String {
    let mut text = vec![
        format!("{name} among {entries} exhibits, {:.0} ms", 1e3 * seconds),
        format!("{:>5}  {:>6}  {:>9}  {:>6}  {:>9}  exhibit", "place", "rank", "cells", "ccf", "LR"),
    ];
    for line in lines {
        let number = |key: &str, digits: usize| {
            line[key].as_f64().map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$}"))
        };
        let cells = match (line["congruent_cells"].as_u64(), line["cells"].as_u64()) {
            (Some(congruent), Some(cells)) => format!("{congruent} of {cells}"),
            _ => "-".to_owned(),
        };
        let bound = match (line["likelihood_ratio_capped"].as_bool(), line["likelihood_ratio"].as_f64()) {
            (Some(true), Some(ratio)) if ratio > 1.0 => ">=",
            (Some(true), Some(_)) => "<=",
            _ => "",
        };
        text.push(format!(
            "{:>5}  {:>6}  {cells:>9}  {:>6}  {:>9}  {}",
            line["place"],
            number("rank_score", 3),
            number("ccf", 3),
            format!("{bound}{}", number("likelihood_ratio", 3)),
            line["file"].as_str().unwrap_or_default()
        ));
    }
    if let Some(scope) = lines.iter().find_map(|line| line["scope"].as_str()) {
        text.push(format!("LR: {scope}"));
    }
    text.push("Candidates, unconfirmed until an examiner has compared the exhibits.".to_owned());
    text.extend(problems.iter().cloned());
    text.join("\n")
}
