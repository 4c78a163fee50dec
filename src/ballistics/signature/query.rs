//! A query against the gallery: the ring spectra of one exhibit around many trial centres at once.
//!
//! Centre error, not rotation, is what ruins ring correlation (without a centre search the area under the curve on
//! Fadul is 0.84, with it 1.00), and only the query needs to be moved: an entry of the gallery keeps one spectrum.
//! Called by `rank` and by `confirm::register`.

use super::lanes::{ANGLES, LaneFft};
use super::rings::{COEFFICIENTS, HARMONICS, RINGS, RingSampler, RingSpectrum};
use crate::ballistics::map::Map;

/// How two exhibits may lie: turn the query about its centre by `angle`, the centres being `shift` off each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hypothesis {
    /// Ring correlation, at most about 1.
    pub score: f32,
    /// Radians, from x towards y (clockwise on the page, where y points down).
    pub angle: f32,
    /// Trial centre of the query from its nominal centre, in micrometres.
    pub shift: (f32, f32),
}

/// The trial centres and their spectra, lane by lane.
pub struct Query {
    shifts: Vec<(f32, f32)>,
    lanes: usize,
    re: Vec<f32>,
    im: Vec<f32>,
    fft: LaneFft,
}

/// Working planes of one thread.
#[derive(Debug, Default, Clone)]
pub struct Planes {
    re: Vec<f32>,
    im: Vec<f32>,
}

impl Query {
    /// Spectra around every point of a hexagonal lattice of `step` within `reach` of `centre` (micrometres).
    pub fn new(map: &Map, centre: (f32, f32), reach: f32, step: f32) -> Self {
        let mut shifts = lattice(reach, step);
        // Two centres share a lane, and lanes fill whole vector registers.
        let lanes = shifts.len().div_ceil(2).next_multiple_of(8);
        let used = shifts.len();
        shifts.resize(2 * lanes, (0.0, 0.0));
        let mut sampler = RingSampler::new();
        let width = 2 * lanes;
        let (mut re, mut im) = (vec![0.0; COEFFICIENTS * width], vec![0.0; COEFFICIENTS * width]);
        for (lane, shift) in shifts.iter().enumerate().take(used) {
            let spectrum = sampler.spectrum(map, (centre.0 + shift.0, centre.1 + shift.1));
            let scale = spectrum.energy().sqrt().recip();
            if !scale.is_finite() {
                continue;
            }
            for index in 0..COEFFICIENTS {
                re[index * width + lane] = spectrum.re[index] * scale;
                im[index * width + lane] = spectrum.im[index] * scale;
            }
        }
        Self { shifts, lanes, re, im, fft: LaneFft::new() }
    }

    /// The best correlation over all angles and centres with one spectrum of unit energy.
    pub fn best(&self, entry: &RingSpectrum, planes: &mut Planes) -> f32 {
        self.correlate(entry, planes);
        planes.re.iter().chain(&planes.im).fold(0.0_f32, |best, value| best.max(*value))
    }

    /// The best `count` places of the correlation, no two within 8 degrees and 1.5 lattice steps of each other.
    pub fn hypotheses(&self, entry: &RingSpectrum, planes: &mut Planes, count: usize) -> Vec<Hypothesis> {
        self.correlate(entry, planes);
        let mut peaks: Vec<Hypothesis> = Vec::new();
        for lane in 0..self.shifts.len() {
            let (plane, column) =
                if lane < self.lanes { (&planes.re, lane) } else { (&planes.im, lane - self.lanes) };
            let at = |angle: usize| plane[(angle % ANGLES) * self.lanes + column];
            for angle in 0..ANGLES {
                let score = at(angle);
                if score > 0.0 && score >= at(angle + 1) && score > at(angle + ANGLES - 1) {
                    let angle = std::f32::consts::TAU * angle as f32 / ANGLES as f32;
                    peaks.push(Hypothesis { score, angle, shift: self.shifts[lane] });
                }
            }
        }
        peaks.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut kept: Vec<Hypothesis> = Vec::with_capacity(count);
        for peak in peaks {
            if kept.len() == count {
                break;
            }
            if kept.iter().all(|other| apart(&peak, other)) {
                kept.push(peak);
            }
        }
        kept
    }

    fn correlate(&self, entry: &RingSpectrum, planes: &mut Planes) {
        planes.re.resize(ANGLES * self.lanes, 0.0);
        planes.im.resize(ANGLES * self.lanes, 0.0);
        pulp::Arch::new().dispatch(|| self.correlate_lanes(entry, &mut planes.re, &mut planes.im));
    }

    #[inline(always)]
    fn correlate_lanes(&self, entry: &RingSpectrum, out_re: &mut [f32], out_im: &mut [f32]) {
        let (lanes, width) = (self.lanes, 2 * self.lanes);
        out_re.fill(0.0);
        out_im.fill(0.0);
        for harmonic in 0..HARMONICS {
            for block in (0..lanes).step_by(BLOCK) {
                // Spectra of the centre in the lane (a) and of its partner half a width further (b).
                let mut a = ([0.0_f32; BLOCK], [0.0_f32; BLOCK]);
                let mut b = ([0.0_f32; BLOCK], [0.0_f32; BLOCK]);
                for ring in 0..RINGS {
                    let index = harmonic * RINGS + ring;
                    let (gr, gi) = (entry.re[index], entry.im[index]);
                    let line = index * width + block;
                    multiply(&mut a, gr, gi, &self.re[line..line + BLOCK], &self.im[line..line + BLOCK]);
                    let line = line + lanes;
                    multiply(&mut b, gr, gi, &self.re[line..line + BLOCK], &self.im[line..line + BLOCK]);
                }
                let up = self.fft.row_of(harmonic + 1) * lanes + block;
                let down = self.fft.row_of(ANGLES - harmonic - 1) * lanes + block;
                for lane in 0..BLOCK {
                    out_re[up + lane] = a.0[lane] - b.1[lane];
                    out_im[up + lane] = a.1[lane] + b.0[lane];
                    out_re[down + lane] = a.0[lane] + b.1[lane];
                    out_im[down + lane] = b.0[lane] - a.1[lane];
                }
            }
        }
        self.fft.inverse(out_re, out_im, lanes);
    }
}

const BLOCK: usize = 8;

/// Adds conj(query) times entry: the transform then peaks at the angle by which the query must be turned.
#[inline(always)]
fn multiply(sum: &mut ([f32; BLOCK], [f32; BLOCK]), gr: f32, gi: f32, re: &[f32], im: &[f32]) {
    for lane in 0..BLOCK {
        sum.0[lane] += gr * re[lane] + gi * im[lane];
        sum.1[lane] += gi * re[lane] - gr * im[lane];
    }
}

fn apart(a: &Hypothesis, b: &Hypothesis) -> bool {
    let turn = (a.angle - b.angle).rem_euclid(std::f32::consts::TAU);
    let turn = turn.min(std::f32::consts::TAU - turn);
    let distance = (a.shift.0 - b.shift.0).hypot(a.shift.1 - b.shift.1);
    turn > 0.14 || distance > 150.0
}

/// Points of a hexagonal lattice within `reach`, the middle first.
fn lattice(reach: f32, step: f32) -> Vec<(f32, f32)> {
    let rise = step * 3.0_f32.sqrt() / 2.0;
    let rows = (reach / rise).floor() as i32;
    let cols = (reach / step).ceil() as i32 + 1;
    let mut points = vec![(0.0, 0.0)];
    for row in -rows..=rows {
        let offset = if row % 2 == 0 { 0.0 } else { 0.5 };
        for col in -cols..=cols {
            let (x, y) = ((col as f32 + offset) * step, row as f32 * rise);
            if (x, y) != (0.0, 0.0) && x.hypot(y) <= reach * 1.001 {
                points.push((x, y));
            }
        }
    }
    points
}
