//! A scan made harder in a known way: turned, shifted, partly masked, noisier.
//!
//! Labelled scans are few and were staged alike; a matcher must not owe its figures to that. `validate --perturb`
//! and the tests put every scan through this before comparing; [`HardPerturbation`] adds what other instruments, ammunition
//! and worse staging do. It changes scans, never scores.

mod hard;

pub use hard::HardPerturbation;

use super::random::Random;
use super::surface::{Degrees, Micrometres, Surface};

/// What is done to one scan.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Perturbation {
    /// Turned by, anticlockwise on the page.
    pub rotation: Degrees,
    /// Shifted to the right and up the page.
    pub shift: (Micrometres, Micrometres),
    /// Share of the measured area that is masked.
    pub masked: f64,
    /// Standard deviation of the added noise, in standard deviations of the scan.
    pub noise: f64,
}

/// Largest shift along any direction, in micrometres.
const LARGEST_SHIFT: f64 = 300.0;
/// Share of the measured area that is masked.
const MASKED: f64 = 0.2;
/// Noise against the scan's own standard deviation.
const NOISE: f64 = 0.2;

impl Perturbation {
    /// Any rotation, any shift to 300 micrometres, 20 % of the area masked, noise of a fifth of the scan's spread.
    pub fn draw(random: &mut Random) -> Self {
        let rotation = Degrees(random.between(0.0, 360.0));
        let distance = LARGEST_SHIFT * random.unit().sqrt();
        let direction = random.between(0.0, std::f64::consts::TAU);
        Self {
            rotation,
            shift: (Micrometres(distance * direction.cos()), Micrometres(distance * direction.sin())),
            masked: MASKED,
            noise: NOISE,
        }
    }

    /// The scan so changed, on a grid wide enough that turning and shifting cut nothing off.
    ///
    /// The masked area is one disc around a random measured point, as a dent or an ejector mark would take. Noise is
    /// independent from point to point; the turning interpolates between the four neighbours.
    pub fn apply(&self, surface: &Surface, random: &mut Random) -> Surface {
        let mut turned = self.moved(surface, surface.pitch_x.0.min(surface.pitch_y.0));
        mask_disc(&mut turned, self.masked, random);
        let spread = spread_of(&turned) * self.noise;
        for value in turned.values.iter_mut().filter(|value| value.is_finite()) {
            *value += (spread * random.normal()) as f32;
        }
        turned
    }

    fn moved(&self, surface: &Surface, pitch: f64) -> Surface {
        let (sin, cos) = self.rotation.0.to_radians().sin_cos();
        let (wide, high) = (surface.cols as f64 * surface.pitch_x.0, surface.rows as f64 * surface.pitch_y.0);
        let span = 2.0 * LARGEST_SHIFT;
        let cols = ((wide * cos.abs() + high * sin.abs() + span) / pitch).ceil() as usize;
        let rows = ((wide * sin.abs() + high * cos.abs() + span) / pitch).ceil() as usize;
        let mut values = Vec::with_capacity(cols * rows);
        for row in 0..rows {
            for col in 0..cols {
                let x = (col as f64 - (cols as f64 - 1.0) / 2.0) * pitch - self.shift.0.0;
                // Rows go down the page, the shift up it.
                let y = (row as f64 - (rows as f64 - 1.0) / 2.0) * pitch + self.shift.1.0;
                // Back along an anticlockwise turn, with y downwards.
                let (x, y) = (cos * x - sin * y, sin * x + cos * y);
                let from_col = x / surface.pitch_x.0 + (surface.cols as f64 - 1.0) / 2.0;
                let from_row = y / surface.pitch_y.0 + (surface.rows as f64 - 1.0) / 2.0;
                values.push(interpolate(surface, from_col, from_row));
            }
        }
        let pitch = Micrometres(pitch);
        Surface { cols, rows, pitch_x: pitch, pitch_y: pitch, quantity: surface.quantity, values }
    }
}

fn interpolate(surface: &Surface, col: f64, row: f64) -> f32 {
    if col < 0.0 || row < 0.0 || col + 1.0 >= surface.cols as f64 || row + 1.0 >= surface.rows as f64 {
        return f32::NAN;
    }
    let (x, y) = (col as usize, row as usize);
    let (fx, fy) = ((col - x as f64) as f32, (row - y as f64) as f32);
    let value = |dx: usize, dy: usize| surface.values[(y + dy) * surface.cols + x + dx];
    // One missing neighbour makes the point missing, since NaN spreads.
    (value(0, 0) * (1.0 - fx) + value(1, 0) * fx) * (1.0 - fy)
        + (value(0, 1) * (1.0 - fx) + value(1, 1) * fx) * fy
}

fn mask_disc(surface: &mut Surface, share: f64, random: &mut Random) {
    let measured: Vec<usize> =
        (0..surface.values.len()).filter(|index| surface.values[*index].is_finite()).collect();
    if measured.is_empty() {
        return;
    }
    let middle = measured[random.below(measured.len()).min(measured.len() - 1)];
    let (cx, cy) = ((middle % surface.cols) as f64, (middle / surface.cols) as f64);
    let distance = |index: usize| {
        let (x, y) = ((index % surface.cols) as f64 - cx, (index / surface.cols) as f64 - cy);
        x * x + y * y
    };
    let mut near: Vec<(f64, usize)> = measured.iter().map(|index| (distance(*index), *index)).collect();
    let count = ((measured.len() as f64 * share) as usize).min(near.len() - 1);
    near.select_nth_unstable_by(count, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (_, index) in &near[..count] {
        surface.values[*index] = f32::NAN;
    }
}

fn spread_of(surface: &Surface) -> f64 {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for value in surface.values.iter().filter(|value| value.is_finite()) {
        let value = f64::from(*value);
        n += 1.0;
        sum += value;
        squares += value * value;
    }
    if n == 0.0 { 0.0 } else { (squares / n - (sum / n).powi(2)).max(0.0).sqrt() }
}
