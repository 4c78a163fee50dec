//! The signature of an exhibit: under 8 KB that find it again among a hundred thousand, whatever way it was turned.
//!
//! A coarse-to-fine pair. The ring spectrum (1.9 KB) is compared with every entry of a gallery over all angles and
//! some eighty trial centres; the small map (6 KB, 50 micrometres a point) is compared with the few hundred best. It
//! is an index, not evidence: what is reported to a person comes from `confirm`. Called by `gallery`, `rank` and
//! `confirm`.

pub mod centre;
pub mod lanes;
pub mod query;
pub mod rings;

use super::map::Map;
use rings::{COEFFICIENTS, RingSampler, RingSpectrum};

/// Pitch of the map that ring spectra are sampled from: as coarse as the rings themselves, so that they do not alias.
pub const RING_PITCH: f32 = 60.0;
/// Finest pitch of the small map.
pub const SMALL_PITCH: f32 = 50.0;
/// Most points along a side of the small map.
pub const SMALL_SIDE: usize = 78;
/// Bytes of the ring part of a record.
pub const RING_BYTES: usize = 2 * COEFFICIENTS;
/// Bytes of the small map with its head: columns, rows, pitch and centre.
pub const SMALL_BYTES: usize = SMALL_SIDE * SMALL_SIDE + 16;
/// Bytes of a whole signature.
pub const BYTES: usize = RING_BYTES + SMALL_BYTES;

/// The value of a small-map byte where nothing was measured.
const MISSING: i8 = i8::MIN;
/// Steps of a byte in one robust standard deviation of height.
const STEPS: f32 = 40.0;

/// The signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Ring coefficients, real parts and then imaginary parts.
    rings: Vec<u8>,
    /// The small map with its head.
    small: Vec<u8>,
}

/// Why bytes are no signature.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SignatureError {
    /// Not the length of one.
    #[error("a signature has {expected} bytes, these are {found}")]
    Length {
        /// What it must be.
        expected: usize,
        /// What it is.
        found: usize,
    },
    /// The head of the small map names an impossible size.
    #[error("the small map claims {cols} by {rows} points at {pitch} micrometres")]
    Head {
        /// Points along x.
        cols: usize,
        /// Points along y.
        rows: usize,
        /// Micrometres.
        pitch: f32,
    },
}

impl Signature {
    /// The signature of a prepared map.
    pub fn of(map: &Map) -> Self {
        let rings = map.at_pitch(RING_PITCH);
        let centre = centre::of(&rings);
        let spectrum = RingSampler::new().spectrum(&rings, centre);
        Self { rings: pack_rings(&spectrum), small: pack_small(map, centre) }
    }

    /// The parts as stored: rings and small map.
    pub fn parts(&self) -> (&[u8], &[u8]) {
        (&self.rings, &self.small)
    }

    /// A signature from its stored parts.
    pub fn from_parts(rings: &[u8], small: &[u8]) -> Result<Self, SignatureError> {
        for (part, expected) in [(rings, RING_BYTES), (small, SMALL_BYTES)] {
            if part.len() != expected {
                return Err(SignatureError::Length { expected, found: part.len() });
            }
        }
        unpack_small(small)?;
        Ok(Self { rings: rings.to_vec(), small: small.to_vec() })
    }

    /// The ring spectrum, scaled to unit energy.
    pub fn spectrum(&self) -> RingSpectrum {
        unpack_rings(&self.rings)
    }

    /// The small map and the centre its rings were taken around, in micrometres from its middle.
    pub fn small(&self) -> Result<(Map, (f32, f32)), SignatureError> {
        unpack_small(&self.small)
    }
}

fn pack_rings(spectrum: &RingSpectrum) -> Vec<u8> {
    let all = || spectrum.re.iter().chain(&spectrum.im);
    let largest = all().fold(0.0_f32, |largest, value| largest.max(value.abs()));
    let scale = if largest > 0.0 { 127.0 / largest } else { 0.0 };
    all().map(|value| ((value * scale).round() as i8).cast_unsigned()).collect()
}

/// The spectrum in the stored bytes of one entry, scaled to unit energy; all 0 where the entry is blank.
pub fn unpack_rings(bytes: &[u8]) -> RingSpectrum {
    let mut values: Vec<f32> = bytes.iter().map(|byte| f32::from(byte.cast_signed())).collect();
    values.resize(RING_BYTES, 0.0);
    let im = values.split_off(COEFFICIENTS);
    let mut spectrum = RingSpectrum { re: values, im };
    let energy = spectrum.energy();
    let scale = if energy > 0.0 { energy.sqrt().recip() } else { 0.0 };
    spectrum.re.iter_mut().chain(&mut spectrum.im).for_each(|value| *value *= scale);
    spectrum
}

fn pack_small(map: &Map, centre: (f32, f32)) -> Vec<u8> {
    let longest = map.cols.max(map.rows) as f32 * map.pitch;
    // A face wider than the small map is stored coarser rather than cut.
    let pitch = SMALL_PITCH.max(longest / (SMALL_SIDE as f32 - 0.5));
    let small = map.at_pitch(pitch);
    let mut bytes = Vec::with_capacity(SMALL_BYTES);
    bytes.extend_from_slice(&(small.cols as u16).to_le_bytes());
    bytes.extend_from_slice(&(small.rows as u16).to_le_bytes());
    for value in [pitch, centre.0, centre.1] {
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    for (z, m) in small.z.iter().zip(&small.m) {
        let step = if *m > 0.0 { (z * STEPS).round().clamp(-127.0, 127.0) as i8 } else { MISSING };
        bytes.push(step.cast_unsigned());
    }
    bytes.resize(SMALL_BYTES, MISSING.cast_unsigned());
    bytes
}

/// The map and centre in the stored bytes of one entry.
pub fn unpack_small(bytes: &[u8]) -> Result<(Map, (f32, f32)), SignatureError> {
    let (head, points) = bytes
        .split_at_checked(16)
        .ok_or(SignatureError::Length { expected: SMALL_BYTES, found: bytes.len() })?;
    let word = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
    let real = |at: usize| f32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let (cols, rows, pitch) = (word(0), word(2), real(4));
    let sound = (1.0..1000.0).contains(&pitch) && real(8).is_finite() && real(12).is_finite();
    if !sound || cols > SMALL_SIDE || rows > SMALL_SIDE || cols * rows > points.len() {
        return Err(SignatureError::Head { cols, rows, pitch });
    }
    let mut map = Map::empty(cols, rows, pitch);
    for ((z, m), byte) in map.z.iter_mut().zip(&mut map.m).zip(points) {
        let step = byte.cast_signed();
        if step != MISSING {
            (*z, *m) = (f32::from(step) / STEPS, 1.0);
        }
    }
    Ok((map, (real(8), real(12))))
}
