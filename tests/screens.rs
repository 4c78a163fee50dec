//! Every screen at the two sizes that are drawn with care, as text. `INSTA_UPDATE=always cargo test --test screens` writes them anew:
//! then read each change as an officer would.

mod ui_support;

use headstamp::app::{Action, Size};
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
fn home() {
    both("home", "");
}

#[test]
fn check_before_anything_is_typed() {
    both("check-empty", "c");
}

#[test]
fn check_with_a_hit() {
    // The first thing that waits is the hit of an earlier check of the example.
    both("check-hit", "<enter><enter>");
}

#[test]
fn check_without_a_hit_says_what_to_do_next() {
    both("check-no-hit", "cQQ 99?7<tab>zastava<tab><tab>pistol<tab>DP-2026-1182 seizure<enter>");
}

#[test]
fn check_with_a_hit_that_is_confirmed() {
    both("check-confirmed", "<enter><enter>yslide, barrel and importer mark<enter>");
}

#[test]
fn proof_of_a_check() {
    both("proof", "<enter><enter>p");
}

#[test]
fn what_to_do_after_a_check() {
    both("next-steps", "<enter><enter>t");
}

#[test]
fn confirming_a_hit_asks_what_was_compared() {
    both("check-confirm", "<enter><enter>y");
}

#[test]
fn records() {
    both("records", "gl");
}

#[test]
fn records_narrowed_by_a_filter() {
    both("records-filter", "gl/make:zastava stolen");
}

#[test]
fn records_with_a_filter_that_nothing_fits() {
    both("records-none", "gl/make:zastava xyzzy");
}

#[test]
fn records_with_the_box_of_columns() {
    both("records-columns", "glv");
}

#[test]
fn records_with_what_they_can_be_narrowed_by() {
    both("records-narrow", "glf");
}

#[test]
fn extending_a_record_suggests_a_day() {
    let mut bench = Bench::open();
    bench.keys("gl/owner:ES active<enter><enter>a<down><down><enter>");
    assert_screen!("record-extend-80x24", bench);
}

#[test]
fn one_record() {
    both("record", "gl<enter>");
}

#[test]
fn reference_before_anything_is_typed() {
    both("reference-empty", "gr");
}

#[test]
fn reference_with_the_card_of_the_nearest() {
    both("reference-card", "grzastava m70<enter>");
}

#[test]
fn a_record_that_begins_with_the_card_of_an_entry() {
    both("form-from-card", "grzastava m70 C48113<enter>r");
}

#[test]
fn reference_with_its_filters() {
    both("reference-filters", "grzastava<enter><tab>");
}

#[test]
fn journal() {
    both("journal", "gj");
}

#[test]
fn jobs_when_nothing_runs() {
    both("jobs-empty", "gb");
}

#[test]
fn help() {
    both("help", "g?");
}

#[test]
fn palette() {
    both("palette", ":rec");
}

#[test]
fn what_a_screen_is_for() {
    both("screen-help", "gj?");
}

#[test]
fn keys_that_may_follow_a_first_one() {
    both("pending", "g");
}

#[test]
fn first_run_asks_who_works_here() {
    let mut bench = Bench::closed();
    bench.app = bench.app.first_run();
    assert_screen!("first-run-80x24", bench);
}

#[test]
fn before_the_workspace_is_open() {
    let bench = Bench::closed();
    assert_screen!("opening-80x24", bench);
}

#[test]
fn the_smallest_size_and_one_below_it() {
    let mut bench = Bench::open();
    bench.resize(60, 18);
    assert_screen!("home-60x18", bench);
    bench.keys("<enter><enter>");
    assert_screen!("check-hit-60x18", bench);
    bench.act(Action::Resize(Size { width: 40, height: 10 }));
    assert_screen!("too-small-40x10", bench);
}
