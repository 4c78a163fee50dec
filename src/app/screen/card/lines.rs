//! The lines of a card as they are read: short beside a list, whole on a screen of its own. Here and not in `ui`, because the
//! screen scrolls by them.

use crate::app::theme::Scope;
use crate::locale::{Arg, Locale, Text};
use crate::reference::entry::Years;

use super::told::{self, shape};
use super::{Card, Origin, Trial};

/// Columns of the labels, with the gap after them.
pub const LABEL: u16 = 11;
/// Where the lines under a heading begin.
const INDENT: u16 = 2;

/// A line of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardLine {
    /// What stands at the left, muted; empty where the line goes on with the one before.
    pub label: Text,
    /// Where the label begins.
    pub indent: u16,
    /// The value.
    pub value: Text,
    /// Where it begins.
    pub at: u16,
    /// How it looks.
    pub scope: Scope,
}

impl CardLine {
    fn plain(value: Text, scope: Scope) -> Self {
        Self { label: Text::EMPTY, indent: 0, value, at: 0, scope }
    }
}

/// The card beside a list, in so many columns and rows: the head, what is seen on the firearm, and at the foot source and unknowns.
pub fn brief(card: &Card, locale: &Locale, width: u16, height: u16) -> Vec<CardLine> {
    let rows = if height < 25 { 2 } else { 4 };
    let mut lines = head(card, locale, width);
    lines.push(CardLine::plain(Text::EMPTY, Scope::Text));
    let mut sheet = Sheet { locale, width, indent: 0, most: rows, lines };
    sheet.value("card-serial-place", foreign(card.serial_place.as_deref()));
    sheet.value("card-serial-shape", serial_shape(card, locale));
    sheet.value("card-markings", list(&card.markings, "; "));
    sheet.value("card-lookalike", lookalikes(card));
    sheet.value("card-aliases", list(&card.aliases, ", "));
    sheet.value("card-variants", list(&card.variants, "; "));
    sheet.value("card-note", foreign(card.note.as_deref()));
    let mut lines = sheet.lines;
    let mut foot = Sheet { locale, width, indent: 0, most: rows, lines: Vec::new() };
    foot.value("card-source", Some(source(card, locale)));
    foot.value("card-unknown", unknown(card, locale));
    let room = usize::from(height).saturating_sub(foot.lines.len());
    lines.resize(room, CardLine::plain(Text::EMPTY, Scope::Text));
    lines.extend(foot.lines);
    lines
}

/// What is to be known of the tables whose ranges hold the number that is tried: it stands before the card.
pub fn tables(trial: &Trial, locale: &Locale, width: u16) -> Vec<CardLine> {
    let mut sheet = Sheet { locale, width, indent: INDENT, most: usize::MAX, lines: Vec::new() };
    for (at, ranged) in trial.ranged.iter().enumerate() {
        if trial.ranged[..at].iter().any(|before| before.table == ranged.table) {
            continue;
        }
        if sheet.lines.is_empty() {
            sheet.heading("card-group-range");
        }
        sheet.body(&Text::foreign(&ranged.table));
        sheet.value("card-note", foreign(ranged.note.as_deref()));
        sheet.value("card-source", foreign(Some(&ranged.source)));
    }
    if !sheet.lines.is_empty() {
        sheet.lines.push(CardLine::plain(Text::EMPTY, Scope::Text));
    }
    sheet.lines
}

/// The whole card in groups; what is not known stands there as unknown.
pub fn whole(card: &Card, locale: &Locale, width: u16) -> Vec<CardLine> {
    let mut sheet = Sheet { locale, width, indent: INDENT, most: usize::MAX, lines: Vec::new() };
    sheet.heading("card-group-what");
    sheet.known("card-make", Some(make(card)));
    sheet.known("card-type", card.firearm_type.map(|it| locale.word("type", it.id())));
    sheet.known("card-action", card.action.map(|it| locale.word("action", it.id())));
    sheet.known("card-operation", foreign(card.operation.as_deref()));
    sheet.known("card-feed", foreign(card.feed.as_deref()));
    sheet.known("card-calibres", list(&card.calibres, " · "));
    sheet.known("card-countries", list(&country_names(card), ", "));
    sheet.known("card-years", card.years.map(|years| told::years(years, locale)));
    sheet.known("card-barrel", millimetres(&card.barrel_mm, locale));
    sheet.known("card-overall", millimetres(&card.overall_mm, locale));
    sheet.known("card-capacity", rounds(&card.capacity, locale));
    sheet.heading("card-group-serial");
    sheet.known("card-place", foreign(card.serial_place.as_deref()));
    let forms = card.serial_forms.as_ref().map(|forms| shape(forms, locale));
    sheet.known("card-shape", forms.or_else(|| list(&card.serial_examples, ", ")));
    sheet.value("card-serial-examples", list(&card.serial_examples, ", "));
    sheet.value("card-ranges", list(&card.ranges, "\n"));
    sheet.heading("card-group-marks");
    sheet.known("card-markings", list(&card.markings, "\n"));
    sheet.value("card-variants", list(&card.variants, "\n"));
    sheet.heading("card-group-lookalikes");
    if card.lookalikes.is_empty() {
        sheet.sentence("card-no-lookalikes");
    }
    for like in &card.lookalikes {
        let tell =
            if like.tell.is_empty() { locale.plain("card-no-tell") } else { Text::foreign(&like.tell) };
        sheet.named(&Text::foreign(&like.name), &tell);
    }
    if let Some(aliases) = list(&card.aliases, ", ") {
        sheet.heading("card-group-names");
        sheet.body(&aliases);
    }
    if let Some(note) = foreign(card.note.as_deref()) {
        sheet.heading("card-group-note");
        sheet.body(&note);
    }
    sheet.heading("card-group-source");
    sheet.known("card-source", Some(source(card, locale)));
    sheet.value("card-sources", list(&card.sources, "\n"));
    sheet.known("card-checked", foreign(card.checked.as_deref()));
    if let Some(same) = &card.same_as {
        sheet.value("card-same-as", foreign(Some(&same.name)));
    }
    for other in &card.linked {
        sheet.value("card-linked", Some(Text::foreign(&format!("{} ({})", other.name, other.source))));
    }
    sheet.lines
}

/// Name, make and countries, kind, calibres and sizes: what a glance takes in.
pub fn head(card: &Card, locale: &Locale, width: u16) -> Vec<CardLine> {
    let codes: Vec<String> = card.countries.iter().map(|(code, _)| code.clone()).collect();
    let make = [foreign(Some(&card.make)), list(&codes, ", ")];
    let action = card.operation.as_deref().map(Text::foreign);
    let action = action.or_else(|| card.action.map(|it| locale.word("action", it.id())));
    let kind = [card.firearm_type.map(|it| locale.word("type", it.id())), action];
    let sizes = [
        card.years.map(|years: Years| Text::foreign(&years.to_string())),
        millimetres(&card.overall_mm, locale),
        millimetres(&card.barrel_mm, locale)
            .map(|mm| locale.text("card-barrel-of", &[("mm", Arg::from(&mm))])),
    ];
    let mut lines = vec![CardLine::plain(Text::foreign(&card.model).clipped(width), Scope::Heading)];
    let mut line = |parts: &[Option<Text>]| {
        let parts: Vec<Text> = parts.iter().flatten().cloned().collect();
        if !parts.is_empty() {
            lines.push(CardLine::plain(Text::join(&parts, " · ").clipped(width), Scope::Text));
        }
    };
    line(&make);
    line(&kind);
    line(&[list(&card.calibres, " · ")]);
    line(&sizes);
    lines
}

/// Lines with labels, as they are filled.
struct Sheet<'a> {
    locale: &'a Locale,
    width: u16,
    indent: u16,
    /// The most rows of one value.
    most: usize,
    lines: Vec<CardLine>,
}

impl Sheet<'_> {
    fn heading(&mut self, key: &str) {
        if !self.lines.is_empty() {
            self.lines.push(CardLine::plain(Text::EMPTY, Scope::Text));
        }
        self.lines.push(CardLine::plain(self.locale.plain(key), Scope::Heading));
    }

    /// A value that is left out where there is none.
    fn value(&mut self, label: &str, value: Option<Text>) {
        if let Some(value) = value {
            self.push(label, &value, Scope::Text);
        }
    }

    /// A value that is said to be unknown where there is none.
    fn known(&mut self, label: &str, value: Option<Text>) {
        match value {
            Some(value) => self.push(label, &value, Scope::Text),
            None => self.push(label, &self.locale.plain("value-unknown"), Scope::Muted),
        }
    }

    fn push(&mut self, label: &str, value: &Text, scope: Scope) {
        let at = self.indent + LABEL + self.indent;
        let mut wrapped = value.wrapped(self.width.saturating_sub(at));
        if wrapped.len() > self.most {
            wrapped.truncate(self.most);
            // A value that goes on is seen to.
            if let Some(last) = wrapped.last_mut() {
                let room = self.width.saturating_sub(at + 1);
                *last = Text::join(&[last.clipped(room), Text::mark("…")], "");
            }
        }
        for (row, value) in wrapped.into_iter().enumerate() {
            let label = if row == 0 { self.locale.plain(label) } else { Text::EMPTY };
            self.lines.push(CardLine { label, indent: self.indent, value, at, scope });
        }
    }

    fn sentence(&mut self, key: &str) {
        let text = self.locale.plain(key);
        self.wrapped(&text, self.indent, Scope::Muted);
    }

    fn body(&mut self, text: &Text) {
        self.wrapped(text, self.indent, Scope::Text);
    }

    /// A name, and under it what is said of it.
    fn named(&mut self, name: &Text, said: &Text) {
        self.wrapped(name, self.indent, Scope::Text);
        self.wrapped(said, 3 * self.indent, Scope::Muted);
    }

    fn wrapped(&mut self, text: &Text, at: u16, scope: Scope) {
        for value in text.wrapped(self.width.saturating_sub(at)) {
            self.lines.push(CardLine { label: Text::EMPTY, indent: 0, value, at, scope });
        }
    }
}

fn foreign(text: Option<&str>) -> Option<Text> {
    text.filter(|text| !text.is_empty()).map(Text::foreign)
}

fn list(texts: &[String], between: &'static str) -> Option<Text> {
    let texts: Vec<Text> = texts.iter().map(|text| Text::foreign(text)).collect();
    (!texts.is_empty()).then(|| Text::join(&texts, between))
}

fn make(card: &Card) -> Text {
    let parts = [foreign(Some(&card.make)), foreign(card.make_country.as_deref())];
    Text::join(&parts.into_iter().flatten().collect::<Vec<_>>(), " · ")
}

fn country_names(card: &Card) -> Vec<String> {
    card.countries.iter().map(|(code, name)| format!("{name} ({code})")).collect()
}

fn numbers(numbers: &[u32]) -> Option<String> {
    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
    (!numbers.is_empty()).then(|| numbers.join("/"))
}

fn millimetres(lengths: &[u32], locale: &Locale) -> Option<Text> {
    numbers(lengths).map(|lengths| locale.text("card-mm", &[("lengths", Arg::from(lengths))]))
}

fn rounds(counts: &[u32], locale: &Locale) -> Option<Text> {
    numbers(counts).map(|counts| locale.text("card-rounds", &[("counts", Arg::from(counts))]))
}

/// `1 letter + 4–5 digits: X 1234`.
fn serial_shape(card: &Card, locale: &Locale) -> Option<Text> {
    let forms = card.serial_forms.as_ref().map(|forms| shape(forms, locale));
    let parts: Vec<Text> = [forms, list(&card.serial_examples, ", ")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| Text::join(&parts, ": "))
}

fn lookalikes(card: &Card) -> Option<Text> {
    let said: Vec<Text> = card
        .lookalikes
        .iter()
        .map(|like| {
            let parts = [foreign(Some(&like.name)), foreign(Some(&like.tell))];
            Text::join(&parts.into_iter().flatten().collect::<Vec<_>>(), ": ")
        })
        .collect();
    (!said.is_empty()).then(|| Text::join(&said, "; "))
}

/// Where the entry comes from, in words.
pub fn source(card: &Card, locale: &Locale) -> Text {
    match &card.origin {
        Origin::Card => locale.plain("card-origin-card"),
        Origin::Package(name) => locale.text("card-origin-package", &[("name", Arg::from(name.as_str()))]),
        Origin::Edition(name) => locale.text("card-origin-edition", &[("name", Arg::from(name.as_str()))]),
    }
}

/// The names of the facts that are not known.
fn unknown(card: &Card, locale: &Locale) -> Option<Text> {
    let facts = [
        ("card-type", card.firearm_type.is_none()),
        ("card-action", card.action.is_none()),
        ("card-operation", card.operation.is_none()),
        ("card-feed", card.feed.is_none()),
        ("card-calibres", card.calibres.is_empty()),
        ("card-countries", card.countries.is_empty()),
        ("card-years", card.years.is_none()),
        ("card-barrel", card.barrel_mm.is_empty()),
        ("card-overall", card.overall_mm.is_empty()),
        ("card-capacity", card.capacity.is_empty()),
        ("card-serial-place", card.serial_place.is_none()),
        ("card-serial-shape", card.serial_forms.is_none() && card.serial_examples.is_empty()),
        ("card-markings", card.markings.is_empty()),
    ];
    let names: Vec<Text> =
        facts.iter().filter(|(_, is_unknown)| *is_unknown).map(|(label, _)| locale.plain(label)).collect();
    (!names.is_empty()).then(|| Text::join(&names, ", "))
}
