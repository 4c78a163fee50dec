//! A query against the gallery: the ring spectra of one exhibit around many trial centres at once.
//!
//! Centre error, not rotation, is what ruins ring correlation (without a centre search the area under the curve on
//! Fadul is 0.84, with it 1.00), and only the query needs to be moved: an entry of the gallery keeps one spectrum.
//! Called by `rank` and by `confirm::register`.

#![expect(
    clippy::inline_always,
    reason = "vector code is compiled for each register width only where it is inlined into the dispatch"
)]

use super::lanes::{ANGLES, LaneFft, load, store};
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

/// Lanes of the widest register.
const WIDEST: usize = 16;

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
        let lanes = shifts.len().div_ceil(2).next_multiple_of(WIDEST);
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
        pulp::Arch::new().dispatch(Correlate { query: self, entry, re: &mut planes.re, im: &mut planes.im });
    }
}

/// One call of [`Query::correlate`], in the form that is compiled once for each kind of vector register.
struct Correlate<'a> {
    query: &'a Query,
    entry: &'a RingSpectrum,
    re: &'a mut [f32],
    im: &'a mut [f32],
}

impl pulp::WithSimd for Correlate<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, simd: S) {
        let Self { query, entry, re, im } = self;
        let lanes = query.lanes;
        re.fill(0.0);
        im.fill(0.0);
        for harmonic in 0..HARMONICS {
            let up = query.fft.row_of(harmonic + 1) * lanes;
            let down = query.fft.row_of(ANGLES - harmonic - 1) * lanes;
            for block in (0..lanes).step_by(S::F32_LANES) {
                let (a, b) = query.products(simd, entry, harmonic, block);
                // Two real correlations ride in one complex transform: a + ib and its mirror.
                store::<S>(re, up + block, simd.sub_f32s(a.0, b.1));
                store::<S>(im, up + block, simd.add_f32s(a.1, b.0));
                store::<S>(re, down + block, simd.add_f32s(a.0, b.1));
                store::<S>(im, down + block, simd.sub_f32s(b.0, a.1));
            }
        }
        query.fft.inverse(simd, re, im, lanes);
    }
}

impl Query {
    /// Sums over the rings of conj(query) times entry, for the centres of one block and for their partners.
    ///
    /// The transform of that peaks at the angle by which the query must be turned.
    #[inline(always)]
    fn products<S: pulp::Simd>(
        &self,
        simd: S,
        entry: &RingSpectrum,
        harmonic: usize,
        block: usize,
    ) -> (Complex<S>, Complex<S>) {
        let zero = simd.splat_f32s(0.0);
        let (mut a, mut b) = ((zero, zero), (zero, zero));
        for ring in 0..RINGS {
            let index = harmonic * RINGS + ring;
            let (gr, gi) = (simd.splat_f32s(entry.re[index]), simd.splat_f32s(entry.im[index]));
            let line = index * 2 * self.lanes + block;
            for (sum, at) in [(&mut a, line), (&mut b, line + self.lanes)] {
                let (qr, qi) = (load::<S>(&self.re, at), load::<S>(&self.im, at));
                let re = simd.add_f32s(simd.mul_f32s(gr, qr), simd.mul_f32s(gi, qi));
                let im = simd.sub_f32s(simd.mul_f32s(gi, qr), simd.mul_f32s(gr, qi));
                *sum = (simd.add_f32s(sum.0, re), simd.add_f32s(sum.1, im));
            }
        }
        (a, b)
    }
}

/// Real and imaginary parts of as many numbers as a register holds.
type Complex<S> = (<S as pulp::Simd>::f32s, <S as pulp::Simd>::f32s);

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
