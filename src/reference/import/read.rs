//! A list read row by row: each row is kept or refused, and what would become of it in the table is counted. Nothing but the ids is
//! held, so a list of any length takes the same memory.

use std::collections::HashMap;
use std::io::BufRead;
use std::sync::Arc;

use serde::Serialize;

use crate::domain::firearm::is_unknown_name;
use crate::reference::id::ModelId;
use crate::reference::links::{Keys, Links};
use crate::reference::table::Reference;

use super::codes::{self, KnownCode};
use super::decode::Encoding;
use super::fields::Read;
use super::item::{CodeTable, Item};
use super::plan::{Kind, Plan};
use super::resolve::{Resolver, fault};
use super::rows::{Fields, Rows};
use super::{Refused, curios, sor};

/// How often progress is told, in rows.
const TOLD_EVERY: u64 = 1_000;

/// What becomes of the rows of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Rows read, without blank ones and headings.
    pub rows: u64,
    /// Entries of make and model.
    pub models: u64,
    /// Of these, how many the table does not have yet.
    pub new: u64,
    /// Of these, how many say the same as an entry there is, and are linked to it.
    pub linked: u64,
    /// Of these, how many are of a make that the table has.
    pub known_makes: u64,
    /// Of these, how many have a calibre that the table has.
    pub known_calibres: u64,
    /// Of these, how many are of a known kind.
    pub known_types: u64,
    /// Codes.
    pub codes: u64,
    /// Of these, how many mean something that the table has.
    pub known_codes: u64,
    /// Makes that the table does not have yet and that the codes bring.
    pub new_makes: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// The entries that rows are linked to, and how many rows each; those with most first.
    pub linked_to: Vec<(ModelId, u64)>,
}

/// Why a list was not read to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReadFault {
    /// It was asked to stop.
    #[error("it was stopped")]
    Stopped,
    /// The list, or what was to be written of it.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Where the rows of a list go.
pub trait Sink {
    /// Takes a row that is kept.
    fn keep(&mut self, item: &Item) -> std::io::Result<()>;
    /// Takes a row that is refused.
    fn refuse(&mut self, refused: &Refused) -> std::io::Result<()>;
    /// Is told the number of rows read, now and then; says `false` to stop.
    fn goes_on(&mut self, rows: u64) -> bool;
}

/// Reads a list for an edition of this name.
pub fn read_list(
    reference: &Reference,
    edition: &str,
    plan: &Plan,
    encoding: Encoding,
    input: impl BufRead,
    sink: &mut dyn Sink,
) -> Result<Tally, ReadFault> {
    let name: Arc<str> = Arc::from(edition);
    let mut rows = Rows::new(input, encoding, plan.delimiter);
    // The headings were read by the plan.
    rows.next()?;
    rows.expect_width(plan.headings.len());
    let mut counting = Counting::new(reference, &name);
    let mut ids: HashMap<(Option<CodeTable>, String), u64> = HashMap::new();
    loop {
        if counting.tally.rows.is_multiple_of(TOLD_EVERY) && !sink.goes_on(counting.tally.rows) {
            return Err(ReadFault::Stopped);
        }
        let Some((line, row)) = rows.next()? else { break };
        counting.tally.rows += 1;
        let (reason, fields) = match row {
            Err(refused) => refused,
            Ok(fields) => match item(reference, plan, &fields, line) {
                Err(reason) => (reason, fields.to_vec()),
                Ok(item) => match ids.entry(identity(&item)) {
                    std::collections::hash_map::Entry::Occupied(first) => {
                        let (_, id) = first.key();
                        (format!("`{id}` is there already, in line {}", first.get()), fields.to_vec())
                    }
                    std::collections::hash_map::Entry::Vacant(free) => {
                        free.insert(line);
                        sink.keep(&item)?;
                        counting.count(item);
                        continue;
                    }
                },
            },
        };
        counting.tally.refused += 1;
        sink.refuse(&Refused { line, reason, fields })?;
    }
    sink.goes_on(counting.tally.rows);
    Ok(counting.done())
}

/// What must not be there twice.
fn identity(item: &Item) -> (Option<CodeTable>, String) {
    match item {
        Item::Model(model) => (None, model.id.clone()),
        Item::Code(code) => (Some(code.table), code.code.clone()),
    }
}

fn item(reference: &Reference, plan: &Plan, fields: &Fields, line: u64) -> Result<Item, String> {
    let read = Read { plan, fields };
    let mut model = match plan.kind {
        Kind::NcicMake
        | Kind::NcicCalibre
        | Kind::NcicType
        | Kind::NcicAction
        | Kind::NcicCountry
        | Kind::NcicColour => return codes::read(&read).map(Item::Code),
        Kind::Sor => sor::read(&read, reference.own_makes())?,
        Kind::AtfCurios => curios::read(&read)?,
        Kind::Frt | Kind::Asfcp | Kind::Rga | Kind::Mapped => read.model()?,
    };
    if let Some(fault) = fault(&model) {
        return Err(fault.to_owned());
    }
    if model.id.is_empty() {
        model.id = format!("line-{line}");
    }
    Ok(Item::Model(Box::new(model)))
}

struct Counting<'a> {
    reference: &'a Reference,
    resolver: Resolver<'a>,
    edition: Arc<str>,
    links: Links,
    linked: HashMap<ModelId, u64>,
    tally: Tally,
}

impl<'a> Counting<'a> {
    fn new(reference: &'a Reference, edition: &Arc<str>) -> Self {
        Self {
            reference,
            resolver: Resolver::new(reference, edition),
            edition: Arc::clone(edition),
            links: Links::to(reference.entries()),
            linked: HashMap::new(),
            tally: Tally::default(),
        }
    }

    fn count(&mut self, item: Item) {
        let tally = &mut self.tally;
        match item {
            Item::Code(code) => {
                let known = KnownCode::of(code, self.reference);
                tally.codes += 1;
                tally.known_codes += u64::from(!known.means.is_empty());
                tally.new_makes += u64::from(known.make(&self.edition).is_some());
            }
            Item::Model(model) => {
                let named = model.make.clone();
                let entry = self.resolver.entry(*model);
                tally.models += 1;
                tally.known_makes += u64::from(entry.make_id.is_some() && !is_unknown_name(&named));
                tally.known_calibres += u64::from(!entry.calibres.is_empty());
                tally.known_types += u64::from(entry.firearm_type.is_some());
                if let Some(same) = self.links.same(&entry, &Keys::of(&entry)) {
                    tally.linked += 1;
                    *self.linked.entry(same).or_default() += 1;
                } else {
                    tally.new += 1;
                }
            }
        }
    }

    fn done(self) -> Tally {
        let mut linked_to: Vec<(ModelId, u64)> = self.linked.into_iter().collect();
        linked_to.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Tally { linked_to, ..self.tally }
    }
}
