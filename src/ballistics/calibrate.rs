//! What a score is worth: a likelihood ratio, learnt from labelled scans and never said without them.
//!
//! Regularised logistic regression of same or different firearm on the score, both classes weighing the same, so that
//! the fitted log-odds are a log likelihood ratio (Morrison 2013; Morrison and Poh 2018 for the regularisation). A
//! ratio is capped by the number of pairs behind it. It decides nothing: no prior enters here and no verdict leaves.
//! Called by `validate`, which makes calibrations, and by the command line and the desk, which apply them.

use serde::{Deserialize, Serialize};

/// A fitted calibration with what it rests on. It is stored as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// The method whose scores it knows: see [`METHOD`].
    pub method: String,
    /// The labelled set.
    pub set: String,
    /// Where the set comes from and under which licence.
    pub citation: String,
    /// Firearms in the set.
    pub firearms: usize,
    /// Same-firearm pairs.
    pub same: usize,
    /// Different-firearm pairs.
    pub different: usize,
    /// Natural log of the likelihood ratio at score 0.
    pub intercept: f64,
    /// Growth of it a unit of score.
    pub slope: f64,
    /// The cost of the log likelihood ratio, cross-validated by firearm; `None` when too few firearms.
    pub cllr: Option<f64>,
}

/// The name of the method and its parameters. A calibration of another method says nothing about this one's scores.
pub const METHOD: &str =
    "breech-face cells 3: 30-300 um band, even relief, 350 um cells, 0.5 / 37.5 um / 8 deg, score v1";

/// A likelihood ratio with its scope.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LikelihoodRatio {
    /// How many times likelier the score is if one firearm fired both than if two did.
    pub value: f64,
    /// Whether the cap holds it: the ratio is then "at least" (above 1) or "at most" (below).
    pub capped: bool,
    /// What it was calibrated on, in words.
    pub scope: String,
}

/// Why there is no likelihood ratio.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CalibrateError {
    /// One class is missing.
    #[error(
        "a calibration needs pairs of both kinds; there are {same} of one firearm and {different} of two"
    )]
    OneKind {
        /// Same-firearm pairs.
        same: usize,
        /// Different-firearm pairs.
        different: usize,
    },
    /// Another method's calibration.
    #[error(
        "the calibration is for the method '{0}', not for the one that made this score; run validate again"
    )]
    OtherMethod(String),
    /// Not a number.
    #[error("a score is not a number")]
    NotANumber,
}

/// Scores of labelled pairs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scores {
    /// Of pairs from one firearm.
    pub same: Vec<f64>,
    /// Of pairs from two.
    pub different: Vec<f64>,
}

/// The fitted line, without its story.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    intercept: f64,
    slope: f64,
    same: usize,
    different: usize,
}

impl Fit {
    /// Fits the scores.
    pub fn of(scores: &Scores) -> Result<Self, CalibrateError> {
        let (same, different) = (scores.same.len(), scores.different.len());
        if same == 0 || different == 0 {
            return Err(CalibrateError::OneKind { same, different });
        }
        if scores.same.iter().chain(&scores.different).any(|score| !score.is_finite()) {
            return Err(CalibrateError::NotANumber);
        }
        let (intercept, slope) = regress(scores);
        Ok(Self { intercept, slope, same, different })
    }

    /// The capped natural log of the likelihood ratio of a score, and whether the cap holds it.
    pub fn log_ratio(&self, score: f64) -> (f64, bool) {
        capped(self.intercept + self.slope * score, self.same, self.different)
    }

    /// With the story: a calibration to store.
    pub fn described(
        &self,
        set: String,
        citation: String,
        firearms: usize,
        cllr: Option<f64>,
    ) -> Calibration {
        Calibration {
            method: METHOD.to_owned(),
            set,
            citation,
            firearms,
            same: self.same,
            different: self.different,
            intercept: self.intercept,
            slope: self.slope,
            cllr,
        }
    }
}

impl Calibration {
    /// The likelihood ratio of a score of [`METHOD`].
    pub fn ratio(&self, score: f64) -> Result<LikelihoodRatio, CalibrateError> {
        if self.method != METHOD {
            return Err(CalibrateError::OtherMethod(self.method.clone()));
        }
        if !(score.is_finite() && self.intercept.is_finite() && self.slope.is_finite()) {
            return Err(CalibrateError::NotANumber);
        }
        let (log, capped) = capped(self.intercept + self.slope * score, self.same, self.different);
        Ok(LikelihoodRatio { value: log.exp(), capped, scope: self.scope() })
    }

    /// What a ratio of this calibration rests on and what it does not cover.
    pub fn scope(&self) -> String {
        let cllr = self.cllr.map_or_else(|| "Cllr not known".to_owned(), |cllr| format!("Cllr {cllr:.3}"));
        format!(
            "calibrated on {}: {} firearms, {} same-firearm and {} different-firearm pairs, {cllr}; \
             says nothing tested about other makes, instruments or ammunition",
            self.set, self.firearms, self.same, self.different
        )
    }
}

/// The cost of the log likelihood ratio (Brümmer and du Preez 2006): 0 is perfect, 1 says nothing. Natural logs in.
pub fn cllr(same: &[f64], different: &[f64]) -> Option<f64> {
    if same.is_empty() || different.is_empty() {
        return None;
    }
    let cost = |log: f64| (log.exp()).ln_1p() / std::f64::consts::LN_2;
    let misses = same.iter().map(|log| cost(-log)).sum::<f64>() / same.len() as f64;
    let false_alarms = different.iter().map(|log| cost(*log)).sum::<f64>() / different.len() as f64;
    Some(0.5 * (misses + false_alarms))
}

/// No more than the pairs can carry: with n pairs of two firearms and none of them this alike, the next might be, so
/// a ratio above n + 1 would claim what was not seen; likewise below.
fn capped(log: f64, same: usize, different: usize) -> (f64, bool) {
    let (lowest, highest) = (-((same + 1) as f64).ln(), ((different + 1) as f64).ln());
    (log.clamp(lowest, highest), log < lowest || log > highest)
}

/// Newton's method on the weighted, ridge-penalised log likelihood in standardised scores.
///
/// The ridge weighs as one pair in all: where the classes do not overlap it alone keeps the slope finite.
fn regress(scores: &Scores) -> (f64, f64) {
    let (same_mean, different_mean) = (mean(&scores.same), mean(&scores.different));
    let middle = 0.5 * (same_mean + different_mean);
    let spread = (0.5 * (same_mean - different_mean).abs()).max(1e-6);
    let weight_same = 0.5 / scores.same.len() as f64;
    let weight_different = 0.5 / scores.different.len() as f64;
    let ridge = 1.0 / (scores.same.len() + scores.different.len()) as f64;
    let (mut intercept, mut slope) = (0.0, 0.0);
    let labelled: Vec<(f64, f64, f64)> = scores
        .same
        .iter()
        .map(|score| (*score, 1.0, weight_same))
        .chain(scores.different.iter().map(|score| (*score, 0.0, weight_different)))
        .map(|(score, label, weight)| ((score - middle) / spread, label, weight))
        .collect();
    for _ in 0..100 {
        let (mut g0, mut g1) = (-ridge * intercept, -ridge * slope);
        let (mut h00, mut h01, mut h11) = (ridge, 0.0, ridge);
        for (x, label, weight) in &labelled {
            let p = 1.0 / (1.0 + (-(intercept + slope * x)).exp());
            let error = weight * (label - p);
            let curve = weight * p * (1.0 - p);
            g0 += error;
            g1 += error * x;
            h00 += curve;
            h01 += curve * x;
            h11 += curve * x * x;
        }
        let determinant = h00 * h11 - h01 * h01;
        let (d0, d1) = ((g0 * h11 - g1 * h01) / determinant, (g1 * h00 - g0 * h01) / determinant);
        // A full step may overshoot where the curve is flat; half a unit at most keeps it safe.
        let damp = (1.0_f64).min(1.0 / (d0.abs() + d1.abs()).max(1e-12));
        intercept += damp * d0;
        slope += damp * d1;
        if d0.abs() + d1.abs() < 1e-10 {
            break;
        }
    }
    (intercept - slope * middle / spread, slope / spread)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(from: f64, to: f64, count: usize) -> Vec<f64> {
        (0..count).map(|i| from + (to - from) * i as f64 / (count - 1) as f64).collect()
    }

    #[test]
    fn ratio_is_capped_by_the_pairs_behind_it() {
        let scores = Scores { same: ramp(0.6, 0.9, 20), different: ramp(0.1, 0.3, 200) };
        let fit = Fit::of(&scores).unwrap();
        assert!(fit.log_ratio(5.0).0.exp() <= 201.0 + 1e-9, "200 different pairs cannot carry more than 201");
        assert!(
            fit.log_ratio(-5.0).0.exp() >= 1.0 / 21.0 - 1e-9,
            "20 same pairs cannot carry less than 1/21"
        );
        assert!(fit.log_ratio(5.0).1, "the cap is told");
    }

    #[test]
    fn overlapping_scores_calibrate_to_the_frequencies_behind_them() {
        // At 0.5 both kinds are as common: the ratio must be near 1, and it grows with the score.
        let scores = Scores { same: ramp(0.3, 1.0, 300), different: ramp(0.0, 0.7, 900) };
        let fit = Fit::of(&scores).unwrap();
        assert!(fit.log_ratio(0.5).0.abs() < 0.1, "log ratio at the crossing is {}", fit.log_ratio(0.5).0);
        assert!(fit.log_ratio(0.6).0 > fit.log_ratio(0.5).0);
    }

    #[test]
    fn one_kind_of_pair_calibrates_nothing() {
        let scores = Scores { same: vec![0.5], different: Vec::new() };
        assert_eq!(Fit::of(&scores), Err(CalibrateError::OneKind { same: 1, different: 0 }));
    }

    #[test]
    fn calibration_of_another_method_is_refused() {
        let scores = Scores { same: ramp(0.6, 0.9, 20), different: ramp(0.1, 0.3, 200) };
        let mut calibration =
            Fit::of(&scores).unwrap().described("a set".into(), "a source".into(), 5, Some(0.1));
        assert!(calibration.ratio(0.5).is_ok());
        calibration.method = "another".into();
        assert!(calibration.ratio(0.5).is_err());
    }

    #[test]
    fn cllr_of_saying_nothing_is_one() {
        assert!((cllr(&[0.0; 4], &[0.0; 9]).unwrap() - 1.0).abs() < 1e-12);
        assert!(cllr(&[20.0; 4], &[-20.0; 9]).unwrap() < 1e-6);
    }
}
