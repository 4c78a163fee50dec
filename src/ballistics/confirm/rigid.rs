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

/// The six sums of a masked correlation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    pub n: f32,
    pub a: f32,
    pub b: f32,
    pub aa: f32,
    pub bb: f32,
    pub ab: f32,
}

impl Sums {
    /// Adds one pair of heights with weight `m`; both heights are 0 where `m` is.
    #[inline(always)]
    pub fn add(&mut self, a: f32, b: f32, m: f32) {
        let am = a * m;
        self.n += m;
        self.a += am;
        self.b += b;
        self.aa += am * am;
        self.bb += b * b;
        self.ab += am * b;
    }

    /// The correlation these sums say.
    #[inline(always)]
    pub fn overlap(&self) -> Overlap {
        if self.n < 4.0 {
            return Overlap { correlation: 0.0, points: self.n };
        }
        let aa = self.aa - self.a * self.a / self.n;
        let bb = self.bb - self.b * self.b / self.n;
        let ab = self.ab - self.a * self.b / self.n;
        // Relative to the raw sums, so that a constant patch does not divide rounding by rounding.
        let floor = 1e-3;
        if aa <= floor * self.aa || bb <= floor * self.bb {
            return Overlap { correlation: 0.0, points: self.n };
        }
        Overlap { correlation: (ab / (aa * bb).sqrt()).clamp(-1.0, 1.0), points: self.n }
    }
}

/// The measured points of a map as a list of places and heights.
#[derive(Debug, Clone, Default)]
pub struct Points {
    pub x: Vec<f32>,
    pub y: Vec<f32>,
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

    /// The correlation of these points with the heights of `map` where `motion` takes them.
    pub fn correlate(&self, map: &Map, motion: &Rigid) -> Overlap {
        let (sin, cos) = motion.angle.sin_cos();
        let (left, top) = map.index(motion.x, motion.y);
        let scale = map.pitch.recip();
        let (sin, cos) = (sin * scale, cos * scale);
        let mut sums = Sums::default();
        for ((x, y), z) in self.x.iter().zip(&self.y).zip(&self.z) {
            let (b, m) = map.sample(cos * x - sin * y + left, sin * x + cos * y + top);
            sums.add(*z, b, m);
        }
        sums.overlap()
    }
}
