//! A rigid motion in the plane, and the masked correlation of two maps under it.
//!
//! The correlation is Pearson's over the points that both maps measured (Padfield 2012 states it for Fourier
//! transforms; here the sums are taken directly, for single placements). Used by registration, cells and the
//! shortlist's second stage.

use crate::ballistics::map::Map;

/// Turns by `angle` about the origin and then shifts: takes places of one map to places of another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rigid {
    /// Radians from x towards y; y points down, so a positive angle is clockwise on the page.
    pub angle: f32,
    /// Micrometres to the right.
    pub x: f32,
    /// Micrometres down.
    pub y: f32,
}

impl Rigid {
    /// Where a place goes.
    pub fn apply(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let (sin, cos) = self.angle.sin_cos();
        (cos * x - sin * y + self.x, sin * x + cos * y + self.y)
    }

    /// The motion that undoes this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let back = Self { angle: -self.angle, x: 0.0, y: 0.0 };
        let (x, y) = back.apply((self.x, self.y));
        Self { angle: -self.angle, x: -x, y: -y }
    }

    /// The motion that takes `from` to `to` and turns by `angle`.
    pub fn taking(from: (f32, f32), to: (f32, f32), angle: f32) -> Self {
        let turned = Self { angle, x: 0.0, y: 0.0 }.apply(from);
        Self { angle, x: to.0 - turned.0, y: to.1 - turned.1 }
    }
}

/// A correlation and the number of points it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Overlap {
    /// Pearson's correlation, -1 to 1; 0 where it is undefined.
    pub correlation: f32,
    /// Points measured in both.
    pub points: f32,
}

/// A patch whose variance is under this share of its raw sum of squares is constant: what is left is rounding.
pub const FLAT: f32 = 1e-3;

/// The six sums of a masked correlation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    /// Points.
    pub n: f32,
    /// Heights of the first.
    pub a: f32,
    /// Heights of the second.
    pub b: f32,
    /// Their squares, of the first.
    pub aa: f32,
    /// Their squares, of the second.
    pub bb: f32,
    /// Products of both.
    pub ab: f32,
}

impl Sums {
    /// Adds one pair of heights.
    #[inline]
    pub fn add(&mut self, a: f32, b: f32) {
        self.n += 1.0;
        self.a += a;
        self.b += b;
        self.aa += a * a;
        self.bb += b * b;
        self.ab += a * b;
    }

    /// The correlation these sums say.
    #[inline]
    pub fn overlap(&self) -> Overlap {
        if self.n < 4.0 {
            return Overlap { correlation: 0.0, points: self.n };
        }
        let aa = self.aa - self.a * self.a / self.n;
        let bb = self.bb - self.b * self.b / self.n;
        let ab = self.ab - self.a * self.b / self.n;
        if aa <= FLAT * self.aa || bb <= FLAT * self.bb {
            return Overlap { correlation: 0.0, points: self.n };
        }
        Overlap { correlation: (ab / (aa * bb).sqrt()).clamp(-1.0, 1.0), points: self.n }
    }
}

/// The measured points of a map as a list of places and heights.
#[derive(Debug, Clone, Default)]
pub struct Points {
    /// Micrometres to the right.
    pub x: Vec<f32>,
    /// Micrometres down.
    pub y: Vec<f32>,
    /// Heights.
    pub z: Vec<f32>,
}

impl Points {
    /// All measured points.
    pub fn of(map: &Map) -> Self {
        let mut points = Self::default();
        for (index, m) in map.m.iter().enumerate() {
            if *m > 0.0 {
                let (x, y) = map.position((index % map.cols) as f32, (index / map.cols) as f32);
                points.x.push(x);
                points.y.push(y);
                points.z.push(map.z[index]);
            }
        }
        points
    }

    /// One point in `every`.
    #[must_use]
    pub fn thinned(&self, every: usize) -> Self {
        let some = |values: &[f32]| values.iter().step_by(every.max(1)).copied().collect();
        Self { x: some(&self.x), y: some(&self.y), z: some(&self.z) }
    }

    /// The correlation of these points with the heights of `field` where `motion` takes them.
    pub fn correlate(&self, field: &Field, motion: &Rigid) -> Overlap {
        let (sin, cos) = motion.angle.sin_cos();
        let (left, top) = field.map.index(motion.x, motion.y);
        let scale = field.map.pitch.recip();
        let (sin, cos) = (sin * scale, cos * scale);
        let mut sums = Sums::default();
        for ((x, y), z) in self.x.iter().zip(&self.y).zip(&self.z) {
            if let Some(b) = field.sample(cos * x - sin * y + left, sin * x + cos * y + top) {
                sums.add(*z, b);
            }
        }
        sums.overlap()
    }
}

/// A map made ready to be sampled often: each square of four points knows whether all, some or none are measured.
#[derive(Debug, Clone)]
pub struct Field {
    /// The map.
    pub map: Map,
    /// Its measured points.
    pub points: f32,
    squares: Vec<Square>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Square {
    None,
    Some,
    All,
}

impl Field {
    /// A map made ready.
    pub fn of(map: Map) -> Self {
        let squares = (0..map.m.len())
            .map(|at| {
                let corners = [at, at + 1, at + map.cols, at + map.cols + 1];
                let measured =
                    corners.iter().filter(|corner| map.m.get(**corner).is_some_and(|m| *m > 0.0)).count();
                let inside = (at % map.cols) + 1 < map.cols && at + map.cols < map.m.len();
                match (inside, measured) {
                    (false, _) | (_, 0) => Square::None,
                    (true, 4) => Square::All,
                    (true, _) => Square::Some,
                }
            })
            .collect();
        Self { points: map.measured() as f32, squares, map }
    }

    /// As [`Map::sample`], but faster; `None` where nothing was measured.
    #[inline]
    fn sample(&self, col: f32, row: f32) -> Option<f32> {
        // Negative places and NaN become column or row 0 here and are turned away by the comparison.
        let (x, y) = (col as usize, row as usize);
        if !(col >= 0.0 && row >= 0.0) || x >= self.map.cols {
            return None;
        }
        let at = y * self.map.cols + x;
        match self.squares.get(at)? {
            Square::None => None,
            Square::Some => {
                let (z, m) = self.map.sample(col, row);
                (m > 0.0).then_some(z)
            }
            Square::All => {
                let (fx, fy) = (col - x as f32, row - y as f32);
                let upper = &self.map.z[at..at + 2];
                let lower = &self.map.z[at + self.map.cols..at + self.map.cols + 2];
                let above = upper[0] + fx * (upper[1] - upper[0]);
                let below = lower[0] + fx * (lower[1] - lower[0]);
                Some(above + fy * (below - above))
            }
        }
    }
}
