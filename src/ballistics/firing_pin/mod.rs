//! The firing-pin impression as an exhibit of its own: cut out, freed of the pin's form, compared by its own cells.
//!
//! The means are those of the breech face at twice the magnification: an impression is about half as wide as the flat
//! part around it and its marks are finer by as much, so every length of the preparation and of the cells is halved
//! ([`Parameters`] names them as they are on the metal). What differs is the form: a pit a quarter of a millimetre
//! deep, which [`form`] takes away before the band-pass. It does not find the impression (the segmentation does) and
//! there is no calibration for it: a score here has no likelihood ratio. Called by the command line.

mod form;

use serde::{Deserialize, Serialize};

use super::confirm::{self, CellRecord, Comparison, Exhibit};
use super::formats::Mask;
use super::prepare::{self, PrepareError, Prepared};
use super::segment::{SegmentKind, Segmentation};
use super::surface::{Micrometres, Quantity, Surface};

/// How many times an impression is magnified to be treated like a breech face.
const MAGNIFICATION: f64 = 2.0;

/// Waves of fewer points are more noise than surface, and their cutoff moves up (ISO 25178-3 asks at least three points
/// of an optical instrument within the short nesting index).
const POINTS_A_WAVE: f64 = 3.0;

/// Points further apart see too little of a band that ends at 150 µm.
const COARSEST_UM: f64 = 15.0;

/// How an impression is prepared and compared, in lengths on the metal. It is recorded with the result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// Degree of the polynomial that takes the pin's form away before the mean of every ring is subtracted.
    pub form_degree: usize,
    /// Points on steeper slopes (rise over run) are the wall of the pit and left out.
    pub steepest: f64,
    /// Band, pitch and edge.
    pub prepared: prepare::Parameters,
    /// Cells and when they agree.
    pub confirmed: confirm::Parameters,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            form_degree: form::DEGREE,
            // Metal at 45 degrees has slid along the pin, and optical instruments see little of it.
            steepest: 1.0,
            prepared: scaled_band(&prepare::Parameters::default(), 1.0 / MAGNIFICATION),
            confirmed: scaled_cells(confirm::Parameters::default(), 1.0 / MAGNIFICATION),
        }
    }
}

/// Why there is no firing-pin impression to compare.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Absent {
    /// A processed scan, or a close-up.
    #[error("it holds a breech face alone, without the firing-pin impression")]
    BreechFaceAlone,
    /// The segmentation found none.
    #[error("no firing-pin impression was found in it")]
    NotFound,
    /// Its marks are finer than the points are apart.
    #[error("its points are {0:.1} µm apart; the marks of a firing pin need 15 µm or less")]
    Coarse(f64),
    /// Too little of it is left.
    #[error(
        "only {0:.3} square millimetres of its firing-pin impression can be used; at least 0.025 are needed"
    )]
    Small(f64),
    /// Nothing in the band.
    #[error("its firing-pin impression cannot be prepared: {0}")]
    Prepare(PrepareError),
}

/// A prepared firing-pin impression.
#[derive(Debug, Clone, PartialEq)]
pub struct Impression {
    /// Magnified; nothing outside this module sees its lengths.
    prepared: Prepared,
}

impl Impression {
    /// Cuts the impression out of a surface and makes it ready.
    ///
    /// # Errors
    /// [`Absent`], when there is none or it cannot be used.
    pub fn of(surface: &Surface, found: &Segmentation, parameters: &Parameters) -> Result<Self, Absent> {
        if found.kind == SegmentKind::BreechFaceOnly && found.firing_pin.count() == 0 {
            return Err(Absent::BreechFaceAlone);
        }
        Self::within(surface, &found.firing_pin, parameters)
    }

    /// As [`Impression::of`], for a region that someone drew.
    ///
    /// # Errors
    /// As [`Impression::of`].
    pub fn within(surface: &Surface, region: &Mask, parameters: &Parameters) -> Result<Self, Absent> {
        let pitch = surface.pitch_x.0.max(surface.pitch_y.0);
        if pitch > COARSEST_UM {
            return Err(Absent::Coarse(pitch));
        }
        let (mut pit, offset) = cut_out(surface, region).ok_or(Absent::NotFound)?;
        if pit.quantity == Quantity::Height {
            drop_walls(&mut pit, parameters.steepest);
            form::remove(&mut pit);
        }
        pit.pitch_x.0 *= MAGNIFICATION;
        pit.pitch_y.0 *= MAGNIFICATION;
        let mut band = parameters.prepared.clone();
        band.short_cutoff.0 = band.short_cutoff.0.max(POINTS_A_WAVE * pitch);
        let magnified = scaled_band(&band, MAGNIFICATION);
        let mut prepared = prepare::prepare(&pit, &magnified).map_err(|error| match error {
            PrepareError::TooLittle(area) => Absent::Small(area / MAGNIFICATION.powi(2)),
            other => Absent::Prepare(other),
        })?;
        // Places are told from the middle of the scan, not of what was cut out of it.
        prepared.middle.0 += (MAGNIFICATION * offset.0) as f32;
        prepared.middle.1 += (MAGNIFICATION * offset.1) as f32;
        Ok(Self { prepared })
    }

    /// The short cutoff that was used: that of the parameters, or more where the points are far apart.
    pub fn short_cutoff(&self) -> Micrometres {
        Micrometres(self.prepared.parameters.short_cutoff.0 / MAGNIFICATION)
    }

    /// One robust standard deviation of the band-passed impression, in the surface's unit.
    pub fn roughness(&self) -> f32 {
        self.prepared.roughness
    }

    /// Whether it holds grey values instead of heights.
    pub fn is_photograph(&self) -> bool {
        self.prepared.quantity == Quantity::Reflectance
    }
}

/// Compares two impressions in both directions; lengths of the result are those on the metal.
pub fn compare(a: Impression, b: Impression, parameters: &Parameters) -> Comparison {
    let (a, b) = (Exhibit::new(a.prepared), Exhibit::new(b.prepared));
    let found = confirm::compare(&a, &b, &scaled_cells(parameters.confirmed, MAGNIFICATION));
    let real = |um: f32| um / MAGNIFICATION as f32;
    let records = |cells: Vec<CellRecord>| {
        cells
            .into_iter()
            .map(|cell| CellRecord {
                x_um: real(cell.x_um),
                y_um: real(cell.y_um),
                found_x_um: real(cell.found_x_um),
                found_y_um: real(cell.found_y_um),
                ..cell
            })
            .collect()
    };
    Comparison {
        shift_um: (real(found.shift_um.0), real(found.shift_um.1)),
        forward: records(found.forward),
        backward: records(found.backward),
        ..found
    }
}

fn scaled_band(band: &prepare::Parameters, by: f64) -> prepare::Parameters {
    let scaled = |length: Micrometres| Micrometres(length.0 * by);
    prepare::Parameters {
        pitch: scaled(band.pitch),
        short_cutoff: scaled(band.short_cutoff),
        long_cutoff: scaled(band.long_cutoff),
        edge_erosion: scaled(band.edge_erosion),
        ..*band
    }
}

fn scaled_cells(cells: confirm::Parameters, by: f64) -> confirm::Parameters {
    let mut scaled = cells;
    scaled.cells.side *= by as f32;
    scaled.cells.window *= by as f32;
    scaled.thresholds.shift *= by as f32;
    scaled
}

/// The smallest rectangle around the region, nothing measured outside the region, and where its middle lies from the
/// surface's, in micrometres; `None` for an empty region.
fn cut_out(surface: &Surface, region: &Mask) -> Option<(Surface, (f64, f64))> {
    let kept = |at: &usize| region.keep[*at] && surface.values[*at].is_finite();
    let points = surface.values.len().min(region.keep.len());
    let (mut left, mut right, mut top, mut bottom) = (usize::MAX, 0, usize::MAX, 0);
    for at in (0..points).filter(kept) {
        let (col, row) = (at % surface.cols, at / surface.cols);
        (left, right) = (left.min(col), right.max(col));
        (top, bottom) = (top.min(row), bottom.max(row));
    }
    if left > right {
        return None;
    }
    let (cols, rows) = (right - left + 1, bottom - top + 1);
    let values = (0..cols * rows)
        .map(|at| (top + at / cols) * surface.cols + left + at % cols)
        .map(|at| if kept(&at) { surface.values[at] } else { f32::NAN })
        .collect();
    let offset = (
        ((left + right) as f64 - (surface.cols as f64 - 1.0)) / 2.0 * surface.pitch_x.0,
        ((top + bottom) as f64 - (surface.rows as f64 - 1.0)) / 2.0 * surface.pitch_y.0,
    );
    Some((Surface { cols, rows, values, ..*surface }, offset))
}

/// Drops points on slopes steeper than `steepest`, measured over some 30 µm; where a side is missing the other decides.
fn drop_walls(surface: &mut Surface, steepest: f64) {
    const HALF_BASE_UM: f64 = 15.0;
    let half = |pitch: f64| (HALF_BASE_UM / pitch).round().max(1.0) as usize;
    let (across, down) = (half(surface.pitch_x.0), half(surface.pitch_y.0));
    let rise = |at: f32, before: Option<f32>, after: Option<f32>, run: f64| match (before, after) {
        (Some(before), Some(after)) => f64::from(after - before) / (2.0 * run),
        (Some(before), None) => f64::from(at - before) / run,
        (None, Some(after)) => f64::from(after - at) / run,
        (None, None) => 0.0,
    };
    let steep: Vec<bool> = (0..surface.values.len())
        .map(|at| {
            let (x, y) = (at % surface.cols, at / surface.cols);
            let left = x.checked_sub(across).and_then(|x| surface.at(x, y));
            let above = y.checked_sub(down).and_then(|y| surface.at(x, y));
            let (z, run_x) = (surface.values[at], across as f64 * surface.pitch_x.0);
            let along = rise(z, left, surface.at(x + across, y), run_x);
            let below = rise(z, above, surface.at(x, y + down), down as f64 * surface.pitch_y.0);
            along.hypot(below) > steepest
        })
        .collect();
    for (value, _) in surface.values.iter_mut().zip(&steep).filter(|(_, steep)| **steep) {
        *value = f32::NAN;
    }
}
