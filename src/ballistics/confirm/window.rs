//! The masked correlation of one small patch with every offset in a window of a map.
//!
//! This is where a confirmation spends its time, so it is written for vector registers: sixteen offsets along x are
//! summed at once, in the same order on every machine, hence with the same result. Called by `confirm::cells` only.

use super::rigid::Sums;
use crate::ballistics::map::Map;

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
    pub fn correlate(&self, patch: &Patch, left: isize, top: isize, count: usize, least: f32, out: &mut Vec<f32>) {
        out.clear();
        out.resize(count * count, 0.0);
        pulp::Arch::new().dispatch(|| self.correlate_lanes(patch, left, top, count, least, out));
    }

    #[inline(always)]
    fn correlate_lanes(
        &self,
        patch: &Patch,
        left: isize,
        top: isize,
        count: usize,
        least: f32,
        out: &mut [f32],
    ) {
        let side = patch.side;
        for dy in 0..count {
            let y = top + dy as isize + self.border as isize;
            let Ok(y) = usize::try_from(y) else { continue };
            if y + side > self.height {
                continue;
            }
            for block in (0..count).step_by(LANES) {
                let x = left + block as isize + self.border as isize;
                let Ok(x) = usize::try_from(x) else { continue };
                if x + side + LANES > self.width {
                    continue;
                }
                let used = LANES.min(count - block);
                let sums = self.sum_block(patch, x, y);
                for lane in 0..used {
                    let overlap = sums.lane(lane).overlap();
                    out[dy * count + block + lane] =
                        if overlap.points < least { 0.0 } else { overlap.correlation };
                }
            }
        }
    }

    #[inline(always)]
    fn sum_block(&self, patch: &Patch, x: usize, y: usize) -> BlockSums {
        let mut sums = BlockSums::default();
        for row in 0..patch.side {
            let line = (y + row) * self.width + x;
            let span = patch.side + LANES;
            let (z, m, zz) = (&self.z[line..line + span], &self.m[line..line + span], &self.zz[line..line + span]);
            for col in 0..patch.side {
                let at = row * patch.side + col;
                if patch.m[at] == 0.0 {
                    continue;
                }
                let value = patch.z[at];
                let square = value * value;
                for lane in 0..LANES {
                    let (bz, bm, bzz) = (z[col + lane], m[col + lane], zz[col + lane]);
                    sums.n[lane] += bm;
                    sums.a[lane] += value * bm;
                    sums.aa[lane] += square * bm;
                    sums.b[lane] += bz;
                    sums.bb[lane] += bzz;
                    sums.ab[lane] += value * bz;
                }
            }
        }
        sums
    }
}

#[derive(Default)]
struct BlockSums {
    n: [f32; LANES],
    a: [f32; LANES],
    aa: [f32; LANES],
    b: [f32; LANES],
    bb: [f32; LANES],
    ab: [f32; LANES],
}

impl BlockSums {
    #[inline(always)]
    fn lane(&self, lane: usize) -> Sums {
        Sums {
            n: self.n[lane],
            a: self.a[lane],
            b: self.b[lane],
            aa: self.aa[lane],
            bb: self.bb[lane],
            ab: self.ab[lane],
        }
    }
}
