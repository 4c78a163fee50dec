//! The arguments that say how to read a scan or photograph, shared by the subcommands that take one.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};
use clap::Args;

use crate::ballistics::formats::{ReadOptions, UnitOverride, text};
use crate::ballistics::segment::Circle;

/// Larger files are refused before they are read.
const MAX_FILE_BYTES: u64 = 1024 * 1024 * 1024;

/// How to read a file.
#[derive(Debug, Clone, Args)]
pub struct InputArgs {
    /// Unit of an X3P's axes: m, mm or um for all, or by axis such as xy=m,z=um.
    #[arg(long, value_name = "UNIT", value_parser = UnitOverride::parse)]
    unit: Option<UnitOverride>,
    /// Micrometres a pixel of a photograph; goes before what the picture states.
    #[arg(long, value_name = "UM")]
    um_per_px: Option<f64>,
}

impl InputArgs {
    /// The options for the readers.
    pub fn options(&self) -> ReadOptions {
        let mut options = ReadOptions::default();
        options.x3p.units = self.unit.unwrap_or_default();
        options.photo.um_per_px = self.um_per_px;
        options
    }
}

/// The bytes of a file, up to a limit.
///
/// # Errors
/// When it cannot be read or is too large.
pub fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let file = File::open(path).with_context(|| format!("{} cannot be opened", shown(path)))?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("{} cannot be read", shown(path)))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        bail!("{} is larger than 1 GiB: no scan or photograph of a cartridge case is", shown(path));
    }
    Ok(bytes)
}

/// A path fit to be shown.
pub fn shown(path: &Path) -> String {
    text::visible(&path.display().to_string())
}

/// Parses `X,Y` in micrometres.
///
/// # Errors
/// A sentence naming what was expected.
pub fn parse_point(written: &str) -> Result<(f64, f64), String> {
    match numbers(written).as_deref() {
        Some([x, y]) => Ok((*x, *y)),
        _ => Err("expected X,Y: two numbers in micrometres from the top left corner".into()),
    }
}

/// Parses `X,Y,R` in micrometres.
///
/// # Errors
/// A sentence naming what was expected.
pub fn parse_circle(written: &str) -> Result<Circle, String> {
    match numbers(written).as_deref() {
        Some([x, y, radius]) if *radius > 0.0 => Ok(Circle { x: *x, y: *y, radius: *radius }),
        _ => Err("expected X,Y,R: centre and radius in micrometres from the top left corner".into()),
    }
}

fn numbers(written: &str) -> Option<Vec<f64>> {
    written
        .split(',')
        .map(|part| part.trim().parse::<f64>().ok().filter(|number| number.is_finite()))
        .collect()
}

/// Refuses to write over the file that is read.
///
/// # Errors
/// When both are the same file.
pub fn refuse_same(input: &Path, output: &Path) -> anyhow::Result<()> {
    let same = match (input.canonicalize(), output.canonicalize()) {
        (Ok(input), Ok(output)) => input == output,
        _ => false,
    };
    if same {
        bail!("{} is the file that is read: choose another name for the result", shown(output));
    }
    Ok(())
}
