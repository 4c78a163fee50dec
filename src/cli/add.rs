//! `record add`: one record or two million, acknowledged as they reach the disk.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, TryRecvError};

use serde::Serialize;

use crate::desk::{Approval, Desk, Outcome};
use crate::domain::id::DocId;
use crate::domain::officer::Officer;
use crate::domain::problem::Problem;
use crate::domain::reading;
use crate::domain::record::Content;
use crate::locale::{Locale, Message};

use super::lines::{self, Item};
use super::{Global, context, exit, out};

/// How many records are written together, at most: a write to the disk for each would be slow, and a bigger batch is no faster.
const BATCH: usize = 1_000;

/// Arguments of `record add`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A JSON document, a list of them, or JSON Lines; `-` for standard input
    #[arg(value_name = "FILE", required_unless_present = "template")]
    file: Option<PathBuf>,
    /// Why they are entered, for the journal
    #[arg(long, default_value = "", value_name = "TEXT")]
    purpose: String,
    /// The second officer who approves them with the entry; without it they wait for approval
    #[arg(long, value_name = "NAME")]
    approved_by: Option<String>,
    /// Write the refused rows to this file, to be mended and added again
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    /// Print an example of a record and stop
    #[arg(long)]
    template: bool,
}

/// What became of a row, as `--json` prints it.
#[derive(Serialize)]
struct Report<'a> {
    line: u64,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<DocId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rev: Option<&'a str>,
    problems: &'a [Problem],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    passed_over: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<&'a str>,
}

/// A row that was read and waits for the desk.
struct Row {
    item: Item,
    unreadable: Vec<Problem>,
    passed_over: Vec<String>,
}

pub(super) fn run(global: &Global, args: &Args) -> anyhow::Result<ExitCode> {
    if args.template {
        out::raw(crate::desk::TEMPLATE.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let file = args.file.clone().unwrap_or_else(|| PathBuf::from("-"));
    let desk = context::open(global)?;
    let items = lines::read(&file).map_err(|fault| {
        anyhow::anyhow!(
            Message::new("cli-fault-reading-failed")
                .with("path", file.display().to_string())
                .with("fault", fault.to_string())
        )
    })?;
    let refused = args.refused.as_ref().map(File::create).transpose()?;
    let mut adding =
        Adding { desk: &desk, args, json: global.json, locale: Locale::english(), refused, counts: (0, 0) };
    while let Some(batch) = next_batch(&items) {
        adding.batch(batch, &file.display().to_string())?;
    }
    let (saved, refused) = adding.counts;
    if !global.json {
        out::line(
            adding.locale.text("cli-added", &[("saved", saved.into()), ("refused", refused.into())]).as_str(),
        )?;
    }
    desk.finish()?;
    Ok(if refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(exit::REFUSED) })
}

/// What has been read so far, at least one row: a slow sender is acknowledged row by row, a fast one in batches.
fn next_batch(items: &Receiver<Item>) -> Option<Vec<Item>> {
    let mut batch = vec![items.recv().ok()?];
    while batch.len() < BATCH {
        match items.try_recv() {
            Ok(item) => batch.push(item),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
        }
    }
    Some(batch)
}

struct Adding<'a> {
    desk: &'a Desk,
    args: &'a Args,
    json: bool,
    locale: Locale,
    refused: Option<File>,
    counts: (u64, u64),
}

impl Adding<'_> {
    fn batch(&mut self, items: Vec<Item>, from: &str) -> anyhow::Result<()> {
        let mut rows = Vec::with_capacity(items.len());
        let mut contents: Vec<Content> = Vec::with_capacity(items.len());
        for mut item in items {
            let value = std::mem::replace(&mut item.value, Ok(serde_json::Value::Null));
            match value {
                Ok(value) => {
                    let read = reading::content(value);
                    if read.problems.is_empty() {
                        contents.push(read.content);
                    }
                    rows.push(Row { item, unreadable: read.problems, passed_over: read.passed_over });
                }
                Err(fault) => {
                    item.value = Err(fault);
                    rows.push(Row { item, unreadable: Vec::new(), passed_over: Vec::new() });
                }
            }
        }
        let approval = match &self.args.approved_by {
            Some(name) => Approval::By(Officer(name.clone())),
            None => Approval::Awaited,
        };
        let outcomes = self.desk.enter_many(contents, "import", from, &approval, &self.args.purpose)?;
        let mut outcomes = outcomes.into_iter();
        for row in rows {
            let readable = row.item.value.is_ok() && row.unreadable.is_empty();
            let outcome = if readable { outcomes.next() } else { None };
            self.tell(&row, outcome.as_ref())?;
        }
        std::io::stdout().flush()?;
        Ok(())
    }

    fn tell(&mut self, row: &Row, outcome: Option<&Outcome>) -> anyhow::Result<()> {
        let line = row.item.line;
        let mut report = Report {
            line,
            status: "refused",
            id: None,
            number: None,
            rev: None,
            problems: &row.unreadable,
            passed_over: &row.passed_over,
            fault: row.item.value.as_ref().err().map(String::as_str),
        };
        match outcome {
            Some(Outcome::Saved(entered)) => {
                self.counts.0 += 1;
                report.status = "saved";
                report.id = Some(entered.record.id);
                report.number = Some(&entered.record.number);
                report.rev = Some(&entered.rev.0);
                report.problems = &entered.warnings;
            }
            Some(Outcome::Refused(problems)) => report.problems = problems,
            None => {}
        }
        if report.status == "refused" {
            self.counts.1 += 1;
            if let Some(file) = &mut self.refused {
                writeln!(file, "{}", row.item.text.trim_end())?;
            }
        }
        if self.json { out::json(&report) } else { self.say(&report) }
    }

    fn say(&self, report: &Report<'_>) -> anyhow::Result<()> {
        let line = ("line", report.line.into());
        if let Some(number) = report.number {
            out::line(self.locale.text("cli-saved", &[line, ("number", number.into())]).as_str())?;
        } else {
            out::line(self.locale.text("cli-refused", &[line]).as_str())?;
        }
        if let Some(fault) = report.fault {
            out::line(self.locale.text("cli-not-json", &[("fault", fault.into())]).as_str())?;
        }
        for problem in report.problems {
            out::line(&format!(
                "  {} {}: {}",
                problem.rule,
                problem.path,
                self.locale.say(&Message::from(problem)).as_str()
            ))?;
        }
        if !report.passed_over.is_empty() {
            let names = report.passed_over.join(", ");
            out::line(self.locale.text("cli-passed-over", &[("names", names.into())]).as_str())?;
        }
        Ok(())
    }
}
