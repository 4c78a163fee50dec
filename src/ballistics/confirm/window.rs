//! The masked correlation of one small patch with every offset in a window of a map.
//!
//! This is where a confirmation spends its time, so it is written for vector registers: as many offsets along x as
//! a register holds are summed at once, each in the same order on every machine, hence with the same result. Called by `confirm::cells` only.

#![expect(
    clippy::inline_always,
    reason = "vector code is compiled for each register width only where it is inlined into the dispatch"
)]

use super::rigid::FLAT;
use crate::ballistics::map::Map;
use crate::ballistics::signature::lanes::load;

/// A small square patch of heights.
#[derive(Debug, Clone)]
pub struct Patch {
    /// Points along each side.
    pub side: usize,
    /// Heights, 0 where not measured.
    pub z: Vec<f32>,
    /// Weights, 1 or 0.
    pub m: Vec<f32>,
}

/// A map with its squares beside it and a border wide enough that no window leaves it.
#[derive(Debug, Clone)]
pub struct Padded {
    border: usize,
    width: usize,
    height: usize,
    z: Vec<f32>,
    m: Vec<f32>,
    zz: Vec<f32>,
}

/// Lanes of the widest register.
const LANES: usize = 16;

impl Padded {
    /// The map with `border` missing points on every side, and a register's worth more on the right.
    pub fn new(map: &Map, border: usize) -> Self {
        let width = map.cols + 2 * border + LANES;
        let height = map.rows + 2 * border;
        let mut padded = Self {
            border,
            width,
            height,
            z: vec![0.0; width * height],
            m: vec![0.0; width * height],
            zz: vec![0.0; width * height],
        };
        for row in 0..map.rows {
            let to = (row + border) * width + border;
            let from = row * map.cols;
            padded.z[to..to + map.cols].copy_from_slice(&map.z[from..from + map.cols]);
            padded.m[to..to + map.cols].copy_from_slice(&map.m[from..from + map.cols]);
            for (zz, z) in padded.zz[to..to + map.cols].iter_mut().zip(&map.z[from..from + map.cols]) {
                *zz = z * z;
            }
        }
        padded
    }

    /// Correlation (0 where fewer than `least` points overlap) of `patch` with its top left corner at each of
    /// `count` x `count` places from (`left`, `top`), which are in points of the map and may be negative.
    ///
    /// `out` holds `count` rows of `count` values. Places that leave the border count as no overlap.
    pub fn correlate(
        &self,
        patch: &Patch,
        left: isize,
        top: isize,
        count: usize,
        least: f32,
        out: &mut Vec<f32>,
    ) {
        out.clear();
        out.resize(count * count, 0.0);
        pulp::Arch::new().dispatch(Look { map: self, patch, left, top, count, least, out });
    }
}

/// One measured point of a patch: how far it is from the patch's corner in a padded map, its height and the square.
#[derive(Debug, Clone, Copy)]
struct Tap {
    offset: usize,
    z: f32,
    zz: f32,
}

/// One call of [`Padded::correlate`], in the form that is compiled once for each kind of vector register.
struct Look<'a> {
    map: &'a Padded,
    patch: &'a Patch,
    left: isize,
    top: isize,
    count: usize,
    least: f32,
    out: &'a mut [f32],
}

impl pulp::WithSimd for Look<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, simd: S) {
        let (map, count, side) = (self.map, self.count, self.patch.side);
        let taps = self.patch.taps(map.width);
        for dy in 0..count {
            let Ok(y) = usize::try_from(self.top + (dy + map.border) as isize) else { continue };
            if y + side > map.height {
                continue;
            }
            for block in (0..count).step_by(S::F32_LANES) {
                let Ok(x) = usize::try_from(self.left + (block + map.border) as isize) else { continue };
                if x + side + S::F32_LANES > map.width {
                    continue;
                }
                let correlations = map.correlations(simd, &taps, y * map.width + x, self.least);
                let line = &mut self.out[dy * count + block..(dy + 1) * count];
                simd.partial_store_f32s(&mut line[..S::F32_LANES.min(count - block)], correlations);
            }
        }
    }
}

impl Patch {
    fn taps(&self, width: usize) -> Vec<Tap> {
        let measured = self.z.iter().zip(&self.m).enumerate().filter(|(_, (_, m))| **m > 0.0);
        measured
            .map(|(at, (z, _))| Tap { offset: at / self.side * width + at % self.side, z: *z, zz: z * z })
            .collect()
    }
}

impl Padded {
    /// [`Sums::overlap`](super::rigid::Sums::overlap) at neighbouring places, one a lane; 0 under `least` points.
    ///
    /// Products are not fused with sums, so that a register of any width gives the same bits.
    #[inline(always)]
    fn correlations<S: pulp::Simd>(&self, simd: S, taps: &[Tap], corner: usize, least: f32) -> S::f32s {
        let zero = simd.splat_f32s(0.0);
        let (mut n, mut a, mut aa) = (zero, zero, zero);
        let (mut b, mut bb, mut ab) = (zero, zero, zero);
        for tap in taps {
            let at = corner + tap.offset;
            let (z, m, zz) = (load::<S>(&self.z, at), load::<S>(&self.m, at), load::<S>(&self.zz, at));
            let (height, square) = (simd.splat_f32s(tap.z), simd.splat_f32s(tap.zz));
            n = simd.add_f32s(n, m);
            a = simd.add_f32s(a, simd.mul_f32s(height, m));
            aa = simd.add_f32s(aa, simd.mul_f32s(square, m));
            b = simd.add_f32s(b, z);
            bb = simd.add_f32s(bb, zz);
            ab = simd.add_f32s(ab, simd.mul_f32s(height, z));
        }
        let count = simd.max_f32s(n, simd.splat_f32s(1.0));
        let centred = |sum: S::f32s, one: S::f32s, other: S::f32s| {
            simd.sub_f32s(sum, simd.div_f32s(simd.mul_f32s(one, other), count))
        };
        let (var_a, var_b, cov) = (centred(aa, a, a), centred(bb, b, b), centred(ab, a, b));
        let flat = simd.splat_f32s(FLAT);
        let product = simd.max_f32s(simd.mul_f32s(var_a, var_b), simd.splat_f32s(f32::MIN_POSITIVE));
        let correlation = simd.div_f32s(cov, simd.sqrt_f32s(product));
        let enough = simd.greater_than_or_equal_f32s(n, simd.splat_f32s(least.max(4.0)));
        let rough_a = simd.greater_than_f32s(var_a, simd.mul_f32s(flat, aa));
        let rough_b = simd.greater_than_f32s(var_b, simd.mul_f32s(flat, bb));
        let kept = simd.select_f32s(rough_a, correlation, zero);
        simd.select_f32s(enough, simd.select_f32s(rough_b, kept, zero), zero)
    }
}
