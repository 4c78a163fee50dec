//! Ring spectra: what a map looks like along circles around a centre, as Fourier coefficients.
//!
//! Turning the exhibit only changes the phases, so that one short transform gives the correlation at every angle.
//! Called by `signature` (one centre, quantised) and `signature::query` (many centres, exact).

use realfft::num_complex::Complex32;
use realfft::{RealFftPlanner, RealToComplex};
use std::sync::Arc;

use super::lanes::ANGLES;
use crate::ballistics::map::Map;

/// Circles around the centre.
pub const RINGS: usize = 20;
/// Radius of the first circle and distance between circles, in micrometres.
const FIRST_RADIUS: f32 = 250.0;
const RADIUS_STEP: f32 = 100.0;
/// Harmonics kept of each ring, from 1: harmonic 0, the mean of the ring, is the roll-off of the primer and no mark.
pub const HARMONICS: usize = 47;
/// Coefficients of one spectrum.
pub const COEFFICIENTS: usize = RINGS * HARMONICS;

/// Coefficients of all rings, harmonic by harmonic, rings fastest.
#[derive(Debug, Clone, PartialEq)]
pub struct RingSpectrum {
    /// Real parts.
    pub re: Vec<f32>,
    /// Imaginary parts.
    pub im: Vec<f32>,
}

impl RingSpectrum {
    /// The sum of squares, doubled for the mirrored harmonics.
    pub fn energy(&self) -> f32 {
        2.0 * self.re.iter().zip(&self.im).map(|(re, im)| re * re + im * im).sum::<f32>()
    }
}

/// Samples circles and transforms them; keeps its plan and buffers.
pub struct RingSampler {
    fft: Arc<dyn RealToComplex<f32>>,
    directions: Vec<(f32, f32)>,
    line: Vec<f32>,
    spectrum: Vec<Complex32>,
    scratch: Vec<Complex32>,
}

impl Default for RingSampler {
    fn default() -> Self {
        Self::new()
    }
}

impl RingSampler {
    /// A sampler.
    pub fn new() -> Self {
        let fft = RealFftPlanner::<f32>::new().plan_fft_forward(ANGLES);
        let directions = (0..ANGLES)
            .map(|index| {
                let (sin, cos) = (std::f32::consts::TAU * index as f32 / ANGLES as f32).sin_cos();
                (cos, sin)
            })
            .collect();
        let (line, spectrum, scratch) = (fft.make_input_vec(), fft.make_output_vec(), fft.make_scratch_vec());
        Self { fft, directions, line, spectrum, scratch }
    }

    /// The spectrum around a centre given in micrometres from the middle of the map.
    pub fn spectrum(&mut self, map: &Map, centre: (f32, f32)) -> RingSpectrum {
        let (mut re, mut im) = (vec![0.0; COEFFICIENTS], vec![0.0; COEFFICIENTS]);
        let (col, row) = map.index(centre.0, centre.1);
        for ring in 0..RINGS {
            let radius = FIRST_RADIUS + RADIUS_STEP * ring as f32;
            let reach = radius / map.pitch;
            for (value, (dx, dy)) in self.line.iter_mut().zip(&self.directions) {
                *value = map.sample(col + reach * dx, row + reach * dy).0;
            }
            if self.fft.process_with_scratch(&mut self.line, &mut self.spectrum, &mut self.scratch).is_err() {
                // The buffers were made by the plan itself, so their lengths agree; an unread ring stays 0.
                continue;
            }
            // A ring counts by its length: the sum over rings is then a sum over area.
            let weight = (radius / FIRST_RADIUS).sqrt();
            for harmonic in 0..HARMONICS {
                let value = self.spectrum[harmonic + 1];
                re[harmonic * RINGS + ring] = value.re * weight;
                im[harmonic * RINGS + ring] = value.im * weight;
            }
        }
        RingSpectrum { re, im }
    }
}
