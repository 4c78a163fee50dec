//! Identify at the desk: from answers as they are typed or chosen to what remains and the question that narrows most.
//!
//! Stateless, so that a screen keeps the answers and nothing else: taking one back is asking again without it. The engine and its
//! rules are in `reference::identify`. Called by the screens and by `reference identify`.

use std::sync::Arc;

use serde::Serialize;

use crate::reference::identify::{Answer, BadAnswer, Identify, Question};
use crate::reference::{Entry, Reference};

use super::Table;

/// An answer as it is given: `?` is "cannot tell".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// To which question.
    pub question: Question,
    /// In words: an id of the vocabulary, a calibre or country in any spelling, a text that is stamped.
    pub words: String,
}

/// How an answer was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Understood {
    /// To which question.
    pub question: Question,
    /// As it was given.
    pub given: String,
    /// Its meanings: ids of the vocabulary for type, action and feed, else names; none for "cannot tell".
    pub meant: Vec<String>,
    /// How many cards were left after it.
    pub left: usize,
}

/// An answer that may be given now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Possible {
    /// As it is given.
    pub words: String,
    /// What it is called: an id of the vocabulary for type, action and feed, else a name.
    pub name: String,
    /// How many cards it would leave.
    pub leaves: usize,
}

/// A question that is still open.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Asked {
    /// Which.
    pub question: Question,
    /// How many cards it is expected to leave.
    pub expected: f64,
    /// The answers that it may have, those that leave most first. A stamp is better typed: only the makes are offered.
    pub answers: Vec<Possible>,
}

/// What the answers leave.
#[derive(Debug, Clone)]
pub struct Identified {
    /// How each answer was understood, in the order given.
    pub understood: Vec<Understood>,
    /// The cards that remain, in the order of the table.
    pub cards: Vec<Arc<Entry>>,
    /// Entries of imported editions that remain and that no card stands for.
    pub beside: Vec<Arc<Entry>>,
    /// The open questions, the one that narrows most first.
    pub questions: Vec<Asked>,
}

impl Table {
    /// What the answers leave, in any order; none leave every card.
    pub fn identify(&self, given: &[Given]) -> Result<Identified, BadAnswer> {
        let reference = self.reference();
        let mut identify = Identify::new(Arc::clone(&reference));
        let mut understood = Vec::with_capacity(given.len());
        for Given { question, words } in given {
            let answer = Answer::read(*question, words, &reference)?;
            let meant = meant(&answer, &reference);
            identify.answer(answer);
            let left = identify.remaining().len();
            understood.push(Understood { question: *question, given: words.trim().to_owned(), meant, left });
        }
        let asked = identify.questions().into_iter().map(|worth| {
            let choices = identify.choices(worth.question).into_iter();
            let answers = choices.map(|choice| Possible {
                words: choice.answer.words(),
                name: meant(&choice.answer, &reference).join(", "),
                leaves: choice.leaves,
            });
            Asked { question: worth.question, expected: worth.expected, answers: answers.collect() }
        });
        let questions = asked.collect();
        let cards = identify.remaining().to_vec();
        let beside = identify.beside().into_iter().map(Arc::clone).collect();
        Ok(Identified { understood, cards, beside, questions })
    }
}

fn meant(answer: &Answer, reference: &Reference) -> Vec<String> {
    match answer {
        Answer::CannotTell(_) => Vec::new(),
        Answer::Calibre(ids) => {
            let known = ids.iter().filter_map(|id| reference.calibres().get(id));
            known.map(|calibre| calibre.name.clone()).collect()
        }
        Answer::Country(code) => {
            let known = reference.countries().get(*code);
            vec![known.map_or_else(|| code.to_string(), |country| country.names.en.clone())]
        }
        other => vec![other.words()],
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static TABLE: LazyLock<Table> = LazyLock::new(Table::default);

    fn ask(given: &[(Question, &str)]) -> Result<Identified, BadAnswer> {
        let given: Vec<Given> = given
            .iter()
            .map(|(question, words)| Given { question: *question, words: (*words).to_owned() })
            .collect();
        TABLE.identify(&given)
    }

    #[test]
    fn answers_in_any_order_leave_the_same_cards() {
        let there =
            [(Question::Type, "pistol_semi"), (Question::Calibre, "9 Para"), (Question::Country, "?")];
        let mut back = there;
        back.reverse();
        let ids = |found: &Identified| found.cards.iter().map(|card| card.id.clone()).collect::<Vec<_>>();
        let (there, back) = (ask(&there).unwrap(), ask(&back).unwrap());
        assert_eq!(ids(&there), ids(&back));
        assert!(!there.cards.is_empty());
        assert!(there.questions.iter().all(|asked| asked.question != Question::Country), "it was answered");
    }

    #[test]
    fn each_offered_answer_leaves_what_it_says() {
        let begun = [(Question::Type, "rifle_bolt")];
        let found = ask(&begun).unwrap();
        let chosen = [Question::Country, Question::Feed, Question::Calibre, Question::Action];
        for asked in found.questions.iter().filter(|asked| chosen.contains(&asked.question)) {
            for offered in &asked.answers {
                let after = ask(&[begun[0], (asked.question, &offered.words)]).unwrap();
                assert_eq!(after.cards.len(), offered.leaves, "{}: {}", asked.question, offered.words);
            }
        }
    }

    #[test]
    fn former_state_and_those_that_followed_it_are_one_soil() {
        let cards = |country| ask(&[(Question::Country, country)]).unwrap().cards;
        let soviet = cards("СССР");
        let russian = cards("Russia");
        assert!(russian.iter().any(|card| soviet.iter().any(|other| other.id == card.id)));
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_says_what_would_be_right() {
        for (question, words, said) in [
            (Question::Type, "blunderbuss", "pistol_semi"),
            (Question::Calibre, "no such calibre", "as stamped"),
            (Question::Country, "Atlantis", "name or code"),
            (Question::Stamp, "***", "letter or a digit"),
        ] {
            let fault = ask(&[(question, words)]).unwrap_err().to_string();
            assert!(fault.contains(said), "{question} {words}: {fault}");
        }
    }
}
