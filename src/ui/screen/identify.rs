//! Identify: what was answered, the question with its answers and what each would leave, and the cards that remain.

use crate::app::App;
use crate::app::geometry::identify_width;
use crate::app::screen::identify::{Focus, IdentifyView, word};
use crate::app::theme::Scope;
use crate::locale::{Arg, Text};
use crate::ui::canvas::{Canvas, Cell};
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let Some(view) = &app.identify.view else {
        canvas.put(1, 1, &app.locale.plain("identify-reading"), Scope::Muted);
        return;
    };
    let width = canvas.width();
    answered(app, view, canvas);
    canvas.rule(1);
    let below = canvas.height().saturating_sub(2);
    let left = identify_width(width);
    {
        let mut part = canvas.part(0, 2, left, below);
        question(app, view, &mut part);
        let cursor = part.cursor();
        canvas.set_cursor(cursor);
    }
    canvas.part(left, 2, 1, below).divider(0);
    let mut right = canvas.part(left + 1, 2, width.saturating_sub(left + 1), below);
    cards(app, view, &mut right);
}

fn answered(app: &App, view: &IdentifyView, canvas: &mut Canvas<'_>) {
    let count = app.locale.text("identify-left", &[("count", Arg::from(view.left))]);
    let end = canvas.put_left_of(canvas.width(), 0, &count, Scope::Heading);
    let parts: Vec<Text> = view
        .understood
        .iter()
        .map(|it| {
            let meant: Vec<Text> = it.meant.iter().map(|name| word(it.question, name, &app.locale)).collect();
            let said = match meant.as_slice() {
                [] => app.locale.plain("identify-not-told"),
                meant => Text::join(meant, ", "),
            };
            Text::join(&[app.locale.plain(&format!("question-{}", it.question)), said], " ")
        })
        .collect();
    if parts.is_empty() {
        canvas.put_within(0, 0, &app.locale.plain("identify-begin"), Scope::Muted, end.saturating_sub(2));
        return;
    }
    // The last answers are those that matter: where there is no room the first are left out.
    let mut from = 0;
    let room = end.saturating_sub(2);
    while from + 1 < parts.len() && Text::join(&parts[from..], " · ").width() + 2 > room {
        from += 1;
    }
    let x = if from > 0 { canvas.put(0, 0, &Text::mark("… "), Scope::Muted) } else { 0 };
    canvas.put_within(x, 0, &Text::join(&parts[from..], " · "), Scope::Text, room - x);
}

fn question(app: &App, view: &IdentifyView, canvas: &mut Canvas<'_>) {
    let Some(asked) = view.question else {
        canvas.paragraph(1, 0, &app.locale.plain("identify-all-answered"), Scope::Text);
        return;
    };
    let (width, height) = (canvas.width(), canvas.height());
    canvas.put_within(1, 0, &app.locale.plain(&format!("identify-ask-{asked}")), Scope::Heading, width - 1);
    let is_typing = app.identify.focus == Focus::Typing && app.layers.is_empty();
    if is_typing || !app.identify.line.text().is_empty() {
        let x = canvas.put(1, 1, &Text::mark("/ "), Scope::Key);
        canvas.input(x, 1, &app.identify.line, width - x, is_typing);
    } else {
        let best = view.open.first().is_some_and(|open| open.question == asked);
        let expected = view.open.iter().find(|open| open.question == asked).map_or(0, |open| open.expected);
        let key = if best { "identify-narrows-most" } else { "identify-narrows" };
        let text = app.locale.text(key, &[("count", Arg::from(expected))]);
        canvas.put_within(1, 1, &text, Scope::Muted, width - 1);
    }
    let foot = others(app, view, width.saturating_sub(1));
    let list = height.saturating_sub(2 + foot.len() as u16);
    for (y, (at, row)) in (2..2 + list).zip(app.identify.answers.seen()) {
        let Some(row) = row else { continue };
        let cells = [
            Cell::new(row.name.clone(), width.saturating_sub(2 + 7)),
            Cell::new(Text::count(row.leaves as u64), 7).look(Scope::Muted).right(),
        ];
        let is_selected = at == app.identify.answers.selected_at() && app.identify.focus != Focus::Cards;
        canvas.row(y, &cells, is_selected);
    }
    for (y, line) in (height.saturating_sub(foot.len() as u16)..).zip(&foot) {
        canvas.put(1, y, line, Scope::Muted);
    }
}

/// The other open questions with what each would leave, in two lines at most.
fn others(app: &App, view: &IdentifyView, width: u16) -> Vec<Text> {
    let names: Vec<Text> = view
        .open
        .iter()
        .filter(|open| Some(open.question) != view.question)
        .map(|open| {
            let name = app.locale.plain(&format!("question-{}", open.question));
            let args = [("question", Arg::from(&name)), ("count", Arg::from(open.expected))];
            app.locale.text("identify-other", &args)
        })
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let key = if app.identify.focus == Focus::Typing { "next-line" } else { "next-question" };
    let args =
        [("key", Arg::from(format::keys(app, key))), ("others", Arg::from(&Text::join(&names, " · ")))];
    let mut lines = app.locale.text("identify-others", &args).wrapped(width);
    lines.truncate(2);
    lines
}

fn cards(app: &App, view: &IdentifyView, canvas: &mut Canvas<'_>) {
    let width = canvas.width();
    if view.left == 0 {
        let args = [("key", Arg::from(format::keys(app, "undo-answer")))];
        canvas.paragraph(1, 0, &app.locale.text("identify-none", &args), Scope::Warning);
        return;
    }
    let mut head = vec![app.locale.plain("identify-remaining")];
    if view.beside > 0 {
        head.push(app.locale.text("identify-beside", &[("count", Arg::from(view.beside))]));
    }
    canvas.put_within(1, 0, &Text::join(&head, " · "), Scope::Heading, width);
    let calibre = 12.min(width / 3);
    let make = width.saturating_sub(2 + calibre) * 9 / 20;
    let model = width.saturating_sub(2 + calibre + make);
    for (y, (at, row)) in (1..canvas.height()).zip(app.identify.cards.seen()) {
        let Some(row) = row else { continue };
        let cells = [
            Cell::new(Text::foreign(&row.make), make),
            Cell::new(Text::foreign(&row.model), model),
            Cell::new(Text::foreign(row.calibres.first().map_or("", String::as_str)), calibre),
        ];
        let is_selected = at == app.identify.cards.selected_at() && app.identify.focus == Focus::Cards;
        canvas.row(y, &cells, is_selected);
    }
}
