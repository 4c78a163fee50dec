//! A query as text again: [`parse`](super::parse) of it gives the same query.

use std::fmt::{Display, Formatter, Result, Write as _};

use super::{Clause, Condition, Days, Field, Query, SerialWanted, What, When, Words};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (at, Clause { any }) in self.clauses.iter().enumerate() {
            if at > 0 {
                f.write_char(' ')?;
            }
            for (at, condition) in any.iter().enumerate() {
                if at > 0 {
                    f.write_str(" OR ")?;
                }
                condition.fmt(f)?;
            }
        }
        // Without a space after it, the last word would be read as unfinished.
        let last = self.clauses.last().and_then(|clause| clause.any.last());
        if last.is_some_and(|last| !last.exclude && is_whole(&last.what)) {
            f.write_char(' ')
        } else {
            Ok(())
        }
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.exclude {
            f.write_char('-')?;
        }
        match &self.what {
            What::Words(words) => words.fmt(f),
            What::Serial(SerialWanted::Number { norm, prefix }) => {
                write!(f, "serial:{norm}{}", star(*prefix))
            }
            What::Serial(SerialWanted::Pattern(pattern)) => write!(f, "serial:{pattern}"),
            What::Number(wanted) => write!(f, "no:{}{}", wanted.norm, star(wanted.prefix)),
            What::Reason(reasons) => write!(f, "reason:{}", list(reasons)),
            What::State(states) => write!(f, "state:{}", list(states)),
            What::Country(wanted) => write!(f, "country:\"{}\"", wanted.typed),
            What::Owner(wanted) => write!(f, "owner:\"{}\"", wanted.typed),
            What::Day(when, days) => days_text(f, *when, *days),
        }
    }
}

impl Display for Words {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some(field) = self.field {
            write!(f, "{}:", field.field().name())?;
        }
        let quote = if self.quoted { "\"" } else { "" };
        write!(f, "{quote}{}{quote}{}", self.typed, star(self.prefix))
    }
}

const fn star(prefix: bool) -> &'static str {
    if prefix { "*" } else { "" }
}

fn is_whole(what: &What) -> bool {
    match what {
        What::Words(words) => !words.prefix && !words.quoted,
        What::Serial(SerialWanted::Number { prefix, .. }) => !prefix,
        What::Number(wanted) => !wanted.prefix,
        _ => false,
    }
}

fn list<T: Display>(values: &[T]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

fn days_text(f: &mut Formatter<'_>, when: When, days: Days) -> Result {
    let name = match (when, days) {
        (When::Event, Days::Since(_)) => Field::Since,
        (When::Event, Days::Until(_)) => Field::Until,
        (When::Event, _) => Field::On,
        (When::Entered, _) => Field::Entered,
        (When::Due, _) => Field::Due,
    };
    write!(f, "{}:", name.name())?;
    match days {
        Days::Unknown => f.write_str("unknown"),
        Days::Since(day) => write!(f, "{day}.."),
        Days::Until(day) => write!(f, "..{day}"),
        Days::Between(first, last) => write!(f, "{first}..{last}"),
    }
}
