//! How times, ages, deadlines and keys are written.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::app::context::{Context, Place};
use crate::app::key::Key;
use crate::app::theme::Scope;
use crate::app::{App, command};
use crate::domain::hit::Grade;
use crate::locale::{Arg, Text};

/// `14:10` today, else the day.
pub fn when(app: &App, at: Timestamp) -> Text {
    let at = at.to_zoned_datetime(app.zone.clone());
    let today = app.now.to_zoned_datetime(app.zone.clone()).date();
    let text = if at.date() == today { at.strftime("%H:%M").to_string() } else { at.date().to_string() };
    Text::foreign(&text)
}

/// `2026-11-23`.
pub fn day(app: &App, at: Timestamp) -> Text {
    Text::foreign(&at.to_zoned_datetime(app.zone.clone()).date().to_string())
}

/// `2026-11-23 14:10`.
pub fn moment(app: &App, at: Timestamp) -> Text {
    Text::foreign(&at.to_zoned_datetime(app.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
}

/// The time of day.
pub fn clock(app: &App) -> Text {
    Text::foreign(&app.now.to_zoned_datetime(app.zone.clone()).strftime("%H:%M").to_string())
}

/// How long ago: `10 min`, `2 h`, `38 d`.
pub fn age(app: &App, since: Timestamp) -> Text {
    let minutes = app.now.duration_since(since).as_mins().max(0);
    let (key, count) = match minutes {
        0..60 => ("age-minutes", minutes),
        60..2_880 => ("age-hours", minutes / 60),
        _ => ("age-days", minutes / 1_440),
    };
    app.locale.text(key, &[("count", Arg::from(count))])
}

/// How many days are left, and whether that is near.
pub fn due(app: &App, day: Date) -> (Text, bool) {
    let today = app.now.to_zoned_datetime(app.zone.clone()).date();
    let days = today.duration_until(day).as_hours() / 24;
    let text = match days {
        0 => app.locale.plain("due-today"),
        1.. => app.locale.text("due-in-days", &[("count", Arg::from(days))]),
        _ => app.locale.text("due-late-days", &[("count", Arg::from(-days))]),
    };
    (text, days <= 0)
}

/// A duration as one reads it: `3 ms`, `2.4 s`.
pub fn took(app: &App, took: std::time::Duration) -> Text {
    if took.as_secs() == 0 {
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
        return app.locale.text("took-ms", &[("count", Arg::from(millis))]);
    }
    app.locale.text("took-s", &[("seconds", Arg::from(format!("{:.1}", took.as_secs_f64())))])
}

/// The keys that run a command here, for sentences that tell what to press; the palette where no key does.
pub fn keys(app: &App, command_name: &str) -> String {
    let place = app.screen_place();
    let label = |place: Place, name: &str| {
        let keys = command::find(name).and_then(|command| app.settings.keymap.keys_for(place, command.name));
        keys.map(|keys| keys.into_iter().map(Key::label).collect::<Vec<_>>().join(" "))
    };
    // While a line is typed a letter is a letter: what the list knows is had by leaving the line first.
    let out_of_the_line = || {
        let list = Place { context: Context::List, ..place };
        let typing = place.context == Context::Search;
        typing.then(|| Some(format!("{} {}", label(place, "leave")?, label(list, command_name)?))).flatten()
    };
    label(place, command_name).or_else(out_of_the_line).unwrap_or_else(|| format!(": {command_name}"))
}

/// The look of a grade; its word is always written too.
pub const fn grade(grade: Grade) -> Scope {
    match grade {
        Grade::Exact => Scope::GradeExact,
        Grade::Strong => Scope::GradeStrong,
        Grade::Possible => Scope::GradePossible,
        Grade::Pattern => Scope::GradePattern,
    }
}
