//! Writing the example into a folder: the records taken over through the rules, then a few acts, so that Home has something to show.

use std::path::Path;
use std::sync::Arc;

use crate::desk::{CheckQuery, Desk, DeskError, Opening, Outcome, RecordRow, Settings};
use crate::domain::firearm::SerialState;
use crate::domain::id::IdSource;
use crate::domain::lifecycle::RecordState;
use crate::domain::record::Record;
use crate::domain::time::FixedClock;
use crate::store::{Nonces, Status};

use super::{demo_now, demo_office, demo_officer, records};

/// Where the random numbers of the example begin.
const SEED: u64 = 0x4845_4144_5354_414d;

/// How many records are taken over at a time.
const AT_A_TIME: usize = 1_000;

/// How many firearms are checked, so that hits wait on Home.
const CHECKED: usize = 3;

/// The moment at which a workspace stands still, and what else makes it the same on every machine.
pub fn demo_opening(folder: &Path) -> Opening<'static> {
    let mut opening = Opening::new(folder);
    opening.clock = Arc::new(FixedClock(demo_now()));
    opening.ids = IdSource::fixed();
    opening.nonces = Nonces::Fixed;
    opening
}

/// Makes the example workspace in an empty folder.
pub fn write_demo(folder: &Path, count: usize) -> Result<Status, DeskError> {
    let settings = Settings {
        version: crate::desk::LAYOUT_VERSION,
        demo: true,
        officer: demo_officer(),
        office: demo_office(),
    };
    Desk::create_with(folder, &settings)?;
    let (desk, _) = Desk::open(demo_opening(folder))?;
    let mut source = records(SEED, count);
    let mut own: Vec<RecordRow> = Vec::new();
    loop {
        let batch: Vec<_> = source.by_ref().take(AT_A_TIME).collect();
        if batch.is_empty() {
            break;
        }
        for outcome in desk.take_over(batch, "example")? {
            // A number drawn twice for one firearm is refused as it should be; the example is a record short.
            if let Outcome::Saved(entered) = outcome
                && own.len() < CHECKED
                && is_plain(&entered.record)
            {
                own.push(RecordRow::of(&entered.record));
            }
        }
    }
    for row in &own {
        desk.check(CheckQuery {
            serial: row.serial.clone(),
            make: row.make.clone(),
            calibre: row.calibre.clone(),
            firearm_type: row.firearm_type,
            purpose: "example: seizure at Barajas".into(),
        })?;
    }
    desk.check(CheckQuery {
        serial: "A 12?45".into(),
        make: "Beretta".into(),
        purpose: "example: found in a canal".into(),
        ..CheckQuery::default()
    })?;
    let status = desk.status();
    desk.finish()?;
    Ok(status)
}

/// Whether a check of its number would be a firm hit.
fn is_plain(record: &Record) -> bool {
    let firearm = &record.content.firearm;
    record.state == RecordState::Active
        && firearm.serial_state == Some(SerialState::Readable)
        && record.owner == demo_office().country
}
