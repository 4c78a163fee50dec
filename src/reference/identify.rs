//! Identify: for one who does not know what he holds.
//!
//! Answers in any order narrow the full cards; every step tells what remains, how many each further answer would leave, and the
//! question that would narrow it most. "Cannot tell" is an answer, and every answer can be taken back. A card that does not say
//! something is never excluded by an answer about it. Pure; called by the desk.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::country::CountryCode;
use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::domain::vocabulary::vocabulary;

use super::entry::Entry;
use super::id::{CalibreId, MakeId};
use super::table::Reference;
use super::text;

vocabulary! {
    /// What can be asked, in the order in which it is easiest to see.
    Question {
        /// What kind of firearm is it?
        Type = "type",
        /// How is it loaded and fired?
        Action = "action",
        /// In which calibre?
        Calibre = "calibre",
        /// How is it fed?
        Feed = "feed",
        /// Where was it made?
        Country = "country",
        /// What text or symbol is stamped on it?
        Stamp = "stamp",
    }
}

vocabulary! {
    /// How a firearm is fed, as one sees it.
    Feed {
        /// A box magazine that comes out.
        DetachableBox = "detachable_box",
        /// A magazine inside the stock or frame.
        Internal = "internal",
        /// A tube, under the barrel or in the stock.
        Tubular = "tubular",
        /// The cylinder of a revolver.
        Cylinder = "cylinder",
        /// A belt.
        Belt = "belt",
        /// A drum.
        Drum = "drum",
        /// One cartridge at a time, by hand.
        Single = "single",
        /// Otherwise.
        Other = "other",
    }
}

/// Words of cards for a way of feeding.
const FEED_WORDS: &[(&str, Feed)] = &[
    ("belt", Feed::Belt),
    ("drum", Feed::Drum),
    ("cylinder", Feed::Cylinder),
    ("tub", Feed::Tubular),
    ("internal", Feed::Internal),
    ("fixed", Feed::Internal),
    ("integral", Feed::Internal),
    ("clip", Feed::Internal),
    ("single", Feed::Single),
    ("muzzle", Feed::Single),
    ("by hand", Feed::Single),
    ("detachable", Feed::DetachableBox),
    ("box magazine", Feed::DetachableBox),
];

impl Feed {
    /// The ways of feeding that a card's words name; empty when it does not say.
    pub fn of(entry: &Entry) -> Vec<Self> {
        let Some(words) = &entry.details().feed else { return Vec::new() };
        let words = words.to_lowercase();
        let mut found: Vec<Self> =
            FEED_WORDS.iter().filter(|(name, _)| words.contains(name)).map(|(_, feed)| *feed).collect();
        if found.contains(&Self::Internal) && !words.contains("detachable") {
            found.retain(|feed| *feed != Self::DetachableBox);
        }
        if found.is_empty() {
            found.push(Self::Other);
        }
        found
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is of this kind.
    Type(FirearmType),
    /// It works so.
    Action(FirearmAction),
    /// It is in this calibre.
    Calibre(CalibreId),
    /// It is fed so.
    Feed(Feed),
    /// It was made there.
    Country(CountryCode),
    /// This is stamped on it.
    Stamp(String),
    /// This cannot be told.
    CannotTell(Question),
}

impl Answer {
    /// The question that it answers.
    pub fn question(&self) -> Question {
        match self {
            Self::Type(_) => Question::Type,
            Self::Action(_) => Question::Action,
            Self::Calibre(_) => Question::Calibre,
            Self::Feed(_) => Question::Feed,
            Self::Country(_) => Question::Country,
            Self::Stamp(_) => Question::Stamp,
            Self::CannotTell(question) => *question,
        }
    }
}

/// A possible answer and how many cards it would leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The answer.
    pub answer: Answer,
    /// How many cards agree with it or do not say.
    pub leaves: usize,
}

/// What a question is worth now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// The question.
    pub question: Question,
    /// How many cards it is expected to leave.
    pub expected: f64,
}

/// The state of one identification.
#[derive(Debug, Clone)]
pub struct Identify {
    reference: Arc<Reference>,
    answers: Vec<Answer>,
    /// After each answer, the cards left; the first is every card.
    left: Vec<Vec<Arc<Entry>>>,
}

impl Identify {
    /// Begins with every full card.
    pub fn new(reference: Arc<Reference>) -> Self {
        let cards = reference.entries().iter().filter(|entry| entry.is_card()).map(Arc::clone).collect();
        Self { reference, answers: Vec::new(), left: vec![cards] }
    }

    /// What was answered, in order.
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// The cards that remain, in the order of the table.
    pub fn remaining(&self) -> &[Arc<Entry>] {
        self.left.last().map(Vec::as_slice).unwrap_or_default()
    }

    /// Takes an answer. A stamp that no card knows excludes none: the table may not know the mark.
    pub fn answer(&mut self, answer: Answer) {
        let agrees = |entry: &&Arc<Entry>| self.agrees(entry, &answer);
        let mut left: Vec<Arc<Entry>> = self.remaining().iter().filter(agrees).map(Arc::clone).collect();
        if left.is_empty() && matches!(answer, Answer::Stamp(_)) {
            left = self.remaining().to_vec();
        }
        self.left.push(left);
        self.answers.push(answer);
    }

    /// Takes the last answer back; `None` when there is none.
    pub fn undo(&mut self) -> Option<Answer> {
        let answer = self.answers.pop()?;
        self.left.pop();
        Some(answer)
    }

    /// The answers that a question may have now, with what each would leave; the most frequent first. A stamp is typed, not chosen.
    pub fn choices(&self, question: Question) -> Vec<Choice> {
        let mut counts: BTreeMap<Key, (Answer, usize)> = BTreeMap::new();
        let mut silent = 0;
        for entry in self.remaining() {
            let said = said(entry, question);
            silent += usize::from(said.is_empty());
            for (key, answer) in said {
                counts.entry(key).or_insert((answer, 0)).1 += 1;
            }
        }
        let mut choices: Vec<Choice> =
            counts.into_values().map(|(answer, count)| Choice { answer, leaves: count + silent }).collect();
        choices.sort_by_key(|choice| std::cmp::Reverse(choice.leaves));
        choices
    }

    /// The questions not yet answered, the one that is expected to narrow most first.
    pub fn questions(&self) -> Vec<Worth> {
        let asked = |question: &Question| self.answers.iter().any(|answer| answer.question() == *question);
        let open = Question::ALL.iter().copied().filter(|question| !asked(question));
        let mut worths: Vec<Worth> =
            open.map(|question| Worth { question, expected: self.expected(question) }).collect();
        worths.sort_by(|a, b| a.expected.total_cmp(&b.expected));
        worths
    }

    /// How many cards a question is expected to leave, if each card that remains is as likely as another and answers truly; one
    /// that has several true answers gives each as often. For a stamp the make is taken, which is what is stamped most often.
    fn expected(&self, question: Question) -> f64 {
        let mut shares: BTreeMap<Key, (f64, usize)> = BTreeMap::new();
        let mut silent = 0usize;
        for entry in self.remaining() {
            let said = said(entry, question);
            silent += usize::from(said.is_empty());
            let share = 1.0 / said.len().max(1) as f64;
            for (key, _) in said {
                let known = shares.entry(key).or_default();
                known.0 += share;
                known.1 += 1;
            }
        }
        let all = self.remaining().len().max(1) as f64;
        let answered: f64 = shares.values().map(|(share, count)| share * (count + silent) as f64).sum();
        (answered + silent as f64 * all) / all
    }

    fn agrees(&self, entry: &Entry, answer: &Answer) -> bool {
        match answer {
            Answer::Type(it) => {
                entry.firearm_type.is_none_or(|known| known == *it || known == FirearmType::Unknown)
            }
            Answer::Action(it) => {
                entry.action.is_none_or(|known| known == *it || known == FirearmAction::Unknown)
            }
            Answer::Calibre(it) => entry.calibres.is_empty() || entry.calibres.contains(it),
            Answer::Feed(it) => {
                let known = Feed::of(entry);
                known.is_empty() || known.contains(it)
            }
            Answer::Country(it) => entry.countries.is_empty() || entry.countries.contains(it),
            Answer::Stamp(it) => self.bears(entry, it),
            Answer::CannotTell(_) => true,
        }
    }

    /// Whether a stamped text is part of the card's make, model, other names, markings, or the names of its countries.
    fn bears(&self, entry: &Entry, stamp: &str) -> bool {
        let wanted = text::key(stamp);
        if wanted.is_empty() {
            return true;
        }
        let make = entry.make_id.as_ref().and_then(|id| self.reference.makes().get(id));
        let makes = make.into_iter().flat_map(super::make::Make::names);
        let countries = entry.countries.iter().filter_map(|code| self.reference.countries().get(*code));
        let stamps = countries
            .flat_map(|country| country.aliases.iter().chain([&country.names.en]).map(String::as_str));
        let markings = entry.details().markings.iter().map(String::as_str);
        // A short mark is a word of its own: `CZ` is not part of `Szczecin`.
        let short = wanted.chars().count() < 4;
        makes.chain(entry.names()).chain(markings).chain(stamps).any(|name| {
            if short {
                let atoms = text::atoms(name);
                atoms.iter().any(|atom| atom.text == wanted) || text::key(name) == wanted
            } else {
                let name = text::key(name);
                name.contains(&wanted) || name.chars().count() >= 4 && wanted.contains(&name)
            }
        })
    }
}

/// What orders and tells apart the answers of one question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Word(&'static str),
    Calibre(CalibreId),
    Country(CountryCode),
    Make(MakeId),
}

/// The true answers of a card to a question; none where it does not say.
fn said(entry: &Entry, question: Question) -> Vec<(Key, Answer)> {
    match question {
        Question::Type => {
            let known = entry.firearm_type.filter(|it| *it != FirearmType::Unknown);
            known.into_iter().map(|it| (Key::Word(it.id()), Answer::Type(it))).collect()
        }
        Question::Action => {
            let known = entry.action.filter(|it| *it != FirearmAction::Unknown);
            known.into_iter().map(|it| (Key::Word(it.id()), Answer::Action(it))).collect()
        }
        Question::Calibre => {
            entry.calibres.iter().map(|it| (Key::Calibre(it.clone()), Answer::Calibre(it.clone()))).collect()
        }
        Question::Feed => {
            Feed::of(entry).into_iter().map(|it| (Key::Word(it.id()), Answer::Feed(it))).collect()
        }
        Question::Country => {
            entry.countries.iter().map(|it| (Key::Country(*it), Answer::Country(*it))).collect()
        }
        Question::Stamp => {
            let make = entry.make_id.iter();
            make.map(|it| (Key::Make(it.clone()), Answer::Stamp(entry.make.to_string()))).collect()
        }
    }
}
