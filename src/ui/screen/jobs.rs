//! Jobs: what runs in the background, how far it is, and what ended lately.

use crate::app::App;
use crate::app::theme::Scope;
use crate::jobs::JobState;
use crate::locale::{Arg, Text};
use crate::ui::canvas::{Canvas, Cell};
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let width = canvas.width();
    if app.jobs.total() == 0 {
        canvas.paragraph(1, 1, &app.locale.plain("jobs-none"), Scope::Text);
        return;
    }
    let heads = ["jobs-name", "jobs-state", "jobs-progress", "jobs-took"];
    let widths = [width.saturating_sub(46), 14, 20, 10];
    let head: Vec<Cell> = heads
        .iter()
        .zip(widths)
        .map(|(key, width)| Cell::new(app.locale.plain(key), width).look(Scope::Heading))
        .collect();
    canvas.row(0, &head, false);
    for (y, (at, job)) in (1..).zip(app.jobs.seen()) {
        let Some(job) = job else { continue };
        let (state, scope) = match job.state {
            JobState::Waiting => ("job-waiting", Scope::Muted),
            JobState::Running => ("job-running", Scope::Info),
            JobState::Done => ("job-done", Scope::Text),
            JobState::Cancelled => ("job-cancelled", Scope::Muted),
            JobState::Failed => ("job-failed", Scope::Error),
        };
        let progress = if job.total > 0 {
            let args = [("at", Arg::from(job.done)), ("total", Arg::from(job.total))];
            app.locale.text("rows-position", &args)
        } else {
            Text::EMPTY
        };
        let cells = [
            Cell::new(app.locale.plain(job.name), widths[0]),
            Cell::new(app.locale.plain(state), widths[1]).look(scope),
            Cell::new(progress, widths[2]),
            Cell::new(format::took(app, job.took), widths[3]),
        ];
        canvas.row(y, &cells, at == app.jobs.selected_at());
    }
}
