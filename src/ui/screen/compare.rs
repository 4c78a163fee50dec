//! Compare: a column for each entry, a row for each fact, and a sign where they differ.

use crate::app::App;
use crate::app::geometry::COMPARE_HEAD;
use crate::app::screen::compare::{CompareLine, CompareView, LABEL, column_width};
use crate::app::theme::Scope;
use crate::locale::Text;
use crate::ui::canvas::Canvas;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let Some(view) = &app.compare.view else {
        canvas.put(1, 1, &app.locale.plain("compare-begin"), Scope::Muted);
        return;
    };
    names(app, view, canvas);
    canvas.rule(COMPARE_HEAD - 1);
    let width = canvas.width();
    let room = column_width(width, view.entries.len());
    let lines = app.compare.lines(&app.locale, width);
    let seen = lines.iter().skip(usize::from(app.compare.top));
    for (y, line) in (COMPARE_HEAD..canvas.height()).zip(seen) {
        match line {
            CompareLine::Fact { mark, label, cells, scope } => {
                canvas.put(0, y, mark, Scope::Warning);
                canvas.put_within(2, y, label, Scope::Muted, LABEL - 3);
                for (at, cell) in (0..).zip(cells) {
                    canvas.put_within(LABEL + at * room, y, cell, *scope, room.saturating_sub(1));
                }
            }
            CompareLine::Sentence(text, scope) => {
                canvas.put(1, y, text, *scope);
            }
        }
    }
}

fn names(app: &App, view: &CompareView, canvas: &mut Canvas<'_>) {
    let room = column_width(canvas.width(), view.entries.len());
    let legend = app.locale.plain("compare-legend").wrapped(LABEL - 1);
    for (y, line) in (0..COMPARE_HEAD - 1).zip(&legend) {
        canvas.put(0, y, line, Scope::Muted);
    }
    for (at, entry) in view.entries.iter().enumerate() {
        let x = LABEL + at as u16 * room;
        let is_selected = at == app.compare.at;
        if is_selected {
            canvas.put(x.saturating_sub(2), 0, &Text::mark(">"), Scope::Text);
        }
        let scope = if is_selected { Scope::Focus } else { Scope::Heading };
        canvas.put_within(x, 0, &Text::foreign(&entry.model), scope, room.saturating_sub(2));
        canvas.put_within(x, 1, &Text::foreign(&entry.make), Scope::Text, room.saturating_sub(2));
        canvas.put_within(x, 2, &Text::foreign(&entry.source), Scope::Muted, room.saturating_sub(2));
    }
}
