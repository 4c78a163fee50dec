//! From `&App` to a buffer of cells. Nothing here changes state, reads a file or writes to the terminal.
//!
//! Everything is drawn through [`Canvas`], which takes only [`crate::locale::Text`]: an untranslated string or a control sequence
//! has no way in. Called by `term` and by the tests.

mod canvas;
mod chrome;
mod format;
mod look;
mod popup;
mod screen;
mod widget;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::app::{App, Frame, MINIMUM};
use crate::locale::Arg;

pub use canvas::{Canvas, Cell};

/// Draws the whole screen; the answer is where the cursor stands, where a line is typed in.
pub fn draw(app: &App, buffer: &mut Buffer) -> Option<Position> {
    buffer.reset();
    let mut canvas = Canvas::whole(buffer, app);
    if !app.size.is_enough() {
        too_small(app, &mut canvas);
        return None;
    }
    let body = Frame { size: app.size }.body_height();
    let mut inside = canvas.part(0, Frame::BODY_TOP, app.size.width, body);
    screen::draw(app, &mut inside);
    let cursor = inside.cursor();
    // After the body: a long message grows over it.
    chrome::draw(app, &mut canvas);
    chrome::status(app, &mut canvas);
    popup::draw(app, &mut canvas);
    if app.layers.is_empty() { cursor } else { canvas.cursor() }
}

fn too_small(app: &App, canvas: &mut Canvas<'_>) {
    let args = [
        ("width", Arg::from(app.size.width)),
        ("height", Arg::from(app.size.height)),
        ("need_width", Arg::from(MINIMUM.width)),
        ("need_height", Arg::from(MINIMUM.height)),
    ];
    let text = app.locale.text("too-small", &args);
    for (y, line) in (0..app.size.height).zip(text.wrapped(app.size.width)) {
        canvas.text(0, y, &line);
    }
}
