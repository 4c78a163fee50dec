//! `reference`: the table of firearms, searched and shown.

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::desk::{DeskError, Table};
use crate::locale::Locale;
use crate::reference::search::{Filters, Hit};
use crate::reference::{Entry, Reference};

use super::{Global, exit, out};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find entries by anything stamped or said: make, model, nickname, calibre, a whole sentence
    Search {
        /// The text
        #[arg(required = true)]
        text: Vec<String>,
        /// How many at most
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// One entry, with all that is known of it
    Show {
        /// Its identifier, as `reference search` prints it
        id: String,
    },
    /// Read and cross-check every file of the table
    Check,
}

pub(super) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let table = Table::default();
    match command {
        Command::Search { text, limit } => search(&table, &text.join(" "), limit, global.json)?,
        Command::Show { id } => show(&table.reference(), &id, global.json)?,
        Command::Check => return check(&table.reference(), global.json),
    }
    Ok(ExitCode::SUCCESS)
}

fn search(table: &Table, text: &str, limit: usize, json: bool) -> anyhow::Result<()> {
    let index = table.index();
    let results = index.search(text, &Filters::default(), limit);
    let reference = index.reference();
    if json {
        let found: Vec<Value> = results.hits.iter().map(|hit| found(hit, reference)).collect();
        return out::json(&found);
    }
    let locale = Locale::english();
    let rows: Vec<Vec<String>> = results
        .hits
        .iter()
        .map(|hit| {
            let entry = &hit.entry;
            let kind = entry.firearm_type.map_or("unknown", |kind| kind.id());
            vec![
                entry.make.to_string(),
                entry.model.clone(),
                locale.word("type", kind).as_str().to_owned(),
                calibres(entry, reference).join(", "),
                countries(entry).join(" "),
                entry.id.as_str().to_owned(),
            ]
        })
        .collect();
    out::table(&rows)?;
    out::line(
        locale.text("cli-listed", &[("shown", rows.len().into()), ("total", results.total.into())]).as_str(),
    )?;
    if let Some(serial) = &results.serial {
        out::line(locale.text("cli-serial-found", &[("serial", serial.text.as_str().into())]).as_str())?;
    }
    Ok(())
}

fn found(hit: &Hit, reference: &Reference) -> Value {
    let entry = &hit.entry;
    json!({
        "id": entry.id.as_str(),
        "make": entry.make.as_ref(),
        "model": entry.model,
        "aliases": entry.aliases,
        "type": entry.firearm_type,
        "action": entry.action,
        "calibres": calibres(entry, reference),
        "country": countries(entry).first(),
        "countries": countries(entry),
        "source": entry.source.to_string(),
        "score": hit.score,
        "reasons": hit.reasons,
    })
}

fn show(reference: &Reference, id: &str, json: bool) -> anyhow::Result<()> {
    let Some(entry) = reference.entry(id) else {
        return Err(DeskError::NoEntry(id.to_owned()).into());
    };
    let mut value = serde_json::to_value(entry.as_ref())?;
    value["calibres"] = json!(calibres(entry, reference));
    if json {
        return out::json(&value);
    }
    let Value::Object(members) = value else { bail!("the entry {id} is not an object") };
    let mut rows = Vec::new();
    for (name, value) in members {
        let text = match value {
            Value::Null => continue,
            Value::String(text) if text.is_empty() => continue,
            Value::Array(list) if list.is_empty() => continue,
            Value::String(text) => text,
            Value::Array(list) => list
                .iter()
                .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
                .collect::<Vec<_>>()
                .join(", "),
            other => other.to_string(),
        };
        rows.push(vec![name, text]);
    }
    out::table(&rows)?;
    Ok(())
}

fn check(reference: &Reference, json: bool) -> anyhow::Result<ExitCode> {
    let faults = reference.check();
    if json {
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        out::json(&json!({ "entries": reference.entries().len(), "faults": told }))?;
    } else {
        for fault in &faults {
            out::line(&fault.to_string())?;
        }
        let facts = [
            ("entries", reference.entries().len().into()),
            ("makes", reference.makes().all().len().into()),
            ("calibres", reference.calibres().all().len().into()),
            ("faults", faults.len().into()),
        ];
        out::line(Locale::english().text("cli-reference-checked", &facts).as_str())?;
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(exit::REFUSED) })
}

fn calibres(entry: &Entry, reference: &Reference) -> Vec<String> {
    let name = |id| reference.calibres().get(id).map(|calibre| calibre.name.clone());
    entry.calibres.iter().filter_map(name).collect()
}

fn countries(entry: &Entry) -> Vec<String> {
    entry.countries.iter().map(|code| code.as_str().to_owned()).collect()
}
