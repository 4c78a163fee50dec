//! The form of a firing pin: what all pins of a make share, taken away before the marks of one are looked at.
//!
//! First a polynomial surface by robust least squares (the bowl, its tilt, an oval); what the polynomial does not reach
//! at the border is the wall of the pit and goes as well. Then the median of every ring around the middle: the rest of
//! the bowl, and the rings of turning that every turned pin has. Both are the same at any angle, so without this any
//! two round pins would agree wherever they were laid. Called by `firing_pin` only.

use crate::ballistics::formats::Mask;
use crate::ballistics::segment::region;
use crate::ballistics::surface::Surface;

/// Degree of the polynomial: a bowl with straight or rounded sides, round or oval.
pub(super) const DEGREE: usize = 4;

/// Terms of a polynomial in two variables of that degree.
const TERMS: usize = (DEGREE + 1) * (DEGREE + 2) / 2;

/// Rounds of reweighting: the weights settle in three or four.
const ROUNDS: usize = 8;

/// The first fit is of this share of the radius, where no wall is.
const CORE: f64 = 0.6;

/// Residuals beyond so many robust standard deviations have no weight (Tukey's biweight, 95 % efficient).
const TUKEY: f64 = 4.685;

/// A ring of fewer points says more of those points than of the pin.
const LEAST_IN_RING: usize = 24;

/// Takes the form away; missing points stay missing.
pub(super) fn remove(surface: &mut Surface) {
    let Some(frame) = Frame::of(surface) else { return };
    if let Some((form, spread)) = polynomial(surface, &frame) {
        for at in 0..surface.values.len() {
            surface.values[at] -= evaluate(&form, frame.place(surface, at)) as f32;
        }
        drop_wall(surface, TUKEY * spread);
    }
    remove_rings(surface, &frame);
}

/// The middle of what was measured and the scale that brings it to about -1 to 1, in micrometres.
struct Frame {
    x: f64,
    y: f64,
    reach: f64,
}

impl Frame {
    fn of(surface: &Surface) -> Option<Self> {
        let (mut x, mut y, mut count) = (0.0, 0.0, 0.0_f64);
        for at in measured(surface) {
            x += (at % surface.cols) as f64 * surface.pitch_x.0;
            y += (at / surface.cols) as f64 * surface.pitch_y.0;
            count += 1.0;
        }
        // The radius of a disc of that area.
        let area = count * surface.pitch_x.0 * surface.pitch_y.0;
        (count > 0.0).then(|| Self {
            x: x / count,
            y: y / count,
            reach: (area / std::f64::consts::PI).sqrt(),
        })
    }

    fn place(&self, surface: &Surface, at: usize) -> (f64, f64) {
        let x = (at % surface.cols) as f64 * surface.pitch_x.0 - self.x;
        let y = (at / surface.cols) as f64 * surface.pitch_y.0 - self.y;
        (x / self.reach, y / self.reach)
    }
}

fn measured(surface: &Surface) -> impl Iterator<Item = usize> + '_ {
    surface.values.iter().enumerate().filter(|(_, z)| z.is_finite()).map(|(at, _)| at)
}

/// The products x^i y^j with i + j up to the degree.
fn basis((x, y): (f64, f64)) -> [f64; TERMS] {
    let mut terms = [0.0; TERMS];
    let mut at = 0;
    for degree in 0..=DEGREE {
        for of_y in 0..=degree {
            terms[at] = x.powi((degree - of_y) as i32) * y.powi(of_y as i32);
            at += 1;
        }
    }
    terms
}

fn evaluate(form: &[f64; TERMS], place: (f64, f64)) -> f64 {
    form.iter().zip(basis(place)).map(|(coefficient, term)| coefficient * term).sum()
}

/// Drops what lies further from the form than `limit` and reaches the border; what is enclosed (a dent, a scratch) is a
/// mark and stays.
fn drop_wall(surface: &mut Surface, limit: f64) {
    let keep = surface.values.iter().map(|z| f64::from(z.abs()) <= limit).collect();
    let mut floor = Mask { cols: surface.cols, rows: surface.rows, keep };
    // The majority of nine points first, so that the noise of the floor's edge does not fray it.
    region::majority(&mut floor, 1);
    region::keep_large(&mut floor, 1.0);
    region::fill_enclosed(&mut floor);
    for (value, _) in surface.values.iter_mut().zip(&floor.keep).filter(|(_, keep)| !**keep) {
        *value = f32::NAN;
    }
}

/// Iteratively reweighted least squares, and the robust standard deviation of what has weight from the form; `None`
/// when the points do not determine it.
fn polynomial(surface: &Surface, frame: &Frame) -> Option<([f64; TERMS], f64)> {
    let points: Vec<([f64; TERMS], f64)> = measured(surface)
        .map(|at| (basis(frame.place(surface, at)), f64::from(surface.values[at])))
        .collect();
    if points.len() < 4 * TERMS {
        return None;
    }
    let mut weights: Vec<f64> =
        points.iter().map(|(terms, _)| if terms[1].hypot(terms[2]) <= CORE { 1.0 } else { 0.0 }).collect();
    let mut form = weighted(&points, &weights)?;
    let mut spread = 0.0;
    for _ in 0..ROUNDS {
        let residuals: Vec<f64> = points
            .iter()
            .map(|(terms, z)| z - form.iter().zip(terms).map(|(c, t)| c * t).sum::<f64>())
            .collect();
        let weighted_residuals = residuals.iter().zip(&weights).filter(|(_, weight)| **weight > 0.0);
        let mut sizes: Vec<f64> = weighted_residuals.map(|(residual, _)| residual.abs()).collect();
        spread = 1.4826 * median(&mut sizes);
        if spread <= 0.0 {
            break;
        }
        for (weight, residual) in weights.iter_mut().zip(&residuals) {
            let u = residual / (TUKEY * spread);
            *weight = if u.abs() < 1.0 { (1.0 - u * u).powi(2) } else { 0.0 };
        }
        form = weighted(&points, &weights)?;
    }
    Some((form, spread))
}

fn weighted(points: &[([f64; TERMS], f64)], weights: &[f64]) -> Option<[f64; TERMS]> {
    let mut normal = [[0.0; TERMS]; TERMS];
    let mut right = [0.0; TERMS];
    for ((terms, z), weight) in points.iter().zip(weights) {
        for i in 0..TERMS {
            let term = weight * terms[i];
            right[i] += term * z;
            for j in 0..=i {
                normal[i][j] += term * terms[j];
            }
        }
    }
    cholesky(&mut normal, right)
}

/// Solves a symmetric positive definite system of which the lower half is given; `None` when it is not definite.
fn cholesky(matrix: &mut [[f64; TERMS]; TERMS], mut right: [f64; TERMS]) -> Option<[f64; TERMS]> {
    let largest = (0..TERMS).map(|i| matrix[i][i]).fold(0.0, f64::max);
    for i in 0..TERMS {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
            let rest = matrix[i][j] - known;
            if i != j {
                matrix[i][j] = rest / matrix[j][j];
            } else if rest > 1e-10 * largest {
                matrix[i][i] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    for i in 0..TERMS {
        let known: f64 = (0..i).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    for i in (0..TERMS).rev() {
        let known: f64 = (i + 1..TERMS).map(|k| matrix[k][i] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    Some(right)
}

/// Subtracts the median of every ring one point wide, between rings in proportion.
fn remove_rings(surface: &mut Surface, frame: &Frame) {
    let width = surface.pitch_x.0.max(surface.pitch_y.0) / frame.reach;
    let mut rings: Vec<Vec<f64>> = Vec::new();
    let radius = |surface: &Surface, at| {
        let (x, y) = frame.place(surface, at);
        x.hypot(y) / width
    };
    for at in measured(surface) {
        let ring = radius(surface, at) as usize;
        if ring >= rings.len() {
            rings.resize(ring + 1, Vec::new());
        }
        rings[ring].push(f64::from(surface.values[at]));
    }
    let known: Vec<Option<f64>> =
        rings.iter_mut().map(|ring| (ring.len() >= LEAST_IN_RING).then(|| median(ring))).collect();
    let Some(first) = known.iter().flatten().next().copied() else { return };
    // A ring that is too thin takes the value of the one within it, the innermost that of the first full one.
    let mut last = first;
    let profile: Vec<f64> = known
        .iter()
        .map(|ring| {
            last = ring.unwrap_or(last);
            last
        })
        .collect();
    for at in 0..surface.values.len() {
        let place = (radius(surface, at) - 0.5).max(0.0);
        let inner = (place as usize).min(profile.len() - 1);
        let outer = (inner + 1).min(profile.len() - 1);
        let share = (place - inner as f64).clamp(0.0, 1.0);
        let mean = profile[inner] + share * (profile[outer] - profile[inner]);
        surface.values[at] -= mean as f32;
    }
}

/// The middle value of some numbers, which are reordered; 0 of none.
fn median(values: &mut [f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballistics::surface::{Micrometres, Quantity};

    fn bowl(mark: impl Fn(f64, f64) -> f64) -> Surface {
        let (cols, rows) = (121, 121);
        let values = (0..cols * rows)
            .map(|at| {
                let (x, y) = ((at % cols) as f64 - 62.0, (at / cols) as f64 - 58.0);
                let r2 = (x * x / 1.3 + y * y) / 3600.0;
                let turning = 2.0 * (x.hypot(y) * 0.7).sin();
                let z = 0.03 * x - 250.0 * (1.0 - r2) + turning + mark(x, y);
                if r2 < 0.9 { z as f32 } else { f32::NAN }
            })
            .collect();
        let pitch = Micrometres(6.0);
        Surface { cols, rows, pitch_x: pitch, pitch_y: pitch, quantity: Quantity::Height, values }
    }

    #[test]
    fn oval_bowl_with_turned_rings_goes_and_a_scratch_stays() {
        let mut bare = bowl(|_, _| 0.0);
        remove(&mut bare);
        let mut sizes: Vec<f64> = measured(&bare).map(|at| f64::from(bare.values[at].abs())).collect();
        assert!(median(&mut sizes) < 0.5, "half of a bowl 250 µm deep is left within 0.5 µm");

        let scratch = |x: f64, y: f64| if (y - 20.0).abs() < 2.0 && x.abs() < 20.0 { -6.0 } else { 0.0 };
        let mut scratched = bowl(scratch);
        remove(&mut scratched);
        let depth = |surface: &Surface| surface.at(62, 78).expect("measured");
        let kept = depth(&scratched) - depth(&bare);
        assert!((-7.0..-5.0).contains(&kept), "a scratch of 6 µm is left as {kept}");
    }

    #[test]
    fn few_points_on_a_line_are_left_in_peace() {
        let mut line = bowl(|_, _| 0.0);
        for (at, value) in line.values.iter_mut().enumerate() {
            if at / 121 != 60 {
                *value = f32::NAN;
            }
        }
        remove(&mut line);
        assert!(measured(&line).count() > 60, "nothing is lost where no form can be fitted");
    }
}
