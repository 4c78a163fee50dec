//! What an import would do, or did, as lines of text: as many as it takes, to be scrolled.

use crate::app::theme::Scope;
use crate::desk::editions::{Preview, delimiter_id};
use crate::locale::{Arg, Locale, Text};

use super::{ImportScreen, Looked, Stage};

/// The room of a heading beside what is read of its column.
const HEADING: u16 = 36;

/// A line, and how it looks.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportLine {
    /// What stands at the left.
    pub text: Text,
    /// How it looks.
    pub scope: Scope,
    /// What stands beside it, from which column on.
    pub beside: Option<(u16, Text)>,
}

impl ImportScreen {
    /// The lines in so many columns; none before a list was looked at.
    pub fn lines(&self, locale: &Locale, width: u16) -> Vec<ImportLine> {
        let (looked, key) = match &self.stage {
            Stage::Preview(looked) => (looked.as_ref(), "import-would"),
            Stage::Done(imported) => (&imported.looked, "import-did"),
            _ => return Vec::new(),
        };
        let mut lines = Lines { found: Vec::new(), width: width.saturating_sub(2) };
        let facts = facts(&looked.preview, locale);
        lines.say(&locale.text(key, &facts), Scope::Heading);
        lines.say(&locale.text("import-list-is", &facts), Scope::Text);
        if let Some(name) = &looked.preview.mapping {
            lines.say(&locale.text("import-mapping", &[("name", name.as_str().into())]), Scope::Text);
        }
        lines.blank();
        let tally = &looked.preview.tally;
        if tally.models > 0 {
            lines.say(&locale.text("import-models", &facts), Scope::Text);
        }
        if tally.codes > 0 {
            lines.say(&locale.text("import-codes", &facts), Scope::Text);
        }
        if tally.models + tally.codes == 0 {
            lines.say(&locale.plain("import-no-row"), Scope::Warning);
        }
        if let Stage::Done(imported) = &self.stage {
            lines.blank();
            let said = match &imported.refused_file {
                Some(file) => {
                    locale.text("import-refused-file", &[("file", file.display().to_string().into())])
                }
                None => locale.plain("import-none-refused"),
            };
            lines.say(&said, Scope::Info);
        }
        lines.blank();
        refused(looked, locale, &mut lines);
        lines.blank();
        lines.say(&locale.plain("import-columns"), Scope::Heading);
        for column in &looked.preview.columns {
            let heading = match column.heading.trim() {
                "" => locale.plain("mapping-no-heading"),
                heading => Text::foreign(heading),
            };
            let meaning = match column.meaning {
                "" => locale.plain("import-not-read"),
                meaning => Text::foreign(meaning),
            };
            let at = HEADING.min(lines.width / 2);
            let text = heading.clipped(at.saturating_sub(1));
            lines.found.push(ImportLine { text, scope: Scope::Text, beside: Some((at, meaning)) });
        }
        lines.found
    }
}

/// How many rows are refused, and the reasons of the first of them.
fn refused(looked: &Looked, locale: &Locale, lines: &mut Lines) {
    let facts = facts(&looked.preview, locale);
    lines.say(&locale.text("import-refused", &facts), Scope::Text);
    for (line, reason) in &looked.refused {
        let args = [("line", Arg::from(*line)), ("reason", Arg::from(reason.as_str()))];
        lines.say(&locale.text("import-refused-row", &args), Scope::Warning);
    }
    let more = looked.preview.tally.refused.saturating_sub(looked.refused.len() as u64);
    if more > 0 {
        lines.say(&locale.text("import-more-refused", &[("count", more.into())]), Scope::Muted);
    }
}

struct Lines {
    found: Vec<ImportLine>,
    width: u16,
}

impl Lines {
    fn say(&mut self, text: &Text, scope: Scope) {
        let wrapped = text.wrapped(self.width).into_iter();
        self.found.extend(wrapped.map(|text| ImportLine { text, scope, beside: None }));
    }

    fn blank(&mut self) {
        self.found.push(ImportLine { text: Text::EMPTY, scope: Scope::Text, beside: None });
    }
}

fn facts(preview: &Preview, locale: &Locale) -> Vec<(&'static str, Arg)> {
    let tally = &preview.tally;
    let delimiter = locale.word("delimiter", delimiter_id(preview.delimiter));
    vec![
        ("file", preview.file.display().to_string().into()),
        ("kind", preview.kind.id().into()),
        ("encoding", preview.encoding.to_string().into()),
        ("delimiter", (&delimiter).into()),
        ("name", preview.name.as_str().into()),
        ("rows", tally.rows.into()),
        ("models", tally.models.into()),
        ("new", tally.new.into()),
        ("linked", tally.linked.into()),
        ("makes", tally.known_makes.into()),
        ("codes", tally.codes.into()),
        ("known", tally.known_codes.into()),
        ("refused", tally.refused.into()),
    ]
}
