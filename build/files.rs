//! The data files of the reference table, for the build and for the test that holds what it wrote to them.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Every data file below a folder: its path there with `/`, and its text; sorted by path. The forms' schemas are embedded by the forms
/// themselves. The texts are kept until the process ends.
pub fn all(root: &Path) -> io::Result<Vec<(&'static str, &'static str)>> {
    let mut paths = Vec::new();
    collect(root, &mut paths)?;
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path)
            .map_err(|fault| io::Error::new(fault.kind(), format!("{}: {fault}", path.display())))?;
        Ok((&*name.leak(), &*text.leak()))
    };
    paths.into_iter().map(read).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "forms") {
                collect(&path, paths)?;
            }
        } else if path.extension().is_some_and(|ext| ext == "toml" || ext == "csv") {
            paths.push(path);
        }
    }
    Ok(())
}
