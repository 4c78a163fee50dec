//! Bringing a list in beside the reference table, and saying before what it would do.
//!
//! The file is read twice: once for its encoding and hash, once for its rows. Neither pass holds more than a row and the ids.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::desk::lifecycle::require;
use crate::desk::{Cancel, Desk, DeskError, Table};
use crate::domain::time::PartialDate;
use crate::locale::Message;
use crate::reference::Reference;
use crate::reference::import::{
    Beginning, Detector, Encoding, Item, Kind, Mapping, NoPlan, Plan, PlannedColumn, ReadFault, Reading,
    Refused, Sink, Tally, read_list, short_name, write_head, write_item,
};
use crate::store::{NewBlob, StoreError};

use super::{EditionInfo, ListLook, SavedMapping};

/// How much of a list is looked at for its headings and kind. Larger than the longest row.
const BEGINNING: u64 = 2 << 20;
/// How much is read at a time.
const PIECE: usize = 1 << 16;

/// A list and how it is to be read.
#[derive(Debug, Clone, Default)]
pub struct ListToImport {
    /// The file.
    pub path: PathBuf,
    /// The edition's short name; made of the kind and the date where empty.
    pub name: String,
    /// What the list is called; the file's name where empty.
    pub title: String,
    /// Of which day, month or year the list is; `None` where not known.
    pub dated: Option<PartialDate>,
    /// Which list it is, or which column says what.
    pub reading: Reading,
}

/// Who watches an import.
pub struct Watch<'a> {
    /// Told bytes done and bytes in all, now and then.
    pub progress: &'a mut dyn FnMut(u64, u64),
    /// Given each row that is refused, and the plan by which its list is read.
    pub refused: &'a mut dyn FnMut(&Plan, &Refused) -> io::Result<()>,
    /// Looked at now and then: whether the import should stop.
    pub cancel: Cancel,
}

/// What an import would do, or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// The file.
    pub file: PathBuf,
    /// The edition's short name.
    pub name: String,
    /// What the list is called.
    pub title: String,
    /// Which list it is.
    pub kind: Kind,
    /// The saved mapping that its headings were found by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapping: Option<String>,
    /// The encoding found.
    pub encoding: Encoding,
    /// What separates the fields.
    pub delimiter: char,
    /// Every column, and what is read of it.
    pub columns: Vec<PlannedColumn>,
    /// What becomes of the rows.
    #[serde(flatten)]
    pub tally: Tally,
    /// SHA-256 of the file, in hexadecimal.
    pub file_sha256: String,
    /// Its length.
    pub file_bytes: u64,
}

impl Desk {
    /// Says what an import would do; nothing is written.
    pub fn preview_list(&self, list: &ListToImport, watch: &mut Watch<'_>) -> Result<Preview, DeskError> {
        preview_list(&self.table, list, &self.mappings(), watch)
    }

    /// Looks at the columns of a list and says what each is, or probably is; nothing is written.
    pub fn look_at_list(&self, list: &ListToImport, watch: &mut Watch<'_>) -> Result<ListLook, DeskError> {
        FirstPass::over(&list.path, watch)?.look(&self.table.reference(), list, &self.mappings())
    }

    /// Brings a list in. When it returns the edition is on the disk and named in the journal, and the table has it.
    pub fn import_list(
        &self,
        list: &ListToImport,
        purpose: &str,
        watch: &mut Watch<'_>,
    ) -> Result<(EditionInfo, Preview), DeskError> {
        require(purpose, "purpose")?;
        let Some(blobs) = self.blobs().filter(|_| !self.read_only) else {
            return Err(StoreError::ReadOnly.into());
        };
        let table = self.table.settled();
        let first = FirstPass::over(&list.path, watch)?;
        let saved = self.mappings();
        let (name, plan) = first.plan(&table, list, &saved)?;
        {
            let _writing = self.write_lock();
            let editions = self.is_free(&name)?;
            blobs.sweep(&editions.iter().map(|edition| edition.content.as_str()).collect::<Vec<_>>())?;
        }
        let mut blob = blobs.begin()?;
        let writing = |source: io::Error| list_fault(&list.path, &source);
        write_head(&mut blob).map_err(writing)?;
        let mut preview = first.read(&table, list, name, &plan, Some(&mut blob), watch)?;
        preview.mapping = named(&plan, &saved);
        if preview.tally.models + preview.tally.codes == 0 {
            return Err(list_fault(&list.path, &Message::new("list-no-row")));
        }
        // From here to the entry nobody else may sweep.
        let lock = self.write_lock();
        self.is_free(&preview.name)?;
        let content = blob.keep()?;
        let info = EditionInfo {
            name: preview.name.clone(),
            title: preview.title.clone(),
            kind: preview.kind,
            dated: list.dated,
            file: file_name(&list.path),
            file_sha256: preview.file_sha256.clone(),
            file_bytes: preview.file_bytes,
            encoding: preview.encoding,
            rows: preview.tally.rows,
            entries: preview.tally.models,
            codes: preview.tally.codes,
            refused: preview.tally.refused,
            content,
            officer: self.officer().clone(),
            at: self.now(),
            purpose: purpose.trim().to_owned(),
            removed: None,
        };
        let earlier = self.edition_document(&info.name)?;
        self.append(vec![self.edition_entry(&info, earlier)])?;
        drop(lock);
        self.table.add(&info, &blobs)?;
        Ok((info, preview))
    }

    /// The editions there are, if none of them has this name.
    fn is_free(&self, name: &str) -> Result<Vec<EditionInfo>, DeskError> {
        let editions = self.editions()?;
        let taken = editions.iter().any(|edition| edition.name == name);
        if taken { Err(DeskError::EditionThere(name.to_owned())) } else { Ok(editions) }
    }
}

/// Says what an import would do. Needs no workspace. A list whose headings nobody knows comes back as a fault that holds its columns
/// with what each probably says.
pub fn preview_list(
    table: &Table,
    list: &ListToImport,
    saved: &[SavedMapping],
    watch: &mut Watch<'_>,
) -> Result<Preview, DeskError> {
    let first = FirstPass::over(&list.path, watch)?;
    let table = table.settled();
    let (name, plan) = first.plan(&table, list, saved)?;
    let preview = first.read(&table, list, name, &plan, None, watch)?;
    Ok(Preview { mapping: named(&plan, saved), ..preview })
}

/// What the saved mapping is called by which a list is read.
fn named(plan: &Plan, saved: &[SavedMapping]) -> Option<String> {
    plan.saved.and_then(|at| saved.get(at)).map(|saved| saved.name.clone())
}

fn mappings(saved: &[SavedMapping]) -> Vec<Mapping> {
    saved.iter().map(|saved| saved.mapping.clone()).collect()
}

/// What the first pass over the file found.
struct FirstPass {
    path: PathBuf,
    encoding: Encoding,
    sha256: String,
    bytes: u64,
    beginning: Vec<u8>,
}

impl FirstPass {
    fn over(path: &Path, watch: &mut Watch<'_>) -> Result<Self, DeskError> {
        let fault = |source: io::Error| list_fault(path, &source);
        let about = std::fs::metadata(path).map_err(fault)?;
        if about.is_dir() {
            return Err(list_fault(path, &Message::new("list-folder")));
        }
        if !about.is_file() {
            return Err(list_fault(path, &Message::new("list-not-regular")));
        }
        let mut file = File::open(path).map_err(fault)?;
        let mut beginning = Vec::new();
        Read::by_ref(&mut file).take(BEGINNING).read_to_end(&mut beginning).map_err(fault)?;
        let mut detector = Detector::default();
        let mut hash = Sha256::new();
        let mut bytes = 0;
        let mut piece = beginning.clone();
        loop {
            detector.feed(&piece);
            hash.update(&piece);
            bytes += piece.len() as u64;
            (watch.progress)(bytes, about.len().max(bytes) * 2);
            if watch.cancel.is_cancelled() {
                return Err(DeskError::Stopped);
            }
            piece.resize(PIECE, 0);
            match file.read(&mut piece).map_err(fault)? {
                0 => break,
                count => piece.truncate(count),
            }
        }
        let sha256 = hex::encode(hash.finalize());
        Ok(Self { path: path.to_owned(), encoding: detector.encoding(), sha256, bytes, beginning })
    }

    fn look(
        &self,
        reference: &Reference,
        list: &ListToImport,
        saved: &[SavedMapping],
    ) -> Result<ListLook, DeskError> {
        let fault = |fault: NoPlan| list_fault(&self.path, &fault);
        let beginning = Beginning::read(&self.beginning, self.encoding, None).map_err(fault)?;
        let plan = Plan::of(&self.beginning, self.encoding, &list.reading, &mappings(saved)).ok();
        Ok(ListLook::of(self.path.clone(), self.encoding, &beginning, plan.as_ref(), reference))
    }

    fn plan(
        &self,
        reference: &Reference,
        list: &ListToImport,
        saved: &[SavedMapping],
    ) -> Result<(String, Plan), DeskError> {
        let plan = match Plan::of(&self.beginning, self.encoding, &list.reading, &mappings(saved)) {
            Ok(plan) => plan,
            Err(fault @ NoPlan::Unknown(_)) => {
                let look = Box::new(self.look(reference, list, saved)?);
                return Err(DeskError::UnknownList { path: self.path.clone(), why: fault.to_string(), look });
            }
            Err(fault) => return Err(list_fault(&self.path, &fault)),
        };
        let stem = || self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let given = match (list.name.trim(), plan.kind, list.dated) {
            ("", Kind::Mapped, _) => stem(),
            ("", kind, Some(dated)) => format!("{kind}-{dated}"),
            ("", kind, None) => kind.id().to_owned(),
            (name, ..) => name.to_owned(),
        };
        let name = short_name(&given);
        if name.is_empty() {
            return Err(list_fault(&self.path, &Message::new("list-no-name")));
        }
        Ok((name, plan))
    }

    fn read(
        self,
        reference: &Reference,
        list: &ListToImport,
        name: String,
        plan: &Plan,
        blob: Option<&mut NewBlob>,
        watch: &mut Watch<'_>,
    ) -> Result<Preview, DeskError> {
        let fault = |source: io::Error| list_fault(&self.path, &source);
        let done = Arc::new(AtomicU64::new(0));
        let file =
            Hashed { file: File::open(&self.path).map_err(fault)?, hash: Sha256::new(), done: done.clone() };
        let mut input = BufReader::with_capacity(PIECE, file);
        let mut rows = Rows { plan, blob, watch, done, bytes: self.bytes };
        let tally = read_list(reference, &name, plan, self.encoding, &mut input, &mut rows);
        let tally = tally.map_err(|fault| match fault {
            ReadFault::Stopped => DeskError::Stopped,
            ReadFault::Io(source) => list_fault(&self.path, &source),
        })?;
        let again = hex::encode(input.into_inner().hash.finalize());
        if again != self.sha256 {
            return Err(list_fault(&self.path, &Message::new("list-changed")));
        }
        let title = list.title.trim();
        Ok(Preview {
            title: if title.is_empty() { file_name(&self.path) } else { title.to_owned() },
            name,
            kind: plan.kind,
            mapping: None,
            encoding: self.encoding,
            delimiter: char::from(plan.delimiter),
            columns: plan.columns(),
            tally,
            file_sha256: self.sha256,
            file_bytes: self.bytes,
            file: self.path,
        })
    }
}

/// The rows of a list on their way to the edition's file and to those who watch.
struct Rows<'a, 'b> {
    plan: &'a Plan,
    blob: Option<&'a mut NewBlob>,
    watch: &'a mut Watch<'b>,
    done: Arc<AtomicU64>,
    bytes: u64,
}

impl Sink for Rows<'_, '_> {
    fn keep(&mut self, item: &Item) -> io::Result<()> {
        self.blob.as_mut().map_or(Ok(()), |blob| write_item(*blob, item))
    }

    fn refuse(&mut self, refused: &Refused) -> io::Result<()> {
        (self.watch.refused)(self.plan, refused)
    }

    fn goes_on(&mut self, _rows: u64) -> bool {
        (self.watch.progress)(self.bytes + self.done.load(Ordering::Relaxed), self.bytes * 2);
        !self.watch.cancel.is_cancelled()
    }
}

/// A file that is hashed and counted as it is read.
struct Hashed {
    file: File,
    hash: Sha256,
    done: Arc<AtomicU64>,
}

impl Read for Hashed {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(to)?;
        self.hash.update(&to[..count]);
        self.done.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

fn list_fault(path: &Path, why: &dyn Display) -> DeskError {
    DeskError::List { path: path.to_owned(), why: why.to_string() }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
