//! X3P, the surface format of ISO 25178-72 (ISO 5436-2), read in every dialect we have met, and written plainly.
//!
//! A file is untrusted: sizes it declares are held against the bytes it brings, and everything is capped. What the
//! standard demands but the world gets wrong (units, checksums, namespaces, folders) is understood and reported as a
//! [`Warning`]; what leaves the values in doubt is refused. It reads areal surfaces only: profiles and
//! point clouds are refused with the reason.

mod archive;
mod document;
mod mask;
mod points;
mod units;
mod write;

use std::io;

pub use write::{WriteError, write};

use super::scan::{Scan, UnitOverride, Warning};
use crate::ballistics::surface::{Micrometres, Quantity, Surface};
use archive::Archive;
use document::Document;

/// How to read a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions {
    /// Units the user insists on.
    pub units: UnitOverride,
    /// What a file may cost.
    pub limits: Limits,
}

/// What an untrusted file may cost. The defaults hold the largest scans in use (100 million bytes of data) with room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Points in the grid.
    pub points: usize,
    /// Bytes of `main.xml` when unpacked.
    pub xml_bytes: u64,
    /// Nodes of `main.xml`: a list of data has two or three a point.
    pub xml_nodes: u32,
    /// Members of the archive.
    pub entries: usize,
    /// Bytes a member may unpack to, whatever its ratio.
    pub free_bytes: u64,
    /// Beyond `free_bytes`, how many times its packed size a member may unpack to.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            points: 64 * 1024 * 1024,
            xml_bytes: 32 * 1024 * 1024,
            xml_nodes: 2_000_000,
            entries: 256,
            free_bytes: 64 * 1024 * 1024,
            ratio: 200,
        }
    }
}

/// Why a file could not be read. Texts of the file inside are already fit to show.
#[derive(Debug, thiserror::Error)]
pub enum X3pError {
    /// Not a zip archive, or cut short.
    #[error("not an X3P file: the zip archive cannot be opened ({0}); it may be cut short")]
    NotAnArchive(String),
    /// Too many members.
    #[error("the archive has {found} members, more than the {limit} allowed")]
    TooManyEntries {
        /// Found.
        found: usize,
        /// Allowed.
        limit: usize,
    },
    /// A member unpacks to more than it may.
    #[error("{part} unpacks to {found} bytes, more than the {limit} allowed for its packed size")]
    TooLarge {
        /// The member.
        part: String,
        /// Declared or reached.
        found: u64,
        /// Allowed.
        limit: u64,
    },
    /// A member is not there.
    #[error("{part} is missing from the archive")]
    Missing {
        /// The member.
        part: String,
    },
    /// A member is damaged.
    #[error("{part} is damaged: {reason}")]
    Damaged {
        /// The member.
        part: String,
        /// What the unpacker says.
        reason: String,
    },
    /// A link leads out of the archive.
    #[error("main.xml links to {link:?}, outside the archive: refused")]
    UnsafeLink {
        /// The link.
        link: String,
    },
    /// Not well-formed XML, or XML with a document type, which this format does not need.
    #[error("main.xml cannot be read: {0}")]
    Xml(String),
    /// A field is absent or makes no sense.
    #[error("main.xml, {field}: {problem}")]
    Field {
        /// The path of the element.
        field: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// A profile or a point cloud.
    #[error(
        "this file holds {what}, not an areal surface: marks on a cartridge case need a surface (FeatureType SUR)"
    )]
    NotAreal {
        /// What it holds instead.
        what: &'static str,
    },
    /// More points than allowed.
    #[error("the grid is {cols} x {rows} points, more than the {limit} allowed")]
    TooManyPoints {
        /// Declared along x.
        cols: u64,
        /// Declared along y.
        rows: u64,
        /// Allowed in all.
        limit: usize,
    },
    /// The data are not as many as declared.
    #[error("{part} has {found} {what}, but a grid of {cols} x {rows} needs {expected}")]
    WrongLength {
        /// The member.
        part: &'static str,
        /// Bytes or entries.
        what: &'static str,
        /// Declared along x.
        cols: usize,
        /// Declared along y.
        rows: usize,
        /// Needed.
        expected: u64,
        /// Found.
        found: u64,
    },
    /// An entry of the data list is no number.
    #[error("main.xml, DataList entry {index}: {problem}")]
    Datum {
        /// Counted from 1.
        index: usize,
        /// What is wrong.
        problem: String,
    },
    /// Absolute positions that are not a grid.
    #[error(
        "the positions along axis {axis} are not evenly spaced (row or column {index}): only regular grids are read"
    )]
    Irregular {
        /// The axis.
        axis: char,
        /// Counted from 0.
        index: usize,
    },
    /// Every point is missing.
    #[error("no point of the surface was measured: all {points} are missing")]
    Empty {
        /// How many.
        points: usize,
    },
}

impl X3pError {
    fn damaged(part: &str, error: &io::Error) -> Self {
        Self::Damaged { part: super::text::visible(part), reason: super::text::visible(&error.to_string()) }
    }
}

/// Reads an X3P file.
///
/// Values come out in micrometres with missing points as NaN, the first row of the file first. Heights keep the zero
/// of the file.
///
/// # Errors
/// [`X3pError`] when the file is damaged, costs more than `options.limits`, holds no areal surface, or leaves the
/// values in doubt.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Scan, X3pError> {
    let mut warnings = Vec::new();
    let mut archive = Archive::open(bytes, options.limits, &mut warnings)?;
    let xml = archive.main_xml(&mut warnings)?;
    let document = Document::parse(&xml, &options.limits, &mut warnings)?;
    let points = points::decode(&document, &mut archive, &options.limits, &mut warnings)?;
    let mask = mask::read(&document, &mut archive, &mut warnings);

    let lateral = points::Lateral { x: points.step_x, y: points.step_y };
    let units =
        units::infer(lateral, (document.cols, document.rows), &points.values, options.units, &mut warnings);
    let scale = units.z.map_or(1.0, |z| z.unit.in_micrometres());
    let values = points.values.iter().map(|value| (value * scale) as f32).collect();
    let surface = Surface {
        cols: document.cols,
        rows: document.rows,
        pitch_x: Micrometres(points.step_x * units.x.unit.in_micrometres()),
        pitch_y: Micrometres(points.step_y * units.y.unit.in_micrometres()),
        quantity: Quantity::Height,
        values,
    };
    // A height beyond what single precision can hold has become an infinity: no instrument measures it.
    let surface = without_infinities(surface, &mut warnings);
    if surface.coverage() <= 0.0 {
        return Err(X3pError::Empty { points: surface.values.len() });
    }
    Ok(Scan { surface, mask, units, provenance: document.provenance, warnings })
}

fn without_infinities(mut surface: Surface, warnings: &mut Vec<Warning>) -> Surface {
    let mut count = 0;
    for value in surface.values.iter_mut().filter(|value| value.is_infinite()) {
        *value = f32::NAN;
        count += 1;
    }
    if count > 0 {
        warnings.push(Warning::Infinities { count });
    }
    surface
}
