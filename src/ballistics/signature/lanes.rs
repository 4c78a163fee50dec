//! Short inverse Fourier transforms of many spectra side by side.
//!
//! The shortlist turns the spectra of some eighty trial centres into correlations over all angles for every entry
//! of the gallery. One lane is one pair of centres, so that each butterfly is the same for a whole vector register;
//! no general transform library is as fast at this shape. Called by `signature::query` only.

#![expect(
    clippy::inline_always,
    reason = "vector code is compiled for each register width only where it is inlined into the dispatch"
)]

/// Angles of the full circle that a ring is sampled at.
pub const ANGLES: usize = 128;

/// Twiddle factors and bit reversal of the transform of [`ANGLES`] points.
#[derive(Debug, Clone)]
pub struct LaneFft {
    twiddles: Vec<(f32, f32)>,
    reversed: Vec<usize>,
}

impl Default for LaneFft {
    fn default() -> Self {
        Self::new()
    }
}

impl LaneFft {
    /// The tables.
    pub fn new() -> Self {
        let bits = ANGLES.trailing_zeros();
        let twiddles = (0..ANGLES / 2)
            .map(|k| {
                let angle = std::f64::consts::TAU * k as f64 / ANGLES as f64;
                (angle.cos() as f32, angle.sin() as f32)
            })
            .collect();
        let reversed = (0..ANGLES).map(|index| index.reverse_bits() >> (usize::BITS - bits)).collect();
        Self { twiddles, reversed }
    }

    /// Row of the working planes where harmonic `k` belongs before [`Self::inverse`].
    #[inline(always)]
    pub fn row_of(&self, k: usize) -> usize {
        self.reversed[k]
    }

    /// In place and unscaled, `re` and `im` being [`ANGLES`] rows of `lanes` values, rows in bit-reversed order.
    ///
    /// `lanes` is a multiple of the register's width.
    #[inline(always)]
    pub fn inverse<S: pulp::Simd>(&self, simd: S, re: &mut [f32], im: &mut [f32], lanes: usize) {
        let mut half = 1;
        while half < ANGLES {
            let stride = ANGLES / (2 * half);
            for start in (0..ANGLES).step_by(2 * half) {
                for k in 0..half {
                    let (wr, wi) = self.twiddles[k * stride];
                    let (wr, wi) = (simd.splat_f32s(wr), simd.splat_f32s(wi));
                    let (top, bottom) = ((start + k) * lanes, (start + k + half) * lanes);
                    for lane in (0..lanes).step_by(S::F32_LANES) {
                        let (t, u) = (top + lane, bottom + lane);
                        let (ar, ai) = (load::<S>(re, t), load::<S>(im, t));
                        let (br, bi) = (load::<S>(re, u), load::<S>(im, u));
                        let tr = simd.sub_f32s(simd.mul_f32s(br, wr), simd.mul_f32s(bi, wi));
                        let ti = simd.add_f32s(simd.mul_f32s(br, wi), simd.mul_f32s(bi, wr));
                        store::<S>(re, t, simd.add_f32s(ar, tr));
                        store::<S>(im, t, simd.add_f32s(ai, ti));
                        store::<S>(re, u, simd.sub_f32s(ar, tr));
                        store::<S>(im, u, simd.sub_f32s(ai, ti));
                    }
                }
            }
            half *= 2;
        }
    }
}

/// A register from `at` on.
#[inline(always)]
pub fn load<S: pulp::Simd>(plane: &[f32], at: usize) -> S::f32s {
    S::as_simd_f32s(&plane[at..at + S::F32_LANES]).0[0]
}

/// A register to `at` on.
#[inline(always)]
pub fn store<S: pulp::Simd>(plane: &mut [f32], at: usize, value: S::f32s) {
    S::as_mut_simd_f32s(&mut plane[at..at + S::F32_LANES]).0[0] = value;
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Inverse<'a> {
        fft: &'a LaneFft,
        re: &'a mut [f32],
        im: &'a mut [f32],
        lanes: usize,
    }

    impl pulp::WithSimd for Inverse<'_> {
        type Output = ();

        fn with_simd<S: pulp::Simd>(self, simd: S) {
            self.fft.inverse(simd, self.re, self.im, self.lanes);
        }
    }

    #[test]
    fn lanes_transform_as_the_definition_says() {
        let fft = LaneFft::new();
        let lanes = 16;
        let (mut re, mut im) = (vec![0.0; ANGLES * lanes], vec![0.0; ANGLES * lanes]);
        for (lane, harmonic) in [(0, 1), (1, 5), (2, 47)] {
            re[fft.row_of(harmonic) * lanes + lane] = 1.0;
        }
        pulp::Arch::new().dispatch(Inverse { fft: &fft, re: &mut re, im: &mut im, lanes });
        for (lane, harmonic) in [(0, 1), (1, 5), (2, 47)] {
            for angle in 0..ANGLES {
                let phase = std::f32::consts::TAU * (harmonic * angle % ANGLES) as f32 / ANGLES as f32;
                let at = angle * lanes + lane;
                assert!((re[at] - phase.cos()).abs() < 1e-4, "harmonic {harmonic} at angle {angle}");
                assert!((im[at] - phase.sin()).abs() < 1e-4, "harmonic {harmonic} at angle {angle}");
            }
        }
    }
}
