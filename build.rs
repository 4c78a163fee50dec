//! Lists the data files of `reference/` so that they are part of the program, and a new file needs no code. TOML is for people: it is
//! made JSON here, which the program reads several times as fast at each start.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("reference");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut code = String::from("&[\n");
    for (no, path) in files.iter().enumerate() {
        let name = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let shipped =
            if is_toml(path) { as_json(path, &out.join(format!("{no}.json")))? } else { path.clone() };
        let shipped = shipped.to_string_lossy();
        writeln!(code, "    ({name:?}, include_str!({shipped:?})),").map_err(io::Error::other)?;
    }
    code.push_str("]\n");
    fs::write(out.join("reference_files.rs"), code)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ext| ext == "toml")
}

/// Writes a TOML file as JSON; what is wrong in it is told with the file, line and column.
fn as_json(path: &Path, to: &Path) -> io::Result<PathBuf> {
    let told = |fault: String| io::Error::other(format!("{}: {fault}", path.display()));
    let table: toml::Table =
        fs::read_to_string(path)?.parse().map_err(|fault: toml::de::Error| told(fault.to_string()))?;
    let json = serde_json::to_string(&table).map_err(|fault| told(fault.to_string()))?;
    fs::write(to, json)?;
    Ok(to.to_owned())
}

/// Every data file below a folder. The forms' schemas are embedded by the forms themselves.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "forms") {
                collect(&path, files)?;
            }
        } else if path.extension().is_some_and(|ext| ext == "toml" || ext == "csv") {
            files.push(path);
        }
    }
    Ok(())
}
