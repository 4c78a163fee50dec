//! What the steps of the matcher cost on one thread, on a synthetic face of the size of a Fadul scan.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use headstamp::ballistics::confirm::{self, CENTRE_REACH, CENTRE_STEP, Exhibit};
use headstamp::ballistics::prepare::{self, Parameters};
use headstamp::ballistics::random::Random;
use headstamp::ballistics::signature::query::{Planes, Query};
use headstamp::ballistics::signature::{RING_PITCH, Signature, centre, unpack_rings};
use headstamp::ballistics::surface::{Micrometres, Quantity, Surface};

/// A crescent of white noise at 6.25 micrometres, 560 points a side, a third of it measured.
fn face(seed: u64) -> Surface {
    let mut random = Random::new(seed);
    let points = 560;
    let values = (0..points * points)
        .map(|at| {
            let (x, y) = ((at % points) as f64 - 280.0, (at / points) as f64 - 280.0);
            let inside = x.hypot(y) < 275.0 && (x + 60.0).hypot(y) > 200.0;
            if inside { random.normal() as f32 } else { f32::NAN }
        })
        .collect();
    let pitch = Micrometres(6.25);
    Surface { cols: points, rows: points, pitch_x: pitch, pitch_y: pitch, quantity: Quantity::Height, values }
}

fn matcher(c: &mut Criterion) {
    let (first, second) = (face(1), face(2));
    let parameters = Parameters::default();
    c.bench_function("prepare", |b| b.iter(|| prepare::prepare(black_box(&first), &parameters)));
    let (Ok(one), Ok(two)) = (prepare::prepare(&first, &parameters), prepare::prepare(&second, &parameters))
    else {
        return;
    };
    c.bench_function("signature", |b| b.iter(|| Signature::of(black_box(&one.map))));
    let rings = one.map.at_pitch(RING_PITCH);
    let query = Query::new(&rings, centre::of(&rings), CENTRE_REACH, CENTRE_STEP);
    let entry = Signature::of(&two.map);
    let mut planes = Planes::default();
    c.bench_function("rank: one entry, first stage", |b| {
        b.iter(|| query.best(&unpack_rings(black_box(entry.parts().0)), &mut planes));
    });
    let (one, two) = (Exhibit::new(one), Exhibit::new(two));
    c.bench_function("confirm: one pair, both directions", |b| {
        b.iter(|| confirm::compare(black_box(&one), black_box(&two), &confirm::Parameters::default()));
    });
}

criterion_group! {
    name = ballistics;
    config = Criterion::default().sample_size(20);
    targets = matcher
}
criterion_main!(ballistics);
