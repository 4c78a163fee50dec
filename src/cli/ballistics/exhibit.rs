//! From a file to an exhibit that can be compared. Shared by `compare`, `rank` and `validate`, so that all three see a
//! scan in the same way.

use std::path::Path;

use anyhow::anyhow;
use clap::Args;

use super::input::{self, InputArgs};
use crate::ballistics::firing_pin::{Absent, Impression, Parameters as PinParameters};
use crate::ballistics::intake::{Intake, Masking};
use crate::ballistics::prepare::{self, Prepared};
use crate::ballistics::surface::Surface;

/// How to come from a file to an exhibit.
#[derive(Debug, Clone, Args)]
pub struct ExhibitArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Use the mask stored in the file, where there is one, instead of finding the breech face.
    #[arg(long)]
    file_mask: bool,
}

/// A prepared exhibit, and what a person should know of how it came about.
pub struct Loaded {
    /// The file's name, fit to be shown.
    pub name: String,
    /// The breech face, made ready.
    pub prepared: Prepared,
    /// Doubts of the reader and of the segmentation.
    pub notes: Vec<String>,
}

/// Reads a file and finds its breech face.
///
/// # Errors
/// When it cannot be read, has no breech face, or too little of one.
pub fn load(path: &Path, args: &ExhibitArgs) -> anyhow::Result<Loaded> {
    load_changed(path, args, |surface| surface)
}

/// As [`load`], with the breech face changed by `change` before it is prepared.
///
/// # Errors
/// As [`load`].
pub fn load_changed(
    path: &Path,
    args: &ExhibitArgs,
    change: impl FnOnce(Surface) -> Surface,
) -> anyhow::Result<Loaded> {
    let name = input::shown(path);
    let intake = take_in(path, args, None)?;
    prepared(name, intake, change)
}

/// As [`load`], with the firing-pin impression, or why there is none; `painted` is a picture of the parts that a
/// person corrected.
///
/// # Errors
/// As [`load`], and when `painted` cannot be read.
pub fn load_with_pin(
    path: &Path,
    args: &ExhibitArgs,
    painted: Option<&Path>,
    parameters: &PinParameters,
) -> anyhow::Result<(Loaded, Result<Impression, Absent>)> {
    let intake = take_in(path, args, painted)?;
    let pin = intake.impression(parameters);
    let mut loaded = prepared(input::shown(path), intake, |surface| surface)?;
    if pin.as_ref().is_ok_and(Impression::is_photograph) {
        loaded.notes.push("the firing-pin impression is compared by its grey values".to_owned());
    }
    Ok((loaded, pin))
}

fn take_in(path: &Path, args: &ExhibitArgs, painted: Option<&Path>) -> anyhow::Result<Intake> {
    let picture = painted.map(input::bytes).transpose()?;
    let masking = match &picture {
        Some(picture) => Masking::Painted(picture),
        None if args.file_mask => Masking::Stored,
        None => Masking::Found,
    };
    Intake::read(&input::bytes(path)?, &args.input.options(), masking)
        .map_err(|error| anyhow!("{}: {error}", input::shown(path)))
}

fn prepared(name: String, intake: Intake, change: impl FnOnce(Surface) -> Surface) -> anyhow::Result<Loaded> {
    let notes = intake.notes.clone();
    let surface = change(intake.into_breech_face());
    let prepared = prepare::prepare(&surface, &prepare::Parameters::default())
        .map_err(|error| anyhow!("{name}: {error}"))?;
    Ok(Loaded { name, prepared, notes })
}
