//! One shot: how a case lay, how hard it was pressed, what its primer is made of, and how it was measured.
//!
//! Called by the generator of surfaces, the command line and tests.

use super::noise::{noise, sin_cos_turns};
use crate::ballistics::random::Random;

/// How much shots of one gun may differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Handling {
    /// Largest turn either way, in turns: 0.5 is any rotation.
    pub turn: f64,
    /// Largest shift of the centre along x and y, in micrometres.
    pub shift_um: f64,
    /// Share of the breech face that may lack contact or be unmeasured, from 0 to 1.
    pub lost: f64,
    /// Standard deviation of the instrument's noise, in micrometres.
    pub noise_um: f64,
    /// Whether primers differ in hardness and roughness from shot to shot, as between makers of ammunition.
    pub mixed_ammunition: bool,
}

impl Default for Handling {
    /// Cases put under the microscope in any rotation, roughly centred.
    fn default() -> Self {
        Self { turn: 0.5, shift_um: 150.0, lost: 0.2, noise_um: 0.25, mixed_ammunition: true }
    }
}

/// A shot.
#[derive(Debug, Clone)]
pub struct Shot {
    pub(super) seed: u64,
    /// Turn of the case against the gun, in turns.
    turn: f64,
    sin: f32,
    cos: f32,
    /// Centre of the primer in the frame, in micrometres from its middle.
    pub(super) shift: (f32, f32),
    contact_seed: u32,
    /// Added to the contact: below it no marks.
    contact_level: f32,
    contact_tilt: (f32, f32),
    lost_seed: u32,
    lost_level: f32,
    face_seed: u32,
    face_um: f32,
    /// Share of the breech face's relief that the primer takes on.
    pub(super) hardness: f32,
    pub(super) noise_um: f32,
}

impl Shot {
    /// A shot of a gun: `seed` and `gun` as for [`super::Gun::new`].
    pub fn new(seed: u64, gun: u32, shot: u32, handling: &Handling) -> Self {
        let mut random = Random::of(seed, &[2, u64::from(gun), u64::from(shot)]);
        let turn = random.between(-handling.turn, handling.turn);
        let (sin, cos) = sin_cos_turns(turn);
        let mut shift = || random.between(-handling.shift_um, handling.shift_um) as f32;
        let shift = (shift(), shift());
        let (tilt_y, tilt_x) = sin_cos_turns(random.unit());
        let tilt = random.between(0.0, handling.lost) as f32;
        // All draws are made whatever the handling, so that changing one thing leaves the others alone.
        let (soft, rough) = (random.unit(), random.unit());
        let (hardness, face_um) =
            if handling.mixed_ammunition { (0.65 + 0.35 * soft, 0.4 + 1.2 * rough) } else { (0.9, 0.7) };
        Self {
            seed: random.bits(),
            turn,
            sin: sin as f32,
            cos: cos as f32,
            shift,
            contact_seed: random.bits() as u32,
            contact_level: 0.55 - handling.lost as f32,
            contact_tilt: (tilt * tilt_x as f32, tilt * tilt_y as f32),
            lost_seed: random.bits() as u32,
            lost_level: 0.9 - handling.lost as f32 * 0.9,
            face_seed: random.bits() as u32,
            face_um: face_um as f32,
            hardness: hardness as f32,
            noise_um: handling.noise_um as f32,
        }
    }

    /// Turn of the case against the gun in degrees, from x towards y.
    pub fn turn_degrees(&self) -> f64 {
        self.turn * 360.0
    }

    /// Centre of the primer in micrometres from the middle of the frame.
    pub fn shift_um(&self) -> (f64, f64) {
        (f64::from(self.shift.0), f64::from(self.shift.1))
    }

    /// A place of the frame (from its middle) in the frame of the gun.
    pub(super) fn to_gun(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = (x - self.shift.0, y - self.shift.1);
        (x * self.cos + y * self.sin, y * self.cos - x * self.sin)
    }

    /// A place of the gun in the frame.
    pub(super) fn to_frame(&self, x: f32, y: f32) -> (f32, f32) {
        (x * self.cos - y * self.sin + self.shift.0, x * self.sin + y * self.cos + self.shift.1)
    }

    /// How well the primer touched the breech face: about -1 to 1, marks from 0 upwards.
    pub(super) fn contact(&self, x: f32, y: f32) -> f32 {
        let tilt = (x * self.contact_tilt.0 + y * self.contact_tilt.1) / 1500.0;
        self.contact_level + tilt + 0.8 * noise(self.contact_seed, x / 900.0, y / 900.0)
    }

    /// Whether the instrument lost the point: patches of glare or dirt.
    pub(super) fn is_lost(&self, x: f32, y: f32) -> bool {
        noise(self.lost_seed, x / 500.0, y / 500.0) > self.lost_level
    }

    /// The primer's own face before the shot, in micrometres.
    pub(super) fn primer_face(&self, x: f32, y: f32, pitch: f32) -> f32 {
        let fine = if pitch <= 20.0 { noise(self.face_seed, x / 45.0, y / 45.0) } else { 0.0 };
        self.face_um * (fine + 1.5 * noise(self.face_seed ^ 1, x / 110.0, y / 110.0))
    }
}
