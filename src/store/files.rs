//! Putting files and folders where they belong so that a crash leaves the old one or the new one.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::contract::StoreError;
use super::fault::{reading, writing};

/// The path with something added to its file name.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Moves a synced file to its place, and returns when the folder knows it.
pub fn put_in_place(temporary: &Path, place: &Path) -> Result<(), StoreError> {
    std::fs::rename(temporary, place).map_err(writing(place))?;
    place.parent().map_or(Ok(()), sync_folder)
}

/// Returns when the folder's list of files is on the disk. Only Unix lets a folder be synced; elsewhere a rename is durable itself.
pub fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(reading(folder))?;
    }
    Ok(())
}

/// Makes a folder and those above it.
pub fn make_folder(folder: &Path) -> Result<(), StoreError> {
    std::fs::create_dir_all(folder).map_err(writing(folder))
}

/// Moves a damaged file or folder among those set aside, under a name of its own, and gives that.
pub fn set_aside(path: &Path, folder: &Path) -> Result<PathBuf, StoreError> {
    let to = free_name(folder, path)?;
    std::fs::rename(path, &to).map_err(writing(path))?;
    Ok(to)
}

/// A name in the folder that nothing has yet, made of the path's own.
pub fn free_name(folder: &Path, path: &Path) -> Result<PathBuf, StoreError> {
    make_folder(folder)?;
    let name = path.file_name().unwrap_or_default();
    let mut free = folder.join(name);
    for count in 2u64.. {
        if !free.exists() {
            break;
        }
        free = with_suffix(&folder.join(name), &format!(".{count}"));
    }
    Ok(free)
}
