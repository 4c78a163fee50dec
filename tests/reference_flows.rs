//! The reference table as an officer uses it: searching, a card, a number that is tried on it, identifying, comparing, importing.

// Helpers of tests are tests too, but clippy knows only functions marked so.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod ui_support;

use headstamp::app::screen::ScreenId;
use headstamp::reference::identify::Question;
use ui_support::Bench;

/// A screen by the keys that lead there, at 80x24 and at 120x40.
fn both(name: &str, script: &str) {
    let mut bench = Bench::open();
    bench.keys(script);
    assert_screen!(format!("{name}-80x24"), bench);
    bench.resize(120, 40);
    assert_screen!(format!("{name}-120x40"), bench);
}

#[test]
fn card_on_a_screen_of_its_own() {
    both("card", "grtaurus pt92<enter><enter>");
}

#[test]
fn card_with_a_number_that_is_tried() {
    both("card-serial", "grtaurus pt92<enter><enter>sTKA12345<enter>");
}

#[test]
fn card_with_a_number_that_is_dated_by_its_range() {
    both("card-range", "grm1 garand<enter><enter>s1250000<enter>");
}

#[test]
fn a_number_that_only_fits_when_misread_is_not_likely() {
    let mut bench = Bench::open();
    bench.keys("grwinchester 94<enter><enter>sl100000<enter>");
    bench.shows("~ Not sure").shows("only if it is read as 1100000");
    bench.keys(
        "s<backspace><backspace><backspace><backspace><backspace><backspace><backspace>99999999<enter>",
    );
    bench.shows("lies in no range of Winchester Model 94");
}

#[test]
fn enter_opens_the_card_and_esc_leads_back_to_the_list() {
    let mut bench = Bench::open();
    bench.keys("grtaurus pt92<enter><enter>");
    assert_eq!(bench.app.screen, ScreenId::Card);
    bench.shows("Taurus").shows("PT 92").shows("What it is").shows("short recoil");
    bench.keys("<esc>");
    assert_eq!(bench.app.screen, ScreenId::Reference);
}

#[test]
fn what_a_card_does_not_know_is_said_to_be_unknown() {
    let mut bench = Bench::open();
    bench.keys("grtaurus pt 58<enter><enter>");
    let card = bench.app.card.card.clone().expect("the card is here");
    assert_eq!(card.id, "taurus-pt58");
    assert!(card.serial_place.is_none() && card.serial_forms.is_none(), "pick another card: {card:?}");
    bench.resize(120, 60);
    let screen = bench.screen();
    let place = screen.lines().find(|line| line.contains("Place")).unwrap_or_default();
    assert!(place.contains("unknown"), "{screen}");
}

#[test]
fn a_number_is_tried_as_it_is_typed_with_its_certainty() {
    let mut bench = Bench::open();
    bench.keys("grtaurus pt92<enter><enter>sTKA12345");
    bench.shows("✓ Likely: TKA12345 has the shape");
    bench.keys("XYZ").shows("! Speaks against it: TKA12345XYZ has not the shape");
    bench.keys("<backspace><backspace><backspace><enter>").shows("✓ Likely");
    bench.keys("c");
    assert_eq!(bench.app.screen, ScreenId::Check);
    bench.shows("TKA12345").shows("Taurus");
}

#[test]
fn a_mark_of_date_is_read_and_called_a_mark() {
    let mut bench = Bench::open();
    bench.keys("grberetta 92<enter><enter>sBB").shows("1992").shows("mark of date or proof");
}

#[test]
fn the_number_goes_along_to_the_next_entry() {
    let mut bench = Bench::open();
    bench.keys("grtaurus<enter><enter>sTKA12345<enter>");
    let first = bench.app.card.id.clone();
    bench.keys("n");
    assert_ne!(bench.app.card.id, first);
    assert_eq!(bench.app.card.card.as_ref().map(|card| card.id.clone()), Some(bench.app.card.id.clone()));
    assert_eq!(bench.app.card.trial.as_ref().map(|trial| trial.serial.as_str()), Some("TKA12345"));
    bench.keys("p");
    assert_eq!(bench.app.card.id, first);
    bench.keys("p").shows("This is the first of the list");
}

#[test]
fn a_long_card_scrolls_to_its_end_and_back_at_once() {
    let mut bench = Bench::open();
    bench.keys("grtaurus pt92<enter><enter><end>").shows("Where this comes from");
    let top = bench.app.card.top;
    bench.keys("<down>");
    assert_eq!(bench.app.card.top, top, "the text scrolls past its end");
    bench.keys("<up>");
    assert_eq!(bench.app.card.top, top - 1);
}

#[test]
fn a_card_begins_a_record_with_the_number_that_was_tried() {
    let mut bench = Bench::open();
    bench.keys("grtaurus pt92<enter><enter>sTKA12345<enter>r");
    assert_eq!(bench.app.screen, ScreenId::Form);
    bench.shows("PT 92").shows("TKA12345");
}

#[test]
fn the_list_says_why_an_entry_answers_and_what_says_nothing() {
    let mut bench = Bench::open();
    bench.keys("grloaded black taurus pt92 9 mm s/n TKA12345, scratched<enter>w");
    bench.shows("Why it answers").shows("“taurus” is the make").shows("Say nothing about the model");
    bench.shows("TKA12345 may be a serial: c checks it");
    bench.keys("<enter>").shows("TKA12345 has the shape");
}

#[test]
fn makes_are_filters_with_their_counts() {
    let mut bench = Bench::open();
    bench.keys("grm70<enter>");
    let all = bench.app.reference.total.unwrap();
    let kinds: Vec<&str> = (0..bench.app.reference.facets.total())
        .filter_map(|at| bench.app.reference.facets.get(at))
        .map(|facet| facet.kind.id())
        .collect();
    assert!(["type", "action", "calibre", "make", "country"].iter().all(|kind| kinds.contains(kind)));
    let make = kinds.iter().position(|kind| *kind == "make").unwrap();
    bench.keys("<tab>").keys(&"<down>".repeat(make));
    let count = bench.app.reference.facets.selected().unwrap().count;
    bench.keys("<enter>");
    assert_eq!(bench.app.reference.total, Some(count), "of {all}");
}

#[test]
fn identify_before_anything_is_answered() {
    both("identify-empty", "gi");
}

#[test]
fn identify_with_two_answers() {
    both("identify", "gi<enter><tab><enter>");
}

/// Asks the questions until one is asked, as Tab does.
fn ask(bench: &mut Bench, question: Question) {
    for _ in 0..Question::ALL.len() {
        if bench.app.identify.question() == Some(question) {
            return;
        }
        bench.keys("<tab>");
    }
    panic!("{question} is not open: {}", bench.screen());
}

#[test]
fn questions_are_answered_in_any_order_and_each_says_what_it_leaves() {
    let mut bench = Bench::open();
    bench.keys("gi");
    let all = bench.app.identify.view.as_ref().unwrap().left;
    ask(&mut bench, Question::Feed);
    ask(&mut bench, Question::Type);
    bench.keys("/revolv");
    let leaves = bench.app.identify.answers.selected().unwrap().leaves;
    bench.keys("<enter>");
    let left = bench.app.identify.view.as_ref().unwrap().left;
    assert_eq!(left, leaves);
    assert!(left > 0 && left < all, "{left} of {all}");
    bench.shows("type revolver").shows(&format!("{left} cards left"));
}

#[test]
fn what_cannot_be_told_excludes_nothing_and_every_answer_can_be_taken_back() {
    let mut bench = Bench::open();
    bench.keys("gi");
    let left = |bench: &Bench| bench.app.identify.view.as_ref().unwrap().left;
    let all = left(&bench);
    ask(&mut bench, Question::Country);
    bench.keys("x").shows("country not told");
    assert_eq!(left(&bench), all);
    ask(&mut bench, Question::Action);
    bench.keys("<enter>");
    assert!(left(&bench) < all);
    bench.keys("<esc>u");
    assert_eq!((left(&bench), bench.app.identify.question()), (all, Some(Question::Action)));
    bench.keys("u");
    assert_eq!(bench.app.identify.question(), Some(Question::Country));
    bench.keys("u").shows("There is no answer to take back");
}

#[test]
fn a_stamp_narrows_as_it_is_typed_and_a_card_that_remains_opens() {
    let mut bench = Bench::open();
    bench.keys("gi");
    ask(&mut bench, Question::Stamp);
    bench.keys("ZASTAVA");
    let typed = bench.app.identify.view.as_ref().unwrap().typed.clone();
    let Some(Ok(leaves)) = typed else { panic!("{typed:?}") };
    bench.keys("<enter>");
    assert_eq!(bench.app.identify.view.as_ref().unwrap().left, leaves);
    bench.keys("<right><enter>");
    assert_eq!(bench.app.screen, ScreenId::Card);
    bench.shows(&format!("1 of {leaves}"));
    bench.keys("<esc>");
    assert_eq!(bench.app.screen, ScreenId::Identify);
}

#[test]
fn what_is_typed_and_is_no_answer_is_refused_with_what_would_be_right() {
    let mut bench = Bench::open();
    bench.keys("gi");
    ask(&mut bench, Question::Calibre);
    bench.keys("/no such calibre<enter>").shows("knows no calibre");
    assert!(bench.app.identify.given.is_empty());
}

#[test]
fn two_cards_side_by_side() {
    both("compare-entries", "grzastava m70<enter>m<down><down>m=");
}

#[test]
fn marked_entries_stand_side_by_side_with_a_sign_where_they_differ() {
    let mut bench = Bench::open();
    bench.keys("grzastava m70<enter>=").shows("Mark the entries to compare first");
    bench.keys("m<down>=");
    assert_eq!(bench.app.screen, ScreenId::CompareEntries);
    bench.shows("≠ calibres");
    bench.keys("<right><enter>");
    assert_eq!(bench.app.screen, ScreenId::Card);
    assert_eq!(bench.app.card.id, bench.app.compare.ids[1]);
}

#[test]
fn a_card_stands_beside_its_look_alikes_with_the_tell() {
    let mut bench = Bench::open();
    bench.keys("grtaurus pt92<enter><enter>=");
    assert_eq!(bench.app.screen, ScreenId::CompareEntries);
    bench.keys("<end>").shows("How to tell them apart").shows("Safety on the slide");
}

#[test]
fn five_entries_are_one_too_many_and_one_is_too_few() {
    let mut bench = Bench::open();
    bench.keys("grzastava<enter>m<down>m<down>m<down>m<down>m").shows("4 entries are the most");
    bench.keys("=");
    assert_eq!(bench.app.compare.ids.len(), 4);
    bench.keys("xxx").shows("Two entries are the least");
    assert_eq!(bench.app.compare.view.as_ref().map(|view| view.entries.len()), Some(2));
}

#[test]
fn every_screen_of_the_reference_draws_at_every_size() {
    let mut bench = Bench::open();
    for script in [
        "gi",
        "zas",
        "<enter>",
        "<esc><right>",
        "grzastava<enter>",
        "w",
        "m<down>m=",
        "<enter>",
        "sC-48113",
        "<enter>?",
    ] {
        bench.keys(script);
        for (width, height) in [(1, 1), (59, 17), (60, 18), (80, 24), (132, 43), (300, 90)] {
            bench.resize(width, height);
            bench.frame();
        }
    }
}
