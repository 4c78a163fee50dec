//! Seeded mutations of whole files: a reader returns a sound surface or a reason, never a panic, whatever the bytes.
//!
//! The parts of an X3P are changed before they are packed, so that the checksums of the archive do not shield the
//! parsers behind it. `HEADSTAMP_MUTATIONS=100000` makes it a long run; `fuzz/` looks further, guided by coverage.

use std::io::Cursor;

use headstamp::ballistics::formats::photo::{self, PhotoOptions};
use headstamp::ballistics::formats::x3p::{self, Limits, ReadOptions};
use headstamp::ballistics::random::Random;
use image::{DynamicImage, ImageFormat};

use crate::files::{Xml, archive, six_floats};

fn rounds() -> u64 {
    std::env::var("HEADSTAMP_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(3_000)
}

/// Pieces that parsers stumble over, put in the place of others.
const PIECES: [&str; 22] = [
    "<",
    ">",
    "</",
    "/>",
    "&#0;",
    "&lt;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-1",
    "0",
    "NaN",
    "inf",
    "1e308",
    "1e-320",
    "18446744073709551616",
    ";",
    "<Datum/>",
    "<SizeX>",
    "\u{feff}",
    "\u{202e}",
    "../",
];

/// A few changes: flipped, dropped, doubled or moved bytes, and pieces from the table.
fn mutated(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        let end = (at + 1 + random.below(12)).min(bytes.len());
        match random.below(6) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = random.bits() as u8,
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            4 => bytes.truncate(at),
            _ => {
                let piece = PIECES[random.below(PIECES.len())].bytes();
                drop(bytes.splice(at..end, piece));
            }
        }
    }
    bytes
}

fn documents() -> Vec<String> {
    let absolute = "<AxisType>A</AxisType><DataType>D</DataType>".to_owned();
    let listed = |entries: &str| format!("<DataList>{entries}</DataList>");
    vec![
        Xml::default().text(),
        Xml { record3: listed(&"<Datum>1e-6</Datum>".repeat(6)), ..Xml::default() }.text(),
        Xml {
            cx: absolute,
            record3: listed(
                "<Datum>0;1e-6</Datum><Datum>5e-6;2e-6</Datum><Datum>1e-5;1e-6</Datum><Datum>0;1e-6</Datum><Datum>5e-6;2e-6</Datum><Datum/>",
            ),
            ..Xml::default()
        }
        .text(),
        Xml {
            record3: "<DataLink><PointDataLink>bindata/data.bin</PointDataLink><ValidPointsLink>bindata/valid.bin</ValidPointsLink></DataLink><Mask><Background>#cd7f32</Background></Mask>"
                .into(),
            ..Xml::default()
        }
        .text(),
    ]
}

#[test]
fn mutated_scans_are_read_soundly_or_refused() {
    let documents = documents();
    let limits = Limits { points: 1 << 20, free_bytes: 1 << 24, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let mask = encoded(
        &DynamicImage::ImageLuma8(image::GrayImage::from_pixel(3, 2, image::Luma([255]))),
        ImageFormat::Png,
    );
    let (mut read, mut refused) = (0, 0);
    for round in 0..rounds() {
        let mut random = Random::of(77, &[round]);
        let mut parts = [
            documents[random.below(documents.len())].clone().into_bytes(),
            six_floats(),
            vec![0x3d],
            mask.clone(),
        ];
        let changed = random.below(parts.len() + 2).min(parts.len() - 1);
        // The document has the most to go wrong, so half of the rounds change it.
        let changed = if random.below(2) == 0 { 0 } else { changed };
        parts[changed] = mutated(&parts[changed], &mut random);
        let [xml, data, valid, mask] = &parts;
        let mut file = archive(&[
            ("main.xml", xml.as_slice()),
            ("bindata/data.bin", data),
            ("bindata/valid.bin", valid),
            ("bindata/mask.png", mask),
        ]);
        if random.below(8) == 0 {
            file = mutated(&file, &mut random);
        }
        let Ok(scan) = x3p::read(&file, &options) else {
            refused += 1;
            continue;
        };
        read += 1;
        let surface = &scan.surface;
        assert_eq!(surface.values.len(), surface.cols * surface.rows, "round {round}");
        assert!(surface.pitch_x.0 > 0.0 && surface.pitch_y.0 > 0.0, "round {round}: {:?}", surface.pitch_x);
        assert!(surface.values.iter().all(|value| !value.is_infinite()), "round {round}");
        let shown = format!("{:?}{:?}", scan.provenance, scan.warnings);
        assert!(!shown.chars().any(char::is_control), "round {round}: control characters in {shown:?}");
        x3p::write(surface, scan.mask.as_ref(), &scan.provenance)
            .unwrap_or_else(|error| unreachable!("round {round}: what was read can be written: {error}"));
    }
    assert!(
        read * 20 > refused && refused * 20 > read,
        "{read} read, {refused} refused: the mutations are one-sided"
    );
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("the picture can be encoded");
    bytes.into_inner()
}

#[test]
fn mutated_photographs_are_read_soundly_or_refused() {
    let grey =
        DynamicImage::ImageLuma8(image::GrayImage::from_fn(40, 20, |x, y| image::Luma([(x * y) as u8])));
    let deep = DynamicImage::ImageLuma16(grey.to_luma16());
    let originals = [
        encoded(&grey, ImageFormat::Png),
        encoded(&deep, ImageFormat::Png),
        encoded(&grey, ImageFormat::Jpeg),
        encoded(&grey, ImageFormat::Tiff),
        encoded(&deep, ImageFormat::Tiff),
        encoded(&grey, ImageFormat::Bmp),
    ];
    let (mut read, mut refused) = (0, 0);
    for round in 0..rounds() {
        let mut random = Random::of(78, &[round]);
        let file = mutated(&originals[random.below(originals.len())], &mut random);
        let Ok(picture) = photo::read(&file, &PhotoOptions::default()) else {
            refused += 1;
            continue;
        };
        read += 1;
        assert_eq!(picture.values.len(), picture.cols * picture.rows, "round {round}");
        assert!(picture.values.iter().all(|grey| (0.0..=1.0).contains(grey)), "round {round}");
    }
    assert!(
        read * 20 > refused && refused * 20 > read,
        "{read} read, {refused} refused: the mutations are one-sided"
    );
}
