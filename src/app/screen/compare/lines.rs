//! The lines of a comparison: the screen scrolls by them and the view draws them.

use crate::app::theme::Scope;
use crate::locale::{Arg, Locale, Text};
use crate::reference::compare::{CardFact, Compared, Difference};

use super::{CompareScreen, CompareView, mark};

/// Columns of mark and label, with the gap after them.
pub const LABEL: u16 = 18;

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompareLine {
    /// A row of a fact.
    Fact {
        /// How the entries differ; nothing on the rows after a fact's first.
        mark: Text,
        /// The fact's name; empty on the rows after its first.
        label: Text,
        /// What each entry says.
        cells: Vec<Text>,
        /// How it looks.
        scope: Scope,
    },
    /// A sentence from side to side.
    Sentence(Text, Scope),
}

/// How many columns each entry has.
pub const fn column_width(width: u16, entries: usize) -> u16 {
    let entries = if entries == 0 { 1 } else { entries as u16 };
    width.saturating_sub(LABEL) / entries
}

impl CompareScreen {
    /// The lines below the names.
    pub fn lines(&self, locale: &Locale, width: u16) -> Vec<CompareLine> {
        let Some(view) = &self.view else { return Vec::new() };
        let room = column_width(width, view.entries.len()).saturating_sub(2);
        let mut lines = Vec::new();
        let facts = view.comparison.facts.iter();
        let shown = facts.filter(|fact| !matches!(fact.fact, CardFact::Make | CardFact::Model));
        for fact in shown.filter(|fact| !self.only_different || fact.difference != Difference::Same) {
            lines.extend(rows(fact, room, locale));
        }
        lines.extend(tells(view, width, locale));
        lines
    }
}

fn rows(fact: &Compared, room: u16, locale: &Locale) -> Vec<CompareLine> {
    let cells: Vec<Vec<Text>> =
        fact.values.iter().map(|values| value(fact.fact, values, locale).wrapped(room)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let scope = if fact.difference == Difference::Same { Scope::Muted } else { Scope::Text };
    (0..height)
        .map(|row| CompareLine::Fact {
            mark: if row == 0 { Text::mark(mark(fact.difference)) } else { Text::EMPTY },
            label: if row == 0 { locale.plain(&format!("fact-{}", fact.fact)) } else { Text::EMPTY },
            cells: cells.iter().map(|cell| cell.get(row).cloned().unwrap_or_default()).collect(),
            scope,
        })
        .collect()
}

fn value(fact: CardFact, values: &[String], locale: &Locale) -> Text {
    if values.is_empty() {
        return locale.plain("value-unknown");
    }
    let (kind, between) = match fact {
        CardFact::Type => (Some("type"), ", "),
        CardFact::Action => (Some("action"), ", "),
        CardFact::Markings | CardFact::Variants => (None, "; "),
        _ => (None, ", "),
    };
    let word = |value: &String| kind.map_or_else(|| Text::foreign(value), |kind| locale.word(kind, value));
    Text::join(&values.iter().map(word).collect::<Vec<_>>(), between)
}

/// How the cards themselves say to tell the entries apart.
fn tells(view: &CompareView, width: u16, locale: &Locale) -> Vec<CompareLine> {
    let mut lines = vec![CompareLine::Sentence(Text::EMPTY, Scope::Text)];
    lines.push(CompareLine::Sentence(locale.plain("compare-tells"), Scope::Heading));
    let name = |id: &str| {
        let entry = view.entries.iter().find(|entry| entry.id == id);
        entry.map_or_else(|| id.to_owned(), |entry| format!("{} {}", entry.make, entry.model))
    };
    for tell in &view.comparison.tells {
        let args = [
            ("of", Arg::from(name(tell.of.as_str()))),
            ("from", Arg::from(name(tell.from.as_str()))),
            ("tell", Arg::from(tell.tell.as_str())),
        ];
        let wrapped = locale.text("compare-tell", &args).wrapped(width.saturating_sub(2));
        lines.extend(wrapped.into_iter().map(|line| CompareLine::Sentence(line, Scope::Text)));
    }
    if view.comparison.tells.is_empty() {
        lines.push(CompareLine::Sentence(locale.plain("compare-no-tells"), Scope::Muted));
    }
    lines
}
