//! The plane of the breech-face impression: the flattest large part of the primer.
//!
//! Random sample consensus as in the published chain (`cmcR`, preprocessing by RANSAC; ballistics literature after Song
//! 2013), then least squares on what agrees. Called by the segmentation of heights.

use super::circle::{Circle, solve};
use super::grid::Grid;
use crate::ballistics::random::Random;

/// Blocks within this of a trial plane agree with it, in micrometres: the roughness of breech-face marks.
const AGREE_UM: f64 = 6.0;

/// A breech face stands square to the bore and a scan is roughly level: steeper planes (18 degrees) are flanks.
const STEEPEST: f64 = 0.32;

/// Heights `z = a + b x + c y`, all in micrometres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Plane {
    pub a: f64,
    pub b: f64,
    pub c: f64,
}

impl Plane {
    /// Height of the point above the plane.
    pub(super) fn above(&self, x: f64, y: f64, z: f64) -> f64 {
        z - (self.a + self.b * x + self.c * y)
    }
}

/// Finds the plane that most measured blocks within the circle agree on, with the share that does.
pub(super) fn find(grid: &Grid, within: &Circle) -> Option<(Plane, f64)> {
    let blocks: Vec<(f64, f64, f64)> = grid.measured().filter(|(x, y, _)| within.contains(*x, *y)).collect();
    if blocks.len() < 100 {
        return None;
    }
    let mut random = Random::new(blocks.len() as u64);
    // A sample of the blocks ranks the trials as well as all of them do.
    let sample: Vec<(f64, f64, f64)> =
        (0..blocks.len().min(2500)).map(|_| blocks[random.below(blocks.len())]).collect();
    let agreeing =
        |plane: &Plane| sample.iter().filter(|(x, y, z)| plane.above(*x, *y, *z).abs() <= AGREE_UM).count();
    let mut best: Option<(usize, Plane)> = None;
    for _ in 0..600 {
        let trio: [_; 3] = std::array::from_fn(|_| blocks[random.below(blocks.len())]);
        let Some(plane) = least_squares(&trio).filter(|p| p.b.hypot(p.c) <= STEEPEST) else { continue };
        let count = agreeing(&plane);
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, plane));
        }
    }
    let mut plane = best?.1;
    for _ in 0..5 {
        let near: Vec<_> = blocks
            .iter()
            .copied()
            .filter(|(x, y, z)| plane.above(*x, *y, *z).abs() <= 1.5 * AGREE_UM)
            .collect();
        match least_squares(&near) {
            Some(better) => plane = better,
            None => break,
        }
    }
    let agree = blocks.iter().filter(|(x, y, z)| plane.above(*x, *y, *z).abs() <= AGREE_UM).count();
    Some((plane, agree as f64 / blocks.len() as f64))
}

/// The plane of least squares; `None` when the points lie on a line.
pub(super) fn least_squares(points: &[(f64, f64, f64)]) -> Option<Plane> {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count.max(1.0);
    let (mx, my, mz) = (mean(|p| p.0), mean(|p| p.1), mean(|p| p.2));
    let (mut xx, mut xy, mut yy, mut xz, mut yz) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, y, z) in points {
        let (x, y, z) = (x - mx, y - my, z - mz);
        xx += x * x;
        xy += x * y;
        yy += y * y;
        xz += x * z;
        yz += y * z;
    }
    let [_, b, c] = solve([[1.0, 0.0, 0.0], [0.0, xx, xy], [0.0, xy, yy]], [0.0, xz, yz])?;
    Some(Plane { a: mz - b * mx - c * my, b, c })
}
