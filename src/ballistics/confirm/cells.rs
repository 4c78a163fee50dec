//! The independent search of congruent matching cells: where does each cell of one exhibit lie on the other?
//!
//! Song 2013: the face is divided into cells, and each looks for its best place by itself, over a window and a range
//! of angles far wider than what will be tolerated, so that agreement between cells is evidence. Nothing here pulls a
//! cell towards the registration. Which cells agree is decided in `confirm::congruence`. Called by `confirm` only.

use super::rigid::{Field, Overlap, Points, Rigid};
use super::window::{Padded, Patch};
use crate::ballistics::map::Map;

/// How cells are laid and searched.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct CellParameters {
    /// Side of a cell in micrometres.
    pub side: f32,
    /// Least share of a cell that must be measured.
    pub least_measured: f32,
    /// How far from the registered place a cell looks, along x and y, in micrometres.
    pub window: f32,
    /// How far from the registered angle a cell looks, in degrees.
    pub turn: f32,
    /// Step of the first look, in degrees.
    pub turn_step: f32,
}

/// What one cell found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Middle of the cell on its own exhibit, micrometres from the middle of the map.
    pub at: (f32, f32),
    /// The motion under which the cell fits best.
    pub motion: Rigid,
    /// The fit.
    pub overlap: Overlap,
}

/// One exhibit at the three pitches the search uses.
#[derive(Debug, Clone)]
pub struct Levels {
    /// 12.5 micrometres: what is reported.
    pub fine: Field,
    /// 25 micrometres: first refinement.
    pub middle: Field,
    /// 37.5 micrometres: the wide search.
    pub coarse: Map,
}

/// Best places kept of the wide search of each cell: a true place is seldom below the second.
const KEPT: usize = 4;

/// A place this much worse at 25 micrometres does not become the best at 12.5.
const CLOSE: f32 = 0.1;

/// Searches every cell of `a` on `b`, around `registered` (which takes places of `a` to places of `b`).
pub fn search(a: &Levels, b: &Levels, registered: &Rigid, parameters: &CellParameters) -> Vec<Found> {
    let cells = lay(&a.fine.map, parameters);
    if cells.is_empty() {
        return Vec::new();
    }
    let turns = turns(parameters);
    // Turning b by the opposite angle once serves all cells.
    let half = (parameters.window / b.coarse.pitch).round() as usize;
    let side = (parameters.side / b.coarse.pitch).round() as usize;
    let border = side + 2 * half + 16;
    let mut tops: Vec<Vec<(f32, Rigid)>> = vec![Vec::new(); cells.len()];
    let patches: Vec<Patch> = cells.iter().map(|cell| patch(&a.coarse, *cell, parameters.side)).collect();
    let mut plane = Vec::new();
    for turn in turns {
        let angle = registered.angle + turn;
        let turned = turned(&b.coarse, angle);
        let padded = Padded::new(&turned, border);
        let back = Rigid { angle: -angle, x: 0.0, y: 0.0 };
        for ((cell, patch), top) in cells.iter().zip(&patches).zip(&mut tops) {
            let there = back.apply(registered.apply(*cell));
            let (col, row) = turned.index(there.0, there.1);
            let offset = (patch.side as f32 - 1.0) / 2.0;
            let left = (col - offset).round() as isize - half as isize;
            let upper = (row - offset).round() as isize - half as isize;
            let count = 2 * half + 1;
            let least = least_points(patch.m.iter().sum(), patch.side, parameters);
            padded.correlate(patch, left, upper, count, least, &mut plane);
            for (index, correlation) in peaks(&plane, count) {
                let x = (left + (index % count) as isize) as f32 + offset;
                let y = (upper + (index / count) as isize) as f32 + offset;
                let place = Rigid { angle, x: 0.0, y: 0.0 }.apply(turned.position(x, y));
                keep_best(top, correlation, Rigid::taking(*cell, place, angle));
            }
        }
    }
    cells.iter().zip(tops).map(|(cell, top)| settle(a, b, *cell, &top, parameters)).collect()
}

/// Middles of the cells of `map`, in micrometres from its middle, row by row.
pub fn lay(map: &Map, parameters: &CellParameters) -> Vec<(f32, f32)> {
    let side = (parameters.side / map.pitch).round().max(1.0) as usize;
    let (across, down) = (map.cols.div_ceil(side), map.rows.div_ceil(side));
    // The lattice is centred on the map, so that both exhibits of a pair are treated alike.
    let left = (map.cols as isize - (across * side) as isize) / 2;
    let top = (map.rows as isize - (down * side) as isize) / 2;
    let mut cells = Vec::new();
    for row in 0..down {
        for col in 0..across {
            let (x, y) = (left + (col * side) as isize, top + (row * side) as isize);
            let measured: f32 = (0..side)
                .flat_map(|dy| (0..side).map(move |dx| (x + dx as isize, y + dy as isize)))
                .map(|(x, y)| weight_at(map, x, y))
                .sum();
            if measured >= parameters.least_measured * (side * side) as f32 {
                let half = (side as f32 - 1.0) / 2.0;
                cells.push(map.position(x as f32 + half, y as f32 + half));
            }
        }
    }
    cells
}

fn weight_at(map: &Map, x: isize, y: isize) -> f32 {
    match (usize::try_from(x), usize::try_from(y)) {
        (Ok(x), Ok(y)) if x < map.cols && y < map.rows => map.m[y * map.cols + x],
        _ => 0.0,
    }
}

fn turns(parameters: &CellParameters) -> Vec<f32> {
    let steps = (parameters.turn / parameters.turn_step).round() as i32;
    (-steps..=steps).map(|step| (step as f32 * parameters.turn_step).to_radians()).collect()
}

/// The cell cut out of the map: an odd number of points a side, its middle point on the cell's middle.
fn patch(map: &Map, cell: (f32, f32), side: f32) -> Patch {
    let side = (side / map.pitch).round() as usize;
    let (col, row) = map.index(cell.0, cell.1);
    let offset = (side as f32 - 1.0) / 2.0;
    let (z, m) = (0..side * side)
        .map(|at| map.sample(col + (at % side) as f32 - offset, row + (at / side) as f32 - offset))
        .unzip();
    Patch { side, z, m }
}

/// The map turned by `-angle` about its middle: a cell that lies at `angle` on it then lies straight.
fn turned(map: &Map, angle: f32) -> Map {
    let (sin, cos) = angle.sin_cos();
    let (w, h) = (map.cols as f32, map.rows as f32);
    let cols = (w * cos.abs() + h * sin.abs()).ceil() as usize + 1;
    let rows = (w * sin.abs() + h * cos.abs()).ceil() as usize + 1;
    let mut out = Map::empty(cols, rows, map.pitch);
    for row in 0..rows {
        for col in 0..cols {
            let (x, y) = out.position(col as f32, row as f32);
            let (from_col, from_row) = map.index(cos * x - sin * y, sin * x + cos * y);
            let (z, m) = map.sample(from_col, from_row);
            out.z[row * cols + col] = z;
            out.m[row * cols + col] = m;
        }
    }
    out
}

/// Local maxima of the plane, at most a few, the highest first.
fn peaks(plane: &[f32], count: usize) -> Vec<(usize, f32)> {
    let mut found: Vec<(usize, f32)> = Vec::with_capacity(KEPT + 1);
    for row in 0..count {
        for col in 0..count {
            let at = row * count + col;
            let value = plane[at];
            if value <= 0.0 || (found.len() == KEPT && value <= found[KEPT - 1].1) {
                continue;
            }
            let higher = |other: usize| plane[other] > value;
            if (col > 0 && higher(at - 1))
                || (col + 1 < count && higher(at + 1))
                || (row > 0 && higher(at - count))
                || (row + 1 < count && higher(at + count))
            {
                continue;
            }
            let place = found.partition_point(|(_, other)| *other >= value);
            found.insert(place, (at, value));
            found.truncate(KEPT);
        }
    }
    found
}

fn keep_best(top: &mut Vec<(f32, Rigid)>, correlation: f32, motion: Rigid) {
    let place = top.partition_point(|(other, _)| *other >= correlation);
    if place < KEPT {
        top.insert(place, (correlation, motion));
        top.truncate(KEPT);
    }
}

/// Refines the best places of the wide search and reports the best of them.
fn settle(
    a: &Levels,
    b: &Levels,
    cell: (f32, f32),
    top: &[(f32, Rigid)],
    parameters: &CellParameters,
) -> Found {
    let middle = cell_points(&a.middle.map, cell, parameters.side);
    let fine = cell_points(&a.fine.map, cell, parameters.side);
    let mut refined: Vec<Found> = top
        .iter()
        .map(|(_, motion)| climb(&middle, &b.middle, cell, *motion, 18.75, 9.0, parameters))
        .collect();
    refined.sort_by(|a, b| b.overlap.correlation.total_cmp(&a.overlap.correlation));
    let nothing =
        Found { at: cell, motion: Rigid { angle: 0.0, x: 0.0, y: 0.0 }, overlap: Overlap::default() };
    let Some(first) = refined.first().map(|found| found.overlap.correlation) else { return nothing };
    refined
        .iter()
        .take(2)
        .filter(|found| found.overlap.correlation > first - CLOSE)
        .map(|found| climb(&fine, &b.fine, cell, found.motion, 6.25, 6.0, parameters))
        .max_by(|a, b| a.overlap.correlation.total_cmp(&b.overlap.correlation))
        .unwrap_or(nothing)
}

/// Points of one cell, placed relative to the cell's middle.
fn cell_points(map: &Map, cell: (f32, f32), side: f32) -> Points {
    let patch = patch(map, cell, side);
    let offset = (patch.side as f32 - 1.0) / 2.0;
    let mut points = Points::default();
    for (at, m) in patch.m.iter().enumerate() {
        if *m > 0.0 {
            points.x.push(((at % patch.side) as f32 - offset) * map.pitch);
            points.y.push(((at / patch.side) as f32 - offset) * map.pitch);
            points.z.push(patch.z[at]);
        }
    }
    points
}

/// Least overlap that may speak for a cell: half of what it has, and as much as makes a cell in the first place.
///
/// A correlation over less is high by chance: the best of thousands of places over a handful of points.
fn least_points(measured: f32, side: usize, parameters: &CellParameters) -> f32 {
    (0.5 * measured).max(parameters.least_measured * (side * side) as f32)
}

/// Walks a cell to the best place nearby: steps along x, y and angle, halved until `last_step` micrometres.
fn climb(
    points: &Points,
    field: &Field,
    cell: (f32, f32),
    start: Rigid,
    first_step: f32,
    last_step: f32,
    parameters: &CellParameters,
) -> Found {
    let place = start.apply(cell);
    let side = (parameters.side / field.map.pitch).round() as usize;
    let least = least_points(points.z.len() as f32, side, parameters);
    // Turning by `step / reach` moves the cell's rim as far as a shift by `step`.
    let reach = 0.5 * parameters.side;
    let look = |motion: &Rigid| {
        let overlap = points.correlate(field, motion);
        if overlap.points < least { Overlap { correlation: 0.0, ..overlap } } else { overlap }
    };
    let mut best = Rigid { angle: start.angle, x: place.0, y: place.1 };
    let mut fit = look(&best);
    let mut step = first_step;
    while step >= last_step {
        for _ in 0..4 {
            let mut moved = false;
            for (x, y, turn) in [
                (1.0, 0.0, 0.0),
                (-1.0, 0.0, 0.0),
                (0.0, 1.0, 0.0),
                (0.0, -1.0, 0.0),
                (0.0, 0.0, 1.0),
                (0.0, 0.0, -1.0),
            ] {
                let motion = Rigid {
                    angle: best.angle + turn * step / reach,
                    x: best.x + x * step,
                    y: best.y + y * step,
                };
                let overlap = look(&motion);
                if overlap.correlation > fit.correlation {
                    (best, fit, moved) = (motion, overlap, true);
                }
            }
            if !moved {
                break;
            }
        }
        step *= 0.5;
    }
    Found { at: cell, motion: Rigid::taking(cell, (best.x, best.y), best.angle), overlap: fit }
}
