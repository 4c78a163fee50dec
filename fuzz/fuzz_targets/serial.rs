//! Serial numbers and patterns: whatever is stamped or typed, folding is idempotent, a pattern written back is the same pattern, and a
//! number fits itself.
#![no_main]

use headstamp::domain::serial::{SerialKeys, SerialPattern, normalise};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let keys = SerialKeys::of(text);
    assert_eq!(normalise(&keys.norm), keys.norm, "folding twice changes what folding once gave");
    let Ok(pattern) = SerialPattern::parse(text) else { return };
    let written = pattern.to_string();
    let again = SerialPattern::parse(&written).expect("what a pattern writes is a pattern");
    assert_eq!(again, pattern, "written as {written:?}");
    assert!(pattern.overlaps(&again), "{written:?} does not overlap itself");
    if !SerialPattern::is_pattern(text) {
        assert!(pattern.matches(&keys.norm), "{text:?} does not fit itself");
    }
});
