//! Validation: what the engine does with labelled scans, in the figures that the field reports.
//!
//! It compares every pair, or a drawn part of them, and says how well one firearm is told from another and what a
//! score is worth. It reads no files: callers bring prepared exhibits and labels. Called by the command line.

pub mod metrics;
pub mod report;

use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;

use super::calibrate::{self, Basis, CalibrateError, Calibration, Condition, Fit, Scores};
use super::confirm::{self, Exhibit};
use super::random::Random;
use super::rank::{self, Entries, EntryError, RankError, Widths};
use super::signature;
use super::work::{Stopped, Watch};
use metrics::Scored;

/// A scan whose firearm is known.
pub struct Labelled {
    /// The scan's name.
    pub scan: String,
    /// The firearm that fired it.
    pub gun: String,
    /// The scan made ready.
    pub exhibit: Exhibit,
}

/// One compared pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairResult {
    /// Index of the first scan.
    pub a: usize,
    /// Index of the second scan.
    pub b: usize,
    /// Whether one firearm fired both.
    pub same: bool,
    /// Cells compared.
    pub cells: usize,
    /// Congruent matching cells.
    pub congruent_cells: usize,
    /// Correlation of the whole.
    pub ccf: f32,
    /// The score that ranks and calibrates.
    pub score: f32,
    /// Milliseconds on one thread.
    pub milliseconds: f64,
}

/// The figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Scans compared.
    pub scans: usize,
    /// Firearms among them.
    pub guns: usize,
    /// Pairs compared.
    pub pairs: usize,
    /// Of one firearm.
    pub same: usize,
    /// Of two.
    pub different: usize,
    /// Area under the ROC curve of the score.
    pub auc: Option<f64>,
    /// Scans that have a mate.
    pub queries: usize,
    /// Queries whose best is a mate.
    pub top1_hits: usize,
    /// The share of them.
    pub top1: f64,
    /// Mean average precision.
    pub map: f64,
    /// Fewest congruent cells of a same-firearm pair.
    pub same_min_cells: Option<usize>,
    /// Their median.
    pub same_median_cells: Option<usize>,
    /// Most congruent cells of a different-firearm pair.
    pub different_max_cells: Option<usize>,
    /// Their 95 % quantile.
    pub different_p95_cells: Option<usize>,
    /// Cost of the log likelihood ratio, cross-validated by firearm; none with under three firearms.
    pub cllr: Option<f64>,
    /// Bytes of a signature in memory.
    pub signature_bytes: usize,
    /// Microseconds of wall time an entry, on all threads, ranking in a gallery of [`RANK_ENTRIES`] of these scans.
    pub rank_us_per_comparison: f64,
    /// Milliseconds a pair by the clock, both directions, one thread a pair: the mean. Other work on the machine shows.
    pub confirm_ms_per_pair: f64,
    /// The median of the same, which other work moves least.
    pub confirm_ms_per_pair_median: f64,
    /// How the pairs were chosen.
    pub chosen: String,
}

/// Everything a validation gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Validation {
    /// The figures.
    pub summary: Summary,
    /// Every pair, in order.
    pub pairs: Vec<PairResult>,
}

/// Why a validation failed.
#[derive(Debug, thiserror::Error)]
pub enum ValidateError {
    /// It was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The ranking failed.
    #[error(transparent)]
    Rank(#[from] RankError),
    /// Nothing to compare.
    #[error("a validation needs at least two scans; {0} could be read")]
    TooFew(usize),
}

/// Entries of the gallery that ranking is timed on.
pub const RANK_ENTRIES: usize = 20_000;

/// Compares the pairs of `scans`: all, or `limit` of them.
pub fn validate(
    scans: &[Labelled],
    parameters: &confirm::Parameters,
    limit: Option<usize>,
    watch: &Watch<'_>,
) -> Result<Validation, ValidateError> {
    if scans.len() < 2 {
        return Err(ValidateError::TooFew(scans.len()));
    }
    let (chosen_pairs, chosen) = choose(scans, limit);
    watch.expect(chosen_pairs.len());
    let pairs = chosen_pairs
        .into_par_iter()
        .map(|(a, b)| {
            let begun = Instant::now();
            let result = confirm::compare(&scans[a].exhibit, &scans[b].exhibit, parameters);
            watch.advance(1)?;
            Ok(PairResult {
                a,
                b,
                same: scans[a].gun == scans[b].gun,
                cells: result.cells,
                congruent_cells: result.congruent_cells,
                ccf: result.ccf,
                score: result.score,
                milliseconds: begun.elapsed().as_secs_f64() * 1e3,
            })
        })
        .collect::<Result<Vec<_>, Stopped>>()?;
    let rank_us = time_ranking(scans)?;
    let guns: Vec<&str> = scans.iter().map(|scan| scan.gun.as_str()).collect();
    let mut summary = summarise(&pairs, &guns, rank_us, chosen);
    summary.cllr = cross_validated_cllr(&[&pairs], &guns, basis_of(&[scans])).0;
    Ok(Validation { summary, pairs })
}

/// All pairs, or all same-firearm pairs up to half of the limit and different-firearm pairs drawn for the rest.
fn choose(scans: &[Labelled], limit: Option<usize>) -> (Vec<(usize, usize)>, String) {
    let all: Vec<(usize, usize)> =
        (0..scans.len()).flat_map(|a| (a + 1..scans.len()).map(move |b| (a, b))).collect();
    let Some(limit) = limit.filter(|limit| *limit < all.len()) else {
        return (all, "all pairs".to_owned());
    };
    let (mut same, mut different): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(a, b)| scans[*a].gun == scans[*b].gun);
    let mut random = Random::new(1);
    shuffle(&mut same, &mut random);
    shuffle(&mut different, &mut random);
    same.truncate(limit.div_ceil(2).max(limit.saturating_sub(different.len())));
    different.truncate(limit - same.len());
    same.append(&mut different);
    same.sort_unstable();
    (
        same,
        format!("{limit} pairs drawn, same-firearm pairs first: figures per query are not of the whole set"),
    )
}

fn shuffle(pairs: &mut [(usize, usize)], random: &mut Random) {
    for last in (1..pairs.len()).rev() {
        pairs.swap(last, random.below(last + 1).min(last));
    }
}

fn scores(pairs: &[PairResult], keep: impl Fn(&PairResult) -> bool) -> Scores {
    let of = |same: bool| {
        pairs
            .iter()
            .filter(|pair| pair.same == same && keep(pair))
            .map(|pair| f64::from(pair.score))
            .collect()
    };
    Scores { same: of(true), different: of(false) }
}

/// The pairs as the metrics take them.
fn scored(pairs: &[PairResult]) -> Vec<Scored> {
    pairs.iter().map(|pair| Scored { a: pair.a, b: pair.b, same: pair.same, score: pair.score }).collect()
}

fn summarise(pairs: &[PairResult], guns: &[&str], rank_us: f64, chosen: String) -> Summary {
    let scored = scored(pairs);
    let cells = |same: bool| -> Vec<usize> {
        pairs.iter().filter(|pair| pair.same == same).map(|pair| pair.congruent_cells).collect()
    };
    let (same, different) = (cells(true), cells(false));
    let found = metrics::retrieval(&scored, guns.len());
    let mut kinds = guns.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    Summary {
        scans: guns.len(),
        guns: kinds.len(),
        pairs: pairs.len(),
        same: same.len(),
        different: different.len(),
        auc: metrics::auc(&scored),
        queries: found.queries,
        top1_hits: found.first,
        top1: found.first as f64 / found.queries.max(1) as f64,
        map: found.mean_average_precision,
        same_min_cells: same.iter().min().copied(),
        same_median_cells: metrics::quantile(&same, 0.5),
        different_max_cells: different.iter().max().copied(),
        different_p95_cells: metrics::quantile(&different, 0.95),
        cllr: None,
        signature_bytes: signature::BYTES,
        rank_us_per_comparison: rank_us,
        confirm_ms_per_pair: mean_time(pairs),
        confirm_ms_per_pair_median: median_time(pairs),
        chosen,
    }
}

fn mean_time(pairs: &[PairResult]) -> f64 {
    pairs.iter().map(|pair| pair.milliseconds).sum::<f64>() / pairs.len().max(1) as f64
}

fn median_time(pairs: &[PairResult]) -> f64 {
    let mut times: Vec<f64> = pairs.iter().map(|pair| pair.milliseconds).collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(0.0)
}

/// The calibration that some conditions of one set of scans give together: as they are, and perturbed.
///
/// `conditions` are names with the scans so seen and their pairs, the scans in the same order in each.
pub fn calibrate(
    conditions: &[(String, &[Labelled], &[PairResult])],
    set: String,
    citation: String,
) -> Result<Calibration, CalibrateError> {
    let scans: Vec<&[Labelled]> = conditions.iter().map(|condition| condition.1).collect();
    let pairs: Vec<&[PairResult]> = conditions.iter().map(|condition| condition.2).collect();
    let Some(first) = scans.first() else {
        return Err(CalibrateError::OneKind { same: 0, different: 0 });
    };
    let guns: Vec<&str> = first.iter().map(|scan| scan.gun.as_str()).collect();
    let basis = basis_of(&scans);
    let pooled: Vec<Scores> = pairs.iter().map(|pairs| scores(pairs, |_| true)).collect();
    let fit = Fit::of(&pooled, basis)?;
    let (over_all, by_condition) = cross_validated_cllr(&pairs, &guns, basis);
    let told = conditions
        .iter()
        .zip(&pooled)
        .zip(by_condition)
        .map(|(((name, _, pairs), scores), cllr)| Condition {
            name: name.clone(),
            same: scores.same.len(),
            different: scores.different.len(),
            auc: metrics::auc(&scored(pairs)),
            cllr,
        })
        .collect();
    Ok(fit.described(set, citation, over_all, told))
}

/// Firearms and scans of a set, and the range of its scans over all conditions.
fn basis_of(conditions: &[&[Labelled]]) -> Basis {
    let mut guns: Vec<&str> =
        conditions.iter().take(1).copied().flatten().map(|scan| scan.gun.as_str()).collect();
    let scans = guns.len();
    guns.sort_unstable();
    guns.dedup();
    let range = |of: fn(&Labelled) -> f64| {
        conditions
            .iter()
            .copied()
            .flatten()
            .map(of)
            .fold([f64::MAX, f64::MIN], |[least, most], value| [least.min(value), most.max(value)])
    };
    Basis {
        firearms: guns.len(),
        scans,
        area_mm2: range(|scan| scan.exhibit.prepared.area_mm2()),
        relief_um: range(|scan| f64::from(scan.exhibit.prepared.roughness)),
    }
}

/// Each firearm in turn is unseen: its pairs are judged by a fit to pairs that it has no part in, under all conditions.
///
/// Returns the cost over all conditions, each weighing the same, and that of every condition.
fn cross_validated_cllr(
    conditions: &[&[PairResult]],
    guns: &[&str],
    basis: Basis,
) -> (Option<f64>, Vec<Option<f64>>) {
    let mut kinds = guns.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    let mut judged: Vec<Scores> = vec![Scores::default(); conditions.len()];
    for held in kinds {
        let touches = |pair: &PairResult| guns[pair.a] == held || guns[pair.b] == held;
        let rest: Vec<Scores> = conditions.iter().map(|pairs| scores(pairs, |pair| !touches(pair))).collect();
        let fewer = Basis {
            firearms: basis.firearms - 1,
            scans: basis.scans - guns.iter().filter(|gun| **gun == held).count(),
            ..basis
        };
        let Ok(fit) = Fit::of(&rest, fewer) else { continue };
        for (pairs, judged) in conditions.iter().zip(&mut judged) {
            for pair in pairs.iter().filter(|pair| touches(pair)) {
                let (log, _) = fit.log_ratio(f64::from(pair.score));
                if pair.same { judged.same.push(log) } else { judged.different.push(log) }
            }
        }
    }
    let each: Vec<Option<f64>> =
        judged.iter().map(|logs| calibrate::cllr(&logs.same, &logs.different)).collect();
    let known: Vec<f64> = each.iter().copied().flatten().collect();
    let over_all = (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64);
    (over_all, each)
}

/// A gallery in memory that repeats the scans until it has [`RANK_ENTRIES`].
struct Repeated(Vec<signature::Signature>);

impl Entries for Repeated {
    fn len(&self) -> usize {
        RANK_ENTRIES
    }

    fn admits(&self, _: usize) -> bool {
        true
    }

    fn rings(&self, index: usize) -> &[u8] {
        self.0[index % self.0.len()].parts().0
    }

    fn small(&self, indices: &[usize]) -> Result<Vec<Vec<u8>>, EntryError> {
        Ok(indices.iter().map(|index| self.0[index % self.0.len()].parts().1.to_vec()).collect())
    }
}

fn time_ranking(scans: &[Labelled]) -> Result<f64, RankError> {
    let entries = Repeated(scans.iter().map(|scan| scan.exhibit.signature.clone()).collect());
    let stopped = std::sync::atomic::AtomicBool::new(false);
    let watch = Watch::new(&stopped, &|_, _| {});
    let begun = Instant::now();
    rank::rank(&scans[0].exhibit.prepared.map, &entries, Widths::default(), &watch)?;
    Ok(begun.elapsed().as_secs_f64() * 1e6 / RANK_ENTRIES as f64)
}
