//! Home: what waits, with its age and deadline; what was done lately; how far the data are.

use crate::app::App;
use crate::app::theme::Scope;
use crate::desk::{Lately, Waiting, WaitingKind};
use crate::locale::{Arg, Text};
use crate::ui::canvas::{Canvas, Cell};
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let width = canvas.width();
    let Some(waiting) = &app.home.waiting else {
        // Behind a box, as in the first run, nothing is being opened.
        if app.layers.is_empty() {
            canvas.put(1, 1, &app.locale.plain("home-opening"), Scope::Text);
        }
        return;
    };
    canvas.put(1, 0, &app.locale.plain("home-waits"), Scope::Heading);
    let mut y = 1;
    if waiting.is_empty() {
        y = empty(app, canvas, y);
    } else {
        canvas.put(width.saturating_sub(23), 0, &app.locale.plain("home-oldest"), Scope::Heading);
        canvas.put(width.saturating_sub(14), 0, &app.locale.plain("home-due"), Scope::Heading);
        for (at, line) in waiting.iter().enumerate() {
            canvas.row(y, &waiting_cells(app, line, width), at == app.home.selected);
            y += 1;
        }
    }
    canvas.put(1, y + 1, &app.locale.plain("home-lately"), Scope::Heading);
    y += 2;
    if app.home.lately.is_empty() {
        canvas.put(2, y, &app.locale.plain("home-nothing-lately"), Scope::Muted);
    }
    for (at, line) in app.home.lately.iter().take(app.home.lately_seen).enumerate() {
        canvas.row(y, &lately_cells(app, line, width), waiting.len() + at == app.home.selected);
        y += 1;
    }
    footer(app, canvas);
}

fn empty(app: &App, canvas: &mut Canvas<'_>, y: u16) -> u16 {
    canvas.put(2, y, &app.locale.plain("home-nothing-waits"), Scope::Text);
    let args = [
        ("check", Arg::from(format::keys(app, "go-check"))),
        ("new", Arg::from(format::keys(app, "new-record"))),
        ("reference", Arg::from(format::keys(app, "go-reference"))),
    ];
    canvas.put(2, y + 1, &app.locale.text("home-begin", &args), Scope::Text);
    y + 2
}

fn waiting_cells(app: &App, line: &Waiting, width: u16) -> [Cell; 7] {
    let kind = match line.kind {
        WaitingKind::HitToConfirm => "home-hit-to-confirm",
        WaitingKind::Approval => "home-approval",
        WaitingKind::ReviewDue => "home-review-due",
        WaitingKind::Draft => "home-draft",
    };
    let (due, near) = line.due.map_or((Text::EMPTY, false), |day| format::due(app, day));
    let urgent = near || line.kind == WaitingKind::HitToConfirm;
    let look = if near { Scope::Deadline } else { Scope::Text };
    let oldest = line.oldest.map(|since| format::age(app, since)).unwrap_or_default();
    [
        Cell::new(app.locale.plain(kind), 17),
        Cell::new(Text::count(line.count as u64), 5).right(),
        Cell::new(Text::mark(" "), 2),
        Cell::new(Text::foreign(&line.next), width.saturating_sub(49)),
        Cell::new(oldest, 9),
        Cell::new(due, 11).look(look),
        Cell::new(Text::mark(if urgent { "!" } else { " " }), 3).look(look),
    ]
}

fn lately_cells(app: &App, line: &Lately, width: u16) -> [Cell; 5] {
    let outcome = line.candidates.map(|count| match count {
        0 => app.locale.plain("home-no-hit"),
        count => app.locale.text("home-candidates", &[("count", Arg::from(count))]),
    });
    [
        Cell::new(format::when(app, line.at), 11),
        Cell::new(app.locale.word("did", &line.act.replace('.', "-")), 17),
        Cell::new(Text::foreign(&line.subject), 17),
        Cell::new(Text::foreign(&line.firearm), width.saturating_sub(64)),
        Cell::new(outcome.unwrap_or_default(), 17),
    ]
}

/// How far the data are: always in sight.
fn footer(app: &App, canvas: &mut Canvas<'_>) {
    let Some(status) = &app.home.status else { return };
    let y = canvas.height().saturating_sub(1);
    let records = app.locale.text("home-footer-records", &[("count", Arg::from(status.records))]);
    canvas.put(1, y, &records, Scope::Muted);
    let journal = app.locale.text("home-footer-journal", &[("seq", Arg::from(status.seq))]);
    canvas.put_left_of(canvas.width().saturating_sub(1), y, &journal, Scope::Muted);
}
