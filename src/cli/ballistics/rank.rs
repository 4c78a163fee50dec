//! `headstamp ballistics rank QUERY [DIR]`: which exhibits of a folder, of a gallery file or of the workspace may come
//! from the firearm of the query.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::class::ClassArgs;
use super::compare::join;
use super::exhibit::{self, ExhibitArgs, Loaded};
use super::work::Work;
use super::{folder, input, worth};
use crate::ballistics::calibrate::Calibration;
use crate::ballistics::confirm::{self, Exhibit, Parameters};
use crate::ballistics::formats::text;
use crate::ballistics::gallery::{EntryHead, Gallery, Gate};
use crate::ballistics::prepare::Prepared;
use crate::ballistics::rank::{self, Candidate, Widths};
use crate::ballistics::work::Watch;
use crate::cli::{Global, context, out};
use crate::desk::Desk;

/// Arguments of `rank`.
#[derive(Debug, Args)]
pub struct RankArgs {
    /// The scan or photograph that is asked about.
    query: PathBuf,
    /// The folder of the exhibits to look among; without it those of the gallery file, else those of the workspace.
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
    class: ClassArgs,
    #[command(flatten)]
    exhibit: ExhibitArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `rank`.
///
/// # Errors
/// When the query, the folder, the gallery or the workspace cannot be read.
pub(in crate::cli) fn run(global: &Global, args: &RankArgs) -> anyhow::Result<ExitCode> {
    let calibration = worth::calibration(args.calibration.as_deref())?;
    let query = exhibit::load(&args.query, &args.exhibit)?;
    let work = Work::begin("exhibits")?;
    let mut asked = Asked {
        args,
        query,
        calibration,
        work,
        problems: Vec::new(),
        own: own_id(&args.query).into_iter().collect(),
        calibre: None,
        opening: Instant::now(),
    };
    let Some(dir) = &args.dir else {
        return match &args.gallery {
            Some(path) => in_file(asked, path),
            None => in_workspace(asked, global),
        };
    };
    let (bytes, problems) = folder::build(dir, args.gallery.as_deref(), &args.exhibit, &asked.work)?;
    asked.problems = problems;
    asked.opening = Instant::now();
    match (bytes, &args.gallery) {
        (None, Some(path)) => in_file(asked, path),
        (bytes, _) => list(asked, &Gallery::open(Cursor::new(bytes.unwrap_or_default()))?, &OfFiles(args)),
    }
}

/// What is asked, and what came of it so far.
struct Asked<'a> {
    args: &'a RankArgs,
    query: Loaded,
    calibration: Calibration,
    work: Work,
    problems: Vec<String>,
    /// Entries that are the query itself.
    own: Vec<String>,
    /// The calibre in the normal form of the gallery.
    calibre: Option<String>,
    opening: Instant,
}

/// Where entries of a gallery come from.
trait Origin: Sync {
    /// The exhibit itself, for the confirmation.
    fn prepared(&self, head: &EntryHead) -> anyhow::Result<Prepared>;

    /// What names it, as the keys of a JSON object; `file` is there always.
    fn described(&self, head: &EntryHead) -> Value;
}

/// Files named by the heads.
struct OfFiles<'a>(&'a RankArgs);

impl Origin for OfFiles<'_> {
    fn prepared(&self, head: &EntryHead) -> anyhow::Result<Prepared> {
        exhibit::load(Path::new(&head.id), &self.0.exhibit).map(|loaded| loaded.prepared)
    }

    fn described(&self, head: &EntryHead) -> Value {
        json!({ "file": text::visible(&head.id) })
    }
}

/// Exhibits of a workspace named by their numbers.
struct OfDesk<'a>(&'a Desk);

impl Origin for OfDesk<'_> {
    fn prepared(&self, head: &EntryHead) -> anyhow::Result<Prepared> {
        let exhibit = self.0.exhibit(&head.id)?;
        Ok(self.0.exhibit_prepared(&exhibit)?)
    }

    fn described(&self, head: &EntryHead) -> Value {
        match self.0.exhibit(&head.id) {
            Ok(exhibit) => json!({
                "exhibit": exhibit.number,
                "case": text::visible(&exhibit.case_ref),
                "file": text::visible(&exhibit.file_name),
                "calibre": text::visible(&exhibit.calibre),
            }),
            Err(fault) => json!({ "exhibit": head.id, "file": fault.to_string() }),
        }
    }
}

fn in_file(mut asked: Asked<'_>, path: &Path) -> anyhow::Result<ExitCode> {
    let file = File::open(path).with_context(|| format!("{} cannot be opened", input::shown(path)))?;
    let gallery = Gallery::open(BufReader::new(file)).with_context(|| input::shown(path))?;
    asked.note_calibre(None);
    let origin = OfFiles(asked.args);
    list(asked, &gallery, &origin)
}

fn in_workspace(mut asked: Asked<'_>, global: &Global) -> anyhow::Result<ExitCode> {
    let desk = context::open(global)?;
    let made = {
        let report = |done, total| asked.work.report(done, total);
        desk.exhibit_gallery(&Watch::new(asked.work.flag(), &report))?
    };
    asked.problems.extend(made.problems);
    let query = input::bytes(&asked.args.query)?;
    asked.own = desk.exhibits()?.into_iter().filter(|one| one.is_of(&query)).map(|one| one.number).collect();
    asked.note_calibre(desk.names().calibre(&asked.args.class.calibre));
    let code = list(asked, &made.gallery, &OfDesk(&desk))?;
    desk.finish()?;
    Ok(code)
}

impl Asked<'_> {
    /// Takes the calibre in the table's form, or says that it narrows nothing.
    fn note_calibre(&mut self, known: Option<String>) {
        let given = &self.args.class.calibre;
        if !given.trim().is_empty() && known.is_none() {
            self.problems.push(format!(
                "the calibre {} narrows nothing here: it is not in the reference table, or a folder's files have none",
                text::visible(given)
            ));
        }
        self.calibre = known;
    }
}

fn list<R: Read + Seek + Send>(
    asked: Asked<'_>,
    gallery: &Gallery<R>,
    origin: &impl Origin,
) -> anyhow::Result<ExitCode> {
    let Asked { args, query, calibration, work, problems, own, calibre, opening } = asked;
    let open_seconds = opening.elapsed().as_secs_f64();
    let gate = Gate { quantity: query.prepared.quantity, calibre, class: args.class.class() };
    let admitted = gallery.heads().iter().filter(|head| gate.admits(head)).count();
    let report = |done, total| work.report(done, total);
    let watch = Watch::new(work.flag(), &report);
    let begun = Instant::now();
    // The query itself may be among the entries; as many more lines make up for it.
    let widths = Widths { limit: args.limit.saturating_add(own.len()), ..Widths::default() };
    let mut found = rank::rank(&query.prepared.map, &gallery.behind(gate), widths, &watch)?;
    let seconds = begun.elapsed().as_secs_f64();
    found.retain(|candidate| !own.contains(&gallery.heads()[candidate.index].id));
    found.truncate(args.limit);
    let name = query.name.clone();
    let lines = lines(args, query, gallery, &found, &calibration, origin);
    if args.json {
        out::json(&json!({
            "query": name,
            "entries": gallery.heads().len(),
            "admitted": admitted,
            "seconds_to_open": open_seconds,
            "seconds": seconds,
            "candidates": lines,
            "problems": problems,
        }))?;
    } else {
        out::text(&as_text(&name, [admitted, gallery.heads().len()], seconds, &lines, &problems))?;
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
    origin: &impl Origin,
) -> Vec<Value> {
    let query = (args.confirm > 0).then(|| Exhibit::new(query.prepared));
    found
        .par_iter()
        .enumerate()
        .map(|(place, candidate)| {
            let head = &gallery.heads()[candidate.index];
            let mut line = json!({
                "place": place + 1,
                "rank_score": candidate.score,
                "ring_score": candidate.ring_score,
            });
            join(&mut line, origin.described(head));
            let Some(query) = query.as_ref().filter(|_| place < args.confirm) else { return line };
            match origin.prepared(head) {
                Ok(entry) => {
                    let entry = Exhibit::new(entry);
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
                    join(
                        &mut line,
                        worth::of_score(calibration, result.score, [&query.prepared, &entry.prepared]),
                    );
                }
                Err(problem) => join(&mut line, json!({ "not_confirmed": format!("{problem:#}") })),
            }
            line
        })
        .collect()
}

fn as_text(
    name: &str,
    [admitted, entries]: [usize; 2],
    seconds: f64,
    lines: &[Value],
    problems: &[String],
) -> String {
    let among = if admitted == entries {
        format!("{entries} exhibits")
    } else {
        format!("{admitted} of {entries} exhibits (the others differ in kind, calibre or class)")
    };
    let mut text = vec![
        format!("{name} among {among}, {:.0} ms", 1e3 * seconds),
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
            ["exhibit", "case", "file", "calibre"]
                .iter()
                .filter_map(|key| line[key].as_str().filter(|text| !text.is_empty()))
                .collect::<Vec<_>>()
                .join(" · ")
        ));
    }
    if lines.is_empty() {
        text.push("Nothing to compare with: enter exhibits with headstamp ballistics add".to_owned());
    }
    if let Some(scope) = lines.iter().find_map(|line| line["scope"].as_str()) {
        text.push(format!("LR: {scope}"));
    }
    text.push("Candidates, unconfirmed until an examiner has compared the exhibits.".to_owned());
    text.extend(problems.iter().cloned());
    text.join("\n")
}
