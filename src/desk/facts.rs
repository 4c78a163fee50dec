//! What the rules need to know beyond the record: the reference table's word and the records already there.

use crate::domain::hit::{Agreement, types_agree};
use crate::domain::lifecycle::RecordState;
use crate::domain::record::{Content, Record};
use crate::domain::rules::{Duplicate, Facts};
use crate::domain::serial::{self, SerialPattern};
use crate::domain::text::fold;
use crate::domain::time::day_of;
use crate::store::SerialColumn;

use super::names::Wanted;
use super::{Desk, DeskError};

impl Desk {
    /// The facts for the rules about this content; `existing` is the record that it changes.
    pub(super) fn facts(&self, content: &Content, existing: Option<&Record>) -> Result<Facts, DeskError> {
        let today = self.today();
        let firearm = &content.firearm;
        let names = self.names();
        let readable =
            !SerialPattern::is_pattern(&firearm.serial) && !serial::normalise(&firearm.serial).is_empty();
        Ok(Facts {
            today,
            created: existing.map_or(today, |record| day_of(record.provenance.at)),
            home: self.office().country,
            combination_known: names.combination_known(&firearm.make, &firearm.model, &firearm.calibre),
            serial_fits: if readable {
                names.serial_fits(&firearm.reference_id, &firearm.serial)
            } else {
                None
            },
            serial_names_model: if readable { names.model_called(&firearm.serial) } else { None },
            duplicates: if readable { self.duplicates(content, existing)? } else { Vec::new() },
        })
    }

    /// Records in force or waiting with the same number (rule V22).
    fn duplicates(&self, content: &Content, existing: Option<&Record>) -> Result<Vec<Duplicate>, DeskError> {
        let norm = serial::normalise(&content.firearm.serial);
        let itself = existing.map(|record| record.id);
        let owner = existing.map_or(self.office().country, |record| record.owner);
        let bearers = self.store().bearers(&[(SerialColumn::Norm, &norm)])?;
        if bearers.is_empty() {
            return Ok(Vec::new());
        }
        let (names, firearm) = (self.names().as_ref(), &content.firearm);
        let wanted = Wanted::new(names, &firearm.make, &firearm.calibre);
        let agency = fold(&content.agency);
        let mut found = Vec::new();
        for bearer in bearers.iter().filter(|bearer| Some(bearer.id) != itself) {
            let duplicate = self.summarised(bearer, |record, _| {
                let living = record.state == RecordState::Ready || record.state.is_in_force();
                let make = wanted.make_agrees(names, record.make, record.make_id);
                // Another maker's firearm may bear the same number (domain.md 2.4, rule 6): it is no duplicate at all.
                if !living || make == Agreement::Differs {
                    return None;
                }
                let calibre = wanted.calibre_agrees(names, record.calibre, record.calibre_id);
                let firearm_type = types_agree(firearm.firearm_type, record.firearm_type);
                Some(Duplicate {
                    exact: [make, calibre, firearm_type].iter().all(|it| *it == Agreement::Agrees),
                    same_agency: record.owner == owner && fold(record.agency) == agency,
                    number: record.number.to_owned(),
                })
            })?;
            found.extend(duplicate.flatten());
        }
        Ok(found)
    }
}
