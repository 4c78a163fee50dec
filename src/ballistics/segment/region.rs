//! Connected regions of a mask: keeping the large ones, closing pin-holes, smoothing an edge.
//!
//! Called by the segmentation alone.

use crate::ballistics::formats::Mask;

/// Keeps the connected regions that are at least `share` of the largest.
pub(in crate::ballistics) fn keep_large(mask: &mut Mask, share: f64) {
    let (labels, sizes) = label(mask, true);
    let largest = sizes.iter().copied().max().unwrap_or(0);
    let least = (largest as f64 * share).max(1.0);
    for (keep, label) in mask.keep.iter_mut().zip(&labels) {
        *keep = label.is_some_and(|label| sizes[label as usize] as f64 >= least);
    }
}

/// Keeps the region that contains the point, or nothing.
pub(in crate::ballistics) fn keep_at(mask: &mut Mask, x: usize, y: usize) {
    let (labels, _) = label(mask, true);
    let wanted = (x < mask.cols && y < mask.rows).then(|| labels[y * mask.cols + x]).flatten();
    for (keep, label) in mask.keep.iter_mut().zip(&labels) {
        *keep = wanted.is_some() && *label == wanted;
    }
}

/// Fills holes of fewer than `points` points.
pub(in crate::ballistics) fn fill_holes(mask: &mut Mask, points: usize) {
    let (labels, sizes) = label(mask, false);
    for (keep, label) in mask.keep.iter_mut().zip(&labels) {
        *keep |= label.is_some_and(|label| sizes[label as usize] < points);
    }
}

/// Fills every hole that does not touch the frame.
pub(in crate::ballistics) fn fill_enclosed(mask: &mut Mask) {
    let (labels, sizes) = label(mask, false);
    let mut touching = vec![false; sizes.len()];
    for (at, label) in labels.iter().enumerate() {
        let (x, y) = (at % mask.cols, at / mask.cols);
        let at_frame = x == 0 || y == 0 || x + 1 == mask.cols || y + 1 == mask.rows;
        if let Some(label) = label.filter(|_| at_frame) {
            touching[label as usize] = true;
        }
    }
    for (keep, label) in mask.keep.iter_mut().zip(&labels) {
        *keep |= label.is_some_and(|label| !touching[label as usize]);
    }
}

/// The majority of each point and its neighbours within `radius` points: ragged edges and specks go.
pub(in crate::ballistics) fn majority(mask: &mut Mask, radius: usize) {
    by_window(mask, radius, |kept, all| 2 * kept > all);
}

/// Decides each point by how many of the square window around it are kept, and how many points the window has.
fn by_window(mask: &mut Mask, radius: usize, decide: impl Fn(usize, usize) -> bool) {
    // Sums of the rows above and to the left answer each window at once.
    let (cols, rows) = (mask.cols, mask.rows);
    let mut sums = vec![0u32; (cols + 1) * (rows + 1)];
    for y in 0..rows {
        let mut line = 0;
        for x in 0..cols {
            line += u32::from(mask.keep[y * cols + x]);
            sums[(y + 1) * (cols + 1) + x + 1] = sums[y * (cols + 1) + x + 1] + line;
        }
    }
    for y in 0..rows {
        let (top, bottom) = (y.saturating_sub(radius), (y + radius + 1).min(rows));
        for x in 0..cols {
            let (left, right) = (x.saturating_sub(radius), (x + radius + 1).min(cols));
            let at = |y: usize, x: usize| sums[y * (cols + 1) + x];
            let inside = at(bottom, right) + at(top, left) - at(top, right) - at(bottom, left);
            mask.keep[y * cols + x] = decide(inside as usize, (bottom - top) * (right - left));
        }
    }
}

/// Numbers the regions of points whose flag is `wanted`, connected by their sides; gives each point's number and each
/// region's size.
fn label(mask: &Mask, wanted: bool) -> (Vec<Option<u32>>, Vec<usize>) {
    let mut labels: Vec<Option<u32>> = vec![None; mask.keep.len()];
    let mut sizes = Vec::new();
    let mut open = Vec::new();
    for start in 0..mask.keep.len() {
        if mask.keep[start] != wanted || labels[start].is_some() {
            continue;
        }
        let number = sizes.len() as u32;
        labels[start] = Some(number);
        open.push(start);
        let mut size = 0;
        while let Some(at) = open.pop() {
            size += 1;
            let (x, y) = (at % mask.cols, at / mask.cols);
            let mut visit = |next: usize| {
                if mask.keep[next] == wanted && labels[next].is_none() {
                    labels[next] = Some(number);
                    open.push(next);
                }
            };
            if x > 0 {
                visit(at - 1);
            }
            if x + 1 < mask.cols {
                visit(at + 1);
            }
            if y > 0 {
                visit(at - mask.cols);
            }
            if y + 1 < mask.rows {
                visit(at + mask.cols);
            }
        }
        sizes.push(size);
    }
    (labels, sizes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(rows: &[&str]) -> Mask {
        Mask {
            cols: rows[0].len(),
            rows: rows.len(),
            keep: rows.concat().bytes().map(|b| b == b'#').collect(),
        }
    }

    #[test]
    fn specks_go_and_pin_holes_close() {
        let mut found = mask(&["####..", "#.##.#", "####..", "......"]);
        keep_large(&mut found, 0.2);
        fill_holes(&mut found, 2);
        assert_eq!(found, mask(&["####..", "####..", "####..", "......"]));
        keep_at(&mut found, 5, 3);
        assert_eq!(found.count(), 0, "no region holds the last point");
    }

    #[test]
    fn the_majority_rounds_a_ragged_edge() {
        let mut found = mask(&["######", "##.###", "######", "......", "..#...", "......"]);
        majority(&mut found, 1);
        assert!(found.keeps(2, 1) && !found.keeps(2, 4), "{found:?}");
    }
}
