//! `reference search`: what a text finds.

use serde_json::{Value, json};

use crate::desk::Table;
use crate::locale::Locale;
use crate::reference::Reference;
use crate::reference::search::{Filters, Hit};

use super::super::out;
use super::{calibres, countries};

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
