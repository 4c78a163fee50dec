//! Photographs: kinds and depths, orientation, scale from the metadata or from the user, broken files.

use std::io::Cursor;

use headstamp::ballistics::formats::photo::{
    self, PhotoError, PhotoLimits, PhotoOptions, Resolution, ResolutionSource, write_png,
};
use headstamp::ballistics::formats::{self, FormatError, ReadOptions, UnitSource};
use headstamp::ballistics::surface::{Micrometres, Quantity, Surface};
use image::{DynamicImage, ImageFormat};

/// A picture of 40 by 20 pixels, brighter to the right, its top left pixel white.
fn picture() -> DynamicImage {
    let grey = image::ImageBuffer::from_fn(40, 20, |x, y| {
        image::Luma([if (x, y) == (0, 0) { u16::MAX } else { x as u16 * 1000 + 257 }])
    });
    DynamicImage::ImageLuma16(grey)
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("the picture can be encoded");
    bytes.into_inner()
}

fn pitch(bytes: &[u8]) -> Result<(f64, f64), String> {
    match photo::read(bytes, &PhotoOptions::default()).expect("the picture can be read").resolution {
        Resolution::Known { pitch_x, pitch_y, .. } => Ok((pitch_x.0, pitch_y.0)),
        Resolution::Unknown { why } => Err(why),
    }
}

/// A PNG with a `pHYs` chunk behind its header.
fn with_phys(per_metre: u32, unit: u8) -> Vec<u8> {
    let mut bytes = encoded(&picture(), ImageFormat::Png);
    let mut named = b"pHYs".to_vec();
    named.extend(per_metre.to_be_bytes());
    named.extend(per_metre.to_be_bytes());
    named.push(unit);
    let mut chunk = 9u32.to_be_bytes().to_vec();
    chunk.extend(&named);
    chunk.extend(crc32fast::hash(&named).to_be_bytes());
    bytes.splice(33..33, chunk);
    bytes
}

/// A JPEG with EXIF tags (short or rational) before its other segments.
fn with_exif(tags: &[(u16, u32)]) -> Vec<u8> {
    let jpeg = encoded(&DynamicImage::ImageLuma8(picture().into_luma8()), ImageFormat::Jpeg);
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend((tags.len() as u16).to_le_bytes());
    let values_at = 8 + 2 + tags.len() * 12 + 4;
    let mut values = Vec::new();
    for (tag, value) in tags {
        let rational = matches!(tag, 282 | 283);
        tiff.extend(tag.to_le_bytes());
        tiff.extend((if rational { 5u16 } else { 3 }).to_le_bytes());
        tiff.extend(1u32.to_le_bytes());
        if rational {
            tiff.extend(((values_at + values.len()) as u32).to_le_bytes());
            values.extend(value.to_le_bytes());
            values.extend(1u32.to_le_bytes());
        } else {
            tiff.extend(value.to_le_bytes());
        }
    }
    tiff.extend(0u32.to_le_bytes());
    tiff.extend(values);
    let mut body = b"Exif\0\0".to_vec();
    body.extend(tiff);
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1];
    bytes.extend((body.len() as u16 + 2).to_be_bytes());
    bytes.extend(body);
    // The encoder's own density field would go before EXIF: it is left out.
    let after_jfif = 4 + usize::from(u16::from_be_bytes([jpeg[4], jpeg[5]]));
    bytes.extend(&jpeg[after_jfif..]);
    bytes
}

#[test]
fn every_kind_and_depth_gives_the_same_grey_values() {
    let deep = picture();
    let shallow = DynamicImage::ImageLuma8(deep.to_luma8());
    let cases = [
        ("PNG 16 bit", encoded(&deep, ImageFormat::Png), 16, 1e-4),
        ("PNG 8 bit", encoded(&shallow, ImageFormat::Png), 8, 0.003),
        ("TIFF 16 bit", encoded(&deep, ImageFormat::Tiff), 16, 1e-4),
        ("TIFF 8 bit", encoded(&shallow, ImageFormat::Tiff), 8, 0.003),
        ("BMP", encoded(&shallow, ImageFormat::Bmp), 8, 0.003),
        ("JPEG", encoded(&shallow, ImageFormat::Jpeg), 8, 0.1),
    ];
    for (name, bytes, bits, tolerance) in cases {
        let read = photo::read(&bytes, &PhotoOptions::default()).expect(name);
        assert_eq!((read.cols, read.rows, read.bits), (40, 20, bits), "{name}");
        let expected = (30.0 * 1000.0 + 257.0) / 65_535.0;
        let found = read.values[10 * 40 + 30];
        assert!((found - expected).abs() < tolerance, "{name}: {found} for {expected}");
    }
}

#[test]
fn the_scale_is_read_where_it_can_be_believed_and_never_invented() {
    let close = |found: Result<(f64, f64), String>, expected: f64| {
        found.is_ok_and(|(x, y)| (x - y).abs() < 1e-9 && (x - expected).abs() < 0.01)
    };
    // 40 pixels of 25 µm are a field of a millimetre.
    assert!(close(pitch(&with_phys(40_000, 1)), 25.0));
    assert!(close(pitch(&with_exif(&[(282, 1016), (283, 1016), (296, 2)])), 25.0));
    assert!(close(pitch(&with_exif(&[(282, 400), (283, 400), (296, 3)])), 25.0));
    for (name, bytes) in [
        ("72 dots per inch", with_phys(2835, 1)),
        ("aspect ratio only", with_phys(40_000, 0)),
        ("EXIF for print", with_exif(&[(282, 300), (283, 300), (296, 2)])),
        ("EXIF without unit", with_exif(&[(282, 1016), (283, 1016), (296, 1)])),
        ("none", encoded(&picture(), ImageFormat::Png)),
        ("nanometres", with_phys(u32::MAX, 1)),
    ] {
        assert!(pitch(&bytes).is_err(), "{name}: {:?}", pitch(&bytes));
        let error = formats::read_scan(&bytes, &ReadOptions::default()).expect_err(name).to_string();
        assert!(error.contains("--um-per-px"), "{name}: {error}");
    }
    let mut options = ReadOptions::default();
    options.photo.um_per_px = Some(3.5);
    let scan = formats::read_scan(&with_phys(40_000, 1), &options).expect("given");
    assert_eq!((scan.surface.pitch_x, scan.units.x.source), (Micrometres(3.5), UnitSource::Given));
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
        options.photo.um_per_px = Some(wrong);
        let error = formats::read_scan(&with_phys(40_000, 1), &options);
        assert!(matches!(error, Err(FormatError::Photo(PhotoError::BadPitch(_)))), "{wrong}");
    }
}

#[test]
fn a_picture_is_turned_upright_with_its_scale() {
    // Tag 274 = 6: the top of the picture is stored on the right... the white corner comes to the top right.
    let bytes = with_exif(&[(274, 6), (282, 1016), (283, 508), (296, 2)]);
    let read = photo::read(&bytes, &PhotoOptions::default()).expect("it can be read");
    assert_eq!((read.cols, read.rows), (20, 40));
    assert!(read.values[0] < read.values[39 * 20], "brighter downwards after turning");
    assert_eq!(
        read.resolution,
        Resolution::Known {
            pitch_x: Micrometres(50.0),
            pitch_y: Micrometres(25.0),
            source: ResolutionSource::Metadata(photo::PrintedSize::Tiff)
        }
    );
}

#[test]
fn a_written_picture_states_its_scale() {
    let values = (0..800).map(|at| at as f32 / 799.0).collect();
    let (pitch_x, pitch_y) = (Micrometres(20.0), Micrometres(25.0));
    let surface = Surface { cols: 40, rows: 20, pitch_x, pitch_y, quantity: Quantity::Reflectance, values };
    let bytes = write_png(&surface).expect("it can be written");
    let scan = formats::read_scan(&bytes, &ReadOptions::default()).expect("it can be read");
    assert!((scan.surface.pitch_x.0 - 20.0).abs() < 1e-3 && (scan.surface.pitch_y.0 - 25.0).abs() < 1e-3);
    for (a, b) in scan.surface.values.iter().zip(&surface.values) {
        assert!((a - b).abs() <= 0.5 / 255.0 + 1e-6, "{a} for {b}");
    }
}

#[test]
fn broken_and_oversized_pictures_are_refused() {
    let whole = with_phys(40_000, 1);
    let huge = PhotoOptions {
        limits: PhotoLimits { pixels: 100, ..PhotoLimits::default() },
        ..PhotoOptions::default()
    };
    assert!(matches!(
        photo::read(&whole, &huge),
        Err(PhotoError::TooLarge { cols: 40, rows: 20, limit: 100 })
    ));
    let mut declared = whole.clone();
    // Two thousand million pixels a side, by the header alone.
    declared[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    assert!(photo::read(&declared, &PhotoOptions::default()).is_err());
    let tiny = encoded(&picture().crop_imm(0, 0, 4, 4), ImageFormat::Png);
    assert!(matches!(photo::read(&tiny, &PhotoOptions::default()), Err(PhotoError::TooSmall { .. })));
    let jpeg = with_exif(&[(282, 1016), (283, 1016), (296, 2)]);
    let tiff = encoded(&picture(), ImageFormat::Tiff);
    let bmp = encoded(&DynamicImage::ImageLuma8(picture().into_luma8()), ImageFormat::Bmp);
    for bytes in [&whole, &jpeg, &tiff, &bmp] {
        for end in 0..bytes.len() {
            let _ = photo::read(&bytes[..end], &PhotoOptions::default());
        }
        for at in 0..bytes.len().min(300) {
            let mut changed = bytes.clone();
            changed[at] ^= 0xff;
            let _ = photo::read(&changed, &PhotoOptions::default());
        }
    }
}
