//! Photographs of a cartridge-case head: PNG, JPEG, TIFF and BMP, as grey values.
//!
//! A photograph knows light, not height, and often does not know its scale. The scale comes from the picture's
//! metadata where they can be believed, or from the user; it is never invented, and what needs it fails with the
//! option that gives it. Called by the command line and the desk.

mod resolution;
mod write;

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};

pub use resolution::{PrintedSize, Resolution, ResolutionSource};
pub use write::{PhotoWriteError, write_png};

use super::scan::{AxisUnit, AxisUnits, LengthUnit, Provenance, Scan, UnitSource, Warning};
use super::text::visible;
use crate::ballistics::surface::{Micrometres, Quantity, Surface};

/// A photograph, upright, in grey values from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Photograph {
    /// Pixels along x.
    pub cols: usize,
    /// Pixels along y.
    pub rows: usize,
    /// `cols * rows` grey values, the top row first.
    pub values: Vec<f32>,
    /// How large a pixel is, or why that is not known.
    pub resolution: Resolution,
    /// What kind of file it was.
    pub format: PhotoFormat,
    /// Bits a sample: 8 or 16, or 32 for floats.
    pub bits: u16,
    /// Whether the file had colours.
    pub colour: bool,
    /// Camera and date, where the file tells.
    pub provenance: Provenance,
    /// What is odd about the picture.
    pub warnings: Vec<Warning>,
}

/// The kinds of picture that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PhotoFormat {
    /// Portable network graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// TIFF.
    Tiff,
    /// Windows bitmap.
    Bmp,
}

impl PhotoFormat {
    /// The format by the first bytes, whatever the name says.
    pub fn detect(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Self::Tiff),
            [b'B', b'M', ..] => Some(Self::Bmp),
            _ => None,
        }
    }

    fn codec(self) -> ImageFormat {
        match self {
            Self::Png => ImageFormat::Png,
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Tiff => ImageFormat::Tiff,
            Self::Bmp => ImageFormat::Bmp,
        }
    }
}

/// What a picture may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoLimits {
    /// Pixels along either side.
    pub side: u32,
    /// Pixels in all.
    pub pixels: u64,
    /// Bytes the decoder may take.
    pub bytes: u64,
}

impl Default for PhotoLimits {
    fn default() -> Self {
        Self { side: 30_000, pixels: 100_000_000, bytes: 1024 * 1024 * 1024 }
    }
}

/// How to read a photograph.
#[derive(Debug, Clone, Copy, Default)]
pub struct PhotoOptions {
    /// Micrometres a pixel, when the user knows it; goes before the metadata.
    pub um_per_px: Option<f64>,
    /// What a file may cost.
    pub limits: PhotoLimits,
}

/// Why a photograph could not be read or used.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// Not one of the four kinds.
    #[error("not a picture that is read here: PNG, JPEG, TIFF or BMP")]
    UnknownFormat,
    /// Damaged, cut short, or of a variant the decoder does not know.
    #[error("the {format:?} picture cannot be decoded: {reason}")]
    Undecodable {
        /// Its kind.
        format: PhotoFormat,
        /// What the decoder says.
        reason: String,
    },
    /// More pixels than allowed.
    #[error("the picture is {cols} x {rows} pixels, more than is allowed ({limit} in all)")]
    TooLarge {
        /// Declared along x.
        cols: u32,
        /// Declared along y.
        rows: u32,
        /// Allowed in all.
        limit: u64,
    },
    /// Too small to show anything.
    #[error("the picture is {cols} x {rows} pixels: too small to show a mark")]
    TooSmall {
        /// Along x.
        cols: u32,
        /// Along y.
        rows: u32,
    },
    /// A pitch that no picture has.
    #[error("--um-per-px must be a number above 0 and at most 1000, not {0}")]
    BadPitch(f64),
    /// The pitch is needed and not known.
    #[error("the size of a pixel is not known ({0}): give it in micrometres with --um-per-px")]
    PitchUnknown(String),
}

/// Reads a photograph, turning it upright as its orientation tag says.
///
/// # Errors
/// [`PhotoError`] when it is damaged, too large, or `options` make no sense. An unknown pitch is no error here; see
/// [`Photograph::into_scan`].
pub fn read(bytes: &[u8], options: &PhotoOptions) -> Result<Photograph, PhotoError> {
    if let Some(pitch) = options.um_per_px.filter(|pitch| !(*pitch > 0.0 && *pitch <= 1000.0)) {
        return Err(PhotoError::BadPitch(pitch));
    }
    let format = PhotoFormat::detect(bytes).ok_or(PhotoError::UnknownFormat)?;
    let (picture, orientation) = decode(bytes, format, options.limits)?;
    let colour = picture.color().has_color();
    let bits = picture.color().bits_per_pixel() / u16::from(picture.color().channel_count());
    let (cols, rows) = (picture.width() as usize, picture.height() as usize);
    let metadata = resolution::metadata(bytes, format);
    let resolution = match options.um_per_px {
        Some(pitch) => Resolution::given(Micrometres(pitch)),
        None => metadata.resolution((cols, rows), swaps_sides(orientation)),
    };
    let values: Vec<f32> = picture.to_luma32f().into_raw();
    // A float TIFF may hold anything; grey values are between black and white.
    let values: Vec<f32> =
        values.into_iter().map(|v| if v.is_finite() { v.clamp(0.0, 1.0) } else { 0.0 }).collect();
    let warnings = saturation(&values).into_iter().collect();
    Ok(Photograph {
        cols,
        rows,
        values,
        resolution,
        format,
        bits,
        colour,
        provenance: metadata.provenance,
        warnings,
    })
}

impl Photograph {
    /// The photograph as a surface of grey values.
    ///
    /// # Errors
    /// [`PhotoError::PitchUnknown`] when neither the metadata nor the user told the size of a pixel.
    pub fn into_scan(self) -> Result<Scan, PhotoError> {
        let (pitch_x, pitch_y, source) = match self.resolution {
            Resolution::Known { pitch_x, pitch_y, source } => (pitch_x, pitch_y, source),
            Resolution::Unknown { why } => return Err(PhotoError::PitchUnknown(why)),
        };
        let source = match source {
            ResolutionSource::Given => UnitSource::Given,
            ResolutionSource::Metadata(_) => UnitSource::Metadata,
        };
        let axis = AxisUnit { unit: LengthUnit::Micrometre, source };
        Ok(Scan {
            surface: Surface {
                cols: self.cols,
                rows: self.rows,
                pitch_x,
                pitch_y,
                quantity: Quantity::Reflectance,
                values: self.values,
            },
            mask: None,
            units: AxisUnits { x: axis, y: axis, z: None },
            provenance: self.provenance,
            warnings: self.warnings,
        })
    }
}

fn decode(
    bytes: &[u8],
    format: PhotoFormat,
    limits: PhotoLimits,
) -> Result<(DynamicImage, Orientation), PhotoError> {
    let undecodable =
        |error: &image::ImageError| PhotoError::Undecodable { format, reason: visible(&error.to_string()) };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format.codec());
    let mut allowed = image::Limits::default();
    allowed.max_image_width = Some(limits.side);
    allowed.max_image_height = Some(limits.side);
    allowed.max_alloc = Some(limits.bytes);
    reader.limits(allowed);
    let mut decoder = reader.into_decoder().map_err(|error| undecodable(&error))?;
    let (cols, rows) = decoder.dimensions();
    if u64::from(cols) * u64::from(rows) > limits.pixels {
        return Err(PhotoError::TooLarge { cols, rows, limit: limits.pixels });
    }
    if cols < 16 || rows < 16 {
        return Err(PhotoError::TooSmall { cols, rows });
    }
    // A broken orientation tag is no reason to lose the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| undecodable(&error))?;
    picture.apply_orientation(orientation);
    Ok((picture, orientation))
}

fn swaps_sides(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// A warning when more than 5 % of the samples are at either end: glare and black shadow hide marks.
fn saturation(values: &[f32]) -> Option<Warning> {
    let lost = values.iter().filter(|v| **v <= 0.0 || **v >= 1.0).count();
    let per_cent = (100.0 * lost as f64 / values.len().max(1) as f64).round() as u32;
    (per_cent > 5).then_some(Warning::Saturated { per_cent })
}
