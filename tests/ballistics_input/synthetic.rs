//! Synthetic casings: the same for ever and for any number of threads, alike for one gun, unlike for two.

use headstamp::ballistics::surface::{Micrometres, Surface};
use headstamp::ballistics::synth::{self, Gun, Handling, HeadFrame, Shot, TextureKind};
use rayon::prelude::*;

const PITCH: Micrometres = Micrometres(25.0);

fn still() -> Handling {
    Handling { turn: 0.0, shift_um: 0.0, lost: 0.0, noise_um: 0.1, mixed_ammunition: true }
}

fn breech_face(gun: u32, shot: u32, handling: &Handling) -> Surface {
    Gun::new(9, gun).breech_face(&Shot::new(9, gun, shot, handling), PITCH)
}

/// FNV-1a over the bits, so that one changed digit shows.
fn fingerprint(surface: &Surface) -> u64 {
    surface
        .values
        .iter()
        .flat_map(|v| if v.is_nan() { [0xff; 4] } else { v.to_bits().to_le_bytes() })
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Correlation over the points both have.
fn correlation(a: &Surface, b: &Surface) -> f64 {
    let pairs: Vec<(f64, f64)> = a
        .values
        .iter()
        .zip(&b.values)
        .filter(|(a, b)| a.is_finite() && b.is_finite())
        .map(|(a, b)| (f64::from(*a), f64::from(*b)))
        .collect();
    let count = pairs.len() as f64;
    let (ma, mb) =
        (pairs.iter().map(|p| p.0).sum::<f64>() / count, pairs.iter().map(|p| p.1).sum::<f64>() / count);
    let sum = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>();
    let (ab, aa, bb) =
        (sum(&|p| (p.0 - ma) * (p.1 - mb)), sum(&|p| (p.0 - ma).powi(2)), sum(&|p| (p.1 - mb).powi(2)));
    ab / (aa * bb).sqrt()
}

#[test]
fn a_seed_gives_the_same_casing_for_ever() {
    let prints = [
        fingerprint(&breech_face(0, 0, &Handling::default())),
        fingerprint(&breech_face(123, 4, &Handling::default())),
    ];
    assert_eq!(
        prints,
        [3_596_837_147_815_861_681, 3_387_880_586_993_953_544],
        "a change of the generator changes every stored gallery: say so in the changelog"
    );
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let alone: Vec<u64> =
        (0..12).map(|gun| fingerprint(&breech_face(gun, 1, &Handling::default()))).collect();
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let together: Vec<u64> = pool.install(|| {
            (0..12u32)
                .into_par_iter()
                .map(|gun| fingerprint(&breech_face(gun, 1, &Handling::default())))
                .collect()
        });
        assert_eq!(together, alone, "{threads} threads");
    }
}

#[test]
fn two_shots_of_a_gun_are_alike_and_two_guns_are_not() {
    let first: Vec<Surface> = (0..12).map(|gun| breech_face(gun, 0, &still())).collect();
    for (gun, surface) in first.iter().enumerate() {
        let again = correlation(surface, &breech_face(gun as u32, 1, &still()));
        assert!(again > 0.5, "gun {gun}: correlation {again:.2} between two shots");
    }
    for a in 0..first.len() {
        for b in 0..a {
            let other = correlation(&first[a], &first[b]).abs();
            assert!(other < 0.4, "guns {a} and {b}: correlation {other:.2}");
        }
    }
}

#[test]
fn all_families_of_texture_are_made_with_the_relief_of_breech_faces() {
    let mut seen = Vec::new();
    for gun in 0..40 {
        seen.push(Gun::new(9, gun).texture_kind());
        let surface = breech_face(gun, 0, &Handling::default());
        let measured: Vec<f64> =
            surface.values.iter().filter(|v| v.is_finite()).map(|v| f64::from(*v)).collect();
        let mean = measured.iter().sum::<f64>() / measured.len() as f64;
        let deviation =
            (measured.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / measured.len() as f64).sqrt();
        // Published breech-face scans have 1 to 5 µm.
        assert!((0.5..8.0).contains(&deviation), "gun {gun}: {deviation:.2} µm");
        assert!((0.1..0.8).contains(&surface.coverage()), "gun {gun}: coverage {}", surface.coverage());
    }
    for kind in [TextureKind::Parallel, TextureKind::Granular, TextureKind::Arched, TextureKind::CrossHatched]
    {
        assert!(seen.contains(&kind), "{kind:?} among 40 guns");
    }
}

#[test]
fn a_turn_and_a_shift_move_the_marks_as_stated() {
    let turned = Handling { turn: 0.5, shift_um: 200.0, ..still() };
    let (gun, seed) = (Gun::new(9, 5), 9);
    let shot = Shot::new(seed, 5, 0, &turned);
    let upright = gun.breech_face(&Shot::new(seed, 5, 0, &still()), PITCH);
    let moved = gun.breech_face(&shot, PITCH);
    let (sin, cos) = shot.turn_degrees().to_radians().sin_cos();
    let (dx, dy) = shot.shift_um();
    let half = (moved.cols as f64 - 1.0) / 2.0;
    // Undo the movement point by point and compare.
    let mut back = upright.clone();
    for (at, value) in back.values.iter_mut().enumerate() {
        let (x, y) = ((at % upright.cols) as f64 - half, (at / upright.cols) as f64 - half);
        let (u, v) = (x * cos - y * sin + dx / PITCH.0 + half, x * sin + y * cos + dy / PITCH.0 + half);
        let inside = u >= 0.0 && v >= 0.0;
        *value = if inside {
            moved.at(u.round() as usize, v.round() as usize).unwrap_or(f32::NAN)
        } else {
            f32::NAN
        };
    }
    let alike = correlation(&upright, &back);
    assert!(
        alike > 0.5,
        "correlation {alike:.2} after undoing {} degrees and {:?} µm",
        shot.turn_degrees(),
        (dx, dy)
    );
}

#[test]
fn a_head_has_the_depths_of_a_head() {
    let shot = Shot::new(9, 2, 0, &Handling::default());
    let frame = HeadFrame { pitch: Micrometres(20.0), tilt: (0.0, 0.0), ..HeadFrame::default() };
    let head = Gun::new(9, 2).head(&shot, &frame);
    let at = |x: f64, y: f64| head.surface.at((x / 20.0) as usize, (y / 20.0) as usize);
    let groove = at(head.primer.x + head.primer.radius, head.primer.y).expect("measured");
    let flat = at(head.flat.x + head.flat.radius - 150.0, head.flat.y).expect("measured");
    assert!(flat - groove > 100.0, "the groove lies {:.0} µm below the flat part", flat - groove);
    let picture = synth::photograph(&head.surface, 1);
    assert!(
        picture.values.iter().all(|v| (0.0..=1.0).contains(v)),
        "grey values lie between black and white"
    );
}
