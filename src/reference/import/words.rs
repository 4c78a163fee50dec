//! From the words of other lists for kind and action to the vocabulary of this table. What has no sure equal stays unknown.

use crate::domain::firearm::{FirearmAction as Action, FirearmType as Type};

/// The kind and action that two words of a list mean together. Words of the Canadian FRT, the French RGA, NCIC and plain English
/// are known; the table's own ids too.
pub(super) fn kind_of(kind: &str, action: &str) -> (Option<Type>, Option<Action>) {
    let kind = fold(kind);
    let action = fold(action);
    let act = action_of(&action);
    if kind.is_empty() && action.is_empty() {
        return (None, None);
    }
    if let Ok(own) = kind.parse::<Type>() {
        return (Some(own), act);
    }
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&action, &["air", "spring"])
        || has(
            &kind,
            &[
                "air gun",
                "airgun",
                "airsoft",
                "alarm",
                "blank firing",
                "blank pistol",
                "alarme",
                "signalisation",
            ],
        )
    {
        return (Some(Type::AirGasAlarm), None);
    }
    let firearm = if has(&kind, &["submachine", "machine pistol", "pistolet mitrailleur"]) {
        Some(Type::SubmachineGun)
    } else if has(&kind, &["machine gun", "mitrailleuse"]) {
        Some(Type::MachineGun)
    } else if has(&kind, &["launcher", "lance", "cannon", "mortar"]) {
        Some(Type::LauncherLightWeapon)
    } else if has(&kind, &["combination", "mixte", "drilling"]) {
        Some(Type::Combination)
    } else if has(&kind, &["derringer"]) {
        Some(Type::Derringer)
    } else if has(&kind, &["revolver"])
        || has(&action, &["revolver"]) && has(&kind, &["handgun", "pistol", "poing"])
    {
        Some(Type::Revolver)
    } else if has(&kind, &["handgun", "pistol", "arme de poing"]) {
        handgun(act, &action)
    } else if has(&kind, &["shotgun", "lisse", "canon lisse"]) {
        shotgun(act, &action)
    } else if has(&kind, &["rifle", "carbine", "carabine", "fusil", "musket", "epaule"]) {
        rifle(act)
    } else {
        None
    };
    (firearm, act)
}

/// Parts of other lists' words for an action; the first that is found holds.
const ACTION_WORDS: &[(&str, Action)] = &[
    ("converted auto", Action::SelectFire),
    ("semi", Action::SemiAuto),
    ("full auto", Action::FullAuto),
    ("automati", Action::FullAuto),
    ("select", Action::SelectFire),
    ("straight", Action::StraightPull),
    ("lineaire", Action::StraightPull),
    ("bolt", Action::Bolt),
    ("verrou", Action::Bolt),
    ("pump", Action::Pump),
    ("pompe", Action::Pump),
    ("slide", Action::Pump),
    ("lever", Action::Lever),
    ("levier", Action::Lever),
    ("falling", Action::FallingBlock),
    ("bloc tombant", Action::FallingBlock),
    ("rolling", Action::RollingBlock),
    ("percussion", Action::MuzzleLoading),
    ("muzzle", Action::MuzzleLoading),
    ("break", Action::Break),
    ("multi barrel", Action::Break),
    ("bascul", Action::Break),
    ("single shot", Action::SingleShot),
    ("un coup", Action::SingleShot),
];

fn action_of(action: &str) -> Option<Action> {
    if action.is_empty() {
        return None;
    }
    if let Ok(own) = action.parse() {
        return Some(own);
    }
    ACTION_WORDS.iter().find(|(word, _)| action.contains(word)).map(|(_, act)| *act)
}

fn handgun(act: Option<Action>, action: &str) -> Option<Type> {
    match act? {
        Action::SemiAuto => Some(Type::PistolSemi),
        Action::FullAuto | Action::SelectFire => Some(Type::PistolAuto),
        Action::Break if action.contains("multi") => Some(Type::Derringer),
        Action::SingleShot | Action::Break | Action::FallingBlock | Action::RollingBlock => {
            Some(Type::PistolSingle)
        }
        _ => None,
    }
}

fn shotgun(act: Option<Action>, action: &str) -> Option<Type> {
    match act? {
        Action::SemiAuto => Some(Type::ShotgunSemi),
        Action::FullAuto | Action::SelectFire => Some(Type::ShotgunAuto),
        Action::Pump => Some(Type::ShotgunPump),
        Action::Bolt | Action::StraightPull => Some(Type::ShotgunBolt),
        Action::Lever => Some(Type::ShotgunLever),
        Action::Break if action.contains("multi") => Some(Type::ShotgunDouble),
        Action::SingleShot => Some(Type::ShotgunSingle),
        _ => None,
    }
}

fn rifle(act: Option<Action>) -> Option<Type> {
    match act? {
        Action::SemiAuto => Some(Type::RifleSemi),
        Action::FullAuto | Action::SelectFire => Some(Type::RifleAuto),
        Action::Bolt | Action::StraightPull => Some(Type::RifleBolt),
        Action::Lever => Some(Type::RifleLever),
        Action::Pump => Some(Type::RiflePump),
        Action::SingleShot | Action::FallingBlock | Action::RollingBlock => Some(Type::RifleSingle),
        _ => None,
    }
}

fn fold(text: &str) -> String {
    if text.contains('_') {
        return text.trim().to_lowercase();
    }
    crate::reference::text::atoms(text).into_iter().map(|atom| atom.text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_lists_are_understood_or_left_unknown() {
        for (kind, action, expected) in [
            ("Handgun", "Semi-Automatic", (Some(Type::PistolSemi), Some(Action::SemiAuto))),
            ("Handgun", "Revolver", (Some(Type::Revolver), None)),
            ("Shotgun", "Multi-Barrel", (Some(Type::ShotgunDouble), Some(Action::Break))),
            ("Rifle", "Bolt Action", (Some(Type::RifleBolt), Some(Action::Bolt))),
            ("Rifle", "Air,Spring or Gas", (Some(Type::AirGasAlarm), None)),
            ("pistol_semi", "semi_auto", (Some(Type::PistolSemi), Some(Action::SemiAuto))),
            ("Receiver Blank", "Semi-Automatic", (None, Some(Action::SemiAuto))),
            ("Carabine à répétition", "verrou rotatif", (Some(Type::RifleBolt), Some(Action::Bolt))),
            ("", "", (None, None)),
        ] {
            assert_eq!(kind_of(kind, action), expected, "of {kind} and {action}");
        }
    }
}
