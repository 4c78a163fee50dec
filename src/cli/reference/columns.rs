//! What the columns of a list that nobody knows probably say, and the command line that would read it so.

use serde_json::{Value, json};

use crate::desk::editions::ListLook;
use crate::locale::{Locale, Text};
use crate::reference::import::{Column, Mapping};

use super::super::out;
use super::quoted;

/// The proposal as data. `map` holds the options that would read the list so.
pub(super) fn report(look: &ListLook) -> Value {
    let mapping = look.mapping();
    json!({
        "file": look.file,
        "kind": Value::Null,
        "encoding": look.encoding,
        "delimiter": look.delimiter,
        "columns": look.columns,
        "needs": mapping.needs(),
        "map": options(&mapping),
    })
}

/// The proposal for a person: every heading with its first values and what it probably says, what is still needed, and the command.
pub(super) fn say(look: &ListLook) -> anyhow::Result<()> {
    let locale = Locale::english();
    let file = look.file.display().to_string();
    out::line(locale.text("cli-columns-unknown", &[("file", file.as_str().into())]).as_str())?;
    let rows: Vec<Vec<String>> = look
        .columns
        .iter()
        .map(|column| {
            let says = column.meaning.map_or_else(
                || locale.plain("cli-import-not-read").as_str().to_owned(),
                |meaning| format!("{meaning}?"),
            );
            let values = Text::foreign(&column.samples.join(" · ")).clipped(VALUES);
            vec![format!("  {}", column.name), says, values.as_str().to_owned()]
        })
        .collect();
    out::table(&rows)?;
    let mapping = look.mapping();
    let needs = mapping.needs();
    let mut command = vec!["headstamp reference import --preview".to_owned(), quoted(&file)];
    command.extend(options(&mapping).iter().map(|option| {
        // A heading may begin like an option.
        let between = if option.starts_with('-') { '=' } else { ' ' };
        format!("--map{between}{}", quoted(option))
    }));
    if !needs.is_empty() {
        let words: Vec<Text> = needs.iter().map(|column| locale.word("mapping-need", column.id())).collect();
        let facts = [("needs", (&Text::join(&words, ", ")).into())];
        out::line(locale.text("mapping-needs", &facts).as_str())?;
        command.extend(needs.iter().map(|column| format!("--map HEADING={column}")));
    }
    out::line(locale.plain("cli-columns-command").as_str())?;
    out::line(&format!("  {}", command.join(" ")))?;
    let all: Vec<&str> = Column::ALL.iter().map(|column| column.id()).collect();
    out::line(locale.text("cli-columns-meanings", &[("meanings", all.join(", ").into())]).as_str())?;
    Ok(())
}

/// How many cells the first values of a column have.
const VALUES: u16 = 44;

fn options(mapping: &Mapping) -> Vec<String> {
    mapping.columns.iter().map(|(heading, column)| format!("{heading}={column}")).collect()
}
