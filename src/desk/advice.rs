//! What to do next after a check (domain.md 3.3): compare and confirm, or trace where it was made and last imported.

use serde::{Deserialize, Serialize};

use crate::domain::country::CountryCode;
use crate::domain::firearm::is_unknown_name;
use crate::domain::hit::Grade;
use crate::domain::id::DocId;
use crate::locale::Message;

use super::Desk;
use super::check::CheckProof;
use super::grading::Candidate;

/// One thing to do next; its sentence is in the locale under `advice-…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Advice {
    /// A match is a candidate: compare all marks with the firearm before acting.
    CompareMarks,
    /// Tell the office that owns the record.
    TellOwner {
        /// Whose record it is.
        country: CountryCode,
        /// Its number.
        record: String,
    },
    /// Only uncertain candidates: look at the number again and check other numbers on the firearm.
    ReadAgain,
    /// No hit: check the other numbers on the firearm, such as slide and barrel.
    CheckOtherNumbers,
    /// No hit: ask the country of manufacture.
    TraceManufacture {
        /// Where firearms of this make are made.
        countries: Vec<CountryCode>,
    },
    /// No hit and the maker is not known: identify the firearm first, then trace where it was made.
    IdentifyMaker,
    /// No hit: ask the country of the last legal import, if an import mark is there.
    TraceImport,
    /// No hit: ask any country connected with the case.
    TraceConnected,
}

impl Desk {
    /// What the answer of a check asks for next, whether it was made just now or years ago.
    pub fn advice(&self, proof: &CheckProof) -> Vec<Advice> {
        let is_firm = |candidate: &&Candidate| matches!(candidate.grade, Grade::Exact | Grade::Strong);
        let firm: Vec<&Candidate> = proof.candidates.iter().filter(is_firm).collect();
        if !firm.is_empty() {
            let abroad = firm.iter().filter(|candidate| candidate.record.owner != self.office().country);
            let tell = abroad.map(|candidate| Advice::TellOwner {
                country: candidate.record.owner,
                record: candidate.record.number.clone(),
            });
            return std::iter::once(Advice::CompareMarks).chain(tell).collect();
        }
        let mut advice = Vec::new();
        if !proof.candidates.is_empty() {
            advice.extend([Advice::CompareMarks, Advice::ReadAgain]);
        }
        advice.push(Advice::CheckOtherNumbers);
        advice.extend(self.trace_of(&proof.query.make, ""));
        advice
    }

    /// Whom to ask about the history of the firearm: where it was made, last imported, and in countries connected with the case.
    /// Where the check named no make, that of the candidate in question is taken.
    pub fn trace_advice(&self, proof: &CheckProof, candidate: Option<DocId>) -> Vec<Advice> {
        let row =
            candidate.and_then(|id| proof.candidates.iter().find(|candidate| candidate.record.id == id));
        match row {
            Some(candidate) if is_unknown_name(&proof.query.make) => {
                self.trace_of(&candidate.record.make, &candidate.record.model)
            }
            _ => self.trace_of(&proof.query.make, ""),
        }
    }

    fn trace_of(&self, make: &str, model: &str) -> Vec<Advice> {
        let countries = self.names().made_in(make, model);
        let manufacture =
            if countries.is_empty() { Advice::IdentifyMaker } else { Advice::TraceManufacture { countries } };
        vec![manufacture, Advice::TraceImport, Advice::TraceConnected]
    }
}

impl From<&Advice> for Message {
    fn from(advice: &Advice) -> Self {
        match advice {
            Advice::CompareMarks => Self::new("advice-compare-marks"),
            Advice::TellOwner { country, record } => Self::new("advice-tell-owner")
                .with("country", country.as_str())
                .with("record", record.as_str()),
            Advice::ReadAgain => Self::new("advice-read-again"),
            Advice::CheckOtherNumbers => Self::new("advice-check-other-numbers"),
            Advice::TraceManufacture { countries } => {
                let names: Vec<&str> = countries.iter().map(CountryCode::as_str).collect();
                Self::new("advice-trace-manufacture").with("countries", names.join(", "))
            }
            Advice::IdentifyMaker => Self::new("advice-identify-maker"),
            Advice::TraceImport => Self::new("advice-trace-import"),
            Advice::TraceConnected => Self::new("advice-trace-connected"),
        }
    }
}
