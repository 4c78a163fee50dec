//! X3P: whatever the bytes, the reader returns, within its limits, and what it read can be written and read again.
#![no_main]

use headstamp::ballistics::formats::x3p::{self, Limits, ReadOptions};
use headstamp::ballistics::formats::{LengthUnit, UnitOverride};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { points: 1 << 20, free_bytes: 1 << 24, ..Limits::default() };
    let Ok(scan) = x3p::read(bytes, &ReadOptions { limits, ..ReadOptions::default() }) else { return };
    let surface = &scan.surface;
    assert_eq!(surface.values.len(), surface.cols * surface.rows);
    assert!(surface.pitch_x.0 > 0.0 && surface.pitch_y.0 > 0.0);
    assert!(surface.values.iter().all(|value| !value.is_infinite()));
    let written = x3p::write(surface, scan.mask.as_ref(), &scan.provenance).expect("what was read can be written");
    let metre = Some(LengthUnit::Metre);
    let units = UnitOverride { x: metre, y: metre, z: metre };
    let again = x3p::read(&written, &ReadOptions { units, limits });
    // A surface whose heights vanish in single precision has no point left; any other comes back.
    if let Ok(again) = again {
        assert_eq!((again.surface.cols, again.surface.rows), (surface.cols, surface.rows));
    }
});
