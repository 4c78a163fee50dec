//! Check: what is stamped on a firearm, and the graded candidates with their reasons.

use std::time::Duration;

use crate::app::line::Line;
use crate::app::rows::Rows;
use crate::desk::{Advice, Candidate, CheckProof, CheckQuery, CheckReport, Standing};
use crate::domain::firearm::FirearmType;
use crate::domain::hit::Grade;
use crate::domain::id::DocId;
use crate::domain::text::fold;
use crate::locale::Locale;

/// The lines of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The number as stamped.
    Serial,
    /// The maker.
    Make,
    /// The calibre.
    Calibre,
    /// The type.
    Type,
    /// Why it is asked.
    Purpose,
}

impl Field {
    /// All, in the order of Tab.
    pub const ALL: [Self; 5] = [Self::Serial, Self::Make, Self::Calibre, Self::Type, Self::Purpose];

    /// Its name in the keys of the locale.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Serial => "serial",
            Self::Make => "make",
            Self::Calibre => "calibre",
            Self::Type => "type",
            Self::Purpose => "purpose",
        }
    }
}

/// What Check holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Check {
    /// The lines, in the order of [`Field::ALL`].
    pub lines: [Line; 5],
    /// Which line is typed in; `None` where the list has the focus.
    pub focus: Option<Field>,
    /// The candidates.
    pub rows: Rows<Candidate>,
    /// The proof of what is shown.
    pub proof: Option<CheckProof>,
    /// How long the search took; `None` for an earlier check.
    pub took: Option<Duration>,
    /// What to do next.
    pub advice: Vec<Advice>,
    /// How the candidates stand now; empty until it is known.
    pub standings: Vec<Standing>,
    /// How many candidates there would be, as one types.
    pub glimpse: Vec<(Grade, usize)>,
}

impl Check {
    /// A line's text.
    pub fn text(&self, field: Field) -> &str {
        self.lines[field as usize].text()
    }

    /// The line that is typed in.
    pub fn line(&self) -> Option<&Line> {
        self.focus.map(|field| &self.lines[field as usize])
    }

    /// The same, to type.
    pub fn line_mut(&mut self) -> Option<&mut Line> {
        self.focus.map(|field| &mut self.lines[field as usize])
    }

    /// How the selected candidate stands now, where that is known.
    pub fn standing(&self) -> Option<&Standing> {
        self.standings.get(self.rows.selected_at() as usize)
    }

    /// Takes how the candidates stand, unless another check is shown by now.
    pub fn take_standings(&mut self, check: &str, standings: Vec<Standing>) {
        if self.proof.as_ref().is_some_and(|proof| proof.number == check) {
            self.standings = standings;
        }
    }

    /// What is asked, as typed.
    pub fn query(&self, locale: &Locale) -> CheckQuery {
        CheckQuery {
            serial: self.text(Field::Serial).trim().to_owned(),
            make: self.text(Field::Make).trim().to_owned(),
            calibre: self.text(Field::Calibre).trim().to_owned(),
            firearm_type: type_called(self.text(Field::Type), locale),
            purpose: self.text(Field::Purpose).trim().to_owned(),
        }
    }

    /// The answer of a check that was just made.
    pub fn answer(&mut self, report: CheckReport) {
        self.show(report.proof, None, report.advice);
        self.took = Some(report.took);
    }

    /// An earlier check, with the question as it was asked.
    pub fn show(&mut self, proof: CheckProof, record: Option<DocId>, advice: Vec<Advice>) {
        self.advice = advice;
        self.standings.clear();
        let query = &proof.query;
        let kind = query.firearm_type.map_or("", FirearmType::id);
        self.lines = [&query.serial, &query.make, &query.calibre, kind, &query.purpose]
            .map(|text: &str| Line::with(text));
        self.rows.replace(proof.candidates.clone());
        self.rows.rewind();
        if let Some(at) = record.and_then(|id| proof.candidates.iter().position(|c| c.record.id == id)) {
            self.rows.select(at as u64);
        }
        self.focus = None;
        self.glimpse.clear();
        self.took = None;
        self.proof = Some(proof);
    }
}

/// The type that a text names: its name in files, its name in the language, or the beginning of either.
pub fn type_called(text: &str, locale: &Locale) -> Option<FirearmType> {
    let asked = fold(text);
    if asked.is_empty() {
        return None;
    }
    let names = |kind: FirearmType| [fold(kind.id()), fold(locale.word("type", kind.id()).as_str())];
    let all = FirearmType::ALL.iter().copied();
    let exact = all.clone().find(|kind| names(*kind).contains(&asked));
    exact.or_else(|| all.clone().find(|kind| names(*kind).iter().any(|name| name.starts_with(&asked))))
}
