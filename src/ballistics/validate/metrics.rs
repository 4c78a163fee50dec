//! Figures of a labelled comparison: ranking, separation and counts. Pure arithmetic; called by `validate` only.

/// One labelled pair with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    /// Index of the first scan.
    pub a: usize,
    /// Index of the second scan.
    pub b: usize,
    /// Whether one firearm fired both.
    pub same: bool,
    /// The score.
    pub score: f32,
}

/// How well queries find their mates.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Retrieval {
    /// Scans that have a mate among the pairs.
    pub queries: usize,
    /// Queries whose best is a mate.
    pub first: usize,
    /// Mean average precision over the queries.
    pub mean_average_precision: f64,
}

/// Area under the ROC curve: the chance that a same-firearm pair scores above a different-firearm pair, ties half.
pub fn auc(pairs: &[Scored]) -> Option<f64> {
    let mut sorted: Vec<(f32, bool)> = pairs.iter().map(|pair| (pair.score, pair.same)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let same = sorted.iter().filter(|pair| pair.1).count();
    let different = sorted.len() - same;
    if same == 0 || different == 0 {
        return None;
    }
    let (mut wins, mut below, mut start) = (0.0, 0.0, 0);
    while start < sorted.len() {
        let end = start
            + sorted[start..].iter().take_while(|pair| pair.0.total_cmp(&sorted[start].0).is_eq()).count();
        let tied_same = sorted[start..end].iter().filter(|pair| pair.1).count() as f64;
        let tied_different = (end - start) as f64 - tied_same;
        wins += tied_same * (below + 0.5 * tied_different);
        below += tied_different;
        start = end;
    }
    Some(wins / (same as f64 * different as f64))
}

/// Every scan as a query against its pairs; ties are broken against us.
pub fn retrieval(pairs: &[Scored], scans: usize) -> Retrieval {
    let mut result = Retrieval::default();
    let mut precision = 0.0;
    for query in 0..scans {
        let mut list: Vec<(f32, bool)> = pairs
            .iter()
            .filter(|pair| pair.a == query || pair.b == query)
            .map(|pair| (pair.score, pair.same))
            .collect();
        if !list.iter().any(|entry| entry.1) {
            continue;
        }
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (mut hits, mut sum) = (0.0, 0.0);
        for (place, (_, same)) in list.iter().enumerate() {
            if *same {
                hits += 1.0;
                sum += hits / (place + 1) as f64;
            }
        }
        result.queries += 1;
        result.first += usize::from(list[0].1);
        precision += sum / hits;
    }
    if result.queries > 0 {
        result.mean_average_precision = precision / result.queries as f64;
    }
    result
}

/// Points of the ROC curve, false alarms against hits, from (0, 0) to (1, 1).
pub fn roc(pairs: &[Scored]) -> Vec<(f64, f64)> {
    let mut sorted: Vec<(f32, bool)> = pairs.iter().map(|pair| (pair.score, pair.same)).collect();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let same = sorted.iter().filter(|pair| pair.1).count().max(1) as f64;
    let different = (sorted.len() as f64 - same).max(1.0);
    let mut points = vec![(0.0, 0.0)];
    let (mut hits, mut false_alarms) = (0.0, 0.0);
    for (index, (score, is_same)) in sorted.iter().enumerate() {
        if *is_same {
            hits += 1.0;
        } else {
            false_alarms += 1.0;
        }
        if sorted.get(index + 1).is_none_or(|next| next.0.total_cmp(score).is_ne()) {
            points.push((false_alarms / different, hits / same));
        }
    }
    points
}

/// The value under which `share` of the values lie, by the nearest rank; `None` of nothing.
pub fn quantile(values: &[usize], share: f64) -> Option<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let place = (share * sorted.len() as f64).ceil().max(1.0) as usize - 1;
    sorted.get(place.min(sorted.len().saturating_sub(1))).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: usize, b: usize, same: bool, score: f32) -> Scored {
        Scored { a, b, same, score }
    }

    #[test]
    fn area_counts_won_pairs_and_halves_ties() {
        let pairs =
            [pair(0, 1, true, 0.9), pair(0, 2, true, 0.5), pair(1, 2, false, 0.5), pair(1, 3, false, 0.1)];
        assert_eq!(auc(&pairs), Some(3.5 / 4.0));
        assert_eq!(auc(&pairs[..2]), None, "with one kind there is no area");
    }

    #[test]
    fn tie_with_a_stranger_costs_the_first_place() {
        let pairs = [pair(0, 1, true, 0.5), pair(0, 2, false, 0.5), pair(1, 2, false, 0.4)];
        let found = retrieval(&pairs, 3);
        assert_eq!((found.queries, found.first), (2, 1), "scan 0 ties, scan 1 wins, scan 2 has no mate");
        assert!((found.mean_average_precision - 0.75).abs() < 1e-12);
    }

    #[test]
    fn quantiles_are_by_nearest_rank() {
        assert_eq!(quantile(&[5, 1, 3], 0.5), Some(3));
        assert_eq!(quantile(&(1..=100).collect::<Vec<_>>(), 0.95), Some(95));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
