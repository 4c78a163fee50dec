//! What holds for any sequence of acts on a draft.

use proptest::prelude::*;
use serde_json::json;

use super::tests::{draft, path, schema};
use super::*;
use crate::forms::choices::Choice;

#[derive(Debug, Clone)]
enum Act {
    Edit(Edit),
    SetText(usize, String),
    Clear(usize),
    AddRow,
    RemoveRow,
    MoveRow(Direction),
    Pick(usize),
    Next,
    Previous,
    NextSection,
    Problem,
    Undo,
    Redo,
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => "[a-z0-9 ,\\-é]".prop_map(|text| Act::Edit(Edit::Paste(text))),
        6 => proptest::char::range('0', 'z').prop_map(|c| Act::Edit(Edit::Insert(c))),
        3 => proptest::sample::select(vec![
            Edit::DeleteLeft, Edit::DeleteWordLeft, Edit::KillAll, Edit::Yank, Edit::Left, Edit::LineStart, Edit::NewLine,
        ]).prop_map(Act::Edit),
        3 => (0_usize..40, "[a-zA-Z0-9 ,\\-]{0,8}|obliterated|readable|victim|owner|2024-13|1991|ES")
            .prop_map(|(at, text)| Act::SetText(at, text)),
        1 => (0_usize..40).prop_map(Act::Clear),
        3 => Just(Act::AddRow),
        1 => Just(Act::RemoveRow),
        1 => proptest::sample::select(vec![Direction::Up, Direction::Down]).prop_map(Act::MoveRow),
        2 => (0_usize..3).prop_map(Act::Pick),
        8 => Just(Act::Next),
        2 => Just(Act::Previous),
        2 => Just(Act::NextSection),
        1 => Just(Act::Problem),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
    ]
}

fn perform(draft: &mut Draft, act: &Act) {
    let stop = |draft: &Draft, at: usize| draft.stops()[at % draft.stops().len()].clone();
    match act {
        Act::Edit(edit) => drop(draft.edit(edit)),
        Act::SetText(at, text) => drop(draft.set_text(&stop(draft, *at), text)),
        Act::Clear(at) => drop(draft.set(&stop(draft, *at), None)),
        Act::AddRow => drop(draft.add_row()),
        Act::RemoveRow => drop(draft.remove_focused_row()),
        Act::MoveRow(direction) => drop(draft.move_focused_row(*direction)),
        Act::Pick(at) => {
            let word = ["theft", "Ekol", "revolver"][*at];
            let mut choice = Choice::word(word, word);
            choice.also_set = vec![
                (path("firearm.make"), json!("Ekol")),
                (path("firearm.make_id"), json!("ekol")),
                (path("firearm.year"), json!(1991)),
            ];
            draft.pick(&choice);
        }
        Act::Next => draft.focus_next(),
        Act::Previous => draft.focus_previous(),
        Act::NextSection => draft.focus_next_section(),
        Act::Problem => drop(draft.focus_next_problem()),
        Act::Undo => drop(draft.undo()),
        Act::Redo => drop(draft.redo()),
    }
}

proptest! {
    #[test]
    fn whatever_is_done_can_be_taken_back_and_done_again(acts in proptest::collection::vec(any_act(), 0..60)) {
        let mut draft = draft();
        let (first, marks) = (draft.values().clone(), draft.marks.clone());
        for act in &acts {
            perform(&mut draft, act);
        }
        while draft.redo() {}
        let (last, last_marks) = (draft.values().clone(), draft.marks.clone());
        while draft.undo() {}
        prop_assert_eq!((draft.values(), &draft.marks), (&first, &marks));
        while draft.redo() {}
        prop_assert_eq!((draft.values(), &draft.marks), (&last, &last_marks));
    }

    #[test]
    fn the_focus_is_always_on_a_field_that_is_shown(acts in proptest::collection::vec(any_act(), 0..60)) {
        let mut draft = draft();
        for act in &acts {
            perform(&mut draft, act);
            let stops = draft.stops();
            prop_assert!(stops.contains(draft.focus()), "{act:?} left the focus on {}", draft.focus());
            for stop in &stops {
                prop_assert!(draft.schema().field(stop).is_some(), "{stop} is shown and not in the schema");
            }
            for problem in draft.findings().all() {
                prop_assert!(!problem.message.is_empty());
            }
            let field = draft.focused_field().unwrap();
            if field.kind.is_typed() {
                let shown = draft.value(draft.focus()).map(|value| field.kind.show(value)).unwrap_or_default();
                prop_assert_eq!(field.kind.read(draft.editor().text()), field.kind.read(&shown), "{:?}", act);
            }
        }
    }

    #[test]
    fn a_saved_draft_is_restored_as_it_was(acts in proptest::collection::vec(any_act(), 0..40)) {
        let mut draft = draft();
        for act in &acts {
            perform(&mut draft, act);
        }
        let (found, notes) = Draft::restore(&draft.to_text(), schema(), draft.context().clone()).unwrap();
        prop_assert_eq!(notes, vec![]);
        prop_assert_eq!(found.values(), draft.values());
        prop_assert_eq!(&found.marks, &draft.marks);
        prop_assert_eq!(found.focus(), draft.focus());
    }

    #[test]
    fn no_text_makes_a_draft_or_schema_panic(text in "\\PC{0,80}") {
        let _ = Draft::restore(&text, schema(), Context::new());
        let _ = Schema::parse(&text);
    }
}
