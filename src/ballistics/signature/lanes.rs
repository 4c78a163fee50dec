//! Short inverse Fourier transforms of many spectra side by side.
//!
//! The shortlist turns the spectra of some eighty trial centres into correlations over all angles for every entry
//! of the gallery. One lane is one pair of centres, so that each butterfly is the same for a whole vector register;
//! no general transform library is as fast at this shape. Called by `signature::query` only.

/// Angles of the full circle that a ring is sampled at.
pub const ANGLES: usize = 128;

/// Twiddle factors and bit reversal of the transform of [`ANGLES`] points.
#[derive(Debug, Clone)]
pub struct LaneFft {
    twiddles: Vec<(f32, f32)>,
    reversed: Vec<usize>,
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
        let reversed =
            (0..ANGLES).map(|index| index.reverse_bits() >> (usize::BITS - bits)).collect();
        Self { twiddles, reversed }
    }

    /// Row of the working planes where harmonic `k` belongs before [`Self::inverse`].
    #[inline(always)]
    pub fn row_of(&self, k: usize) -> usize {
        self.reversed[k]
    }

    /// In place and unscaled, `re` and `im` being [`ANGLES`] rows of `lanes` values, rows in bit-reversed order.
    #[inline(always)]
    pub fn inverse(&self, re: &mut [f32], im: &mut [f32], lanes: usize) {
        let mut half = 1;
        while half < ANGLES {
            let stride = ANGLES / (2 * half);
            for start in (0..ANGLES).step_by(2 * half) {
                for k in 0..half {
                    let (wr, wi) = self.twiddles[k * stride];
                    let top = (start + k) * lanes;
                    let bottom = (start + k + half) * lanes;
                    let (re_top, re_bottom) = re.split_at_mut(bottom);
                    let (im_top, im_bottom) = im.split_at_mut(bottom);
                    let (ar, ai) = (&mut re_top[top..top + lanes], &mut im_top[top..top + lanes]);
                    let (br, bi) = (&mut re_bottom[..lanes], &mut im_bottom[..lanes]);
                    for (((ar, ai), br), bi) in ar.iter_mut().zip(ai).zip(br).zip(bi) {
                        let (tr, ti) = (*br * wr - *bi * wi, *br * wi + *bi * wr);
                        *br = *ar - tr;
                        *bi = *ai - ti;
                        *ar += tr;
                        *ai += ti;
                    }
                }
            }
            half *= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_transform_as_the_definition_says() {
        let fft = LaneFft::new();
        let lanes = 3;
        let (mut re, mut im) = (vec![0.0; ANGLES * lanes], vec![0.0; ANGLES * lanes]);
        for (lane, harmonic) in [(0, 1), (1, 5), (2, 47)] {
            re[fft.row_of(harmonic) * lanes + lane] = 1.0;
        }
        fft.inverse(&mut re, &mut im, lanes);
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
