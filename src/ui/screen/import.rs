//! Import: the editions that are there, the choice of a list, what an import would do, how far it is, and what it did.

use crate::app::App;
use crate::app::geometry::import_text_height;
use crate::app::screen::import::Stage;
use crate::app::theme::Scope;
use crate::jobs::JobState;
use crate::locale::{Arg, Text};
use crate::ui::canvas::{Canvas, Cell};
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    match &app.import.stage {
        Stage::Editions => editions(app, canvas),
        Stage::Choosing => choosing(app, canvas),
        Stage::Reading(path) => runs(app, "import-reading", &path.display().to_string(), canvas),
        Stage::Importing(path) => runs(app, "import-running", &path.display().to_string(), canvas),
        Stage::Preview(_) | Stage::Done(_) => told(app, canvas),
    }
}

fn editions(app: &App, canvas: &mut Canvas<'_>) {
    let width = canvas.width();
    if app.import.editions.total() == 0 {
        let args = [("key", Arg::from(format::keys(app, "choose-list")))];
        canvas.part(1, 1, width.saturating_sub(2), canvas.height()).paragraph(
            0,
            0,
            &app.locale.text("import-empty", &args),
            Scope::Text,
        );
        return;
    }
    let widths = [16, width.saturating_sub(2 + 16 + 12 + 10 + 9 + 12), 12, 10, 9, 12];
    let heads = ["name", "title", "dated", "entries", "refused", "imported"];
    let head: Vec<Cell> = heads
        .iter()
        .zip(widths)
        .map(|(name, width)| {
            Cell::new(app.locale.plain(&format!("edition-{name}")), width).look(Scope::Heading)
        })
        .collect();
    canvas.row(0, &head, false);
    for (y, (at, edition)) in (1..).zip(app.import.editions.seen()) {
        let Some(edition) = edition else { continue };
        let dated = edition
            .dated
            .map_or_else(|| app.locale.plain("value-unknown"), |dated| Text::foreign(&dated.to_string()));
        let cells = [
            Cell::new(Text::foreign(&edition.name), widths[0]),
            Cell::new(Text::foreign(&edition.title), widths[1]),
            Cell::new(dated, widths[2]),
            Cell::new(Text::count(edition.entries + edition.codes), widths[3]),
            Cell::new(Text::count(edition.refused), widths[4]),
            Cell::new(format::when(app, edition.at), widths[5]),
        ];
        canvas.row(y, &cells, at == app.import.editions.selected_at());
    }
}

fn choosing(app: &App, canvas: &mut Canvas<'_>) {
    let width = canvas.width();
    let x = canvas.put(0, 0, &app.locale.plain("import-file"), Scope::Muted) + 1;
    canvas.input(x, 0, &app.import.line, width - x, app.layers.is_empty());
    canvas.rule(1);
    if let Some(fault) = &app.import.fault {
        canvas.paragraph(1, 2, &Text::foreign(fault), Scope::Error);
    } else if app.import.folder.total() == 0 {
        canvas.paragraph(1, 2, &app.locale.plain("import-no-such"), Scope::Muted);
    }
    for (y, (at, row)) in (2..).zip(app.import.folder.seen()) {
        let Some(row) = row else { continue };
        let bytes = if row.is_folder { Text::EMPTY } else { Text::count(row.bytes) };
        let cells = [
            Cell::new(Text::foreign(&row.name), width.saturating_sub(2 + 16)),
            Cell::new(bytes, 16).look(Scope::Muted).right(),
        ];
        canvas.row(y, &cells, at == app.import.folder.selected_at());
    }
}

/// A job that runs, with how far it is.
fn runs(app: &App, key: &str, file: &str, canvas: &mut Canvas<'_>) {
    canvas.put(1, 1, &app.locale.text(key, &[("file", Arg::from(file))]), Scope::Text);
    let jobs = (0..app.jobs.total()).filter_map(|at| app.jobs.get(at));
    let mut running = jobs.filter(|job| job.name.starts_with("job-import") && job.state == JobState::Running);
    let Some(job) = running.next().filter(|job| job.total > 0) else { return };
    let percent = (job.done * 100 / job.total).min(100);
    let args = [("percent", Arg::from(percent)), ("took", Arg::from(&format::took(app, job.took)))];
    canvas.put(1, 3, &app.locale.text("import-progress", &args), Scope::Info);
    let args = [("key", Arg::from(format::keys(app, "stop-import")))];
    canvas.put(1, 5, &app.locale.text("import-stop", &args), Scope::Muted);
}

/// What an import would do, or did. The last line says where one is and what the keys do; nothing is cut without it.
fn told(app: &App, canvas: &mut Canvas<'_>) {
    let (width, body) = (canvas.width(), canvas.height());
    let lines = app.import.lines(&app.locale, width);
    let seen = import_text_height(body);
    let top = app.import.top.min((lines.len() as u16).saturating_sub(seen));
    for (y, line) in (0..seen).zip(lines.iter().skip(usize::from(top))) {
        canvas.put_within(1, y, &line.text, line.scope, width.saturating_sub(1));
        if let Some((x, beside)) = &line.beside {
            canvas.put_within(1 + x, y, beside, Scope::Muted, width.saturating_sub(1 + x));
        }
    }
    let below = lines.len().saturating_sub(usize::from(top + seen));
    let mut parts = Vec::new();
    if let Stage::Preview(_) = app.import.stage {
        let args = [
            ("import", Arg::from(format::keys(app, "import-list"))),
            ("columns", Arg::from(format::keys(app, "map-columns"))),
        ];
        parts.push(app.locale.text("import-next", &args));
    }
    if below > 0 {
        let args = [("count", Arg::from(below)), ("key", Arg::from(format::keys(app, "scroll-page-down")))];
        parts.push(app.locale.text("import-more-below", &args));
    } else if top > 0 {
        let args = [("key", Arg::from(format::keys(app, "scroll-page-up")))];
        parts.push(app.locale.text("import-end", &args));
    }
    canvas.put_within(1, seen, &Text::join(&parts, "  "), Scope::Info, width.saturating_sub(1));
}
