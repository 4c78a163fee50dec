//! The record of a lost, stolen, trafficked, smuggled, seized or recovered firearm (domain.md 3.1).
//!
//! The JSON of a [`Record`] is what the command line prints and takes, what the form edits by path, and what the journal keeps.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::country::CountryCode;
use super::firearm::Firearm;
use super::id::DocId;
use super::lifecycle::RecordState;
use super::officer::Officer;
use super::time::PartialDate;
use super::vocabulary::vocabulary;

vocabulary! {
    /// Why the firearm is recorded.
    RecordReason {
        /// Taken from its owner.
        Stolen = "stolen",
        /// Its owner does not know where it is.
        Lost = "lost",
        /// Moved between countries against the law.
        Trafficked = "trafficked",
        /// Taken across a border in secret.
        Smuggled = "smuggled",
        /// Seized and submitted for tracing.
        SeizedForTrace = "seized_for_trace",
        /// Found again.
        Recovered = "recovered",
    }
}

vocabulary! {
    /// Who may see the content (domain.md 8.4), from the least to the most restricted.
    Classification {
        /// An extract for the public.
        PublicExtract = "public_extract",
        /// For official use only: the default.
        OfficialUse = "official_use",
        /// Restricted.
        Restricted = "restricted",
        /// Confidential.
        Confidential = "confidential",
    }
}

vocabulary! {
    /// Source grade of the 4x4 system (domain.md 8.3).
    SourceGrade {
        /// No doubt of authenticity, trustworthiness, competence.
        A = "A",
        /// Mostly reliable.
        B = "B",
        /// Mostly unreliable.
        C = "C",
        /// Cannot be assessed.
        X = "X",
    }
}

vocabulary! {
    /// Information grade of the 4x4 system (domain.md 8.3).
    InformationGrade {
        /// Accuracy not in doubt.
        One = "1",
        /// Known personally to the source.
        Two = "2",
        /// Not known personally to the source but corroborated.
        Three = "3",
        /// Not known personally and cannot be corroborated.
        Four = "4",
    }
}

vocabulary! {
    /// Handling code (domain.md 8.3).
    HandlingCode {
        /// For preventing and combating crime.
        H0 = "H0",
        /// Not for judicial proceedings without permission.
        H1 = "H1",
        /// Not to be passed on without permission.
        H2 = "H2",
        /// Other restrictions, given in the remark.
        H3 = "H3",
    }
}

vocabulary! {
    /// Which countries may see the record (domain.md 8.4).
    AccessMode {
        /// All.
        None = "none",
        /// Only those listed.
        Allow = "allow",
        /// All but those listed.
        Deny = "deny",
    }
}

/// What happened to the firearm, when and where.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Event {
    /// The day of the theft, loss or seizure, as precisely as it is known.
    pub date: PartialDate,
    /// The country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// The region or province.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// The town, street or place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Degrees north, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<Coordinate>,
    /// Degrees east, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<Coordinate>,
}

/// A coordinate in hundred-thousandths of a degree (about a metre), so that equal places are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coordinate(i32);

impl Coordinate {
    /// From degrees; `None` outside ±180 or where it is no number.
    pub fn from_degrees(degrees: f64) -> Option<Self> {
        (degrees.abs() <= 180.0).then(|| Self((degrees * 1e5).round() as i32))
    }

    /// In degrees.
    pub fn degrees(self) -> f64 {
        f64::from(self.0) / 1e5
    }
}

impl Serialize for Coordinate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.degrees())
    }
}

impl<'de> Deserialize<'de> for Coordinate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let degrees = f64::deserialize(deserializer)?;
        Self::from_degrees(degrees)
            .ok_or_else(|| serde::de::Error::custom("degrees between -180 and 180 are expected"))
    }
}

/// Whom to call when the record is hit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    /// The unit.
    pub unit: String,
    /// Its telephone.
    pub phone: String,
    /// When it answers.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hours: String,
}

/// A person linked to the firearm.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinkedPerson {
    /// The name or a reference to the file that holds it.
    pub name: String,
    /// Possessor, owner, purchaser, associate or victim.
    pub role: String,
    /// Convicted, suspect, witness, victim, missing.
    pub status: String,
}

/// Which countries may see the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    /// How `countries` is meant.
    pub mode: AccessMode,
    /// The countries listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<CountryCode>,
}

impl Default for Access {
    fn default() -> Self {
        Self { mode: AccessMode::None, countries: Vec::new() }
    }
}

/// How the record came to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// `manual`, `import`, `message` or `demo`.
    pub how: String,
    /// The file and line, or the message, it was taken from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// Who entered it.
    pub by: Officer,
    /// When.
    pub at: Timestamp,
}

/// What an officer says of a firearm: everything of a record that is not given by the desk itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Content {
    /// The recording office's own reference.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub external_ref: String,
    /// The firearm.
    pub firearm: Firearm,
    /// Why it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RecordReason>,
    /// What happened.
    pub event: Event,
    /// The national case reference (OCA).
    pub case_ref: String,
    /// The agency that holds the case (ORI).
    pub agency: String,
    /// What is known of how it happened.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub circumstances: String,
    /// Persons linked to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<LinkedPerson>,
    /// Offences, by the vocabulary of `reference/vocabulary/offence-types.toml`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offences: Vec<String>,
    /// Whom to call.
    pub contact: Contact,
    /// Which countries may see it.
    pub access: Access,
    /// How it is classified.
    pub classification: Classification,
    /// The last day it is kept, five years at most from its making (V24).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retain_until: Option<Date>,
    /// The day its owner looks at it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_on: Option<Date>,
    /// How far the source is trusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_grade: Option<SourceGrade>,
    /// How far the information is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub information_grade: Option<InformationGrade>,
    /// How it may be handled.
    pub handling: HandlingCode,
    /// Anything else; required where the make is unknown (V23).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

impl Default for Content {
    fn default() -> Self {
        Self {
            external_ref: String::new(),
            firearm: Firearm::default(),
            reason: None,
            event: Event::default(),
            case_ref: String::new(),
            agency: String::new(),
            circumstances: String::new(),
            persons: Vec::new(),
            offences: Vec::new(),
            contact: Contact::default(),
            access: Access::default(),
            classification: Classification::OfficialUse,
            retain_until: None,
            review_on: None,
            source_grade: None,
            information_grade: None,
            handling: HandlingCode::H0,
            remark: String::new(),
        }
    }
}

/// A record: what an officer says, and what the desk adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its identifier.
    pub id: DocId,
    /// Its natural number, such as `ES-2026-000912`.
    pub number: String,
    /// The country that owns it and alone may change it (V27).
    pub owner: CountryCode,
    /// The office that entered it, such as `NCB Madrid`.
    pub office: String,
    /// Where it stands in its life.
    pub state: RecordState,
    /// How it came to be.
    pub provenance: Provenance,
    /// What is recorded.
    #[serde(flatten)]
    pub content: Content,
}
