//! Reference: what is typed, the nearest entries, the card of the one that is selected, and how many each filter would leave.

use crate::app::App;
use crate::app::geometry::reference_counts_height;
use crate::app::screen::card::brief;
use crate::app::screen::reference::{Facet, FacetKind, Focus};
use crate::app::theme::Scope;
use crate::locale::{Arg, Text};
use crate::reference::search::Match;
use crate::ui::canvas::{Canvas, Cell};
use crate::ui::{format, widget};

/// A list of at least so many columns also says where each entry comes from.
const SOURCE_FROM: u16 = 56;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let reference = &app.reference;
    let (width, height) = (canvas.width(), canvas.height());
    question(app, canvas);
    canvas.rule(1);
    let list_width = (width / 2).min(58);
    let below = height.saturating_sub(2);
    {
        let mut left = canvas.part(0, 2, list_width, below);
        list(app, &mut left);
    }
    canvas.part(list_width, 2, 1, below).divider(0);
    let mut right = canvas.part(list_width + 2, 2, width.saturating_sub(list_width + 2), below);
    match (&reference.card, reference.focus) {
        (_, Focus::Facets) => filters(app, &mut right),
        (Some(card), _) => {
            let taken = if reference.why { reasons(app, &mut right) } else { 0 };
            let (width, height) = (right.width(), right.height().saturating_sub(taken));
            let lines = brief(card, &app.locale, width, height);
            widget::card::draw(&lines, 0, &mut right.part(0, taken, width, height));
        }
        (None, _) => {
            right.paragraph(0, 0, &app.locale.plain("reference-begin"), Scope::Muted);
        }
    }
}

fn question(app: &App, canvas: &mut Canvas<'_>) {
    let reference = &app.reference;
    let x = canvas.put(0, 0, &Text::mark("/ "), Scope::Key);
    let mut parts: Vec<Text> = Vec::new();
    if let Some(total) = reference.total {
        let at = reference.rows.selected_at() + u64::from(reference.rows.total() > 0);
        parts.push(app.locale.text("rows-position", &[("at", Arg::from(at)), ("total", Arg::from(total))]));
    }
    parts.extend(reference.chosen.iter().map(|(kind, id)| {
        let name = match kind {
            FacetKind::Type => app.locale.word("type", id),
            FacetKind::Action => app.locale.word("action", id),
            FacetKind::Calibre | FacetKind::Make | FacetKind::Country => Text::foreign(id),
        };
        Text::join(&[app.locale.plain(&format!("reference-{}", kind.id())), name], ": ")
    }));
    let told = Text::join(&parts, "  ").clipped(canvas.width() / 2);
    let end = canvas.put_left_of(canvas.width(), 0, &told, Scope::Text);
    canvas.input(
        x,
        0,
        &reference.line,
        end.saturating_sub(x + 2),
        reference.focus == Focus::Typing && app.layers.is_empty(),
    );
}

fn list(app: &App, canvas: &mut Canvas<'_>) {
    let reference = &app.reference;
    let (width, height) = (canvas.width(), canvas.height());
    if reference.total == Some(0) {
        canvas.paragraph(1, 0, &app.locale.plain("reference-none"), Scope::Text);
    }
    // Where there is room each entry says where it comes from; elsewhere its card does.
    let source = if width >= SOURCE_FROM { 12 } else { 0 };
    let calibre = 11.min(width / 3);
    let room = width.saturating_sub(2 + calibre + source);
    let make = room * 9 / 20;
    for (y, (at, row)) in (0..).zip(reference.rows.seen()) {
        let Some(row) = row else { continue };
        let mut cells = vec![
            Cell::new(Text::foreign(&row.make), make),
            Cell::new(Text::foreign(&row.model), room - make),
            Cell::new(Text::foreign(row.calibres.first().map_or("", String::as_str)), calibre),
        ];
        if source > 0 {
            cells.push(Cell::new(app.locale.word("source", &row.source), source).look(Scope::Muted));
        }
        canvas.row(y, &cells, at == reference.rows.selected_at());
        if reference.marked.contains(&row.id) {
            canvas.put(1, y, &Text::mark("*"), Scope::Match);
        }
    }
    let bands = reference_counts_height(height + 2);
    let top = height.saturating_sub(bands + 1);
    if let Some(serial) = &reference.serial {
        let args =
            [("serial", Arg::from(serial.as_str())), ("check", Arg::from(format::keys(app, "check-entry")))];
        canvas.put(1, top, &app.locale.text("reference-serial", &args), Scope::Info);
    }
    counts(app, canvas, top + 1, bands);
}

/// The most frequent values of each kind, three kinds side by side, in as many bands as there is room for.
fn counts(app: &App, canvas: &mut Canvas<'_>, top: u16, rows: u16) {
    const BAND: u16 = 5;
    let width = canvas.width().saturating_sub(2) / 3;
    let shown = if rows < 2 * BAND { 3 } else { FacetKind::ALL.len() };
    for (at, kind) in (0..).zip(&FacetKind::ALL[..shown]) {
        let (x, y) = (1 + at % 3 * width, top + at / 3 * BAND);
        let room = width.saturating_sub(1);
        let heading = app.locale.plain(&format!("reference-{}", kind.id()));
        canvas.put_within(x, y, &heading, Scope::Heading, room);
        let all = (0..app.reference.facets.total()).filter_map(|at| app.reference.facets.get(at));
        let end = (y + BAND.min(rows)).min(canvas.height());
        for (y, facet) in (y + 1..end).zip(all.filter(|facet| facet.kind == *kind)) {
            let count = Text::count(facet.count as u64);
            canvas.put_within(x, y, &name(app, facet), Scope::Text, room.saturating_sub(count.width() + 1));
            canvas.put_left_of(x + room, y, &count, Scope::Muted);
        }
    }
}

/// Why the selected entry answers: which words of the text met what. The answer is how many rows that took.
fn reasons(app: &App, canvas: &mut Canvas<'_>) -> u16 {
    let Some(row) = app.reference.rows.selected() else { return 0 };
    let mut lines = vec![(app.locale.plain("reference-why"), Scope::Heading)];
    for reason in &row.reasons {
        let kind = app.locale.plain(match reason.kind {
            Match::Make => "match-make",
            Match::MakeAlias => "match-make-alias",
            Match::MakeNearly => "match-make-nearly",
            Match::Model => "match-model",
            Match::ModelAlias => "match-model-alias",
            Match::ModelNearly => "match-model-nearly",
            Match::Calibre => "match-calibre",
            Match::Type => "match-type",
            Match::Action => "match-action",
            Match::Country => "match-country",
        });
        let args = [
            ("words", Arg::from(reason.words.as_str())),
            ("kind", Arg::from(&kind)),
            ("matched", Arg::from(reason.matched.as_str())),
        ];
        lines.push((app.locale.text("reference-reason", &args), Scope::Match));
    }
    if row.reasons.is_empty() {
        lines.push((app.locale.plain("reference-no-reason"), Scope::Muted));
    }
    if !app.reference.ignored.is_empty() {
        let args = [("words", Arg::from(app.reference.ignored.join(", ")))];
        lines.push((app.locale.text("reference-ignored", &args), Scope::Muted));
    }
    let mut y = 0;
    for (text, scope) in lines {
        y = canvas.paragraph(0, y, &text, scope);
    }
    y + 1
}

fn name(app: &App, facet: &Facet) -> Text {
    match facet.kind {
        FacetKind::Type => app.locale.word("type", &facet.id),
        FacetKind::Action => app.locale.word("action", &facet.id),
        FacetKind::Calibre | FacetKind::Make | FacetKind::Country => Text::foreign(&facet.name),
    }
}

/// Every filter, to be switched.
fn filters(app: &App, canvas: &mut Canvas<'_>) {
    canvas.put(0, 0, &app.locale.plain("reference-filters"), Scope::Heading);
    let width = canvas.width();
    for (y, (at, facet)) in (2..).zip(app.reference.facets.seen()) {
        let Some(facet) = facet else { continue };
        let cells = [
            Cell::new(Text::mark(if facet.on { "[x]" } else { "[ ]" }), 4),
            Cell::new(app.locale.plain(&format!("reference-{}", facet.kind.id())), 9).look(Scope::Muted),
            Cell::new(name(app, facet), width.saturating_sub(23)),
            Cell::new(Text::count(facet.count as u64), 8).right(),
        ];
        canvas.row(y, &cells, at == app.reference.facets.selected_at());
    }
}
