//! The list of records: which columns it has and what it is narrowed by.

use crate::app::effect::Effect;
use crate::app::layer::{Ask, Choice, Layer, Pick, Target, Then};
use crate::app::line::Line;
use crate::app::rows::Rows;
use crate::app::screen::records::{Column, NarrowBy};
use crate::app::state::App;
use crate::app::task::Task;
use crate::locale::Text;

/// Opens the box in which columns are switched on and off.
pub fn columns(app: &mut App) -> Vec<Effect> {
    let choices = column_choices(app);
    offer(app, "records-columns-title", choices, 0)
}

/// Switches a column; the box stays where it was.
pub fn switch(app: &mut App, column: Column) -> Vec<Effect> {
    app.records.toggle_column(column, app.size.width);
    let choices = column_choices(app);
    let at = Column::ALL.iter().position(|known| *known == column).unwrap_or(0);
    offer(app, "records-columns-title", choices, at as u64)
}

/// The box of columns says what has room: after a resize it is another answer.
pub fn refit(app: &mut App) {
    let choices = column_choices(app);
    if let Some(Layer::Pick(pick)) = app.layers.last_mut()
        && matches!(pick.choices.selected(), Some(Choice { target: Target::Column(_), .. }))
    {
        pick.choices.replace(choices);
    }
}

/// Opens the box of what the list can be narrowed by.
pub fn narrow(app: &mut App) -> Vec<Effect> {
    let choice = |by: NarrowBy| Choice {
        label: app.locale.word("records-narrow", by.field()),
        target: Target::Narrow(by),
    };
    let choices = NarrowBy::ALL.map(choice).into();
    offer(app, "records-narrow-title", choices, 0)
}

/// Opens the values of a field; where they are too many to be listed, a line to type one.
pub fn values(app: &mut App, by: NarrowBy) -> Vec<Effect> {
    let values = by.values();
    if values.is_empty() {
        app.layers.push(Layer::Ask(Ask {
            title: "records-narrow-title",
            about: None,
            lines: vec![("records-narrow-typed", Line::default())],
            focus: 0,
            fault: None,
            then: Then::Narrow(by),
        }));
        return Vec::new();
    }
    let field = by.field();
    let any = Choice {
        label: app.locale.plain("records-narrow-any"),
        target: Target::Value { field, value: String::new() },
    };
    let choice = |value: &&'static str| Choice {
        label: app.locale.word(field, value),
        target: Target::Value { field, value: (*value).to_owned() },
    };
    let choices = std::iter::once(any).chain(values.iter().map(choice)).collect();
    offer(app, "records-narrow-title", choices, 0)
}

/// Puts a value into the filter, where the query language can be learnt from it.
pub fn value(app: &mut App, field: &str, value: &str) -> Vec<Effect> {
    app.records.narrow(field, value);
    vec![Effect::Run(Task::Records(app.records.query()))]
}

fn column_choices(app: &App) -> Vec<Choice> {
    let chosen = app.records.columns(app.size.width);
    let fitting = app.records.fitting(app.size.width);
    let choice = |column: Column| {
        let is_chosen = chosen.contains(&column);
        let mark = Text::mark(if is_chosen { "[x]" } else { "[ ]" });
        let name = app.locale.word("column-long", column.id());
        let is_seen = fitting.iter().any(|(fits, _)| *fits == column);
        let label = if is_chosen && !is_seen {
            app.locale.text("records-column-no-room", &[("column", (&name).into())])
        } else {
            name
        };
        Choice { label: Text::join(&[mark, label], " "), target: Target::Column(column) }
    };
    Column::ALL.map(choice).into()
}

fn offer(app: &mut App, title: &'static str, choices: Vec<Choice>, at: u64) -> Vec<Effect> {
    app.layers.push(Layer::Pick(Pick { title, choices: Rows::whole(choices) }));
    app.resize(app.size);
    if let Some(Layer::Pick(pick)) = app.layers.last_mut() {
        pick.choices.select(at);
    }
    Vec::new()
}
