//! The mask that an examiner drew and a vendor stored beside the points.
//!
//! `FiX3P` and others store a picture of the size of the grid: white to keep and black to drop, or colours for
//! annotations with bronze (#cd7f32) or the stated background to drop. One vendor calls it `mask.bin`, a PNG mirrored
//! left to right (as `x3ptools` knows). A bad mask never spoils a good surface. Called by the reader alone.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};

use super::archive::Archive;
use super::document::Document;
use crate::ballistics::formats::scan::{Mask, Warning};
use crate::ballistics::formats::text::visible;

/// The colour of what `FiX3P` drops.
const BRONZE: [u8; 3] = [0xcd, 0x7f, 0x32];

/// The picture may not cost more than this, whatever the grid.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Reads the mask, if there is one that fits the grid.
pub(super) fn read(
    document: &Document,
    archive: &mut Archive<'_>,
    warnings: &mut Vec<Warning>,
) -> Option<Mask> {
    for (path, mirrored) in [("bindata/mask.png", false), ("bindata/mask.bin", true), ("mask.png", false)] {
        let Some(bytes) = archive.optional(path, MAX_BYTES) else { continue };
        let mask =
            bytes.map_err(|error| error.to_string()).and_then(|bytes| decode(&bytes, document, mirrored));
        match mask {
            Ok(mask) => return Some(mask),
            Err(reason) => warnings.push(Warning::MaskIgnored { reason: format!("{path}: {reason}") }),
        }
    }
    None
}

fn decode(bytes: &[u8], document: &Document, mirrored: bool) -> Result<Mask, String> {
    let (cols, rows) = (document.cols, document.rows);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Png);
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(cols as u32);
    limits.max_image_height = Some(rows as u32);
    limits.max_alloc = Some(MAX_BYTES * 8);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| visible(&error.to_string()))?.into_rgb8();
    if (picture.width() as usize, picture.height() as usize) != (cols, rows) {
        return Err(format!("it is {} x {}, the surface {cols} x {rows}", picture.width(), picture.height()));
    }
    let drop = drop_rule(&picture, document.mask_background);
    let mut keep: Vec<bool> = picture.pixels().map(|pixel| !drop(pixel.0)).collect();
    if mirrored {
        keep.chunks_exact_mut(cols).for_each(<[bool]>::reverse);
    }
    if !keep.contains(&true) {
        return Err("it drops every point".into());
    }
    Ok(Mask { cols, rows, keep })
}

/// A stated background drops itself; without one, a picture that has bronze drops bronze; any other drops its dark
/// half.
fn drop_rule(picture: &image::RgbImage, background: Option<[u8; 3]>) -> Box<dyn Fn([u8; 3]) -> bool> {
    let background = background.or_else(|| picture.pixels().any(|pixel| pixel.0 == BRONZE).then_some(BRONZE));
    match background {
        Some(colour) if picture.pixels().any(|pixel| pixel.0 == colour) => {
            Box::new(move |pixel| pixel == colour)
        }
        _ => Box::new(|[r, g, b]| u16::from(r) + u16::from(g) + u16::from(b) < 3 * 128),
    }
}
