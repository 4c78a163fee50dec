//! Smooth noise and the few functions that textures are made of, the same to the last bit on every machine.
//!
//! Only additions, multiplications and square roots are used: these are exact by IEEE 754, while sines and exponentials
//! of a platform's library differ in the last digit. Called by the generator of synthetic casings.

/// A random number from -1 to 1 for a lattice point.
fn lattice(seed: u32, x: i32, y: i32) -> f32 {
    let mut h = seed ^ (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 12)).wrapping_mul(0x297a_2d39);
    h ^= h >> 15;
    (h >> 8) as f32 * (2.0 / 16_777_215.0) - 1.0
}

/// Noise between -1 and 1 that changes over about one unit, with a standard deviation of about 0.36.
pub(super) fn noise(seed: u32, x: f32, y: f32) -> f32 {
    let ((i, u), (j, v)) = (split(x), split(y));
    let (u, v) = (fade(u), fade(v));
    let above = mix(lattice(seed, i, j), lattice(seed, i + 1, j), u);
    let below = mix(lattice(seed, i, j + 1), lattice(seed, i + 1, j + 1), u);
    mix(above, below, v)
}

/// A smooth step from 0 to 1 as `value` goes from `from` to `to`.
pub(super) fn step(from: f32, to: f32, value: f32) -> f32 {
    fade(((value - from) / (to - from)).clamp(0.0, 1.0))
}

/// A bump of height 1 and radius 1 at distance squared `d2`, zero outside.
pub(super) fn bump(d2: f32) -> f32 {
    let inside = (1.0 - d2).max(0.0);
    inside * inside
}

/// The whole part downwards and the rest. Written out, since the library's `floor` is a call on the common processors
/// and this is the innermost loop.
fn split(x: f32) -> (i32, f32) {
    let towards_zero = x as i32;
    let whole = if towards_zero as f32 > x { towards_zero - 1 } else { towards_zero };
    (whole, x - whole as f32)
}

fn fade(t: f32) -> f32 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

fn mix(a: f32, b: f32, share: f32) -> f32 {
    a + (b - a) * share
}

/// Sine and cosine of an angle given in turns, by their series: exact enough (1e-7) and the same everywhere.
pub(super) fn sin_cos_turns(turns: f64) -> (f64, f64) {
    let quarter = (turns * 4.0).round();
    let x = (turns - quarter / 4.0) * std::f64::consts::TAU;
    let x2 = x * x;
    let sin =
        x * (1.0 - x2 / 6.0 * (1.0 - x2 / 20.0 * (1.0 - x2 / 42.0 * (1.0 - x2 / 72.0 * (1.0 - x2 / 110.0)))));
    let cos = 1.0 - x2 / 2.0 * (1.0 - x2 / 12.0 * (1.0 - x2 / 30.0 * (1.0 - x2 / 56.0 * (1.0 - x2 / 90.0))));
    match (quarter as i64).rem_euclid(4) {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_agree_with_the_library() {
        for i in -50..50 {
            let turns = f64::from(i) * 0.037;
            let (sin, cos) = sin_cos_turns(turns);
            let (s, c) = (turns * std::f64::consts::TAU).sin_cos();
            assert!((sin - s).abs() < 1e-7 && (cos - c).abs() < 1e-7, "{turns}: {sin} {cos} but {s} {c}");
        }
    }

    #[test]
    fn noise_is_smooth_and_centred() {
        let sample: Vec<f32> = (0..10_000).map(|i| noise(5, i as f32 * 0.37, i as f32 * 0.11)).collect();
        let mean = sample.iter().sum::<f32>() / 10_000.0;
        assert!(mean.abs() < 0.03, "mean {mean}");
        assert!((noise(5, 2.999, 1.5) - noise(5, 3.001, 1.5)).abs() < 0.01, "a jump at a lattice line");
    }
}
