//! The face of a gun's breech: what the tool that cut it left behind.
//!
//! Four families, as the field describes breech faces: parallel (milled or broached), arched (turned), cross-hatched
//! (filed twice) and granular (cast or blasted), each with accidental gouges. Called by the generator of guns.

use super::noise::{bump, noise, sin_cos_turns};
use crate::ballistics::random::Random;

/// The families of breech-face texture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextureKind {
    /// Straight lines.
    Parallel,
    /// No direction.
    Granular,
    /// Arcs about a far centre.
    Arched,
    /// Two sets of lines.
    CrossHatched,
}

/// A texture: its family and everything that makes it one gun's own.
#[derive(Debug, Clone)]
pub(super) struct Texture {
    pub kind: TextureKind,
    lines: [Lines; 2],
    grain: [Octave; 3],
    gouges: Vec<Gouge>,
    /// Centre of the arcs.
    turned_about: (f32, f32),
}

/// Lines along one direction.
#[derive(Debug, Clone)]
struct Lines {
    along: (f32, f32),
    octaves: [Octave; 3],
    /// How many times longer than wide.
    stretch: f32,
}

/// Noise of one wavelength; lengths and heights in micrometres.
#[derive(Debug, Clone)]
struct Octave {
    seed: u32,
    wavelength: f32,
    height: f32,
}

#[derive(Debug, Clone)]
struct Gouge {
    x: f32,
    y: f32,
    along: (f32, f32),
    length: f32,
    width: f32,
    depth: f32,
}

impl Texture {
    /// The texture of a new gun.
    pub(super) fn new(random: &mut Random) -> Self {
        let kind =
            [TextureKind::Parallel, TextureKind::Granular, TextureKind::Arched, TextureKind::CrossHatched]
                [random.below(4)];
        let first = random.unit();
        let second = first + random.between(0.1, 0.25);
        let far = random.between(2500.0, 12_000.0);
        let (sin, cos) = sin_cos_turns(random.unit());
        let line_height = random.between(2.0, 4.5) as f32;
        let grain_height = match kind {
            TextureKind::Granular => random.between(2.5, 5.0) as f32,
            _ => random.between(0.6, 1.5) as f32,
        };
        Self {
            kind,
            lines: [first, second].map(|turns| Lines::new(random, turns, line_height)),
            grain: octaves(random, 90.0, grain_height),
            gouges: (0..6 + random.below(10)).map(|_| Gouge::new(random)).collect(),
            turned_about: ((far * cos) as f32, (far * sin) as f32),
        }
    }

    /// Height of the breech face at a place, in micrometres. Detail finer than two points of `pitch` is left out: it
    /// could not be seen and would fold into noise.
    pub(super) fn height(&self, x: f32, y: f32, pitch: f32) -> f32 {
        let mut z = grain(&self.grain, x, y, pitch);
        match self.kind {
            TextureKind::Granular => {}
            TextureKind::Parallel => z += self.lines[0].height(x, y, pitch),
            TextureKind::CrossHatched => {
                z += 0.7 * (self.lines[0].height(x, y, pitch) + self.lines[1].height(x, y, pitch));
            }
            TextureKind::Arched => {
                let (dx, dy) = (x - self.turned_about.0, y - self.turned_about.1);
                let distance = (dx * dx + dy * dy).sqrt();
                // Along an arc the direction from its centre stands in for the angle: smooth and without a seam here.
                let arc = (dx * self.turned_about.1 - dy * self.turned_about.0) / distance;
                z += self.lines[0].across(distance, arc, pitch);
            }
        }
        z + self.gouges.iter().map(|gouge| gouge.height(x, y)).sum::<f32>()
    }
}

/// The tip of a firing pin: fine grain, and scratches and chips of use, within some hundred micrometres of its middle.
#[derive(Debug, Clone)]
pub(super) struct TipTexture {
    grain: [Octave; 3],
    chips: Vec<Gouge>,
}

impl TipTexture {
    pub(super) fn new(random: &mut Random) -> Self {
        let height = random.between(0.8, 2.0) as f32;
        let chips = (0..8 + random.below(8)).map(|_| Gouge {
            x: random.between(-450.0, 450.0) as f32,
            y: random.between(-450.0, 450.0) as f32,
            length: random.between(25.0, 120.0) as f32,
            width: random.between(15.0, 35.0) as f32,
            depth: random.between(-5.0, 5.0) as f32,
            along: {
                let (sin, cos) = sin_cos_turns(random.unit());
                (cos as f32, sin as f32)
            },
        });
        let chips = chips.collect();
        Self { grain: octaves(random, 30.0, height), chips }
    }

    /// Height at a place about the middle of the pin, in micrometres.
    pub(super) fn height(&self, x: f32, y: f32, pitch: f32) -> f32 {
        grain(&self.grain, x, y, pitch) + self.chips.iter().map(|chip| chip.height(x, y)).sum::<f32>()
    }
}

impl Lines {
    fn new(random: &mut Random, turns: f64, height: f32) -> Self {
        let (sin, cos) = sin_cos_turns(turns);
        Self {
            along: (cos as f32, sin as f32),
            octaves: octaves(random, 70.0, height),
            stretch: random.between(8.0, 30.0) as f32,
        }
    }

    fn height(&self, x: f32, y: f32, pitch: f32) -> f32 {
        let along = x * self.along.0 + y * self.along.1;
        let across = y * self.along.0 - x * self.along.1;
        self.across(across, along, pitch)
    }

    fn across(&self, across: f32, along: f32, pitch: f32) -> f32 {
        let visible = self.octaves.iter().filter(|octave| octave.wavelength >= 2.0 * pitch);
        visible
            .map(|octave| {
                let scale = 1.0 / octave.wavelength;
                octave.height * noise(octave.seed, across * scale, along * scale / self.stretch)
            })
            .sum()
    }
}

impl Gouge {
    fn new(random: &mut Random) -> Self {
        let (sin, cos) = sin_cos_turns(random.unit());
        Self {
            x: random.between(-1800.0, 1800.0) as f32,
            y: random.between(-1800.0, 1800.0) as f32,
            along: (cos as f32, sin as f32),
            length: random.between(60.0, 400.0) as f32,
            width: random.between(30.0, 90.0) as f32,
            depth: random.between(-7.0, 9.0) as f32,
        }
    }

    fn height(&self, x: f32, y: f32) -> f32 {
        let (dx, dy) = (x - self.x, y - self.y);
        let along = (dx * self.along.0 + dy * self.along.1) / self.length;
        let across = (dy * self.along.0 - dx * self.along.1) / self.width;
        self.depth * bump(along * along + across * across)
    }
}

/// Three octaves from a wavelength upwards, their heights in proportion to the root of their length, as machined
/// surfaces have them.
fn octaves(random: &mut Random, shortest: f64, height: f32) -> [Octave; 3] {
    let mut wavelength = shortest * random.between(0.8, 1.25);
    let mut height = 1.5 * height;
    std::array::from_fn(|_| {
        let octave = Octave { seed: random.bits() as u32, wavelength: wavelength as f32, height };
        wavelength *= random.between(1.7, 2.1);
        height *= 1.1;
        octave
    })
}

fn grain(octaves: &[Octave], x: f32, y: f32, pitch: f32) -> f32 {
    // Each octave is turned by an exact rational rotation, so that lattices do not show.
    const TURNS: [(f32, f32); 3] = [(0.6, 0.8), (5.0 / 13.0, 12.0 / 13.0), (15.0 / 17.0, 8.0 / 17.0)];
    let visible = octaves.iter().zip(TURNS).filter(|(octave, _)| octave.wavelength >= 2.0 * pitch);
    visible
        .map(|(octave, (cos, sin))| {
            let scale = 1.0 / octave.wavelength;
            octave.height * noise(octave.seed, (x * cos - y * sin) * scale, (x * sin + y * cos) * scale)
        })
        .sum()
}
