//! Import: the editions that are there, the choice of a list, what an import would do, how far it is, and what it did.

use crate::app::App;
use crate::app::screen::import::{Looked, Stage};
use crate::app::theme::Scope;
use crate::desk::editions::Preview;
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
        Stage::Preview(looked) => {
            let args = [("key", Arg::from(format::keys(app, "import-list")))];
            let next = app.locale.text("import-next", &args);
            told(app, looked, "import-would", &next, canvas);
        }
        Stage::Done(imported) => {
            let refused = imported.refused_file.as_ref().map(|file| file.display().to_string());
            let next = match refused {
                Some(file) => app.locale.text("import-refused-file", &[("file", Arg::from(file))]),
                None => app.locale.plain("import-none-refused"),
            };
            told(app, &imported.looked, "import-did", &next, canvas);
        }
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

/// What an import would do, or did.
fn told(app: &App, looked: &Looked, key: &str, next: &Text, canvas: &mut Canvas<'_>) {
    let preview = &looked.preview;
    let (width, height) = (canvas.width(), canvas.height());
    let mut text = canvas.part(1, 0, width.saturating_sub(2), height);
    let facts = facts(preview);
    let mut y = text.paragraph(0, 0, &app.locale.text(key, &facts), Scope::Heading);
    y = text.paragraph(0, y, &app.locale.text("import-list-is", &facts), Scope::Text) + 1;
    let mut lines = Vec::new();
    if preview.tally.models > 0 {
        lines.push(app.locale.text("import-models", &facts));
    }
    if preview.tally.codes > 0 {
        lines.push(app.locale.text("import-codes", &facts));
    }
    lines.push(app.locale.text("import-refused", &facts));
    for line in &lines {
        y = text.paragraph(0, y, line, Scope::Text);
    }
    y = text.paragraph(0, y + 1, next, Scope::Info) + 1;
    for (line, reason) in &looked.refused {
        let args = [("line", Arg::from(*line)), ("reason", Arg::from(reason.as_str()))];
        y = text.paragraph(0, y, &app.locale.text("import-refused-row", &args), Scope::Warning);
    }
    if y + 2 >= height {
        return;
    }
    text.put(0, y, &app.locale.plain("import-columns"), Scope::Heading);
    let room = height - y - 1;
    for (at, column) in preview.columns.iter().enumerate() {
        // Two columns of headings: a list has many.
        let (x, row) = if (at as u16) < room { (0, at as u16) } else { (width / 2, at as u16 - room) };
        if row >= room {
            break;
        }
        let meaning = if column.meaning.is_empty() {
            app.locale.plain("import-not-read")
        } else {
            Text::foreign(column.meaning)
        };
        text.put_within(x, y + 1 + row, &Text::foreign(&column.heading), Scope::Text, 22);
        text.put_within(x + 23, y + 1 + row, &meaning, Scope::Muted, width / 2 - 25);
    }
}

fn facts(preview: &Preview) -> Vec<(&'static str, Arg)> {
    let tally = &preview.tally;
    let delimiter = if preview.delimiter == '\t' { "tab".to_owned() } else { preview.delimiter.to_string() };
    vec![
        ("file", preview.file.display().to_string().into()),
        ("kind", preview.kind.id().into()),
        ("encoding", preview.encoding.to_string().into()),
        ("delimiter", delimiter.into()),
        ("name", preview.name.as_str().into()),
        ("rows", tally.rows.into()),
        ("models", tally.models.into()),
        ("new", tally.new.into()),
        ("linked", tally.linked.into()),
        ("makes", tally.known_makes.into()),
        ("codes", tally.codes.into()),
        ("known", tally.known_codes.into()),
        ("refused", tally.refused.into()),
    ]
}
