//! The reference table as an officer uses it: searching, a card, a number that is tried on it, identifying, comparing, importing.

mod ui_support;

use headstamp::app::screen::ScreenId;
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
    bench.keys("X").shows("! Speaks against it: TKA12345X has not the shape");
    bench.keys("<backspace><enter>").shows("✓ Likely");
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
