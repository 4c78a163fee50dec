//! Exhibits of cartridge cases: entered once, kept by their hash, found again through the gallery.
//!
//! The journal holds who entered which file, of which case, calibre and class; the file itself is a blob; signatures are
//! a projection that [`gallery`] makes again when it is missing or behind. Comparing is the business of `ballistics`.

mod gallery;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::ballistics::formats::{ReadOptions, UnitOverride};
use crate::ballistics::gallery::ClassCharacteristics;
use crate::ballistics::intake::{Intake, Masking};
use crate::ballistics::prepare::{self, Prepared};
use crate::domain::id::DocId;
use crate::domain::officer::{Office, Officer};
use crate::store::layout::Workspace;
use crate::store::{Blobs, DocKind, Document, Keys, NewEntry, Prefix, Queue};

use super::lifecycle::require;
use super::{Desk, DeskError};

pub use gallery::{ExhibitGallery, GalleryStream};

/// A fired cartridge case whose scan or photograph is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseExhibit {
    /// Its identifier.
    pub id: DocId,
    /// Its natural number, such as `EX-2026-000001`.
    pub number: String,
    /// The case it belongs to, as the office writes it.
    pub case_ref: String,
    /// What the file was called.
    pub file_name: String,
    /// The file, by its SHA-256 in hexadecimal.
    pub file: String,
    /// How long it is.
    pub bytes: u64,
    /// The parts as a person painted them, by the hash of the picture; else they are sought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<String>,
    /// The unit of the axes, where the examiner insisted.
    #[serde(default, skip_serializing_if = "UnitOverride::is_none")]
    pub unit: UnitOverride,
    /// Micrometres a pixel, where the examiner said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub um_per_px: Option<f64>,
    /// The calibre as it was given; empty where unknown.
    #[serde(default)]
    pub calibre: String,
    /// The calibre in the reference table; empty where the table does not know it.
    #[serde(default)]
    pub calibre_id: String,
    /// What the examiner stated of its class.
    #[serde(default)]
    pub class: ClassCharacteristics,
    /// The office that entered it.
    pub office: Office,
    /// The officer who entered it.
    pub officer: Officer,
    /// When.
    pub at: Timestamp,
}

/// What is to be entered.
#[derive(Debug, Clone, Default)]
pub struct NewExhibit {
    /// The case.
    pub case_ref: String,
    /// Why; kept in the journal.
    pub purpose: String,
    /// What the file is called.
    pub file_name: String,
    /// The file.
    pub file: Vec<u8>,
    /// A picture of the parts, painted by a person.
    pub parts: Option<Vec<u8>>,
    /// The unit of the axes.
    pub unit: UnitOverride,
    /// Micrometres a pixel.
    pub um_per_px: Option<f64>,
    /// The calibre.
    pub calibre: String,
    /// The class.
    pub class: ClassCharacteristics,
}

/// What became of an exhibit.
#[derive(Debug, Clone, PartialEq)]
pub struct AddedExhibit {
    /// As it is kept.
    pub exhibit: CaseExhibit,
    /// Whether the same file was in the same case before; then nothing was written.
    pub known: bool,
    /// Doubts of the reader and of the segmentation.
    pub notes: Vec<String>,
}

impl Desk {
    /// Keeps a scan or photograph, after looking whether it can be compared at all.
    ///
    /// # Errors
    /// [`DeskError::Exhibit`] when it cannot be read or compared: then nothing was kept.
    pub fn add_exhibit(&self, new: NewExhibit) -> Result<AddedExhibit, DeskError> {
        require(&new.purpose, "purpose")?;
        require(&new.case_ref, "case")?;
        let options = read_options(new.unit, new.um_per_px);
        let (_, notes) = prepared(&new.file, &options, new.parts.as_deref())
            .map_err(|fault| DeskError::Exhibit { name: new.file_name.clone(), fault })?;
        let blobs = Blobs::in_folder(self.folder()?.blobs());
        let _writing = self.write_lock();
        let file = blobs.put(&new.file)?;
        let parts = new.parts.as_deref().map(|picture| blobs.put(picture)).transpose()?;
        let case_ref = new.case_ref.trim().to_owned();
        let same = |known: &CaseExhibit| known.file == file && known.case_ref == case_ref;
        if let Some(exhibit) = self.exhibits()?.into_iter().find(same) {
            return Ok(AddedExhibit { exhibit, known: true, notes });
        }
        let at = self.now();
        let prefix = Prefix(format!("EX-{:04}-", self.today().year()));
        let exhibit = CaseExhibit {
            id: self.ids.next(at),
            number: format!("{}{:06}", prefix.0, self.store().highest(&prefix)? + 1),
            case_ref,
            file_name: new.file_name,
            file,
            bytes: new.file.len() as u64,
            parts,
            unit: new.unit,
            um_per_px: new.um_per_px,
            calibre_id: self.names().calibre(&new.calibre).unwrap_or_default(),
            calibre: new.calibre.trim().to_owned(),
            class: new.class,
            office: self.office().clone(),
            officer: self.officer().clone(),
            at,
        };
        self.append(vec![entry(&exhibit, &new.purpose)])?;
        Ok(AddedExhibit { exhibit, known: false, notes })
    }

    /// All exhibits, in the order in which they were entered.
    pub fn exhibits(&self) -> Result<Vec<CaseExhibit>, DeskError> {
        let mut exhibits = Vec::new();
        for item in self.store().queue(Queue::Exhibit)? {
            if let Some(document) = self.store().document(item.id)? {
                exhibits.push(CaseExhibit::parse(&document)?);
            }
        }
        Ok(exhibits)
    }

    /// The exhibit with a number.
    pub fn exhibit(&self, number: &str) -> Result<CaseExhibit, DeskError> {
        CaseExhibit::parse(&self.document(number, DocKind::Exhibit)?)
    }

    /// The breech face of an exhibit, made ready to be compared.
    pub fn exhibit_prepared(&self, exhibit: &CaseExhibit) -> Result<Prepared, DeskError> {
        let blobs = Blobs::in_folder(self.folder()?.blobs());
        let lost = |fault| DeskError::ExhibitFile { number: exhibit.number.clone(), fault };
        let file = blobs.read(&exhibit.file).map_err(lost)?;
        let parts = exhibit.parts.as_ref().map(|hash| blobs.read(hash)).transpose().map_err(lost)?;
        prepared(&file, &read_options(exhibit.unit, exhibit.um_per_px), parts.as_deref())
            .map(|(prepared, _)| prepared)
            .map_err(|fault| DeskError::Exhibit { name: exhibit.number.clone(), fault })
    }

    fn folder(&self) -> Result<&Workspace, DeskError> {
        self.workspace.as_ref().ok_or(DeskError::NoFiles)
    }
}

impl CaseExhibit {
    pub(super) fn parse(document: &Document) -> Result<Self, DeskError> {
        serde_json::from_str(&document.body)
            .map_err(|fault| DeskError::Unreadable { id: document.id.to_string(), fault: fault.to_string() })
    }

    /// How it is found.
    pub(super) fn keys(&self) -> Keys {
        Keys { number: Some(self.number.clone()), queues: vec![Queue::Exhibit], ..Keys::default() }
    }

    /// Whether these bytes are its file.
    pub fn is_of(&self, file: &[u8]) -> bool {
        hex::encode(Sha256::digest(file)) == self.file
    }

    /// In a few words, for lists.
    pub fn title(&self) -> String {
        let parts = [&self.case_ref, &self.file_name, &self.calibre];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
    }
}

fn entry(exhibit: &CaseExhibit, purpose: &str) -> NewEntry {
    NewEntry {
        at: exhibit.at,
        officer: exhibit.officer.clone(),
        purpose: purpose.trim().to_owned(),
        act: "exhibit.add".to_owned(),
        kind: DocKind::Exhibit,
        doc: exhibit.id,
        parent: None,
        body: serde_json::to_string(exhibit).expect("an exhibit holds only text, numbers and lists"),
        keys: exhibit.keys(),
    }
}

fn read_options(unit: UnitOverride, um_per_px: Option<f64>) -> ReadOptions {
    let mut options = ReadOptions::default();
    options.x3p.units = unit;
    options.photo.um_per_px = um_per_px;
    options
}

fn prepared(
    file: &[u8],
    options: &ReadOptions,
    parts: Option<&[u8]>,
) -> Result<(Prepared, Vec<String>), String> {
    let masking = parts.map_or(Masking::Found, Masking::Painted);
    let intake = Intake::read(file, options, masking).map_err(|fault| fault.to_string())?;
    let notes = intake.notes.clone();
    prepare::prepare(&intake.into_breech_face(), &prepare::Parameters::default())
        .map(|prepared| (prepared, notes))
        .map_err(|fault| fault.to_string())
}
