//! The points: from bytes or a list to heights in the file's own unit, and the steps between them.
//!
//! It holds the declared grid against what is there and turns absolute lateral positions into a regular grid or
//! refuses them. Called by the reader alone.

use super::archive::{Archive, compare_checksum};
use super::document::{Axis, DataType, Document, Source};
use super::{Limits, X3pError};
use crate::ballistics::formats::scan::Warning;

/// Heights and steps, in the file's own units.
pub(super) struct Points {
    /// One a point; missing is NaN.
    pub values: Vec<f64>,
    pub step_x: f64,
    pub step_y: f64,
}

/// The steps along both lateral axes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lateral {
    pub x: f64,
    pub y: f64,
}

/// Reads the points of the document.
pub(super) fn decode(
    document: &Document,
    archive: &mut Archive<'_>,
    limits: &Limits,
    warnings: &mut Vec<Warning>,
) -> Result<Points, X3pError> {
    let mut columns = match &document.source {
        Source::List(entries) => from_list(document, entries)?,
        Source::Link { data, data_md5, valid, valid_md5 } => {
            let bytes = archive.linked(data, (limits.points as u64).saturating_mul(24))?;
            compare_checksum("the point data", data_md5.as_deref().unwrap_or_default(), &bytes, warnings);
            let mut columns = from_bytes(document, &bytes)?;
            if let Some(valid) = valid {
                let bytes = archive.linked(valid, limits.points as u64)?;
                compare_checksum(
                    "the valid points",
                    valid_md5.as_deref().unwrap_or_default(),
                    &bytes,
                    warnings,
                );
                drop_invalid(document, &bytes, &mut columns.z)?;
            }
            columns
        }
    };
    let infinite = columns.z.iter().filter(|value| value.is_infinite()).count();
    if infinite > 0 {
        warnings.push(Warning::Infinities { count: infinite });
        for value in columns.z.iter_mut().filter(|value| value.is_infinite()) {
            *value = f64::NAN;
        }
    }
    let step_x = match &columns.x {
        None => step_of(&document.x, "Record1/Axes/CX/Increment", warnings)?,
        Some(x) => regular_step(x, document.cols, 1, document, 'x')?,
    };
    let step_y = match &columns.y {
        None => step_of(&document.y, "Record1/Axes/CY/Increment", warnings)?,
        Some(y) => regular_step(y, document.rows, document.cols, document, 'y')?,
    };
    Ok(Points { values: columns.z, step_x, step_y })
}

/// What each point brings: always a height, a lateral position where the axis is absolute.
struct Columns {
    x: Option<Vec<f64>>,
    y: Option<Vec<f64>>,
    z: Vec<f64>,
}

impl Columns {
    fn for_document(document: &Document) -> Self {
        let points = document.cols * document.rows;
        let column = |axis: &Axis| axis.absolute.then(|| Vec::with_capacity(points));
        Self { x: column(&document.x), y: column(&document.y), z: Vec::with_capacity(points) }
    }
}

fn from_bytes(document: &Document, bytes: &[u8]) -> Result<Columns, X3pError> {
    let width = |axis: &Axis| if axis.absolute { axis.data_type.bytes() } else { 0 };
    let z_only = document.z.data_type.bytes();
    let record = width(&document.x) + width(&document.y) + z_only;
    let points = document.cols * document.rows;
    let wrong = || X3pError::WrongLength {
        part: "the point data",
        what: "bytes",
        cols: document.cols,
        rows: document.rows,
        expected: points as u64 * record as u64,
        found: bytes.len() as u64,
    };
    if bytes.len() != points.checked_mul(record).ok_or_else(wrong)? {
        return Err(wrong());
    }
    if record == z_only {
        return Ok(Columns { x: None, y: None, z: numbers(bytes, &document.z) });
    }
    let mut columns = Columns::for_document(document);
    for point in bytes.chunks_exact(record) {
        let (x, rest) = point.split_at(width(&document.x));
        let (y, z) = rest.split_at(width(&document.y));
        if let Some(column) = &mut columns.x {
            column.extend(numbers(x, &document.x));
        }
        if let Some(column) = &mut columns.y {
            column.extend(numbers(y, &document.y));
        }
        columns.z.extend(numbers(z, &document.z));
    }
    Ok(columns)
}

/// Little-endian numbers of an axis. Integers count increments from the offset (the standard's sample 4); floats of an
/// absolute axis are the value itself, and writers leave meaningless increments beside them.
fn numbers(bytes: &[u8], axis: &Axis) -> Vec<f64> {
    fn each<const N: usize>(bytes: &[u8], value: impl Fn([u8; N]) -> f64) -> Vec<f64> {
        bytes.as_chunks::<N>().0.iter().map(|chunk| value(*chunk)).collect()
    }
    match axis.data_type {
        DataType::Int16 => each(bytes, |b| counted(f64::from(i16::from_le_bytes(b)), axis)),
        DataType::Int32 => each(bytes, |b| counted(f64::from(i32::from_le_bytes(b)), axis)),
        DataType::Float32 => each(bytes, |b| f64::from(f32::from_le_bytes(b))),
        DataType::Float64 => each(bytes, f64::from_le_bytes),
    }
}

fn counted(count: f64, axis: &Axis) -> f64 {
    axis.offset + count * axis.increment
}

fn from_list(document: &Document, entries: &[Option<String>]) -> Result<Columns, X3pError> {
    let points = document.cols * document.rows;
    if entries.len() != points {
        return Err(X3pError::WrongLength {
            part: "DataList",
            what: if entries.len() > points { "entries or more" } else { "entries" },
            cols: document.cols,
            rows: document.rows,
            expected: points as u64,
            found: entries.len() as u64,
        });
    }
    let mut columns = Columns::for_document(document);
    for (at, entry) in entries.iter().enumerate() {
        let problem = |problem: String| X3pError::Datum { index: at + 1, problem };
        let mut fields = entry.as_deref().map(|text| text.split(';'));
        let mut next = |axis: &Axis| -> Result<f64, X3pError> {
            let Some(fields) = &mut fields else { return Ok(f64::NAN) };
            let field = fields.next().ok_or_else(|| problem("too few numbers".into()))?.trim();
            let value: f64 = field.parse().map_err(|_| {
                problem(format!("{:?} is not a number", crate::ballistics::formats::text::visible(field)))
            })?;
            Ok(if axis.data_type.is_integer() { counted(value, axis) } else { value })
        };
        if let Some(column) = &mut columns.x {
            column.push(next(&document.x)?);
        }
        if let Some(column) = &mut columns.y {
            column.push(next(&document.y)?);
        }
        columns.z.push(next(&document.z)?);
        if fields.is_some_and(|mut rest| rest.next().is_some()) {
            return Err(problem("too many numbers".into()));
        }
    }
    Ok(columns)
}

/// Valid points are packed bits, the least significant first: the standard's sample has point 7 of 16 invalid and
/// bytes 7f ff.
fn drop_invalid(document: &Document, bits: &[u8], values: &mut [f64]) -> Result<(), X3pError> {
    let expected = values.len().div_ceil(8);
    if bits.len() < expected {
        return Err(X3pError::WrongLength {
            part: "the valid points",
            what: "bytes",
            cols: document.cols,
            rows: document.rows,
            expected: expected as u64,
            found: bits.len() as u64,
        });
    }
    for (at, value) in values.iter_mut().enumerate() {
        if bits[at / 8] >> (at % 8) & 1 == 0 {
            *value = f64::NAN;
        }
    }
    Ok(())
}

/// The step of an incremental axis; direction does not matter to a mark, absence does.
fn step_of(axis: &Axis, field: &'static str, warnings: &mut Vec<Warning>) -> Result<f64, X3pError> {
    if axis.increment == 0.0 {
        return Err(X3pError::Field { field, problem: "the distance between points is zero".into() });
    }
    if axis.increment < 0.0 {
        warnings.push(Warning::Dialect { what: format!("{field} is negative: its size is used") });
    }
    Ok(axis.increment.abs())
}

/// The step of an absolute axis, if its positions make a regular grid to within 5 % of a step. `stride` is the
/// distance in the list from one position of this axis to the next.
fn regular_step(
    positions: &[f64],
    count: usize,
    stride: usize,
    document: &Document,
    axis: char,
) -> Result<f64, X3pError> {
    let across = if stride == 1 { document.cols } else { 1 };
    let lines = if stride == 1 { document.rows } else { document.cols };
    let at = |index: usize, line: usize| positions[index * stride + line * across];
    // One position a column (or row): the first line that has it. A missing point brings no position.
    let line: Vec<f64> = (0..count)
        .map(|index| (0..lines).map(|line| at(index, line)).find(|p| p.is_finite()).unwrap_or(f64::NAN))
        .collect();
    let known = || line.iter().enumerate().filter(|(_, p)| p.is_finite());
    let (Some((first, start)), Some((last, end))) = (known().next(), known().next_back()) else {
        return Err(X3pError::Irregular { axis, index: 0 });
    };
    let step = (end - start) / (last.max(first + 1) - first) as f64;
    if step == 0.0 || !step.is_finite() {
        return Err(X3pError::Irregular { axis, index: 0 });
    }
    for index in 0..count {
        let expected = start + step * (index as f64 - first as f64);
        let astray = |position: f64| position.is_finite() && (position - expected).abs() > 0.05 * step.abs();
        if (0..lines).any(|line| astray(at(index, line))) {
            return Err(X3pError::Irregular { axis, index });
        }
    }
    Ok(step.abs())
}
