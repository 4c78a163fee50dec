//! A whole head as an instrument would measure it raw: primer, aperture, pit, groove, headstamp, ejector and extractor.
//!
//! Called by the command line and by the tests of the segmentation, which know the truth of it.

use super::font;
use super::gun::{Gun, PinShape};
use super::noise::{bump, noise, sin_cos_turns, step};
use super::shot::Shot;
use crate::ballistics::random::Random;
use crate::ballistics::segment::Circle;
use crate::ballistics::surface::{Micrometres, Quantity, Surface};

/// What of the head is in the frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadFrame {
    /// Width in micrometres.
    pub width: f64,
    /// Height in micrometres.
    pub height: f64,
    /// Distance between points.
    pub pitch: Micrometres,
    /// Where the middle of the frame lies from where it should, in micrometres; more than a shot's own shift makes
    /// partial frames.
    pub off_centre: (f64, f64),
    /// Tilt of the stage, rise per length along x and y.
    pub tilt: (f64, f64),
}

impl Default for HeadFrame {
    /// The primer and the headstamp around it, as the usual instruments see them.
    fn default() -> Self {
        Self {
            width: 5600.0,
            height: 5600.0,
            pitch: Micrometres(7.0),
            off_centre: (0.0, 0.0),
            tilt: (0.012, -0.008),
        }
    }
}

/// A raw surface and the truth about it; circles as the segmentation gives them.
#[derive(Debug, Clone)]
pub struct Head {
    /// The surface.
    pub surface: Surface,
    /// Bottom of the groove at the primer's edge.
    pub primer: Circle,
    /// Outer edge of the flat part.
    pub flat: Circle,
    /// Rim of the aperture, where the flat part ends and the wall of the flowback begins.
    pub aperture: Circle,
}

/// Half the width of the wall between the flat part and the flowback in the aperture, in micrometres.
const HALF_WALL_UM: f32 = 30.0;

const LETTERS: &str = "9MM LUGER HSX";

impl Gun {
    /// A raw scan of the head of a case from one shot.
    pub fn head(&self, shot: &Shot, frame: &HeadFrame) -> Head {
        let pitch = frame.pitch.0;
        let (cols, rows) = (
            (frame.width / pitch).round().max(8.0) as usize,
            (frame.height / pitch).round().max(8.0) as usize,
        );
        let mut random = Random::of(shot.seed, &[4]);
        let case = Case::new(self, &mut random);
        let middle =
            (cols as f64 / 2.0 * pitch - frame.off_centre.0, rows as f64 / 2.0 * pitch - frame.off_centre.1);
        let mut values = Vec::with_capacity(cols * rows);
        for row in 0..rows {
            for col in 0..cols {
                let x = (col as f64 + 0.5) * pitch - middle.0;
                let y = (row as f64 + 0.5) * pitch - middle.1;
                let z = case.height(self, shot, (x as f32, y as f32), pitch as f32, &mut random);
                values.push(z + (x * frame.tilt.0 + y * frame.tilt.1) as f32);
            }
        }
        lose_steep(&mut values, cols, pitch as f32);
        let surface = Surface {
            cols,
            rows,
            pitch_x: frame.pitch,
            pitch_y: frame.pitch,
            quantity: Quantity::Height,
            values,
        };
        let circle = |x: f32, y: f32, radius: f32| {
            let (x, y) = shot.to_frame(x, y);
            Circle { x: f64::from(x) + middle.0, y: f64::from(y) + middle.1, radius: f64::from(radius) }
        };
        Head {
            surface,
            primer: circle(0.0, 0.0, case.groove_radius),
            flat: circle(0.0, 0.0, self.flat_radius),
            aperture: circle(self.aperture.x, self.aperture.y, self.aperture.radius + HALF_WALL_UM),
        }
    }
}

/// What belongs to the case and not to the gun; the same frame as the shot.
struct Case {
    groove_radius: f32,
    /// Depth of the groove below the flat part.
    groove_depth: f32,
    /// Height of the head above the flat part.
    head_level: f32,
    stamp_depth: f32,
    stamp_turn: f64,
    grain_seed: u32,
    ejector: (f32, f32),
    extractor: (f32, f32),
}

impl Case {
    fn new(gun: &Gun, random: &mut Random) -> Self {
        // A small primer is 4.45 mm across; the groove lies at its edge.
        let groove_radius = random.between(2190.0, 2260.0) as f32;
        let towards = |turns: f64, radius: f64| {
            let (sin, cos) = sin_cos_turns(turns);
            ((radius * cos) as f32, (radius * sin) as f32)
        };
        Self {
            groove_radius,
            groove_depth: (groove_radius - gun.flat_radius) * random.between(0.42, 0.55) as f32,
            head_level: random.between(10.0, 140.0) as f32,
            stamp_depth: random.between(50.0, 110.0) as f32,
            stamp_turn: random.unit(),
            grain_seed: random.bits() as u32,
            ejector: towards(gun.ejector, 3500.0),
            extractor: towards(gun.extractor, 4700.0),
        }
    }

    fn height(&self, gun: &Gun, shot: &Shot, place: (f32, f32), pitch: f32, random: &mut Random) -> f32 {
        let (x, y) = shot.to_gun(place.0, place.1);
        let (from_centre, from_aperture) = gun.radii(x, y);
        let grain = 2.5 * noise(self.grain_seed, x / 80.0, y / 80.0);
        if from_centre > self.groove_radius {
            return self.outside(x, y, from_centre) + grain + shot.noise_um * random.normal() as f32;
        }
        let marked = gun.marked(shot, place, (x, y), pitch, random);
        // The shoulder turns away over some 60 µm and then falls evenly to the groove, with a rounded foot.
        let beyond = (from_centre - gun.flat_radius).max(0.0);
        let run = self.groove_radius - gun.flat_radius;
        let fall = self.groove_depth * (beyond / run) * step(-60.0, 60.0, beyond);
        let shouldered = marked * (1.0 - step(0.0, 80.0, beyond)) + grain * step(0.0, 80.0, beyond) - fall;
        if from_aperture > gun.aperture.radius + 40.0 {
            return shouldered;
        }
        let own = 0.4 * shot.primer_face(place.0, place.1, pitch) + shot.noise_um * random.normal() as f32;
        let marked = gun.tip.height(x - gun.pin.x, y - gun.pin.y, pitch) * shot.hardness;
        within_aperture(gun, (x, y), from_aperture, shouldered, own - marked)
    }

    /// The pocket's wall, the head, its stamp and what ejector and extractor left.
    fn outside(&self, x: f32, y: f32, from_centre: f32) -> f32 {
        let wall = step(0.0, 360.0, from_centre - self.groove_radius);
        let mut z = -self.groove_depth * (1.0 - wall) + self.head_level * wall;
        z -= self.stamp_depth * self.stamp(x, y, from_centre);
        let dent = |place: (f32, f32), size: f32, depth: f32| {
            let (dx, dy) = ((x - place.0) / size, (y - place.1) / size);
            depth * bump(dx * dx + dy * dy) * (1.0 + 0.2 * noise(self.grain_seed ^ 9, x / 30.0, y / 400.0))
        };
        z -= dent(self.ejector, 520.0, 55.0) + dent(self.extractor, 600.0, 40.0);
        // The head ends at the rim, 9.96 mm across for 9 mm Luger; beyond is the stage, far below.
        z - 800.0 * step(4900.0, 4980.0, from_centre)
    }

    /// How deep the headstamp is at a place, 0 to 1: letters around a circle, their tops outward.
    fn stamp(&self, x: f32, y: f32, from_centre: f32) -> f32 {
        const BASE_UM: f32 = 2900.0;
        const TALL_UM: f32 = 900.0;
        if !(BASE_UM..BASE_UM + TALL_UM).contains(&from_centre) {
            return 0.0;
        }
        for (at, letter) in LETTERS.chars().enumerate() {
            let (sin, cos) = sin_cos_turns(self.stamp_turn + at as f64 / LETTERS.len() as f64);
            let (sin, cos) = (sin as f32, cos as f32);
            let outward = x * cos + y * sin - BASE_UM;
            let aside = y * cos - x * sin;
            if aside.abs() <= 350.0 && outward >= 0.0 {
                return font::depth(letter, aside / 700.0 + 0.5, 1.0 - outward / TALL_UM);
            }
        }
        0.0
    }
}

/// Flowback with sheared lines, and the pit, whose floor bears `floor` besides the rings of the pin's turning.
fn within_aperture(gun: &Gun, (x, y): (f32, f32), from_aperture: f32, flat: f32, floor: f32) -> f32 {
    let aperture = &gun.aperture;
    let inside = 1.0 - step(-HALF_WALL_UM, HALF_WALL_UM, from_aperture - aperture.radius);
    let side = ((x - aperture.x) * aperture.shear_towards.0 + (y - aperture.y) * aperture.shear_towards.1)
        / aperture.radius;
    let across = (y - aperture.y) * aperture.shear_towards.0 - (x - aperture.x) * aperture.shear_towards.1;
    let sheared = aperture.shear * side.max(0.0) * (0.4 + 0.3 * noise(gun.pin.seed ^ 7, across / 40.0, side));
    let flowback = aperture.flowback + 8.0 * noise(gun.pin.seed ^ 3, x / 120.0, y / 120.0) - sheared;

    let pin = &gun.pin;
    let (dx, dy) = (x - pin.x, y - pin.y);
    let along = dx * pin.along.0 + dy * pin.along.1;
    let across = dy * pin.along.0 - dx * pin.along.1;
    let stretch = if pin.shape == PinShape::Elliptical { 1.35 } else { 1.0 };
    let distance = ((along / stretch) * (along / stretch) + across * across).sqrt() / pin.radius;
    let bowl = match pin.shape {
        PinShape::Flat => 1.0 - step(0.75, 1.25, distance),
        PinShape::Round | PinShape::Elliptical => bump(distance * distance / 1.7).max(0.0),
    };
    let tool = 2.0 * noise(pin.seed, distance * 9.0, 0.0);
    let raised = flowback * (1.0 - bowl) + (tool + floor - pin.depth) * bowl;
    flat * (1.0 - inside) + raised * inside
}

/// Drops points on slopes of more than 70 degrees, which no optical instrument returns light from.
fn lose_steep(values: &mut [f32], cols: usize, pitch: f32) {
    let limit = 2.75 * pitch;
    let lost: Vec<bool> = (0..values.len())
        .map(|at| {
            let right = if at % cols + 1 < cols { (values[at + 1] - values[at]).abs() } else { 0.0 };
            let below = values.get(at + cols).map_or(0.0, |below| (below - values[at]).abs());
            right > limit || below > limit
        })
        .collect();
    for (value, _) in values.iter_mut().zip(&lost).filter(|(_, lost)| **lost) {
        *value = f32::NAN;
    }
}
