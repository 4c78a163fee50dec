//! The house's rules, read from the source: who may use whom, who alone names a library, and how long a file may be.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers of ARCHITECTURE.md; a folder may use those of a lower number, and itself.
const LAYERS: [(&str, u8); 13] = [
    ("domain", 0),
    ("locale", 1),
    ("reference", 2),
    ("ballistics", 2),
    ("forms", 2),
    ("store", 3),
    ("search", 3),
    ("desk", 4),
    ("jobs", 5),
    ("app", 6),
    ("ui", 7),
    ("term", 8),
    ("cli", 9),
];

/// Libraries that only these folders name.
const ALONE: [(&str, &[&str]); 7] = [
    ("sled", &["store"]),
    ("tantivy", &["search"]),
    ("ratatui", &["ui", "term"]),
    ("crossterm", &["term"]),
    ("viuer", &["term"]),
    ("anyhow", &["cli"]),
    ("clap", &["cli"]),
];

/// Folders that touch neither disk nor terminal.
const PURE: [&str; 5] = ["domain", "forms", "reference", "ballistics", "ui"];

const LONGEST_FILE: usize = 500;

struct Source {
    path: PathBuf,
    folder: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(&root).unwrap().to_owned();
                let folder = relative.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
                found.push(Source { text: fs::read_to_string(&path).unwrap(), path: relative, folder });
            }
        }
    }
    assert!(found.len() > 50, "only {} files were found under src/", found.len());
    found
}

fn layer(folder: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == folder).map(|(_, layer)| *layer)
}

/// The lines of code: what is not a comment, and stands before the tests of the file.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim()))
        .filter(|(_, line)| !line.starts_with("//"))
}

#[test]
fn every_folder_uses_only_the_layers_below_it() {
    let mut faults = Vec::new();
    for source in sources() {
        let Some(own) = layer(&source.folder) else { continue };
        for (line, text) in code(&source.text) {
            for used in text.split("crate::").skip(1) {
                let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let Some(other) = layer(&name) else { continue };
                if name != source.folder && other >= own {
                    faults.push(format!(
                        "src/{}:{line}: {} may not use {name}",
                        source.path.display(),
                        source.folder
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "layers of ARCHITECTURE.md:\n{}", faults.join("\n"));
}

#[test]
fn each_bound_library_is_named_in_its_folder_only() {
    let mut faults = Vec::new();
    for source in sources() {
        for (line, text) in code(&source.text) {
            for (library, folders) in ALONE {
                let named =
                    text.contains(&format!("{library}::")) || text.starts_with(&format!("use {library};"));
                if named && !folders.contains(&source.folder.as_str()) {
                    faults.push(format!(
                        "src/{}:{line}: only {folders:?} may name {library}",
                        source.path.display()
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pure_folders_touch_neither_disk_nor_terminal() {
    let forbidden =
        ["std::fs", "std::net", "std::process", "std::io::stdout", "std::io::stdin", "println!", "eprintln!"];
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| PURE.contains(&source.folder.as_str())) {
        for (line, text) in code(&source.text) {
            if let Some(name) = forbidden.iter().find(|name| text.contains(**name)) {
                faults.push(format!(
                    "src/{}:{line}: {} is pure and names {name}",
                    source.path.display(),
                    source.folder
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_module_begins_with_what_it_is_for() {
    let missing: Vec<String> = sources()
        .iter()
        .filter(|source| !source.path.ends_with("tests.rs") && !source.text.starts_with("//!"))
        .map(|source| format!("src/{}", source.path.display()))
        .collect();
    assert!(missing.is_empty(), "no //! at the head of: {missing:?}");
}

#[test]
fn files_are_about_one_thing() {
    let long: Vec<String> = sources()
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, path)| format!("src/{} has {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "more than {LONGEST_FILE} lines: {long:?}");
}

#[test]
fn architecture_names_every_folder_with_an_invariant() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    for (folder, _) in LAYERS {
        let heading = format!("### `src/{folder}/`");
        let section =
            text.split(&heading).nth(1).unwrap_or_else(|| panic!("ARCHITECTURE.md has no section {heading}"));
        let section = section.split("\n### ").next().unwrap();
        assert!(section.contains("**Invariant:**"), "the section of {folder} names no invariant");
    }
}
