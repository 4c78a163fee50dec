//! `main.xml`: what the four records say, whatever the namespace, the order and the spelling of the root.
//!
//! Elements are looked up by their local names under their parents, since writers qualify, misplace and reorder them.
//! It reads statements and makes no judgement of units. Called by the reader alone.

use roxmltree::{Node, ParsingOptions};

use super::{Limits, X3pError};
use crate::ballistics::formats::scan::{Provenance, Warning};
use crate::ballistics::formats::text::{clean, visible};

/// What our writer puts where the schema demands a date and none is known.
pub(super) const UNKNOWN_DATE: &str = "1970-01-01T00:00:00";

/// How points are stored along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DataType {
    Int16,
    Int32,
    Float32,
    Float64,
}

impl DataType {
    pub(super) fn bytes(self) -> usize {
        match self {
            Self::Int16 => 2,
            Self::Int32 | Self::Float32 => 4,
            Self::Float64 => 8,
        }
    }

    pub(super) fn is_integer(self) -> bool {
        matches!(self, Self::Int16 | Self::Int32)
    }
}

/// One of CX, CY, CZ.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    /// Whether each point brings its own coordinate.
    pub absolute: bool,
    pub data_type: DataType,
    pub increment: f64,
    pub offset: f64,
}

/// Where the points are.
#[derive(Debug)]
pub(super) enum Source {
    /// A member of the archive, and perhaps one that says which points are valid.
    Link { data: String, data_md5: Option<String>, valid: Option<String>, valid_md5: Option<String> },
    /// Text in the document, one entry a point; `None` is missing.
    List(Vec<Option<String>>),
}

/// What `main.xml` says.
#[derive(Debug)]
pub(super) struct Document {
    pub x: Axis,
    pub y: Axis,
    pub z: Axis,
    pub cols: usize,
    pub rows: usize,
    pub source: Source,
    /// The colour of dropped points, of `Record3/Mask/Background`.
    pub mask_background: Option<[u8; 3]>,
    pub provenance: Provenance,
}

impl Document {
    /// Reads the document; a document type is refused, so there are no entities to expand.
    pub(super) fn parse(xml: &str, limits: &Limits, warnings: &mut Vec<Warning>) -> Result<Self, X3pError> {
        let options =
            ParsingOptions { allow_dtd: false, nodes_limit: limits.xml_nodes, ..Default::default() };
        // A byte order mark decoded from UTF-16 would be text before the first element.
        let xml = xml.trim_start_matches('\u{feff}').trim_start();
        let tree = roxmltree::Document::parse_with_options(xml, options)
            .map_err(|error| X3pError::Xml(visible(&error.to_string())))?;
        let root = tree.root_element();
        if !root.tag_name().name().to_ascii_uppercase().starts_with("ISO5436") {
            let problem = format!("the root element is <{}>", visible(root.tag_name().name()));
            return Err(X3pError::Field { field: "ISO5436_2", problem });
        }
        if root.tag_name().namespace().is_none() {
            let what = "main.xml does not name the standard's namespace".into();
            warnings.push(Warning::Dialect { what });
        }
        let record1 = child(root, "Record1").ok_or_else(|| absent("Record1"))?;
        let record3 = child(root, "Record3").ok_or_else(|| absent("Record3"))?;
        refuse_other_features(record1, record3)?;

        let axes = child(record1, "Axes").ok_or_else(|| absent("Record1/Axes"))?;
        let x = axis(axes, "CX", ["Record1/Axes/CX", "Record1/Axes/CX/Increment", "Record1/Axes/CX/Offset"])?;
        let y = axis(axes, "CY", ["Record1/Axes/CY", "Record1/Axes/CY/Increment", "Record1/Axes/CY/Offset"])?;
        let z = axis(axes, "CZ", ["Record1/Axes/CZ", "Record1/Axes/CZ/Increment", "Record1/Axes/CZ/Offset"])?;
        warn_of_rotation(axes, warnings);
        let (cols, rows) = dimensions(record3, limits)?;
        let mask_background = child(record3, "Mask")
            .and_then(|mask| child(mask, "Background"))
            .and_then(|node| colour(text(node)));
        let provenance = child(root, "Record2").map(provenance).unwrap_or_default();
        Ok(Self { x, y, z, cols, rows, source: source(record3, cols * rows)?, mask_background, provenance })
    }
}

fn refuse_other_features(record1: Node<'_, '_>, record3: Node<'_, '_>) -> Result<(), X3pError> {
    let feature = child(record1, "FeatureType").map(text).unwrap_or_default().to_ascii_uppercase();
    match feature.as_str() {
        "PRF" => return Err(X3pError::NotAreal { what: "a profile" }),
        "PCL" => return Err(X3pError::NotAreal { what: "a point cloud" }),
        "SUR" | "" => {}
        other => {
            let problem = format!("{:?} is not SUR, PRF or PCL", visible(other));
            return Err(X3pError::Field { field: "Record1/FeatureType", problem });
        }
    }
    if child(record3, "MatrixDimension").is_none() && child(record3, "ListDimension").is_some() {
        return Err(X3pError::NotAreal { what: "a list of points without a grid" });
    }
    Ok(())
}

/// A rotation other than the identity turns the whole surface in space; marks do not depend on it, so it is told and
/// left alone.
fn warn_of_rotation(axes: Node<'_, '_>, warnings: &mut Vec<Warning>) {
    let Some(rotation) = child(axes, "Rotation") else { return };
    let turned = rotation.children().filter(Node::is_element).any(|node| {
        let name = node.tag_name().name().as_bytes();
        let diagonal = name.len() == 3 && name[1] == name[2];
        let identity = if diagonal { 1.0 } else { 0.0 };
        text(node).parse::<f64>().is_ok_and(|value| (value - identity).abs() > 1e-6)
    });
    if turned {
        let what = "the file states a rotation of the surface in space: not applied".into();
        warnings.push(Warning::Dialect { what });
    }
}

fn axis(axes: Node<'_, '_>, name: &str, fields: [&'static str; 3]) -> Result<Axis, X3pError> {
    let [field, increment, offset] = fields;
    let node = child(axes, name).ok_or_else(|| absent(field))?;
    let kind = child(node, "AxisType").map(text).unwrap_or_default();
    let data_type = match child(node, "DataType").map(text).unwrap_or_default() {
        "I" => DataType::Int16,
        "L" => DataType::Int32,
        "F" => DataType::Float32,
        "D" => DataType::Float64,
        // The type of an incremental lateral axis is never used, so its absence does no harm.
        "" if name != "CZ" => DataType::Float64,
        other => {
            let problem = format!("data type {:?} is not I, L, F or D", visible(other));
            return Err(X3pError::Field { field, problem });
        }
    };
    let increment = number(node, "Increment", 1.0, increment)?;
    let offset = number(node, "Offset", 0.0, offset)?;
    Ok(Axis { absolute: kind.eq_ignore_ascii_case("A"), data_type, increment, offset })
}

/// A finite number, or the default when the element is absent or empty.
fn number(parent: Node<'_, '_>, name: &str, default: f64, field: &'static str) -> Result<f64, X3pError> {
    let Some(node) = child(parent, name) else { return Ok(default) };
    let written = text(node);
    if written.is_empty() {
        return Ok(default);
    }
    // A decimal comma is the mark of a writer that followed its computer's language.
    match written.replace(',', ".").parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => {
            Err(X3pError::Field { field, problem: format!("{:?} is not a finite number", visible(written)) })
        }
    }
}

fn dimensions(record3: Node<'_, '_>, limits: &Limits) -> Result<(usize, usize), X3pError> {
    let matrix = child(record3, "MatrixDimension").ok_or_else(|| absent("Record3/MatrixDimension"))?;
    let size = |name: &str, field: &'static str| -> Result<u64, X3pError> {
        let written = child(matrix, name).map(text).unwrap_or_default();
        written.parse::<u64>().map_err(|_| X3pError::Field {
            field,
            problem: format!("{:?} is not a count of points", visible(written)),
        })
    };
    let cols = size("SizeX", "Record3/MatrixDimension/SizeX")?;
    let rows = size("SizeY", "Record3/MatrixDimension/SizeY")?;
    let layers =
        if child(matrix, "SizeZ").is_some() { size("SizeZ", "Record3/MatrixDimension/SizeZ")? } else { 1 };
    if layers > 1 {
        let problem = format!("{layers} layers: only single surfaces are read");
        return Err(X3pError::Field { field: "Record3/MatrixDimension/SizeZ", problem });
    }
    if cols < 2 || rows < 2 || layers == 0 {
        let problem = format!("{cols} x {rows} x {layers} points make no surface");
        return Err(X3pError::Field { field: "Record3/MatrixDimension", problem });
    }
    match cols.checked_mul(rows) {
        Some(points) if points <= limits.points as u64 => Ok((cols as usize, rows as usize)),
        _ => Err(X3pError::TooManyPoints { cols, rows, limit: limits.points }),
    }
}

fn source(record3: Node<'_, '_>, points: usize) -> Result<Source, X3pError> {
    if let Some(link) = child(record3, "DataLink") {
        let member =
            |name: &str| child(link, name).map(|node| text(node).to_owned()).filter(|text| !text.is_empty());
        return Ok(Source::Link {
            data: member("PointDataLink").unwrap_or_else(|| "bindata/data.bin".into()),
            data_md5: member("MD5ChecksumPointData"),
            valid: member("ValidPointsLink"),
            valid_md5: member("MD5ChecksumValidPoints"),
        });
    }
    let list = child(record3, "DataList").ok_or_else(|| absent("Record3/DataLink and Record3/DataList"))?;
    let data = list.children().filter(|node| node.is_element() && node.tag_name().name() == "Datum");
    // One more than the grid holds is enough to see that there are too many.
    let entries = data.take(points.saturating_add(1)).map(|node| {
        let text = text(node);
        (!text.is_empty()).then(|| text.to_owned())
    });
    Ok(Source::List(entries.collect()))
}

fn provenance(record2: Node<'_, '_>) -> Provenance {
    let of = |parent: Option<Node<'_, '_>>, name: &str| {
        parent.and_then(|p| child(p, name)).and_then(|n| clean(text(n)))
    };
    let here = Some(record2);
    let instrument = child(record2, "Instrument");
    let probing = child(record2, "ProbingSystem");
    // Some writers put the date as bare text into the record.
    let bare =
        || record2.children().filter(Node::is_text).find_map(|node| clean(node.text().unwrap_or_default()));
    Provenance {
        date: of(here, "Date").or_else(bare).filter(|date| date != UNKNOWN_DATE),
        creator: of(here, "Creator"),
        manufacturer: of(instrument, "Manufacturer"),
        model: of(instrument, "Model"),
        serial: of(instrument, "Serial"),
        version: of(instrument, "Version"),
        calibration_date: of(here, "CalibrationDate").filter(|date| date != UNKNOWN_DATE),
        probing: of(probing, "Type"),
        probe: of(probing, "Identification"),
        comment: of(here, "Comment"),
    }
}

/// `#rrggbb`, perhaps with an alpha.
fn colour(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#')?;
    let bytes = hex::decode(digits.get(..6)?).ok()?;
    <[u8; 3]>::try_from(bytes).ok()
}

fn child<'a, 'input>(parent: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    parent.children().find(|node| node.is_element() && node.tag_name().name() == name)
}

fn text<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default().trim()
}

fn absent(field: &'static str) -> X3pError {
    X3pError::Field { field, problem: "is missing".into() }
}
