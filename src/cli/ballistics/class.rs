//! Calibre and class characteristics as arguments, shared by `add` and `rank`.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::ballistics::gallery::{BreechFaceMarks, ClassCharacteristics, FiringPinShape, Ignition};

/// What an examiner states of a fired case; what is not given is unknown, and unknown excludes nothing.
#[derive(Debug, Clone, Args)]
pub struct ClassArgs {
    /// Calibre in any spelling of the reference table
    #[arg(long, value_name = "CALIBRE", default_value = "", hide_default_value = true)]
    pub calibre: String,
    /// Shape of the firing pin
    #[arg(long, value_name = "SHAPE", value_parser = shape())]
    firing_pin_shape: Option<FiringPinShape>,
    /// Marks of the breech face
    #[arg(long, value_name = "MARKS", value_parser = marks())]
    breech_face_marks: Option<BreechFaceMarks>,
    /// Where the pin strikes
    #[arg(long, value_name = "WHERE", value_parser = ignition())]
    ignition: Option<Ignition>,
    /// Whether the aperture sheared the primer
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no())]
    aperture_shear: Option<bool>,
}

impl ClassArgs {
    /// The class characteristics that were given.
    pub fn class(&self) -> ClassCharacteristics {
        ClassCharacteristics {
            firing_pin: self.firing_pin_shape,
            breech_face: self.breech_face_marks,
            ignition: self.ignition,
            aperture_shear: self.aperture_shear,
        }
    }
}

fn shape() -> impl TypedValueParser<Value = FiringPinShape> {
    one_of(FiringPinShape::ALL, FiringPinShape::id)
}

fn marks() -> impl TypedValueParser<Value = BreechFaceMarks> {
    one_of(BreechFaceMarks::ALL, BreechFaceMarks::id)
}

fn ignition() -> impl TypedValueParser<Value = Ignition> {
    one_of(Ignition::ALL, Ignition::id)
}

fn yes_or_no() -> impl TypedValueParser<Value = bool> {
    one_of([true, false], |yes| if yes { "yes" } else { "no" })
}

/// A parser of the words for some values; the help lists them.
fn one_of<T: Copy + Send + Sync + 'static, const N: usize>(
    all: [T; N],
    id: impl Fn(T) -> &'static str + Clone + Send + Sync + 'static,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.map(id.clone())).map(move |word| {
        all.into_iter().find(|one| id(*one) == word).expect("clap lets only the listed words through")
    })
}
