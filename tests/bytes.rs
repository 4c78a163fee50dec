//! What each action costs on the line: bytes of a frame at 80x24 with the default theme. The budgets are those of issue 2.

// Helpers of tests are tests too, but clippy knows only functions marked so.
#![allow(clippy::unwrap_used)]

mod ui_support;

use headstamp::term::Screen;
use ui_support::Bench;

struct Line {
    bench: Bench,
    screen: Screen<Vec<u8>>,
}

impl Line {
    fn open() -> Self {
        let mut line = Self { bench: Bench::open(), screen: Screen::new(Vec::new()) };
        line.cost("");
        line
    }

    /// The bytes of the one frame that follows these keys.
    fn cost(&mut self, keys: &str) -> u64 {
        self.bench.keys(keys);
        let (frame, cursor) = self.bench.frame();
        self.screen.paint(&frame, cursor).unwrap()
    }
}

#[test]
fn first_paint_of_every_screen_is_within_4_kb() {
    for (name, keys) in [
        ("home", ""),
        ("check", "c"),
        ("a hit", "<enter><enter>"),
        ("records", "gl"),
        ("a record", "gl<enter>"),
        ("reference", "grzastava<enter>"),
        ("journal", "gj"),
        ("help", "g?"),
        ("form", "n"),
    ] {
        let mut line = Line::open();
        line.bench.keys(keys);
        line.screen.forget();
        let bytes = line.cost("");
        println!("first paint, {name}: {bytes}");
        assert!(bytes <= 4_096, "{name}: {bytes} bytes");
    }
}

#[test]
fn nothing_changed_costs_nothing() {
    for keys in ["", "gl", "gj", "gr", "c"] {
        let mut line = Line::open();
        line.cost(keys);
        assert_eq!(line.cost(""), 0, "after {keys}");
    }
}

#[test]
fn moving_the_selection_is_within_150_bytes() {
    for (name, keys) in [("home", ""), ("records", "gl"), ("journal", "gj"), ("palette", ":"), ("form", "n")]
    {
        let mut line = Line::open();
        line.cost(keys);
        let step = if name == "form" { "<tab>" } else { "<down>" };
        // The first move may also take a message away.
        line.cost(step);
        let bytes = line.cost(step);
        println!("move, {name}: {bytes}");
        // The form's foot explains the field that has the focus.
        let budget = if name == "form" { 600 } else { 150 };
        assert!(bytes <= budget, "{name}: {bytes} bytes");
    }
}

#[test]
fn a_keystroke_in_a_search_is_within_1500_bytes() {
    for (name, keys, letters) in
        [("records", "gl/", "zastava"), ("reference", "gr", "zastava m70"), ("check", "c", "C48113")]
    {
        let mut line = Line::open();
        line.cost(keys);
        for letter in letters.chars() {
            let bytes = line.cost(&letter.to_string());
            println!("keystroke `{letter}`, {name}: {bytes}");
            assert!(bytes <= 1_500, "{name}: {bytes} bytes for `{letter}` of `{letters}`");
        }
    }
}

#[test]
fn a_move_that_changes_the_card_beside_the_list_is_within_1500_bytes() {
    let mut line = Line::open();
    line.cost("grzastava<enter>");
    for _ in 0..5 {
        let bytes = line.cost("<down>");
        println!("move with a card, reference: {bytes}");
        assert!(bytes <= 1_500, "{bytes} bytes");
    }
}

#[test]
fn scrolling_costs_half_a_page_at_a_time() {
    let mut line = Line::open();
    line.cost("gl");
    let costs: Vec<u64> = (0..40).map(|_| line.cost("<down>")).collect();
    let scrolls = costs.iter().filter(|bytes| **bytes > 400).count();
    println!("40 moves down: {} bytes, {scrolls} scrolls", costs.iter().sum::<u64>());
    assert!(scrolls <= 5, "{scrolls} of 40 moves painted the list anew: {costs:?}");
}

#[test]
fn the_clock_alone_costs_a_few_bytes() {
    let mut line = Line::open();
    let later = line.bench.app.now.checked_add(jiff::SignedDuration::from_secs(60)).unwrap();
    line.bench.act(headstamp::app::Action::Tick(later));
    let bytes = line.cost("");
    assert!(bytes <= 30, "{bytes} bytes for the next minute");
}
