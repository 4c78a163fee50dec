//! What each action costs on the line: bytes of a frame at 80x24 with the default theme. The budgets are those of issue 2.

// Helpers of tests are tests too, but clippy knows only functions marked so.
#![allow(clippy::unwrap_used)]

mod ui_support;

use headstamp::app::task::Task;
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

    /// The bytes of the one frame that follows these keys at once.
    fn cost(&mut self, keys: &str) -> u64 {
        self.bench.press(keys);
        self.paint()
    }

    /// The bytes of what follows when the keys rest.
    fn cost_of_rest(&mut self) -> u64 {
        self.bench.rest();
        self.paint()
    }

    fn paint(&mut self) -> u64 {
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
        ("card", "grtaurus pt92<enter><enter>"),
        ("identify", "gi"),
        ("compare", "grzastava m70<enter>m<down>m="),
        ("import", "gm"),
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
    for (name, keys) in [
        ("home", ""),
        ("records", "gl"),
        ("journal", "gj"),
        ("palette", ":"),
        ("reference", "grzastava<enter>"),
        ("form", "n"),
        ("form filled from a card", "grzastava m70<enter>r"),
        ("identify, answers", "gi<esc>"),
        ("identify, cards", "gi<esc><right>"),
        ("filters", "grzastava<enter><tab>"),
    ] {
        let mut line = Line::open();
        line.cost(keys);
        line.cost_of_rest();
        let step = if name.starts_with("form") { "<tab>" } else { "<down>" };
        // The first move may also take a message away.
        line.cost(step);
        line.cost_of_rest();
        for _ in 0..6 {
            let (moved, rested) = (line.cost(step), line.cost_of_rest());
            println!("move, {name}: {moved}; when the keys rest: {rested}");
            assert!(moved <= 150, "{name}: {moved} bytes for a move");
            assert!(rested <= 1_500, "{name}: {rested} bytes for what follows it");
        }
    }
}

#[test]
fn a_keystroke_in_a_search_is_within_1500_bytes() {
    for (name, keys, letters) in [
        ("records", "gl/", "zastava"),
        ("reference", "gr", "zastava m70"),
        ("check", "c", "C48113"),
        ("identify", "gi", "zastava"),
        ("card", "grtaurus pt92<enter><enter>s", "TKA12345"),
    ] {
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
fn a_key_that_is_held_down_sends_the_card_once() {
    let mut line = Line::open();
    line.cost("grzastava<enter>");
    line.bench.asked.clear();
    let moves: Vec<u64> = (0..8).map(|_| line.cost("<down>")).collect();
    assert!(moves.iter().all(|bytes| *bytes <= 150), "{moves:?}");
    assert!(!line.bench.asked.iter().any(|task| matches!(task, Task::Card(_))), "{:?}", line.bench.asked);
    let card = line.cost_of_rest();
    println!("8 moves of a held key: {} bytes, then the card: {card}", moves.iter().sum::<u64>());
    assert!(card > 0, "the card did not follow when the keys rested");
    assert_eq!(line.cost_of_rest(), 0);
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
fn columns_of_a_list_cost_no_more_than_other_lists() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wide.csv");
    let row = |value: &str| (1..=60).map(|at| format!("{value} {at}")).collect::<Vec<_>>().join(";");
    std::fs::write(&path, format!("{}\n{}\n{}\n", row("Spalte"), row("Wert"), row("anderer"))).unwrap();
    let mut line = Line::open();
    line.bench.keys("gma").act(headstamp::app::Action::Paste(path.display().to_string()));
    line.bench.keys("<enter>");
    line.screen.forget();
    let bytes = line.cost("");
    println!("first paint, columns of a list: {bytes}");
    assert!(bytes <= 4_096, "{bytes} bytes");
    for _ in 0..6 {
        let moved = line.cost("<down>");
        println!("move, columns of a list: {moved}");
        assert!(moved <= 150, "{moved} bytes for a move");
    }
}

#[test]
fn the_clock_alone_costs_a_few_bytes() {
    let mut line = Line::open();
    let later = line.bench.app.now.checked_add(jiff::SignedDuration::from_secs(60)).unwrap();
    line.bench.act(headstamp::app::Action::Tick(later));
    let bytes = line.cost("");
    assert!(bytes <= 30, "{bytes} bytes for the next minute");
}
