//! Which cells agree on one motion: the congruent matching cells.
//!
//! Called by `confirm` with what the independent search of each cell found.

use super::cells::Found;
use super::rigid::Rigid;

/// When a cell counts.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Thresholds {
    /// Least correlation of a cell.
    pub correlation: f32,
    /// Farthest place from where the common motion puts the cell, along x and along y, in micrometres.
    pub shift: f32,
    /// Largest angle from the common motion, in degrees.
    pub turn: f32,
}

/// The cells of both directions that agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Congruence {
    /// The motion they agree on, from the first exhibit to the second: the medians over them.
    pub motion: Rigid,
    /// For each cell of the first exhibit whether it is one of them.
    pub forward: Vec<bool>,
    /// For each cell of the second exhibit whether it is one of them.
    pub backward: Vec<bool>,
}

impl Congruence {
    /// The count of the pair: the mean of the two directions, rounded down.
    pub fn count(&self) -> usize {
        self.total() / 2
    }

    /// The share of all cells of both directions that agree.
    pub fn share(&self) -> f32 {
        let cells = self.forward.len() + self.backward.len();
        if cells == 0 { 0.0 } else { self.total() as f32 / cells as f32 }
    }

    fn total(&self) -> usize {
        self.forward.iter().chain(&self.backward).filter(|agrees| **agrees).count()
    }
}

/// The largest set of cells that agree on one motion within the thresholds, both directions voting together.
///
/// `forward` holds the cells of the first exhibit as found on the second, `backward` those of the second as found on
/// the first. Each cell's own motion is tried as the common one, then the medians of those that agree with it. That
/// one motion must serve both directions is what a chance cluster in one of them seldom survives.
pub fn congruent(forward: &[Found], backward: &[Found], thresholds: &Thresholds) -> Congruence {
    // A cell found backwards says the same thing in forward terms.
    let turned: Vec<Found> = backward
        .iter()
        .map(|cell| Found {
            at: cell.motion.apply(cell.at),
            motion: cell.motion.inverse(),
            overlap: cell.overlap,
        })
        .collect();
    let all: Vec<Found> = forward.iter().chain(&turned).copied().collect();
    let mut best = (Rigid { angle: 0.0, x: 0.0, y: 0.0 }, vec![false; all.len()], 0);
    for seed in all.iter().filter(|cell| cell.overlap.correlation >= thresholds.correlation) {
        let first = agreeing(&all, &seed.motion, thresholds);
        let Some(motion) = common(&all, &first) else { continue };
        let second = agreeing(&all, &motion, thresholds);
        for (motion, congruent) in [(seed.motion, first), (motion, second)] {
            let count = congruent.iter().filter(|agrees| **agrees).count();
            if count > best.2 {
                best = (motion, congruent, count);
            }
        }
    }
    let (motion, mut congruent, _) = best;
    let backward = congruent.split_off(forward.len());
    Congruence { motion, forward: congruent, backward }
}

fn agreeing(found: &[Found], motion: &Rigid, thresholds: &Thresholds) -> Vec<bool> {
    found
        .iter()
        .map(|cell| {
            let (x, y) = cell.motion.apply(cell.at);
            let (ex, ey) = motion.apply(cell.at);
            cell.overlap.correlation >= thresholds.correlation
                && (x - ex).abs() <= thresholds.shift
                && (y - ey).abs() <= thresholds.shift
                && turn_between(cell.motion.angle, motion.angle).abs() <= thresholds.turn.to_radians()
        })
        .collect()
}

/// The median motion of the chosen cells, about the middle of them.
fn common(found: &[Found], chosen: &[bool]) -> Option<Rigid> {
    let cells: Vec<&Found> =
        found.iter().zip(chosen).filter(|(_, yes)| **yes).map(|(cell, _)| cell).collect();
    let first = cells.first()?.motion.angle;
    let turn = median(cells.iter().map(|cell| turn_between(cell.motion.angle, first)))?;
    let angle = first + turn;
    let about = (median(cells.iter().map(|cell| cell.at.0))?, median(cells.iter().map(|cell| cell.at.1))?);
    // With the common angle, each cell says where `about` would lie.
    let places: Vec<(f32, f32)> = cells
        .iter()
        .map(|cell| Rigid::taking(cell.at, cell.motion.apply(cell.at), angle).apply(about))
        .collect();
    let to = (median(places.iter().map(|place| place.0))?, median(places.iter().map(|place| place.1))?);
    Some(Rigid::taking(about, to, angle))
}

fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    if values.is_empty() {
        return None;
    }
    values.sort_by(f32::total_cmp);
    let middle = values.len() / 2;
    Some(if values.len() % 2 == 1 {
        values[middle]
    } else {
        f32::midpoint(values[middle - 1], values[middle])
    })
}

/// The angle from `b` to `a`, between minus and plus half a turn.
pub fn turn_between(a: f32, b: f32) -> f32 {
    let turn = (a - b).rem_euclid(std::f32::consts::TAU);
    if turn > std::f32::consts::PI { turn - std::f32::consts::TAU } else { turn }
}
