//! Writing a surface so that others can read it: the standard's own dialect, metres, correct checksums.
//!
//! Members are stored in a fixed order with a fixed date, so that the same surface gives the same bytes. Called by the
//! generator of synthetic casings and by exports.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::archive::md5_hex;
use super::document::UNKNOWN_DATE;
use crate::ballistics::formats::scan::{Mask, Provenance};
use crate::ballistics::surface::{Quantity, Surface};

/// Why a surface was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The grid and the number of values disagree.
    #[error("the surface declares {cols} x {rows} points but has {values} values")]
    WrongLength {
        /// Declared along x.
        cols: usize,
        /// Declared along y.
        rows: usize,
        /// Found.
        values: usize,
    },
    /// Grey values are not heights.
    #[error("a photograph has no heights: save it as a picture, not as X3P")]
    NotHeights,
    /// The mask is of another size.
    #[error("the mask is {cols} x {rows}, not the size of the surface")]
    MaskSize {
        /// The mask's columns.
        cols: usize,
        /// The mask's rows.
        rows: usize,
    },
    /// The packer failed.
    #[error("the X3P could not be packed: {0}")]
    Pack(#[from] zip::result::ZipError),
    /// The packer failed.
    #[error("the X3P could not be packed: {0}")]
    Io(#[from] std::io::Error),
    /// The mask could not be drawn.
    #[error("the mask could not be drawn: {0}")]
    Mask(#[from] image::ImageError),
}

/// Writes a surface of heights, with its mask if there is one, as an X3P in 32-bit floats and metres.
///
/// # Errors
/// [`WriteError`] when the surface is not heights or contradicts itself.
pub fn write(surface: &Surface, mask: Option<&Mask>, provenance: &Provenance) -> Result<Vec<u8>, WriteError> {
    let (cols, rows) = (surface.cols, surface.rows);
    if cols.checked_mul(rows) != Some(surface.values.len()) {
        return Err(WriteError::WrongLength { cols, rows, values: surface.values.len() });
    }
    if surface.quantity != Quantity::Height {
        return Err(WriteError::NotHeights);
    }
    let mut data = Vec::with_capacity(surface.values.len() * 4);
    for value in &surface.values {
        data.extend_from_slice(&((f64::from(*value) * 1e-6) as f32).to_le_bytes());
    }
    let xml = main_xml(surface, &md5_hex(&data), provenance);
    let sum = format!("{} *main.xml\n", md5_hex(xml.as_bytes()));

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut member = |name: &str, bytes: &[u8]| -> Result<(), WriteError> {
        zip.start_file(name, options)?;
        Ok(zip.write_all(bytes)?)
    };
    member("main.xml", xml.as_bytes())?;
    member("md5checksum.hex", sum.as_bytes())?;
    member("bindata/data.bin", &data)?;
    if let Some(mask) = mask {
        member("bindata/mask.png", &mask_png(mask, surface)?)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn mask_png(mask: &Mask, surface: &Surface) -> Result<Vec<u8>, WriteError> {
    let grey = mask.keep.iter().map(|keep| if *keep { 255 } else { 0 }).collect();
    let wrong = WriteError::MaskSize { cols: mask.cols, rows: mask.rows };
    if (mask.cols, mask.rows) != (surface.cols, surface.rows) {
        return Err(wrong);
    }
    let picture = image::GrayImage::from_raw(mask.cols as u32, mask.rows as u32, grey).ok_or(wrong)?;
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

fn main_xml(surface: &Surface, data_md5: &str, provenance: &Provenance) -> String {
    let mut xml = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<p:ISO5436_2 xmlns:p=\"http://www.opengps.eu/2008/ISO5436_2\" ",
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ",
        "xsi:schemaLocation=\"http://www.opengps.eu/2008/ISO5436_2 ",
        "http://www.opengps.eu/2008/ISO5436_2/ISO5436_2.xsd\">\n",
        "  <Record1>\n    <Revision>ISO5436 - 2000</Revision>\n    <FeatureType>SUR</FeatureType>\n    <Axes>\n",
    ));
    let mut axis = |name: &str, kind: &str, data: &str, increment: f64| {
        // Writing to a string cannot fail.
        let _ = writeln!(
            xml,
            "      <{name}><AxisType>{kind}</AxisType><DataType>{data}</DataType>\
             <Increment>{increment:e}</Increment><Offset>0</Offset></{name}>"
        );
    };
    axis("CX", "I", "D", surface.pitch_x.0 * 1e-6);
    axis("CY", "I", "D", surface.pitch_y.0 * 1e-6);
    axis("CZ", "A", "F", 1.0);
    xml.push_str("    </Axes>\n  </Record1>\n");
    xml.push_str(&record2(provenance));
    let _ = write!(
        xml,
        "  <Record3>\n    <MatrixDimension><SizeX>{}</SizeX><SizeY>{}</SizeY><SizeZ>1</SizeZ></MatrixDimension>\n    \
         <DataLink><PointDataLink>bindata/data.bin</PointDataLink>\
         <MD5ChecksumPointData>{data_md5}</MD5ChecksumPointData></DataLink>\n  </Record3>\n  \
         <Record4><ChecksumFile>md5checksum.hex</ChecksumFile></Record4>\n</p:ISO5436_2>\n",
        surface.cols, surface.rows
    );
    xml
}

/// The optional record, with every element that the schema demands of it, in its order.
fn record2(provenance: &Provenance) -> String {
    let of = |field: &Option<String>| escaped(field.as_deref().unwrap_or("N/A"));
    let optional = |name: &str, field: &Option<String>| {
        field.as_deref().map_or_else(String::new, |text| format!("    <{name}>{}</{name}>\n", escaped(text)))
    };
    // The schema demands both dates, in a form that holds no "unknown"; the reader knows this one as such.
    let date = |field: &Option<String>| escaped(field.as_deref().unwrap_or(UNKNOWN_DATE));
    format!(
        "  <Record2>\n    <Date>{}</Date>\n{}    <Instrument><Manufacturer>{}</Manufacturer><Model>{}</Model>\
         <Serial>{}</Serial><Version>{}</Version></Instrument>\n    <CalibrationDate>{}</CalibrationDate>\n    \
         <ProbingSystem><Type>{}</Type><Identification>{}</Identification></ProbingSystem>\n{}  </Record2>\n",
        date(&provenance.date),
        optional("Creator", &provenance.creator),
        of(&provenance.manufacturer),
        of(&provenance.model),
        of(&provenance.serial),
        of(&provenance.version),
        date(&provenance.calibration_date),
        of(&provenance.probing),
        of(&provenance.probe),
        optional("Comment", &provenance.comment),
    )
}

/// Text for XML: the five characters escaped, the ones XML cannot hold dropped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
