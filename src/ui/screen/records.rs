//! Records: the filter, how many there are, and the rows near what is seen. More room gives more columns.

use crate::app::App;
use crate::app::theme::Scope;
use crate::desk::RecordRow;
use crate::locale::{Arg, Text};
use crate::ui::canvas::{Canvas, Cell};
use crate::ui::format;

/// Draws it.
pub fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let records = &app.records;
    filter_line(app, canvas);
    if let Some(fault) = records.faults.first() {
        let x = canvas.put(0, 1, &Text::mark("! "), Scope::Warning);
        canvas.put(x, 1, &app.locale.say(fault), Scope::Warning);
    }
    if records.rows.total() == 0 {
        empty(app, canvas);
        return;
    }
    let columns = columns(canvas.width());
    let head: Vec<Cell> = columns
        .iter()
        .map(|(column, width)| Cell::new(app.locale.plain(column.key()), *width).look(Scope::Heading))
        .collect();
    canvas.row(2, &head, false);
    for (y, (at, row)) in (3..).zip(records.rows.seen()) {
        let selected = at == records.rows.selected_at();
        let cells: Vec<Cell> = match row {
            Some(row) => {
                columns.iter().map(|(column, width)| Cell::new(column.text(app, row), *width)).collect()
            }
            None => vec![Cell::new(Text::mark("…"), 4)],
        };
        canvas.row(y, &cells, selected);
    }
}

fn filter_line(app: &App, canvas: &mut Canvas<'_>) {
    let records = &app.records;
    let x = canvas.put(0, 0, &Text::mark("/ "), Scope::Key);
    let order = app.locale.plain(&format!("records-order-{}", records.sort.id()));
    let mut end = canvas.put_left_of(canvas.width(), 0, &order, Scope::Muted);
    if let Some(took) = records.took {
        let args = [
            ("at", Arg::from(records.rows.selected_at() + u64::from(records.rows.total() > 0))),
            ("total", Arg::from(records.rows.total())),
        ];
        let position = app.locale.text("rows-position", &args);
        end = canvas.put_left_of(end.saturating_sub(2), 0, &position, Scope::Text);
        end = canvas.put_left_of(end.saturating_sub(2), 0, &format::took(app, took), Scope::Muted);
    }
    let room = end.saturating_sub(x + 2);
    if records.filter.text().is_empty() && !records.typing {
        canvas.put_within(x, 0, &app.locale.plain("records-filter-example"), Scope::Muted, room);
    } else {
        canvas.input(x, 0, &records.filter, room, records.typing);
    }
}

fn empty(app: &App, canvas: &mut Canvas<'_>) {
    let key = match (app.records.took, app.records.filter.text().is_empty()) {
        (None, _) => "records-reading",
        (Some(_), true) => "records-empty",
        (Some(_), false) => "records-none-fit",
    };
    let args = [("clear", Arg::from(format::keys(app, "clear-filter")))];
    canvas.paragraph(1, 3, &app.locale.text(key, &args), Scope::Text);
}

#[derive(Debug, Clone, Copy)]
enum Column {
    Number,
    Serial,
    Firearm,
    Calibre,
    Reason,
    State,
    Date,
    Country,
    Place,
}

impl Column {
    const fn key(self) -> &'static str {
        match self {
            Self::Number => "column-number",
            Self::Serial => "column-serial",
            Self::Firearm => "column-firearm",
            Self::Calibre => "column-calibre",
            Self::Reason => "column-reason",
            Self::State => "column-state",
            Self::Date => "column-date",
            Self::Country => "column-country",
            Self::Place => "column-place",
        }
    }

    fn text(self, app: &App, row: &RecordRow) -> Text {
        match self {
            Self::Number => Text::foreign(&row.number),
            Self::Serial if row.serial.is_empty() => app.locale.plain("no-serial"),
            Self::Serial => Text::foreign(&row.serial),
            Self::Firearm => Text::foreign(&format!("{} {}", row.make, row.model)),
            Self::Calibre => Text::foreign(&row.calibre),
            Self::Reason => {
                row.reason.map(|reason| app.locale.word("reason", reason.id())).unwrap_or_default()
            }
            Self::State => app.locale.word("state", row.state.id()),
            Self::Date => Text::foreign(&row.date.to_string()),
            Self::Country => {
                row.country.map(|country| Text::foreign(&country.to_string())).unwrap_or_default()
            }
            Self::Place => Text::foreign(&row.place),
        }
    }
}

/// The columns for a width: the firearm takes what is left.
fn columns(width: u16) -> Vec<(Column, u16)> {
    use Column as C;
    let mut fixed = vec![
        (C::Number, 16),
        (C::Serial, 14),
        (C::Firearm, 0),
        (C::Reason, 11),
        (C::Date, 11),
        (C::Country, 3),
    ];
    if width >= 90 {
        fixed.insert(4, (C::State, 13));
    }
    if width >= 105 {
        fixed.insert(3, (C::Calibre, 14));
    }
    if width >= 120 {
        fixed.push((C::Place, 16));
    }
    let taken: u16 = 2 + fixed.iter().map(|(_, width)| width).sum::<u16>();
    let left = width.saturating_sub(taken);
    for (column, width) in &mut fixed {
        if matches!(column, C::Firearm) {
            *width = left;
        }
    }
    fixed
}
