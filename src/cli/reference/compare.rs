//! `reference compare`: entries side by side, with the facts that differ.

use serde_json::json;

use crate::desk::Table;
use crate::locale::Locale;
use crate::reference::compare::{CardFact, Difference};

use super::super::out;

/// A value longer than this is clipped in the columns; `--json` has it whole.
const WIDEST: usize = 44;

/// Arguments of `reference compare`.
#[derive(Debug, clap::Args)]
pub(in super::super) struct Args {
    /// Their identifiers, as `reference search` prints them
    #[arg(required = true, num_args = 2..)]
    ids: Vec<String>,
}

pub(super) fn run(table: &Table, args: &Args, json: bool) -> anyhow::Result<()> {
    let (entries, comparison) = table.compare(&args.ids)?;
    if json {
        let ids: Vec<_> = entries.iter().map(|entry| &entry.id).collect();
        return out::json(&json!({ "ids": ids, "facts": comparison.facts, "tells": comparison.tells }));
    }
    let locale = Locale::english();
    let unknown = locale.plain("unknown");
    let mut rows = Vec::new();
    for compared in &comparison.facts {
        let said = |values: &Vec<String>| {
            if values.is_empty() {
                return unknown.as_str().to_owned();
            }
            let word = |value: &String| match compared.fact {
                CardFact::Type => locale.word("type", value).as_str().to_owned(),
                CardFact::Action => locale.word("action", value).as_str().to_owned(),
                _ => value.clone(),
            };
            clipped(&values.iter().map(word).collect::<Vec<_>>().join(", "))
        };
        let mark = match compared.difference {
            Difference::Differs => "!",
            Difference::Partly => "~",
            Difference::Same => "=",
            Difference::Unknown => "?",
        };
        let mut row = vec![mark.to_owned(), locale.word("fact", compared.fact.id()).as_str().to_owned()];
        row.extend(compared.values.iter().map(said));
        rows.push(row);
    }
    out::table(&rows)?;
    for tell in &comparison.tells {
        let facts = [
            ("of", tell.of.as_str().into()),
            ("from", tell.from.as_str().into()),
            ("tell", tell.tell.as_str().into()),
        ];
        out::line(locale.text("cli-tell", &facts).as_str())?;
    }
    out::line(locale.plain("cli-compare-marks").as_str())?;
    Ok(())
}

fn clipped(text: &str) -> String {
    if text.chars().count() <= WIDEST {
        return text.to_owned();
    }
    text.chars().take(WIDEST - 1).chain(['…']).collect()
}
