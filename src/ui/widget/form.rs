//! A form: sections, fields with what is said and what is wrong beside them, the choices of the field with the focus, and at the
//! bottom the whole sentence about it. No boxes: every frame is bytes.

use crate::app::App;
use crate::app::screen::ScreenId;
use crate::app::screen::form::{EXPLAINED, FormScreen, Placed};
use crate::domain::problem::{Problem, Severity};
use crate::forms::choices::word_key;
use crate::forms::chooser::Chooser;
use crate::forms::draft::{Findings, Line, Origin};
use crate::forms::kind::Kind;
use crate::forms::path::Path;
use crate::forms::schema::{Field, Source};
use crate::forms::tree;
use crate::locale::{Arg, Locale, Message, Text};
use crate::ui::canvas::Canvas;
use crate::ui::format;

use crate::app::theme::Scope;

/// How much of an empty field is underlined: as much again is sent for each field that the focus passes.
const INPUT: u16 = 16;

/// Where the columns stand.
#[derive(Clone, Copy)]
struct Columns {
    value: u16,
    values: u16,
    note: u16,
}

/// Draws an open form. The cursor is where one types.
pub fn draw(form: &FormScreen, locale: &Locale, canvas: &mut Canvas<'_>) {
    let findings = form.draft.findings();
    let view = View { form, locale, findings: &findings, columns: Columns::of(canvas.width()) };
    let height = canvas.height().saturating_sub(EXPLAINED);
    let width = canvas.width();
    let mut lines = canvas.part(0, 0, width, height);
    for placed in &form.layout().lines {
        view.line(placed, &mut lines);
    }
    let cursor = lines.cursor();
    canvas.set_cursor(cursor);
    view.explanation(&mut canvas.part(1, height + 1, width.saturating_sub(2), EXPLAINED - 1));
}

/// What the header calls the form that is shown.
pub fn title(app: &App) -> Option<Text> {
    let form = app.form.as_ref().filter(|_| app.screen == ScreenId::Form)?;
    Some(match form.amends() {
        Some(number) => app.locale.text("form-amend-title", &[("record", Arg::from(number))]),
        None => app.locale.plain(&form.draft.schema().title),
    })
}

/// Whether the draft is on the disk, for the header.
pub fn header(app: &App) -> Option<Text> {
    let form = app.form.as_ref().filter(|_| app.screen == ScreenId::Form)?;
    let at = form.kept_at?;
    let time = format::when(app, at);
    Some(app.locale.text("form-draft-saved", &[("time", Arg::from(&time))]))
}

struct View<'a> {
    form: &'a FormScreen,
    locale: &'a Locale,
    findings: &'a Findings,
    columns: Columns,
}

impl Columns {
    /// At 80 columns as in the sketch; wider screens give the labels a little and the values half of the rest.
    const fn of(width: u16) -> Self {
        let value = if width >= 100 { 19 } else { 17 };
        let values = width.saturating_sub(value) / 100 * 47 + width.saturating_sub(value) % 100 * 47 / 100;
        Self { value, values, note: value + values }
    }
}

impl View<'_> {
    fn line(&self, placed: &Placed<'_>, canvas: &mut Canvas<'_>) {
        let Some(y) = placed.row.checked_sub(self.form.top).and_then(|y| u16::try_from(y).ok()) else {
            return;
        };
        match &placed.line {
            Line::Section { number, section } => {
                let label = self.locale.plain(&section.label);
                let number = Text::count(*number as u64);
                canvas.put(1, y, &Text::join(&[number, label], " "), Scope::Heading);
                let is_here = |path: &Path| {
                    !self.form.quiet.contains(path)
                        && section.fields.iter().any(|field| path.is_within(&field.path))
                };
                let count = self.findings.count_where(is_here);
                if count > 0 {
                    let text = self.locale.text("form-problems", &[("count", Arg::from(count))]);
                    canvas.put(self.columns.note, y, &text, Scope::Warning);
                }
            }
            Line::Field { field, path, row } => {
                let indent = if row.is_some() { 5 } else { 3 };
                if let Some(row) = row.filter(|row| row.is_first) {
                    canvas.put_left_of(4, y, &Text::count(row.row as u64 + 1), Scope::Muted);
                }
                let label = self.locale.plain(&field.label);
                let room = self.columns.value.saturating_sub(indent + 2);
                canvas.put_within(indent, y, &label, Scope::Text, room);
                if placed.is_focused {
                    canvas.put(self.columns.value - 2, y, &Text::mark(">"), Scope::Text);
                    self.focused(field, path, placed, y, canvas);
                } else {
                    let value = self.value(field, path);
                    let room = self.room(field, path, canvas);
                    canvas.put_within(self.columns.value, y, &value, Scope::Text, room);
                }
                self.draw_note(field, path, y, canvas);
            }
        }
    }

    fn focused(&self, field: &Field, path: &Path, placed: &Placed<'_>, y: u16, canvas: &mut Canvas<'_>) {
        let x = self.columns.value;
        let room = self.room(field, path, canvas);
        let filter = self.form.chooser.as_ref().filter(|chooser| chooser.is_closed()).map(Chooser::filter);
        match filter {
            Some(filter) if !filter.text().is_empty() => {
                canvas.edited(x, y, filter.text(), &filter.text()[..filter.cursor()], room);
            }
            _ if field.kind.is_typed() => self.typed(placed.rows, room, y, canvas),
            _ => {
                let value = self.value(field, path);
                canvas.put_within(x, y, &value, Scope::Focus, room);
                if value.is_empty() {
                    canvas.edited(x, y, "", "", room.min(INPUT));
                }
            }
        }
        if placed.choices > 0 {
            let top = y + placed.rows as u16;
            self.choices(
                placed.choices,
                &mut canvas.part(x - 2, top, canvas.width().saturating_sub(x - 2), placed.choices as u16),
            );
        }
    }

    /// The text that is typed, of many lines those around the cursor.
    fn typed(&self, rows: usize, room: u16, y: u16, canvas: &mut Canvas<'_>) {
        let editor = self.form.draft.editor();
        let (at, _) = editor.position();
        let before = &editor.text()[..editor.cursor()];
        let before = before.rsplit('\n').next().unwrap_or_default();
        let top = (at + 1).saturating_sub(rows);
        let x = self.columns.value;
        for (row, line) in editor.text().split('\n').enumerate().skip(top).take(rows) {
            let y = y + (row - top) as u16;
            if row == at {
                let needed = Text::foreign(line).width().saturating_add(1);
                canvas.edited(x, y, line, before, room.min(needed.max(INPUT)));
            } else {
                canvas.put_within(x, y, &Text::foreign(line), Scope::Text, room);
            }
        }
    }

    fn choices(&self, rows: usize, canvas: &mut Canvas<'_>) {
        let Some(chooser) = &self.form.chooser else { return };
        let offered = chooser.offered();
        let seen = rows - 1;
        let selected = chooser.selected_at();
        // The selection stays in sight; the list moves by half of what is seen.
        let top = selected.map_or(0, |at| {
            if at < seen {
                0
            } else {
                (at - seen) / (seen / 2).max(1) * (seen / 2).max(1) + (seen / 2).max(1)
            }
        });
        let top = top.min(offered.len().saturating_sub(seen));
        let width = self.columns.values.max(24);
        for (row, (at, choice)) in offered.iter().enumerate().skip(top).take(seen).enumerate() {
            let y = row as u16;
            let is_selected = selected == Some(at);
            let mark = if is_selected { Text::mark(">") } else { Text::mark("·") };
            canvas.put(0, y, &mark, Scope::Text);
            let scope = if is_selected { Scope::Focus } else { Scope::Text };
            let end = canvas.put_within(2, y, &Text::foreign(&choice.label), scope, width);
            let x = (self.columns.note + 2 - self.columns.value).max(end + 2);
            canvas.put(x, y, &Text::foreign(&choice.detail), Scope::Muted);
        }
        let rest = offered.len().saturating_sub(seen);
        let last = match (chooser.is_waiting(), offered.is_empty(), chooser.is_closed()) {
            (true, ..) => self.locale.plain("form-choices-waiting"),
            (_, true, true) => self.locale.plain("form-choices-none-closed"),
            (_, true, false) => self.locale.plain("form-choices-none"),
            _ if rest > 0 => self.locale.text("form-choices-more", &[("count", Arg::from(rest))]),
            _ => Text::EMPTY,
        };
        canvas.put(2, seen as u16, &last, Scope::Muted);
    }

    /// The columns a value may take: to the end of the line where nothing stands beside it.
    fn room(&self, field: &Field, path: &Path, canvas: &Canvas<'_>) -> u16 {
        match self.note(field, path) {
            Some(_) => self.columns.values - 1,
            None => canvas.width().saturating_sub(self.columns.value),
        }
    }

    /// What stands beside the value, after a mark where it is a problem.
    fn draw_note(&self, field: &Field, path: &Path, y: u16, canvas: &mut Canvas<'_>) {
        let Some((text, scope)) = self.note(field, path) else { return };
        if scope != Scope::Muted {
            canvas.put(self.columns.note, y, &Text::mark("!"), scope);
        }
        canvas.put(self.columns.note + 2, y, &text, scope);
    }

    /// What is wrong, what it was, where it came from, or that it is asked for.
    fn note(&self, field: &Field, path: &Path) -> Option<(Text, Scope)> {
        let draft = &self.form.draft;
        let is_quiet = self.form.quiet.contains(path);
        if let Some(problem) = self.findings.at(path).first().filter(|_| !is_quiet) {
            return Some((self.locale.say(&Message::from(problem)), look(problem)));
        }
        if let Some(was) = self.was(field, path) {
            return Some((was, Scope::Muted));
        }
        let text = match draft.origin(path) {
            Some(Origin::Card) => self.locale.plain("form-from-card"),
            Some(Origin::Reference) => self.locale.plain("form-from-reference"),
            None if draft.is_required(path) && draft.is_blank(path) => {
                self.locale.plain("form-required-mark")
            }
            None => return None,
        };
        Some((text, Scope::Muted))
    }

    /// What an amended field said before.
    fn was(&self, field: &Field, path: &Path) -> Option<Text> {
        self.form.amends()?;
        let said = |value: Option<&serde_json::Value>| {
            value.filter(|value| !tree::is_blank(value)).map(tree::pruned)
        };
        let (old, new) = (said(self.form.draft.original(path)), said(self.form.draft.value(path)));
        if old == new || matches!(field.kind, Kind::Rows { .. }) {
            return None;
        }
        Some(match old {
            Some(old) => {
                let old = self.said(field, &old);
                self.locale.text("form-was", &[("old", Arg::from(&old))])
            }
            None => self.locale.plain("form-was-empty"),
        })
    }

    fn value(&self, field: &Field, path: &Path) -> Text {
        match (&field.kind, self.form.draft.value(path)) {
            (Kind::Rows { .. }, _) => {
                let count = self.form.draft.row_count(path);
                self.locale.text("form-rows", &[("count", Arg::from(count))])
            }
            (_, Some(value)) => self.said(field, value),
            (_, None) => Text::EMPTY,
        }
    }

    /// A value as a person reads it: words of a vocabulary by their names.
    fn said(&self, field: &Field, value: &serde_json::Value) -> Text {
        let word = |word: &serde_json::Value| match (&field.choices, word.as_str()) {
            (Some(source @ (Source::Inline(_) | Source::Vocabulary(_))), Some(word)) => {
                let key = word_key(source, &field.label, word);
                if self.locale.has(&key) { self.locale.plain(&key) } else { Text::foreign(word) }
            }
            _ => Text::foreign(&field.kind.show(word).replace('\n', " ")),
        };
        match value.as_array() {
            Some(words) if field.kind.is_many() => {
                Text::join(&words.iter().map(word).collect::<Vec<_>>(), ", ")
            }
            _ => word(value),
        }
    }

    /// The whole sentence about a field: its problems, or what helps to fill it.
    fn explanation(&self, canvas: &mut Canvas<'_>) {
        let path = &self.form.explained;
        let problems = self.findings.at(path);
        let elsewhere = self.findings.of_the_form.first().filter(|_| problems.is_empty());
        let (text, scope) = match (problems, elsewhere, self.form.draft.schema().field(path)) {
            ([first, ..], _, _) => {
                let said: Vec<Text> =
                    problems.iter().map(|problem| self.locale.say(&Message::from(problem))).collect();
                (Text::join(&said, "; "), look(first))
            }
            (_, Some(problem), _) => {
                let said = self.locale.say(&Message::from(problem));
                (self.locale.text("form-problem-elsewhere", &[("problem", Arg::from(&said))]), look(problem))
            }
            (_, _, Some(field)) => (self.locale.plain(&field.help), Scope::Muted),
            _ => return,
        };
        let room = canvas.width();
        let lines = text.wrapped(room);
        let rows = usize::from(canvas.height());
        for (y, line) in (0_u16..).zip(lines.iter().take(rows)) {
            let is_cut = usize::from(y) + 1 == rows && lines.len() > rows;
            let line = if is_cut {
                Text::join(&[line.clipped(room.saturating_sub(2)), Text::mark("…")], " ")
            } else {
                line.clone()
            };
            canvas.put(0, y, &line, scope);
        }
    }
}

fn look(problem: &Problem) -> Scope {
    match problem.severity {
        Severity::Error => Scope::Error,
        Severity::Warning => Scope::Warning,
    }
}
