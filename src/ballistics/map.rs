//! A map: heights on a square grid of one pitch, in the form that correlation wants.
//!
//! A missing point has value 0 and weight 0, never NaN, so sums of products need no branch. It is made by
//! [`crate::ballistics::prepare`] from a [`crate::ballistics::surface::Surface`] and used by the signature and by
//! the confirmation; it is not a format and is never written to a file as it is.

/// Heights (in units of their own spread, about 1) with weights, row by row, x fastest, row 0 at the top.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Points along x.
    pub cols: usize,
    /// Points along y.
    pub rows: usize,
    /// Micrometres between neighbours, along both axes.
    pub pitch: f32,
    /// `cols * rows` heights; 0 where nothing was measured.
    pub z: Vec<f32>,
    /// `cols * rows` weights; 1 where measured, 0 elsewhere.
    pub m: Vec<f32>,
}

impl Map {
    /// A map with nothing measured.
    pub fn empty(cols: usize, rows: usize, pitch: f32) -> Self {
        Self { cols, rows, pitch, z: vec![0.0; cols * rows], m: vec![0.0; cols * rows] }
    }

    /// How many points were measured.
    pub fn measured(&self) -> usize {
        self.m.iter().filter(|weight| **weight > 0.0).count()
    }

    /// Position of a point in micrometres from the middle of the grid, x to the right and y down.
    pub fn position(&self, col: f32, row: f32) -> (f32, f32) {
        let (cx, cy) = self.middle();
        ((col - cx) * self.pitch, (row - cy) * self.pitch)
    }

    /// Column and row (fractional) of a position in micrometres from the middle of the grid.
    pub fn index(&self, x: f32, y: f32) -> (f32, f32) {
        let (cx, cy) = self.middle();
        (x / self.pitch + cx, y / self.pitch + cy)
    }

    fn middle(&self) -> (f32, f32) {
        ((self.cols as f32 - 1.0) / 2.0, (self.rows as f32 - 1.0) / 2.0)
    }

    /// Value and weight at a fractional column and row: bilinear over the measured neighbours.
    ///
    /// The weight is 1 where at least half of the interpolation rests on measured points, else 0 with value 0. The
    /// last column and row have no neighbour beyond them: a map keeps a missing border for that.
    #[inline]
    pub fn sample(&self, col: f32, row: f32) -> (f32, f32) {
        let (x, y) = (col as usize, row as usize);
        // One comparison per side keeps NaN out too.
        if !(col >= 0.0 && row >= 0.0 && x + 1 < self.cols && y + 1 < self.rows) {
            return (0.0, 0.0);
        }
        let (fx, fy) = (col - x as f32, row - y as f32);
        let (upper, lower) = (y * self.cols + x, (y + 1) * self.cols + x);
        let (z0, z1) = (&self.z[upper..upper + 2], &self.z[lower..lower + 2]);
        let (m0, m1) = (&self.m[upper..upper + 2], &self.m[lower..lower + 2]);
        let left = 1.0 - fx;
        let sum = (left * z0[0] + fx * z0[1]) * (1.0 - fy) + (left * z1[0] + fx * z1[1]) * fy;
        let weight = (left * m0[0] + fx * m0[1]) * (1.0 - fy) + (left * m1[0] + fx * m1[1]) * fy;
        if weight < 0.5 { (0.0, 0.0) } else { (sum / weight, 1.0) }
    }

    /// This map seen at another pitch: Gaussian-weighted means over the measured points, half the new pitch wide.
    ///
    /// A point of the result counts as measured where at least half of its weight is.
    #[must_use]
    pub fn at_pitch(&self, pitch: f32) -> Self {
        let ratio = pitch / self.pitch;
        let cols = (self.cols as f32 / ratio).round().max(1.0) as usize;
        let rows = (self.rows as f32 / ratio).round().max(1.0) as usize;
        let across = super::prepare::resample::Taps::between(self.cols, self.pitch, cols, pitch, 0.5 * pitch);
        let down = super::prepare::resample::Taps::between(self.rows, self.pitch, rows, pitch, 0.5 * pitch);
        let (z, m) = super::prepare::resample::apply(&self.z, &self.m, &across, &down);
        Self { cols, rows, pitch, z, m }
    }
}
