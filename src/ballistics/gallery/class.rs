//! Class characteristics: what all firearms of a make and model leave alike, by which a gallery is narrowed.
//!
//! The words are those of the field (AFTE, NIJ). An examiner states them; nothing here reads them off a scan. What is
//! unknown on either side excludes nothing.

use serde::{Deserialize, Serialize};

/// The class characteristics of a fired case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClassCharacteristics {
    /// The shape of the firing pin's tip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firing_pin: Option<FiringPinShape>,
    /// The marks of the breech face.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breech_face: Option<BreechFaceMarks>,
    /// Where the pin strikes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignition: Option<Ignition>,
    /// Whether the edge of the aperture sheared the primer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aperture_shear: Option<bool>,
}

impl ClassCharacteristics {
    /// Whether two cases may come from one firearm as far as these tell.
    pub fn admits(&self, other: &Self) -> bool {
        may_be_same(self.firing_pin, other.firing_pin)
            && may_be_same(self.breech_face, other.breech_face)
            && may_be_same(self.ignition, other.ignition)
            && may_be_same(self.aperture_shear, other.aperture_shear)
    }

    /// Whether nothing is known.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// Unknown is never no.
pub(super) fn may_be_same<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// The shape of a firing pin's tip, by the impression it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FiringPinShape {
    /// A hemisphere.
    Hemispherical,
    /// A flat end.
    Flat,
    /// A rectangle, as of Glock pistols.
    Rectangular,
    /// Longer than wide, rounded.
    Elliptical,
    /// An edge.
    Chisel,
}

impl FiringPinShape {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Hemispherical, Self::Flat, Self::Rectangular, Self::Elliptical, Self::Chisel];

    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hemispherical => "hemispherical",
            Self::Flat => "flat",
            Self::Rectangular => "rectangular",
            Self::Elliptical => "elliptical",
            Self::Chisel => "chisel",
        }
    }
}

/// The marks that the making of a breech face leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreechFaceMarks {
    /// Straight lines.
    Parallel,
    /// Arcs about a far centre.
    Arched,
    /// Circles about the middle.
    Circular,
    /// No direction.
    Granular,
    /// None to be seen.
    Smooth,
    /// Two sets of lines.
    CrossHatched,
    /// Scratches of unlike width.
    Striated,
}

impl BreechFaceMarks {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Parallel,
        Self::Arched,
        Self::Circular,
        Self::Granular,
        Self::Smooth,
        Self::CrossHatched,
        Self::Striated,
    ];

    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Parallel => "parallel",
            Self::Arched => "arched",
            Self::Circular => "circular",
            Self::Granular => "granular",
            Self::Smooth => "smooth",
            Self::CrossHatched => "cross_hatched",
            Self::Striated => "striated",
        }
    }
}

/// Where the pin strikes the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ignition {
    /// The primer in the middle.
    Centrefire,
    /// The rim.
    Rimfire,
}

impl Ignition {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Centrefire, Self::Rimfire];

    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Centrefire => "centrefire",
            Self::Rimfire => "rimfire",
        }
    }
}
