//! The centre of the primer by a vote of slopes (the gradient form of the circular Hough transform).
//!
//! The shoulder of the primer, its edge and the mouth of its pocket are circles about one centre, so wherever the
//! surface is steep there, the centre lies along the slope, at a distance that the sizes of primers allow. Votes from
//! letters and scratches scatter. A centre outside the frame can win as well. Called by the segmentation alone.

use super::grid::Grid;

/// Distances at which an edge around a primer can lie from its centre, in micrometres: from inside the shoulder of a
/// small primer (4.4 mm across) to the chamfer of a large pocket (5.4 mm).
const REACH_UM: (f64, f64) = (1400.0, 2900.0);

/// How far outside the frame a centre is sought, in micrometres.
const MARGIN_UM: f64 = 1000.0;

/// Finds the centre that most slopes point to or away from, by the slopes (per micrometre) above `least`, each
/// counting up to `most`. `None` when nothing votes.
pub(super) fn centre(grid: &Grid, least: f64, most: f64) -> Option<(f64, f64)> {
    let margin_x = (MARGIN_UM / grid.pitch_x).ceil() as usize;
    let margin_y = (MARGIN_UM / grid.pitch_y).ceil() as usize;
    let (cols, rows) = (grid.cols + 2 * margin_x, grid.rows + 2 * margin_y);
    let mut votes = vec![0.0f32; cols * rows];
    let step = grid.pitch_x.min(grid.pitch_y);
    let steps = ((REACH_UM.1 - REACH_UM.0) / step) as usize;
    for row in 1..grid.rows.saturating_sub(1) {
        for col in 1..grid.cols.saturating_sub(1) {
            let Some((gx, gy)) = grid.gradient(col, row) else { continue };
            let slope = gx.hypot(gy);
            if slope < least {
                continue;
            }
            let weight = slope.min(most) as f32;
            let (dx, dy) = (gx / slope, gy / slope);
            for side in [-1.0, 1.0] {
                for i in 0..steps {
                    let reach = side * (REACH_UM.0 + i as f64 * step);
                    let x = col as f64 + margin_x as f64 + (dx * reach / grid.pitch_x).round();
                    let y = row as f64 + margin_y as f64 + (dy * reach / grid.pitch_y).round();
                    if x >= 0.0 && y >= 0.0 && x < cols as f64 && y < rows as f64 {
                        votes[y as usize * cols + x as usize] += weight;
                    }
                }
            }
        }
    }
    let votes = Grid { cols, rows, pitch_x: grid.pitch_x, pitch_y: grid.pitch_y, values: votes };
    // Neighbouring votes mean the same centre: slopes are some degrees off, which is some 100 µm at this reach.
    let votes = votes.smoothed().smoothed().smoothed();
    let (best, most) = votes.values.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
    if *most <= 0.0 {
        return None;
    }
    let (x, y) = votes.position(best % cols, best / cols);
    Some((x - margin_x as f64 * grid.pitch_x, y - margin_y as f64 * grid.pitch_y))
}
