//! `reference identify`: what it may be, from what can be seen.

use std::io::{self, IsTerminal as _};

use serde_json::{Value, json};

use crate::desk::{Given, Identified, Table};
use crate::locale::Locale;
use crate::reference::identify::Question;
use crate::reference::{Entry, Reference};

use super::super::out;
use super::{ask, calibres, countries, quoted};

/// How many answers of a question are printed.
const MOST_ANSWERS: usize = 12;

/// Arguments of `reference identify`.
#[derive(Debug, clap::Args)]
pub(in super::super) struct Args {
    /// What kind of firearm: `pistol_semi`, `rifle_bolt` …
    #[arg(long = "type", value_name = "TYPE")]
    firearm_type: Option<String>,
    /// How it is loaded and fired: `semi_auto`, `bolt` …
    #[arg(long)]
    action: Option<String>,
    /// The calibre, in any spelling
    #[arg(long, allow_hyphen_values = true)]
    calibre: Option<String>,
    /// How it is fed: `detachable_box`, `cylinder`, `belt` …
    #[arg(long)]
    feed: Option<String>,
    /// Where it was made, as stamped or in any language
    #[arg(long)]
    country: Option<String>,
    /// A text that is stamped on it; may be given several times
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    stamp: Vec<String>,
    /// How many entries at most
    #[arg(long, default_value_t = 20)]
    limit: usize,
}

pub(super) fn run(table: &Table, args: &Args, json: bool) -> anyhow::Result<()> {
    let given = given(args);
    if given.is_empty() && !json && io::stdin().is_terminal() && io::stdout().is_terminal() {
        return ask::run(table, args.limit);
    }
    let found = table.identify(&given)?;
    let reference = table.reference();
    if json {
        let one = |entry: &Entry| {
            json!({
                "id": entry.id,
                "make": entry.make.as_ref(),
                "model": entry.model,
                "type": entry.firearm_type,
                "calibres": calibres(entry, &reference),
                "countries": countries(entry),
                "source": entry.source.to_string(),
            })
        };
        let rows = |entries: &[std::sync::Arc<Entry>]| -> Vec<Value> {
            entries.iter().take(args.limit).map(|entry| one(entry)).collect()
        };
        return out::json(&json!({
            "understood": found.understood,
            "left": found.cards.len(),
            "cards": rows(&found.cards),
            "beside_left": found.beside.len(),
            "beside": rows(&found.beside),
            "questions": found.questions,
        }));
    }
    say(&found, args.limit, &reference)
}

/// An entry in a table.
fn row(entry: &Entry, reference: &Reference) -> Vec<String> {
    vec![
        entry.make.to_string(),
        entry.model.clone(),
        calibres(entry, reference).join(", "),
        countries(entry).join(" "),
        entry.id.to_string(),
    ]
}

/// What an answer is called: words of a vocabulary have a name of their own; calibres, countries and makes are said as they are.
pub(super) fn named(question: Question, name: &str, locale: &Locale) -> String {
    match question {
        Question::Type | Question::Action | Question::Feed => {
            locale.word(question.id(), name).as_str().to_owned()
        }
        Question::Calibre | Question::Country | Question::Stamp => name.to_owned(),
    }
}

/// Answers as the command line takes them.
pub(super) fn options(given: &[Given]) -> Vec<String> {
    given.iter().map(|answer| format!("--{} {}", answer.question, quoted(&answer.words))).collect()
}

/// The answers that were given, in the order of the questions.
fn given(args: &Args) -> Vec<Given> {
    let one = |question, words: &Option<String>| words.clone().map(|words| Given { question, words });
    let single = [
        one(Question::Type, &args.firearm_type),
        one(Question::Action, &args.action),
        one(Question::Calibre, &args.calibre),
        one(Question::Feed, &args.feed),
        one(Question::Country, &args.country),
    ];
    let stamps = args.stamp.iter().map(|words| Given { question: Question::Stamp, words: words.clone() });
    single.into_iter().flatten().chain(stamps).collect()
}

fn say(found: &Identified, limit: usize, reference: &Reference) -> anyhow::Result<()> {
    let locale = Locale::english();
    for answer in &found.understood {
        let meant: Vec<String> =
            answer.meant.iter().map(|meant| named(answer.question, meant, &locale)).collect();
        let key = if meant.is_empty() { "cli-cannot-tell" } else { "cli-understood" };
        let facts = [
            ("question", (&locale.word("question", answer.question.id())).into()),
            ("meant", meant.join(", ").into()),
            ("left", answer.left.into()),
        ];
        out::line(locale.text(key, &facts).as_str())?;
    }
    for entries in [&found.cards, &found.beside] {
        out::table(&entries.iter().take(limit).map(|entry| row(entry, reference)).collect::<Vec<_>>())?;
    }
    let facts = [("left", found.cards.len().into()), ("beside", found.beside.len().into())];
    out::line(locale.text("cli-identified", &facts).as_str())?;
    let Some(next) = found.questions.first().filter(|_| found.cards.len() > 1) else { return Ok(()) };
    let facts = [
        ("question", (&locale.word("ask", next.question.id())).into()),
        ("expected", (next.expected.round() as u64).into()),
        ("option", next.question.id().into()),
    ];
    out::line(locale.text("cli-ask", &facts).as_str())?;
    let answers = next.answers.iter().take(MOST_ANSWERS);
    let rows: Vec<Vec<String>> = answers
        .map(|answer| {
            vec![
                format!("  {}", answer.leaves),
                named(next.question, &answer.name, &locale),
                format!("--{} {}", next.question.id(), quoted(&answer.words)),
            ]
        })
        .collect();
    out::table(&rows)?;
    Ok(())
}
