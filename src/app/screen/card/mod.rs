//! Card: everything about one entry of the reference table, and a serial number that is tried on it.

mod content;
mod lines;
mod told;
mod trial;

use crate::app::line::Line;
use crate::app::screen::reference::ReferenceRow;
use crate::app::theme::Scope;
use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::locale::{Locale, Text};
use crate::reference::entry::Years;
use crate::reference::shape::Piece;

pub use content::card;
pub use lines::{CardLine, brief};
use lines::{tables, whole};
pub use trial::{Certainty, Dated, Ranged, Trial, try_serial};

/// One entry, whole, as plain values. Empty or `None` is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// Its identifier.
    pub id: String,
    /// The model.
    pub model: String,
    /// The make.
    pub make: String,
    /// Where the make is, or was.
    pub make_country: Option<String>,
    /// What kind of firearm.
    pub firearm_type: Option<FirearmType>,
    /// How it is loaded and fired.
    pub action: Option<FirearmAction>,
    /// How the action works.
    pub operation: Option<String>,
    /// How it is fed.
    pub feed: Option<String>,
    /// The calibres' names.
    pub calibres: Vec<String>,
    /// Where it was made: code and name.
    pub countries: Vec<(String, String)>,
    /// When it was made.
    pub years: Option<Years>,
    /// Barrel lengths in millimetres.
    pub barrel_mm: Vec<u32>,
    /// Overall lengths in millimetres.
    pub overall_mm: Vec<u32>,
    /// Rounds.
    pub capacity: Vec<u32>,
    /// Where the serial number stands.
    pub serial_place: Option<String>,
    /// How it is written: each way from left to right; `None` where that is not known or not said in a few words.
    pub serial_forms: Option<Vec<Vec<Piece>>>,
    /// Examples of it.
    pub serial_examples: Vec<String>,
    /// The tables that date a number by its range.
    pub ranges: Vec<String>,
    /// What is stamped on it.
    pub markings: Vec<String>,
    /// Variants.
    pub variants: Vec<String>,
    /// What it is mistaken for.
    pub lookalikes: Vec<Other>,
    /// Other names, in any script.
    pub aliases: Vec<String>,
    /// What helps an officer who holds one.
    pub note: Option<String>,
    /// Where the entry comes from.
    pub origin: Origin,
    /// The sources of the card.
    pub sources: Vec<String>,
    /// What the check of the card against independent lists said.
    pub checked: Option<String>,
    /// The entry that says the same and more, where this one is a duplicate.
    pub same_as: Option<Other>,
    /// Entries of other sources that say the same of this one.
    pub linked: Vec<Other>,
}

impl Card {
    /// The entry as it stands in a list.
    pub fn row(&self) -> ReferenceRow {
        ReferenceRow {
            id: self.id.clone(),
            make: self.make.clone(),
            model: self.model.clone(),
            firearm_type: self.firearm_type,
            calibres: self.calibres.clone(),
            source: self.origin.name().to_owned(),
            reasons: Vec::new(),
        }
    }
}

/// Another entry that a card speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Its identifier.
    pub id: String,
    /// Make and model.
    pub name: String,
    /// Where it comes from.
    pub source: String,
    /// How to tell the two apart; empty where the card does not say.
    pub tell: String,
}

/// Where an entry comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Origin {
    /// A full card written for this table.
    #[default]
    Card,
    /// A published package, by name.
    Package(String),
    /// An imported edition, by name.
    Edition(String),
}

impl Origin {
    /// The name of the source: `card`, or a package's or edition's own.
    pub fn name(&self) -> &str {
        match self {
            Self::Card => "card",
            Self::Package(name) | Self::Edition(name) => name,
        }
    }
}

/// What the screen holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CardScreen {
    /// The entry that is shown or asked for.
    pub id: String,
    /// The entry; `None` until it is here.
    pub card: Option<Card>,
    /// The first line that is seen.
    pub top: u16,
    /// The serial number that is tried.
    pub serial: Line,
    /// Whether it is being typed.
    pub typing: bool,
    /// What the number says, of the text for which it was asked.
    pub trial: Option<Trial>,
    /// The entries among which this one was opened.
    pub among: Vec<String>,
}

impl CardScreen {
    /// The screen of one entry among others.
    pub fn of(id: String, among: Vec<String>) -> Self {
        Self { id, among, ..Self::default() }
    }

    /// Takes a card, unless it is another that is shown by now.
    pub fn take(&mut self, card: &Card) {
        if card.id == self.id {
            self.card = Some(card.clone());
        }
    }

    /// Takes what a number says, unless another is typed by now.
    pub fn take_trial(&mut self, entry: &str, trial: Trial) {
        if entry == self.id && trial.serial == self.serial.text().trim() {
            self.trial = Some(trial);
        }
    }

    /// Where the entry stands among the others, from 0, and how many there are.
    pub fn place(&self) -> Option<(usize, usize)> {
        let at = self.among.iter().position(|id| *id == self.id)?;
        Some((at, self.among.len()))
    }

    /// The entry so many places further on.
    pub fn neighbour(&self, by: isize) -> Option<&String> {
        let (at, _) = self.place()?;
        self.among.get(at.checked_add_signed(by)?)
    }

    /// Goes to another entry; the number that is tried stays.
    pub fn go(&mut self, id: String) {
        self.id = id;
        self.card = None;
        self.top = 0;
        self.trial = None;
    }

    /// What the number says: mark, line and look, in so many columns.
    pub fn said(&self, locale: &Locale, width: u16) -> Vec<(Text, Text, Scope)> {
        let (Some(trial), Some(card)) = (&self.trial, &self.card) else { return Vec::new() };
        let mut lines = Vec::new();
        for (mark, text, scope) in told::trial(trial, card, locale) {
            for (row, line) in text.wrapped(width.saturating_sub(2)).into_iter().enumerate() {
                let mark = if row == 0 { mark.clone() } else { Text::EMPTY };
                lines.push((mark, line, scope));
            }
        }
        lines
    }

    /// How many rows stand above the text: the name, the number, what it says, a rule.
    pub fn head_height(&self, locale: &Locale, width: u16) -> u16 {
        3 + self.said(locale, width).len() as u16
    }

    /// The lines of the text.
    pub fn lines(&self, locale: &Locale, width: u16) -> Vec<CardLine> {
        let Some(card) = &self.card else { return Vec::new() };
        let mut lines = self.trial.as_ref().map(|trial| tables(trial, locale, width)).unwrap_or_default();
        lines.extend(whole(card, locale, width));
        lines
    }
}
