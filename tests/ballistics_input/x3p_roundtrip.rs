//! What the writer writes, the reader reads, and the checksums are right.

use std::io::{Cursor, Read};

use headstamp::ballistics::formats::x3p::{self, ReadOptions, WriteError};
use headstamp::ballistics::formats::{Mask, Provenance, UnitSource};
use headstamp::ballistics::surface::{Micrometres, Quantity, Surface};
use proptest::prelude::*;

use crate::files::md5_hex;

fn surface(cols: usize, rows: usize, pitch: (f64, f64), values: Vec<f32>) -> Surface {
    let (pitch_x, pitch_y) = (Micrometres(pitch.0), Micrometres(pitch.1));
    Surface { cols, rows, pitch_x, pitch_y, quantity: Quantity::Height, values }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_written_surface_reads_back(
        cols in 2usize..20,
        rows in 2usize..20,
        pitch in (0.2f64..90.0, 0.2f64..90.0),
        heights in proptest::collection::vec(proptest::option::weighted(0.8, -30.0f32..30.0), 400),
        keep in proptest::collection::vec(any::<bool>(), 400),
        creator in "[\\PC<>&\"']{0,40}",
    ) {
        // Heights of more than the field is wide are no surface's, and the reader says so.
        let field = (pitch.0 * cols as f64).min(pitch.1 * rows as f64) as f32;
        let scale = (field / 40.0).min(1.0);
        let mut values: Vec<f32> =
            heights[..cols * rows].iter().map(|h| h.map_or(f32::NAN, |h| h * scale)).collect();
        // Two heights apart, so that the surface is not empty and its heights say their unit.
        values[0] = 0.0;
        values[1] = 3.0 * scale;
        let mut keep = keep[..cols * rows].to_vec();
        keep[0] = true;
        let mask = Mask { cols, rows, keep };
        let provenance = Provenance { creator: Some(creator.clone()), ..Provenance::default() };
        let written = surface(cols, rows, pitch, values);
        let bytes = x3p::write(&written, Some(&mask), &provenance).expect("it can be written");
        let read = x3p::read(&bytes, &ReadOptions::default()).expect("it can be read");
        prop_assert_eq!((read.surface.cols, read.surface.rows), (cols, rows));
        prop_assert!((read.surface.pitch_x.0 - pitch.0).abs() < 1e-9 * pitch.0);
        prop_assert!((read.surface.pitch_y.0 - pitch.1).abs() < 1e-9 * pitch.1);
        for (a, b) in read.surface.values.iter().zip(&written.values) {
            prop_assert!((a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-6 * b.abs() + 1e-9, "{} for {}", a, b);
        }
        prop_assert_eq!(read.mask.as_ref(), Some(&mask));
        prop_assert!(read.warnings.is_empty(), "{:?}", read.warnings);
        prop_assert_eq!(read.units.x.source, UnitSource::Standard);
        prop_assert_eq!(read.provenance.date, None);
        prop_assert_eq!(read.provenance.creator, headstamp::ballistics::formats::text::clean(&creator));
    }
}

#[test]
fn checksums_in_a_written_file_are_those_of_its_bytes() {
    let bytes =
        x3p::write(&surface(2, 2, (5.0, 5.0), vec![1.0, 2.0, 3.0, f32::NAN]), None, &Provenance::default())
            .expect("it can be written");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut member = |name: &str| {
        let mut out = Vec::new();
        zip.by_name(name).expect(name).read_to_end(&mut out).expect(name);
        out
    };
    let (xml, data, sum) = (member("main.xml"), member("bindata/data.bin"), member("md5checksum.hex"));
    assert_eq!(String::from_utf8_lossy(&sum), format!("{} *main.xml\n", md5_hex(&xml)));
    let stated = format!("<MD5ChecksumPointData>{}</MD5ChecksumPointData>", md5_hex(&data));
    assert!(String::from_utf8_lossy(&xml).contains(&stated));
}

#[test]
fn what_is_no_surface_of_heights_is_not_written() {
    let grey = Surface { quantity: Quantity::Reflectance, ..surface(2, 2, (5.0, 5.0), vec![0.0; 4]) };
    let short = surface(3, 2, (5.0, 5.0), vec![0.0; 4]);
    let mask = Mask { cols: 1, rows: 1, keep: vec![true] };
    let write = |surface: &Surface, mask: Option<&Mask>| x3p::write(surface, mask, &Provenance::default());
    assert!(matches!(write(&grey, None), Err(WriteError::NotHeights)));
    assert!(matches!(write(&short, None), Err(WriteError::WrongLength { .. })));
    let good = surface(2, 2, (5.0, 5.0), vec![0.0; 4]);
    assert!(matches!(write(&good, Some(&mask)), Err(WriteError::MaskSize { .. })));
}
