//! Finding the parts of a head in heights.
//!
//! A fired primer has one large flat part, pressed against the breech face; its shoulder falls away to a groove at the
//! primer's edge; within the flat part the aperture leaves a step and the firing pin a pit. So: the centre by a vote of
//! slopes, the plane by consensus, the primer's edge as the groove around it, and the breech face as what lies near
//! the plane, outside the rim of the aperture. Called by [`super::segment`].

use super::circle::{self, Circle};
use super::grid::Grid;
use super::plane::{self, Plane};
use super::rim::Rim;
use super::{
    Overrides, SegmentError, SegmentKind, SegmentNote, Segmentation, measured, none_of, place, region,
    share_in_frame, vote,
};
use crate::ballistics::formats::Mask;
use crate::ballistics::surface::Surface;

/// Points further than this from the plane are no breech face, in micrometres. The published RANSAC chain (`cmcR`
/// 0.1.11) keeps 20 µm on cut-out scans; a whole primer is domed and torn at the aperture by some 10 µm more, and the
/// slope, not this bound, finds the edges here.
const NEAR_PLANE_UM: f64 = 30.0;

/// Slopes are measured over this length, in micrometres: longer than the marks are wide, shorter than the edges.
const SLOPE_BASE_UM: f64 = 60.0;

/// The slope against the plane at which the flat part ends: 12.4 degrees, half the slope of the gentlest shoulders of
/// fired primers, as an edge lies where a step has half its height.
const EDGE_SLOPE: f64 = 0.22;

/// A surface of which nearly all is this near one plane holds nothing but a breech face, in micrometres. The shallowest
/// firing-pin impressions and the shoulder of a primer are deeper.
const ALONE_UM: f64 = 60.0;

/// Radius of the groove at the primer's edge, in micrometres: primers are 4.4 mm (small) to 5.4 mm (large) across and
/// the groove is up to 0.2 mm wide.
const PRIMER_RADIUS_UM: (f64, f64) = (2000.0, 2850.0);

/// The metal at the very rim of the aperture is torn and bears no marks of the breech face: so much of it is left out,
/// in micrometres.
const TORN_RIM_UM: f64 = 10.0;

/// Heights are smoothed for their slopes, and edges for their raggedness, over this much to either side, in micrometres.
const RAGGED_UM: f64 = 15.0;

/// Radius of a firing-pin impression, in micrometres.
const PIN_RADIUS_UM: (f64, f64) = (200.0, 1100.0);

/// A firing-pin impression is at least this deep, in micrometres; dents of handling are shallower.
const LEAST_PIN_DEPTH_UM: f64 = 30.0;

/// Slopes that vote for the centre: from 8 degrees, where a shoulder begins, counted up to 35 degrees.
const VOTING_SLOPES: (f64, f64) = (0.14, 0.7);

pub(super) fn segment(surface: &Surface, overrides: &Overrides) -> Result<Segmentation, SegmentError> {
    let grid = Grid::coarse(surface).smoothed();
    if grid.measured().nth(200).is_none() {
        return Err(SegmentError::TooLittle);
    }
    if *overrides == Overrides::default() && is_breech_face_alone(&grid) {
        return Ok(alone(surface));
    }
    let (centre_x, centre_y) = match overrides.primer.or(overrides.breech_face) {
        Some(circle) => (circle.x, circle.y),
        None => vote::centre(&grid, VOTING_SLOPES.0, VOTING_SLOPES.1).ok_or(SegmentError::NoPrimer)?,
    };
    let within = Circle { x: centre_x, y: centre_y, radius: PRIMER_RADIUS_UM.0 };
    let (plane, flat) = plane::find(&grid, &within).ok_or(SegmentError::NoBreechFace)?;
    let mut notes = Vec::new();
    // A ring of 0.2 mm around a large aperture is a tenth of the primer.
    if flat < 0.1 {
        notes.push(SegmentNote::LittleFlat);
    }
    let level = levelled(&grid, &plane);
    let primer = overrides.primer.or_else(|| groove(&level, centre_x, centre_y));
    match &primer {
        None => notes.push(SegmentNote::NoPrimerEdge),
        Some(primer) if share_in_frame(surface, primer) < 0.5 => notes.push(SegmentNote::Partial),
        Some(_) => {}
    }
    let bounds = overrides.breech_face.or(primer).unwrap_or_else(|| without_edge(surface, &plane, within));
    let pit = pit(&level, &bounds);
    let pin = overrides.pin.or_else(|| pit.and_then(|pit| pin_circle(&level, &pit)));
    if pin.is_none() {
        notes.push(SegmentNote::NoFiringPin);
    }
    let mut flat = near_plane(surface, &plane, &bounds);
    let pit_place = pin.map(|pin| (pin.x, pin.y)).or(pit.map(|pit| (pit.x, pit.y)));
    let rim = match overrides.aperture {
        Some(drawn) => Some(Rim::of_circle(drawn)),
        None => pit_place.and_then(|pit| Rim::find(&flat, surface, pit)),
    };
    let aperture = rim.as_ref().map(|rim| rim.circle);
    if aperture.is_none() {
        notes.push(SegmentNote::NoAperture);
    }
    // Flat metal without edge, rim or pit may be anything, a bullet's land or a tool's mark as well.
    if primer.or(aperture).or(pin).is_none() && overrides.breech_face.is_none() {
        return Err(SegmentError::NoPrimer);
    }
    if let Some(rim) = rim.or(pin.map(Rim::of_circle)) {
        clear(&mut flat, |at| {
            let (x, y) = place(surface, at);
            rim.contains(x, y, TORN_RIM_UM)
        });
        region::keep_large(&mut flat, 0.05);
    }
    if flat.count() == 0 {
        return Err(SegmentError::NoBreechFace);
    }
    let firing_pin =
        pin.map_or_else(|| none_of(surface), |pin| pit_mask(surface, &plane, &pin, aperture.as_ref()));
    let breech_circle =
        Some(overrides.breech_face.unwrap_or_else(|| around(&flat, surface, primer.as_ref())));
    Ok(Segmentation {
        kind: SegmentKind::Head,
        primer,
        breech_circle,
        aperture,
        pin,
        breech_face: flat,
        firing_pin,
        notes,
    })
}

/// Whether nearly all that was measured is near one plane.
fn is_breech_face_alone(grid: &Grid) -> bool {
    let all: Vec<_> = grid.measured().collect();
    let Some(mut plane) = plane::least_squares(&all) else { return false };
    for _ in 0..3 {
        let near: Vec<_> =
            all.iter().copied().filter(|(x, y, z)| plane.above(*x, *y, *z).abs() <= ALONE_UM).collect();
        match plane::least_squares(&near) {
            Some(better) if near.len() * 2 > all.len() => plane = better,
            _ => return false,
        }
    }
    let near = all.iter().filter(|(x, y, z)| plane.above(*x, *y, *z).abs() <= ALONE_UM).count();
    near as f64 >= 0.99 * all.len() as f64
}

/// A breech face alone: all that was measured.
pub(super) fn alone(surface: &Surface) -> Segmentation {
    let breech_face = measured(surface);
    let breech_circle = Some(around(&breech_face, surface, None));
    Segmentation {
        kind: SegmentKind::BreechFaceOnly,
        primer: None,
        breech_circle,
        aperture: None,
        pin: None,
        breech_face,
        firing_pin: none_of(surface),
        notes: Vec::new(),
    }
}

fn levelled(grid: &Grid, plane: &Plane) -> Grid {
    let mut values = grid.values.clone();
    for (at, value) in values.iter_mut().enumerate().filter(|(_, v)| v.is_finite()) {
        let (x, y) = grid.position(at % grid.cols, at / grid.cols);
        *value = plane.above(x, y, f64::from(*value)) as f32;
    }
    Grid { values, ..*grid }
}

/// The groove between primer and pocket: along each ray the lowest place within a primer's size that rises on both
/// sides, then the circle most of them agree on.
fn groove(level: &Grid, x: f64, y: f64) -> Option<Circle> {
    let step = level.pitch_x.min(level.pitch_y);
    let mut places = Vec::new();
    for degree in (0..360).step_by(2) {
        let (sin, cos) = f64::from(degree).to_radians().sin_cos();
        let steps = ((PRIMER_RADIUS_UM.1 + 400.0) / step) as usize;
        let mut ray = Vec::with_capacity(steps);
        for i in (1300.0 / step) as usize..steps {
            let radius = i as f64 * step;
            ray.push((radius, level.near(x + radius * cos, y + radius * sin)));
        }
        let depths = ray.iter().filter_map(|(radius, z)| z.map(|z| (*radius, z)));
        let Some((radius, lowest)) = depths.min_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
        let rises = |inside: bool| {
            let side =
                ray.iter().filter(|(r, z)| z.is_some() && if inside { *r < radius } else { *r > radius });
            side.filter_map(|(_, z)| *z).any(|z| z > lowest + 15.0)
        };
        if rises(true) && rises(false) {
            places.push((x + radius * cos, y + radius * sin));
        }
    }
    // A quarter of the circle fixes it to a tenth of a millimetre.
    let fit = circle::fit(&places, PRIMER_RADIUS_UM, 50.0)?;
    (places.len() >= 45 && fit.support >= 0.4).then_some(fit.circle)
}

/// Where the flat part may lie when the primer's edge is not there to bound it, as on a scan that someone cut out: the
/// vote had no shoulder to go by, so the flat part itself says where its middle is.
fn without_edge(surface: &Surface, plane: &Plane, voted: Circle) -> Circle {
    let flat = near_plane(surface, plane, &voted.with_radius(2.0 * PRIMER_RADIUS_UM.1));
    if flat.count() == 0 {
        return voted;
    }
    around(&flat, surface, None).with_radius(PRIMER_RADIUS_UM.0)
}

/// The centre of gravity of the deepest part well inside the primer, with a radius by its area.
fn pit(level: &Grid, bounds: &Circle) -> Option<Circle> {
    // Apertures lie up to half a millimetre off the primer's centre.
    let search = bounds.with_radius(0.6 * bounds.radius);
    let mut depths: Vec<f64> =
        level.measured().filter(|(x, y, _)| search.contains(*x, *y)).map(|p| p.2).collect();
    depths.sort_by(f64::total_cmp);
    let deepest = *depths.get(depths.len() / 100)?;
    if deepest > -LEAST_PIN_DEPTH_UM {
        return None;
    }
    let mut low = Mask { cols: level.cols, rows: level.rows, keep: vec![false; level.values.len()] };
    let mut bottom = (0, f32::INFINITY);
    for (at, value) in level.values.iter().enumerate() {
        let (x, y) = level.position(at % level.cols, at / level.cols);
        if value.is_finite() && search.contains(x, y) && f64::from(*value) <= 0.5 * deepest {
            low.keep[at] = true;
            if *value < bottom.1 {
                bottom = (at, *value);
            }
        }
    }
    region::keep_at(&mut low, bottom.0 % level.cols, bottom.0 / level.cols);
    let (mut sum_x, mut sum_y, mut count) = (0.0, 0.0, 0.0);
    for (at, _) in low.keep.iter().enumerate().filter(|(_, keep)| **keep) {
        let (x, y) = level.position(at % level.cols, at / level.cols);
        sum_x += x;
        sum_y += y;
        count += 1.0;
    }
    let radius = (count * level.pitch_x * level.pitch_y / std::f64::consts::PI).sqrt();
    (radius >= 100.0).then(|| Circle { x: sum_x / count, y: sum_y / count, radius })
}

/// The circle at half depth around the pit.
fn pin_circle(level: &Grid, pit: &Circle) -> Option<Circle> {
    let depth = f64::from(level.near(pit.x, pit.y)?);
    let step = 0.5 * level.pitch_x.min(level.pitch_y);
    let mut edge = Vec::new();
    for degree in (0..360).step_by(3) {
        let (sin, cos) = f64::from(degree).to_radians().sin_cos();
        let at = |i: usize| (pit.x + i as f64 * step * cos, pit.y + i as f64 * step * sin);
        let rise = (0..(PIN_RADIUS_UM.1 / step) as usize)
            .map(at)
            .find(|(x, y)| level.near(*x, *y).is_some_and(|z| f64::from(z) > 0.5 * depth));
        edge.extend(rise);
    }
    Some(
        circle::fit(&edge, PIN_RADIUS_UM, 40.0)
            .filter(|fit| fit.support >= 0.3)
            .map_or(*pit, |fit| fit.circle),
    )
}

/// The points near the plane and level with it within the primer, the specks gone and the pin-holes closed.
fn near_plane(surface: &Surface, plane: &Plane, bounds: &Circle) -> Mask {
    let half = |pitch: f64| (SLOPE_BASE_UM / 2.0 / pitch).round().max(1.0) as usize;
    let (across, down) = (half(surface.pitch_x.0), half(surface.pitch_y.0));
    let passes = (RAGGED_UM / surface.pitch_x.0).round().clamp(1.0, 8.0) as usize;
    let smooth = (0..passes).fold(Grid::fine(surface), |grid, _| grid.smoothed());
    let smooth = Surface { values: smooth.values, ..*surface };
    // A slope needs both ends; where one is missing the height decides alone.
    let slope = |x: usize, y: usize| -> Option<f64> {
        let along = smooth.at(x + across, y)? - smooth.at(x.checked_sub(across)?, y)?;
        let below = smooth.at(x, y + down)? - smooth.at(x, y.checked_sub(down)?)?;
        let along = f64::from(along) / (2.0 * across as f64 * surface.pitch_x.0) - plane.b;
        let below = f64::from(below) / (2.0 * down as f64 * surface.pitch_y.0) - plane.c;
        Some(along.hypot(below))
    };
    let keep = surface.values.iter().enumerate().map(|(at, value)| {
        let (x, y) = place(surface, at);
        value.is_finite()
            && bounds.contains(x, y)
            && plane.above(x, y, f64::from(*value)).abs() <= NEAR_PLANE_UM
            && slope(at % surface.cols, at / surface.cols).is_none_or(|slope| slope <= EDGE_SLOPE)
    });
    let mut mask = Mask { cols: surface.cols, rows: surface.rows, keep: keep.collect() };
    let point_area = surface.pitch_x.0 * surface.pitch_y.0;
    region::majority(&mut mask, (RAGGED_UM / surface.pitch_x.0).round() as usize);
    region::keep_large(&mut mask, 0.05);
    // Dents and dust to a tenth of a millimetre across lie in the breech face; the preparation clips them.
    region::fill_holes(&mut mask, (7_850.0 / point_area) as usize);
    // What was not measured is never kept.
    clear(&mut mask, |at| !surface.values[at].is_finite());
    mask
}

/// The points of the pit: below the plane, connected with the pin's centre, within the aperture.
fn pit_mask(surface: &Surface, plane: &Plane, pin: &Circle, aperture: Option<&Circle>) -> Mask {
    let reach = aperture.copied().unwrap_or_else(|| pin.with_radius(1.3 * pin.radius));
    let keep = surface.values.iter().enumerate().map(|(at, value)| {
        let (x, y) = place(surface, at);
        value.is_finite() && reach.contains(x, y) && plane.above(x, y, f64::from(*value)) < -NEAR_PLANE_UM
    });
    let mut mask = Mask { cols: surface.cols, rows: surface.rows, keep: keep.collect() };
    let (x, y) =
        ((pin.x / surface.pitch_x.0).max(0.0) as usize, (pin.y / surface.pitch_y.0).max(0.0) as usize);
    region::keep_at(&mut mask, x, y);
    mask
}

/// A circle around a mask: the outer edge along rays from the primer's centre (or the mask's own).
fn around(mask: &Mask, surface: &Surface, primer: Option<&Circle>) -> Circle {
    let (mut x0, mut x1, mut y0, mut y1) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
    for (at, _) in mask.keep.iter().enumerate().filter(|(_, keep)| **keep) {
        let (x, y) = place(surface, at);
        (x0, x1, y0, y1) = (x0.min(x), x1.max(x), y0.min(y), y1.max(y));
    }
    let bounding =
        Circle { x: f64::midpoint(x0, x1), y: f64::midpoint(y0, y1), radius: (x1 - x0).max(y1 - y0) / 2.0 };
    let (x, y) = primer.map_or((bounding.x, bounding.y), |primer| (primer.x, primer.y));
    let step = surface.pitch_x.0.min(surface.pitch_y.0);
    let mut edge = Vec::new();
    for degree in 0..360 {
        let (sin, cos) = f64::from(degree).to_radians().sin_cos();
        let outermost = (0..(3000.0 / step) as usize).rev().map(|i| i as f64 * step).find(|radius| {
            let (px, py) = (x + radius * cos, y + radius * sin);
            px >= 0.0
                && py >= 0.0
                && mask.keeps((px / surface.pitch_x.0) as usize, (py / surface.pitch_y.0) as usize)
        });
        edge.extend(outermost.map(|radius| (x + radius * cos, y + radius * sin)));
    }
    circle::fit(&edge, (300.0, 2900.0), 60.0)
        .filter(|fit| fit.support >= 0.5)
        .map_or(bounding, |fit| fit.circle)
}

fn clear(mask: &mut Mask, drop: impl Fn(usize) -> bool) {
    for (at, keep) in mask.keep.iter_mut().enumerate().filter(|(_, keep)| **keep) {
        *keep = !drop(at);
    }
}
