//! Check: the question as a few lines, the graded candidates, and below them why, what to compare and what to do next.

use crate::app::App;
use crate::app::geometry::check_list_height;
use crate::app::screen::check::{Field, type_called};
use crate::app::theme::Scope;
use crate::desk::{Advice, Candidate, CheckProof, HitState};
use crate::locale::{Arg, Text};
use crate::ui::canvas::{Canvas, Cell};
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    question(app, canvas);
    canvas.rule(3);
    match &app.check.proof {
        None => before(app, canvas),
        Some(proof) => answer(app, proof, canvas),
    }
}

fn question(app: &App, canvas: &mut Canvas<'_>) {
    let width = canvas.width();
    let third = width.saturating_sub(10) / 3;
    line(app, canvas, Field::Serial, (1, 0), 10, third.max(18));
    let note = app.locale.plain("check-serial-note");
    canvas.put(12 + third.max(18), 0, &note, Scope::Muted);
    line(app, canvas, Field::Make, (1, 1), 10, third);
    line(app, canvas, Field::Calibre, (11 + third, 1), 9, third.saturating_sub(8));
    line(app, canvas, Field::Type, (13 + 2 * third, 1), 6, width.saturating_sub(20 + 2 * third));
    line(app, canvas, Field::Purpose, (1, 2), 10, width.saturating_sub(12));
}

fn line(app: &App, canvas: &mut Canvas<'_>, field: Field, (x, y): (u16, u16), label: u16, columns: u16) {
    let focused = app.check.focus == Some(field) && app.layers.is_empty();
    if focused {
        canvas.put(x - 1, y, &Text::mark(">"), Scope::Text);
    }
    canvas.put_within(x, y, &app.locale.plain(&format!("check-{}", field.id())), Scope::Heading, label - 1);
    let typed = &app.check.lines[field as usize];
    if field == Field::Type && !focused {
        // What was typed is shown as the type that it was taken for.
        if let Some(kind) = type_called(typed.text(), &app.locale) {
            canvas.put_within(x + label, y, &app.locale.word("type", kind.id()), Scope::Text, columns);
            return;
        }
    }
    canvas.input(x + label, y, typed, columns, focused);
}

/// Before the check: how many candidates there would be, and how to begin.
fn before(app: &App, canvas: &mut Canvas<'_>) {
    if app.check.glimpse.is_empty() {
        let args = [
            ("accept", Arg::from(format::keys(app, "accept"))),
            ("next", Arg::from(format::keys(app, "next-line"))),
        ];
        canvas.paragraph(1, 5, &app.locale.text("check-begin", &args), Scope::Text);
        return;
    }
    let mut x = canvas.put(1, 5, &app.locale.plain("check-glimpse"), Scope::Text) + 2;
    for (grade, count) in &app.check.glimpse {
        let word = app.locale.word("grade", grade.id());
        x = canvas.put(x, 5, &Text::join(&[Text::count(*count as u64), word], " "), format::grade(*grade))
            + 2;
    }
    canvas.paragraph(1, 7, &app.locale.plain("check-glimpse-note"), Scope::Muted);
}

fn answer(app: &App, proof: &CheckProof, canvas: &mut Canvas<'_>) {
    let list = check_list_height(canvas.height());
    let mut y = 4;
    if proof.candidates.is_empty() {
        canvas.put(1, y, &app.locale.plain("check-no-hit"), Scope::Good);
        y += 2;
    } else {
        candidates(app, canvas, y);
        y += 2 + list.min(proof.candidates.len() as u16);
        if let Some(candidate) = app.check.rows.selected() {
            y = reasons(app, candidate, canvas, y) + 1;
        }
    }
    y = advice(app, canvas, y);
    freshness(app, proof, canvas, y);
    if !proof.candidates.is_empty() {
        let y = canvas.height().saturating_sub(1);
        canvas.put(1, y, &app.locale.plain("check-caveat"), Scope::Warning);
    }
}

fn candidates(app: &App, canvas: &mut Canvas<'_>, y: u16) {
    // What was decided takes the place of why the record answers, which is told below the list anyway.
    let widths = [9, 12, canvas.width().saturating_sub(62), 11, 3, 11, 14];
    let heads = ["grade", "serial", "firearm", "reason", "country", "date", "why"];
    let head: Vec<Cell> = heads
        .iter()
        .zip(widths)
        .map(|(name, width)| {
            Cell::new(app.locale.plain(&format!("column-{name}")), width).look(Scope::Heading)
        })
        .collect();
    canvas.row(y, &head, false);
    for (y, (at, candidate)) in (y + 1..).zip(app.check.rows.seen()) {
        let Some(candidate) = candidate else { continue };
        let row = &candidate.record;
        let (why, look) = decided(app, at).unwrap_or_else(|| {
            (app.locale.word("agreement-short", candidate.reason.serial.id()), Scope::Text)
        });
        let firearm = format!("{} {} {}", row.make, row.model, row.calibre);
        let cells = [
            Cell::new(app.locale.word("grade", candidate.grade.id()), widths[0])
                .look(format::grade(candidate.grade)),
            Cell::new(Text::foreign(&candidate.reason.recorded), widths[1]),
            Cell::new(Text::foreign(&firearm), widths[2]),
            Cell::new(
                row.reason.map(|reason| app.locale.word("reason", reason.id())).unwrap_or_default(),
                widths[3],
            ),
            Cell::new(Text::foreign(&row.owner.to_string()), widths[4]),
            Cell::new(Text::foreign(&row.date.to_string()), widths[5]),
            Cell::new(why, widths[6]).look(look),
        ];
        canvas.row(y, &cells, at == app.check.rows.selected_at());
    }
}

/// What was decided of a candidate, or that it is to be: the state it has now, not the one of the proof.
fn decided(app: &App, at: u64) -> Option<(Text, Scope)> {
    let hit = app.check.standings.get(at as usize)?.hit.as_ref()?;
    let look = match hit.state {
        HitState::Pending => Scope::Warning,
        HitState::Confirmed => Scope::Good,
        HitState::Rejected => Scope::Muted,
    };
    Some((app.locale.word("check-hit", hit.state.id()), look))
}

/// Why the selected candidate has its grade, in words.
fn reasons(app: &App, candidate: &Candidate, canvas: &mut Canvas<'_>, y: u16) -> u16 {
    let row = &candidate.record;
    let country = row.country.unwrap_or(row.owner);
    let facts = [
        Text::foreign(&candidate.reason.recorded),
        app.locale.word("state", app.check.standing().map_or(row.state, |standing| standing.state).id()),
        app.locale.text("check-record", &[("number", Arg::from(row.number.as_str()))]),
        Text::foreign(&format!("{} ({country}) {}", row.place, row.date)),
    ];
    canvas.put(1, y, &Text::join(&facts, "   "), Scope::Heading);
    let reason = &candidate.reason;
    let number = app.locale.text(
        &format!("agreement-serial-{}", reason.serial.id()),
        &[
            ("place", Arg::from(reason.matched_on.as_str())),
            ("recorded", Arg::from(reason.recorded.as_str())),
        ],
    );
    canvas.put(3, y + 1, &number, Scope::Text);
    let facts = [("make", reason.make), ("calibre", reason.calibre), ("type", reason.firearm_type)];
    let facts =
        facts.map(|(name, agreement)| app.locale.plain(&format!("agreement-{name}-{}", agreement.id())));
    canvas.put(3, y + 2, &Text::join(&facts, " · "), Scope::Text);
    canvas.put(3, y + 3, &outcome(app), Scope::Text);
    y + 4
}

/// What was decided of the selected candidate, by whom and why; before that, what to compare.
fn outcome(app: &App) -> Text {
    let hit = app.check.standing().and_then(|standing| standing.hit.as_ref());
    let Some((hit, decision)) = hit.and_then(|hit| Some((hit, hit.decision.as_ref()?))) else {
        return app.locale.plain("check-compare");
    };
    let args = [
        ("state", Arg::from(&app.locale.word("check-hit", hit.state.id()))),
        ("by", Arg::from(decision.by.0.as_str())),
        ("at", Arg::from(&format::when(app, decision.at))),
        ("reason", Arg::from(decision.reason.as_str())),
    ];
    app.locale.text("check-hit-decided", &args)
}

fn advice(app: &App, canvas: &mut Canvas<'_>, y: u16) -> u16 {
    let mut y = y;
    let last = canvas.height().saturating_sub(4);
    let told = app.check.advice.iter().filter(|advice| **advice != Advice::CompareMarks);
    for advice in told {
        let lines = app.locale.say(&advice.into()).wrapped(canvas.width().saturating_sub(4));
        if y + lines.len() as u16 > last {
            break;
        }
        canvas.put(1, y, &Text::mark("→"), Scope::Key);
        for line in lines {
            canvas.put(3, y, &line, Scope::Text);
            y += 1;
        }
    }
    y
}

/// Of which data the answer is, how long it took, and the number of its proof.
fn freshness(app: &App, proof: &CheckProof, canvas: &mut Canvas<'_>, y: u16) {
    let fresh = &proof.freshness;
    let mut parts = vec![app.locale.text("check-searched", &[("count", Arg::from(fresh.records))])];
    if let Some(at) = fresh.as_of {
        let args = [("at", Arg::from(&format::when(app, at))), ("age", Arg::from(&format::age(app, at)))];
        parts.push(app.locale.text("check-as-of", &args));
    }
    if let Some(took) = app.check.took {
        parts.push(app.locale.text("check-took", &[("took", Arg::from(&format::took(app, took)))]));
    }
    parts.push(app.locale.text("check-proof", &[("number", Arg::from(proof.number.as_str()))]));
    // The number of the proof is never cut: where one line is too short it stands on the next.
    let lines = Text::join(&parts, " · ").wrapped(canvas.width().saturating_sub(2));
    let room = canvas.height().saturating_sub(1 + lines.len() as u16);
    let y = (y + 1).min(room);
    if proof.truncated {
        canvas.put(1, y.saturating_sub(1), &app.locale.plain("check-truncated"), Scope::Warning);
    }
    for (y, line) in (y..).zip(&lines) {
        canvas.put(1, y, line, Scope::Muted);
    }
}
