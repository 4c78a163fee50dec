//! A measured surface: a grid of heights with its pitch, and what is missing.
//!
//! It is the one shape that every format is read into and every step of the method works on. It is not a picture
//! (see `formats::photo` for how a photograph becomes one) and it knows nothing of files.

/// A length in micrometres.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, serde::Serialize, serde::Deserialize)]
pub struct Micrometres(pub f64);

/// An angle in degrees, positive anticlockwise with x to the right and y up the page.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, serde::Serialize, serde::Deserialize)]
pub struct Degrees(pub f64);

/// What the values of a [`Surface`] measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Heights in micrometres, from an areal instrument.
    Height,
    /// Grey values between 0 and 1, from a photograph: they follow the light, not the height.
    Reflectance,
}

/// A rectangular grid of values, row by row with x fastest; a missing point is NaN and nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct Surface {
    /// Points along x.
    pub cols: usize,
    /// Points along y.
    pub rows: usize,
    /// Distance between neighbours along x.
    pub pitch_x: Micrometres,
    /// Distance between neighbours along y.
    pub pitch_y: Micrometres,
    /// What `values` measure.
    pub quantity: Quantity,
    /// `cols * rows` values.
    pub values: Vec<f32>,
}

impl Surface {
    /// The value at column `x` and row `y`; `None` outside the grid or where nothing was measured.
    pub fn at(&self, x: usize, y: usize) -> Option<f32> {
        if x >= self.cols || y >= self.rows {
            return None;
        }
        self.values.get(y * self.cols + x).copied().filter(|value| value.is_finite())
    }

    /// The share of points that were measured, from 0 to 1.
    pub fn coverage(&self) -> f64 {
        if self.values.is_empty() {
            return 0.0;
        }
        let measured = self.values.iter().filter(|value| value.is_finite()).count();
        measured as f64 / self.values.len() as f64
    }
}
