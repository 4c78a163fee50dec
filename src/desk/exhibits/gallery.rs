//! The gallery of a workspace: the signatures of its exhibits in one file, made again when it is missing or behind.
//!
//! It opens at once when it holds exactly the exhibits of the journal. Otherwise what it lacks is signed from the blobs,
//! the rest is taken over, and the new file is put in the place of the old. Beside another process, or where nothing
//! may be written, the new one is made in memory.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Cursor, Read, Seek, Write};
use std::path::Path;

use rayon::prelude::*;

use crate::ballistics::gallery::{EntryHead, Gallery, GalleryError, Writer};
use crate::ballistics::signature::Signature;
use crate::ballistics::work::Watch;

use super::{CaseExhibit, Desk, DeskError};

/// The file of the breech faces.
const FILE: &str = "breech-face.gallery";

/// Where an open gallery is read from: a file, or memory.
pub trait GalleryStream: Read + Seek + Send {}

impl<T: Read + Seek + Send> GalleryStream for T {}

type Stream = Box<dyn GalleryStream>;

/// The gallery of a workspace, and which exhibits could not be put in it.
pub struct ExhibitGallery {
    /// The signatures; an entry's `id` is the exhibit's number.
    pub gallery: Gallery<Stream>,
    /// How many exhibits were signed for it now.
    pub signed: usize,
    /// Exhibits that are left out, with the reason.
    pub problems: Vec<String>,
}

impl Desk {
    /// Opens the gallery, bringing it up to date first.
    ///
    /// # Errors
    /// When the disk fails, or `watch` is stopped: then the old file stays.
    pub fn exhibit_gallery(&self, watch: &Watch<'_>) -> Result<ExhibitGallery, DeskError> {
        let exhibits = self.exhibits()?;
        let folder = &self.folder()?.gallery();
        let path = folder.join(FILE);
        // One that is missing or damaged is made again; nothing is lost with it.
        let held = match open(&path) {
            Ok(gallery) if is_of(&gallery, &exhibits) => {
                return Ok(ExhibitGallery { gallery, signed: 0, problems: Vec::new() });
            }
            Ok(gallery) => entries(&gallery),
            Err(_) => HashMap::new(),
        };
        watch.expect(exhibits.len());
        let signed: Vec<Signed> = exhibits
            .par_iter()
            .map(|exhibit| self.signed(exhibit, &held, watch))
            .collect::<Result<_, _>>()?;
        let fresh = signed.iter().filter(|one| matches!(one, Signed::Made(..))).count();
        let mut problems = Vec::new();
        let mut kept = Vec::new();
        for one in signed {
            match one {
                Signed::Held(signature, head) | Signed::Made(signature, head) => kept.push((signature, head)),
                Signed::Unusable(reason) => problems.push(reason),
            }
        }
        let opened = if self.is_read_only() {
            written(Cursor::new(Vec::new()), &kept).and_then(|file| Gallery::open(Box::new(file) as Stream))
        } else {
            write(folder, &path, &kept)?;
            open(&path)
        };
        let gallery = opened.map_err(|error| fault(&path, &error))?;
        Ok(ExhibitGallery { gallery, signed: fresh, problems })
    }

    fn signed(
        &self,
        exhibit: &CaseExhibit,
        held: &HashMap<String, (Signature, EntryHead)>,
        watch: &Watch<'_>,
    ) -> Result<Signed, DeskError> {
        let known = held.get(&exhibit.number).filter(|(_, head)| head.version == version(exhibit));
        let signed = match known {
            Some((signature, head)) => Signed::Held(signature.clone(), head.clone()),
            None => match self.exhibit_prepared(exhibit) {
                Ok(prepared) => {
                    let head = EntryHead {
                        id: exhibit.number.clone(),
                        version: version(exhibit),
                        // A calibre that the table does not know is compared with all: unknown is never no.
                        calibre: Some(exhibit.calibre_id.clone()).filter(|id| !id.is_empty()),
                        quantity: prepared.quantity,
                        class: exhibit.class,
                    };
                    Signed::Made(Signature::of(&prepared.map), head)
                }
                Err(fault) => Signed::Unusable(format!("{} is left out: {fault}", exhibit.number)),
            },
        };
        watch.advance(1).map_err(|_| DeskError::GalleryStopped)?;
        Ok(signed)
    }
}

enum Signed {
    Held(Signature, EntryHead),
    Made(Signature, EntryHead),
    Unusable(String),
}

/// Which state of an exhibit a signature is of.
fn version(exhibit: &CaseExhibit) -> String {
    exhibit.id.to_string()
}

/// Whether the gallery holds these exhibits and no other.
fn is_of<R: Read + Seek>(gallery: &Gallery<R>, exhibits: &[CaseExhibit]) -> bool {
    gallery.heads().len() == exhibits.len()
        && gallery
            .heads()
            .iter()
            .zip(exhibits)
            .all(|(head, exhibit)| head.id == exhibit.number && head.version == version(exhibit))
}

fn open(path: &Path) -> Result<Gallery<Stream>, GalleryError> {
    Gallery::open(Box::new(BufReader::new(File::open(path)?)))
}

fn entries<R: Read + Seek>(gallery: &Gallery<R>) -> HashMap<String, (Signature, EntryHead)> {
    let heads = gallery.heads().iter().enumerate();
    heads
        .filter_map(|(at, head)| Some((head.id.clone(), (gallery.signature(at).ok()?, head.clone()))))
        .collect()
}

fn fault(path: &Path, fault: &GalleryError) -> DeskError {
    DeskError::Gallery { path: path.to_owned(), fault: fault.to_string() }
}

fn write(folder: &Path, path: &Path, entries: &[(Signature, EntryHead)]) -> Result<(), DeskError> {
    let fresh = path.with_extension("new");
    let io = |source: std::io::Error| fault(path, &GalleryError::Io(source));
    fs::create_dir_all(folder).map_err(io)?;
    let file = BufWriter::new(File::create(&fresh).map_err(io)?);
    let file = written(file, entries).map_err(|error| fault(path, &error))?;
    let file = file.into_inner().map_err(|error| io(error.into_error()))?;
    file.sync_all().map_err(io)?;
    fs::rename(&fresh, path).map_err(io)
}

fn written<W: Write + Seek>(out: W, entries: &[(Signature, EntryHead)]) -> Result<W, GalleryError> {
    let mut writer = Writer::new(out)?;
    for (signature, head) in entries {
        writer.push(signature, head.clone())?;
    }
    writer.finish()
}
