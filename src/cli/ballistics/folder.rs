//! The gallery of a folder for `rank`: its files signed, into a gallery file if one is named, else into memory.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Cursor, Seek};
use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::{Context, bail};
use rayon::prelude::*;

use super::exhibit::{self, ExhibitArgs};
use super::input;
use super::work::Work;
use crate::ballistics::gallery::{ClassCharacteristics, EntryHead, Gallery, Writer};
use crate::ballistics::signature::Signature;
use crate::ballistics::work::Watch;

/// Endings of the files of a folder that are looked at.
const ENDINGS: [&str; 7] = ["x3p", "png", "jpg", "jpeg", "tif", "tiff", "bmp"];

/// Signs the files of a folder: into the gallery file if one is named, else into the bytes that are returned. The second
/// value tells what was left out and why.
///
/// # Errors
/// When the folder cannot be read, the gallery not written, or the work was stopped.
pub fn build(
    dir: &Path,
    gallery: Option<&Path>,
    args: &ExhibitArgs,
    work: &Work,
) -> anyhow::Result<(Option<Vec<u8>>, Vec<String>)> {
    let files = files_of(dir)?;
    let known = gallery.map(known_entries).unwrap_or_default();
    let report = |done, total| work.report(done, total);
    let watch = Watch::new(work.flag(), &report);
    watch.expect(files.len());
    let signed: Vec<Result<(Signature, EntryHead), String>> = files
        .par_iter()
        .map(|(id, version)| {
            if watch.advance(1).is_err() {
                return Err(String::new());
            }
            if let Some((signature, head)) = known.get(id).filter(|(_, head)| head.version == *version) {
                return Ok((signature.clone(), head.clone()));
            }
            let loaded =
                exhibit::load(Path::new(id), args).map_err(|problem| format!("left out: {problem:#}"))?;
            let head = EntryHead {
                id: id.clone(),
                version: version.clone(),
                calibre: None,
                quantity: loaded.prepared.quantity,
                class: ClassCharacteristics::default(),
            };
            Ok((Signature::of(&loaded.prepared.map), head))
        })
        .collect();
    work.check()?;
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    for one in signed {
        match one {
            Ok(entry) => entries.push(entry),
            Err(problem) => problems.push(problem),
        }
    }
    let Some(path) = gallery else {
        return Ok((Some(write(Cursor::new(Vec::new()), &entries)?.into_inner()), problems));
    };
    // Beside the old one and then over it, so that a cut of power leaves one of the two.
    let fresh = path.with_extension("new");
    let file = File::create(&fresh).with_context(|| format!("{} cannot be written", input::shown(&fresh)))?;
    let file =
        write(BufWriter::new(file), &entries)?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    fs::rename(&fresh, path).with_context(|| format!("{} cannot be written", input::shown(path)))?;
    Ok((None, problems))
}

fn write<W: std::io::Write + Seek>(out: W, entries: &[(Signature, EntryHead)]) -> anyhow::Result<W> {
    let mut writer = Writer::new(out)?;
    for (signature, head) in entries {
        writer.push(signature, head.clone())?;
    }
    Ok(writer.finish()?)
}

/// Entries of an earlier gallery; none where it is absent or does not open, since it can be made again.
fn known_entries(path: &Path) -> HashMap<String, (Signature, EntryHead)> {
    let Ok(gallery) = File::open(path).map(BufReader::new).map_err(Into::into).and_then(Gallery::open) else {
        return HashMap::new();
    };
    gallery
        .heads()
        .iter()
        .enumerate()
        .filter_map(|(index, head)| Some((head.id.clone(), (gallery.signature(index).ok()?, head.clone()))))
        .collect()
}

/// Files of a folder that may be exhibits, by name, each with its size and time as version.
fn files_of(dir: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let shown = input::shown(dir);
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("{shown} cannot be read"))? {
        let path = entry.with_context(|| format!("{shown} cannot be read"))?.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if !ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            continue;
        }
        let about = fs::metadata(&path).with_context(|| input::shown(&path))?;
        let time = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let version = format!("{} {}", about.len(), time.map_or(0, |time| time.as_nanos()));
        files.push((path.canonicalize()?.to_string_lossy().into_owned(), version));
    }
    if files.is_empty() {
        bail!("{shown} holds no scan or photograph ({})", ENDINGS.join(", "));
    }
    files.sort();
    Ok(files)
}
