//! What a score is worth: a likelihood ratio, learnt from labelled scans and never said without them.
//!
//! Regularised logistic regression of same or different firearm on the score, both classes weighing the same, so that
//! the fitted log-odds are a log likelihood ratio (Morrison 2013; Morrison and Poh 2018 for the regularisation). A
//! ratio is capped by the independent scans and firearms behind it, not by their many pairs. It decides nothing: no prior enters here and no verdict leaves.
//! Called by `validate`, which makes calibrations, and by the command line and the desk, which apply them.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::prepare::Prepared;

/// A fitted calibration with what it rests on. It is stored as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// The method whose scores it knows: see [`METHOD`].
    pub method: String,
    /// The labelled set.
    pub set: String,
    /// Where the set comes from and under which licence.
    pub citation: String,
    /// What the fit was learnt from, and how far it may go.
    #[serde(flatten)]
    pub basis: Basis,
    /// Same-firearm pairs.
    pub same: usize,
    /// Different-firearm pairs.
    pub different: usize,
    /// Natural log of the likelihood ratio at score 0.
    pub intercept: f64,
    /// Growth of it a unit of score.
    pub slope: f64,
    /// The highest score of a different-firearm pair.
    pub highest_different: f64,
    /// The cost of the log likelihood ratio, cross-validated by firearm; `None` when too few firearms.
    pub cllr: Option<f64>,
    /// The conditions the scans were compared under, each counting the same.
    pub conditions: Vec<Condition>,
}

/// The independent things behind a fit, and the range of the scans.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// Firearms: a ratio is no lower than one in so many and one.
    pub firearms: usize,
    /// Scans, each counted once however often it was perturbed: a ratio is no higher than so many and one.
    pub scans: usize,
    /// Least and most measured area of a scan as compared, in square millimetres.
    pub area_mm2: [f64; 2],
    /// Least and most relief of a scan in the compared band (one robust standard deviation), in micrometres.
    pub relief_um: [f64; 2],
}

/// One condition of a calibration: the scans as they are, or perturbed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// What was done to the scans, in words.
    pub name: String,
    /// Same-firearm pairs.
    pub same: usize,
    /// Different-firearm pairs.
    pub different: usize,
    /// Area under the ROC curve.
    pub auc: Option<f64>,
    /// Cost of the pooled fit's ratios on this condition alone, cross-validated by firearm.
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

impl Scores {
    fn same(&self) -> &[f64] {
        &self.same
    }

    fn different(&self) -> &[f64] {
        &self.different
    }
}

/// The fitted line, without its story.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    intercept: f64,
    slope: f64,
    highest_different: f64,
    same: usize,
    different: usize,
    basis: Basis,
}

impl Fit {
    /// Fits scores of one or more conditions; each condition weighs the same.
    pub fn of(conditions: &[Scores], basis: Basis) -> Result<Self, CalibrateError> {
        let all = || conditions.iter().flat_map(|scores| scores.same.iter().chain(&scores.different));
        let same = conditions.iter().map(|scores| scores.same.len()).sum();
        let different = conditions.iter().map(|scores| scores.different.len()).sum();
        if same == 0 || different == 0 {
            return Err(CalibrateError::OneKind { same, different });
        }
        if all().any(|score| !score.is_finite()) {
            return Err(CalibrateError::NotANumber);
        }
        let (intercept, slope) = regress(conditions);
        let highest_different = conditions
            .iter()
            .flat_map(|scores| &scores.different)
            .fold(f64::NEG_INFINITY, |highest, score| highest.max(*score));
        Ok(Self { intercept, slope, highest_different, same, different, basis })
    }

    /// The capped natural log of the likelihood ratio of a score, and whether a cap holds it.
    pub fn log_ratio(&self, score: f64) -> (f64, bool) {
        capped(self.intercept + self.slope * score, score > self.highest_different, &self.basis)
    }

    /// With the story: a calibration to store.
    pub fn described(
        &self,
        set: String,
        citation: String,
        cllr: Option<f64>,
        conditions: Vec<Condition>,
    ) -> Calibration {
        Calibration {
            method: METHOD.to_owned(),
            set,
            citation,
            basis: self.basis,
            same: self.same,
            different: self.different,
            intercept: self.intercept,
            slope: self.slope,
            highest_different: self.highest_different,
            cllr,
            conditions,
        }
    }
}

impl Calibration {
    /// The likelihood ratio of a score of [`METHOD`] between two exhibits.
    pub fn ratio(&self, score: f64, exhibits: [&Prepared; 2]) -> Result<LikelihoodRatio, CalibrateError> {
        if self.method != METHOD {
            return Err(CalibrateError::OtherMethod(self.method.clone()));
        }
        if !(score.is_finite() && self.intercept.is_finite() && self.slope.is_finite()) {
            return Err(CalibrateError::NotANumber);
        }
        let beyond = score > self.highest_different;
        let (log, capped) = capped(self.intercept + self.slope * score, beyond, &self.basis);
        let mut scope = self.scope();
        if beyond {
            scope.push_str("; the score is above every different-firearm pair of the calibration");
        }
        for (which, prepared) in ["first", "second"].iter().zip(exhibits) {
            for fault in self.outside(prepared) {
                let _ = write!(scope, "; OUTSIDE THE SCOPE: the {which} exhibit's {fault}");
            }
        }
        Ok(LikelihoodRatio { value: log.exp(), capped, scope })
    }

    /// What a ratio of this calibration rests on and what it does not cover.
    pub fn scope(&self) -> String {
        let cost =
            |cllr: Option<f64>| cllr.map_or_else(|| "not known".to_owned(), |cllr| format!("{cllr:.3}"));
        let conditions: Vec<String> = self
            .conditions
            .iter()
            .map(|condition| format!("{} (Cllr {})", condition.name, cost(condition.cllr)))
            .collect();
        format!(
            "calibrated on {}: {} scans of {} firearms, compared {}; {} same-firearm and {} different-firearm \
             pairs, which are not independent; Cllr {} over all; held between 1/{} and {}; says nothing tested about \
             other makes, instruments or ammunition",
            self.set,
            self.basis.scans,
            self.basis.firearms,
            conditions.join(", "),
            self.same,
            self.different,
            cost(self.cllr),
            self.basis.firearms + 1,
            self.basis.scans + 1,
        )
    }

    /// How an exhibit differs from those of the calibration, in words.
    fn outside(&self, prepared: &Prepared) -> Vec<String> {
        let range = |what: &str, unit: &str, value: f64, [least, most]: [f64; 2]| {
            (value < least || value > most)
                .then(|| format!("{what} of {value:.2} {unit} is not within {least:.2} to {most:.2}"))
        };
        let area = range("measured area", "mm²", prepared.area_mm2(), self.basis.area_mm2);
        let relief = range("relief", "µm", f64::from(prepared.roughness), self.basis.relief_um);
        area.into_iter().chain(relief).collect()
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

/// No more than independent observations can carry, and no evidence against one firearm from what no two ever reached.
///
/// Of n scans each is at best one independent chance to meet a stranger this alike: with none met, the next might, so
/// a ratio above n + 1 would claim what was not seen; likewise below with firearms, whose shots are not independent of
/// each other. A score `beyond` all different-firearm pairs may be weak support, never support for two firearms: a low
/// line there speaks of how good the same-firearm scans were, not of a resemblance between strangers.
fn capped(log: f64, beyond: bool, basis: &Basis) -> (f64, bool) {
    let lowest = if beyond { 0.0 } else { -((basis.firearms + 1) as f64).ln() };
    let highest = ((basis.scans + 1) as f64).ln();
    (log.clamp(lowest, highest), log < lowest || log > highest)
}

/// Newton's method on the weighted, ridge-penalised log likelihood in standardised scores.
///
/// The ridge weighs as one pair in all: where the classes do not overlap it alone keeps the slope finite.
fn regress(conditions: &[Scores]) -> (f64, f64) {
    let mut labelled: Vec<(f64, f64, f64)> = Vec::new();
    for (label, kind) in [(1.0, Scores::same as fn(&Scores) -> &[f64]), (0.0, Scores::different)] {
        let present = conditions.iter().filter(|scores| !kind(scores).is_empty()).count().max(1) as f64;
        for scores in conditions {
            let weight = 0.5 / present / kind(scores).len().max(1) as f64;
            labelled.extend(kind(scores).iter().map(|score| (*score, label, weight)));
        }
    }
    // Each kind weighs a half, so twice the weighted sum is its mean.
    let mean = |same: bool| {
        2.0 * labelled
            .iter()
            .filter(|one| (one.1 > 0.5) == same)
            .map(|(score, _, weight)| score * weight)
            .sum::<f64>()
    };
    let (same_mean, different_mean) = (mean(true), mean(false));
    let middle = 0.5 * (same_mean + different_mean);
    let spread = (0.5 * (same_mean - different_mean).abs()).max(1e-6);
    let ridge = 1.0 / labelled.len() as f64;
    for one in &mut labelled {
        one.0 = (one.0 - middle) / spread;
    }
    let (mut intercept, mut slope) = (0.0, 0.0);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballistics::map::Map;
    use crate::ballistics::prepare::Parameters;
    use crate::ballistics::surface::Quantity;

    fn ramp(from: f64, to: f64, count: usize) -> Vec<f64> {
        (0..count).map(|i| from + (to - from) * i as f64 / (count - 1) as f64).collect()
    }

    fn basis() -> Basis {
        Basis { firearms: 5, scans: 20, area_mm2: [1.0, 3.0], relief_um: [0.5, 2.0] }
    }

    fn prepared(roughness: f32) -> Prepared {
        let mut map = Map::empty(120, 120, 12.5);
        map.m.fill(1.0);
        Prepared {
            map,
            middle: (0.0, 0.0),
            roughness,
            quantity: Quantity::Height,
            spikes: 0,
            parameters: Parameters::default(),
        }
    }

    #[test]
    fn ratio_is_capped_by_the_scans_and_firearms_behind_it() {
        let scores = Scores { same: ramp(0.6, 0.9, 20), different: ramp(0.1, 0.3, 200) };
        let fit = Fit::of(&[scores], basis()).unwrap();
        assert!((fit.log_ratio(5.0).0.exp() - 21.0).abs() < 1e-9, "20 scans cannot carry more than 21");
        assert!((fit.log_ratio(-5.0).0.exp() - 1.0 / 6.0).abs() < 1e-9, "5 firearms cannot carry under 1/6");
        assert!(fit.log_ratio(5.0).1, "the cap is told");
    }

    #[test]
    fn score_above_all_strangers_never_speaks_for_two_firearms() {
        // Good scans alone put the crossing at about 0.45; a poor scan's 0.35 is still beyond every stranger.
        let scores = Scores { same: ramp(0.6, 0.9, 20), different: ramp(0.1, 0.3, 200) };
        let fit = Fit::of(&[scores], basis()).unwrap();
        assert!(fit.intercept + fit.slope * 0.35 < 0.0, "the case is not one where the line speaks for two");
        assert!(fit.log_ratio(0.35).0 >= 0.0, "log ratio {}", fit.log_ratio(0.35).0);
        assert!(fit.log_ratio(0.25).0 < 0.0, "within the strangers' range the line holds");
    }

    #[test]
    fn overlapping_scores_calibrate_to_the_frequencies_behind_them() {
        // At 0.5 both kinds are as common: the ratio must be near 1, and it grows with the score.
        let scores = Scores { same: ramp(0.3, 1.0, 300), different: ramp(0.0, 0.7, 900) };
        let fit = Fit::of(&[scores], basis()).unwrap();
        assert!(fit.log_ratio(0.5).0.abs() < 0.1, "log ratio at the crossing is {}", fit.log_ratio(0.5).0);
        assert!(fit.log_ratio(0.6).0 > fit.log_ratio(0.5).0);
    }

    #[test]
    fn conditions_weigh_the_same_whatever_their_number_of_pairs() {
        let clean = Scores { same: ramp(0.6, 0.9, 20), different: ramp(0.0, 0.2, 200) };
        let poor = Scores { same: ramp(0.2, 0.5, 20), different: ramp(0.0, 0.3, 200) };
        let many = Scores { same: poor.same.repeat(7), different: poor.different.repeat(7) };
        let (one, other) =
            (Fit::of(&[clean.clone(), poor], basis()).unwrap(), Fit::of(&[clean, many], basis()).unwrap());
        let score = 0.25;
        let apart = (one.log_ratio(score).0 - other.log_ratio(score).0).abs();
        assert!(apart < 0.15, "repeating the pairs of one condition moves the log ratio by {apart}");
    }

    #[test]
    fn one_kind_of_pair_calibrates_nothing() {
        let scores = Scores { same: vec![0.5], different: Vec::new() };
        assert_eq!(Fit::of(&[scores], basis()), Err(CalibrateError::OneKind { same: 1, different: 0 }));
    }

    #[test]
    fn exhibit_unlike_the_calibrated_ones_is_told_in_the_scope() {
        let scores = Scores { same: ramp(0.6, 0.9, 20), different: ramp(0.1, 0.3, 200) };
        let calibration = Fit::of(&[scores], basis()).unwrap().described(
            "a set".into(),
            "a source".into(),
            Some(0.1),
            Vec::new(),
        );
        let (usual, rough) = (prepared(1.0), prepared(9.0));
        let inside = calibration.ratio(0.5, [&usual, &usual]).unwrap().scope;
        assert!(!inside.contains("OUTSIDE"), "{inside}");
        let outside = calibration.ratio(0.5, [&usual, &rough]).unwrap().scope;
        assert!(outside.contains("OUTSIDE THE SCOPE: the second exhibit's relief of 9.00"), "{outside}");
    }

    #[test]
    fn calibration_of_another_method_is_refused() {
        let scores = Scores { same: ramp(0.6, 0.9, 20), different: ramp(0.1, 0.3, 200) };
        let mut calibration = Fit::of(&[scores], basis()).unwrap().described(
            "a set".into(),
            "a source".into(),
            Some(0.1),
            Vec::new(),
        );
        let usual = prepared(1.0);
        assert!(calibration.ratio(0.5, [&usual, &usual]).is_ok());
        calibration.method = "another".into();
        assert!(calibration.ratio(0.5, [&usual, &usual]).is_err());
    }

    #[test]
    fn cllr_of_saying_nothing_is_one() {
        assert!((cllr(&[0.0; 4], &[0.0; 9]).unwrap() - 1.0).abs() < 1e-12);
        assert!(cllr(&[20.0; 4], &[-20.0; 9]).unwrap() < 1e-6);
    }
}
