//! The rim of the firing-pin aperture in heights: the circle it follows, and where it leaves that circle.
//!
//! Metal that flows back into the aperture tears unevenly, and apertures are chamfered by hand: the edge of the flat
//! part lies up to some hundredth of a millimetre on either side of the best circle, and over an arc a tenth of the
//! ring around it. So the circle says which edge is meant, and the edge itself is followed. Called by
//! [`super::heights`].

use super::circle::{self, Circle};
use crate::ballistics::formats::Mask;
use crate::ballistics::surface::Surface;

/// Radius of a firing-pin aperture, in micrometres (1.2 to 2.6 mm across, with some for torn rims).
const RADIUS_UM: (f64, f64) = (500.0, 1400.0);

/// The flat part has begun where it goes on for so long, in micrometres.
const RUN_UM: f64 = 60.0;

/// The edge is followed so far from the circle; beyond it is a tear in the flat part or flat metal in the aperture.
const FOLLOWED_UM: f64 = 60.0;

/// The edge of each degree is the median over so many degrees to either side: 0.15 mm on the rim of a common aperture.
const SMOOTHED_DEGREES: usize = 4;

const DEGREES: usize = 360;

/// The rim: its circle, and the radius at each degree about the circle's centre.
pub(super) struct Rim {
    pub circle: Circle,
    radii: Vec<f64>,
}

impl Rim {
    /// The rim around a pit, in the mask of the flat part; `None` when the edges make no circle.
    pub(super) fn find(flat: &Mask, surface: &Surface, pit: (f64, f64)) -> Option<Self> {
        let outermost = 2.0 * RADIUS_UM.1;
        let edge: Vec<(f64, f64)> = (0..DEGREES)
            .filter_map(|degree| {
                let radius = begins(flat, surface, pit, degree, 0.0, outermost)?;
                Some(at(pit, degree, radius))
            })
            .collect();
        let fit = circle::fit(&edge, RADIUS_UM, 30.0)?;
        (fit.support >= 0.25 && edge.len() >= 60).then(|| Self::following(fit.circle, flat, surface))
    }

    /// A circle that is taken as it is.
    pub(super) fn of_circle(circle: Circle) -> Self {
        Self { circle, radii: vec![circle.radius; DEGREES] }
    }

    /// Whether a place lies within the rim widened by `more` micrometres.
    pub(super) fn contains(&self, x: f64, y: f64, more: f64) -> bool {
        let degree = (y - self.circle.y).atan2(x - self.circle.x).to_degrees().rem_euclid(360.0);
        self.circle.distance(x, y) <= self.radii[degree as usize % DEGREES] + more
    }

    fn following(circle: Circle, flat: &Mask, surface: &Surface) -> Self {
        let (inner, outer) = (circle.radius - FOLLOWED_UM, circle.radius + FOLLOWED_UM);
        let edge: Vec<f64> = (0..DEGREES)
            .map(|degree| {
                begins(flat, surface, (circle.x, circle.y), degree, inner, outer).unwrap_or(circle.radius)
            })
            .collect();
        let radii = (0..DEGREES)
            .map(|degree| {
                let mut near: Vec<f64> = (0..=2 * SMOOTHED_DEGREES)
                    .map(|step| edge[(degree + DEGREES + step - SMOOTHED_DEGREES) % DEGREES])
                    .collect();
                near.sort_by(f64::total_cmp);
                near[SMOOTHED_DEGREES]
            })
            .collect();
        Self { circle, radii }
    }
}

fn at((x, y): (f64, f64), degree: usize, radius: f64) -> (f64, f64) {
    let (sin, cos) = (degree as f64).to_radians().sin_cos();
    (x + radius * cos, y + radius * sin)
}

/// Where the flat part begins along a ray between two radii, and stays for a while.
fn begins(
    flat: &Mask,
    surface: &Surface,
    centre: (f64, f64),
    degree: usize,
    inner: f64,
    outer: f64,
) -> Option<f64> {
    let step = surface.pitch_x.0.min(surface.pitch_y.0);
    let run = (RUN_UM / step).ceil() as usize;
    let mut flat_for = 0;
    let steps = ((outer - inner) / step) as usize + run;
    for i in 0..steps {
        let (x, y) = at(centre, degree, inner + i as f64 * step);
        if x < 0.0 || y < 0.0 {
            return None;
        }
        let is_flat = flat.keeps((x / surface.pitch_x.0) as usize, (y / surface.pitch_y.0) as usize);
        flat_for = if is_flat { flat_for + 1 } else { 0 };
        if flat_for >= run {
            return Some(inner + (i + 1 - run) as f64 * step);
        }
    }
    None
}
