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

/// The folder of labelled scans, or `None` after saying that the test did not run.
fn shared(what: &str) -> Option<PathBuf> {
    let root = std::env::var_os("HEADSTAMP_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("data/ballistics").join(what);
    if path.exists() {
        return Some(path);
    }
    println!("NOT RUN: {} is absent", path.display());
    None
}

fn fadul() -> Option<Vec<(String, String, Surface)>> {
    let dir = shared("fadul")?;
    let truth = std::fs::read_to_string(dir.join("truth.csv")).unwrap();
    let scans = truth.lines().skip(1).filter_map(|line| line.rsplit_once(','));
    Some(
        scans
            .map(|(scan, gun)| {
                let bytes = std::fs::read(dir.join(scan)).unwrap();
                (
                    scan.to_owned(),
                    gun.to_owned(),
                    x3p::read(&bytes, &x3p::ReadOptions::default()).unwrap().surface,
                )
            })
            .collect(),
    )
}

fn labelled(scans: Vec<(String, String, Surface)>) -> Vec<Labelled> {
    scans.into_iter().map(|(scan, gun, surface)| Labelled { scan, gun, exhibit: exhibit(&surface) }).collect()
}

/// In a debug build the 780 pairs take minutes, so there they are thinned.
fn pairs_in_time() -> Option<usize> {
    if cfg!(debug_assertions) { Some(40) } else { None }
}

#[test]
fn fadul_scans_are_told_apart_as_published() {
    let Some(scans) = fadul() else { return };
    let stopped = AtomicBool::new(false);
    let watch = Watch::new(&stopped, &|_, _| {});
    let result =
        validate::validate(&labelled(scans), &confirm::Parameters::default(), pairs_in_time(), &watch)
            .unwrap();
    let s = result.summary;
    assert_eq!(s.auc, Some(1.0), "area under the curve");
    assert_eq!(s.top1_hits, s.queries, "every query finds a mate first");
    assert!((s.map - 1.0).abs() < 1e-12, "mean average precision {}", s.map);
    assert!(s.same_min_cells >= Some(18), "a same-gun pair has {:?} cells", s.same_min_cells);
    assert!(s.different_max_cells <= Some(2), "a different-gun pair has {:?} cells", s.different_max_cells);
}

#[test]
fn perturbed_fadul_scans_find_their_mates() {
    let Some(scans) = fadul() else { return };
    let scans = scans
        .into_iter()
        .enumerate()
        .map(|(index, (scan, gun, surface))| {
            let mut random = Random::of(2, &[index as u64]);
            (scan, gun, Perturbation::draw(&mut random).apply(&surface, &mut random))
        })
        .collect();
    let stopped = AtomicBool::new(false);
    let watch = Watch::new(&stopped, &|_, _| {});
    let limit = pairs_in_time().unwrap_or(126);
    let result =
        validate::validate(&labelled(scans), &confirm::Parameters::default(), Some(limit), &watch).unwrap();
    assert!(result.summary.auc >= Some(0.999), "area under the curve {:?}", result.summary.auc);
}

#[test]
fn hard_perturbed_fadul_scans_are_told_apart_far_better_than_by_chance() {
    let Some(scans) = fadul() else { return };
    // Every other scan hard, the rest mild, as a folder of two laboratories would be.
    let scans = scans
        .into_iter()
        .enumerate()
        .map(|(index, (scan, gun, surface))| {
            let mut random = Random::of(11, &[index as u64]);
            let seen = if index % 2 == 0 {
                HardPerturbation::draw(&mut random).apply(&surface, &mut random)
            } else {
                Perturbation::draw(&mut random).apply(&surface, &mut random)
            };
            (scan, gun, seen)
        })
        .collect();
    let stopped = AtomicBool::new(false);
    let watch = Watch::new(&stopped, &|_, _| {});
    let limit = pairs_in_time().unwrap_or(126);
    let result =
        validate::validate(&labelled(scans), &confirm::Parameters::default(), Some(limit), &watch).unwrap();
    assert!(result.summary.auc >= Some(0.85), "area under the curve {:?}", result.summary.auc);
}

/// The real scans hidden among 100,000 synthetic ones. It takes minutes to make them: run it by name with `--ignored`.
#[test]
#[ignore = "makes 100,000 synthetic exhibits: several minutes"]
fn true_mates_are_among_the_first_ten_of_a_hundred_thousand() {
    let Some(scans) = fadul() else { return };
    let path = std::env::temp_dir().join(format!("headstamp-gallery-{}.hsg", std::process::id()));
    let mut writer = Writer::new(std::io::BufWriter::new(std::fs::File::create(&path).unwrap())).unwrap();
    let head = |id: String| EntryHead {
        id,
        version: String::new(),
        calibre: None,
        quantity: Quantity::Height,
        class: ClassCharacteristics::default(),
    };
    // What a signature sees is coarser than 100 micrometres, so the synthetic faces may be too.
    let coarse = Parameters { pitch: Micrometres(25.0), ..Parameters::default() };
    let handling = Handling::default();
    for batch in 0..100_u32 {
        let made: Vec<Signature> = (0..1000_u32)
            .into_par_iter()
            .filter_map(|shot| {
                let gun = batch * 1000 + shot;
                let face = Gun::new(5, gun).breech_face(&Shot::new(5, gun, 1, &handling), Micrometres(25.0));
                prepare::prepare(&face, &coarse).ok().map(|prepared| Signature::of(&prepared.map))
            })
            .collect();
        for (index, signature) in made.iter().enumerate() {
            writer.push(signature, head(format!("synthetic {batch} {index}"))).unwrap();
        }
    }
    let queries: Vec<_> = scans
        .iter()
        .map(|(scan, gun, surface)| (scan, gun, prepare::prepare(surface, &Parameters::default()).unwrap()))
        .collect();
    for (scan, _, prepared) in &queries {
        writer.push(&Signature::of(&prepared.map), head((*scan).clone())).unwrap();
    }
    drop(writer.finish().unwrap());
    let opening = std::time::Instant::now();
    let gallery = Gallery::open(std::fs::File::open(&path).unwrap()).unwrap();
    println!("{} entries opened in {:.3} s", gallery.heads().len(), opening.elapsed().as_secs_f64());
    let stopped = AtomicBool::new(false);
    let (mut mates, mut among, mut first, mut slowest) = (0, 0, 0, 0.0_f64);
    for (scan, gun, prepared) in &queries {
        let begun = std::time::Instant::now();
        let gate = Gate { quantity: Quantity::Height, calibre: None, class: ClassCharacteristics::default() };
        let widths = Widths { limit: 11, ..Widths::default() };
        let watch = Watch::new(&stopped, &|_, _| {});
        let list = rank::rank(&prepared.map, &gallery.behind(gate), widths, &watch).unwrap();
        slowest = slowest.max(begun.elapsed().as_secs_f64());
        let names: Vec<&str> = list
            .iter()
            .map(|candidate| gallery.heads()[candidate.index].id.as_str())
            .filter(|name| name != scan)
            .take(10)
            .collect();
        let of_gun: Vec<&str> = scans
            .iter()
            .filter(|other| other.1 == **gun && other.0 != **scan)
            .map(|other| other.0.as_str())
            .collect();
        mates += of_gun.len();
        among += of_gun.iter().filter(|mate| names.contains(mate)).count();
        first += usize::from(names.first().is_some_and(|name| of_gun.contains(name)));
    }
    std::fs::remove_file(&path).unwrap();
    println!(
        "{among} of {mates} mates among the first ten, {first} of {} first; slowest query {slowest:.2} s",
        queries.len()
    );
    assert!(among * 100 >= mates * 99, "{among} of {mates} mates are among the first ten");
}

/// A raw scan or photograph as the command line sees it: the breech face found unaided, the rest missing.
fn unaided(what: &str) -> Option<Surface> {
    let bytes = std::fs::read(shared(what)?).unwrap();
    let mut surface = formats::read_scan(&bytes, &ReadOptions::default()).unwrap().surface;
    let found = segment::segment(&surface, &Overrides::default()).unwrap();
    for (value, keep) in surface.values.iter_mut().zip(&found.breech_face.keep) {
        if !keep {
            *value = f32::NAN;
        }
    }
    Some(surface)
}

#[test]
fn raw_pair_matches_unaided_and_clearly_above_any_fadul_scan() {
    let (Some(a), Some(b)) = (unaided("raw/K013sA1.x3p"), unaided("raw/K013sA2.x3p")) else { return };
    let (a, b) = (exhibit(&a), exhibit(&b));
    let parameters = confirm::Parameters::default();
    let pair = confirm::compare(&a, &b, &parameters);
    let others = fadul().unwrap_or_default();
    let best = others
        .par_iter()
        .flat_map_iter(|(scan, _, surface)| {
            let other = exhibit(surface);
            [&a, &b].map(|raw| (confirm::compare(raw, &other, &parameters).score, scan.as_str()))
        })
        .max_by(|one, other| one.0.total_cmp(&other.0));
    if let Some((score, scan)) = best {
        assert!(pair.score > 2.0 * score, "the pair scores {}, against {scan} {score}", pair.score);
    }
    assert!(pair.congruent_cells > 2, "{} congruent cells", pair.congruent_cells);
}

#[test]
fn reflectance_pair_correlates_as_published() {
    let (Some(a), Some(b)) =
        (unaided("reflectance/NBIDE-R-BF-118.png"), unaided("reflectance/NBIDE-R-BF-129.png"))
    else {
        return;
    };
    let pair = compared(&a, &b);
    assert!(pair.ccf >= 0.36, "correlation {} (Tai and Eddy 2018: 0.36)", pair.ccf);
    assert!(angle_between(pair.rotation_deg, -15.0) < 2.0, "turned by {} degrees", pair.rotation_deg);
}
