//! A synthetic gun: what it leaves on every case it fires.
//!
//! Lengths are in micrometres, places about the centre of the primer, angles in turns. It knows nothing of a single
//! shot: see [`super::Shot`]. Called by the command line and tests.

use super::noise::{sin_cos_turns, step};
use super::shot::Shot;
use super::texture::{Texture, TextureKind, TipTexture};
use crate::ballistics::random::Random;
use crate::ballistics::surface::{Micrometres, Quantity, Surface};

/// The shape of a firing pin's tip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PinShape {
    /// A hemisphere.
    Round,
    /// A flat end.
    Flat,
    /// Longer than wide.
    Elliptical,
}

/// A gun.
#[derive(Debug, Clone)]
pub struct Gun {
    /// Its number.
    pub index: u32,
    pub(super) texture: Texture,
    pub(super) aperture: Aperture,
    pub(super) pin: Pin,
    pub(super) tip: TipTexture,
    /// Direction in turns from the centre to the ejector; the extractor is roughly opposite.
    pub(super) ejector: f64,
    pub(super) extractor: f64,
    /// Radius of the part of the primer that is pressed flat.
    pub(super) flat_radius: f32,
}

/// The hole that the firing pin comes through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aperture {
    pub x: f32,
    pub y: f32,
    pub radius: f32,
    /// How far the primer flows back into it.
    pub flowback: f32,
    /// How far its edge shears the primer, and in which direction.
    pub shear: f32,
    pub shear_towards: (f32, f32),
}

/// The firing pin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pin {
    pub x: f32,
    pub y: f32,
    pub radius: f32,
    pub depth: f32,
    pub shape: PinShape,
    pub along: (f32, f32),
    pub seed: u32,
}

impl Gun {
    /// The gun of a seed and a number.
    pub fn new(seed: u64, index: u32) -> Self {
        let mut random = Random::of(seed, &[1, u64::from(index)]);
        let texture = Texture::new(&mut random);
        let radius = random.between(620.0, 1150.0) as f32;
        let (shear_y, shear_x) = sin_cos_turns(random.unit());
        let aperture = Aperture {
            x: (110.0 * random.normal()).clamp(-250.0, 250.0) as f32,
            y: (110.0 * random.normal()).clamp(-250.0, 250.0) as f32,
            radius,
            flowback: random.between(45.0, 130.0) as f32,
            shear: random.between(0.0, 140.0) as f32,
            shear_towards: (shear_x as f32, shear_y as f32),
        };
        let (pin_y, pin_x) = sin_cos_turns(random.unit());
        let pin = Pin {
            x: aperture.x + random.between(-60.0, 60.0) as f32,
            y: aperture.y + random.between(-60.0, 60.0) as f32,
            radius: radius * random.between(0.45, 0.62) as f32,
            depth: random.between(140.0, 320.0) as f32,
            shape: [PinShape::Round, PinShape::Flat, PinShape::Elliptical][random.below(3)],
            along: (pin_x as f32, pin_y as f32),
            seed: random.bits() as u32,
        };
        let ejector = random.unit();
        Self {
            index,
            texture,
            aperture,
            pin,
            // Numbers of its own, so that breech faces of earlier versions stay as they were.
            tip: TipTexture::new(&mut Random::of(seed, &[5, u64::from(index)])),
            ejector,
            extractor: ejector + random.between(0.42, 0.58),
            flat_radius: random.between(1550.0, 1800.0) as f32,
        }
    }

    /// The family of its breech-face texture.
    pub fn texture_kind(&self) -> TextureKind {
        self.texture.kind
    }

    /// The shape of its firing pin.
    pub fn pin_shape(&self) -> PinShape {
        self.pin.shape
    }

    /// A processed breech face as one shot left it: the flat part only, level, with the aperture and what was not in
    /// contact missing; a square field of 3.6 mm at `pitch`. This is the cheap road to large galleries.
    pub fn breech_face(&self, shot: &Shot, pitch: Micrometres) -> Surface {
        let points = (3600.0 / pitch.0).round().max(8.0) as usize;
        let step_um = pitch.0 as f32;
        let half = (points as f32 - 1.0) / 2.0;
        let mut noise = Random::of(shot.seed, &[3]);
        let mut values = Vec::with_capacity(points * points);
        let aperture_edge = self.aperture.radius + 40.0;
        for row in 0..points {
            for col in 0..points {
                let (x, y) = ((col as f32 - half) * step_um, (row as f32 - half) * step_um);
                let (gun_x, gun_y) = shot.to_gun(x, y);
                let (from_centre, from_aperture) = self.radii(gun_x, gun_y);
                let outside = from_centre > self.flat_radius - 40.0 || from_aperture < aperture_edge;
                let missing = outside || shot.is_lost(x, y);
                let z = if missing {
                    f32::NAN
                } else {
                    self.marked(shot, (x, y), (gun_x, gun_y), step_um, &mut noise)
                };
                values.push(z);
            }
        }
        Surface {
            cols: points,
            rows: points,
            pitch_x: pitch,
            pitch_y: pitch,
            quantity: Quantity::Height,
            values,
        }
    }

    /// Distances from the centre of the primer and of the aperture, in the gun's frame.
    pub(super) fn radii(&self, x: f32, y: f32) -> (f32, f32) {
        let (dx, dy) = (x - self.aperture.x, y - self.aperture.y);
        ((x * x + y * y).sqrt(), (dx * dx + dy * dy).sqrt())
    }

    /// Height of the flat part: the breech face's negative where it pressed, the primer's own face where not, and the
    /// instrument's noise.
    pub(super) fn marked(
        &self,
        shot: &Shot,
        (x, y): (f32, f32),
        (gun_x, gun_y): (f32, f32),
        pitch: f32,
        noise: &mut Random,
    ) -> f32 {
        let contact = shot.contact(x, y);
        let press = step(-0.15, 0.35, contact);
        let mark =
            if press > 0.0 { -self.texture.height(gun_x, gun_y, pitch) * shot.hardness * press } else { 0.0 };
        let own = shot.primer_face(x, y, pitch) * (1.0 - 0.6 * press);
        mark + own + shot.noise_um * noise.normal() as f32
    }
}
