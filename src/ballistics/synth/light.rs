//! A photograph of a height map under a ring light, so that pictures with known truth can be made.
//!
//! It is a rendering: nothing of a real camera is in it but noise. Called by the command line.

use super::noise::sin_cos_turns;
use crate::ballistics::random::Random;
use crate::ballistics::surface::{Quantity, Surface};

/// Lamps around the ring.
const LAMPS: u32 = 12;

/// A lamp of the ring.
struct Lamp {
    /// Unit vector halfway between lamp and camera.
    halfway: [f32; 3],
    brightness: f32,
}

/// Grey values of the surface as a camera above would see it under a ring of lamps 60 degrees up: level metal bright,
/// slopes dark, edges glinting. Missing points are black.
pub fn photograph(heights: &Surface, seed: u64) -> Surface {
    let mut random = Random::of(seed, &[5]);
    let lamps: Vec<Lamp> = (0..LAMPS)
        .map(|lamp| {
            let (sin, cos) = sin_cos_turns(f64::from(lamp) / f64::from(LAMPS));
            // The direction halfway between lamp and camera, where metal mirrors the one into the other.
            let (x, y, z) = (0.5 * cos, 0.5 * sin, 1.0 + 0.866);
            let length = (x * x + y * y + z * z).sqrt();
            Lamp {
                halfway: [(x / length) as f32, (y / length) as f32, (z / length) as f32],
                // No ring is even, and an even one would hide gentle relief.
                brightness: (1.0 + 0.5 * cos) as f32,
            }
        })
        .collect();
    let (pitch_x, pitch_y) = (heights.pitch_x.0 as f32, heights.pitch_y.0 as f32);
    let mut values = Vec::with_capacity(heights.values.len());
    for row in 0..heights.rows {
        for col in 0..heights.cols {
            let slope = |before: Option<f32>, after: Option<f32>, pitch: f32| match (before, after) {
                (Some(before), Some(after)) => Some((after - before) / (2.0 * pitch)),
                _ => None,
            };
            let along =
                slope(col.checked_sub(1).and_then(|c| heights.at(c, row)), heights.at(col + 1, row), pitch_x);
            let down =
                slope(row.checked_sub(1).and_then(|r| heights.at(col, r)), heights.at(col, row + 1), pitch_y);
            let light = match (along, down) {
                (Some(along), Some(down)) => shine(along, down, &lamps),
                _ => 0.0,
            };
            values.push((0.03 + 0.85 * light + 0.02 * random.normal() as f32).clamp(0.0, 1.0));
        }
    }
    Surface { quantity: Quantity::Reflectance, values, ..*heights }
}

/// Blinn's highlight summed over the lamps: the 32nd power by five squarings.
fn shine(along: f32, down: f32, lamps: &[Lamp]) -> f32 {
    let length = (along * along + down * down + 1.0).sqrt();
    let normal = [-along / length, -down / length, 1.0 / length];
    let total: f32 = lamps
        .iter()
        .map(|lamp| {
            let [x, y, z] = lamp.halfway;
            let cos = (normal[0] * x + normal[1] * y + normal[2] * z).max(0.0);
            lamp.brightness * (0..5).fold(cos, |power, _| power * power)
        })
        .sum();
    2.2 * total / lamps.len() as f32
}
