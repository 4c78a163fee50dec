//! Journal: every entry, newest first: number, when, what, who, why.

use crate::app::App;
use crate::app::theme::Scope;
use crate::locale::Text;
use crate::ui::canvas::{Canvas, Cell};
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let width = canvas.width();
    if app.journal.rows.total() == 0 {
        canvas.paragraph(1, 1, &app.locale.plain("journal-empty"), Scope::Text);
        return;
    }
    let widths = [9, 17, 22, 14, width.saturating_sub(64)];
    let heads = ["journal-seq", "journal-at", "journal-act", "journal-officer", "journal-purpose"];
    let head: Vec<Cell> = heads
        .iter()
        .zip(widths)
        .map(|(key, width)| Cell::new(app.locale.plain(key), width).look(Scope::Heading))
        .collect();
    canvas.row(0, &head, false);
    for (y, (at, entry)) in (1..).zip(app.journal.rows.seen()) {
        let selected = at == app.journal.rows.selected_at();
        let Some(entry) = entry else {
            canvas.row(y, &[Cell::new(Text::mark("…"), 4)], selected);
            continue;
        };
        let cells = [
            Cell::new(Text::count(entry.seq), widths[0]),
            Cell::new(format::moment(app, entry.at), widths[1]),
            Cell::new(app.locale.word("did", &entry.act.replace('.', "-")), widths[2]),
            Cell::new(Text::foreign(&entry.officer.0), widths[3]),
            Cell::new(Text::foreign(&entry.purpose), widths[4]),
        ];
        canvas.row(y, &cells, selected);
    }
}
