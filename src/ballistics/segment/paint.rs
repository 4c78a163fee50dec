//! The parts of a head as a picture that a person corrects with any painting program and gives back.
//!
//! The shaded surface in grey with the breech face in shades of green and the firing-pin impression in shades of blue.
//! To correct it, paint green or blue where a part is and grey, black or white where it is not. A picture of black and
//! white alone is read as the masks of X3P files are: white is the breech face. Called by the command line.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Rgb, RgbImage};

use super::{Segmentation, draw};
use crate::ballistics::formats::{Mask, text};
use crate::ballistics::surface::Surface;

/// By how much green or blue must outweigh the other two channels to name a part: above the noise of a picture that
/// was saved with losses, below the weakest shade that [`paint`] uses.
const OUTWEIGHS: u8 = 40;

/// The parts that a picture names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Painted {
    /// The points that bear breech-face marks.
    pub breech_face: Mask,
    /// The points of the firing-pin impression; none are kept when none is painted.
    pub firing_pin: Mask,
}

/// Why a picture names no parts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaintError {
    /// Not a PNG, or one that is damaged.
    #[error("it is no PNG picture that can be read: {0}")]
    Undecodable(String),
    /// Not the size of the surface.
    #[error(
        "it is {found_cols} x {found_rows} pixels and the surface {cols} x {rows} points; write a picture to paint on with `ballistics segment FILE --parts PNG`"
    )]
    Size {
        /// Of the picture.
        found_cols: usize,
        /// Of the picture.
        found_rows: usize,
        /// Of the surface.
        cols: usize,
        /// Of the surface.
        rows: usize,
    },
    /// No green, no blue, no black and white.
    #[error(
        "nothing is painted in it: green is the breech face, blue the firing-pin impression; in a picture of black and white, white is the breech face"
    )]
    Nothing,
}

/// The picture of the parts, one pixel a point.
pub fn paint(surface: &Surface, found: &Segmentation) -> RgbImage {
    let mut picture = draw::shaded_grey(surface);
    for (at, pixel) in picture.pixels_mut().enumerate() {
        let [grey, ..] = pixel.0;
        // The part's channel from 90 to 255, the others to a third of the grey: at least 90 apart.
        let (strong, weak) = (90 + (u16::from(grey) * 165 / 255) as u8, grey / 3);
        if found.breech_face.keep.get(at).copied().unwrap_or(false) {
            *pixel = Rgb([weak, strong, weak]);
        } else if found.firing_pin.keep.get(at).copied().unwrap_or(false) {
            *pixel = Rgb([weak, weak, strong]);
        }
    }
    picture
}

/// The parts in a picture of the surface's size; points that were not measured belong to none.
///
/// # Errors
/// [`PaintError`], when it cannot be read, has another size or names nothing.
pub fn read(bytes: &[u8], surface: &Surface) -> Result<Painted, PaintError> {
    let picture = decode(bytes, surface)?;
    let black_and_white = picture.pixels().all(|pixel| pixel.0 == [0; 3] || pixel.0 == [255; 3]);
    let mask = |part: fn([u8; 3], bool) -> bool| Mask {
        cols: surface.cols,
        rows: surface.rows,
        keep: picture
            .pixels()
            .zip(&surface.values)
            .map(|(pixel, value)| value.is_finite() && part(pixel.0, black_and_white))
            .collect(),
    };
    let painted = Painted {
        breech_face: mask(|[r, g, b], plain| (plain && g == 255) || g.saturating_sub(r.max(b)) >= OUTWEIGHS),
        firing_pin: mask(|[r, g, b], _| b.saturating_sub(r.max(g)) >= OUTWEIGHS),
    };
    if painted.breech_face.count() + painted.firing_pin.count() == 0 {
        return Err(PaintError::Nothing);
    }
    Ok(painted)
}

fn decode(bytes: &[u8], surface: &Surface) -> Result<RgbImage, PaintError> {
    let undecodable = |error: image::ImageError| PaintError::Undecodable(text::visible(&error.to_string()));
    let header = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Png);
    let (cols, rows) = header.into_dimensions().map_err(undecodable)?;
    // The size is held against the surface's before a point is unpacked.
    if (cols as usize, rows as usize) != (surface.cols, surface.rows) {
        return Err(PaintError::Size {
            found_cols: cols as usize,
            found_rows: rows as usize,
            cols: surface.cols,
            rows: surface.rows,
        });
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Png);
    reader.limits(image::Limits::default());
    Ok(reader.decode().map_err(undecodable)?.into_rgb8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballistics::segment::SegmentKind;
    use crate::ballistics::surface::{Micrometres, Quantity};

    fn surface() -> Surface {
        let values = (0..48).map(|at| if at == 47 { f32::NAN } else { (at % 7) as f32 / 7.0 }).collect();
        let pitch = Micrometres(5.0);
        Surface { cols: 8, rows: 6, pitch_x: pitch, pitch_y: pitch, quantity: Quantity::Reflectance, values }
    }

    fn mask(keep: impl Fn(usize) -> bool) -> Mask {
        Mask { cols: 8, rows: 6, keep: (0..48).map(keep).collect() }
    }

    fn png(picture: &RgbImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).expect("a picture in memory");
        bytes.into_inner()
    }

    fn found() -> Segmentation {
        Segmentation {
            kind: SegmentKind::Head,
            primer: None,
            breech_circle: None,
            aperture: None,
            pin: None,
            breech_face: mask(|at| at < 20),
            firing_pin: mask(|at| (30..40).contains(&at)),
            notes: Vec::new(),
        }
    }

    #[test]
    fn parts_come_back_as_they_were_painted_whatever_the_shade_beneath() {
        let painted = read(&png(&paint(&surface(), &found())), &surface()).expect("parts");
        assert_eq!((painted.breech_face, painted.firing_pin), (found().breech_face, found().firing_pin));
    }

    #[test]
    fn strokes_of_plain_colours_correct_the_parts() {
        let mut picture = paint(&surface(), &found());
        picture.put_pixel(0, 0, Rgb([0; 3]));
        picture.put_pixel(4, 2, Rgb([0, 255, 0]));
        picture.put_pixel(1, 5, Rgb([0, 0, 255]));
        // The last point was not measured, so no paint makes it a part.
        picture.put_pixel(7, 5, Rgb([0, 255, 0]));
        let painted = read(&png(&picture), &surface()).expect("parts");
        assert_eq!(painted.breech_face, mask(|at| (1..21).contains(&at)));
        assert_eq!(painted.firing_pin, mask(|at| (30..40).contains(&at) || at == 41));
    }

    #[test]
    fn white_of_a_black_and_white_picture_is_the_breech_face() {
        let picture = RgbImage::from_fn(8, 6, |x, _| Rgb([if x < 3 { 255 } else { 0 }; 3]));
        let painted = read(&png(&picture), &surface()).expect("parts");
        assert_eq!(painted.breech_face, mask(|at| at % 8 < 3));
        assert_eq!(painted.firing_pin.count(), 0);
    }

    #[test]
    fn pictures_that_name_nothing_are_refused_with_the_reason() {
        let grey = png(&RgbImage::from_pixel(8, 6, Rgb([90; 3])));
        let wide = png(&RgbImage::from_pixel(9, 6, Rgb([0, 255, 0])));
        assert_eq!(read(&grey, &surface()), Err(PaintError::Nothing));
        assert!(matches!(read(&wide, &surface()), Err(PaintError::Size { found_cols: 9, .. })));
        assert!(matches!(read(b"no picture", &surface()), Err(PaintError::Undecodable(_))));
    }
}
