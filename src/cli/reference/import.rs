//! `reference import`: lists brought in beside the table, or a preview of what that would do.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::desk::editions::{
    ListToImport, Preview, Rejects, SavedMapping, Watch, delimiter_id, mapping_of, mappings_of, preview_list,
};
use crate::desk::{Cancel, Desk, DeskError, Table};
use crate::domain::time::PartialDate;
use crate::locale::{Locale, Message};
use crate::reference::import::{Kind, Mapping, Plan, Reading, Refused};

use super::super::{Global, context, exit, out};
use super::columns;

/// How many refused rows and linked entries are told; `--refused` and `--json` have all of them.
const MOST_TOLD: u64 = 10;
/// How often progress is told.
const TOLD_EVERY: Duration = Duration::from_millis(200);

/// Arguments of `reference import`.
#[derive(Debug, clap::Args)]
pub(in super::super) struct Args {
    /// The lists: CSV in UTF-8, UTF-16, Windows-1252 or Windows-1251
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only say what would be done
    #[arg(long)]
    preview: bool,
    /// Which list it is, where its headings do not say
    #[arg(long, value_name = "KIND", conflicts_with_all = ["map", "mapping"])]
    kind: Option<Kind>,
    /// Which column says what: HEADING=make, =model, =calibre, =type, =action, =country, =id … (docs/reference.md). --preview of a list
    /// that is not known proposes them
    #[arg(long, value_name = "HEADING=MEANING")]
    map: Vec<String>,
    /// A mapping that was saved, by its name, or a file of one
    #[arg(long, value_name = "NAME|FILE", conflicts_with = "map")]
    mapping: Option<String>,
    /// Keep the mapping under this name for next time
    #[arg(long, value_name = "NAME", conflicts_with = "preview")]
    save_mapping: Option<String>,
    /// The edition's short name, which begins the ids of its entries; made of the kind and the date where not given
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
    /// What the list is called
    #[arg(long, default_value = "", hide_default_value = true)]
    title: String,
    /// Of which day, month or year the list is
    #[arg(long, value_name = "DATE")]
    date: Option<PartialDate>,
    /// Why; kept in the journal with the hash of the file
    #[arg(long, value_name = "TEXT", required_unless_present = "preview")]
    purpose: Option<String>,
    /// Write the refused rows to this file, with line and reason
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
}

/// Whether lists are brought in, or only looked at.
enum Way {
    Preview { table: Arc<Table>, saved: Vec<SavedMapping> },
    Import(Box<Desk>),
}

pub(super) fn run(global: &Global, args: &Args) -> anyhow::Result<ExitCode> {
    if args.files.len() > 1 && !args.name.is_empty() {
        bail!(Message::new("cli-fault-one-name"));
    }
    let folder = context::folder(global)?;
    let reading = reading(args, &folder)?;
    // A preview needs no workspace, and none to itself.
    let way = if args.preview {
        Way::Preview { table: super::table(global), saved: mappings_of(&folder) }
    } else {
        Way::Import(Box::new(context::open(global)?))
    };
    if let (Some(name), Reading::Mapped(mapping), Way::Import(desk)) = (&args.save_mapping, &reading, &way) {
        desk.save_mapping(name, mapping)?;
    }
    let mut rejects = args.refused.as_deref().map(rejects).transpose()?;
    let cancel = Cancel::shared(stopped()?);
    let mut reports = Vec::new();
    let mut any_refused = false;
    let mut unknown = None;
    for path in &args.files {
        let list = ListToImport {
            path: path.clone(),
            name: args.name.clone(),
            title: args.title.clone(),
            dated: args.date,
            reading: reading.clone(),
        };
        let done = match one(&list, args, &way, rejects.as_mut(), &cancel, global.json) {
            Ok(done) => done,
            Err(fault) => {
                // Looking at a list that nobody knows shows its columns; the other lists are looked at all the same.
                let look = match fault.downcast_ref::<DeskError>() {
                    Some(DeskError::UnknownList { look, .. }) if args.preview => look,
                    _ => return Err(fault),
                };
                if global.json {
                    reports.push(columns::report(look));
                } else {
                    columns::say(look)?;
                    let file = path.display().to_string();
                    let facts = [("file", file.into())];
                    out::error_line(Locale::english().text("cli-columns-nothing-read", &facts).as_str());
                }
                unknown.get_or_insert(fault);
                continue;
            }
        };
        any_refused |= done.tally.refused > 0;
        if global.json {
            reports.push(serde_json::to_value(done)?);
        } else {
            say(&done, args.preview)?;
        }
    }
    if let Some(rejects) = rejects {
        rejects.finish().context(Message::new("cli-fault-writing-rejects"))?;
    }
    if global.json {
        out::json(&reports)?;
    }
    if let Some(fault) = unknown {
        // A person has been told; for a script the fault has its name.
        return if global.json { Err(fault) } else { Ok(ExitCode::FAILURE) };
    }
    if let Way::Import(desk) = &way {
        desk.finish()?;
    }
    Ok(if any_refused { ExitCode::from(exit::REFUSED) } else { ExitCode::SUCCESS })
}

fn rejects(path: &Path) -> anyhow::Result<Rejects> {
    Rejects::create(path)
        .with_context(|| Message::new("cli-fault-making").with("path", path.display().to_string()))
}

fn reading(args: &Args, folder: &Path) -> anyhow::Result<Reading> {
    if let Some(kind) = args.kind {
        if kind == Kind::Mapped {
            bail!(Message::new("cli-fault-no-mapping"));
        }
        return Ok(Reading::As(kind));
    }
    if !args.map.is_empty() {
        return Ok(Reading::Mapped(Mapping::parse(&args.map.join("\n"))?));
    }
    let Some(name) = &args.mapping else { return Ok(Reading::Recognised) };
    let path = Path::new(name);
    if path.is_file() {
        let text = std::fs::read_to_string(path)
            .with_context(|| Message::new("cli-fault-reading").with("path", path.display().to_string()))?;
        return Ok(Reading::Mapped(Mapping::parse(&text).with_context(|| path.display().to_string())?));
    }
    Ok(Reading::Mapped(mapping_of(folder, name)?))
}

fn one(
    list: &ListToImport,
    args: &Args,
    way: &Way,
    mut rejects: Option<&mut Rejects>,
    cancel: &Cancel,
    json: bool,
) -> anyhow::Result<Preview> {
    let name = list.path.display().to_string();
    let mut progress = Progress::new();
    let mut told = 0u64;
    let mut refused = |plan: &Plan, row: &Refused| {
        told += 1;
        if told <= MOST_TOLD && !json {
            out::error_line(&format!("{name}: {}: {}", row.line, row.reason));
        }
        rejects.as_deref_mut().map_or(Ok(()), |rejects| rejects.write(&name, plan, row))
    };
    let mut watch = Watch {
        progress: &mut |done, total| progress.tell(done, total),
        refused: &mut refused,
        cancel: cancel.clone(),
    };
    let purpose = args.purpose.as_deref().unwrap_or_default();
    let done = match way {
        Way::Preview { table, saved } => preview_list(table, list, saved, &mut watch)?,
        Way::Import(desk) => desk.import_list(list, purpose, &mut watch)?.1,
    };
    progress.end();
    if told > MOST_TOLD && !json {
        let facts = [("count", (told - MOST_TOLD).into())];
        out::error_line(Locale::english().text("cli-import-more-refused", &facts).as_str());
    }
    Ok(done)
}

/// A mark that Ctrl-C and a request to end set, so that an import stops between two rows and leaves nothing.
fn stopped() -> anyhow::Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // The second time it ends at once; what is not in the journal then was never imported.
        signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&flag))?;
        signal_hook::flag::register(signal, Arc::clone(&flag))?;
    }
    Ok(flag)
}

fn say(done: &Preview, preview: bool) -> anyhow::Result<()> {
    let locale = Locale::english();
    let tally = &done.tally;
    let facts = [
        ("file", done.file.display().to_string().into()),
        ("kind", done.kind.id().into()),
        ("encoding", done.encoding.to_string().into()),
        ("delimiter", (&locale.word("delimiter", delimiter_id(done.delimiter))).into()),
        ("name", done.name.as_str().into()),
        ("rows", tally.rows.into()),
        ("models", tally.models.into()),
        ("new", tally.new.into()),
        ("linked", tally.linked.into()),
        ("makes", tally.known_makes.into()),
        ("calibres", tally.known_calibres.into()),
        ("types", tally.known_types.into()),
        ("codes", tally.codes.into()),
        ("known-codes", tally.known_codes.into()),
        ("new-makes", tally.new_makes.into()),
        ("refused", tally.refused.into()),
    ];
    out::line(locale.text("cli-import-file", &facts).as_str())?;
    if let Some(name) = &done.mapping {
        out::line(locale.text("cli-import-mapping", &[("name", name.as_str().into())]).as_str())?;
    }
    if preview {
        let columns: Vec<Vec<String>> = done
            .columns
            .iter()
            .map(|column| {
                let meaning = if column.meaning.is_empty() {
                    locale.plain("cli-import-not-read").as_str().to_owned()
                } else {
                    column.meaning.to_owned()
                };
                vec![format!("  {}", column.heading), meaning]
            })
            .collect();
        out::table(&columns)?;
    }
    if tally.models > 0 {
        out::line(locale.text("cli-import-models", &facts).as_str())?;
    }
    if tally.codes > 0 {
        out::line(locale.text("cli-import-codes", &facts).as_str())?;
    }
    if preview {
        for (id, rows) in tally.linked_to.iter().take(MOST_TOLD as usize) {
            let facts = [("id", id.as_str().into()), ("rows", (*rows).into())];
            out::line(locale.text("cli-import-linked-to", &facts).as_str())?;
        }
    }
    let key = if preview { "cli-import-would" } else { "cli-import-done" };
    out::line(locale.text(key, &facts).as_str())?;
    Ok(())
}

/// The progress of an import on standard error, where that is a terminal.
struct Progress {
    last: Instant,
    shown: bool,
}

impl Progress {
    fn new() -> Self {
        Self { last: Instant::now(), shown: false }
    }

    fn tell(&mut self, done: u64, total: u64) {
        let stderr = io::stderr();
        if !stderr.is_terminal() || self.last.elapsed() < TOLD_EVERY {
            return;
        }
        self.last = Instant::now();
        self.shown = true;
        let facts = [("percent", (done * 100 / total.max(1)).into())];
        let said = Locale::english().text("cli-import-progress", &facts);
        // A standard error that is gone is nothing the user could be told of.
        drop(write!(stderr.lock(), "\r{}", said.as_str()));
    }

    fn end(&self) {
        if self.shown {
            drop(write!(io::stderr().lock(), "\r\x1b[K"));
        }
    }
}
