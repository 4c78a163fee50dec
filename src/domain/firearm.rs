//! The firearm as it was found or reported (domain.md 2.2): what is stamped on it, what it is, and what is unknown about it.

use serde::{Deserialize, Serialize};

use super::country::CountryCode;
use super::serial;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What kind of firearm (domain.md 2.3).
    FirearmType {
        /// Handgun with a revolving cylinder.
        Revolver = "revolver",
        /// Self-loading pistol.
        PistolSemi = "pistol_semi",
        /// Single-shot pistol.
        PistolSingle = "pistol_single",
        /// Machine pistol.
        PistolAuto = "pistol_auto",
        /// Small pistol with one or more fixed barrels.
        Derringer = "derringer",
        /// Submachine gun.
        SubmachineGun = "submachine_gun",
        /// Bolt-action rifle.
        RifleBolt = "rifle_bolt",
        /// Self-loading rifle.
        RifleSemi = "rifle_semi",
        /// Automatic or select-fire rifle.
        RifleAuto = "rifle_auto",
        /// Lever-action rifle.
        RifleLever = "rifle_lever",
        /// Pump-action rifle.
        RiflePump = "rifle_pump",
        /// Single-shot rifle.
        RifleSingle = "rifle_single",
        /// Rifled and smooth barrels together.
        Combination = "combination",
        /// Pump-action shotgun.
        ShotgunPump = "shotgun_pump",
        /// Self-loading shotgun.
        ShotgunSemi = "shotgun_semi",
        /// Automatic shotgun.
        ShotgunAuto = "shotgun_auto",
        /// Bolt-action shotgun.
        ShotgunBolt = "shotgun_bolt",
        /// Lever-action shotgun.
        ShotgunLever = "shotgun_lever",
        /// Double-barrelled shotgun.
        ShotgunDouble = "shotgun_double",
        /// Single-shot shotgun.
        ShotgunSingle = "shotgun_single",
        /// Light machine gun.
        LightMachineGun = "light_machine_gun",
        /// Machine gun.
        MachineGun = "machine_gun",
        /// Grenade launcher, anti-tank weapon, mortar or another light weapon.
        LauncherLightWeapon = "launcher_light_weapon",
        /// Air, gas, alarm or signal weapon.
        AirGasAlarm = "air_gas_alarm",
        /// Made by hand or by print.
        Improvised = "improvised",
        /// Looks like something else.
        Disguised = "disguised",
        /// None of these.
        Other = "other",
        /// Not known.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// How it is loaded and fired.
    FirearmAction {
        /// Self-loading, one shot a pull.
        SemiAuto = "semi_auto",
        /// Automatic only.
        FullAuto = "full_auto",
        /// Single shots or bursts, by a selector.
        SelectFire = "select_fire",
        /// Turning bolt.
        Bolt = "bolt",
        /// Straight-pull bolt.
        StraightPull = "straight_pull",
        /// Pump.
        Pump = "pump",
        /// Lever.
        Lever = "lever",
        /// Hinged barrels.
        Break = "break",
        /// Falling block.
        FallingBlock = "falling_block",
        /// Rolling block.
        RollingBlock = "rolling_block",
        /// Single shot of another kind.
        SingleShot = "single_shot",
        /// Single-action revolver.
        RevolverSa = "revolver_sa",
        /// Double-action revolver.
        RevolverDa = "revolver_da",
        /// Loaded from the muzzle.
        MuzzleLoading = "muzzle_loading",
        /// Worked by hand in another way.
        Manual = "manual",
        /// It has no action.
        None = "none",
        /// Not known.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What can be read of the serial number.
    SerialState {
        /// Read as stamped.
        Readable = "readable",
        /// Some characters cannot be read.
        Partial = "partial",
        /// Removed on purpose.
        Obliterated = "obliterated",
        /// Restored whole in the laboratory.
        RestoredFull = "restored_full",
        /// Restored in part.
        RestoredPartial = "restored_partial",
        /// Restoration brought nothing back.
        RestoredNone = "restored_none",
        /// It never had one.
        NeverMarked = "never_marked",
        /// Not known.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// Whether it is still what its maker made.
    ConversionState {
        /// As made.
        Original = "original",
        /// Converted from a blank or alarm weapon.
        Converted = "converted",
        /// A deactivated firearm that was made to fire again.
        Reactivated = "reactivated",
        /// Deactivated.
        Deactivated = "deactivated",
        /// Printed, wholly or in part.
        Printed = "3d_printed",
        /// Made in a workshop.
        Craft = "craft",
        /// Assembled from a kit, privately made.
        Kit = "kit",
        /// Not known.
        Unknown = "unknown",
    }
}

/// Another number or mark that may serve where the serial is defaced, partly removed or stamped again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlternativeSerial {
    /// As stamped.
    pub serial: String,
    /// Where on the firearm.
    pub location: String,
    /// Why it is taken for a number of this firearm.
    pub basis: String,
}

/// A part that bears its own number.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Component {
    /// Which part.
    pub part: String,
    /// Its number as stamped.
    pub serial: String,
    /// Its maker, where another.
    pub make: String,
}

/// A mark other than the serial number: proof, importer, logo, inscription.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Marking {
    /// The text or what the symbol shows.
    pub text: String,
    /// Where on the firearm.
    pub location: String,
}

/// How and where a number was made unreadable: asked for by rule V10.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Obliteration {
    /// Where the number was.
    pub area: String,
    /// What was done to it, as the examiner saw it.
    pub method: String,
    /// Whether restoration was tried, and with what result.
    pub restoration: String,
}

impl Obliteration {
    /// Whether nothing has been said.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty() && self.method.is_empty() && self.restoration.is_empty()
    }
}

/// The firearm of a record. Empty text and `None` mean *unknown*, never *no*.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Firearm {
    /// Exactly as stamped, kept for ever; `?` and `[8B]` where a character is uncertain and the state says partial.
    pub serial: String,
    /// What can be read of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial_state: Option<SerialState>,
    /// Other numbers of the same firearm.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub serial_alternatives: Vec<AlternativeSerial>,
    /// Asked for when the serial was obliterated or is partial.
    #[serde(skip_serializing_if = "Obliteration::is_empty")]
    pub obliteration: Obliteration,
    /// The maker's name as recorded; `unknown` is allowed with a remark (V23).
    pub make: String,
    /// The maker in the reference table.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub make_id: String,
    /// Where it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_in: Option<CountryCode>,
    /// The model's name, or `unknown`.
    pub model: String,
    /// The entry in the reference table, and with it the edition it was checked against (V3).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reference_id: String,
    /// The calibre as recorded.
    pub calibre: String,
    /// The calibre in the reference table.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub calibre_id: String,
    /// The calibre as marked on the firearm, where it differs.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub calibre_as_marked: String,
    /// What kind of firearm.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub firearm_type: Option<FirearmType>,
    /// How it works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<FirearmAction>,
    /// Whether it is still as made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversion: Option<ConversionState>,
    /// Who imported it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub importer: String,
    /// Where it was imported to, from the import mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_country: Option<CountryCode>,
    /// When it was imported, from the import mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_year: Option<i16>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year_of_manufacture: Option<i16>,
    /// Proof marks, logos and other markings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub markings: Vec<Marking>,
    /// Barrel length in millimetres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub barrel_length_mm: Option<u32>,
    /// Overall length in millimetres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall_length_mm: Option<u32>,
    /// Rounds it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// Finish and colour.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub finish: String,
    /// Anything else that tells it from others: grips, sights, damage, modifications.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Parts with numbers of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
}

impl Firearm {
    /// Every number on it, the frame number first (domain.md 2.4, rule 3), with where it stands.
    pub fn numbers(&self) -> impl Iterator<Item = (NumberPlace<'_>, &str)> {
        let main = std::iter::once((NumberPlace::Serial, self.serial.as_str()));
        let others = self
            .serial_alternatives
            .iter()
            .map(|alt| (NumberPlace::Alternative(&alt.location), alt.serial.as_str()));
        let parts =
            self.components.iter().map(|part| (NumberPlace::Component(&part.part), part.serial.as_str()));
        main.chain(others).chain(parts).filter(|(_, number)| !serial::normalise(number).is_empty())
    }
}

/// Where on the firearm a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberPlace<'a> {
    /// The serial number of the frame or receiver.
    Serial,
    /// An alternative number, at this place.
    Alternative(&'a str),
    /// The number of this part.
    Component(&'a str),
}

impl std::fmt::Display for NumberPlace<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Serial => f.write_str("serial"),
            Self::Alternative(place) => write!(f, "alternative: {place}"),
            Self::Component(part) => write!(f, "component: {part}"),
        }
    }
}

/// Whether a name says that nothing is known (NCIC writes ZZZ for a make that is not known).
pub fn is_unknown_name(name: &str) -> bool {
    let folded = super::text::fold(name);
    folded.is_empty() || folded == "unknown" || folded == "zzz"
}
