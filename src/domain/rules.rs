//! The numbered rules of a record (domain.md 13, V1–V25): what blocks it and what deserves a second look.
//!
//! Pure: what only the reference table or the workspace can tell comes in as [`Facts`]. V26 and V27 concern who acts and are
//! held by the desk. Rule 7 of the design runs through all of them: unknown is a value, and it is never an error by itself.

use jiff::Span;
use jiff::civil::Date;

use super::country::CountryCode;
use super::firearm::{Firearm, SerialState, is_unknown_name};
use super::problem::{Problem, Severity};
use super::record::{Content, RecordReason};
use super::serial::{self, SerialPattern};

/// The longest a record is kept without review: five years (domain.md 8.5, V24).
pub const LONGEST_RETENTION_YEARS: i16 = 5;

/// The last year whose firearms count as antique (V6).
const LAST_ANTIQUE_YEAR: i16 = 1899;

/// The longest serial number (domain.md 2.2), in characters as stamped.
const LONGEST_SERIAL: usize = 30;

/// The longest circumstances (domain.md 3.1), in characters.
const LONGEST_TEXT: usize = 4_000;

/// What the record itself cannot tell.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The day of the act, UTC.
    pub today: Date,
    /// The day the record was made: today for a new one.
    pub created: Date,
    /// The country of the office, for which other origins are foreign.
    pub home: CountryCode,
    /// Whether the reference table has this make, model and calibre together; `None` where it cannot say.
    pub combination_known: Option<bool>,
    /// Whether the serial has the shape the reference card gives; `None` where the card gives none.
    pub serial_fits: Option<bool>,
    /// A model that the serial is mistaken for, if the table knows one of that name.
    pub serial_names_model: Option<String>,
    /// Records of the same number, make, calibre and type: their numbers, and whether the same agency entered them.
    pub duplicates: Vec<Duplicate>,
}

/// An earlier record with the same key (domain.md 2.4, rule 6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// Its number.
    pub number: String,
    /// Whether it was entered by the same agency of the same country.
    pub same_agency: bool,
    /// Whether make, calibre and type agree too, so that it is the same firearm.
    pub exact: bool,
}

/// Everything the rules find, in the order of the form.
pub fn record(content: &Content, facts: &Facts) -> Vec<Problem> {
    let mut found = Vec::new();
    identity(content, facts, &mut found);
    serial_number(&content.firearm, facts, &mut found);
    origin(&content.firearm, content, facts, &mut found);
    event(content, facts, &mut found);
    keeping(content, facts, &mut found);
    duplicates(content, facts, &mut found);
    lengths(content, &mut found);
    found
}

/// Whether any of the problems blocks.
pub fn blocks(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

fn identity(content: &Content, facts: &Facts, found: &mut Vec<Problem>) {
    let firearm = &content.firearm;
    let missing = [
        (firearm.make.trim().is_empty(), "firearm.make", "make"),
        (firearm.model.trim().is_empty(), "firearm.model", "model"),
        (firearm.calibre.trim().is_empty(), "firearm.calibre", "calibre"),
        (firearm.firearm_type.is_none(), "firearm.type", "type"),
        (firearm.made_in.is_none(), "firearm.made_in", "made-in"),
    ];
    for (is_missing, path, detail) in missing {
        if is_missing {
            found.push(Problem::error("V1", path, detail));
        }
    }
    if !firearm.make.trim().is_empty() && is_unknown_name(&firearm.make) && content.remark.trim().is_empty() {
        found.push(Problem::error("V23", "remark", ""));
    }
    let named = !is_unknown_name(&firearm.make) && !is_unknown_name(&firearm.model);
    if named && firearm.reference_id.is_empty() {
        found.push(Problem::warning("V3", "firearm.model", ""));
    }
    if named && facts.combination_known == Some(false) {
        found.push(Problem::warning("V7", "firearm.calibre", "").with("calibre", &firearm.calibre));
    }
}

fn serial_number(firearm: &Firearm, facts: &Facts, found: &mut Vec<Problem>) {
    let stamped = !serial::normalise(&firearm.serial).is_empty();
    match firearm.serial_state {
        None if !stamped => found.push(Problem::error("V1", "firearm.serial", "serial")),
        None | Some(SerialState::Readable | SerialState::RestoredFull)
            if SerialPattern::is_pattern(&firearm.serial) =>
        {
            found.push(Problem::error("V2", "firearm.serial_state", "uncertain"));
        }
        Some(SerialState::Readable | SerialState::RestoredFull) if !stamped => {
            found.push(Problem::error("V2", "firearm.serial", ""));
        }
        Some(SerialState::Partial | SerialState::RestoredPartial) => {
            if let Err(fault) = SerialPattern::parse(&firearm.serial) {
                found
                    .push(Problem::error("V2", "firearm.serial", "pattern").with("fault", fault.to_string()));
            }
        }
        _ => {}
    }
    let defaced = matches!(
        firearm.serial_state,
        Some(
            SerialState::Partial
                | SerialState::Obliterated
                | SerialState::RestoredFull
                | SerialState::RestoredPartial
                | SerialState::RestoredNone
        )
    );
    if defaced && firearm.obliteration.area.trim().is_empty() {
        found.push(Problem::error("V10", "firearm.obliteration.area", ""));
    }
    if facts.serial_fits == Some(false) {
        found.push(Problem::warning("V4", "firearm.serial", ""));
    }
    if let Some(model) = &facts.serial_names_model {
        found.push(Problem::warning("V8", "firearm.serial", "").with("model", model));
    }
    if serial::folds_scripts(&firearm.serial) {
        let folded = serial::normalise(&firearm.serial);
        found.push(Problem::warning("V9", "firearm.serial", "").with("folded", folded));
    }
}

fn origin(firearm: &Firearm, content: &Content, facts: &Facts, found: &mut Vec<Problem>) {
    if let (Some(made), Some(happened)) = (firearm.year_of_manufacture, content.event.date.latest())
        && made > happened.year()
    {
        found.push(Problem::error("V5", "firearm.year_of_manufacture", "").with("year", made.to_string()));
    }
    if firearm.year_of_manufacture.is_some_and(|year| year <= LAST_ANTIQUE_YEAR) {
        found.push(Problem::warning("V6", "firearm.year_of_manufacture", ""));
    }
    let foreign = firearm.made_in.is_some_and(|country| country != facts.home);
    if foreign && firearm.importer.trim().is_empty() && firearm.import_country.is_none() {
        found.push(Problem::warning("V11", "firearm.importer", ""));
    }
}

fn event(content: &Content, facts: &Facts, found: &mut Vec<Problem>) {
    let no_contact = content.contact.unit.trim().is_empty() && content.contact.phone.trim().is_empty();
    let missing = [
        (content.reason.is_none(), "reason", "reason"),
        (content.event.date.earliest().is_none(), "event.date", "date"),
        (content.event.country.is_none(), "event.country", "country"),
        (content.case_ref.trim().is_empty(), "case_ref", "case"),
        (no_contact, "contact.unit", "contact"),
    ];
    for (is_missing, path, detail) in missing {
        if is_missing {
            found.push(Problem::error("V20", path, detail));
        }
    }
    let told = matches!(content.reason, Some(RecordReason::Trafficked | RecordReason::Smuggled));
    if told && content.circumstances.trim().is_empty() {
        found.push(Problem::error("V20", "circumstances", "circumstances"));
    }
    if content.event.date.earliest().is_some_and(|day| day > facts.today) {
        found.push(Problem::error("V21", "event.date", "future").with("today", facts.today.to_string()));
    }
}

fn keeping(content: &Content, facts: &Facts, found: &mut Vec<Problem>) {
    let limit = facts.created.saturating_add(Span::new().years(LONGEST_RETENTION_YEARS));
    match content.retain_until {
        Some(until) if until > limit => {
            found.push(Problem::error("V24", "retain_until", "").with("limit", limit.to_string()));
        }
        Some(until) if until < facts.created => {
            found.push(
                Problem::error("V24", "retain_until", "past").with("created", facts.created.to_string()),
            );
        }
        _ => {}
    }
    if content.source_grade.is_none() {
        found.push(Problem::error("V25", "source_grade", "source"));
    }
    if content.information_grade.is_none() {
        found.push(Problem::error("V25", "information_grade", "information"));
    }
}

fn duplicates(content: &Content, facts: &Facts, found: &mut Vec<Problem>) {
    for duplicate in &facts.duplicates {
        let recovered = content.reason == Some(RecordReason::Recovered);
        let allowed = !duplicate.same_agency && recovered;
        let problem = match (duplicate.exact, duplicate.same_agency) {
            (true, true) => Problem::error("V22", "firearm.serial", "exact"),
            (true, false) if allowed => continue,
            (true, false) => Problem::warning("V22", "firearm.serial", "other-agency"),
            (false, _) => Problem::warning("V22", "firearm.serial", "similar"),
        };
        found.push(problem.with("number", &duplicate.number));
    }
}

fn lengths(content: &Content, found: &mut Vec<Problem>) {
    let limits = [
        (content.firearm.serial.chars().count(), LONGEST_SERIAL, "firearm.serial"),
        (content.circumstances.chars().count(), LONGEST_TEXT, "circumstances"),
        (content.remark.chars().count(), LONGEST_TEXT, "remark"),
    ];
    for (length, limit, path) in limits {
        if length > limit {
            let problem = Problem::error("length", path, "");
            found.push(problem.with("length", length.to_string()).with("limit", limit.to_string()));
        }
    }
}

#[cfg(test)]
mod tests;
