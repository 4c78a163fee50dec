//! The hard perturbation: what another instrument, other ammunition and hasty masking do to a scan.
//!
//! The effects are those that examiners and published studies name for consumer pistols: partial contact, roll-off and
//! flowback at the rims, drag of the firing pin, the primer's own face, another pitch, masks drawn off centre. Sizes
//! are relative to the scan's own relief, so that they mean the same on any scan. They were written down before any
//! comparison was run through them. Called as `perturb` is.

use std::f64::consts::TAU;

use super::{LARGEST_SHIFT, Perturbation, spread_of};
use crate::ballistics::random::Random;
use crate::ballistics::surface::{Micrometres, Surface};

/// What is done to one scan. Heights are in standard deviations of the scan.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct HardPerturbation {
    /// Turned, shifted and disturbed by white noise; its disc is not used.
    pub moved: Perturbation,
    /// Pitch of the result.
    pub pitch: Micrometres,
    /// Share of the measured area that is lost in all, to the ring-shaped mask and to want of contact.
    pub lost: f64,
    /// Middle of the mask's circles from the middle of the measured area.
    pub mask_off: (Micrometres, Micrometres),
    /// Height of the rim that every edge of the impression rolls off (or flows back) by.
    pub rim: f64,
    /// How far the rim reaches inwards: it falls to 1/e there.
    pub rim_width: Micrometres,
    /// Tilt and doming over the whole face.
    pub form: f64,
    /// Height of the drag streaks.
    pub drag: f64,
    /// Height of the primer's own face, waves of 40 to 200 micrometres that no breech made.
    pub primer_face: f64,
}

impl HardPerturbation {
    /// Any rotation, shifts to 300 micrometres, 40 to 60 % lost, pitch of 3 to 8 micrometres, and the rest.
    pub fn draw(random: &mut Random) -> Self {
        let mut moved = Perturbation::draw(random);
        moved.noise = random.between(0.1, 0.5);
        let (distance, direction) = (LARGEST_SHIFT * random.unit().sqrt(), random.between(0.0, TAU));
        Self {
            moved,
            pitch: Micrometres(random.between(3.0, 8.0)),
            lost: random.between(0.4, 0.6),
            mask_off: (Micrometres(distance * direction.cos()), Micrometres(distance * direction.sin())),
            rim: random.between(-6.0, 6.0),
            rim_width: Micrometres(random.between(50.0, 150.0)),
            form: random.between(5.0, 20.0),
            drag: random.between(1.0, 4.0),
            primer_face: random.between(0.4, 0.8),
        }
    }

    /// The scan so changed. The order is that of nature: what the shot did, how it lay, what the instrument saw.
    pub fn apply(&self, surface: &Surface, random: &mut Random) -> Surface {
        let spread = spread_of(surface);
        let mut struck = surface.clone();
        self.strike(&mut struck, spread, random);
        let mut seen = self.moved.moved(&struck, self.pitch.0);
        self.lose(&mut seen, random);
        for value in seen.values.iter_mut().filter(|value| value.is_finite()) {
            *value += (spread * self.moved.noise * random.normal()) as f32;
        }
        seen
    }

    /// Rims, form, drag and the primer's face.
    fn strike(&self, surface: &mut Surface, spread: f64, random: &mut Random) {
        let depth = depths(surface);
        let lean = random.between(0.0, TAU);
        let tilt = random.between(0.0, TAU);
        let face = Waves::draw(random, 60, 40.0, 200.0);
        let drag = Drag::draw(random);
        let (middle_x, middle_y) = middle(surface);
        for (index, value) in surface.values.iter_mut().enumerate() {
            if !value.is_finite() {
                continue;
            }
            let x = (index % surface.cols) as f64 * surface.pitch_x.0 - middle_x;
            let y = (index / surface.cols) as f64 * surface.pitch_y.0 - middle_y;
            // A rim is seldom as high all round.
            let around = 1.0 + 0.6 * (y.atan2(x) - lean).cos();
            let rim = self.rim * around * (-f64::from(depth[index]) / self.rim_width.0).exp();
            let form = self.form * ((x * tilt.cos() + y * tilt.sin()) / 1500.0 + (x * x + y * y) / 4.5e6);
            let (under, streak) = drag.at(x, y);
            let marks = f64::from(*value) / spread.max(f64::MIN_POSITIVE);
            // Where the pin dragged, the breech face's marks are half wiped out.
            let height = marks * (1.0 - 0.5 * under)
                + self.drag * under * streak
                + self.primer_face * face.at(x, y)
                + rim
                + form;
            *value = (height * spread) as f32;
        }
    }

    /// The mask's two circles, then want of contact, until the share that shall be lost is lost.
    fn lose(&self, surface: &mut Surface, random: &mut Random) {
        let (x0, y0) = middle(surface);
        let (x0, y0) = (x0 + self.mask_off.0.0, y0 + self.mask_off.1.0);
        let contact = Waves::draw(random, 8, 1200.0, 4000.0);
        let before: Vec<usize> =
            (0..surface.values.len()).filter(|index| surface.values[*index].is_finite()).collect();
        // A masker draws circles that keep most of the impression: here a tenth of it is cut at either side.
        let place = |index: usize| {
            let x = (index % surface.cols) as f64 * surface.pitch_x.0 - x0;
            (x, (index / surface.cols) as f64 * surface.pitch_y.0 - y0)
        };
        let mut radii: Vec<f64> = before.iter().map(|index| place(*index).0.hypot(place(*index).1)).collect();
        radii.sort_by(f64::total_cmp);
        let Some(last) = radii.len().checked_sub(1) else { return };
        let (inner, outer) = (radii[last / 10], radii[last - last / 10]);
        let (kept, cut): (Vec<usize>, Vec<usize>) = before.iter().partition(|index| {
            let (x, y) = place(**index);
            (inner..=outer).contains(&x.hypot(y))
        });
        let mut weakest: Vec<(f64, usize)> = kept
            .iter()
            .map(|index| {
                let (x, y) = place(*index);
                (contact.at(x, y), *index)
            })
            .collect();
        weakest.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let more = ((before.len() as f64 * self.lost) as usize).saturating_sub(cut.len());
        for index in cut.into_iter().chain(weakest.into_iter().take(more).map(|weak| weak.1)) {
            surface.values[index] = f32::NAN;
        }
    }
}

/// Middle of the measured area, in micrometres from the first point.
fn middle(surface: &Surface) -> (f64, f64) {
    let (mut n, mut x, mut y) = (0.0_f64, 0.0, 0.0);
    for (index, value) in surface.values.iter().enumerate() {
        if value.is_finite() {
            n += 1.0;
            x += (index % surface.cols) as f64 * surface.pitch_x.0;
            y += (index / surface.cols) as f64 * surface.pitch_y.0;
        }
    }
    (x / n.max(1.0), y / n.max(1.0))
}

/// Micrometres from every measured point to the nearest point that is not, along rows and columns (city blocks).
fn depths(surface: &Surface) -> Vec<f32> {
    let (cols, rows) = (surface.cols, surface.rows);
    let (step_x, step_y) = (surface.pitch_x.0 as f32, surface.pitch_y.0 as f32);
    let mut depth: Vec<f32> =
        surface.values.iter().map(|value| if value.is_finite() { f32::INFINITY } else { 0.0 }).collect();
    for row in 0..rows {
        for col in 0..cols {
            let left = if col > 0 { depth[row * cols + col - 1] } else { 0.0 } + step_x;
            let above = if row > 0 { depth[(row - 1) * cols + col] } else { 0.0 } + step_y;
            depth[row * cols + col] = depth[row * cols + col].min(left).min(above);
        }
    }
    for row in (0..rows).rev() {
        for col in (0..cols).rev() {
            let right = if col + 1 < cols { depth[row * cols + col + 1] } else { 0.0 } + step_x;
            let below = if row + 1 < rows { depth[(row + 1) * cols + col] } else { 0.0 } + step_y;
            depth[row * cols + col] = depth[row * cols + col].min(right).min(below);
        }
    }
    depth
}

/// A random field of unit variance: a sum of plane waves.
struct Waves(Vec<[f64; 3]>);

impl Waves {
    fn draw(random: &mut Random, count: usize, shortest: f64, longest: f64) -> Self {
        let waves = (0..count).map(|_| {
            let k = TAU / random.between(shortest, longest);
            let direction = random.between(0.0, TAU);
            [k * direction.cos(), k * direction.sin(), random.between(0.0, TAU)]
        });
        Self(waves.collect())
    }

    fn at(&self, x: f64, y: f64) -> f64 {
        let sum: f64 = self.0.iter().map(|[kx, ky, phase]| (kx * x + ky * y + phase).sin()).sum();
        sum * (2.0 / self.0.len() as f64).sqrt()
    }
}

/// Streaks along one direction, in a band that begins at the firing pin.
struct Drag {
    along: (f64, f64),
    half_width: f64,
    profile: Waves,
}

impl Drag {
    fn draw(random: &mut Random) -> Self {
        let (sin, cos) = random.between(0.0, TAU).sin_cos();
        Self {
            along: (cos, sin),
            half_width: random.between(200.0, 400.0),
            profile: Waves::draw(random, 12, 50.0, 250.0),
        }
    }

    /// How much the pin dragged over a place, from 0 to 1, and the streak's height there.
    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let along = x * self.along.0 + y * self.along.1;
        let across = y * self.along.0 - x * self.along.1;
        if along <= 0.0 || across.abs() >= self.half_width {
            return (0.0, 0.0);
        }
        let edge = (1.0 - (across / self.half_width).powi(2)).min(along / 200.0).min(1.0);
        (edge, self.profile.at(across, 0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballistics::surface::Quantity;

    fn disc() -> Surface {
        let points = 240;
        let mut random = Random::new(4);
        let values = (0..points * points)
            .map(|at| {
                let (x, y) = ((at % points) as f64 - 120.0, (at / points) as f64 - 120.0);
                if x.hypot(y) < 115.0 { random.normal() as f32 } else { f32::NAN }
            })
            .collect();
        let pitch = Micrometres(12.5);
        Surface {
            cols: points,
            rows: points,
            pitch_x: pitch,
            pitch_y: pitch,
            quantity: Quantity::Height,
            values,
        }
    }

    #[test]
    fn as_much_is_lost_as_was_drawn_and_the_pitch_is_another() {
        let surface = disc();
        let area = |surface: &Surface| {
            surface.values.iter().filter(|value| value.is_finite()).count() as f64 * surface.pitch_x.0.powi(2)
        };
        for seed in 0..5 {
            let mut random = Random::new(seed);
            let drawn = HardPerturbation::draw(&mut random);
            let seen = drawn.apply(&surface, &mut random);
            let lost = 1.0 - area(&seen) / area(&surface);
            assert!((lost - drawn.lost).abs() < 0.05, "seed {seed}: {lost} lost, {} drawn", drawn.lost);
            assert_eq!(seen.pitch_x, drawn.pitch, "seed {seed}");
        }
    }

    #[test]
    fn one_seed_gives_one_scan() {
        let surface = disc();
        let made = |seed| {
            let mut random = Random::new(seed);
            let seen = HardPerturbation::draw(&mut random).apply(&surface, &mut random);
            seen.values.iter().map(|value| value.to_bits()).collect::<Vec<_>>()
        };
        assert_eq!(made(7), made(7));
        assert_ne!(made(7), made(8));
    }
}
