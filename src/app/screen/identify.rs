//! Identify: for one who does not know what he holds. Questions in any order, what each answer would leave, and what remains.
//!
//! The screen keeps the answers and asks the desk anew after each: taking one back is asking again without it.

use crate::app::line::Line;
use crate::app::rows::Rows;
use crate::desk::{Given, Identified, Possible, Table, Understood};
use crate::domain::text::fold;
use crate::locale::{Locale, Text};
use crate::reference::identify::Question;

use super::reference::{ReferenceRow, row};

/// The answer to a question that cannot be answered.
pub const CANNOT_TELL: &str = "?";
/// How many of the remaining cards are listed: who sees more of them answers another question.
const MOST: usize = 200;

/// What has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The answers of the question.
    #[default]
    Answers,
    /// The line that is typed.
    Typing,
    /// The cards that remain.
    Cards,
}

/// What is asked of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IdentifyQuery {
    /// The answers so far.
    pub given: Vec<Given>,
    /// The question that was chosen; the one that narrows most where none was.
    pub question: Option<Question>,
    /// What is typed as its answer.
    pub typed: String,
}

/// An open question and how many cards it is expected to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub question: Question,
    /// How many cards it is expected to leave.
    pub expected: usize,
}

/// What the answers leave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IdentifyView {
    /// What was asked.
    pub query: IdentifyQuery,
    /// How each answer was understood.
    pub understood: Vec<Understood>,
    /// How many cards remain, before what is typed.
    pub left: usize,
    /// The first of them, after what is typed.
    pub cards: Vec<ReferenceRow>,
    /// How many entries of imported editions remain beside them.
    pub beside: usize,
    /// The open questions, the one that narrows most first.
    pub open: Vec<Open>,
    /// The question that is asked; `None` where all are answered.
    pub question: Option<Question>,
    /// The answers that it may have.
    pub answers: Vec<Possible>,
    /// How many cards what is typed would leave, or why it is no answer; `None` where nothing is typed.
    pub typed: Option<Result<usize, String>>,
}

/// An answer that can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// As it is given to the desk.
    pub words: String,
    /// How it is called.
    pub name: Text,
    /// How many cards it would leave.
    pub leaves: usize,
}

/// What the screen holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IdentifyScreen {
    /// The answers so far.
    pub given: Vec<Given>,
    /// The question that was chosen.
    pub chosen: Option<Question>,
    /// What is typed.
    pub line: Line,
    /// What has the keys.
    pub focus: Focus,
    /// What the answers leave; `None` until the first is here.
    pub view: Option<IdentifyView>,
    /// The answers that can be picked.
    pub answers: Rows<AnswerRow>,
    /// The cards that remain.
    pub cards: Rows<ReferenceRow>,
}

impl IdentifyScreen {
    /// What to ask.
    pub fn query(&self) -> IdentifyQuery {
        IdentifyQuery {
            given: self.given.clone(),
            question: self.chosen,
            typed: self.line.text().trim().to_owned(),
        }
    }

    /// Takes what the answers leave, unless they are others by now.
    pub fn take(&mut self, view: IdentifyView, locale: &Locale) {
        if view.query != self.query() {
            return;
        }
        let is_new_question = self
            .view
            .as_ref()
            .is_none_or(|before| before.question != view.question || before.left != view.left);
        self.cards.replace(view.cards.clone());
        self.answers.replace(answers(&view, locale));
        if is_new_question {
            self.cards.rewind();
            self.answers.rewind();
            self.focus = match view.question {
                None => Focus::Cards,
                // There are as many stamps as firearms: one types what one can read.
                Some(Question::Stamp) => Focus::Typing,
                Some(_) if self.focus == Focus::Typing && !self.line.text().is_empty() => Focus::Typing,
                Some(_) => Focus::Answers,
            };
        }
        self.view = Some(view);
    }

    /// The question that is asked now.
    pub fn question(&self) -> Option<Question> {
        self.view.as_ref().and_then(|view| view.question)
    }

    /// Answers the question that is asked; the next is the one that then narrows most.
    pub fn give(&mut self, words: &str) {
        let Some(question) = self.question() else { return };
        self.given.push(Given { question, words: words.to_owned() });
        self.ask(None);
    }

    /// Takes the last answer back and asks its question again; whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(last) = self.given.pop() else { return false };
        self.ask(Some(last.question));
        true
    }

    /// Asks another of the open questions: so many further on.
    pub fn turn(&mut self, by: isize) {
        let Some(view) = &self.view else { return };
        let Some(at) = view.open.iter().position(|open| Some(open.question) == view.question) else { return };
        let count = view.open.len() as isize;
        let at = (at as isize + by).rem_euclid(count) as usize;
        let question = view.open[at].question;
        self.ask(Some(question));
    }

    fn ask(&mut self, question: Option<Question>) {
        self.chosen = question;
        self.line.clear();
        self.focus = Focus::Answers;
    }
}

/// The answers that fit what is typed, first what is typed itself where it is one; last, or for a stamp first,
/// that it cannot be told.
fn answers(view: &IdentifyView, locale: &Locale) -> Vec<AnswerRow> {
    let Some(question) = view.question else { return Vec::new() };
    let typed = fold(&view.query.typed);
    let as_typed = match &view.typed {
        Some(Ok(leaves)) => Some(AnswerRow {
            words: view.query.typed.clone(),
            name: locale.text("identify-as-typed", &[("typed", view.query.typed.as_str().into())]),
            leaves: *leaves,
        }),
        Some(Err(_)) | None => None,
    };
    let offered = view.answers.iter().map(|it| AnswerRow {
        words: it.words.clone(),
        name: word(question, &it.name, locale),
        leaves: it.leaves,
    });
    let fitting = offered.filter(|row| fold(row.name.as_str()).contains(&typed));
    let cannot = AnswerRow {
        words: CANNOT_TELL.to_owned(),
        name: locale.plain("identify-cannot-tell"),
        leaves: view.left,
    };
    // A stamp is typed: where nothing is, Enter says that there is none to be read.
    let is_first = question == Question::Stamp && typed.is_empty();
    let (first, last) = if is_first { (Some(cannot), None) } else { (None, Some(cannot)) };
    first.into_iter().chain(as_typed).chain(fitting).chain(last).collect()
}

/// An answer in words: types, actions and ways of feeding by the locale, names as they are.
pub fn word(question: Question, name: &str, locale: &Locale) -> Text {
    match question {
        Question::Type | Question::Action | Question::Feed => locale.word(question.id(), name),
        Question::Calibre | Question::Country | Question::Stamp => Text::foreign(name),
    }
}

/// What the answers leave. Runs on a job's thread.
pub fn identify(
    query: &IdentifyQuery,
    table: &Table,
) -> Result<IdentifyView, crate::reference::identify::BadAnswer> {
    let found = table.identify(&query.given)?;
    let asked = query.question.and_then(|wanted| found.questions.iter().find(|it| it.question == wanted));
    let asked = asked.or_else(|| found.questions.first());
    let question = asked.map(|asked| asked.question);
    let answers = asked.map(|asked| asked.answers.clone()).unwrap_or_default();
    let narrowed = question.filter(|_| !query.typed.is_empty()).map(|question| {
        let mut given = query.given.clone();
        given.push(Given { question, words: query.typed.clone() });
        table.identify(&given)
    });
    let typed = narrowed.as_ref().map(|narrowed| match narrowed {
        Ok(narrowed) => Ok(narrowed.cards.len()),
        Err(fault) => Err(fault.to_string()),
    });
    let shown: &Identified = match &narrowed {
        Some(Ok(narrowed)) => narrowed,
        Some(Err(_)) | None => &found,
    };
    let reference = table.reference();
    let entries = shown.cards.iter().chain(&shown.beside).take(MOST);
    let open = found.questions.iter();
    Ok(IdentifyView {
        query: query.clone(),
        left: found.cards.len(),
        cards: entries.map(|entry| row(entry, &reference)).collect(),
        beside: shown.beside.len(),
        open: open
            .map(|asked| Open { question: asked.question, expected: asked.expected.ceil() as usize })
            .collect(),
        understood: found.understood,
        question,
        answers,
        typed,
    })
}
