//! The files a surface comes in, read into one shape: [`Scan`].
//!
//! It decides by the first bytes what a file is, never by its name. It does not touch the disk: callers hand it
//! bytes, so that a test, a fuzz target and the command line take the same road. Called by the command line and the
//! desk.

pub mod photo;
pub mod scan;
pub mod text;
pub mod x3p;

use photo::{PhotoError, PhotoFormat, PhotoOptions, Photograph};
pub use scan::{AxisUnit, AxisUnits, LengthUnit, Mask, Provenance, Scan, UnitOverride, UnitSource, Warning};
use x3p::X3pError;

/// How to read any file.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions {
    /// For X3P.
    pub x3p: x3p::ReadOptions,
    /// For photographs.
    pub photo: PhotoOptions,
}

/// A file, read.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Heights.
    Scan(Box<Scan>),
    /// Light.
    Photograph(Box<Photograph>),
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// An X3P that cannot be read.
    #[error(transparent)]
    X3p(#[from] X3pError),
    /// A photograph that cannot be read or used.
    #[error(transparent)]
    Photo(#[from] PhotoError),
    /// Neither.
    #[error("neither an X3P scan nor a PNG, JPEG, TIFF or BMP picture")]
    Unknown,
    /// Nothing there.
    #[error("the file is empty")]
    Empty,
}

/// Reads a file of any kind.
///
/// # Errors
/// [`FormatError`], by the kind of file that the first bytes show.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Input, FormatError> {
    if bytes.is_empty() {
        return Err(FormatError::Empty);
    }
    if bytes.starts_with(b"PK") {
        return Ok(Input::Scan(Box::new(x3p::read(bytes, &options.x3p)?)));
    }
    if PhotoFormat::detect(bytes).is_some() {
        return Ok(Input::Photograph(Box::new(photo::read(bytes, &options.photo)?)));
    }
    Err(FormatError::Unknown)
}

/// Reads a file of any kind as a surface with a scale.
///
/// # Errors
/// As [`read`], and [`PhotoError::PitchUnknown`] for a photograph without a scale.
pub fn read_scan(bytes: &[u8], options: &ReadOptions) -> Result<Scan, FormatError> {
    match read(bytes, options)? {
        Input::Scan(scan) => Ok(*scan),
        Input::Photograph(photograph) => Ok(photograph.into_scan()?),
    }
}
