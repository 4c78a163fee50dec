//! `reference show`: all that is known of one entry, and a serial number held against it.

use anyhow::bail;
use serde_json::{Value, json};

use crate::desk::{Card, RangeReading, SerialReading, Similar, Table};
use crate::locale::{Arg, Locale, Message};
use crate::reference::serial_range::Likeness;

use super::super::out;

/// Arguments of `reference show`.
#[derive(Debug, clap::Args)]
pub(in super::super) struct Args {
    /// Its identifier, as `reference search` prints it
    id: String,
    /// A serial number as stamped: has it this model's shape, and which year does it say?
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    serial: Option<String>,
}

pub(super) fn run(table: &Table, args: &Args, json: bool) -> anyhow::Result<()> {
    let card = table.card(&args.id)?;
    let serial = args.serial.as_ref().map(|serial| table.serial_on(&args.id, serial)).transpose()?;
    let mut value = serde_json::to_value(card.entry.as_ref())?;
    value["calibres"] = json!(card.calibres);
    value["linked"] = json!(card.linked);
    value["ranges"] = json!(card.ranges);
    value["codes"] = json!(card.codes);
    if json {
        if let Some(serial) = &serial {
            value["serial_tested"] = serde_json::to_value(serial)?;
        }
        value["lookalikes"] = json!(card.lookalikes);
        return out::json(&value);
    }
    let Value::Object(members) = value else {
        bail!(Message::new("cli-fault-entry-no-object").with("id", args.id.as_str()))
    };
    let pointed = ["lookalikes", "linked", "codes", "same_as", "as_read"];
    let mut rows: Vec<Vec<String>> = members
        .into_iter()
        .filter(|(name, _)| !pointed.contains(&name.as_str()))
        .filter_map(|(name, value)| Some(vec![name, said(&value)?]))
        .collect();
    rows.extend(around(&card));
    out::table(&rows)?;
    if let Some(serial) = &serial {
        say_serial(serial)?;
    }
    Ok(())
}

/// A value as one reads it; `None` where it is unknown.
fn said(value: &Value) -> Option<String> {
    let joined = |parts: Vec<String>| (!parts.is_empty()).then(|| parts.join(", "));
    match value {
        Value::Null => None,
        Value::String(text) => (!text.is_empty()).then(|| text.clone()),
        Value::Array(list) => joined(list.iter().filter_map(said).collect()),
        Value::Object(members) => joined(
            members.iter().filter_map(|(name, value)| Some(format!("{name} {}", said(value)?))).collect(),
        ),
        other => Some(other.to_string()),
    }
}

fn around(card: &Card) -> Vec<Vec<String>> {
    let other = |label: &str, similar: &Similar| {
        let tell = if similar.tell.is_empty() { String::new() } else { format!(": {}", similar.tell) };
        vec![label.to_owned(), format!("{} ({}){tell}", similar.name, similar.id)]
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    rows.extend(
        card.entry
            .details()
            .as_read
            .iter()
            .map(|(heading, words)| vec!["as_read".to_owned(), format!("{heading}: {words}")]),
    );
    rows.extend(card.lookalikes.iter().map(|like| other("lookalike", like)));
    rows.extend(card.same_as.iter().map(|same| other("same_as", same)));
    rows.extend(card.linked.iter().map(|linked| other("linked", linked)));
    rows.extend(
        card.codes
            .iter()
            .map(|code| vec!["code".to_owned(), format!("{} {} ({})", code.code, code.name, code.edition)]),
    );
    rows
}

fn say_serial(serial: &SerialReading) -> anyhow::Result<()> {
    let locale = Locale::english();
    let fits = match serial.fits {
        Some(true) => "cli-serial-fits",
        Some(false) => "cli-serial-does-not-fit",
        None => "cli-serial-shape-unknown",
    };
    let facts = [
        ("serial", serial.serial.as_str().into()),
        ("examples", serial.examples.join(", ").into()),
        ("count", serial.examples.len().into()),
    ];
    out::line(locale.text(fits, &facts).as_str())?;
    for dated in &serial.dated {
        let facts = [("years", spans(&dated.years).into()), ("system", dated.name.as_str().into())];
        out::line(locale.text("cli-serial-dated", &facts).as_str())?;
    }
    for (at, ranged) in serial.ranged.iter().enumerate() {
        say_range(ranged, &locale)?;
        // A table is explained once, behind its last range.
        if serial.ranged.get(at + 1).is_none_or(|next| next.table != ranged.table) {
            explain(ranged, &locale)?;
        }
    }
    if !serial.outside.is_empty() {
        let tables = [("tables", serial.outside.join(", ").into())];
        out::line(locale.text("card-range-outside", &tables).as_str())?;
    }
    if serial.dated.is_empty() && serial.ranged.is_empty() {
        let made = serial.made.as_deref().unwrap_or_default();
        let key = if made.is_empty() { "cli-serial-not-dated" } else { "cli-serial-made" };
        out::line(locale.text(key, &[("years", made.into())]).as_str())?;
    }
    if let Some(model) = &serial.names_model {
        out::line(locale.text("cli-serial-names-model", &[("model", model.as_str().into())]).as_str())?;
    }
    Ok(())
}

fn say_range(ranged: &RangeReading, locale: &Locale) -> anyhow::Result<()> {
    let years = [("years", Arg::from(spans(&[ranged.years])))];
    let kind = locale.text(&format!("range-kind-{}", ranged.kind.id()), &years);
    let (key, maker) = match &ranged.maker {
        Some(maker) => ("cli-serial-ranged-maker", maker.as_str()),
        None => ("cli-serial-ranged", ""),
    };
    let facts = [
        ("kind", Arg::from(&kind)),
        ("maker", maker.into()),
        ("first", ranged.range.0.as_str().into()),
        ("last", ranged.range.1.as_str().into()),
        ("table", ranged.name.as_str().into()),
    ];
    out::line(locale.text(key, &facts).as_str())?;
    let read_as = [("number", Arg::from(ranged.read_as.as_str()))];
    match ranged.likeness {
        Likeness::AsStamped => {}
        Likeness::Folded => out::line(locale.text("card-range-folded", &read_as).as_str())?,
        Likeness::Misread => out::line(locale.text("card-range-misread", &read_as).as_str())?,
    }
    Ok(())
}

fn explain(ranged: &RangeReading, locale: &Locale) -> anyhow::Result<()> {
    for (key, text) in [("cli-range-note", ranged.note.as_ref()), ("cli-range-source", Some(&ranged.source))]
    {
        if let Some(text) = text {
            out::line(locale.text(key, &[("text", text.as_str().into())]).as_str())?;
        }
    }
    Ok(())
}

fn spans(years: &[(i16, i16)]) -> String {
    let span = |(first, last): &(i16, i16)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    years.iter().map(span).collect::<Vec<_>>().join(", ")
}
