//! From a file to an exhibit that can be compared: read, find its parts, prepare. Shared by `compare`, `rank` and
//! `validate`, so that all three see a scan in the same way.

use std::path::Path;

use anyhow::{Context, anyhow, bail};
use clap::Args;

use super::input::{self, InputArgs};
use crate::ballistics::firing_pin::{Absent, Impression, Parameters as PinParameters};
use crate::ballistics::formats::{self, Mask, Scan};
use crate::ballistics::prepare::{self, Prepared};
use crate::ballistics::segment::{self, Overrides, SegmentKind, Segmentation, paint};
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
    let parts = parts(path, args, None)?;
    parts.prepared(change)
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
    let mut parts = parts(path, args, painted)?;
    let pin = match &parts.found {
        Some(found) => Impression::of(&parts.scan.surface, found, parameters),
        // The mask of the file tells the breech face alone.
        None => match segment::segment(&parts.scan.surface, &Overrides::default()) {
            Ok(found) => Impression::of(&parts.scan.surface, &found, parameters),
            Err(_) => Err(Absent::NotFound),
        },
    };
    if let Ok(impression) = &pin
        && impression.is_photograph()
    {
        parts.notes.push("the firing-pin impression is compared by its grey values".to_owned());
    }
    Ok((parts.prepared(|surface| surface)?, pin))
}

/// A scan whose breech face is known.
struct Parts {
    name: String,
    scan: Scan,
    /// What the segmentation found or a person painted; `None` where the mask of the file was used.
    found: Option<Segmentation>,
    /// The points to keep; `None` keeps all that was measured.
    breech_face: Option<Mask>,
    notes: Vec<String>,
}

impl Parts {
    fn prepared(self, change: impl FnOnce(Surface) -> Surface) -> anyhow::Result<Loaded> {
        let Self { name, scan, breech_face, notes, .. } = self;
        let surface = change(masked(scan.surface, breech_face.as_ref()));
        let prepared = prepare::prepare(&surface, &prepare::Parameters::default())
            .map_err(|error| anyhow!("{name}: {error}"))?;
        Ok(Loaded { name, prepared, notes })
    }
}

fn parts(path: &Path, args: &ExhibitArgs, painted: Option<&Path>) -> anyhow::Result<Parts> {
    let name = input::shown(path);
    let bytes = input::bytes(path)?;
    let scan =
        formats::read_scan(&bytes, &args.input.options()).map_err(|error| anyhow!("{name}: {error}"))?;
    let mut notes: Vec<String> = scan.warnings.iter().map(ToString::to_string).collect();
    if let Some(picture) = painted {
        let found = painted_parts(picture, &scan.surface)?;
        notes.extend(found.notes.iter().map(ToString::to_string));
        return Ok(Parts {
            name,
            breech_face: Some(found.breech_face.clone()),
            found: Some(found),
            scan,
            notes,
        });
    }
    if args.file_mask
        && let Some(mask) = &scan.mask
    {
        if (mask.cols, mask.rows) != (scan.surface.cols, scan.surface.rows) {
            bail!("{name}: the mask in the file has another size than the surface; leave out --file-mask");
        }
        notes.push("the mask stored in the file was used".to_owned());
        return Ok(Parts { name, breech_face: Some(mask.clone()), found: None, scan, notes });
    }
    let found = segment::segment(&scan.surface, &Overrides::default()).with_context(|| name.clone())?;
    notes.extend(found.notes.iter().map(ToString::to_string));
    let breech_face = match found.kind {
        SegmentKind::Head => Some(found.breech_face.clone()),
        SegmentKind::BreechFaceOnly => None,
    };
    Ok(Parts { name, scan, found: Some(found), breech_face, notes })
}

/// The parts that a person painted.
///
/// # Errors
/// When the picture cannot be read, has another size or names nothing.
pub fn painted_parts(picture: &Path, surface: &Surface) -> anyhow::Result<Segmentation> {
    let name = input::shown(picture);
    let bytes = input::bytes(picture)?;
    let parts = paint::read(&bytes, surface).map_err(|error| anyhow!("{name}: {error}"))?;
    Ok(segment::painted(parts))
}

fn masked(mut surface: Surface, mask: Option<&Mask>) -> Surface {
    if let Some(mask) = mask {
        for (value, keep) in surface.values.iter_mut().zip(&mask.keep) {
            if !keep {
                *value = f32::NAN;
            }
        }
    }
    surface
}
