//! Taking over records of other offices as they are: a mirrored register, or the example.
//!
//! They keep their identifiers, numbers, owners and states; the rules look at them as at any other. Only their owner may
//! change them afterwards (rule V27).

use crate::domain::record::Record;
use crate::domain::rules;
use crate::domain::time::day_of;
use crate::store::Revision;

use super::{Desk, DeskError, Entered, Outcome};

impl Desk {
    /// Takes over records; those that a rule blocks are refused, the others are on the disk when this returns.
    pub fn take_over(&self, records: Vec<Record>, purpose: &str) -> Result<Vec<Outcome>, DeskError> {
        let _writing = self.write_lock();
        let mut outcomes = Vec::with_capacity(records.len());
        let mut batch = Vec::with_capacity(records.len());
        for mut record in records {
            record.content = self.completed(record.content, day_of(record.provenance.at));
            let facts = self.facts(&record.content, Some(&record))?;
            let problems = rules::record(&record.content, &facts);
            if rules::blocks(&problems) {
                outcomes.push(Outcome::Refused(problems));
                continue;
            }
            batch.push(self.entry_of(&record, None, "record.take_over", purpose));
            let rev = Revision(String::new());
            outcomes.push(Outcome::Saved(Box::new(Entered { record, rev, warnings: problems })));
        }
        let appended = self.append(batch)?;
        super::enter::give_revisions(&mut outcomes, appended);
        Ok(outcomes)
    }
}
