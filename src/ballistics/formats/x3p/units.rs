//! Which unit an axis is in.
//!
//! The standard says metres. Instruments write micrometres (Cadre), millimetres (`GelSight`), or metres laterally and
//! micrometres in height. The rule here is one of plausibility for a surface under a microscope, the same for every
//! file, and what it decided is shown; the user's word goes before it. Called by the reader alone.

use super::points::Lateral;
use crate::ballistics::formats::scan::{AxisUnit, AxisUnits, LengthUnit, UnitOverride, UnitSource, Warning};

/// Distances between points that instruments for tool marks have: 0.1 µm (interferometer, 50x) to 100 µm. The range
/// is a factor of 1000, so exactly one of the three units puts a step into it.
const PITCH_UM: std::ops::Range<f64> = 0.1..100.0;

/// Heights spread by at least this: below is the noise of the best instruments.
const LEAST_SPREAD_UM: f64 = 0.01;

/// Heights spread by at most this: a whole cartridge head, rim and firing-pin impression with it, is about 1 mm deep,
/// and no instrument of this kind reaches 10 mm.
const MOST_SPREAD_UM: f64 = 10_000.0;

/// Decides the unit of each axis.
pub(super) fn infer(
    steps: Lateral,
    (cols, rows): (usize, usize),
    heights: &[f64],
    given: UnitOverride,
    warnings: &mut Vec<Warning>,
) -> AxisUnits {
    let lateral = |axis: char, step: f64, given: Option<LengthUnit>, warnings: &mut Vec<Warning>| match given
    {
        Some(unit) => AxisUnit { unit, source: UnitSource::Given },
        None => lateral_unit(axis, step, warnings),
    };
    let x = lateral('x', steps.x, given.x, warnings);
    let y = lateral('y', steps.y, given.y, warnings);
    let z = given.z.map_or_else(
        || {
            let field = (steps.x * cols as f64 * x.unit.in_micrometres())
                .max(steps.y * rows as f64 * y.unit.in_micrometres());
            height_unit(heights, field, x.unit, warnings)
        },
        |unit| AxisUnit { unit, source: UnitSource::Given },
    );
    AxisUnits { x, y, z: Some(z) }
}

fn lateral_unit(axis: char, step: f64, warnings: &mut Vec<Warning>) -> AxisUnit {
    let plausible =
        LengthUnit::ALL.into_iter().find(|unit| PITCH_UM.contains(&(step * unit.in_micrometres())));
    match plausible {
        Some(LengthUnit::Metre) => AxisUnit { unit: LengthUnit::Metre, source: UnitSource::Standard },
        Some(unit) => AxisUnit { unit, source: UnitSource::Inferred },
        None => {
            let taken = format!(
                "a step of {step} is unusual in metres, millimetres and micrometres: taken as metres"
            );
            warnings.push(Warning::UnitUncertain { axis, taken });
            AxisUnit { unit: LengthUnit::Metre, source: UnitSource::Assumed }
        }
    }
}

/// Heights are plausible when they spread more than noise and less than the field is wide. Several units can be: then
/// the one of the lateral axes goes first, since most writers use one unit throughout, then the standard's.
fn height_unit(heights: &[f64], field_um: f64, lateral: LengthUnit, warnings: &mut Vec<Warning>) -> AxisUnit {
    let standard_or_inferred = |unit: LengthUnit| match unit {
        LengthUnit::Metre => AxisUnit { unit, source: UnitSource::Standard },
        _ => AxisUnit { unit, source: UnitSource::Inferred },
    };
    let spread = spread(heights);
    if spread <= 0.0 {
        let taken = format!("all heights are equal, so they say nothing of their unit: taken as {lateral}");
        warnings.push(Warning::UnitUncertain { axis: 'z', taken });
        return AxisUnit { unit: lateral, source: UnitSource::Assumed };
    }
    let most = MOST_SPREAD_UM.min(2.0 * field_um);
    let plausible = |unit: &LengthUnit| (LEAST_SPREAD_UM..=most).contains(&(spread * unit.in_micrometres()));
    let order = [lateral, LengthUnit::Metre, LengthUnit::Micrometre, LengthUnit::Millimetre];
    if let Some(unit) = order.into_iter().find(|unit| plausible(unit)) {
        return standard_or_inferred(unit);
    }
    let taken = format!("heights that spread over {spread:e} are unusual in every unit: taken as {lateral}");
    warnings.push(Warning::UnitUncertain { axis: 'z', taken });
    AxisUnit { unit: lateral, source: UnitSource::Assumed }
}

/// The distance between the first and the last percentile, so that a few spikes do not decide. A sample of some ten
/// thousand points says the same as all of them.
fn spread(heights: &[f64]) -> f64 {
    let step = (heights.len() / 20_000).max(1);
    let mut sample: Vec<f64> = heights.iter().step_by(step).copied().filter(|h| h.is_finite()).collect();
    if sample.len() < 16 {
        sample = heights.iter().copied().filter(|h| h.is_finite()).collect();
    }
    sample.sort_by(f64::total_cmp);
    let at = |share: f64| sample.get(((sample.len().saturating_sub(1)) as f64 * share).round() as usize);
    match (at(0.01), at(0.99)) {
        (Some(low), Some(high)) => high - low,
        _ => 0.0,
    }
}
