//! What the rules need to know beyond the record: the reference table's word and the records already there.

use crate::domain::firearm::{Firearm, is_unknown_name};
use crate::domain::hit::{Agreement, types_agree};
use crate::domain::lifecycle::RecordState;
use crate::domain::record::{Content, Record};
use crate::domain::rules::{Duplicate, Facts};
use crate::domain::serial::{self, SerialPattern};
use crate::domain::text::fold;
use crate::domain::time::day_of;
use crate::store::{DocKind, SerialColumn};

use super::names::{calibres_agree, makes_agree};
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
        let mut found = Vec::new();
        for id in self.store().find_serial(SerialColumn::Norm, &norm)? {
            if Some(id) == itself {
                continue;
            }
            let Some(document) = self.store().document(id)? else { continue };
            if document.kind != DocKind::Record {
                continue;
            }
            let record = super::view::parse_record(&document)?;
            let living = record.state == RecordState::Ready || record.state.is_in_force();
            if living && !self.differs(&content.firearm, &record.content.firearm) {
                found.push(Duplicate {
                    exact: self.same_firearm(&content.firearm, &record.content.firearm),
                    same_agency: record.owner == owner
                        && fold(&record.content.agency) == fold(&content.agency),
                    number: record.number,
                });
            }
        }
        Ok(found)
    }

    fn same_firearm(&self, a: &Firearm, b: &Firearm) -> bool {
        self.agreements(a, b).iter().all(|agreement| *agreement == Agreement::Agrees)
    }

    /// Another maker's firearm may bear the same number (domain.md 2.4, rule 6): it is no duplicate at all.
    fn differs(&self, a: &Firearm, b: &Firearm) -> bool {
        let [make, _, _] = self.agreements(a, b);
        make == Agreement::Differs && !is_unknown_name(&a.make)
    }

    fn agreements(&self, a: &Firearm, b: &Firearm) -> [Agreement; 3] {
        let names = self.names().as_ref();
        [
            makes_agree(names, &a.make, &b.make, &b.make_id),
            calibres_agree(names, &a.calibre, &b.calibre, &b.calibre_id),
            types_agree(a.firearm_type, b.firearm_type),
        ]
    }
}
