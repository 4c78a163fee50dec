//! The columns of a list: what is still needed, each column with what it says and its first values, and all of the selected one.

use crate::app::App;
use crate::app::screen::mapping::{MappingScreen, word};
use crate::app::theme::Scope;
use crate::desk::editions::{LookedColumn, delimiter_id};
use crate::locale::{Arg, Text};
use crate::ui::canvas::{Canvas, Cell};
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let Some(mapping) = &app.mapping else {
        canvas.put(1, 1, &app.locale.plain("mapping-none"), Scope::Muted);
        return;
    };
    list(app, mapping, canvas);
    standing(app, mapping, canvas);
    canvas.rule(2);
    let width = canvas.width();
    let heading = (width / 3).min(40);
    let widths = [heading, 15, width.saturating_sub(2 + heading + 15)];
    let heads = ["mapping-heading", "mapping-meaning", "mapping-values"];
    let head: Vec<Cell> = heads
        .iter()
        .zip(widths)
        .map(|(key, width)| Cell::new(app.locale.plain(key), width).look(Scope::Heading))
        .collect();
    canvas.row(3, &head, false);
    for (y, (at, column)) in (4..).zip(mapping.rows.seen()) {
        let Some(column) = column else { continue };
        let look = match column.meaning {
            None => Scope::Muted,
            Some(_) if column.guessed => Scope::Warning,
            Some(_) => Scope::Good,
        };
        let cells = [
            Cell::new(named(app, column), widths[0]),
            Cell::new(meaning(app, column), widths[1]).look(look),
            Cell::new(values(app, column), widths[2]).look(Scope::Muted),
        ];
        canvas.row(y, &cells, at == mapping.rows.selected_at());
    }
    selected(app, mapping, canvas);
}

/// The file, and where in its columns one is.
fn list(app: &App, mapping: &MappingScreen, canvas: &mut Canvas<'_>) {
    let look = mapping.look();
    let (at, total) = (mapping.rows.selected_at() + 1, mapping.rows.total());
    let args = [("at", Arg::from(at)), ("total", Arg::from(total))];
    let end = canvas.put_left_of(canvas.width(), 0, &app.locale.text("mapping-position", &args), Scope::Text);
    let name = look.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let delimiter = app.locale.word("delimiter", delimiter_id(look.delimiter));
    let args = [
        ("file", Arg::from(name)),
        ("encoding", Arg::from(look.encoding.to_string())),
        ("delimiter", Arg::from(&delimiter)),
    ];
    canvas.put_within(1, 0, &app.locale.text("mapping-list", &args), Scope::Heading, end.saturating_sub(3));
}

/// What is still needed, or how to go on.
fn standing(app: &App, mapping: &MappingScreen, canvas: &mut Canvas<'_>) {
    let needed = mapping.needed(&app.locale);
    let (text, scope) = if needed.is_empty() {
        let args = [
            ("preview", Arg::from(format::keys(app, "preview-mapping"))),
            ("guesses", Arg::from(mapping.guesses())),
        ];
        (app.locale.text("mapping-ready", &args), Scope::Good)
    } else {
        (app.locale.text("mapping-needs", &[("needs", Arg::from(&needed))]), Scope::Warning)
    };
    canvas.put_within(1, 1, &text, scope, canvas.width().saturating_sub(1));
}

/// The whole of what is cut in the list: heading, values, and what the meaning is for.
fn selected(app: &App, mapping: &MappingScreen, canvas: &mut Canvas<'_>) {
    let Some(column) = mapping.rows.selected() else { return };
    let (width, y) = (canvas.width(), canvas.height().saturating_sub(2));
    let whole = Text::join(&[named(app, column), values(app, column)], ": ");
    canvas.put_within(1, y, &whole, Scope::Text, width.saturating_sub(1));
    let about = app.locale.word("mapping-about", column.meaning.map_or("none", |meaning| meaning.id()));
    let text =
        if column.guessed { Text::join(&[app.locale.plain("mapping-guessed"), about], " ") } else { about };
    canvas.put_within(1, y + 1, &text, Scope::Muted, width.saturating_sub(1));
}

/// The heading; one that another column has too with its place.
fn named(app: &App, column: &LookedColumn) -> Text {
    if column.heading.trim().is_empty() {
        let args = [("name", Arg::from(column.name.as_str()))];
        return app.locale.text("mapping-column-alone", &args);
    }
    Text::foreign(&column.name)
}

fn meaning(app: &App, column: &LookedColumn) -> Text {
    let word = word(column.meaning, &app.locale);
    if column.guessed { Text::join(&[word, Text::mark("?")], " ") } else { word }
}

fn values(app: &App, column: &LookedColumn) -> Text {
    if column.samples.is_empty() {
        return app.locale.plain("mapping-no-value");
    }
    let values: Vec<Text> = column.samples.iter().map(|value| Text::foreign(value)).collect();
    Text::join(&values, " · ")
}
