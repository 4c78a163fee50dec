//! What a file gave: the surface, the mask that came with it, and how each axis got its unit.
//!
//! Every reader ends here. It holds facts and doubts; what to do about a doubt is the caller's business. It knows
//! nothing of any one format.

use std::fmt;

use crate::ballistics::surface::Surface;

/// A surface as read from a file, with what the file says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// The grid, in micrometres whatever the file wrote.
    pub surface: Surface,
    /// The mask that someone drew and stored in the file.
    pub mask: Option<Mask>,
    /// The unit each axis was read in, and why.
    pub units: AxisUnits,
    /// Who measured, when and with what, in the file's own words made fit to show.
    pub provenance: Provenance,
    /// What is odd about the file though it could be read.
    pub warnings: Vec<Warning>,
}

/// Which points of a grid to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// Points along x.
    pub cols: usize,
    /// Points along y.
    pub rows: usize,
    /// `cols * rows` flags, in the order of the surface's values; `true` is kept.
    pub keep: Vec<bool>,
}

impl Mask {
    /// Whether the point is kept; points outside are not.
    pub fn keeps(&self, x: usize, y: usize) -> bool {
        x < self.cols && y < self.rows && self.keep.get(y * self.cols + x).copied().unwrap_or(false)
    }

    /// How many points are kept.
    pub fn count(&self) -> usize {
        self.keep.iter().filter(|keep| **keep).count()
    }

    /// How well two masks of one grid agree: intersection over union, 1 for two empty ones, `None` if the grids
    /// differ.
    pub fn intersection_over_union(&self, other: &Self) -> Option<f64> {
        if (self.cols, self.rows) != (other.cols, other.rows) {
            return None;
        }
        let (mut both, mut either) = (0usize, 0usize);
        for (a, b) in self.keep.iter().zip(&other.keep) {
            both += usize::from(*a && *b);
            either += usize::from(*a || *b);
        }
        Some(if either == 0 { 1.0 } else { both as f64 / either as f64 })
    }
}

/// The length units that are met in the wild; the standard knows only metres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LengthUnit {
    /// Metres, as ISO 25178-72 demands.
    Metre,
    /// Millimetres (`GelSight`).
    Millimetre,
    /// Micrometres (Cadre).
    Micrometre,
}

impl LengthUnit {
    /// All units, the standard's first.
    pub const ALL: [Self; 3] = [Self::Metre, Self::Millimetre, Self::Micrometre];

    /// Micrometres in one unit.
    pub fn in_micrometres(self) -> f64 {
        match self {
            Self::Metre => 1e6,
            Self::Millimetre => 1e3,
            Self::Micrometre => 1.0,
        }
    }

    /// The unit named by `m`, `mm`, `um` or `µm`.
    pub fn from_symbol(symbol: &str) -> Option<Self> {
        match symbol {
            "m" => Some(Self::Metre),
            "mm" => Some(Self::Millimetre),
            "um" | "µm" | "μm" => Some(Self::Micrometre),
            _ => None,
        }
    }
}

impl fmt::Display for LengthUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Metre => "m",
            Self::Millimetre => "mm",
            Self::Micrometre => "µm",
        })
    }
}

/// Why an axis was read in its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitSource {
    /// The user said so.
    Given,
    /// Metres, as the standard demands, and the sizes are plausible.
    Standard,
    /// Metres would be absurd and this unit is plausible.
    Inferred,
    /// No unit is plausible; the standard's metres stand, with a warning.
    Assumed,
    /// The picture's own resolution.
    Metadata,
}

impl fmt::Display for UnitSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Given => "given",
            Self::Standard => "as the standard says",
            Self::Inferred => "inferred: metres would be absurd",
            Self::Assumed => "assumed: no unit is plausible",
            Self::Metadata => "from the picture's own resolution",
        })
    }
}

/// The unit of one axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AxisUnit {
    /// The unit the file's numbers are in.
    pub unit: LengthUnit,
    /// Why.
    pub source: UnitSource,
}

/// The units of the three axes; `z` is `None` for a photograph, whose values are no lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AxisUnits {
    /// Along the rows.
    pub x: AxisUnit,
    /// Across the rows.
    pub y: AxisUnit,
    /// Heights.
    pub z: Option<AxisUnit>,
}

/// Units that the user insists on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct UnitOverride {
    /// Along the rows.
    pub x: Option<LengthUnit>,
    /// Across the rows.
    pub y: Option<LengthUnit>,
    /// Heights.
    pub z: Option<LengthUnit>,
}

impl UnitOverride {
    /// Whether nothing is insisted on.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Parses `um` (all axes) or a list such as `xy=m,z=um`.
    ///
    /// # Errors
    /// A sentence naming the part that was not understood.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(unit) = LengthUnit::from_symbol(text.trim()) {
            return Ok(Self { x: Some(unit), y: Some(unit), z: Some(unit) });
        }
        let mut out = Self::default();
        for part in text.split(',') {
            let Some((axes, symbol)) = part.split_once('=') else {
                return Err(format!(
                    "`{part}` is neither a unit (m, mm, um) nor `axes=unit` such as xy=m or z=um"
                ));
            };
            let unit = LengthUnit::from_symbol(symbol.trim())
                .ok_or_else(|| format!("`{symbol}` is not a unit: use m, mm or um"))?;
            if axes.trim().is_empty() {
                return Err(format!("`{part}` names no axis: use x, y or z"));
            }
            for axis in axes.trim().chars() {
                match axis {
                    'x' => out.x = Some(unit),
                    'y' => out.y = Some(unit),
                    'z' => out.z = Some(unit),
                    other => return Err(format!("`{other}` is not an axis: use x, y or z")),
                }
            }
        }
        Ok(out)
    }
}

/// Who measured, when and with what. Free text of the file, never parsed: dates come as `N/A` and worse.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Provenance {
    /// When the surface was measured.
    pub date: Option<String>,
    /// Who measured or converted it.
    pub creator: Option<String>,
    /// The instrument's maker.
    pub manufacturer: Option<String>,
    /// The instrument's model.
    pub model: Option<String>,
    /// The instrument's serial number.
    pub serial: Option<String>,
    /// Software and hardware versions.
    pub version: Option<String>,
    /// When the instrument was last calibrated.
    pub calibration_date: Option<String>,
    /// Contacting, non-contacting, software.
    pub probing: Option<String>,
    /// Lens or set-up.
    pub probe: Option<String>,
    /// Whatever else they wrote.
    pub comment: Option<String>,
}

/// Something odd that did not stop the file from being read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Warning {
    /// A checksum in the file is not that of its bytes: changed after writing, or written wrong.
    ChecksumWrong {
        /// The part it should cover.
        part: String,
        /// As stated.
        stated: String,
        /// As computed.
        found: String,
    },
    /// A checksum that the standard demands is not there.
    ChecksumAbsent {
        /// The part it should cover.
        part: String,
    },
    /// Points stored as infinities, read as missing.
    Infinities {
        /// How many.
        count: usize,
    },
    /// No unit makes the axis plausible.
    UnitUncertain {
        /// The axis.
        axis: char,
        /// What was done.
        taken: String,
    },
    /// The mask could not be used.
    MaskIgnored {
        /// Why.
        reason: String,
    },
    /// The file breaks its format in a way that leaves no doubt about the values.
    Dialect {
        /// How.
        what: String,
    },
    /// Samples of a photograph at the end of their range, where the surface cannot be read.
    Saturated {
        /// Per cent of the samples.
        per_cent: u32,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChecksumWrong { part, stated, found } => {
                write!(
                    f,
                    "the checksum of {part} is {stated} in the file but {found} by its bytes: changed after it was written, or written wrong"
                )
            }
            Self::ChecksumAbsent { part } => write!(f, "no checksum of {part}"),
            Self::Infinities { count } => write!(f, "{count} points are infinite: read as missing"),
            Self::UnitUncertain { axis, taken } => {
                write!(f, "the unit of axis {axis} is uncertain: {taken}; give it with --unit")
            }
            Self::MaskIgnored { reason } => write!(f, "the mask in the file was not used: {reason}"),
            Self::Dialect { what } => f.write_str(what),
            Self::Saturated { per_cent } => {
                write!(f, "{per_cent} % of the picture is white or black to the limit: marks there are lost")
            }
        }
    }
}
