//! From a file to an exhibit that can be compared: read, find the breech face, prepare. Shared by `compare`, `rank`
//! and `validate`, so that all three see a scan in the same way.

use std::path::Path;

use anyhow::{Context, anyhow, bail};
use clap::Args;

use super::input::{self, InputArgs};
use crate::ballistics::formats::{self, Mask, Scan};
use crate::ballistics::prepare::{self, Prepared};
use crate::ballistics::segment::{self, Overrides, SegmentKind};
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
    let bytes = input::bytes(path)?;
    let scan =
        formats::read_scan(&bytes, &args.input.options()).map_err(|error| anyhow!("{name}: {error}"))?;
    let mut notes: Vec<String> = scan.warnings.iter().map(ToString::to_string).collect();
    let mask = breech_face(&scan, args.file_mask, &mut notes).with_context(|| name.clone())?;
    let surface = change(masked(scan.surface, mask.as_ref()));
    let prepared = prepare::prepare(&surface, &prepare::Parameters::default())
        .map_err(|error| anyhow!("{name}: {error}"))?;
    Ok(Loaded { name, prepared, notes })
}

/// The points to keep; `None` keeps all that was measured.
fn breech_face(scan: &Scan, file_mask: bool, notes: &mut Vec<String>) -> anyhow::Result<Option<Mask>> {
    if file_mask && let Some(mask) = &scan.mask {
        if (mask.cols, mask.rows) != (scan.surface.cols, scan.surface.rows) {
            bail!("the mask in the file has another size than the surface; leave out --file-mask");
        }
        notes.push("the mask stored in the file was used".to_owned());
        return Ok(Some(mask.clone()));
    }
    let found = segment::segment(&scan.surface, &Overrides::default())?;
    notes.extend(found.notes.iter().map(ToString::to_string));
    Ok(match found.kind {
        SegmentKind::Head => Some(found.breech_face),
        SegmentKind::BreechFaceOnly => None,
    })
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
