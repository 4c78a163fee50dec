//! The table in the program is that of the data files, to the byte.

#[path = "../build/files.rs"]
mod files;

use std::path::Path;

#[test]
fn the_table_in_the_program_is_that_of_the_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference");
    let files = files::all(&root).expect("the data files can be read");
    let prepared = headstamp::reference::prepare(&files).expect("the data files make a table");
    let shipped = headstamp::reference::prepared_bytes();
    let differs = prepared.iter().zip(shipped).position(|(one, other)| one != other);
    assert!(
        prepared == shipped,
        "{} bytes of the files, {} in the program, the first difference at {differs:?}: is the same table written differently, or was \
         the program built from other files?",
        prepared.len(),
        shipped.len(),
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_its_line() {
    let glossary = "source = \"s\"\nlicence = \"l\"\n[[term]]\nid = 7\n";
    let fault = headstamp::reference::prepare(&[("glossary.toml", glossary)]).expect_err("an id is a text");
    assert!(fault.to_string().starts_with("reference/glossary.toml: line 4: "), "{fault}");
}
