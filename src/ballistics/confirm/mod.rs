//! The confirmation: are these two exhibits from one firearm, and which places say so?
//!
//! Registration over the full circle, then the independent search of every cell in both directions, then the cells
//! that agree on one motion. Everything runs on the calling thread, so that callers may compare many pairs at once
//! and the result is the same. It gives a score and its parts, never a verdict: see `calibrate` for what a score is
//! worth. Called by the command line, `validate` and the desk.

pub mod cells;
pub mod congruence;
pub mod register;
pub mod rigid;
mod window;

use serde::Serialize;

use super::prepare::Prepared;
use super::signature::query::{Planes, Query};
use super::signature::rings::RingSpectrum;
use super::signature::{RING_PITCH, Signature, centre};
use cells::{CellParameters, Found, Levels};
use congruence::{Congruence, Thresholds};
use register::Placement;
use rigid::{Field, Points, Rigid};

/// How a pair is confirmed. It is recorded with the result.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize)]
pub struct Parameters {
    /// How cells are laid and searched.
    pub cells: CellParameters,
    /// When cells agree.
    pub thresholds: Thresholds,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            cells: CellParameters {
                side: 350.0,
                least_measured: 0.15,
                window: 562.5,
                turn: 30.0,
                turn_step: 6.0,
            },
            thresholds: Thresholds { correlation: 0.5, shift: 37.5, turn: 8.0 },
        }
    }
}

/// One exhibit with all that comparing it needs, made once.
pub struct Exhibit {
    /// The prepared surface.
    pub prepared: Prepared,
    /// Its signature.
    pub signature: Signature,
    levels: Levels,
    small: Field,
    few_points: Points,
    small_points: Points,
    middle_points: Points,
    centre: (f32, f32),
    spectrum: RingSpectrum,
    query: Query,
}

/// Reach and step of the trial centres, in micrometres: centres are off by up to 300 in hand-masked scans.
pub const CENTRE_REACH: f32 = 400.0;
/// See [`CENTRE_REACH`]; the step is under half of the shortest wave the rings see.
pub const CENTRE_STEP: f32 = 90.0;
/// Placements that the rings propose, a direction. In a masked pair the true one may stand well down the list.
const PROPOSED: usize = 48;
/// The first look at a proposal takes one point in so many: enough to tell the hopeless, and as much faster.
const THINNED: usize = 3;
/// Proposals that are followed further, after a first look.
const FOLLOWED: usize = 8;

impl Exhibit {
    /// Builds the levels, the signature and the trial centres.
    pub fn new(prepared: Prepared) -> Self {
        let map = &prepared.map;
        let rings = map.at_pitch(RING_PITCH);
        let centre = centre::of(&rings);
        let signature = Signature::of(map);
        let levels = Levels {
            fine: Field::of(map.clone()),
            middle: Field::of(map.at_pitch(25.0)),
            coarse: map.at_pitch(37.5),
        };
        let small = Field::of(map.at_pitch(50.0));
        let small_points = Points::of(&small.map);
        Self {
            few_points: small_points.thinned(THINNED),
            small_points,
            middle_points: Points::of(&levels.middle.map),
            spectrum: signature.spectrum(),
            query: Query::new(&rings, centre, CENTRE_REACH, CENTRE_STEP),
            centre,
            small,
            levels,
            signature,
            prepared,
        }
    }
}

/// What a cell of one exhibit found on the other, in micrometres from the middle of each scan, y up the page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CellRecord {
    /// Middle of the cell on its own exhibit.
    pub x_um: f32,
    /// See `x_um`.
    pub y_um: f32,
    /// Where that lies on the other exhibit.
    pub found_x_um: f32,
    /// See `found_x_um`.
    pub found_y_um: f32,
    /// How far the other exhibit shows it turned, anticlockwise.
    pub rotation_deg: f32,
    /// How well it fits there.
    pub correlation: f32,
    /// Whether it agrees with the common motion.
    pub congruent: bool,
}

/// What comparing two exhibits gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Cells a direction has to compare: the mean of the two directions, rounded down.
    pub cells: usize,
    /// Congruent matching cells: the mean of the two directions under one motion, rounded down.
    pub congruent_cells: usize,
    /// Correlation of the whole exhibits where they lie on each other.
    pub ccf: f32,
    /// Share of the smaller exhibit that the correlation rests on.
    pub overlap: f32,
    /// Turn of the first exhibit that lays it on the second, anticlockwise, from -180 to 180 degrees.
    pub rotation_deg: f32,
    /// Shift of the first scan's middle after that, to the right and up the page.
    pub shift_um: (f32, f32),
    /// From 0 to 1: the mean of the share of congruent cells and the correlation discounted for overlap.
    pub score: f32,
    /// Cells of the first exhibit on the second.
    pub forward: Vec<CellRecord>,
    /// Cells of the second exhibit on the first.
    pub backward: Vec<CellRecord>,
}

/// Compares two exhibits in both directions.
pub fn compare(a: &Exhibit, b: &Exhibit, parameters: &Parameters) -> Comparison {
    let placed = register(a, b);
    let forward = cells::search(&a.levels, &b.levels, &placed.motion, &parameters.cells);
    let backward = cells::search(&b.levels, &a.levels, &placed.motion.inverse(), &parameters.cells);
    let agreed = congruence::congruent(&forward, &backward, &parameters.thresholds);
    let placed = settle(a, b, placed, &agreed);
    let area = smaller_area(a, b);
    let share = agreed.share();
    let weight = register::weight_of(placed.overlap, area).max(0.0);
    let (rotation_deg, shift_um) = between_scans(a, b, &placed.motion);
    Comparison {
        cells: usize::midpoint(forward.len(), backward.len()),
        congruent_cells: agreed.count(),
        ccf: placed.overlap.correlation,
        overlap: (placed.overlap.points / area.max(1.0)).min(1.0),
        rotation_deg,
        shift_um,
        score: 0.5 * (share + weight),
        forward: records(&forward, &agreed.forward, a, b),
        backward: records(&backward, &agreed.backward, b, a),
    }
}

/// How the first exhibit lies on the second: the best of what the rings propose from either side.
pub fn register(a: &Exhibit, b: &Exhibit) -> Placement {
    let mut planes = Planes::default();
    let forward = a.query.hypotheses(&b.spectrum, &mut planes, PROPOSED);
    let backward = b.query.hypotheses(&a.spectrum, &mut planes, PROPOSED);
    let proposed = forward
        .iter()
        .map(|proposed| register::motion_of(proposed, a.centre, b.centre))
        .chain(backward.iter().map(|proposed| register::motion_of(proposed, b.centre, a.centre).inverse()));
    let best_first = |area: f32| {
        move |one: &Placement, other: &Placement| {
            register::weight_of(other.overlap, area).total_cmp(&register::weight_of(one.overlap, area))
        }
    };
    let refine =
        |points, motion, first, last| register::refine(points, &b.small, motion, first, last, ANGLE_REACH);
    let mut looked: Vec<Placement> =
        proposed.map(|motion| refine(&a.few_points, motion, 50.0, 50.0)).collect();
    looked.sort_by(best_first((a.few_points.z.len() as f32).min(b.few_points.z.len() as f32)));
    let mut followed: Vec<Placement> = looked
        .iter()
        .take(FOLLOWED)
        .map(|placement| refine(&a.small_points, placement.motion, 50.0, 12.5))
        .collect();
    followed.sort_by(best_first(a.small.points.min(b.small.points)));
    let motion = followed.first().map_or(Rigid { angle: 0.0, x: 0.0, y: 0.0 }, |placement| placement.motion);
    register::refine(&a.middle_points, &b.levels.middle, motion, 12.5, 3.125, ANGLE_REACH)
}

/// Distance from the middle at which a step of angle moves a point as far as a step of shift, in micrometres.
const ANGLE_REACH: f32 = 1000.0;

/// Cells that agree know better than the whole face where it lies, if they fit the whole face better as well.
fn settle(a: &Exhibit, b: &Exhibit, placed: Placement, agreed: &Congruence) -> Placement {
    if agreed.count() < 3 {
        return placed;
    }
    let other = register::refine(&a.middle_points, &b.levels.middle, agreed.motion, 12.5, 3.125, ANGLE_REACH);
    let area = smaller_area(a, b);
    if register::weight_of(other.overlap, area) > register::weight_of(placed.overlap, area) {
        other
    } else {
        placed
    }
}

fn smaller_area(a: &Exhibit, b: &Exhibit) -> f32 {
    a.middle_points.z.len().min(b.middle_points.z.len()) as f32
}

/// The motion in terms of the scans' own middles, anticlockwise and y up.
fn between_scans(a: &Exhibit, b: &Exhibit, motion: &Rigid) -> (f32, (f32, f32)) {
    let (ax, ay) = a.prepared.middle;
    let (x, y) = motion.apply((-ax, -ay));
    let turn = congruence::turn_between(-motion.angle, 0.0).to_degrees();
    (turn, (x + b.prepared.middle.0, -(y + b.prepared.middle.1)))
}

fn records(found: &[Found], congruent: &[bool], from: &Exhibit, to: &Exhibit) -> Vec<CellRecord> {
    found
        .iter()
        .zip(congruent)
        .map(|(cell, congruent)| {
            let (x, y) = cell.motion.apply(cell.at);
            CellRecord {
                x_um: cell.at.0 + from.prepared.middle.0,
                y_um: -(cell.at.1 + from.prepared.middle.1),
                found_x_um: x + to.prepared.middle.0,
                found_y_um: -(y + to.prepared.middle.1),
                rotation_deg: congruence::turn_between(-cell.motion.angle, 0.0).to_degrees(),
                correlation: cell.overlap.correlation,
                congruent: *congruent,
            }
        })
        .collect()
}
