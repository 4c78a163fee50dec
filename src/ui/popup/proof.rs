//! The proof of a check as the journal keeps it: who asked what, why, of which data, and what the answer was.

use super::open;
use super::reading::{self, Line};
use crate::app::{App, Frame};
use crate::desk::{CheckProof, CheckQuery};
use crate::locale::{Arg, Text};
use crate::ui::canvas::Canvas;
use crate::ui::format;

const WIDTH: u16 = 76;

/// Draws it.
pub fn draw(app: &App, proof: &CheckProof, top: u16, canvas: &mut Canvas<'_>) {
    let body = Frame { size: app.size }.body_height();
    let title = app.locale.text("proof-title", &[("number", Arg::from(proof.number.as_str()))]);
    let lines = lines(app, proof, WIDTH.min(app.size.width.saturating_sub(4)) - 2);
    let mut inside = open(app, canvas, &title, WIDTH, body.min(lines.len() as u16));
    reading::draw(&mut inside, &lines, top);
}

fn lines(app: &App, proof: &CheckProof, width: u16) -> Vec<Line> {
    let say = |key: &str| app.locale.plain(key);
    let fresh = &proof.freshness;
    let as_of = fresh.as_of.map_or_else(|| say("proof-nothing-before"), |at| format::moment(app, at));
    let office = format!("{} ({})", proof.office.name, proof.office.country);
    let journal = Text::join(&[Text::count(fresh.journal_seq), Text::foreign(&fresh.journal_hash)], " · ");
    let facts = [
        ("proof-asked", asked(app, &proof.query)),
        ("proof-compared", Text::foreign(&proof.compared_as)),
        ("proof-purpose", Text::foreign(&proof.query.purpose)),
        (
            "proof-officer",
            Text::join(&[Text::foreign(&proof.officer.0), format::moment(app, proof.at)], " · "),
        ),
        ("proof-office", Text::foreign(&office)),
        ("proof-records", Text::join(&[Text::count(fresh.records), as_of], " · ")),
        ("proof-journal", journal),
        ("proof-reference", Text::foreign(&fresh.reference_edition)),
    ];
    let mut lines = Vec::new();
    for (key, text) in facts {
        lines.extend(Line::labelled(say(key), &text, width));
    }
    lines.push(Line::blank());
    if proof.candidates.is_empty() {
        lines.extend(Line::labelled(say("proof-answer"), &say("proof-none"), width));
    }
    for candidate in &proof.candidates {
        let args = [
            ("number", Arg::from(candidate.record.number.as_str())),
            ("rev", Arg::from(candidate.rev.0.as_str())),
        ];
        let grade = app.locale.word("grade", candidate.grade.id());
        lines.extend(Line::labelled(grade, &app.locale.text("proof-revision", &args), width));
    }
    if proof.truncated {
        lines.extend(Line::labelled(Text::EMPTY, &say("proof-truncated"), width));
    }
    lines.extend(Line::labelled(say("proof-hash"), &Text::foreign(&proof.answer_hash), width));
    lines.push(Line::blank());
    lines.extend(Line::sentences(&say("proof-note"), width));
    lines
}

/// `C 48?13 · Zastava · .32 ACP · pistol`: what was typed, as far as anything was.
fn asked(app: &App, query: &CheckQuery) -> Text {
    let kind = query.firearm_type.map(|kind| app.locale.word("type", kind.id())).unwrap_or_default();
    let typed = [&query.serial, &query.make, &query.calibre].map(|text| Text::foreign(text));
    let said: Vec<Text> = typed.into_iter().chain([kind]).filter(|text| !text.is_empty()).collect();
    Text::join(&said, " · ")
}
