//! Finding the parts of a head: synthetic ones with known truth, and the real ones beside the checkout.

use headstamp::ballistics::formats::{self, Mask, ReadOptions};
use headstamp::ballistics::random::Random;
use headstamp::ballistics::segment::{self, Circle, Overrides, SegmentKind, SegmentNote, Segmentation};
use headstamp::ballistics::surface::{Micrometres, Surface};
use headstamp::ballistics::synth::{self, Gun, Handling, Head, HeadFrame, Shot};

use crate::shared;

const SEED: u64 = 20_260;

/// A raw head; `case` decides gun, shot and tilt, `off_centre` how much of it is cut off.
fn head(case: u32, off_centre: f64) -> Head {
    let mut random = Random::of(SEED, &[u64::from(case)]);
    let shot = Shot::new(SEED, case, 0, &Handling::default());
    let frame = HeadFrame {
        pitch: Micrometres(12.0),
        off_centre: (random.between(-off_centre, off_centre), random.between(-off_centre, off_centre)),
        tilt: (random.between(-0.05, 0.05), random.between(-0.05, 0.05)),
        ..HeadFrame::default()
    };
    Gun::new(SEED, case).head(&shot, &frame)
}

/// The breech face by the truth of the generator.
fn true_mask(head: &Head) -> Mask {
    let surface = &head.surface;
    let keep = (0..surface.values.len()).map(|at| {
        let x = ((at % surface.cols) as f64 + 0.5) * surface.pitch_x.0;
        let y = ((at / surface.cols) as f64 + 0.5) * surface.pitch_y.0;
        head.flat.contains(x, y) && !head.aperture.contains(x, y) && surface.values[at].is_finite()
    });
    Mask { cols: surface.cols, rows: surface.rows, keep: keep.collect() }
}

fn astray(found: Option<Circle>, truth: Circle) -> f64 {
    found.map_or(f64::INFINITY, |c| {
        (c.x - truth.x).abs().max((c.y - truth.y).abs()).max((c.radius - truth.radius).abs())
    })
}

fn segmented(surface: &Surface) -> Segmentation {
    segment::segment(surface, &Overrides::default()).expect("a head is there")
}

#[test]
fn whole_heads_of_any_gun_centre_and_tilt_are_segmented_right() {
    let mut faults = Vec::new();
    for case in 0..40 {
        let head = head(case, 300.0);
        let found = segmented(&head.surface);
        let overlap = found.breech_face.intersection_over_union(&true_mask(&head)).expect("one grid");
        let primer = astray(found.primer, head.primer);
        let aperture = astray(found.aperture, head.aperture);
        if overlap < 0.93 || primer > 60.0 || aperture > 60.0 {
            faults.push(format!("case {case}: overlap {overlap:.3}, primer off {primer:.0} µm, aperture off {aperture:.0} µm, notes {:?}", found.notes));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn heads_cut_off_by_the_frame_are_segmented_as_far_as_they_are_there() {
    let mut faults = Vec::new();
    for case in 100..130 {
        let head = head(case, 1500.0);
        match segment::segment(&head.surface, &Overrides::default()) {
            Ok(found) => {
                let overlap = found.breech_face.intersection_over_union(&true_mask(&head)).expect("one grid");
                if overlap < 0.9 {
                    faults.push(format!(
                        "case {case}: overlap {overlap:.3}, truth {:?}, found {:?} {:?} {:?}",
                        head.primer, found.primer, found.aperture, found.notes
                    ));
                }
            }
            Err(error) => faults.push(format!("case {case}: {error}")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn photographs_of_heads_are_segmented_right() {
    let mut faults = Vec::new();
    for case in 200..224 {
        let head = head(case, 300.0);
        let picture = synth::photograph(&head.surface, u64::from(case));
        match segment::segment(&picture, &Overrides::default()) {
            Ok(found) => {
                let overlap = found.breech_face.intersection_over_union(&true_mask(&head)).expect("one grid");
                if overlap < 0.9 {
                    faults.push(format!(
                        "case {case}: overlap {overlap:.3}, {:?} {:?} truth {:?} {:?}",
                        found.breech_circle, found.aperture, head.flat, head.aperture
                    ));
                }
            }
            Err(error) => faults.push(format!("case {case}: {error}")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
