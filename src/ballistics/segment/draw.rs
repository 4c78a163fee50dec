//! The parts drawn over the surface, for a person to judge.
//!
//! Heights are shaded as by a lamp from the upper left; grey values are shown as they are. Breech face green,
//! firing-pin impression blue, missing points dark violet, circles in yellow (primer), red (aperture) and cyan (pin).
//! Called by the command line and the screens.

use image::{Rgb, RgbImage};

use super::{Circle, Segmentation};
use crate::ballistics::surface::{Quantity, Surface};

const MISSING: [u8; 3] = [40, 10, 50];

/// The surface as a shaded picture, one pixel a point; missing points dark violet.
pub fn shaded(surface: &Surface) -> RgbImage {
    shaded_on(surface, MISSING)
}

/// As [`shaded`], in grey alone: missing points black.
pub(super) fn shaded_grey(surface: &Surface) -> RgbImage {
    shaded_on(surface, [0; 3])
}

fn shaded_on(surface: &Surface, missing: [u8; 3]) -> RgbImage {
    let (cols, rows) = (surface.cols, surface.rows);
    RgbImage::from_fn(cols as u32, rows as u32, |x, y| {
        let (x, y) = (x as usize, y as usize);
        let Some(value) = surface.at(x, y) else { return Rgb(missing) };
        let grey = match surface.quantity {
            Quantity::Reflectance => value,
            Quantity::Height => light(surface, x, y, value),
        };
        let grey = (grey.clamp(0.0, 1.0) * 255.0) as u8;
        Rgb([grey; 3])
    })
}

/// The parts over the shaded picture.
pub fn overlay(surface: &Surface, found: &Segmentation) -> RgbImage {
    let mut picture = shaded(surface);
    for (at, pixel) in picture.pixels_mut().enumerate() {
        if found.breech_face.keep.get(at).copied().unwrap_or(false) {
            tint(pixel, [0, 200, 60]);
        } else if found.firing_pin.keep.get(at).copied().unwrap_or(false) {
            tint(pixel, [40, 90, 255]);
        }
    }
    let circles =
        [(found.primer, [255, 220, 0]), (found.aperture, [255, 40, 40]), (found.pin, [0, 230, 255])];
    for (circle, colour) in circles {
        if let Some(circle) = circle {
            ring(&mut picture, surface, &circle, colour);
        }
    }
    picture
}

/// Lambert's law with the lamp 45 degrees up at the upper left.
fn light(surface: &Surface, x: usize, y: usize, value: f32) -> f32 {
    let slope = |before: Option<f32>, after: Option<f32>, pitch: f64| {
        let pitch = pitch as f32;
        match (before, after) {
            (Some(before), Some(after)) => (after - before) / (2.0 * pitch),
            (None, Some(after)) => (after - value) / pitch,
            (Some(before), None) => (value - before) / pitch,
            (None, None) => 0.0,
        }
    };
    let left = x.checked_sub(1).and_then(|x| surface.at(x, y));
    let up = y.checked_sub(1).and_then(|y| surface.at(x, y));
    let along = slope(left, surface.at(x + 1, y), surface.pitch_x.0);
    let down = slope(up, surface.at(x, y + 1), surface.pitch_y.0);
    (0.5 * along + 0.5 * down + 0.707) / (along * along + down * down + 1.0).sqrt()
}

fn tint(pixel: &mut Rgb<u8>, colour: [u8; 3]) {
    for (channel, colour) in pixel.0.iter_mut().zip(colour) {
        *channel = ((u16::from(*channel) * 7 + u16::from(colour) * 3) / 10) as u8;
    }
}

fn ring(picture: &mut RgbImage, surface: &Surface, circle: &Circle, colour: [u8; 3]) {
    let steps = (circle.radius * 8.0 / surface.pitch_x.0).clamp(64.0, 60_000.0) as usize;
    // Two pixels wide in a large picture, so that it survives shrinking.
    let width = 1 + picture.width() / 1000;
    for i in 0..steps {
        let (sin, cos) = (std::f64::consts::TAU * i as f64 / steps as f64).sin_cos();
        let x = (circle.x + circle.radius * cos) / surface.pitch_x.0;
        let y = (circle.y + circle.radius * sin) / surface.pitch_y.0;
        for (dx, dy) in (0..width).flat_map(|dx| (0..width).map(move |dy| (dx, dy))) {
            let (x, y) = (x + f64::from(dx), y + f64::from(dy));
            if x >= 0.0 && y >= 0.0 && x < f64::from(picture.width()) && y < f64::from(picture.height()) {
                picture.put_pixel(x as u32, y as u32, Rgb(colour));
            }
        }
    }
}
