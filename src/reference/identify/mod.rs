//! Identify: for one who does not know what he holds.
//!
//! Answers in any order narrow the full cards; every step tells what remains, how many each further answer would leave, and the
//! question that would narrow it most. "Cannot tell" is an answer, and every answer can be taken back. A card that does not say
//! something is never excluded by an answer about it. Entries of imported editions are listed beside the cards: they say less, so
//! they steer no question, and one is listed only when it says at least one of the answers itself. Pure; called by the desk.

mod answer;
mod marks;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use crate::domain::country::CountryCode;
use crate::domain::firearm::{FirearmAction, FirearmType};

use super::entry::{Entry, Source};
use super::id::{CalibreId, MakeId, ModelId};
use super::table::Reference;

pub use answer::{Answer, BadAnswer, Feed, Question};

use marks::{Marks, Stamp};

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
    /// The same for the entries of editions that no card stands for.
    beside: Vec<Vec<Arc<Entry>>>,
    /// What each card may bear, cut for comparison when a stamp is first asked for.
    marks: Arc<OnceLock<HashMap<ModelId, Marks>>>,
}

impl Identify {
    /// Begins with every full card, and every entry of an edition.
    pub fn new(reference: Arc<Reference>) -> Self {
        let all = reference.entries().iter();
        let cards = all.clone().filter(|entry| entry.is_card()).map(Arc::clone).collect();
        let imported =
            |entry: &&Arc<Entry>| matches!(entry.source, Source::Edition(_)) && entry.same_as.is_none();
        let beside = all.filter(imported).map(Arc::clone).collect();
        Self {
            reference,
            answers: Vec::new(),
            left: vec![cards],
            beside: vec![beside],
            marks: Arc::default(),
        }
    }

    /// What was answered, in order.
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// The cards that remain, in the order of the table.
    pub fn remaining(&self) -> &[Arc<Entry>] {
        self.left.last().map(Vec::as_slice).unwrap_or_default()
    }

    /// The entries of editions that agree with every answer and say at least one of them themselves.
    pub fn beside(&self) -> Vec<&Arc<Entry>> {
        let told: Vec<&Answer> =
            self.answers.iter().filter(|answer| !matches!(answer, Answer::CannotTell(_))).collect();
        let says = |entry: &Entry| {
            told.iter().any(|answer| {
                matches!(answer, Answer::Stamp(_)) || !said(entry, answer.question()).is_empty()
            })
        };
        self.beside.last().into_iter().flatten().filter(|entry| says(entry)).collect()
    }

    /// Takes an answer. A stamp that no card knows excludes none: the table may not know the mark.
    pub fn answer(&mut self, answer: Answer) {
        let agrees = |entry: &&Arc<Entry>| self.agrees(entry, &answer);
        let mut left: Vec<Arc<Entry>> = self.remaining().iter().filter(agrees).map(Arc::clone).collect();
        if left.is_empty() && matches!(answer, Answer::Stamp(_)) {
            left = self.remaining().to_vec();
        }
        let beside = self.beside.last().into_iter().flatten().filter(agrees).map(Arc::clone).collect();
        self.left.push(left);
        self.beside.push(beside);
        self.answers.push(answer);
    }

    /// Takes the last answer back; `None` when there is none.
    pub fn undo(&mut self) -> Option<Answer> {
        let answer = self.answers.pop()?;
        self.left.pop();
        self.beside.pop();
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
        let leaves = |answer: &Answer, count: usize| match answer {
            // A state and those that followed it are one soil, so more cards agree than name this one.
            Answer::Country(_) => self.remaining().iter().filter(|entry| self.agrees(entry, answer)).count(),
            _ => count + silent,
        };
        let mut choices: Vec<Choice> = counts
            .into_values()
            .map(|(answer, count)| Choice { leaves: leaves(&answer, count), answer })
            .collect();
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
            Answer::Calibre(any) => {
                entry.calibres.is_empty() || entry.calibres.iter().any(|known| any.contains(known))
            }
            Answer::Feed(it) => {
                let known = Feed::of(entry);
                known.is_empty() || known.contains(it)
            }
            Answer::Country(it) => {
                entry.countries.is_empty()
                    || entry.countries.iter().any(|known| self.reference.same_soil(*known, *it))
            }
            Answer::Stamp(it) => self.bears(entry, it),
            Answer::CannotTell(_) => true,
        }
    }

    /// Whether a stamped text is part of what the entry may bear.
    fn bears(&self, entry: &Entry, stamp: &str) -> bool {
        let stamp = Stamp::of(stamp);
        let of_cards = || {
            let cards = self.left[0].iter();
            cards.map(|card| (card.id.clone(), Marks::of(&self.reference, card))).collect()
        };
        match self.marks.get_or_init(of_cards).get(&entry.id) {
            Some(marks) => marks.bear(&stamp),
            None => Marks::of(&self.reference, entry).bear(&stamp),
        }
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
        Question::Calibre => entry
            .calibres
            .iter()
            .map(|it| (Key::Calibre(it.clone()), Answer::Calibre(vec![it.clone()])))
            .collect(),
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
