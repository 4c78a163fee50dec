//! Reference: what is typed, the nearest entries, the card of the one that is selected, and how many each filter would leave.

use crate::app::App;
use crate::app::geometry::reference_list_height;
use crate::app::screen::card::brief;
use crate::app::screen::reference::{Facet, FacetKind, Focus};
use crate::app::theme::Scope;
use crate::locale::{Arg, Text};
use crate::ui::canvas::{Canvas, Cell};
use crate::ui::{format, widget};

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
            let lines = brief(card, &app.locale, right.width(), right.height());
            widget::card::draw(&lines, 0, &mut right);
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
            FacetKind::Calibre | FacetKind::Country => Text::foreign(id),
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
    let width = canvas.width();
    if reference.total == Some(0) {
        canvas.paragraph(1, 0, &app.locale.plain("reference-none"), Scope::Text);
    }
    let calibre = 11.min(width / 3);
    let make = (width.saturating_sub(2 + calibre)) * 9 / 20;
    let widths = [make, width.saturating_sub(2 + calibre + make), calibre];
    for (y, (at, row)) in (0..).zip(reference.rows.seen()) {
        let Some(row) = row else { continue };
        let cells = [
            Cell::new(Text::foreign(&row.make), widths[0]),
            Cell::new(Text::foreign(&row.model), widths[1]),
            Cell::new(Text::foreign(row.calibres.first().map_or("", String::as_str)), widths[2]),
        ];
        canvas.row(y, &cells, at == reference.rows.selected_at());
    }
    let top = reference_list_height(canvas.height() + 2);
    if let Some(serial) = &reference.serial {
        let args =
            [("serial", Arg::from(serial.as_str())), ("check", Arg::from(format::keys(app, "check-entry")))];
        canvas.put(1, top, &app.locale.text("reference-serial", &args), Scope::Info);
    }
    counts(app, canvas, top + 1);
}

/// The most frequent values of type, calibre and country, side by side.
fn counts(app: &App, canvas: &mut Canvas<'_>, top: u16) {
    let kinds = [FacetKind::Type, FacetKind::Calibre, FacetKind::Country];
    let width = canvas.width().saturating_sub(2) / 3;
    for (column, kind) in (0..).zip(kinds) {
        let x = 1 + column * width;
        canvas.put_within(
            x,
            top,
            &app.locale.plain(&format!("reference-{}", kind.id())),
            Scope::Heading,
            width,
        );
        let all = (0..app.reference.facets.total()).filter_map(|at| app.reference.facets.get(at));
        for (y, facet) in (top + 1..canvas.height()).zip(all.filter(|facet| facet.kind == kind)) {
            let count = Text::count(facet.count as u64);
            let room = width.saturating_sub(count.width() + 2);
            canvas.put_within(x, y, &name(app, facet), Scope::Text, room);
            canvas.put_left_of(x + width.saturating_sub(1), y, &count, Scope::Muted);
        }
    }
}

fn name(app: &App, facet: &Facet) -> Text {
    match facet.kind {
        FacetKind::Type => app.locale.word("type", &facet.id),
        FacetKind::Action => app.locale.word("action", &facet.id),
        FacetKind::Calibre | FacetKind::Country => Text::foreign(&facet.name),
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
