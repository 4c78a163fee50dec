//! One record: what is recorded, what was done to it with old and new values, and what is related.

use crate::app::App;
use crate::app::screen::record::{LABEL, RecordLine};
use crate::app::theme::Scope;
use crate::ui::canvas::Canvas;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    if app.record.view.is_none() {
        canvas.put(1, 1, &app.locale.plain("record-reading"), Scope::Muted);
        return;
    }
    let lines = app.record.lines(&app.locale, &app.zone, canvas.width());
    let height = canvas.height();
    let top = app.record.top.min((lines.len() as u16).saturating_sub(height));
    for (y, line) in (0..height).zip(lines.iter().skip(usize::from(top))) {
        match line {
            RecordLine::Heading(text) => {
                canvas.put(1, y, text, Scope::Heading);
            }
            RecordLine::Field { label, value, scope } => {
                canvas.put_within(2, y, label, Scope::Muted, LABEL - 1);
                canvas.put(2 + LABEL, y, value, *scope);
            }
        }
    }
}
