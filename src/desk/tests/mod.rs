//! The desk's behaviour over the memory twin, with a fixed clock, fixed identifiers and a reference table of three makes.

mod checks;
mod lives;
mod records;

use std::sync::Arc;

use crate::domain::country::CountryCode;
use crate::domain::firearm::FirearmType;
use crate::domain::id::IdSource;
use crate::domain::officer::{Office, Officer};
use crate::domain::record::{Content, InformationGrade, RecordReason, SourceGrade};
use crate::domain::text::fold;
use crate::domain::time::FixedClock;
use crate::store::{MemoryStore, Nonces};

use super::{Desk, Names, Parts};

/// A table that knows three makes and two calibres.
struct FewNames;

impl Names for FewNames {
    fn makes(&self, text: &str) -> Vec<String> {
        match fold(text).as_str() {
            "zastava" | "crvenazastava" | "zcz" => vec!["zastava".into()],
            "beretta" | "pb" => vec!["beretta".into()],
            "glock" => vec!["glock-at".into(), "glock-us".into()],
            _ => Vec::new(),
        }
    }

    fn calibre(&self, text: &str) -> Option<String> {
        match fold(text).as_str() {
            "765mmbrowning" | "32acp" => Some("7-65mm-browning".into()),
            "9x19mmparabellum" | "9mm" | "9para" => Some("9x19mm-parabellum".into()),
            _ => None,
        }
    }

    fn country(&self, _: &str) -> Option<CountryCode> {
        None
    }

    fn entry(&self, make: &str, model: &str) -> Option<String> {
        (fold(make) == "zastava" && fold(model) == "m70").then(|| "zastava-m70".into())
    }

    fn combination_known(&self, _: &str, _: &str, _: &str) -> Option<bool> {
        None
    }

    fn serial_fits(&self, _: &str, _: &str) -> Option<bool> {
        None
    }

    fn model_called(&self, raw: &str) -> Option<String> {
        (raw == "M70").then(|| "Zastava M70".into())
    }

    fn made_in(&self, make: &str, _: &str) -> Vec<CountryCode> {
        if fold(make) == "zastava" { vec![country("RS")] } else { Vec::new() }
    }

    fn edition(&self) -> String {
        "test".into()
    }
}

fn country(code: &str) -> CountryCode {
    code.parse().unwrap()
}

fn desk_of(home: &str, officer: &str, store: &Arc<MemoryStore>) -> Desk {
    Desk::new(Parts {
        store: store.clone(),
        names: Arc::new(FewNames),
        clock: Arc::new(FixedClock("2026-11-21T14:32:00Z".parse().unwrap())),
        ids: IdSource::system(),
        office: Office { name: format!("NCB {home}"), country: country(home) },
        officer: Officer(officer.into()),
        drafts: None,
        workspace: None,
        follower: None,
        read_only: false,
        demo: false,
        table: Arc::default(),
    })
}

fn desk() -> Desk {
    desk_of("ES", "J. Ortega", &Arc::new(MemoryStore::new(Nonces::System)))
}

/// A record that no rule objects to.
fn stolen_zastava(serial: &str) -> Content {
    let mut content = Content::default();
    content.firearm.serial = serial.into();
    content.firearm.make = "Zastava".into();
    content.firearm.model = "M70".into();
    content.firearm.calibre = ".32 ACP".into();
    content.firearm.firearm_type = Some(FirearmType::PistolSemi);
    content.firearm.made_in = Some(country("RS"));
    content.firearm.import_country = Some(country("ES"));
    content.reason = Some(RecordReason::Stolen);
    content.event.date = "2024-03-02".parse().unwrap();
    content.event.country = Some(country("ES"));
    content.case_ref = "DP-2026-1182".into();
    content.agency = "UDYCO".into();
    content.contact.unit = "Firearms desk".into();
    content.source_grade = Some(SourceGrade::B);
    content.information_grade = Some(InformationGrade::Two);
    content
}
