//! The matching half of the ballistic engine, on surfaces whose truth is known.
//!
//! Synthetic textures are sums of waves, so that a turned and shifted copy is exact and not interpolated. Tests on
//! real scans run when `../shared/data` is beside the checkout (or `HEADSTAMP_SHARED` names it) and say so when not.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests fail as tests do, and say plainly what did not run"
)]

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use headstamp::ballistics::confirm::{self, Comparison, Exhibit};
use headstamp::ballistics::formats::{self, ReadOptions, x3p};
use headstamp::ballistics::gallery::{ClassCharacteristics, EntryHead, Gallery, Gate, Writer};
use headstamp::ballistics::perturb::{HardPerturbation, Perturbation};
use headstamp::ballistics::prepare::{self, Parameters, PrepareError};
use headstamp::ballistics::random::Random;
use headstamp::ballistics::rank::{self, Candidate, RankError, Widths};
use headstamp::ballistics::segment::{self, Overrides};
use headstamp::ballistics::signature::{BYTES, Signature};
use headstamp::ballistics::surface::{Micrometres, Quantity, Surface};
use headstamp::ballistics::synth::{Gun, Handling, Shot};
use headstamp::ballistics::validate::{self, Labelled};
use headstamp::ballistics::work::Watch;
use rayon::prelude::*;

mod scans;

/// A breech face: waves of 60 to 250 micrometres on a ring, seen turned by `degrees` and shifted by (`right`, `up`).
struct Face {
    waves: Vec<[f64; 4]>,
}

impl Face {
    fn new(gun: u64) -> Self {
        let mut random = Random::of(77, &[gun]);
        let waves = (0..90)
            .map(|_| {
                let length = random.between(60.0, 250.0);
                let direction = random.between(0.0, std::f64::consts::TAU);
                let k = std::f64::consts::TAU / length;
                [
                    k * direction.cos(),
                    k * direction.sin(),
                    random.between(0.0, std::f64::consts::TAU),
                    random.unit(),
                ]
            })
            .collect();
        Self { waves }
    }

    fn height(&self, x: f64, y: f64) -> f64 {
        self.waves.iter().map(|[kx, ky, phase, size]| size * (kx * x + ky * y + phase).sin()).sum()
    }

    fn seen(&self, pitch: f64, degrees: f64, right: f64, up: f64) -> Surface {
        let points = (3600.0 / pitch) as usize;
        let (sin, cos) = degrees.to_radians().sin_cos();
        let middle = (points as f64 - 1.0) / 2.0;
        let values = (0..points * points)
            .map(|at| {
                let x = ((at % points) as f64 - middle) * pitch - right;
                let y = -((at / points) as f64 - middle) * pitch - up;
                let (x, y) = (cos * x + sin * y, -sin * x + cos * y);
                let radius = x.hypot(y);
                if (700.0..1500.0).contains(&radius) { self.height(x, y) as f32 } else { f32::NAN }
            })
            .collect();
        surface(points, points, pitch, values)
    }
}

fn surface(cols: usize, rows: usize, pitch: f64, values: Vec<f32>) -> Surface {
    let pitch = Micrometres(pitch);
    Surface { cols, rows, pitch_x: pitch, pitch_y: pitch, quantity: Quantity::Height, values }
}

fn exhibit(surface: &Surface) -> Exhibit {
    Exhibit::new(prepare::prepare(surface, &Parameters::default()).expect("the surface can be prepared"))
}

fn compared(a: &Surface, b: &Surface) -> Comparison {
    confirm::compare(&exhibit(a), &exhibit(b), &confirm::Parameters::default())
}

fn angle_between(a: f32, b: f32) -> f32 {
    ((a - b + 540.0).rem_euclid(360.0) - 180.0).abs()
}

#[test]
fn known_rotation_and_shift_are_recovered_over_the_full_circle() {
    let face = Face::new(1);
    let still = face.seen(12.5, 0.0, 0.0, 0.0);
    for (degrees, right, up) in
        [(0.0, 0.0, 0.0), (17.0, 120.0, -60.0), (-95.0, -140.0, 200.0), (178.0, 90.0, 250.0)]
    {
        let moved = face.seen(12.5, degrees, right, up);
        let found = compared(&still, &moved);
        let case =
            format!("turned {degrees}, shifted {right}, {up}: {:?} {:?}", found.rotation_deg, found.shift_um);
        assert!(angle_between(found.rotation_deg, degrees as f32) < 0.5, "{case}");
        assert!((found.shift_um.0 - right as f32).abs() < 12.0, "{case}");
        assert!((found.shift_um.1 - up as f32).abs() < 12.0, "{case}");
        assert!(found.ccf > 0.9, "{case}: correlation {}", found.ccf);
        assert!(found.congruent_cells * 10 >= found.cells * 8, "{case}: {} cells", found.congruent_cells);
    }
}

#[test]
fn cells_say_where_they_were_found() {
    let face = Face::new(2);
    let found = compared(&face.seen(12.5, 0.0, 0.0, 0.0), &face.seen(12.5, 30.0, 100.0, 0.0));
    let (sin, cos) = 30.0_f32.to_radians().sin_cos();
    for cell in found.forward.iter().filter(|cell| cell.congruent) {
        let x = cos * cell.x_um - sin * cell.y_um + 100.0;
        let y = sin * cell.x_um + cos * cell.y_um;
        let off = (cell.found_x_um - x).hypot(cell.found_y_um - y);
        assert!(off < 100.0, "a congruent cell lies {off} um from where it is");
        assert!(
            angle_between(cell.rotation_deg, 30.0) < 8.0,
            "a congruent cell is turned by {}",
            cell.rotation_deg
        );
    }
}

#[test]
fn surfaces_of_two_guns_have_hardly_a_congruent_cell() {
    let found = compared(&Face::new(3).seen(12.5, 0.0, 0.0, 0.0), &Face::new(4).seen(12.5, 40.0, 50.0, 0.0));
    assert!(found.congruent_cells <= 2, "{} congruent cells", found.congruent_cells);
    assert!(found.score < 0.25, "score {}", found.score);
}

#[test]
fn pitch_may_differ_between_the_two() {
    let face = Face::new(5);
    let found = compared(&face.seen(9.0, 0.0, 0.0, 0.0), &face.seen(14.5, 60.0, 0.0, 80.0));
    assert!(found.ccf > 0.85, "correlation {}", found.ccf);
    assert!(angle_between(found.rotation_deg, 60.0) < 0.5, "turned by {}", found.rotation_deg);
}

#[test]
fn tilt_and_form_do_not_count() {
    let face = Face::new(6);
    let plain = face.seen(12.5, 0.0, 0.0, 0.0);
    let mut bent = face.seen(12.5, 45.0, 0.0, 0.0);
    for (at, value) in bent.values.iter_mut().enumerate() {
        let (x, y) = ((at % bent.cols) as f32, (at / bent.cols) as f32);
        *value += 3.0 * x - 2.0 * y + 0.004 * (x - 144.0).powi(2);
    }
    let found = compared(&plain, &bent);
    assert!(found.ccf > 0.85, "correlation {} under tilt and doming", found.ccf);
}

#[test]
fn perturbed_mates_are_found_and_strangers_are_not() {
    for seed in 0..4 {
        let mut random = Random::of(900, &[seed]);
        let face = Face::new(10 + seed);
        let (a, b) = (face.seen(12.5, 0.0, 0.0, 0.0), face.seen(12.5, 0.0, 0.0, 0.0));
        let a = Perturbation::draw(&mut random).apply(&a, &mut random);
        let b = Perturbation::draw(&mut random).apply(&b, &mut random);
        let other = Face::new(50 + seed).seen(12.5, 0.0, 0.0, 0.0);
        let (mate, stranger) = (compared(&a, &b), compared(&a, &other));
        assert!(mate.congruent_cells >= 8, "seed {seed}: {} cells of a mate", mate.congruent_cells);
        assert!(
            stranger.congruent_cells <= 2,
            "seed {seed}: {} cells of a stranger",
            stranger.congruent_cells
        );
        assert!(mate.score > 2.0 * stranger.score, "seed {seed}: {} against {}", mate.score, stranger.score);
    }
}

#[test]
fn masked_half_still_matches() {
    let face = Face::new(7);
    let whole = face.seen(12.5, 0.0, 0.0, 0.0);
    let mut half = face.seen(12.5, -20.0, 0.0, 0.0);
    let cols = half.cols;
    for (at, value) in half.values.iter_mut().enumerate() {
        if at % cols > cols / 2 {
            *value = f32::NAN;
        }
    }
    let found = compared(&whole, &half);
    assert!(angle_between(found.rotation_deg, -20.0) < 1.0, "turned by {}", found.rotation_deg);
    assert!(found.ccf > 0.85, "correlation {}", found.ccf);
}

#[test]
fn comparison_is_the_same_from_either_side() {
    let face = Face::new(8);
    let (a, b) = (exhibit(&face.seen(12.5, 0.0, 0.0, 0.0)), exhibit(&face.seen(12.5, 73.0, 60.0, 0.0)));
    let one = confirm::compare(&a, &b, &confirm::Parameters::default());
    let other = confirm::compare(&b, &a, &confirm::Parameters::default());
    assert_eq!(one.congruent_cells, other.congruent_cells);
    assert!((one.ccf - other.ccf).abs() < 0.02, "{} and {}", one.ccf, other.ccf);
    assert!(angle_between(one.rotation_deg, -other.rotation_deg) < 0.3);
}

#[test]
fn surfaces_that_cannot_be_compared_are_refused_with_the_reason() {
    type Check = fn(&PrepareError) -> bool;
    let flat = vec![1.5; 200 * 200];
    let cases: [(&str, Surface, Check); 6] = [
        ("nothing measured", surface(100, 100, 12.5, vec![f32::NAN; 10_000]), |e| {
            matches!(e, PrepareError::TooLittle(_))
        }),
        ("empty", surface(0, 0, 12.5, Vec::new()), |e| matches!(e, PrepareError::TooLittle(_))),
        ("one point", surface(1, 1, 12.5, vec![1.0]), |e| matches!(e, PrepareError::TooLittle(_))),
        ("constant", surface(200, 200, 12.5, flat.clone()), |e| matches!(e, PrepareError::Flat)),
        ("metres taken for micrometres", surface(200, 200, 1e6, flat.clone()), |e| {
            matches!(e, PrepareError::Size(..))
        }),
        ("no pitch", surface(200, 200, f64::NAN, flat), |e| matches!(e, PrepareError::Pitch(_))),
    ];
    for (name, surface, is_right) in cases {
        let fault = prepare::prepare(&surface, &Parameters::default()).expect_err(name);
        assert!(is_right(&fault), "{name}: {fault}");
    }
}

#[test]
fn prepared_surface_prepared_again_is_hardly_changed() {
    let face = Face::new(9);
    let once = prepare::prepare(&face.seen(12.5, 0.0, 0.0, 0.0), &Parameters::default()).unwrap();
    let values =
        once.map.z.iter().zip(&once.map.m).map(|(z, m)| if *m > 0.0 { *z } else { f32::NAN }).collect();
    let again =
        prepare::prepare(&surface(once.map.cols, once.map.rows, 12.5, values), &Parameters::default())
            .unwrap();
    let found = confirm::compare(&Exhibit::new(once), &Exhibit::new(again), &confirm::Parameters::default());
    assert!(found.ccf > 0.97, "correlation with itself prepared twice is {}", found.ccf);
    assert!(found.rotation_deg.abs() < 0.2);
}

/// A gallery in memory of `count` faces, the last being a mate of `Face::new(1)`.
fn gallery(count: u64) -> Gallery<std::io::Cursor<Vec<u8>>> {
    let mut writer = Writer::new(std::io::Cursor::new(Vec::new())).unwrap();
    for gun in (2..=count).chain([1]) {
        let face = Face::new(gun).seen(25.0, 31.0 * gun as f64, 80.0, -60.0);
        let prepared = prepare::prepare(&face, &Parameters::default()).unwrap();
        let head = EntryHead {
            id: format!("case of gun {gun}"),
            version: String::new(),
            calibre: None,
            quantity: Quantity::Height,
            class: ClassCharacteristics::default(),
        };
        writer.push(&Signature::of(&prepared.map), head).unwrap();
    }
    Gallery::open(writer.finish().unwrap()).unwrap()
}

fn ranked(
    gallery: &Gallery<std::io::Cursor<Vec<u8>>>,
    stopped: &AtomicBool,
) -> Result<Vec<Candidate>, RankError> {
    let query = prepare::prepare(&Face::new(1).seen(25.0, 0.0, 0.0, 0.0), &Parameters::default()).unwrap();
    let gate = Gate { quantity: Quantity::Height, calibre: None, class: ClassCharacteristics::default() };
    let widths = Widths { shortlist: 12, placements: 3, limit: 5 };
    rank::rank(&query.map, &gallery.behind(gate), widths, &Watch::new(stopped, &|_, _| {}))
}

#[test]
fn mate_stands_first_in_the_list_on_any_number_of_threads() {
    let gallery = gallery(30);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| ranked(&gallery, &AtomicBool::new(false)).unwrap())
    };
    let one = on(1);
    assert_eq!(gallery.heads()[one[0].index].id, "case of gun 1");
    assert!(one[0].score > 1.3 * one[1].score, "{} before {}", one[0].score, one[1].score);
    assert_eq!(one, on(2), "two threads give the same list");
    assert_eq!(one, on(5), "five threads give the same list");
}

#[test]
fn stopped_ranking_gives_no_list() {
    let stopped = AtomicBool::new(true);
    assert!(matches!(ranked(&gallery(3), &stopped), Err(RankError::Stopped(_))));
}

#[test]
fn signature_keeps_within_its_eight_kilobytes() {
    let prepared = prepare::prepare(&Face::new(1).seen(12.5, 0.0, 0.0, 0.0), &Parameters::default()).unwrap();
    let signature = Signature::of(&prepared.map);
    let (rings, small) = signature.parts();
    assert_eq!(rings.len() + small.len(), BYTES);
    const { assert!(BYTES <= 8192) };
}

#[test]
fn signature_from_foreign_bytes_is_refused_or_harmless() {
    let prepared = prepare::prepare(&Face::new(1).seen(12.5, 0.0, 0.0, 0.0), &Parameters::default()).unwrap();
    let signature = Signature::of(&prepared.map);
    let (rings, small) = signature.parts();
    assert!(Signature::from_parts(&rings[1..], small).is_err());
    let mut wide = small.to_vec();
    wide[0..2].copy_from_slice(&u16::MAX.to_le_bytes());
    assert!(Signature::from_parts(rings, &wide).is_err(), "a map wider than it can be");
    let mut no_pitch = small.to_vec();
    no_pitch[4..8].copy_from_slice(&f32::NAN.to_le_bytes());
    assert!(Signature::from_parts(rings, &no_pitch).is_err(), "a map without a pitch");
}
