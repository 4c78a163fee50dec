//! How large a pixel is, by the metadata of a picture, and whether they can be believed.
//!
//! Read here: PNG `pHYs`, JFIF density, TIFF and EXIF resolution, BMP pels per metre, and the camera's name on the
//! way. Anything malformed counts as absent. Called by the photograph reader alone.

use super::PhotoFormat;
use crate::ballistics::formats::scan::Provenance;
use crate::ballistics::formats::text::clean;
use crate::ballistics::surface::Micrometres;

/// Pixel sizes at which marks on a cartridge case can be seen: up to a 500 dots per inch flatbed scan. Programs that
/// know nothing write 72, 96 or 300 dots per inch (353, 265, 85 µm), which are settings for a printer.
const BELIEVABLE_UM: std::ops::RangeInclusive<f64> = 0.05..=51.0;

/// Fields of view at which a pitch can be believed: from a detail of a firing pin to a tray of cases.
const BELIEVABLE_FIELD_UM: std::ops::RangeInclusive<f64> = 500.0..=200_000.0;

/// How large a pixel is.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// Known.
    Known {
        /// Along x.
        pitch_x: Micrometres,
        /// Along y.
        pitch_y: Micrometres,
        /// By whom.
        source: ResolutionSource,
    },
    /// Not known.
    Unknown {
        /// Why: nothing stated, or nothing believable.
        why: String,
    },
}

impl Resolution {
    pub(super) fn given(pitch: Micrometres) -> Self {
        Self::Known { pitch_x: pitch, pitch_y: pitch, source: ResolutionSource::Given }
    }
}

/// Who told the size of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResolutionSource {
    /// The user.
    Given,
    /// The picture, in this field.
    Metadata(PrintedSize),
}

/// The field that states a resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintedSize {
    /// PNG `pHYs`.
    Phys,
    /// JFIF density.
    Jfif,
    /// EXIF or TIFF resolution.
    Tiff,
    /// BMP pels per metre.
    Bmp,
}

impl PrintedSize {
    /// The field's name as its standard writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phys => "pHYs",
            Self::Jfif => "JFIF density",
            Self::Tiff => "TIFF/EXIF resolution",
            Self::Bmp => "BMP pels per metre",
        }
    }
}

/// What the metadata say.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// Micrometres a pixel along x and y as stored, before the picture is turned upright.
    pitch: Option<(f64, f64, PrintedSize)>,
    pub provenance: Provenance,
}

impl Metadata {
    /// The pitch, if it can be believed for a picture of this size (after turning).
    pub(super) fn resolution(&self, (cols, rows): (usize, usize), swapped: bool) -> Resolution {
        let Some((x, y, field)) = self.pitch else {
            return Resolution::Unknown { why: "the picture does not state it".into() };
        };
        let (x, y) = if swapped { (y, x) } else { (x, y) };
        let believable = BELIEVABLE_UM.contains(&x)
            && BELIEVABLE_UM.contains(&y)
            && BELIEVABLE_FIELD_UM.contains(&(x * cols as f64))
            && BELIEVABLE_FIELD_UM.contains(&(y * rows as f64));
        if believable {
            return Resolution::Known {
                pitch_x: Micrometres(x),
                pitch_y: Micrometres(y),
                source: ResolutionSource::Metadata(field),
            };
        }
        let why = format!(
            "its {} says {x:.4} µm, {:.0} dots per inch, which is a setting for printing and not a microscope's scale",
            field.name(),
            25_400.0 / x
        );
        Resolution::Unknown { why }
    }
}

/// Reads what the metadata of a picture say of its scale and origin.
pub(super) fn metadata(bytes: &[u8], format: PhotoFormat) -> Metadata {
    match format {
        PhotoFormat::Png => png(bytes),
        PhotoFormat::Jpeg => jpeg(bytes),
        PhotoFormat::Tiff => tiff(bytes).unwrap_or_default(),
        PhotoFormat::Bmp => bmp(bytes).unwrap_or_default(),
    }
}

fn png(bytes: &[u8]) -> Metadata {
    let mut found = Metadata::default();
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((head, tail)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, kind @ ..] = *head;
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let Some(body) = tail.get(..length) else { break };
        match &kind {
            b"pHYs" => found.pitch = phys(body).or(found.pitch),
            b"eXIf" => {
                let exif = tiff(body).unwrap_or_default();
                found.provenance = exif.provenance;
                found.pitch = found.pitch.or(exif.pitch);
            }
            b"IEND" => break,
            _ => {}
        }
        // The checksum of four bytes follows.
        rest = tail.get(length.saturating_add(4)..).unwrap_or_default();
    }
    found
}

fn phys(body: &[u8]) -> Option<(f64, f64, PrintedSize)> {
    let (x, y, unit) = (be32(body, 0)?, be32(body, 4)?, *body.get(8)?);
    (unit == 1 && x > 0 && y > 0).then(|| (1e6 / f64::from(x), 1e6 / f64::from(y), PrintedSize::Phys))
}

fn jpeg(bytes: &[u8]) -> Metadata {
    let mut found = Metadata::default();
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let Some((&[0xff, marker, high, low], _)) = rest.split_first_chunk::<4>() {
        let length = usize::from(u16::from_be_bytes([high, low]));
        let Some(body) = rest.get(4..2 + length.max(2)) else { break };
        match marker {
            0xe0 if body.starts_with(b"JFIF\0") => found.pitch = jfif(body).or(found.pitch),
            0xe1 if body.starts_with(b"Exif\0\0") => {
                let exif = tiff(&body[6..]).unwrap_or_default();
                found.provenance = exif.provenance;
                found.pitch = found.pitch.or(exif.pitch);
            }
            // The compressed picture begins: no more metadata.
            0xda | 0xd9 => break,
            _ => {}
        }
        rest = rest.get(2 + length.max(2)..).unwrap_or_default();
    }
    found
}

fn jfif(body: &[u8]) -> Option<(f64, f64, PrintedSize)> {
    let unit_um = match body.get(7)? {
        1 => 25_400.0,
        2 => 10_000.0,
        _ => return None,
    };
    let density = |at: usize| Some(f64::from(u16::from_be_bytes([*body.get(at)?, *body.get(at + 1)?])));
    let (x, y) = (density(8)?, density(10)?);
    (x > 0.0 && y > 0.0).then(|| (unit_um / x, unit_um / y, PrintedSize::Jfif))
}

fn bmp(bytes: &[u8]) -> Option<Metadata> {
    let le32 = |at: usize| Some(i32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    // Only the header of 40 bytes and its successors have the field.
    let header = le32(14)?;
    let (x, y) = (le32(38)?, le32(42)?);
    let stated = header >= 40 && x > 0 && y > 0;
    let pitch = stated.then(|| (1e6 / f64::from(x), 1e6 / f64::from(y), PrintedSize::Bmp));
    Some(Metadata { pitch, provenance: Provenance::default() })
}

/// The first directory of a TIFF, which is also what EXIF is. Tags: 271 maker, 272 model, 282 and 283 resolution,
/// 296 its unit, 305 software, 306 date (TIFF 6.0, section 8).
fn tiff(bytes: &[u8]) -> Option<Metadata> {
    let reader = Ifd { bytes, little: bytes.starts_with(b"II") };
    if reader.u16(2)? != 42 {
        return None;
    }
    let start = reader.u32(4)? as usize;
    let count = usize::from(reader.u16(start)?);
    let (mut x, mut y, mut unit_um) = (None, None, Some(25_400.0));
    let mut provenance = Provenance::default();
    for index in 0..count {
        let Some(at) = start.checked_add(2 + index * 12) else { break };
        let Some(tag) = reader.u16(at) else { break };
        match tag {
            271 => provenance.manufacturer = reader.text(at),
            272 => provenance.model = reader.text(at),
            282 => x = reader.rational(at),
            283 => y = reader.rational(at),
            296 => {
                unit_um = match reader.u16(at + 8) {
                    Some(2) => Some(25_400.0),
                    Some(3) => Some(10_000.0),
                    _ => None,
                }
            }
            305 => provenance.version = reader.text(at),
            306 => provenance.date = reader.text(at),
            _ => {}
        }
    }
    let pitch = match (x, y.or(x), unit_um) {
        (Some(x), Some(y), Some(unit)) if x > 0.0 && y > 0.0 => Some((unit / x, unit / y, PrintedSize::Tiff)),
        _ => None,
    };
    Some(Metadata { pitch, provenance })
}

/// A TIFF directory, byte order and bounds minded.
struct Ifd<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl Ifd<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        let raw: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(raw) } else { u16::from_be_bytes(raw) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let raw: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(raw) } else { u32::from_be_bytes(raw) })
    }

    fn rational(&self, entry: usize) -> Option<f64> {
        let at = self.u32(entry + 8)? as usize;
        let (numerator, denominator) = (self.u32(at)?, self.u32(at.checked_add(4)?)?);
        (denominator > 0).then(|| f64::from(numerator) / f64::from(denominator))
    }

    fn text(&self, entry: usize) -> Option<String> {
        let length = self.u32(entry + 4)? as usize;
        let at = if length <= 4 { entry + 8 } else { self.u32(entry + 8)? as usize };
        let raw = self.bytes.get(at..at.checked_add(length.min(1024))?)?;
        clean(&String::from_utf8_lossy(raw))
    }
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
