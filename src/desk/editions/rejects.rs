//! The file of refused rows: a list's own headings and each row as it was read, then file, line and reason, so that a row can be put
//! right and the file imported again.
//!
//! Called by the command line and by the Import screen.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::reference::import::{Plan, Refused};

/// How many files of one list are made before its folder is to be tidied.
const MOST_FILES: u32 = 100;

/// A file of refused rows that is being written.
pub struct Rejects {
    path: PathBuf,
    writer: csv::Writer<File>,
    /// The list whose headings were written last.
    list: String,
}

impl Rejects {
    /// Makes the file; one that is there is replaced.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Self::of(path.to_owned(), File::create(path)?))
    }

    /// Makes a file beside a list: `frt.csv` has `frt.refused.csv`, or the first of `frt.refused-2.csv` and so on that is not there.
    pub fn beside(list: &Path) -> io::Result<Self> {
        let mut fault = io::Error::from(io::ErrorKind::AlreadyExists);
        for number in 1..=MOST_FILES {
            let extension =
                if number == 1 { "refused.csv".to_owned() } else { format!("refused-{number}.csv") };
            let path = list.with_extension(extension);
            match File::create_new(&path) {
                Ok(file) => return Ok(Self::of(path, file)),
                Err(other) if other.kind() == io::ErrorKind::AlreadyExists => fault = other,
                Err(other) => return Err(other),
            }
        }
        Err(fault)
    }

    fn of(path: PathBuf, file: File) -> Self {
        let writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
        Self { path, writer, list: String::new() }
    }

    /// Writes a row of a list; its headings before the first.
    pub fn write(&mut self, list: &str, plan: &Plan, row: &Refused) -> io::Result<()> {
        if self.list != list {
            list.clone_into(&mut self.list);
            let own = ["refused_file", "refused_line", "refused_reason"].map(str::to_owned);
            self.writer.write_record(plan.headings.iter().chain(&own)).map_err(io::Error::other)?;
        }
        let missing = plan.headings.len().saturating_sub(row.fields.len());
        let padding = std::iter::repeat_n(String::new(), missing);
        let told = [list.to_owned(), row.line.to_string(), row.reason.clone()];
        let fields = row.fields.iter().cloned().chain(padding).chain(told);
        self.writer.write_record(fields.collect::<Vec<_>>()).map_err(io::Error::other)
    }

    /// Writes what is still held; the answer is where the file is.
    pub fn finish(mut self) -> io::Result<PathBuf> {
        self.writer.flush()?;
        Ok(self.path)
    }
}
