//! The nominal centre of an exhibit: the middle of the smallest circle around what was measured.
//!
//! The outline of a breech face is the primer's edge or the crop along it, so its circle stays put when a part of the
//! face is missing; the centroid does not. It is only a start: the query searches around it. Called by `signature`.

use crate::ballistics::map::Map;

/// The centre in micrometres from the middle of the map, by the iteration of Badoiu and Clarkson 2003.
pub fn of(map: &Map) -> (f32, f32) {
    let outline = outline(map);
    let Some(first) = outline.first() else { return (0.0, 0.0) };
    let mut centre = *first;
    for round in 1..500 {
        let far =
            outline.iter().copied().max_by(|a, b| distance(*a, centre).total_cmp(&distance(*b, centre)));
        let Some(far) = far else { break };
        let pull = 1.0 / (round as f32 + 1.0);
        centre.0 += (far.0 - centre.0) * pull;
        centre.1 += (far.1 - centre.1) * pull;
    }
    centre
}

fn distance(a: (f32, f32), b: (f32, f32)) -> f32 {
    (a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)
}

/// The first and last measured point of every row: the farthest point of a map is always one of them.
fn outline(map: &Map) -> Vec<(f32, f32)> {
    let mut points = Vec::with_capacity(2 * map.rows);
    for (row, line) in map.m.chunks_exact(map.cols.max(1)).enumerate() {
        let ends = [line.iter().position(|m| *m > 0.0), line.iter().rposition(|m| *m > 0.0)];
        points.extend(ends.into_iter().flatten().map(|col| map.position(col as f32, row as f32)));
    }
    points
}
