//! Writing grey values as a PNG that states its scale, so that others and our own reader know it.
//!
//! Called by the generator of synthetic casings.

use std::io::Cursor;

use image::{GrayImage, ImageFormat};

use crate::ballistics::surface::{Quantity, Surface};

/// Why a picture was not written.
#[derive(Debug, thiserror::Error)]
pub enum PhotoWriteError {
    /// Heights are no grey values.
    #[error("heights are not a photograph: save them as X3P")]
    NotGrey,
    /// The grid and the number of values disagree, or are too large for a PNG.
    #[error("the picture of {cols} x {rows} points has {values} values")]
    WrongLength {
        /// Declared along x.
        cols: usize,
        /// Declared along y.
        rows: usize,
        /// Found.
        values: usize,
    },
    /// The encoder failed.
    #[error("the picture could not be encoded: {0}")]
    Encode(#[from] image::ImageError),
}

/// Bytes of a PNG before its second chunk: signature (8) and `IHDR` (4 length, 4 name, 13 body, 4 checksum).
const AFTER_HEADER: usize = 33;

/// Writes grey values as an 8-bit PNG with a `pHYs` chunk; missing points are black.
///
/// # Errors
/// [`PhotoWriteError`] when the surface is not grey or contradicts itself.
pub fn write_png(surface: &Surface) -> Result<Vec<u8>, PhotoWriteError> {
    if surface.quantity != Quantity::Reflectance {
        return Err(PhotoWriteError::NotGrey);
    }
    let grey = surface.values.iter().map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8).collect();
    let size = (u32::try_from(surface.cols), u32::try_from(surface.rows));
    let picture = match size {
        (Ok(cols), Ok(rows)) => GrayImage::from_raw(cols, rows, grey),
        _ => None,
    };
    let wrong =
        PhotoWriteError::WrongLength { cols: surface.cols, rows: surface.rows, values: surface.values.len() };
    let mut bytes = Cursor::new(Vec::new());
    picture.ok_or(wrong)?.write_to(&mut bytes, ImageFormat::Png)?;
    let mut bytes = bytes.into_inner();
    let chunk = phys(surface.pitch_x.0, surface.pitch_y.0);
    bytes.splice(AFTER_HEADER..AFTER_HEADER, chunk);
    Ok(bytes)
}

/// The chunk that states the scale: points a metre along both axes (PNG, section 11.3.4.3).
fn phys(pitch_x: f64, pitch_y: f64) -> Vec<u8> {
    let per_metre = |pitch_um: f64| ((1e6 / pitch_um).round() as u32).to_be_bytes();
    let mut named = b"pHYs".to_vec();
    named.extend(per_metre(pitch_x));
    named.extend(per_metre(pitch_y));
    named.push(1);
    let mut chunk = 9u32.to_be_bytes().to_vec();
    chunk.extend(&named);
    chunk.extend(crc32fast::hash(&named).to_be_bytes());
    chunk
}
