//! What a card says in sentences: the shape of a number, years, and what a number that is tried speaks of.

use crate::app::theme::Scope;
use crate::locale::{Arg, Locale, Text};
use crate::reference::entry::Years;
use crate::reference::serial_range::Likeness;
use crate::reference::shape::{Characters, Piece};

use super::{Card, Certainty, Dated, Ranged, Trial};

/// `1 letter + 4–5 digits, or 6 digits + S`.
pub fn shape(forms: &[Vec<Piece>], locale: &Locale) -> Text {
    let form =
        |form: &Vec<Piece>| Text::join(&form.iter().map(|it| piece(it, locale)).collect::<Vec<_>>(), " + ");
    let mut said = Text::EMPTY;
    for form in forms.iter().map(form) {
        said = if said.is_empty() {
            form
        } else {
            locale.text("shape-or", &[("one", Arg::from(&said)), ("other", Arg::from(&form))])
        };
    }
    said
}

fn piece(piece: &Piece, locale: &Locale) -> Text {
    let (key, text) = match &piece.characters {
        Characters::Text(text) => ("shape-text", text.as_str()),
        Characters::Letter => ("shape-letters", ""),
        Characters::Digit => ("shape-digits", ""),
        Characters::LetterOrDigit => ("shape-either", ""),
        Characters::OneOf(text) => ("shape-one-of", text.as_str()),
    };
    let range =
        [("text", Arg::from(text)), ("least", Arg::from(piece.least)), ("most", Arg::from(piece.most))];
    match (piece.least, piece.most) {
        (0, 1) => {
            let what = locale.text(key, &[("text", Arg::from(text)), ("count", Arg::from(1_u32))]);
            locale.text("shape-perhaps", &[("what", Arg::from(&what))])
        }
        (least, most) if least == most => {
            locale.text(key, &[("text", Arg::from(text)), ("count", Arg::from(most))])
        }
        _ => locale.text(&format!("{key}-range"), &range),
    }
}

/// When it was made; an open end is said to be one.
pub fn years(years: Years, locale: &Locale) -> Text {
    let year = |year: i16| Arg::from(year.to_string());
    match (years.from, years.to) {
        (Some(from), None) => locale.text("card-years-from", &[("from", year(from))]),
        (None, Some(to)) => locale.text("card-years-to", &[("to", year(to))]),
        _ => Text::foreign(&years.to_string()),
    }
}

/// What a number that is tried says: a mark, a sentence and its look each.
pub fn trial(trial: &Trial, card: &Card, locale: &Locale) -> Vec<(Text, Text, Scope)> {
    let mut said = Vec::new();
    let (mark, scope) = match trial.certainty {
        Certainty::Likely => ("✓", Scope::Good),
        Certainty::Unsure => ("~", Scope::Info),
        Certainty::Against => ("!", Scope::Warning),
        Certainty::Unknown => ("?", Scope::Muted),
    };
    let sure = locale.plain(&format!("certainty-{}", trial.certainty.id()));
    let serial = Arg::from(trial.serial.as_str());
    let fit = match trial.fits {
        Some(true) => "card-shape-fits",
        Some(false) => "card-shape-differs",
        None => "card-shape-unknown",
    };
    let fit = locale.text(fit, &[("serial", serial)]);
    said.push((Text::mark(mark), Text::join(&[sure, fit], " "), scope));
    let mut line = |text: Text| said.push((Text::EMPTY, text, Scope::Text));
    if let Some(model) = &trial.names_model {
        line(locale.text("card-serial-is-model", &[("model", Arg::from(model.as_str()))]));
    }
    for dated in &trial.dated {
        line(date(dated, "card-dated", card, locale));
    }
    for dated in &trial.as_mark {
        line(date(dated, "card-dated-mark", card, locale));
    }
    for ranged in &trial.ranged {
        line(range(ranged, card, locale));
    }
    if !trial.outside.is_empty() {
        let tables = Text::foreign(&trial.outside.join(", "));
        line(locale.text("card-range-outside", &[("tables", Arg::from(&tables))]));
    }
    if trial.dated.is_empty() && trial.ranged.is_empty() {
        line(match card.years {
            Some(made) => locale.text("card-dated-made", &[("years", Arg::from(&years(made, locale)))]),
            None => locale.plain("card-dated-none"),
        });
    }
    said
}

/// `In the range of 1943, made by Inland (US M1 Carbine): …`.
fn range(ranged: &Ranged, card: &Card, locale: &Locale) -> Text {
    let (first, last) = ranged.years;
    let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
    let kind =
        locale.text(&format!("range-kind-{}", ranged.kind.id()), &[("years", Arg::from(years.as_str()))]);
    let table = Arg::from(ranged.table.as_str());
    let said = match &ranged.maker {
        Some(maker) => locale.text(
            "card-ranged-maker",
            &[("kind", Arg::from(&kind)), ("maker", Arg::from(maker.as_str())), ("table", table)],
        ),
        None => locale.text("card-ranged", &[("kind", Arg::from(&kind)), ("table", table)]),
    };
    let mut parts = vec![said];
    let read_as = [("number", Arg::from(ranged.read_as.as_str()))];
    match ranged.likeness {
        Likeness::AsStamped => {}
        Likeness::Folded => parts.push(locale.text("card-range-folded", &read_as)),
        Likeness::Misread => parts.push(locale.text("card-range-misread", &read_as)),
    }
    if let (Some(false), Some(made)) = (ranged.within, card.years) {
        parts.push(locale.text("card-dated-outside", &[("years", Arg::from(&self::years(made, locale)))]));
    }
    Text::join(&parts, " ")
}

fn date(dated: &Dated, key: &str, card: &Card, locale: &Locale) -> Text {
    let span = |(first, last): &(i16, i16)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    let spans: Vec<Text> = dated.years.iter().map(|years| Text::foreign(&span(years))).collect();
    let said = Text::join(&spans, " / ");
    let args = [("years", Arg::from(&said)), ("system", Arg::from(dated.system.as_str()))];
    let mut parts = vec![locale.text(key, &args)];
    if dated.years.len() > 1 {
        parts.push(locale.plain("card-dated-several"));
    }
    if let (Some(false), Some(made)) = (dated.within, card.years) {
        parts.push(locale.text("card-dated-outside", &[("years", Arg::from(&years(made, locale)))]));
    }
    Text::join(&parts, " ")
}
