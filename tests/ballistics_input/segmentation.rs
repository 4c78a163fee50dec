//! Finding the parts of a head: synthetic ones with known truth, and the real ones beside the checkout.

use headstamp::ballistics::formats::{self, Mask, ReadOptions};
use headstamp::ballistics::random::Random;
use headstamp::ballistics::segment::{self, Circle, Overrides, SegmentKind, SegmentNote, Segmentation};
use headstamp::ballistics::surface::{Micrometres, Quantity, Surface};
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

/// Overlaps of the breech faces found with the truth, and their least and middle value said.
fn overlaps(name: &str, cases: std::ops::Range<u32>, off_centre: f64, photographed: bool) -> Vec<(u32, f64)> {
    let overlap = |case: u32| {
        let head = head(case, off_centre);
        let picture = photographed.then(|| synth::photograph(&head.surface, u64::from(case)));
        let found = segment::segment(picture.as_ref().unwrap_or(&head.surface), &Overrides::default());
        let overlap =
            found.ok().and_then(|found| found.breech_face.intersection_over_union(&true_mask(&head)));
        (case, overlap.unwrap_or(0.0))
    };
    let found: Vec<(u32, f64)> = cases.map(overlap).collect();
    let mut sorted: Vec<f64> = found.iter().map(|(_, overlap)| *overlap).collect();
    sorted.sort_by(f64::total_cmp);
    let (least, middle) = (sorted[0], sorted[sorted.len() / 2]);
    shared::say(&format!("{name}: {} cases, overlap at least {least:.3}, median {middle:.3}", sorted.len()));
    found
}

#[test]
fn whole_heads_of_any_gun_centre_and_tilt_are_segmented_right() {
    for (case, overlap) in overlaps("whole heads", 0..many(14), 300.0, false) {
        assert!(overlap >= 0.93, "case {case}: overlap {overlap:.3}");
    }
    for case in 0..4 {
        let head = head(case, 300.0);
        let found = segmented(&head.surface);
        for (part, found, truth) in
            [("primer", found.primer, head.primer), ("aperture", found.aperture, head.aperture)]
        {
            let astray = astray(found, truth);
            assert!(astray <= 50.0, "case {case}: {part} off by {astray:.0} µm");
        }
    }
}

#[test]
fn heads_cut_off_by_the_frame_are_segmented_as_far_as_they_are_there() {
    for (case, overlap) in overlaps("heads cut off", 100..100 + many(10), 1500.0, false) {
        assert!(overlap >= 0.9, "case {case}: overlap {overlap:.3}");
    }
}

#[test]
fn photographs_of_heads_are_segmented_right() {
    for (case, overlap) in overlaps("photographs", 200..200 + many(8), 300.0, true) {
        assert!(overlap >= 0.9, "case {case}: overlap {overlap:.3}");
    }
}

#[test]
fn photographs_cut_off_by_the_frame_are_segmented_as_far_as_they_are_there() {
    for (case, overlap) in overlaps("photographs cut off", 300..300 + many(8), 1200.0, true) {
        assert!(overlap >= 0.85, "case {case}: overlap {overlap:.3}");
    }
}

#[test]
fn large_primers_are_found_as_small_ones_are() {
    // A large primer is 1.19 times as wide as a small one (5.3 mm for 4.45 mm), and with it all around it.
    const LARGER: f64 = 1.19;
    for case in 400..400 + many(3) {
        let mut head = head(case, 300.0);
        // The widest apertures would grow beyond any that is made.
        if head.aperture.radius * LARGER > 1300.0 {
            continue;
        }
        let truth = true_mask(&head);
        head.surface.pitch_x.0 *= LARGER;
        head.surface.pitch_y.0 *= LARGER;
        for value in &mut head.surface.values {
            *value *= LARGER as f32;
        }
        for (name, surface) in
            [("heights", head.surface.clone()), ("photograph", synth::photograph(&head.surface, 1))]
        {
            let found = segmented(&surface);
            let overlap = found.breech_face.intersection_over_union(&truth).expect("one grid");
            assert!(
                overlap >= 0.9,
                "case {case}, {name}: overlap {overlap:.3}, {:?} {:?} {:?} truth {:?} {:?}",
                found.primer,
                found.breech_circle,
                found.aperture,
                head.flat,
                head.aperture
            );
        }
    }
}

#[test]
fn heads_that_someone_cut_out_around_the_breech_face_still_lose_their_firing_pin() {
    for case in 500..500 + many(4) {
        let mut head = head(case, 300.0);
        let (cols, pitch) = (head.surface.cols, head.surface.pitch_x.0);
        for (at, value) in head.surface.values.iter_mut().enumerate() {
            let (x, y) = (((at % cols) as f64 + 0.5) * pitch, ((at / cols) as f64 + 0.5) * pitch);
            if !head.flat.contains(x, y) {
                *value = f32::NAN;
            }
        }
        let found = segmented(&head.surface);
        let overlap = found.breech_face.intersection_over_union(&true_mask(&head)).expect("one grid");
        assert!(overlap >= 0.9, "case {case}: overlap {overlap:.3}, {:?} {:?}", found.primer, found.aperture);
    }
}

/// How many cases to try: `usual`, or ten times as many with `HEADSTAMP_MANY` for the figures in the docs.
fn many(usual: u32) -> u32 {
    if std::env::var_os("HEADSTAMP_MANY").is_some() { usual * 10 } else { usual }
}

#[test]
fn a_processed_breech_face_passes_through_unharmed() {
    let shot = Shot::new(SEED, 7, 0, &Handling::default());
    let surface = Gun::new(SEED, 7).breech_face(&shot, Micrometres(12.5));
    let found = segmented(&surface);
    assert_eq!(found.kind, SegmentKind::BreechFaceOnly);
    let measured: Vec<bool> = surface.values.iter().map(|value| value.is_finite()).collect();
    assert_eq!(found.breech_face.keep, measured, "every measured point is kept and no other");
}

#[test]
fn what_the_user_draws_is_taken_as_it_is() {
    let head = head(3, 300.0);
    let aperture = Circle { radius: head.aperture.radius + 200.0, ..head.aperture };
    let overrides = Overrides { primer: Some(head.primer), aperture: Some(aperture), ..Overrides::default() };
    let found = segment::segment(&head.surface, &overrides).expect("a head is there");
    assert_eq!((found.primer, found.aperture), (Some(head.primer), Some(aperture)));
    assert!(found.notes.contains(&SegmentNote::Overridden), "{:?}", found.notes);
    let pitch = head.surface.pitch_x.0;
    let kept_within = found.breech_face.keep.iter().enumerate().filter(|(at, keep)| {
        let x = ((at % head.surface.cols) as f64 + 0.5) * pitch;
        let y = ((at / head.surface.cols) as f64 + 0.5) * pitch;
        **keep && aperture.contains(x, y)
    });
    assert_eq!(kept_within.count(), 0, "points within the drawn aperture are no breech face");
}

#[test]
fn surfaces_without_a_head_give_an_error_or_themselves_and_never_a_panic() {
    let flat = |quantity, value: &dyn Fn(usize) -> f32| Surface {
        cols: 300,
        rows: 200,
        pitch_x: Micrometres(20.0),
        pitch_y: Micrometres(20.0),
        quantity,
        values: (0..60_000).map(value).collect(),
    };
    let noise = |at: usize| Random::of(1, &[at as u64]).between(-300.0, 300.0) as f32;
    let cases = [
        ("black picture", flat(Quantity::Reflectance, &|_| 0.0), false),
        ("noisy picture", flat(Quantity::Reflectance, &|at| noise(at) / 600.0 + 0.5), false),
        ("nothing measured", flat(Quantity::Height, &|_| f32::NAN), false),
        (
            "one line measured",
            flat(Quantity::Height, &|at| if at / 300 == 7 { 1.0 } else { f32::NAN }),
            false,
        ),
        ("a mirror", flat(Quantity::Height, &|_| 3.0), true),
    ];
    for (name, surface, expected) in cases {
        let found = segment::segment(&surface, &Overrides::default());
        assert_eq!(found.is_ok(), expected, "{name}: {:?}", found.map(|found| found.kind));
    }
    let spikes = flat(Quantity::Height, &noise);
    let found = segment::segment(&spikes, &Overrides::default());
    assert!(
        found.is_err() || found.is_ok_and(|found| !found.notes.is_empty()),
        "noise passes without a note"
    );
}

#[test]
fn the_raw_pair_is_segmented_without_the_mask_in_the_file() {
    let Some(folder) = shared::path("ballistics/raw") else { return };
    // The area that differs is half a row of points along both edges; see docs/ballistics-input.md.
    for (name, least) in [("K013sA1.x3p", 0.945), ("K013sA2.x3p", 0.95)] {
        let bytes = std::fs::read(folder.join(name)).expect("the scan can be read");
        let scan = formats::read_scan(&bytes, &ReadOptions::default()).expect(name);
        let found = segmented(&scan.surface);
        let theirs = scan.mask.expect("the file has a mask");
        let overlap = found.breech_face.intersection_over_union(&theirs).expect("one grid");
        let area = found.breech_face.count() as f64 / theirs.count() as f64;
        shared::say(&format!("{name}: intersection over union {overlap:.4}, area {area:.4} of the file's"));
        assert!(overlap >= least, "{name}: intersection over union {overlap}");
        assert!((area - 1.0).abs() <= 0.05, "{name}: area {area} of the file's");
    }
}

#[test]
fn the_reflectance_pair_has_the_circles_of_one_gun() {
    let Some(folder) = shared::path("ballistics/reflectance") else { return };
    let found = ["NBIDE-R-BF-118.png", "NBIDE-R-BF-129.png"].map(|name| {
        let bytes = std::fs::read(folder.join(name)).expect("the picture can be read");
        let scan = formats::read_scan(&bytes, &ReadOptions::default()).expect(name);
        segmented(&scan.surface)
    });
    for found in &found {
        assert!(found.notes.is_empty(), "{:?}", found.notes);
    }
    let [a, b] = found.map(|found| {
        [found.breech_circle, found.aperture, found.pin]
            .map(|circle| circle.expect("it is in the picture").radius)
    });
    // One gun: the sizes agree, though each picture was searched alone.
    for (part, (a, b)) in ["breech face", "aperture", "pin"].iter().zip(a.iter().zip(&b)) {
        assert!((a - b).abs() < 0.05 * a, "{part}: radius {a:.0} and {b:.0} µm");
    }
}

#[test]
fn processed_fadul_scans_pass_through_unharmed() {
    let Some(folder) = shared::path("ballistics/fadul") else { return };
    for name in ["Fadul 1-1.x3p", "Fadul 5-2.x3p", "Fadul A.x3p"] {
        let Ok(bytes) = std::fs::read(folder.join(name)) else { continue };
        let scan = formats::read_scan(&bytes, &ReadOptions::default()).expect(name);
        let found = segmented(&scan.surface);
        assert_eq!(found.kind, SegmentKind::BreechFaceOnly, "{name}");
        let measured = scan.surface.values.iter().filter(|value| value.is_finite()).count();
        assert_eq!(found.breech_face.count(), measured, "{name}");
    }
}

#[test]
fn a_bullets_land_and_a_tools_mark_are_no_heads() {
    let Some(folder) = shared::path("x3p-samples") else { return };
    for name in ["sample-land.x3p", "T01SA-F80-01.x3p"] {
        let bytes = std::fs::read(folder.join(name)).expect("the sample can be read");
        let scan = formats::read_scan(&bytes, &ReadOptions::default()).expect(name);
        let found = segment::segment(&scan.surface, &Overrides::default());
        assert!(found.is_err(), "{name}: {:?}", found.map(|found| (found.primer, found.aperture, found.pin)));
    }
}
