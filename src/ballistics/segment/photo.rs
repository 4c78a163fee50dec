//! Finding the parts of a head in a photograph.
//!
//! Under the usual ring or coaxial light level metal is bright and slopes are dark: a bright disc (the breech-face
//! impression) in a dark ring (shoulder and pocket), with a dark ring inside it (the rim of the aperture). The circles
//! are found by the votes of edges, then along rays. Side light can turn bright and dark around, so the negative is
//! tried as well and the better one kept. Called by [`super::segment`].

use super::circle::{self, Circle, Fit};
use super::grid::Grid;
use super::{
    Overrides, SegmentError, SegmentKind, SegmentNote, Segmentation, none_of, place, share_in_frame, vote,
};
use crate::ballistics::formats::Mask;
use crate::ballistics::surface::Surface;

/// Radius of the pocket's mouth, where the bright head begins, in micrometres.
const PRIMER_RADIUS_UM: (f64, f64) = (2000.0, 2950.0);

/// Radius of the flat part of a primer, in micrometres: less than the primer by its shoulder.
const BREECH_RADIUS_UM: (f64, f64) = (1200.0, 2450.0);

/// Radius of a firing-pin aperture and of an impression, in micrometres.
const APERTURE_RADIUS_UM: (f64, f64) = (500.0, 1400.0);
const PIN_RADIUS_UM: (f64, f64) = (200.0, 1100.0);

/// Edges within this of a circle lie on it, in micrometres: two points of the coarse grid, and the raggedness of metal.
const ON_CIRCLE_UM: f64 = 50.0;

/// Least share of rays whose edge lies on the circle of the breech face.
const LEAST_SUPPORT: f64 = 0.35;

/// The breech face is a ring at least this wide on average, in micrometres.
const LEAST_RING_UM: f64 = 200.0;

/// The torn rim of the aperture bears no marks of the breech face, in micrometres.
const TORN_RIM_UM: f64 = 10.0;

/// Rays around a circle.
const RAYS: u32 = 240;

/// The circles of one reading of the picture.
struct Reading {
    primer: Option<Fit>,
    breech: Fit,
    aperture: Option<Fit>,
    pin: Option<Fit>,
}

impl Reading {
    fn support(&self) -> f64 {
        let of = |fit: &Option<Fit>| fit.map_or(0.0, |fit| fit.support);
        self.breech.support + of(&self.primer) + of(&self.aperture)
    }
}

pub(super) fn segment(surface: &Surface, overrides: &Overrides) -> Result<Segmentation, SegmentError> {
    let grid = Grid::coarse(surface).smoothed();
    if grid.measured().nth(200).is_none() {
        return Err(SegmentError::TooLittle);
    }
    let mut notes = Vec::new();
    let reading = best_reading(&grid, overrides);
    // With the breech face drawn by the user, a picture that cannot be read is no obstacle.
    let (primer, breech, aperture, pin) = match (&reading, overrides.breech_face) {
        (Ok(reading), _) => {
            let circle = |fit: &Option<Fit>| fit.map(|fit| fit.circle);
            (circle(&reading.primer), reading.breech.circle, circle(&reading.aperture), circle(&reading.pin))
        }
        (Err(_), Some(breech)) => (None, breech, None, None),
        (Err(error), None) => return Err(*error),
    };
    let primer = overrides.primer.or(primer);
    let breech = overrides.breech_face.unwrap_or(breech);
    let aperture = overrides.aperture.or(aperture);
    let pin = overrides.pin.or(pin);
    match &primer {
        None => notes.push(SegmentNote::NoPrimerEdge),
        Some(primer) if share_in_frame(surface, primer) < 0.5 => notes.push(SegmentNote::Partial),
        Some(_) => {}
    }
    if aperture.is_none() {
        notes.push(SegmentNote::NoAperture);
    }
    if pin.is_none() {
        notes.push(SegmentNote::NoFiringPin);
    }
    let breech_face = mask(surface, |x, y| {
        let hole = aperture.or(pin);
        breech.contains(x, y) && hole.is_none_or(|hole| hole.distance(x, y) > hole.radius + TORN_RIM_UM)
    });
    let firing_pin = pin.map_or_else(|| none_of(surface), |pin| mask(surface, |x, y| pin.contains(x, y)));
    if breech_face.count() == 0 {
        return Err(SegmentError::NoBreechFace);
    }
    Ok(Segmentation {
        kind: SegmentKind::Head,
        primer,
        breech_circle: Some(breech),
        aperture,
        pin,
        breech_face,
        firing_pin,
        notes,
    })
}

fn mask(surface: &Surface, keep: impl Fn(f64, f64) -> bool) -> Mask {
    let keep = surface.values.iter().enumerate().map(|(at, value)| {
        let (x, y) = place(surface, at);
        value.is_finite() && keep(x, y)
    });
    Mask { cols: surface.cols, rows: surface.rows, keep: keep.collect() }
}

fn best_reading(grid: &Grid, overrides: &Overrides) -> Result<Reading, SegmentError> {
    let negative = Grid { values: grid.values.iter().map(|value| 1.0 - value).collect(), ..*grid };
    let centre = if let Some(circle) = overrides.primer.or(overrides.breech_face) {
        (circle.x, circle.y)
    } else {
        let (least, most) = voting_slopes(grid).ok_or(SegmentError::NoPrimer)?;
        vote::centre(grid, least, most).ok_or(SegmentError::NoPrimer)?
    };
    let readings = [grid, &negative].into_iter().flat_map(|grid| read(grid, centre));
    let best = readings.max_by(|a, b| a.support().total_cmp(&b.support()));
    best.ok_or(SegmentError::NoBreechFace)
}

/// Edges vote from the steepest fifth of the picture upwards, counted up to the steepest fiftieth: relative, since a
/// photograph has no scale of brightness.
fn voting_slopes(grid: &Grid) -> Option<(f64, f64)> {
    let mut slopes: Vec<f64> = (0..grid.rows)
        .flat_map(|row| (0..grid.cols).filter_map(move |col| grid.gradient(col, row)))
        .map(|(x, y)| x.hypot(y))
        .collect();
    slopes.sort_by(f64::total_cmp);
    let at = |share: f64| slopes.get((slopes.len() as f64 * share) as usize).copied();
    at(0.8).zip(at(0.98)).filter(|(least, _)| *least > 0.0)
}

/// The readings of a picture: one for each ring in which the edge of the flat part may lie. A head can have several
/// dark circles (edge of the flat part, groove, mouth of the pocket); the one that makes sense of what lies within it
/// wins.
fn read(grid: &Grid, (x, y): (f64, f64)) -> Vec<Reading> {
    // The brightest step outward around the dark ring is the mouth of the pocket.
    let mouth = edges(grid, (x, y), (1900.0, 3000.0), |step| step);
    let primer = circle::fit(&mouth, PRIMER_RADIUS_UM, ON_CIRCLE_UM).filter(|fit| fit.support >= 0.3);
    let (x, y) = primer.map_or((x, y), |fit| (fit.circle.x, fit.circle.y));
    let outermost =
        primer.map_or(BREECH_RADIUS_UM.1, |fit| (fit.circle.radius - 100.0).min(BREECH_RADIUS_UM.1));
    let rings = (0..).map(|ring| BREECH_RADIUS_UM.0 + 200.0 * f64::from(ring));
    let rings = rings.take_while(|inner| inner + 300.0 <= outermost);
    rings
        .filter_map(|inner| read_ring(grid, (x, y), primer, (inner, (inner + 500.0).min(outermost))))
        .collect()
}

/// The reading with the edge of the flat part within a ring.
fn read_ring(grid: &Grid, centre: (f64, f64), primer: Option<Fit>, ring: (f64, f64)) -> Option<Reading> {
    // The darkest step outward is the edge of the flat part.
    let shoulder = edges(grid, centre, ring, |step| -step);
    let breech = circle::fit(&shoulder, BREECH_RADIUS_UM, ON_CIRCLE_UM)?;
    if breech.support < LEAST_SUPPORT {
        return None;
    }
    // An aperture as wide as the breech face is the same circle read twice.
    let widest = breech.circle.radius - LEAST_RING_UM;
    let aperture = aperture(grid, &breech.circle).filter(|rim| rim.circle.radius <= widest);
    let pin = aperture.and_then(|aperture| {
        let rim = aperture.circle;
        let wall = edges(grid, (rim.x, rim.y), (0.2 * rim.radius, 0.9 * rim.radius), |step| step);
        circle::fit(&wall, PIN_RADIUS_UM, ON_CIRCLE_UM).filter(|fit| fit.support >= 0.3)
    });
    Some(Reading { primer, breech, aperture, pin })
}

/// Along each ray from a centre the place of the largest change of brightness within a range of radii, by a measure of
/// the change outward over 100 µm.
fn edges(
    grid: &Grid,
    (x, y): (f64, f64),
    radii: (f64, f64),
    measure: impl Fn(f64) -> f64,
) -> Vec<(f64, f64)> {
    const OVER_UM: f64 = 50.0;
    let step = grid.pitch_x.min(grid.pitch_y);
    let steps = ((radii.1 - radii.0).max(0.0) / step) as usize;
    let mut found = Vec::new();
    for ray in 0..RAYS {
        let (sin, cos) = (f64::from(ray) / f64::from(RAYS) * std::f64::consts::TAU).sin_cos();
        let at = |radius: f64| grid.near(x + radius * cos, y + radius * sin).map(f64::from);
        let changes = (0..steps).filter_map(|i| {
            let radius = radii.0 + i as f64 * step;
            Some((radius, measure(at(radius + OVER_UM)? - at(radius - OVER_UM)?)))
        });
        if let Some((radius, change)) = changes.max_by(|a, b| a.1.total_cmp(&b.1))
            && change > 0.0
        {
            found.push((x + radius * cos, y + radius * sin));
        }
    }
    found
}

/// The rim of the aperture: inward from the flat part the first dark run. Dark is below the middle between the flat
/// part and the ring around it.
fn aperture(grid: &Grid, breech: &Circle) -> Option<Fit> {
    let level = |from: f64, to: f64| -> Option<f64> {
        let mut sample: Vec<f64> = grid
            .measured()
            .filter(|(x, y, _)| (from..to).contains(&(breech.distance(*x, *y) / breech.radius)))
            .map(|point| point.2)
            .collect();
        sample.sort_by(f64::total_cmp);
        sample.get(sample.len() / 2).copied()
    };
    let dark = f64::midpoint(level(0.85, 0.97)?, level(1.06, 1.2)?);
    let step = grid.pitch_x.min(grid.pitch_y);
    let steps = (0.95 * breech.radius / step) as usize;
    let mut rim = Vec::new();
    for ray in 0..RAYS {
        let (sin, cos) = (f64::from(ray) / f64::from(RAYS) * std::f64::consts::TAU).sin_cos();
        let is_dark = |i: usize| {
            let radius = 0.95 * breech.radius - i as f64 * step;
            let value = grid.near(breech.x + radius * cos, breech.y + radius * sin);
            value.is_some_and(|value| f64::from(value) < dark)
        };
        // Two dark blocks in a row are 50 µm, wider than a scratch seen across.
        if let Some(i) = (0..steps).find(|i| is_dark(*i) && is_dark(i + 1)) {
            let radius = 0.95 * breech.radius - i as f64 * step;
            rim.push((breech.x + radius * cos, breech.y + radius * sin));
        }
    }
    circle::fit(&rim, APERTURE_RADIUS_UM, ON_CIRCLE_UM).filter(|fit| fit.support >= 0.3)
}
