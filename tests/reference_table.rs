//! The shipped table as a whole: it is sound, and says what an officer asks of it.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "what was measured or not run is printed")]

use std::sync::Arc;

use headstamp::reference::Entry;
use headstamp::reference::Reference;
use headstamp::reference::identify::{Answer, Feed, Identify, Question};

fn table() -> Arc<Reference> {
    Arc::new(Reference::shipped().expect("the shipped table loads"))
}

#[test]
fn shipped_table_has_no_fault() {
    let faults = table().check();
    let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{} faults:\n{}", list.len(), list.join("\n"));
}

#[test]
fn calibres_are_found_as_they_are_written_in_reports() {
    let table = table();
    for (text, id) in [
        (".9 millimeter", "9x19mm-parabellum"),
        ("9 Para", "9x19mm-parabellum"),
        ("9x19", "9x19mm-parabellum"),
        ("9мм", "9x19mm-parabellum"),
        ("9 mm Luger", "9x19mm-parabellum"),
        ("7,62x39", "7-62x39mm"),
        ("7.62 × 39 mm", "7-62x39mm"),
        (".45ACP", "45-acp"),
        ("12 ga", "12-gauge"),
        ("calibre 12", "12-gauge"),
    ] {
        assert_eq!(table.calibre(text).map(|found| found.to_string()).as_deref(), Some(id), "of {text:?}");
    }
}

#[test]
fn makes_are_found_by_any_of_their_names() {
    let table = table();
    for (text, id) in [
        ("S&W", "smith-wesson"),
        ("SMITH AND WESSON", "smith-wesson"),
        ("Застава", "zastava"),
        ("CZ", "ceska-zbrojovka"),
    ] {
        let found: Vec<String> = table.make(text).iter().map(ToString::to_string).collect();
        assert!(found.iter().any(|make| make.starts_with(id)), "{text:?} found {found:?}");
    }
    assert!(table.make("no such maker").is_empty());
}

#[test]
fn countries_are_found_in_four_languages_and_by_former_stamps() {
    let table = table();
    for (text, code) in
        [("Allemagne", "DE"), ("España", "ES"), ("СССР", "SU"), ("Made in Yugoslavia", "YU"), ("تركيا", "TR")]
    {
        assert_eq!(table.country(text).map(|code| code.to_string()).as_deref(), Some(code), "of {text:?}");
    }
}

#[test]
fn marks_are_dated_by_their_systems() {
    let table = table();
    let years = |system: &str, mark: &str| {
        let found = table.date_mark(mark, None);
        found
            .into_iter()
            .find(|reading| reading.system.id == system)
            .map(|reading| reading.years)
            .unwrap_or_default()
    };
    assert_eq!(years("italy-proof-year", "XX6"), [(1970, 1970)]);
    assert_eq!(years("iran-solar", "١٣١٧"), [(1938, 1938)]);
    assert_eq!(years("marlin-subtract", "27"), [(1973, 1973)]);
    assert_eq!(years("italy-proof-year", "QQ"), []);
}

/// The true answer of a card to a question, as an officer who reads the firearm would give it.
fn true_answer(entry: &Entry, question: Question) -> Answer {
    let answer = match question {
        Question::Type => entry.firearm_type.map(Answer::Type),
        Question::Action => entry.action.map(Answer::Action),
        Question::Calibre => entry.calibres.first().cloned().map(|id| Answer::Calibre(vec![id])),
        Question::Feed => Feed::of(entry).first().copied().map(Answer::Feed),
        Question::Country => entry.countries.first().copied().map(Answer::Country),
        Question::Stamp => Some(Answer::Stamp(entry.make.to_string())),
    };
    answer.unwrap_or(Answer::CannotTell(question))
}

#[test]
fn five_true_answers_leave_ten_cards_or_fewer() {
    let table = table();
    let cards: Vec<&Arc<Entry>> = table.entries().iter().filter(|entry| entry.is_card()).collect();
    if cards.is_empty() {
        println!("NOT RUN: the table has no full card yet");
        return;
    }
    let beginning = Identify::new(Arc::clone(&table));
    let first = beginning.questions().first().copied().expect("nothing is answered yet");
    let mut narrowed = 0;
    let mut left_over = Vec::new();
    for card in &cards {
        let mut identify = beginning.clone();
        identify.answer(true_answer(card, first.question));
        for _ in 1..5 {
            let Some(best) = identify.questions().first().copied() else { break };
            identify.answer(true_answer(card, best.question));
        }
        let remaining = identify.remaining();
        assert!(
            remaining.iter().any(|left| left.id == card.id),
            "{} was excluded by its own true answers",
            card.id
        );
        if remaining.len() <= 10 {
            narrowed += 1;
        } else {
            left_over.push(format!("{} ({} left)", card.id, remaining.len()));
        }
    }
    let share = f64::from(narrowed) / cards.len() as f64;
    println!(
        "{} cards: {share:.3} among ten or fewer after five answers; others: {left_over:?}",
        cards.len()
    );
    assert!(share >= 0.90, "{share:.3} of the cards are among ten or fewer");
}

#[test]
fn an_answer_can_be_taken_back() {
    let table = table();
    let mut identify = Identify::new(table);
    let all = identify.remaining().len();
    identify.answer(Answer::Feed(Feed::Belt));
    identify.answer(Answer::CannotTell(Question::Country));
    assert!(
        identify
            .questions()
            .iter()
            .all(|worth| !matches!(worth.question, Question::Feed | Question::Country))
    );
    assert_eq!(identify.undo(), Some(Answer::CannotTell(Question::Country)));
    identify.undo();
    assert_eq!(identify.remaining().len(), all);
    assert_eq!(identify.undo(), None);
}
