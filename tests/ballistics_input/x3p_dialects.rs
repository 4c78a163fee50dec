//! Dialects of X3P built here, so that each is tested where the samples are not: the values must come out right.

use headstamp::ballistics::formats::x3p::{self, ReadOptions};
use headstamp::ballistics::formats::{LengthUnit, Scan, UnitOverride, UnitSource, Warning};
use headstamp::ballistics::surface::Micrometres;

use crate::files::{Xml, archive, six_floats, x3p as file};

fn read(bytes: &[u8]) -> Scan {
    x3p::read(bytes, &ReadOptions::default()).expect("the dialect is read")
}

fn heights(scan: &Scan) -> Vec<Option<i64>> {
    // Thousandths of a micrometre, so that they compare exactly.
    scan.surface
        .values
        .iter()
        .map(|v| v.is_finite().then(|| (f64::from(*v) * 1000.0).round() as i64))
        .collect()
}

const ONE_TO_SIX: [Option<i64>; 6] = [Some(1000), Some(2000), Some(3000), Some(4000), Some(5000), Some(6000)];

#[test]
fn every_spelling_of_the_archive_gives_the_same_surface() {
    let xml = Xml::default().text();
    let crlf = format!("\u{feff}{}", xml.replace("><", ">\r\n<"));
    let bare = Xml { root: ("ISO5436", "ISO5436"), ..Xml::default() }.text();
    let unqualified = Xml {
        root: (
            "ISO5436_2 xmlns:p=\"http://www.opengps.eu/2008/ISO5436_2\" schemaLocation=\"x y\"",
            "ISO5436_2",
        ),
        ..Xml::default()
    };
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(xml.encode_utf16().flat_map(u16::to_le_bytes));
    let latin = xml.replace("<Record3>", "<Record2><Creator>M\u{fc}ller</Creator></Record2><Record3>");
    let latin: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    let data = six_floats();
    let plain = |xml: &[u8]| archive(&[("main.xml", xml), ("bindata/data.bin", &data)]);
    let cases = [
        ("plain", plain(xml.as_bytes())),
        ("byte order mark and CRLF", plain(crlf.as_bytes())),
        ("no namespace", plain(bare.as_bytes())),
        ("unused prefix", plain(unqualified.text().as_bytes())),
        ("UTF-16", plain(&utf16)),
        ("Latin-1", plain(&latin)),
        ("members in any order", archive(&[("bindata/data.bin", &data), ("main.xml", xml.as_bytes())])),
        ("folder", archive(&[("scan/main.xml", xml.as_bytes()), ("scan/bindata/data.bin", &data)])),
        ("backslashes", archive(&[("main.xml", xml.as_bytes()), ("bindata\\data.bin", &data)])),
        (
            "what macOS leaves",
            archive(&[
                ("__MACOSX/._main.xml", b"junk"),
                ("__MACOSX/main.xml", b"junk"),
                ("bindata/.DS_Store", b"junk"),
                ("main.xml", xml.as_bytes()),
                ("bindata/data.bin", &data),
            ]),
        ),
        ("another case", archive(&[("Main.XML", xml.as_bytes()), ("BinData/Data.bin", &data)])),
    ];
    for (name, bytes) in cases {
        let scan = read(&bytes);
        assert_eq!(heights(&scan), ONE_TO_SIX, "{name}");
        assert_eq!((scan.surface.cols, scan.surface.rows), (3, 2), "{name}");
        assert!((scan.surface.pitch_x.0 - 5.0).abs() < 1e-9, "{name}: {:?}", scan.surface.pitch_x);
    }
}

#[test]
fn every_data_type_gives_the_same_heights() {
    let float = |kind: &str| format!("<AxisType>A</AxisType><DataType>{kind}</DataType>");
    let counted = |kind: &str| {
        format!(
            "<AxisType>I</AxisType><DataType>{kind}</DataType><Increment>1e-8</Increment><Offset>1e-6</Offset>"
        )
    };
    let metres = [1e-6, 2e-6, 3e-6, 4e-6, 5e-6, 6e-6];
    let counts = [0i16, 100, 200, 300, 400, 500];
    let cases: [(&str, String, Vec<u8>); 4] = [
        ("F", float("F"), six_floats()),
        ("D", float("D"), metres.iter().flat_map(|v: &f64| v.to_le_bytes()).collect()),
        ("I", counted("I"), counts.iter().flat_map(|v| v.to_le_bytes()).collect()),
        ("L", counted("L"), counts.iter().flat_map(|v| i32::from(*v).to_le_bytes()).collect()),
    ];
    for (name, cz, data) in cases {
        let scan = read(&file(&Xml { cz, ..Xml::default() }, &data));
        assert_eq!(heights(&scan), ONE_TO_SIX, "data type {name}");
    }
}

#[test]
fn infinities_nan_and_invalid_points_are_missing() {
    let values = [1e-6f32, f32::INFINITY, f32::NAN, 4e-6, f32::NEG_INFINITY, 6e-6];
    let data: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    let record3 = "<DataLink><PointDataLink>bindata/data.bin</PointDataLink>\
                   <ValidPointsLink>bindata/valid.bin</ValidPointsLink></DataLink>";
    let xml = Xml { record3: record3.into(), ..Xml::default() }.text();
    // The fourth point, bit 3 counted from the least, is invalid.
    let bytes = archive(&[
        ("main.xml", xml.as_bytes()),
        ("bindata/data.bin", &data),
        ("bindata/valid.bin", &[0b11_0111]),
    ]);
    let scan = read(&bytes);
    assert_eq!(heights(&scan), [Some(1000), None, None, None, None, Some(6000)]);
    assert!(scan.warnings.contains(&Warning::Infinities { count: 2 }), "{:?}", scan.warnings);
}

#[test]
fn axes_are_read_in_the_unit_that_is_plausible_and_the_user_has_the_last_word() {
    let axis = |increment: &str| {
        format!("<AxisType>I</AxisType><DataType>D</DataType><Increment>{increment}</Increment>")
    };
    let data = |scale: f32| -> Vec<u8> { (1..=6).flat_map(|v| (v as f32 * scale).to_le_bytes()).collect() };
    let cases = [
        ("metres", "5e-6", 1e-6, "m m"),
        ("micrometres", "5", 1.0, "µm µm"),
        ("millimetres", "0.005", 0.001, "mm mm"),
        ("metres and micrometres", "5e-6", 1.0, "m µm"),
    ];
    for (name, increment, scale, units) in cases {
        let xml = Xml { cx: axis(increment), cy: axis(increment), ..Xml::default() };
        let scan = read(&file(&xml, &data(scale)));
        let z = scan.units.z.expect("heights");
        assert_eq!(format!("{} {}", scan.units.x.unit, z.unit), units, "{name}");
        assert_eq!(heights(&scan), ONE_TO_SIX, "{name}");
        assert!((scan.surface.pitch_y.0 - 5.0).abs() < 1e-6, "{name}: {:?}", scan.surface.pitch_y);
    }
    let options = ReadOptions {
        units: UnitOverride { x: None, y: None, z: Some(LengthUnit::Millimetre) },
        ..ReadOptions::default()
    };
    let scan = x3p::read(&file(&Xml::default(), &data(1.0)), &options).expect("read");
    assert!((scan.surface.values[0] - 1000.0).abs() < 1e-3, "{}", scan.surface.values[0]);
    assert_eq!(scan.units.z.map(|z| z.source), Some(UnitSource::Given));
}

#[test]
fn an_unbelievable_step_is_taken_as_metres_with_a_warning() {
    let axis = "<AxisType>I</AxisType><DataType>D</DataType><Increment>12000</Increment>";
    let scan = read(&file(&Xml { cx: axis.into(), cy: axis.into(), ..Xml::default() }, &six_floats()));
    assert_eq!(scan.units.x.source, UnitSource::Assumed);
    assert!(
        scan.warnings.iter().any(|w| matches!(w, Warning::UnitUncertain { axis: 'x', .. })),
        "{:?}",
        scan.warnings
    );
}

#[test]
fn pitches_may_differ_between_the_axes_and_increments_may_be_absent() {
    let cy = "<AxisType>I</AxisType><DataType>D</DataType><Increment>7.5e-006</Increment>";
    let scan = read(&file(&Xml { cy: cy.into(), ..Xml::default() }, &six_floats()));
    assert_eq!((scan.surface.pitch_x, scan.surface.pitch_y), (Micrometres(5.0), Micrometres(7.5)));
    let none = "<AxisType>I</AxisType>";
    let scan = read(&file(&Xml { cx: none.into(), cy: none.into(), ..Xml::default() }, &six_floats()));
    assert_eq!(scan.surface.pitch_x, Micrometres(1.0), "an absent increment is 1, here of a micrometre");
}

#[test]
fn wrong_checksums_are_told_and_never_refused() {
    let xml = Xml {
        record3: "<DataLink><PointDataLink>bindata/data.bin</PointDataLink>\
                  <MD5ChecksumPointData>00</MD5ChecksumPointData></DataLink>"
            .into(),
        ..Xml::default()
    }
    .text();
    let bytes = archive(&[
        ("main.xml", xml.as_bytes()),
        ("md5checksum.hex", b"ffffffffffffffffffffffffffffffff *main.xml\r\n"),
        ("bindata/data.bin", &six_floats()),
    ]);
    let scan = read(&bytes);
    let wrong: Vec<&str> = scan
        .warnings
        .iter()
        .filter_map(|w| if let Warning::ChecksumWrong { part, .. } = w { Some(part.as_str()) } else { None })
        .collect();
    assert_eq!(wrong, ["main.xml", "the point data"]);
    assert_eq!(heights(&scan), ONE_TO_SIX);
}

#[test]
fn masks_of_every_kind_drop_the_right_points() {
    let picture = |pixels: [[u8; 3]; 6]| {
        let raw = pixels.concat();
        let picture = image::RgbImage::from_raw(3, 2, raw).expect("six pixels");
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a mask can be drawn");
        bytes.into_inner()
    };
    let (white, black, bronze, grey) = ([255; 3], [0; 3], [0xcd, 0x7f, 0x32], [0xbf; 3]);
    let first_dropped = [false, true, true, true, true, true];
    let cases = [
        (
            "black drops",
            "bindata/mask.png",
            picture([black, white, white, white, white, white]),
            first_dropped,
        ),
        (
            "bronze drops, black stays",
            "bindata/mask.png",
            picture([bronze, grey, black, white, grey, grey]),
            first_dropped,
        ),
        (
            "mask.bin is mirrored",
            "bindata/mask.bin",
            picture([white, white, black, white, white, white]),
            first_dropped,
        ),
    ];
    let xml = Xml::default().text();
    for (name, path, mask, keep) in cases {
        let bytes =
            archive(&[("main.xml", xml.as_bytes()), ("bindata/data.bin", &six_floats()), (path, &mask)]);
        let scan = read(&bytes);
        assert_eq!(scan.mask.map(|mask| mask.keep), Some(keep.to_vec()), "{name}, {:?}", scan.warnings);
    }
    for (name, mask) in [("no picture", b"junk".to_vec()), ("drops all", picture([black; 6]))] {
        let bytes = archive(&[
            ("main.xml", xml.as_bytes()),
            ("bindata/data.bin", &six_floats()),
            ("bindata/mask.png", &mask),
        ]);
        let scan = read(&bytes);
        assert_eq!(scan.mask, None, "{name}");
        assert!(
            scan.warnings.iter().any(|w| matches!(w, Warning::MaskIgnored { .. })),
            "{name}: {:?}",
            scan.warnings
        );
    }
}

#[test]
fn texts_of_the_file_lose_what_would_act_on_a_terminal() {
    let xml = Xml::default().text().replace(
        "<Record3>",
        "<Record2>06-09-2022<Creator>a\u{9b}31mb\u{202e}c</Creator><Instrument><Model>N/A</Model></Instrument></Record2><Record3>",
    );
    let scan = read(&archive(&[("main.xml", xml.as_bytes()), ("bindata/data.bin", &six_floats())]));
    assert_eq!(scan.provenance.creator.as_deref(), Some("a31mbc"));
    assert_eq!(scan.provenance.date.as_deref(), Some("06-09-2022"), "a date as bare text");
    assert_eq!(scan.provenance.model, None);
}
