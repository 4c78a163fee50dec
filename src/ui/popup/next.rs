//! What to do after a check, and whom to ask about the history of the firearm.

use super::open;
use super::reading::{self, Line};
use crate::app::task::NextSteps;
use crate::app::{App, Frame};
use crate::desk::Advice;
use crate::ui::canvas::Canvas;

const WIDTH: u16 = 76;

/// Draws it.
pub fn draw(app: &App, steps: &NextSteps, top: u16, canvas: &mut Canvas<'_>) {
    let width = WIDTH.min(app.size.width.saturating_sub(4)) - 2;
    let told = |advice: &Advice| Line::sentences(&app.locale.say(&advice.into()), width);
    let mut lines: Vec<Line> = steps.advice.iter().flat_map(told).collect();
    // Without a firm candidate the steps are already to trace it: they are not told twice.
    let further: Vec<&Advice> = steps.trace.iter().filter(|advice| !steps.advice.contains(advice)).collect();
    if !further.is_empty() {
        lines.push(Line::blank());
        lines.push(Line::heading(app.locale.plain("next-trace")));
        lines.extend(further.into_iter().flat_map(told));
    }
    let rows = Frame { size: app.size }.body_height().min(lines.len() as u16);
    let mut inside = open(app, canvas, &app.locale.plain("next-title"), WIDTH, rows);
    reading::draw(&mut inside, &lines, top);
}
