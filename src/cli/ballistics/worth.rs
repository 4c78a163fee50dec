//! The calibration that says what a score is worth: the one that ships, or one that the user made.

use std::path::Path;

use anyhow::{Context, anyhow};
use serde_json::{Value, json};

use super::input;
use crate::ballistics::calibrate::Calibration;
use crate::ballistics::prepare::Prepared;
use crate::ballistics::surface::Quantity;

/// Made by `validate --calibration` on Fadul 2011 (CC-BY 4.0); the file says so itself.
const SHIPPED: &str = include_str!("../../../reference/ballistics/breech-face-fadul-2011.json");

/// The calibration of a file, or the one that ships.
///
/// # Errors
/// When the file cannot be read or is no calibration.
pub fn calibration(path: Option<&Path>) -> anyhow::Result<Calibration> {
    let Some(path) = path else {
        return serde_json::from_str(SHIPPED)
            .context("the calibration that ships with the program is damaged");
    };
    let bytes = input::bytes(path)?;
    serde_json::from_slice(&bytes)
        .map_err(|error| anyhow!("{} is no calibration: {error}", input::shown(path)))
}

/// What a score is worth, as the keys of a JSON object: the ratio with its scope, or `null` with the reason.
pub fn of_score(calibration: &Calibration, score: f32, exhibits: [&Prepared; 2]) -> Value {
    if exhibits.iter().any(|exhibit| exhibit.quantity == Quantity::Reflectance) {
        return json!({
            "likelihood_ratio": null,
            "likelihood_ratio_capped": null,
            "scope": "none: no calibration for photographs; the shipped one is of measured heights",
        });
    }
    match calibration.ratio(f64::from(score), exhibits) {
        Ok(ratio) => json!({
            "likelihood_ratio": ratio.value,
            "likelihood_ratio_capped": ratio.capped,
            "scope": ratio.scope,
        }),
        Err(reason) => json!({
            "likelihood_ratio": null,
            "likelihood_ratio_capped": null,
            "scope": format!("none: {reason}"),
        }),
    }
}
