//! `record`: list, show, search, and the acts of a record's life.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use serde_json::Value;

use crate::desk::{Closing, Desk, DeskError, Entered, ListQuery, RecordRow, RecordView, SortKey};
use crate::domain::officer::Officer;
use crate::domain::reading;
use crate::domain::time::parse_day;
use crate::locale::{Locale, Message};
use crate::store::Revision;

use super::{Global, add, context, out};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Enter records from JSON or JSON Lines
    Add(add::Args),
    /// List records, all or those that answer a query
    List(ListArgs),
    /// One record with its history and what is related to it
    Show {
        /// Its number or identifier
        record: String,
    },
    /// Change what a record says
    Amend(AmendArgs),
    /// Say that a record was entered in error
    Cancel(ReasonArgs),
    /// Approve what another officer entered (name yourself with --officer)
    Approve {
        /// Its number or identifier
        record: String,
        /// Anything to note with the approval
        #[arg(long, default_value = "", value_name = "TEXT")]
        purpose: String,
    },
    /// Say where the firearm was found by another agency
    Locate(ReasonArgs),
    /// Close a record whose firearm was found
    Close {
        /// Its number or identifier
        record: String,
        /// What became of the firearm: returned, evidence, destroyed
        #[arg(long, value_name = "WHAT")]
        r#as: Closing,
        /// Why; kept in the journal
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Keep a record for a further period after its review
    Extend {
        /// Its number or identifier
        record: String,
        /// The day of the next review, YYYY-MM-DD
        #[arg(long, value_name = "DATE")]
        until: String,
        /// Why; kept in the journal
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Search everything recorded: make:zastava stolen since:2024 "rue haute"
    Search(ListArgs),
}

/// Arguments of `record list` and `record search`.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// The query
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// How many at most
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// How many to pass over first
    #[arg(long, default_value_t = 0)]
    offset: usize,
    /// By which column: relevance, entered, date, number, make, model, state, country, review
    #[arg(long, value_name = "COLUMN", value_parser = sort_key)]
    sort: Option<SortKey>,
    /// The other way round
    #[arg(long)]
    reverse: bool,
}

/// Arguments of `record amend`.
#[derive(Debug, clap::Args)]
pub(super) struct AmendArgs {
    /// Its number or identifier
    record: String,
    /// A file with the whole new content as JSON, `-` for standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// One field: its path and its value as JSON or plain text, such as firearm.model=M70
    #[arg(long = "set", value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Why; kept in the journal
    #[arg(long, value_name = "TEXT")]
    purpose: String,
    /// The revision that was read: another one meanwhile is a conflict
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ReasonArgs {
    /// Its number or identifier
    record: String,
    /// Why; kept in the journal
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// The column of a name.
fn sort_key(name: &str) -> Result<SortKey, String> {
    Ok(match name {
        "relevance" => SortKey::Relevance,
        "entered" => SortKey::Entered,
        "date" => SortKey::EventDate,
        "number" => SortKey::Number,
        "make" => SortKey::Make,
        "model" => SortKey::Model,
        "state" => SortKey::State,
        "country" => SortKey::Country,
        "review" => SortKey::Review,
        other => return Err(Message::new("cli-fault-no-column").with("given", other).to_string()),
    })
}

pub(super) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    if let Command::Add(args) = command {
        return add::run(global, &args);
    }
    let desk = context::open(global)?;
    let json = global.json;
    match command {
        Command::Add(_) => {}
        Command::List(args) | Command::Search(args) => list(&desk, &args, json)?,
        Command::Show { record } => show(&desk.record(&record)?, json)?,
        Command::Amend(args) => said(&amend(&desk, args)?, json)?,
        Command::Cancel(args) => said(&desk.cancel(&args.record, &args.reason)?, json)?,
        Command::Approve { record, purpose } => {
            let approver: Officer = desk.officer().clone();
            said(&desk.approve(&record, &approver, &purpose)?, json)?;
        }
        Command::Locate(args) => said(&desk.locate(&args.record, &args.reason)?, json)?,
        Command::Close { record, r#as, reason } => said(&desk.close(&record, r#as, &reason)?, json)?,
        Command::Extend { record, until, reason } => {
            let day = parse_day(&until)
                .with_context(|| Message::new("cli-fault-bad-day").with("given", until.as_str()))?;
            said(&desk.extend(&record, day, &reason)?, json)?;
        }
    }
    desk.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn list(desk: &Desk, args: &ListArgs, json: bool) -> anyhow::Result<()> {
    let locale = Locale::english();
    let query = ListQuery { text: args.query.join(" "), sort: args.sort, reverse: args.reverse };
    let listing = desk.list(&query)?;
    for problem in &listing.problems {
        out::error_line(locale.say(problem).as_str());
    }
    let rows = desk.rows(&listing.ids(args.offset..args.offset.saturating_add(args.limit))?)?;
    if json {
        out::json(&rows)?;
        return Ok(());
    }
    let cells: Vec<Vec<String>> = rows.iter().map(|row| columns(row, &locale)).collect();
    out::table(&cells)?;
    let facts = [("shown", rows.len().into()), ("total", listing.total().into())];
    out::line(locale.text("cli-listed", &facts).as_str())?;
    Ok(())
}

fn columns(row: &RecordRow, locale: &Locale) -> Vec<String> {
    let word = |kind: &str, id: Option<&str>| locale.word(kind, id.unwrap_or("unknown")).as_str().to_owned();
    vec![
        row.number.clone(),
        word("reason", row.reason.map(super::super::domain::record::RecordReason::id)),
        word("state", Some(row.state.id())),
        format!("{} {}", row.make, row.model),
        row.calibre.clone(),
        row.serial.clone(),
        row.date.to_string(),
        row.country.map(|country| country.to_string()).unwrap_or_default(),
        row.place.clone(),
    ]
}

fn show(view: &RecordView, json: bool) -> anyhow::Result<()> {
    if json {
        return out::json(view);
    }
    let locale = Locale::english();
    let mut fields = Vec::new();
    flatten("", &serde_json::to_value(&view.record)?, &mut fields);
    out::table(&fields)?;
    out::line("")?;
    for change in &view.history {
        out::line(&format!(
            "{}  {}  {}  {}  {}",
            change.seq, change.at, change.officer, change.act, change.purpose
        ))?;
        for field in &change.fields {
            let unknown = || locale.plain("unknown").as_str().to_owned();
            let old = field.old.clone().unwrap_or_else(unknown);
            let new = field.new.clone().unwrap_or_else(unknown);
            out::line(&format!("    {}: {old} -> {new}", field.path))?;
        }
    }
    for row in &view.related {
        let facts = [("number", row.number.as_str().into()), ("make", row.make.as_str().into())];
        out::line(locale.text("cli-related", &facts).as_str())?;
    }
    Ok(())
}

/// A document as lines of path and value.
fn flatten(path: &str, value: &Value, into: &mut Vec<Vec<String>>) {
    let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| flatten(&join(name), value, into)),
        Value::Array(rows) => {
            rows.iter().enumerate().for_each(|(at, value)| flatten(&format!("{path}[{at}]"), value, into));
        }
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => into.push(vec![path.to_owned(), text.clone()]),
        other => into.push(vec![path.to_owned(), other.to_string()]),
    }
}

fn amend(desk: &Desk, args: AmendArgs) -> anyhow::Result<Entered> {
    let view = desk.record(&args.record)?;
    let mut value = match &args.file {
        None if args.set.is_empty() => bail!(Message::new("cli-fault-nothing-to-change")),
        None => serde_json::to_value(&view.record.content)?,
        Some(file) => {
            let text = if file.as_os_str() == "-" {
                std::io::read_to_string(std::io::stdin())?
            } else {
                std::fs::read_to_string(file).with_context(|| {
                    Message::new("cli-fault-reading").with("path", file.display().to_string())
                })?
            };
            serde_json::from_str(&text).with_context(|| {
                Message::new("cli-fault-not-json").with("path", file.display().to_string())
            })?
        }
    };
    for assignment in &args.set {
        let Some((path, text)) = assignment.split_once('=') else {
            bail!(Message::new("cli-fault-bad-assignment").with("given", assignment.as_str()));
        };
        // What reads as JSON is meant so, but a serial of digits only is text like any other.
        let plain = || Value::String(text.to_owned());
        let given: Value = serde_json::from_str(text).unwrap_or_else(|_| plain());
        let was_text = view_at(&value, path).is_none_or(Value::is_string);
        set(&mut value, path, if was_text && given.is_number() { plain() } else { given })?;
    }
    let read = reading::content(value);
    if !read.problems.is_empty() {
        return Err(DeskError::Problems(read.problems).into());
    }
    let rev = args.rev.map_or(view.rev, Revision);
    Ok(desk.amend(&args.record, read.content, Some(rev), &args.purpose)?)
}

fn pointer(path: &str) -> String {
    let steps = path.replace('[', ".").replace(']', "");
    steps.split('.').fold(String::new(), |path, step| path + "/" + step)
}

fn view_at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    value.pointer(&pointer(path))
}

/// Sets the value at a path; the objects above it are made where they are not there.
fn set(value: &mut Value, path: &str, given: Value) -> anyhow::Result<()> {
    if let Some(place) = value.pointer_mut(&pointer(path)) {
        *place = given;
        return Ok(());
    }
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    if !parent.is_empty() && view_at(value, parent).is_none() {
        set(value, parent, Value::Object(serde_json::Map::new()))?;
    }
    let place = if parent.is_empty() { Some(value) } else { value.pointer_mut(&pointer(parent)) };
    match place.and_then(Value::as_object_mut) {
        Some(members) => drop(members.insert(name.to_owned(), given)),
        None => bail!(Message::new("cli-fault-no-field").with("path", path)),
    }
    Ok(())
}

fn said(entered: &Entered, json: bool) -> anyhow::Result<()> {
    if json {
        let mut value = serde_json::to_value(&entered.record)?;
        if let Some(members) = value.as_object_mut() {
            members.insert("rev".into(), Value::String(entered.rev.0.clone()));
            members.insert("warnings".into(), serde_json::to_value(&entered.warnings)?);
        }
        return out::json(&value);
    }
    let locale = Locale::english();
    let state = locale.word("state", entered.record.state.id());
    let facts = [("number", entered.record.number.as_str().into()), ("state", (&state).into())];
    out::line(locale.text("cli-done", &facts).as_str())?;
    for problem in &entered.warnings {
        out::line(&format!(
            "  {} {}: {}",
            problem.rule,
            problem.path,
            locale.say(&Message::from(problem)).as_str()
        ))?;
    }
    Ok(())
}
