//! Photographs: whatever the bytes, the reader returns, within its limits, and gives grey values.
#![no_main]

use headstamp::ballistics::formats::photo::{self, PhotoLimits, PhotoOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = PhotoLimits { side: 4096, pixels: 1 << 22, bytes: 1 << 28 };
    let Ok(photograph) = photo::read(bytes, &PhotoOptions { um_per_px: None, limits }) else { return };
    assert_eq!(photograph.values.len(), photograph.cols * photograph.rows);
    assert!(photograph.values.iter().all(|value| (0.0..=1.0).contains(value)));
    let _ = photograph.into_scan();
});
