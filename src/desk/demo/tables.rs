//! The words of the example, read from `reference/demo/`. They are part of the program, so a fault in them is a fault of ours.

use serde::Deserialize;

use crate::domain::country::CountryCode;
use crate::domain::firearm::FirearmType;
use crate::domain::record::RecordReason;

use super::random::Random;

#[derive(Debug, Clone, Deserialize)]
pub(super) struct FirearmRow {
    pub(super) make: String,
    pub(super) model: String,
    #[serde(rename = "type")]
    pub(super) firearm_type: FirearmType,
    pub(super) calibre: String,
    pub(super) made_in: CountryCode,
    pub(super) serial: String,
    pub(super) from: i16,
    pub(super) to: i16,
    weight: u64,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PlaceRow {
    pub(super) country: CountryCode,
    pub(super) office: String,
    pub(super) agency: String,
    pub(super) prefix: String,
    pub(super) place: String,
    pub(super) lat: f64,
    pub(super) lon: f64,
}

#[derive(Debug, Clone, Deserialize)]
struct CircumstanceRow {
    reason: RecordReason,
    text: String,
}

pub(super) struct Tables {
    firearms: Vec<FirearmRow>,
    weights: u64,
    pub(super) places: Vec<PlaceRow>,
    circumstances: Vec<CircumstanceRow>,
}

impl Tables {
    pub(super) fn load() -> Self {
        let firearms: Vec<FirearmRow> = rows(include_str!("../../../reference/demo/firearms.csv"));
        Self {
            weights: firearms.iter().map(|row| row.weight).sum(),
            firearms,
            places: rows(include_str!("../../../reference/demo/places.csv")),
            circumstances: rows(include_str!("../../../reference/demo/circumstances.csv")),
        }
    }

    /// A firearm, common ones more often.
    pub(super) fn firearm(&self, random: &mut Random) -> &FirearmRow {
        let mut at = random.below(self.weights);
        for row in &self.firearms {
            if at < row.weight {
                return row;
            }
            at -= row.weight;
        }
        self.firearms.last().expect("the table of firearms is not empty")
    }

    /// What happened, for a reason.
    pub(super) fn circumstances(&self, reason: RecordReason, random: &mut Random) -> &str {
        let fitting: Vec<&CircumstanceRow> =
            self.circumstances.iter().filter(|row| row.reason == reason).collect();
        &random.pick(&fitting).text
    }
}

fn rows<T: for<'de> Deserialize<'de>>(text: &str) -> Vec<T> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    reader
        .deserialize()
        .map(|row| row.expect("reference/demo is part of the program and is read by its tests"))
        .collect()
}
