//! Boxes above the screen. They are small and have no shadow: every cell they cover is sent twice.

mod ask;
mod help;
mod next;
mod palette;
mod proof;
mod reading;

use super::canvas::{Canvas, Cell};
use crate::app::theme::Scope;
use crate::app::{App, Frame, Layer, pending};
use crate::locale::{Arg, Text};

/// Draws the boxes, and what may follow keys that were begun.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    match app.layers.last() {
        Some(Layer::Palette(box_)) => palette::draw(app, box_, canvas),
        Some(Layer::ScreenHelp(top)) => help::draw(app, *top, canvas),
        Some(Layer::Proof(top)) => {
            if let Some(proof) = &app.check.proof {
                proof::draw(app, proof, *top, canvas);
            }
        }
        Some(Layer::Next { steps, top }) => next::draw(app, steps, *top, canvas),
        Some(Layer::Ask(ask)) => ask::draw(app, ask, canvas),
        Some(Layer::Pick(pick)) => {
            let rows = pick.choices.total();
            let most = Frame { size: app.size }.body_height().saturating_sub(2);
            let mut title = vec![app.locale.plain(pick.title)];
            if rows > u64::from(most) {
                title.push(position(app, pick.choices.selected_at(), rows));
            }
            let mut inside =
                open(app, canvas, &Text::join(&title, "  "), 76, rows.min(u64::from(most)) as u16);
            let width = inside.width();
            for (y, (at, choice)) in (0..).zip(pick.choices.seen()) {
                let label = choice.map(|choice| choice.label.clone()).unwrap_or_default();
                let selected = at == pick.choices.selected_at();
                inside.row(y, &[Cell::new(label, width.saturating_sub(2))], selected);
            }
        }
        Some(Layer::Notice(message)) => {
            let text = app.locale.say(message);
            let lines = text.wrapped(70).len() as u16;
            let mut inside = open(app, canvas, &app.locale.plain("notice-title"), 74, lines);
            inside.paragraph(0, 0, &text, Scope::Popup);
        }
        None => {}
    }
    following(app, canvas);
}

/// Makes room for a box of at most so many columns and rows, with its title; the answer is its inside.
fn open<'c>(app: &App, canvas: &'c mut Canvas<'_>, title: &Text, width: u16, rows: u16) -> Canvas<'c> {
    let size = app.size;
    let width = width.min(size.width.saturating_sub(4));
    let most = Frame { size }.body_height().saturating_sub(2);
    let rows = rows.clamp(1, most);
    let x = (size.width - width) / 2;
    let y = Frame::BODY_TOP + (most - rows) / 3;
    {
        // The whole width is cleared: what would stick out beside the box is read as part of it.
        canvas.part(0, y, size.width, rows + 2).clear(Scope::Popup);
        let mut frame = canvas.part(x, y, width, rows + 2);
        frame.rule(0);
        frame.rule(rows + 1);
        frame.put(
            2,
            0,
            &Text::join(&[Text::mark(" "), title.clone(), Text::mark(" ")], ""),
            Scope::PopupTitle,
        );
    }
    canvas.part(x + 1, y + 1, width - 2, rows)
}

/// The keys that may follow, at the lower right.
fn following(app: &App, canvas: &mut Canvas<'_>) {
    let hints = pending(app);
    if hints.is_empty() {
        return;
    }
    let rows: Vec<(Text, Text)> = hints
        .iter()
        .map(|hint| {
            let label = match hint.command {
                Some(name) => app.locale.plain(&format!("command-{name}.hint")),
                None => Text::mark("…"),
            };
            (Text::foreign(&hint.keys), label)
        })
        .collect();
    let keys_width = rows.iter().map(|(keys, _)| keys.width()).max().unwrap_or(0);
    let label_width = rows.iter().map(|(_, label)| label.width()).max().unwrap_or(0);
    let width = (keys_width + label_width + 5).min(canvas.width());
    let height = (rows.len() as u16 + 1).min(Frame { size: app.size }.body_height());
    let y = Frame { size: app.size }.status_row().saturating_sub(height);
    let mut inside = canvas.part(canvas.width() - width, y, width, height);
    inside.clear(Scope::Popup);
    inside.rule(0);
    inside.divider(0);
    for (y, (keys, label)) in (1..).zip(rows) {
        inside.put(2, y, &keys, Scope::Key);
        inside.put(3 + keys_width, y, &label, Scope::KeyLabel);
    }
}

/// The number of the selected row among all, for boxes that hold more than they show.
fn position(app: &App, at: u64, total: u64) -> Text {
    app.locale.text("rows-position", &[("at", Arg::from(at + 1)), ("total", Arg::from(total))])
}
