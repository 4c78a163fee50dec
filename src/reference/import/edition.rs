//! An edition: how its rows are written to a file, and how the file becomes entries again.
//!
//! The file is lines of JSON: a head, then one row a line in the list's own words. It is read by the table of today, so an edition
//! imported under an earlier table is linked to the makes, calibres and cards that this one knows.

use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::reference::entry::Entry;
use crate::reference::make::Make;
use crate::reference::table::Reference;

use super::codes::KnownCode;
use super::item::Item;
use super::resolve::Resolver;

/// The form of the file that this program writes.
const FORM: u32 = 1;
/// Rows that one thread reads at a time.
const AT_A_TIME: usize = 4_096;

/// What was imported from one file.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its short name, which begins the ids of its entries: `frt-2024`.
    pub name: Arc<str>,
    /// Its entries.
    pub entries: Vec<Arc<Entry>>,
    /// Its codes.
    pub codes: Vec<KnownCode>,
    /// Makes that its codes bring.
    pub makes: Vec<Make>,
}

/// A file that is no edition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadEdition {
    /// It does not begin as one.
    #[error("it is no edition")]
    NoHead,
    /// A later program wrote it.
    #[error("it was written by a later Headstamp, in form {0}: use that one, or import the list again")]
    Form(u32),
    /// A row cannot be read.
    #[error("line {line}: {fault}")]
    Row {
        /// Which line.
        line: usize,
        /// What is wrong.
        fault: String,
    },
}

#[derive(Serialize, Deserialize)]
struct Head {
    headstamp_edition: u32,
}

/// Writes the beginning of an edition's file.
pub fn write_head(to: &mut dyn Write) -> io::Result<()> {
    line(to, &Head { headstamp_edition: FORM })
}

/// Writes a row of an edition's file.
pub fn write_item(to: &mut dyn Write, item: &Item) -> io::Result<()> {
    line(to, item)
}

fn line(to: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *to, value)?;
    to.write_all(b"\n")
}

impl Edition {
    /// Reads an edition's file by a table, on all cores.
    pub fn read(reference: &Reference, name: &str, file: &[u8]) -> Result<Self, BadEdition> {
        let mut lines = file.split(|byte| *byte == b'\n');
        let head = lines.next().and_then(|line| serde_json::from_slice::<Head>(line).ok());
        match head {
            None => return Err(BadEdition::NoHead),
            Some(Head { headstamp_edition: FORM }) => {}
            Some(Head { headstamp_edition }) => return Err(BadEdition::Form(headstamp_edition)),
        }
        let name: Arc<str> = Arc::from(name);
        let lines: Vec<&[u8]> = lines.filter(|line| !line.is_empty()).collect();
        let parts = lines.par_chunks(AT_A_TIME).enumerate().map(|(part, lines)| {
            let mut resolver = Resolver::new(reference, &name);
            let mut edition = Self::empty(&name);
            for (at, line) in lines.iter().enumerate() {
                let row = |fault: serde_json::Error| BadEdition::Row {
                    line: part * AT_A_TIME + at + 2,
                    fault: fault.to_string(),
                };
                edition.take(serde_json::from_slice(line).map_err(row)?, &mut resolver, reference);
            }
            Ok(edition)
        });
        let parts: Vec<Self> = parts.collect::<Result<_, _>>()?;
        let mut whole = Self::empty(&name);
        for part in parts {
            whole.entries.extend(part.entries);
            whole.codes.extend(part.codes);
            whole.makes.extend(part.makes);
        }
        Ok(whole)
    }

    fn empty(name: &Arc<str>) -> Self {
        Self { name: Arc::clone(name), entries: Vec::new(), codes: Vec::new(), makes: Vec::new() }
    }

    fn take(&mut self, item: Item, resolver: &mut Resolver<'_>, reference: &Reference) {
        match item {
            Item::Model(model) => self.entries.push(Arc::new(resolver.entry(*model))),
            Item::Code(code) => {
                let code = KnownCode::of(code, reference);
                self.makes.extend(code.make(&self.name));
                self.codes.push(code);
            }
        }
    }
}
