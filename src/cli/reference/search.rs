//! `reference search`: what a text finds.

use serde_json::{Value, json};

use crate::desk::Table;
use crate::locale::Locale;
use crate::reference::Reference;
use crate::reference::search::{Filters, FoundSerial, Hit};

use super::super::out;
use super::{calibres, countries, quoted};

/// Arguments of `reference search`.
#[derive(Debug, clap::Args)]
pub(in super::super) struct Args {
    /// The text
    #[arg(required = true)]
    text: Vec<String>,
    /// How many at most
    #[arg(long, default_value_t = 20)]
    limit: usize,
}

pub(super) fn run(table: &Table, args: &Args, json: bool) -> anyhow::Result<()> {
    let index = table.index();
    let results = index.search(&args.text.join(" "), &Filters::default(), args.limit);
    let reference = index.reference();
    if json {
        let found: Vec<Value> = results.hits.iter().map(|hit| found(hit, reference)).collect();
        let serial = results.serial.as_ref().map(offered);
        return out::json(&json!({ "total": results.total, "entries": found, "serial": serial }));
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
        let key = if serial.named { "cli-serial-named" } else { "cli-serial-found" };
        let facts = [
            ("serial", serial.text.as_str().into()),
            ("from", serial.from.into()),
            ("to", serial.to.into()),
            ("command", check_command(serial).into()),
        ];
        out::line(locale.text(key, &facts).as_str())?;
    }
    Ok(())
}

/// The serial number that the text holds, where it stands, and the check that is offered.
fn offered(serial: &FoundSerial) -> Value {
    let mut value = json!(serial);
    value["check"] = json!(check_command(serial));
    value
}

/// The check of a number; its purpose is for the person to say.
fn check_command(serial: &FoundSerial) -> String {
    format!("headstamp check {} --purpose TEXT", quoted(&serial.text))
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
