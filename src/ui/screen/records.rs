//! Records: the filter, how many there are, and the rows near what is seen. More room gives more columns.

use crate::app::App;
use crate::app::screen::records::Column;
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
    let columns = records.fitting(canvas.width());
    let head: Vec<Cell> = columns
        .iter()
        .map(|(column, width)| Cell::new(app.locale.word("column", column.id()), *width).look(Scope::Heading))
        .collect();
    canvas.row(2, &head, false);
    for (y, (at, row)) in (3..).zip(records.rows.seen()) {
        let selected = at == records.rows.selected_at();
        let cells: Vec<Cell> = match row {
            Some(row) => {
                columns.iter().map(|(column, width)| Cell::new(text(*column, app, row), *width)).collect()
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

fn text(column: Column, app: &App, row: &RecordRow) -> Text {
    match column {
        Column::Number => Text::foreign(&row.number),
        Column::Serial if row.serial.is_empty() => app.locale.plain("no-serial"),
        Column::Serial => Text::foreign(&row.serial),
        Column::Firearm => Text::foreign(&format!("{} {}", row.make, row.model)),
        Column::Type => row.firearm_type.map(|kind| app.locale.word("type", kind.id())).unwrap_or_default(),
        Column::Calibre => Text::foreign(&row.calibre),
        Column::Reason => row.reason.map(|reason| app.locale.word("reason", reason.id())).unwrap_or_default(),
        Column::State => app.locale.word("state", row.state.id()),
        Column::Date => Text::foreign(&row.date.to_string()),
        Column::Country => row.country.map(|country| Text::foreign(country.as_str())).unwrap_or_default(),
        Column::Place => Text::foreign(&row.place),
        Column::Case => Text::foreign(&row.case_ref),
        Column::Owner => Text::foreign(row.owner.as_str()),
        Column::Entered => format::day(app, row.entered),
        Column::Review => row.review_on.map(|day| Text::foreign(&day.to_string())).unwrap_or_default(),
    }
}
