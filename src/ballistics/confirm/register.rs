//! Registration: how one whole exhibit lies on another, over the full circle.
//!
//! Coarse to fine: ring spectra propose, the masked correlation of the whole maps at 50 and then 25 micrometres
//! refines and decides. Called by `confirm` and by the second stage of `rank`.

use super::rigid::{Field, Overlap, Points, Rigid};
use crate::ballistics::signature::query::Hypothesis;

/// A placement of one map on another and how well it fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// Takes places of the first map to places of the second.
    pub motion: Rigid,
    /// The fit.
    pub overlap: Overlap,
}

/// The motion a ring hypothesis stands for, given both nominal centres.
pub fn motion_of(hypothesis: &Hypothesis, centre_a: (f32, f32), centre_b: (f32, f32)) -> Rigid {
    let from = (centre_a.0 + hypothesis.shift.0, centre_a.1 + hypothesis.shift.1);
    Rigid::taking(from, centre_b, hypothesis.angle)
}

/// How much a placement speaks for itself: the correlation in units of its own chance spread, so that a small
/// overlap must correlate more than a large one. `area` is the number of points of the smaller exhibit.
pub fn weight_of(overlap: Overlap, area: f32) -> f32 {
    let share = (overlap.points / area.max(1.0)).min(1.0);
    // Under a fifth in common, two caps are compared, not two breech faces.
    if share < 0.2 { 0.0 } else { overlap.correlation * share.sqrt() }
}

/// Walks from `start` to the best placement nearby: halving steps along angle, x and y.
///
/// `reach` is the distance from the middle over which an angle step is worth the same as a shift step.
pub fn refine(a: &Points, b: &Field, start: Rigid, first_step: f32, last_step: f32, reach: f32) -> Placement {
    let area = (a.z.len() as f32).min(b.points);
    let mut best = Placement { motion: start, overlap: a.correlate(b, &start) };
    let mut best_weight = weight_of(best.overlap, area);
    let mut step = first_step;
    while step >= last_step * 0.999 {
        let mut moved = true;
        let mut rounds = 0;
        while moved && rounds < 6 {
            moved = false;
            rounds += 1;
            for (turn, x, y) in [
                (1.0, 0.0, 0.0),
                (-1.0, 0.0, 0.0),
                (0.0, 1.0, 0.0),
                (0.0, -1.0, 0.0),
                (0.0, 0.0, 1.0),
                (0.0, 0.0, -1.0),
            ] {
                let motion = Rigid {
                    angle: best.motion.angle + turn * step / reach,
                    x: best.motion.x + x * step,
                    y: best.motion.y + y * step,
                };
                let overlap = a.correlate(b, &motion);
                let weight = weight_of(overlap, area);
                if weight > best_weight {
                    best = Placement { motion, overlap };
                    best_weight = weight;
                    moved = true;
                }
            }
        }
        step *= 0.5;
    }
    best
}
