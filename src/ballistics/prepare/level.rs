//! Robust levelling: the median plane, and the points no surface has.
//!
//! Detrending is the decisive step of the method: without it the best published area under the curve on Fadul falls
//! from 1 to 0.875. The plane is that of median regression (quantile 0.5), which half of the points may pull at in
//! vain. Called by `prepare` only.

use crate::ballistics::surface::Surface;

/// Points looked at for the plane: enough that its slope is known far better than the roughness.
const SAMPLES: usize = 20_000;

/// Heights over the median plane of the measured points; NaN stays NaN.
pub fn above_median_plane(surface: &Surface) -> Vec<f32> {
    let plane = median_plane(surface);
    let mut out = Vec::with_capacity(surface.values.len());
    for (row, line) in surface.values.chunks_exact(surface.cols.max(1)).enumerate() {
        let (_, y) = unit_position(surface, 0, row);
        for (col, value) in line.iter().enumerate() {
            let (x, _) = unit_position(surface, col, row);
            out.push((f64::from(*value) - plane.at(x, y)) as f32);
        }
    }
    out
}

/// Sets to NaN what stands off the median of its block by more than `limit` robust standard deviations of the block.
///
/// Blocks are about 100 micrometres wide: narrow enough that form does not count, wide enough to hold a median.
/// Returns how many points were dropped.
pub fn drop_spikes(heights: &mut [f32], surface: &Surface, limit: f32) -> usize {
    let across = block_points(surface.pitch_x.0);
    let down = block_points(surface.pitch_y.0);
    let cols = surface.cols;
    let mut dropped = 0;
    let mut block = Vec::with_capacity(across * down);
    for top in (0..surface.rows).step_by(down) {
        for left in (0..cols).step_by(across) {
            let rows = top..(top + down).min(surface.rows);
            let span = left..(left + across).min(cols);
            block.clear();
            for row in rows.clone() {
                let line = &heights[row * cols..][span.clone()];
                block.extend(line.iter().copied().filter(|height| height.is_finite()));
            }
            let Some(middle) = median(&mut block) else { continue };
            for height in &mut block {
                *height = (*height - middle).abs();
            }
            let Some(spread) = median(&mut block) else { continue };
            let reach = limit * 1.4826 * spread;
            if reach <= 0.0 {
                continue;
            }
            for row in rows {
                for height in &mut heights[row * cols..][span.clone()] {
                    if (*height - middle).abs() > reach {
                        *height = f32::NAN;
                        dropped += 1;
                    }
                }
            }
        }
    }
    dropped
}

/// The middle value of `values`, which are reordered; `None` when there are none.
pub fn median(values: &mut [f32]) -> Option<f32> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    let (_, value, _) = values.select_nth_unstable_by(middle, f32::total_cmp);
    Some(*value)
}

fn block_points(pitch: f64) -> usize {
    (100.0 / pitch).round().clamp(5.0, 200.0) as usize
}

#[derive(Debug, Clone, Copy, Default)]
struct Plane {
    height: f64,
    slope_x: f64,
    slope_y: f64,
}

impl Plane {
    fn at(self, x: f64, y: f64) -> f64 {
        self.height + self.slope_x * x + self.slope_y * y
    }
}

/// Coordinates from -1 to 1 over the longer side, so that the normal equations are well scaled.
fn unit_position(surface: &Surface, col: usize, row: usize) -> (f64, f64) {
    let width = surface.cols as f64 * surface.pitch_x.0;
    let height = surface.rows as f64 * surface.pitch_y.0;
    let scale = 2.0 / width.max(height).max(f64::MIN_POSITIVE);
    let x = (col as f64 + 0.5) * surface.pitch_x.0 - width / 2.0;
    let y = (row as f64 + 0.5) * surface.pitch_y.0 - height / 2.0;
    (x * scale, y * scale)
}

/// Median regression by iteratively reweighted least squares (Schlossmacher 1973).
fn median_plane(surface: &Surface) -> Plane {
    let points = sample_points(surface);
    let mut heights: Vec<f32> = points.iter().map(|point| point.2 as f32).collect();
    let Some(start) = median(&mut heights) else { return Plane::default() };
    let mut plane = Plane { height: f64::from(start), ..Plane::default() };
    for _ in 0..20 {
        let mut residuals: Vec<f32> =
            points.iter().map(|(x, y, z)| (z - plane.at(*x, *y)).abs() as f32).collect();
        let spread = f64::from(median(&mut residuals).unwrap_or(0.0));
        if spread <= 0.0 {
            break;
        }
        let Some(next) = weighted_plane(&points, plane, 0.05 * spread) else { break };
        let moved = (next.height - plane.height).abs()
            + (next.slope_x - plane.slope_x).abs()
            + (next.slope_y - plane.slope_y).abs();
        plane = next;
        if moved < 1e-3 * spread {
            break;
        }
    }
    plane
}

fn sample_points(surface: &Surface) -> Vec<(f64, f64, f64)> {
    let measured = surface.values.iter().filter(|value| value.is_finite()).count();
    let stride = measured.div_ceil(SAMPLES).max(1);
    surface
        .values
        .iter()
        .enumerate()
        .filter(|(_, value)| value.is_finite())
        .step_by(stride)
        .map(|(index, value)| {
            let (x, y) = unit_position(surface, index % surface.cols, index / surface.cols);
            (x, y, f64::from(*value))
        })
        .collect()
}

/// One least-squares plane with weights 1 / max(|residual|, floor); `None` when the points do not span a plane.
fn weighted_plane(points: &[(f64, f64, f64)], from: Plane, floor: f64) -> Option<Plane> {
    let (mut s, mut sx, mut sy, mut sz) = (0.0, 0.0, 0.0, 0.0);
    let (mut sxx, mut sxy, mut syy, mut sxz, mut syz) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, y, z) in points {
        let w = floor / (z - from.at(*x, *y)).abs().max(floor);
        s += w;
        sx += w * x;
        sy += w * y;
        sz += w * z;
        sxx += w * x * x;
        sxy += w * x * y;
        syy += w * y * y;
        sxz += w * x * z;
        syz += w * y * z;
    }
    let (mx, my, mz) = (sx / s, sy / s, sz / s);
    let (vxx, vxy, vyy) = (sxx / s - mx * mx, sxy / s - mx * my, syy / s - my * my);
    let (cx, cy) = (sxz / s - mx * mz, syz / s - my * mz);
    let determinant = vxx * vyy - vxy * vxy;
    if determinant <= 1e-9 * (vxx + vyy).powi(2) {
        return None;
    }
    let slope_x = (cx * vyy - cy * vxy) / determinant;
    let slope_y = (cy * vxx - cx * vxy) / determinant;
    Some(Plane { height: mz - slope_x * mx - slope_y * my, slope_x, slope_y })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballistics::surface::{Micrometres, Quantity};

    fn tilted(outlier_share: usize) -> Surface {
        let (cols, rows) = (60, 40);
        let values = (0..cols * rows)
            .map(|i| {
                let (x, y) = ((i % cols) as f32, (i / cols) as f32);
                let bump = if i % 10 < outlier_share { 500.0 } else { ((i * 7919) % 13) as f32 * 0.01 };
                3.0 + 0.5 * x - 0.2 * y + bump
            })
            .collect();
        let pitch = Micrometres(5.0);
        Surface { cols, rows, pitch_x: pitch, pitch_y: pitch, quantity: Quantity::Height, values }
    }

    #[test]
    fn plane_is_removed_though_four_points_in_ten_are_outliers() {
        for outliers in [0, 2, 4] {
            let surface = tilted(outliers);
            let level = above_median_plane(&surface);
            let inliers: Vec<f32> = level.iter().copied().filter(|z| z.abs() < 100.0).collect();
            let worst = inliers.iter().fold(0.0_f32, |worst, z| worst.max(z.abs()));
            assert!(
                worst < 0.3,
                "{outliers} of 10 points are outliers: a residual of {worst} is left of the tilt"
            );
        }
    }

    #[test]
    fn spike_is_dropped_and_the_texture_kept() {
        let surface = tilted(0);
        let mut heights = above_median_plane(&surface);
        heights[777] = 90.0;
        let dropped = drop_spikes(&mut heights, &surface, 6.0);
        assert_eq!(dropped, 1, "only the spike stands out");
        assert!(heights[777].is_nan(), "the spike is the point that was dropped");
    }
}
