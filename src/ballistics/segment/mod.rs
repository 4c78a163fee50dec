//! Where on a cartridge-case head the marks are: primer circle, aperture, firing-pin impression, breech face.
//!
//! Works on raw scans and photographs of a whole head or part of one, and lets a scan through that is processed
//! already. It looks for what firearms and primers must have (sizes, steps in height, flatness, circles) and for
//! nothing learnt from examples. Each part can be overridden by the user. It does not level or filter: see the
//! preparation. Called by the command line and the desk.

mod circle;
pub mod draw;
mod grid;
mod heights;
pub mod paint;
mod photo;
mod plane;
pub(super) mod region;
mod rim;
mod vote;

pub use circle::Circle;

use crate::ballistics::formats::Mask;
use crate::ballistics::surface::{Quantity, Surface};

/// Parts that the user draws; they are taken as they are and the rest is sought around them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Overrides {
    /// The primer's edge.
    pub primer: Option<Circle>,
    /// The outer edge of the breech-face impression.
    pub breech_face: Option<Circle>,
    /// The rim of the firing-pin aperture: what lies within is no breech face.
    pub aperture: Option<Circle>,
    /// The firing-pin impression.
    pub pin: Option<Circle>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Segmentation {
    /// What the surface shows.
    pub kind: SegmentKind,
    /// The primer's edge, if it is in the frame.
    pub primer: Option<Circle>,
    /// The circle around the breech-face impression, for drawing and as a first centre.
    pub breech_circle: Option<Circle>,
    /// The rim of the firing-pin aperture.
    pub aperture: Option<Circle>,
    /// The firing-pin impression.
    pub pin: Option<Circle>,
    /// The points that bear breech-face marks.
    pub breech_face: Mask,
    /// The points of the firing-pin impression; none are kept when there is none.
    pub firing_pin: Mask,
    /// What the user should look at.
    pub notes: Vec<SegmentNote>,
}

/// What a surface shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// A head, or part of one, with more than the breech face.
    Head,
    /// A breech face alone: processed before, or a close-up. All its measured points are kept.
    BreechFaceOnly,
}

/// Something the user should look at before trusting the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentNote {
    /// The primer's edge was not found: it is outside the frame, or flush.
    NoPrimerEdge,
    /// No firing-pin impression was found.
    NoFiringPin,
    /// The rim of the aperture was not found.
    NoAperture,
    /// Less than half of the primer is in the frame.
    Partial,
    /// Little of the primer is flat: the breech face may be wrong.
    LittleFlat,
    /// A part was drawn by the user.
    Overridden,
}

impl std::fmt::Display for SegmentNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoPrimerEdge => "the primer's edge was not found: give it with --centre and --radius",
            Self::NoFiringPin => "no firing-pin impression was found: give it with --pin if there is one",
            Self::NoAperture => "the rim of the firing-pin aperture was not found: give it with --aperture",
            Self::Partial => "less than half of the primer is in the frame",
            Self::LittleFlat => "little of the primer is flat: look at the breech face before using it",
            Self::Overridden => "parts of this were drawn by the user",
        })
    }
}

/// Why nothing could be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SegmentError {
    /// No circle of a primer's size.
    #[error(
        "no primer was found: no edge of a circle 4.4 to 5.4 mm across, no rim of an aperture, no firing-pin impression; give it with --centre and --radius"
    )]
    NoPrimer,
    /// No flat part.
    #[error(
        "no flat part was found that could be a breech-face impression; give it with --centre and --radius"
    )]
    NoBreechFace,
    /// Too few points.
    #[error("too little was measured to find anything in")]
    TooLittle,
}

/// Finds the parts of a head.
///
/// # Errors
/// [`SegmentError`] when there is nothing that could be a primer or a breech face.
pub fn segment(surface: &Surface, overrides: &Overrides) -> Result<Segmentation, SegmentError> {
    let mut found = match surface.quantity {
        Quantity::Height => heights::segment(surface, overrides)?,
        Quantity::Reflectance => photo::segment(surface, overrides)?,
    };
    if *overrides != Overrides::default() {
        found.notes.push(SegmentNote::Overridden);
    }
    Ok(found)
}

/// The parts as a person painted them; nothing is sought.
pub fn painted(parts: paint::Painted) -> Segmentation {
    Segmentation {
        kind: SegmentKind::Head,
        primer: None,
        breech_circle: None,
        aperture: None,
        pin: None,
        breech_face: parts.breech_face,
        firing_pin: parts.firing_pin,
        notes: vec![SegmentNote::Overridden],
    }
}

/// Everything that was measured.
fn measured(surface: &Surface) -> Mask {
    let keep = surface.values.iter().map(|value| value.is_finite()).collect();
    Mask { cols: surface.cols, rows: surface.rows, keep }
}

fn none_of(surface: &Surface) -> Mask {
    Mask { cols: surface.cols, rows: surface.rows, keep: vec![false; surface.cols * surface.rows] }
}

/// The place of a point in micrometres.
fn place(surface: &Surface, at: usize) -> (f64, f64) {
    let (col, row) = (at % surface.cols, at / surface.cols);
    ((col as f64 + 0.5) * surface.pitch_x.0, (row as f64 + 0.5) * surface.pitch_y.0)
}

/// The share of a circle's rim that is in the frame.
fn share_in_frame(surface: &Surface, circle: &Circle) -> f64 {
    let (width, height) = (surface.cols as f64 * surface.pitch_x.0, surface.rows as f64 * surface.pitch_y.0);
    let inside = (0..360).filter(|degree| {
        let (sin, cos) = f64::from(*degree).to_radians().sin_cos();
        let (x, y) = (circle.x + circle.radius * cos, circle.y + circle.radius * sin);
        x >= 0.0 && y >= 0.0 && x <= width && y <= height
    });
    inside.count() as f64 / 360.0
}
