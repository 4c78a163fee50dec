use serde_json::json;

use super::*;
use crate::domain::text::fold;
use crate::forms::choices::Choice;

const FORM: &str = r#"
id = "firearm"
version = 3

[[section]]
id = "what"
[[section.field]]
path = "firearm.make"
kind = "text"
choices = "reference:makes"
companions = ["firearm.make_id", "firearm.reference_id"]
required = true
[[section.field]]
path = "firearm.model"
kind = "text"
choices = "reference:models"
companions = ["firearm.reference_id"]
[[section.field]]
path = "firearm.calibre"
kind = "text"
companions = ["firearm.calibre_id"]
[[section.field]]
path = "firearm.type"
kind = "choice"
choices = "vocabulary:type"
[[section.field]]
path = "firearm.serial_state"
kind = "choice"
choices = "vocabulary:serial-state"
default = "readable"
[[section.field]]
path = "firearm.obliteration.area"
kind = "text"
show_when = { path = "firearm.serial_state", is = ["obliterated", "partial"] }
required_when = { path = "firearm.serial_state", is = "obliterated" }
[[section.field]]
path = "firearm.year"
kind = "number"
min = 1500
max = 2100

[[section]]
id = "when"
[[section.field]]
path = "event.date"
kind = "date"
[[section.field]]
path = "event.country"
kind = "country"
default_from = "office.country"
[[section.field]]
path = "circumstances"
kind = "long_text"

[[section]]
id = "who"
[[section.field]]
path = "persons"
kind = "rows"
max = 3
[[section.field.row]]
path = "role"
kind = "choice"
choices = ["owner", "victim"]
default = "owner"
[[section.field.row]]
path = "name"
kind = "text"
show_when = { path = ".role", is = "owner" }
[[section.field]]
path = "offences"
kind = "choices"
choices = ["theft", "fraud", "smuggling"]
"#;

pub(super) fn schema() -> Arc<Schema> {
    Arc::new(Schema::parse(FORM).unwrap_or_else(|error| panic!("{error}")))
}

pub(super) fn draft() -> Draft {
    Draft::new(schema(), Context::from([("office.country".to_owned(), json!("ES"))]))
}

pub(super) fn path(text: &str) -> Path {
    text.parse().unwrap()
}

fn type_text(draft: &mut Draft, at: &str, text: &str) {
    assert!(draft.focus_on(&path(at)), "{at} is not shown");
    for c in text.chars() {
        draft.edit(&Edit::Insert(c));
    }
}

fn value(draft: &Draft, at: &str) -> Value {
    draft.value(&path(at)).cloned().unwrap_or_default()
}

fn problem_at(draft: &Draft, at: &str) -> Option<String> {
    draft.findings().at(&path(at)).first().map(|problem| problem.message.clone())
}

#[test]
fn a_form_begins_with_its_defaults_and_is_not_dirty() {
    let draft = draft();
    assert_eq!(draft.values(), &json!({"firearm": {"serial_state": "readable"}, "event": {"country": "ES"}}));
    assert!(!draft.is_dirty() && !draft.can_undo() && draft.findings().all().next().is_none());
    assert_eq!(draft.focus(), &path("firearm.make"));
}

#[test]
fn what_is_typed_stays_as_typed_until_it_reads() {
    let mut draft = draft();
    type_text(&mut draft, "event.date", "2024-1");
    assert_eq!(value(&draft, "event.date"), json!("2024-1"));
    assert_eq!(problem_at(&draft, "event.date").as_deref(), Some("rule-format-date"));
    type_text(&mut draft, "event.date", "3");
    assert_eq!(problem_at(&draft, "event.date").as_deref(), Some("rule-format-date"), "2024-13");
    assert!(draft.readable().pointer("/event/date").is_none(), "the rules see no date that is none");
    draft.edit(&Edit::DeleteLeft);
    type_text(&mut draft, "event.date", "2");
    assert_eq!((value(&draft, "event.date"), problem_at(&draft, "event.date")), (json!("2024-12"), None));
    type_text(&mut draft, "firearm.year", "1991");
    assert_eq!(value(&draft, "firearm.year"), json!(1991));
}

#[test]
fn a_run_of_typing_is_one_step_and_a_new_word_begins_another() {
    let mut draft = draft();
    type_text(&mut draft, "circumstances", "rue Haute");
    assert!(draft.undo());
    assert_eq!(value(&draft, "circumstances"), json!("rue "));
    assert!(draft.undo());
    assert_eq!(value(&draft, "circumstances"), json!(null));
    assert!(!draft.undo());
    assert!(draft.redo() && draft.redo() && !draft.redo());
    assert_eq!(value(&draft, "circumstances"), json!("rue Haute"));
    assert_eq!(draft.editor().cursor(), "rue Haute".len());
}

#[test]
fn undo_returns_to_the_field_it_changes() {
    let mut draft = draft();
    type_text(&mut draft, "firearm.make", "Zastava");
    draft.focus_on(&path("circumstances"));
    draft.undo();
    assert_eq!((draft.focus(), draft.editor().text()), (&path("firearm.make"), ""));
}

#[test]
fn a_field_is_shown_by_its_condition_and_stays_while_it_says_something() {
    let mut draft = draft();
    let area = path("firearm.obliteration.area");
    assert!(!draft.stops().contains(&area));
    draft.set_text(&path("firearm.serial_state"), "obliterated");
    assert!(draft.stops().contains(&area) && draft.is_required(&area));
    type_text(&mut draft, "firearm.obliteration.area", "slide");
    draft.set_text(&path("firearm.serial_state"), "readable");
    assert!(draft.stops().contains(&area), "what was said stays in sight");
    assert!(!draft.is_required(&area));
    draft.set(&area, None);
    assert!(draft.stops().contains(&area), "it does not vanish from under the cursor");
    draft.focus_next();
    assert!(!draft.stops().contains(&area));
    assert_eq!(draft.focus(), &path("firearm.year"));
}

#[test]
fn picking_a_model_fills_what_its_card_says_and_nothing_a_person_typed() {
    let mut draft = draft();
    let card = |model: &str, calibre: &str| Choice {
        also_set: vec![
            (path("firearm.make"), json!("Ekol")),
            (path("firearm.make_id"), json!("ekol")),
            (path("firearm.type"), json!("air_gas_alarm")),
            (path("firearm.calibre"), json!(calibre)),
            (path("firearm.calibre_id"), json!(fold(calibre))),
            (path("firearm.reference_id"), json!(format!("ekol-{model}"))),
        ],
        ..Choice::word(model, model)
    };
    type_text(&mut draft, "firearm.calibre", "9x19");
    draft.focus_on(&path("firearm.model"));
    assert!(draft.pick(&card("Special 99", "9 mm P.A.K.")));
    assert_eq!(
        draft.values()["firearm"],
        json!({
            "make": "Ekol", "make_id": "ekol", "model": "Special 99", "reference_id": "ekol-Special 99",
            "type": "air_gas_alarm", "calibre": "9x19", "serial_state": "readable",
        }),
        "the calibre typed stays, and no identifier of another calibre stands beside it"
    );
    assert_eq!(draft.origin(&path("firearm.model")), Some(Origin::Reference));
    assert_eq!(draft.origin(&path("firearm.type")), Some(Origin::Card));
    assert_eq!(draft.origin(&path("firearm.calibre")), None);

    draft.set(&path("firearm.calibre"), None);
    draft.focus_on(&path("firearm.model"));
    assert!(draft.pick(&card("Firat", "8 mm P.A.K.")));
    assert_eq!(value(&draft, "firearm.calibre"), json!("8 mm P.A.K."));
    assert_eq!(value(&draft, "firearm.calibre_id"), json!("8mmpak"));

    type_text(&mut draft, "firearm.model", " x");
    assert_eq!(value(&draft, "firearm.reference_id"), json!(null), "typed over: no longer the card's model");
    assert_eq!(value(&draft, "firearm.make_id"), json!("ekol"));
    assert_eq!(draft.origin(&path("firearm.model")), None);
    while draft.undo() {}
    assert!(!draft.is_dirty() && draft.origin(&path("firearm.type")).is_none());
}

#[test]
fn rows_are_added_moved_and_removed_with_the_focus() {
    let mut draft = draft();
    draft.focus_on(&path("persons"));
    assert!(draft.add_row());
    assert_eq!(draft.focus(), &path("persons[0].role"));
    type_text(&mut draft, "persons[0].name", "Ana");
    assert!(draft.add_row());
    assert_eq!(draft.focus(), &path("persons[1].role"));
    type_text(&mut draft, "persons[1].name", "Eva");
    assert!(draft.move_focused_row(Direction::Up));
    assert_eq!((draft.focus(), value(&draft, "persons[0].name")), (&path("persons[0].name"), json!("Eva")));
    assert!(!draft.move_focused_row(Direction::Up));
    assert!(draft.add_row() && !draft.add_row(), "three rows at most");
    assert!(draft.remove_row(&path("persons"), 1));
    assert_eq!(value(&draft, "persons[1].name"), json!("Ana"));
    while draft.undo() {}
    assert!(!draft.is_dirty());
}

#[test]
fn a_row_shows_its_fields_by_its_own_values() {
    let mut draft = draft();
    draft.focus_on(&path("persons"));
    draft.add_row();
    draft.add_row();
    draft.set_text(&path("persons[0].role"), "victim");
    let rows: Vec<String> =
        draft.stops().iter().map(Path::to_string).filter(|path| path.starts_with("persons[")).collect();
    assert_eq!(rows, ["persons[0].role", "persons[1].role", "persons[1].name"]);
}

#[test]
fn problems_stand_beside_the_field_they_mean() {
    let mut draft = draft();
    draft.focus_on(&path("persons"));
    draft.add_row();
    draft.insist();
    for (at, field) in [
        ("firearm.make", "firearm.make"),
        ("firearm.reference_id", "firearm.make"),
        ("event", "event.date"),
        ("persons[0]", "persons[0].role"),
        ("persons[0].name", "persons[0].name"),
        ("persons[7].name", "persons"),
        ("offences[1]", "offences"),
        ("firearm.obliteration", ""),
        ("contact.unit", ""),
    ] {
        draft.attach(vec![Problem::error("V0", at, "")]);
        let findings = draft.findings();
        if field.is_empty() {
            assert_eq!(findings.of_the_form.len(), 1, "{at}");
        } else {
            assert!(
                findings.at(&path(field)).iter().any(|problem| problem.rule == "V0"),
                "{at}: {findings:?}"
            );
        }
    }
}

#[test]
fn a_field_that_had_no_focus_is_left_in_peace_until_a_save_is_tried() {
    let mut draft = draft();
    draft.attach(vec![Problem::error("V20", "event.date", "date")]);
    assert_eq!(draft.findings().all().count(), 0);
    draft.focus_next();
    assert_eq!(problem_at(&draft, "firearm.make").as_deref(), Some("rule-required"), "left empty");
    assert_eq!(draft.finish(), Err(1));
    assert_eq!(draft.focus(), &path("firearm.make"));
    assert_eq!(problem_at(&draft, "event.date").as_deref(), Some("rule-V20-date"));
    assert!(draft.focus_next_problem());
    assert_eq!(draft.focus(), &path("event.date"));
    type_text(&mut draft, "firearm.make", "Ekol");
    assert!(draft.finish().is_ok(), "what the rules find is for the desk to refuse");
}

#[test]
fn the_focus_goes_by_field_section_and_gap() {
    let mut draft = draft();
    draft.focus_previous();
    assert_eq!(draft.focus(), &path("offences"), "from the first to the last");
    draft.focus_next();
    assert_eq!(draft.focus(), &path("firearm.make"));
    let mut seen = Vec::new();
    for _ in 0..3 {
        draft.focus_next_section();
        seen.push(draft.focus().to_string());
    }
    assert_eq!(seen, ["event.date", "persons", "firearm.make"]);
    draft.focus_on(&path("circumstances"));
    draft.focus_previous_section();
    assert_eq!(draft.focus(), &path("event.date"), "first to the start of its own section");
    draft.focus_previous_section();
    assert_eq!(draft.focus(), &path("firearm.make"));
    assert!(draft.focus_section(3) && draft.focus() == &path("persons"));
    assert!(draft.focus_next_missing() && draft.focus() == &path("firearm.make"));
}

#[test]
fn an_amended_record_shows_what_differs_and_keeps_what_the_form_has_no_field_for() {
    let recorded = json!({"firearm": {"make": "Ekol", "grip": "wood"}, "persons": [{"name": "Ana"}]});
    let mut draft = Draft::amending(schema(), recorded.clone(), Context::new());
    draft.set_text(&path("firearm.make"), "Zoraki");
    let differences = draft.differences();
    assert_eq!(differences.len(), 1);
    assert_eq!((differences[0].old, differences[0].new), (Some(&json!("Ekol")), Some(&json!("Zoraki"))));
    let saved = draft.finish().unwrap();
    assert_eq!(saved["firearm"], json!({"make": "Zoraki", "grip": "wood"}));
}

#[test]
fn many_words_are_picked_one_by_one() {
    let mut draft = draft();
    draft.focus_on(&path("offences"));
    assert_eq!(draft.edit(&Edit::Insert('x')), Outcome::Refused(Refusal::NotText));
    draft.pick(&Choice::word("theft", "theft"));
    draft.pick(&Choice::word("fraud", "fraud"));
    assert_eq!(value(&draft, "offences"), json!(["theft", "fraud"]));
    draft.pick(&Choice::word("theft", "theft"));
    draft.pick(&Choice::word("fraud", "fraud"));
    assert_eq!(value(&draft, "offences"), json!(null));
}

#[test]
fn a_draft_is_found_again_as_it_was_left() {
    let mut draft = draft();
    draft.focus_on(&path("persons"));
    draft.add_row();
    type_text(&mut draft, "event.date", "2024-13");
    draft.edit(&Edit::Left);
    let (found, notes) = Draft::restore(&draft.to_text(), schema(), draft.context().clone()).unwrap();
    assert_eq!(notes, []);
    assert_eq!(
        (found.values(), found.focus(), found.editor()),
        (draft.values(), draft.focus(), draft.editor())
    );
    assert_eq!(found.to_text(), draft.to_text());
    assert!(found.is_dirty());
}

#[test]
fn a_broken_or_foreign_draft_says_what_is_wrong_and_loses_nothing() {
    let restore = |text: &str| Draft::restore(text, schema(), Context::new());
    for text in ["", "{", "[]", "{\"draft\":1}", "null"] {
        assert!(matches!(restore(text), Err(RestoreError::Broken { line: 0 | 1, .. })), "{text}");
    }
    let file = |form: &str, draft: u32| {
        json!({"draft": draft, "form": form, "version": 3, "values": {}}).to_string()
    };
    assert_eq!(restore(&file("firearm", 2)).err(), Some(RestoreError::LaterFormat { found: 2 }));
    let other = restore(&file("check\u{1b}", 1)).err().unwrap();
    assert_eq!(other.to_string(), "the draft is one of the form `check\u{fffd}`, not of `firearm`");

    let older = json!({
        "draft": 1, "form": "firearm", "version": 2, "focus": "gone", "cursor": 99,
        "values": {
            "firearm": {"make": "Ekol", "grip": "wood", "model": {"a": 1}, "reference_id": "x"},
            "persons": "Ana", "colour": ["red"], "event": "yesterday", "a b": 1,
        },
    });
    let (mut found, notes) = restore(&older.to_string()).unwrap();
    assert_eq!(found.values(), &json!({"firearm": {"make": "Ekol", "reference_id": "x"}, "event": {}}));
    let kept: Vec<&str> = found.kept_aside().keys().map(String::as_str).collect();
    assert_eq!(kept, ["a b", "colour", "event", "firearm.grip", "firearm.model", "persons"]);
    assert_eq!(notes.len(), 7, "{notes:?}");
    assert_eq!(notes[0], Note::OtherVersion { draft: 2, form: 3 });
    found.focus_next();
    let (again, _) = restore(&found.to_text()).unwrap();
    assert_eq!(again.kept_aside(), found.kept_aside(), "kept with the next saved draft too");
}
