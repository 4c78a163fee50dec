//! X3P files of several instruments, each with what must come out of it.

use headstamp::ballistics::formats::x3p::{self, ReadOptions};

use crate::shared;

/// What a sample must give: size, pitch in micrometres, units of x, y and z, share of points measured, whether it has
/// a mask; or a word of the refusal.
enum Expected {
    Surface { size: (usize, usize), pitch: (f64, f64), units: &'static str, coverage: f64, mask: bool },
    Refused(&'static str),
}

fn surface(
    size: (usize, usize),
    pitch: (f64, f64),
    units: &'static str,
    coverage: f64,
    mask: bool,
) -> Expected {
    Expected::Surface { size, pitch, units, coverage, mask }
}

#[test]
fn every_sample_reads_right_or_is_refused_with_a_reason() {
    let Some(folder) = shared::path("x3p-samples") else { return };
    let fifteen = 15.0 / 16.0;
    let cases = [
        ("ISO5436-sample1.x3p", surface((4, 4), (16.016, 16.016), "mm mm µm", fifteen, false)),
        ("ISO5436-sample1_bin.x3p", surface((4, 4), (16.016, 16.016), "mm mm µm", fifteen, false)),
        ("ISO5436-sample2.x3p", Expected::Refused("point cloud")),
        ("ISO5436-sample3.x3p", surface((4, 4), (16.016, 2.0), "mm µm µm", fifteen, false)),
        ("ISO5436-sample4.x3p", surface((4, 4), (16.016, 16.016), "mm mm µm", fifteen, false)),
        ("ISO5436-sample4_bin.x3p", surface((4, 4), (16.016, 16.016), "mm mm µm", fifteen, false)),
        (
            "KautschukInfiniteFocus.x3p",
            surface((860, 634), (2.279_984, 2.279_795), "m m m", 539_944.0 / 545_240.0, false),
        ),
        ("T01SA-F80-01.x3p", surface((411, 343), (21.151_54, 21.151_54), "mm mm mm", 1.0, false)),
        ("csafe-logo.x3p", surface((741, 419), (0.645, 0.645), "m m m", 1.0, false)),
        ("mixed-units.x3p", surface((423, 416), (7.373_64, 7.373_64), "m m µm", 49_658.0 / 175_968.0, false)),
        (
            "no-namespace.x3p",
            surface((1548, 750), (7.374_68, 7.374_68), "µm µm µm", 626_408.0 / 1_161_000.0, true),
        ),
        ("pyramid.x3p", surface((5, 5), (1.0, 1.0), "µm µm µm", 1.0, false)),
        ("sample-land.x3p", surface((918, 256), (2.58, 2.58), "m m m", 209_716.0 / 235_008.0, true)),
        ("testing.x3p", surface((30, 20), (27.5, 27.5), "mm mm mm", 1.0, false)),
    ];
    let mut faults = Vec::new();
    for (name, expected) in &cases {
        let bytes = std::fs::read(folder.join(name)).expect("the sample can be read");
        let result = x3p::read(&bytes, &ReadOptions::default());
        match (result, expected) {
            (Err(error), Expected::Refused(word)) if error.to_string().contains(word) => {}
            (Ok(scan), Expected::Surface { size, pitch, units, coverage, mask }) => {
                let s = &scan.surface;
                let z = scan.units.z.expect("an X3P has heights").unit;
                let found = format!("{} {} {z}", scan.units.x.unit, scan.units.y.unit);
                let close = |a: f64, b: f64| (a - b).abs() <= 1e-5 * b.abs();
                let right = (s.cols, s.rows) == *size
                    && close(s.pitch_x.0, pitch.0)
                    && close(s.pitch_y.0, pitch.1)
                    && found == *units
                    && close(s.coverage(), *coverage)
                    && scan.mask.is_some() == *mask;
                if !right {
                    faults.push(format!(
                        "{name}: {}x{} pitch {:?} {:?} units {found} coverage {} mask {} warnings {:?}",
                        s.cols,
                        s.rows,
                        s.pitch_x,
                        s.pitch_y,
                        s.coverage(),
                        scan.mask.is_some(),
                        scan.warnings
                    ));
                }
            }
            (Ok(_), Expected::Refused(word)) => {
                faults.push(format!("{name}: read, but expected a refusal with {word}"));
            }
            (Err(error), _) => faults.push(format!("{name}: {error}")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_standards_samples_give_the_same_heights_from_text_integers_and_bytes() {
    let Some(folder) = shared::path("x3p-samples") else { return };
    let heights = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).expect("the sample can be read");
        x3p::read(&bytes, &ReadOptions::default()).expect(name).surface.values
    };
    let reference = heights("ISO5436-sample1.x3p");
    assert!((reference[0] - 0.486_219).abs() < 1e-6 && reference[7].is_nan(), "{reference:?}");
    // The integer samples store thousandths, so they agree to half a thousandth; sample 3 adds nothing to the values.
    for name in
        ["ISO5436-sample1_bin.x3p", "ISO5436-sample3.x3p", "ISO5436-sample4.x3p", "ISO5436-sample4_bin.x3p"]
    {
        for (at, (a, b)) in heights(name).iter().zip(&reference).enumerate() {
            let same = (a.is_nan() && b.is_nan()) || (a - b).abs() <= 0.000_6;
            assert!(same, "{name}, point {at}: {a} but {b} in the first sample");
        }
    }
}
