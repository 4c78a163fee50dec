//! A coarser copy of a surface with square points, on which circles and planes are sought.
//!
//! Called by the segmentation alone.

use crate::ballistics::surface::Surface;

/// Pitch sought for the coarse copy: fine enough for edges that are then refined, coarse enough to be quick.
const PITCH_UM: f64 = 25.0;

/// A grid of means with its own pitches; missing is NaN.
pub(super) struct Grid {
    pub cols: usize,
    pub rows: usize,
    pub pitch_x: f64,
    pub pitch_y: f64,
    pub values: Vec<f32>,
}

impl Grid {
    /// The surface point by point.
    pub(super) fn fine(surface: &Surface) -> Self {
        Self {
            cols: surface.cols,
            rows: surface.rows,
            pitch_x: surface.pitch_x.0,
            pitch_y: surface.pitch_y.0,
            values: surface.values.clone(),
        }
    }

    /// Means over blocks of the surface; a block counts when a third of it was measured.
    pub(super) fn coarse(surface: &Surface) -> Self {
        let step = |pitch: f64, count: usize| ((PITCH_UM / pitch).round() as usize).clamp(1, count.max(1));
        let (step_x, step_y) = (step(surface.pitch_x.0, surface.cols), step(surface.pitch_y.0, surface.rows));
        let (cols, rows) = (surface.cols / step_x, surface.rows / step_y);
        let mut values = Vec::with_capacity(cols * rows);
        for row in 0..rows {
            for col in 0..cols {
                let (mut sum, mut count) = (0.0f64, 0usize);
                for y in row * step_y..(row + 1) * step_y {
                    let line = &surface.values[y * surface.cols + col * step_x..][..step_x];
                    for value in line.iter().filter(|value| value.is_finite()) {
                        sum += f64::from(*value);
                        count += 1;
                    }
                }
                let enough = count > 0 && count * 3 >= step_x * step_y;
                values.push(if enough { (sum / count as f64) as f32 } else { f32::NAN });
            }
        }
        let (pitch_x, pitch_y) = (surface.pitch_x.0 * step_x as f64, surface.pitch_y.0 * step_y as f64);
        Self { cols, rows, pitch_x, pitch_y, values }
    }

    /// The centre of a block in micrometres.
    pub(super) fn position(&self, col: usize, row: usize) -> (f64, f64) {
        ((col as f64 + 0.5) * self.pitch_x, (row as f64 + 0.5) * self.pitch_y)
    }

    /// The value at a place by the nearest block; `None` outside or missing.
    pub(super) fn near(&self, x: f64, y: f64) -> Option<f32> {
        let (col, row) = ((x / self.pitch_x).floor(), (y / self.pitch_y).floor());
        if col < 0.0 || row < 0.0 || col >= self.cols as f64 || row >= self.rows as f64 {
            return None;
        }
        self.values.get(row as usize * self.cols + col as usize).copied().filter(|v| v.is_finite())
    }

    /// Each measured block with its place: x, y in micrometres and the value.
    pub(super) fn measured(&self) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        self.values.iter().enumerate().filter(|(_, v)| v.is_finite()).map(|(at, v)| {
            let (x, y) = self.position(at % self.cols, at / self.cols);
            (x, y, f64::from(*v))
        })
    }

    /// The mean of each block with its eight neighbours, missing ones left out; missing stays missing.
    #[must_use]
    pub(super) fn smoothed(&self) -> Self {
        let mut values = self.values.clone();
        for row in 0..self.rows {
            for col in 0..self.cols {
                let at = row * self.cols + col;
                if self.values[at].is_nan() {
                    continue;
                }
                let (mut sum, mut count) = (0.0f32, 0.0f32);
                for y in row.saturating_sub(1)..(row + 2).min(self.rows) {
                    for x in col.saturating_sub(1)..(col + 2).min(self.cols) {
                        let value = self.values[y * self.cols + x];
                        if value.is_finite() {
                            sum += value;
                            count += 1.0;
                        }
                    }
                }
                values[at] = sum / count;
            }
        }
        Self { values, ..*self }
    }

    /// Slopes along x and y by central differences; NaN at the border and beside missing blocks.
    pub(super) fn gradient(&self, col: usize, row: usize) -> Option<(f64, f64)> {
        if col == 0 || row == 0 || col + 1 >= self.cols || row + 1 >= self.rows {
            return None;
        }
        let at = |col: usize, row: usize| f64::from(self.values[row * self.cols + col]);
        let x = (at(col + 1, row) - at(col - 1, row)) / (2.0 * self.pitch_x);
        let y = (at(col, row + 1) - at(col, row - 1)) / (2.0 * self.pitch_y);
        (x.is_finite() && y.is_finite()).then_some((x, y))
    }
}
