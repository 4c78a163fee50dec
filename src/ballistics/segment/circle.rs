//! Circles on a cartridge-case head, and fitting them to edges of which many are wrong.
//!
//! Called by the segmentation of heights and of photographs.

use crate::ballistics::random::Random;

/// A circle; micrometres from the first point of the surface, x along the rows and y across them.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Circle {
    /// Centre along x, in micrometres.
    pub x: f64,
    /// Centre along y, in micrometres.
    pub y: f64,
    /// Radius in micrometres.
    pub radius: f64,
}

impl Circle {
    /// Distance of a point from the centre, in micrometres.
    pub fn distance(&self, x: f64, y: f64) -> f64 {
        (x - self.x).hypot(y - self.y)
    }

    /// Whether the point lies within the circle.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        self.distance(x, y) <= self.radius
    }

    /// The same centre with another radius.
    #[must_use]
    pub fn with_radius(self, radius: f64) -> Self {
        Self { radius, ..self }
    }
}

/// A circle and the share of the points offered that lie on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    pub circle: Circle,
    pub support: f64,
}

/// Fits a circle of a radius in `radii` to points of which those within `tolerance` count (RANSAC, then geometric
/// least squares on the points that agree). `None` when no such circle has five points.
pub(super) fn fit(points: &[(f64, f64)], radii: (f64, f64), tolerance: f64) -> Option<Fit> {
    if points.len() < 8 {
        return None;
    }
    let mut random = Random::new(points.len() as u64);
    let inliers = |circle: &Circle, tolerance: f64| {
        points.iter().filter(|p| (circle.distance(p.0, p.1) - circle.radius).abs() <= tolerance).count()
    };
    let in_range = |circle: &Circle| circle.radius >= radii.0 && circle.radius <= radii.1;
    let mut best: Option<(usize, Circle)> = None;
    for _ in 0..400 {
        let mut pick = || points[random.below(points.len())];
        let Some(circle) = through([pick(), pick(), pick()]).filter(in_range) else { continue };
        let count = inliers(&circle, tolerance);
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, circle));
        }
    }
    let (count, mut circle) = best?;
    if count < 5 {
        return None;
    }
    for _ in 0..6 {
        let near: Vec<(f64, f64)> = points
            .iter()
            .copied()
            .filter(|p| (circle.distance(p.0, p.1) - circle.radius).abs() <= tolerance)
            .collect();
        match improve(circle, &near).filter(in_range) {
            Some(better) => circle = better,
            None => break,
        }
    }
    Some(Fit { circle, support: inliers(&circle, tolerance) as f64 / points.len() as f64 })
}

/// The circle through three points.
fn through([a, b, c]: [(f64, f64); 3]) -> Option<Circle> {
    let (bx, by, cx, cy) = (b.0 - a.0, b.1 - a.1, c.0 - a.0, c.1 - a.1);
    let twice_area = 2.0 * (bx * cy - by * cx);
    if twice_area.abs() < 1e-6 {
        return None;
    }
    let (b2, c2) = (bx * bx + by * by, cx * cx + cy * cy);
    let (x, y) = ((cy * b2 - by * c2) / twice_area, (bx * c2 - cx * b2) / twice_area);
    Some(Circle { x: a.0 + x, y: a.1 + y, radius: x.hypot(y) })
}

/// One Gauss-Newton step on the distances of the points from the circle.
fn improve(circle: Circle, points: &[(f64, f64)]) -> Option<Circle> {
    let mut normal = [[0.0; 3]; 3];
    let mut right = [0.0; 3];
    for &(x, y) in points {
        let distance = circle.distance(x, y).max(1e-9);
        let row = [(x - circle.x) / distance, (y - circle.y) / distance, 1.0];
        let error = distance - circle.radius;
        for i in 0..3 {
            right[i] += row[i] * error;
            for j in 0..3 {
                normal[i][j] += row[i] * row[j];
            }
        }
    }
    let [dx, dy, dr] = solve(normal, right)?;
    Some(Circle { x: circle.x + dx, y: circle.y + dy, radius: circle.radius + dr })
}

/// Solves three equations by Cramer's rule; `None` when they are not independent.
pub(super) fn solve(m: [[f64; 3]; 3], r: [f64; 3]) -> Option<[f64; 3]> {
    let det = |m: &[[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let all = det(&m);
    let scale = m.iter().flatten().fold(0.0f64, |a, v| a.max(v.abs()));
    if !all.is_finite() || all.abs() <= 1e-12 * scale.powi(3) {
        return None;
    }
    Some(std::array::from_fn(|column| {
        let mut replaced = m;
        for row in 0..3 {
            replaced[row][column] = r[row];
        }
        det(&replaced) / all
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_among_as_many_wrong_points() {
        let mut random = Random::new(3);
        let mut points: Vec<(f64, f64)> = (0..90)
            .map(|i| {
                // A third of the circle only, as at the edge of a picture.
                let angle = f64::from(i) * 120f64.to_radians() / 90.0;
                let radius = 2200.0 + 5.0 * random.normal();
                (3000.0 + radius * angle.cos(), 2500.0 + radius * angle.sin())
            })
            .collect();
        points.extend((0..90).map(|_| (random.between(0.0, 6000.0), random.between(0.0, 6000.0))));
        let found = fit(&points, (1900.0, 2900.0), 40.0).expect("a circle is there");
        let circle = found.circle;
        let astray =
            (circle.x - 3000.0).abs().max((circle.y - 2500.0).abs()).max((circle.radius - 2200.0).abs());
        assert!(astray < 15.0, "{circle:?}");
    }

    #[test]
    fn points_on_a_line_give_no_circle() {
        let points: Vec<(f64, f64)> = (0..50).map(|i| (f64::from(i), 2.0 * f64::from(i))).collect();
        assert!(fit(&points, (1.0, 100.0), 0.5).is_none());
    }
}
