//! What every screen has: the header, the rule with the transient message, and the keys that work now.

use super::canvas::Canvas;
use super::format;
use crate::app::theme::Scope;
use crate::app::{App, Frame, Severity, hints};
use crate::locale::{Arg, Text};

/// Draws header, rules and hints.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let frame = Frame { size: app.size };
    header(app, canvas);
    canvas.rule(1);
    canvas.rule(frame.status_row());
    keys(app, canvas, frame.hints_row());
}

/// `Headstamp  Home   DEMO              NCB Madrid (ES)  J. Ortega  14:32`
fn header(app: &App, canvas: &mut Canvas<'_>) {
    let mut x = canvas.put(0, 0, &app.locale.plain("app-name"), Scope::Header);
    x = canvas.put(x + 2, 0, &title(app), Scope::HeaderScreen);
    if let Some(text) = super::widget::form::header(app) {
        x = canvas.put(x + 2, 0, &text, Scope::Muted);
    }
    if app.session.demo {
        x = canvas.put(x + 2, 0, &app.locale.plain("header-demo"), Scope::Demo);
    }
    if app.session.read_only {
        x = canvas.put(x + 2, 0, &app.locale.plain("header-read-only"), Scope::Warning);
    }
    let right = canvas.put_left_of(canvas.width(), 0, &format::clock(app), Scope::Header);
    let room = right.saturating_sub(x + 4);
    let officer = Text::foreign(&app.session.officer);
    let office = Text::foreign(&app.session.office);
    let whole = Text::join(&[office.clone(), officer.clone()], "  ");
    // Where there is no room for both, the officer stays: that name goes into every entry of the journal.
    let who = if whole.width() <= room { whole } else { officer.clipped(room) };
    canvas.put_left_of(right.saturating_sub(2), 0, &who, Scope::Header);
}

/// The screen's name; a form is named by what it is.
fn title(app: &App) -> Text {
    super::widget::form::title(app)
        .unwrap_or_else(|| app.locale.plain(&format!("screen-{}", app.screen.id())))
}

/// Draws the transient message, over the lower rule and, where it is long, over the end of the body.
pub fn status(app: &App, canvas: &mut Canvas<'_>) {
    let y = Frame { size: app.size }.status_row();
    if app.debug {
        let args = [("frame", Arg::from(app.sent.0)), ("total", Arg::from(app.sent.1))];
        let text = app.locale.text("debug-bytes", &args);
        canvas.put_left_of(canvas.width(), y, &text, Scope::Muted);
    }
    let Some(status) = &app.status else { return };
    let (scope, mark) = match status.severity {
        Severity::Info => (Scope::Info, "·"),
        Severity::Good => (Scope::Good, "✓"),
        Severity::Warning => (Scope::Warning, "!"),
        Severity::Error => (Scope::Error, "✗"),
    };
    let said = app.locale.say(&status.message);
    let mut lines = said.wrapped(canvas.width().saturating_sub(4));
    lines.truncate(4);
    // A long sentence grows upwards over the body: what to do next stands at its end and must be seen.
    let top = y.saturating_sub(lines.len() as u16 - 1);
    for (at, line) in lines.iter().enumerate() {
        let row = top + at as u16;
        if lines.len() > 1 {
            canvas.part(0, row, canvas.width(), 1).clear(Scope::Text);
        }
        let lead = if at == 0 { Text::mark(mark) } else { Text::mark(" ") };
        let x = canvas.put(1, row, &lead, scope);
        let x = canvas.put(x + 1, row, line, scope);
        canvas.put(x, row, &Text::mark(" "), Scope::Text);
        if at == 0 {
            canvas.put(0, row, &Text::mark(" "), Scope::Text);
            canvas.put(2, row, &Text::mark(" "), Scope::Text);
        }
    }
}

/// `Enter open  c check  …`: as many as fit, and never half of one.
fn keys(app: &App, canvas: &mut Canvas<'_>, y: u16) {
    let mut x = 0;
    for hint in hints(app) {
        let keys = Text::foreign(&hint.keys);
        let label = hint.command.map(|name| app.locale.plain(&format!("command-{name}.hint")));
        let label = label.unwrap_or_default();
        let end = x + keys.width() + 1 + label.width();
        if end > canvas.width() {
            break;
        }
        x = canvas.put(x, y, &keys, Scope::Key);
        x = canvas.put(x + 1, y, &label, Scope::KeyLabel) + 2;
    }
}
