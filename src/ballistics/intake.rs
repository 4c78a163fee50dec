//! From the bytes of a file to the breech face and the firing-pin impression in it: read, find the parts, cut out.
//!
//! One way for all who compare exhibits, so that a scan looks the same to `compare`, `rank`, `validate` and the gallery
//! of a workspace. It opens no file and prepares nothing. Called by the command line and the desk.

use super::firing_pin::{Absent, Impression, Parameters};
use super::formats::{self, FormatError, Mask, ReadOptions, Scan};
use super::segment::paint::{self, PaintError};
use super::segment::{self, Overrides, SegmentError, SegmentKind, Segmentation};
use super::surface::Surface;

/// Where the parts come from.
#[derive(Debug, Clone, Copy)]
pub enum Masking<'a> {
    /// They are sought.
    Found,
    /// The mask in the file is the breech face, where it has one; else they are sought.
    Stored,
    /// A person painted them: the bytes of a picture as [`paint`] writes it.
    Painted(&'a [u8]),
}

/// A scan whose parts are known.
#[derive(Debug, Clone)]
pub struct Intake {
    scan: Scan,
    /// `None` where the mask of the file was used.
    found: Option<Segmentation>,
    /// `None` keeps all that was measured.
    breech_face: Option<Mask>,
    /// Doubts of the reader and of the segmentation, in sentences.
    pub notes: Vec<String>,
}

/// Why a file gives no exhibit.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// It cannot be read.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// It has no parts.
    #[error(transparent)]
    Segment(#[from] SegmentError),
    /// The painted picture.
    #[error("the picture of the parts cannot be used: {0}")]
    Paint(#[from] PaintError),
    /// The mask of the file is of another grid.
    #[error("the mask in the file has another size than the surface; leave out --file-mask")]
    StoredMask,
}

impl Intake {
    /// Reads a file and finds its parts.
    ///
    /// # Errors
    /// [`IntakeError`], in words for the user.
    pub fn read(bytes: &[u8], options: &ReadOptions, masking: Masking<'_>) -> Result<Self, IntakeError> {
        let scan = formats::read_scan(bytes, options)?;
        let mut notes: Vec<String> = scan.warnings.iter().map(ToString::to_string).collect();
        let found = match (masking, &scan.mask) {
            (Masking::Stored, Some(mask)) => {
                if (mask.cols, mask.rows) != (scan.surface.cols, scan.surface.rows) {
                    return Err(IntakeError::StoredMask);
                }
                notes.push("the mask stored in the file was used".to_owned());
                let breech_face = Some(mask.clone());
                return Ok(Self { scan, found: None, breech_face, notes });
            }
            (Masking::Painted(picture), _) => segment::painted(paint::read(picture, &scan.surface)?),
            _ => segment::segment(&scan.surface, &Overrides::default())?,
        };
        notes.extend(found.notes.iter().map(ToString::to_string));
        let breech_face = (found.kind == SegmentKind::Head).then(|| found.breech_face.clone());
        Ok(Self { scan, found: Some(found), breech_face, notes })
    }

    /// The firing-pin impression, made ready.
    ///
    /// # Errors
    /// [`Absent`], with the reason.
    pub fn impression(&self, parameters: &Parameters) -> Result<Impression, Absent> {
        if let Some(found) = &self.found {
            return Impression::of(&self.scan.surface, found, parameters);
        }
        // The mask of the file tells the breech face alone.
        let found = segment::segment(&self.scan.surface, &Overrides::default());
        found
            .map_err(|_| Absent::NotFound)
            .and_then(|found| Impression::of(&self.scan.surface, &found, parameters))
    }

    /// The surface with nothing measured but the breech face.
    #[must_use]
    pub fn into_breech_face(self) -> Surface {
        let mut surface = self.scan.surface;
        if let Some(mask) = &self.breech_face {
            for (value, _) in surface.values.iter_mut().zip(&mask.keep).filter(|(_, keep)| !**keep) {
                *value = f32::NAN;
            }
        }
        surface
    }
}
