//! The fields of a row by what their columns say, and a row of make and model read from them.

use crate::domain::text::printable;

use super::item::Model;
use super::mapping::Column;
use super::plan::Plan;
use super::rows::Fields;

/// A name longer than this is none.
const LONGEST_NAME: usize = 300;
/// What is only kept may be longer.
const LONGEST_KEPT: usize = 4_000;

/// A row and the plan by which it is read.
pub(super) struct Read<'a> {
    pub plan: &'a Plan,
    pub fields: &'a Fields,
}

impl Read<'_> {
    /// A field by its heading; empty where the list has no such column.
    pub(super) fn named(&self, heading: &str) -> Result<String, String> {
        self.plan.place(heading).map_or_else(|| Ok(String::new()), |at| self.at(at, LONGEST_NAME))
    }

    /// The same for a field that is a sentence.
    pub(super) fn sentence(&self, heading: &str) -> Result<String, String> {
        self.plan.place(heading).map_or_else(|| Ok(String::new()), |at| self.at(at, LONGEST_KEPT))
    }

    fn at(&self, at: usize, longest: usize) -> Result<String, String> {
        let text = self.fields.get(at);
        if text.len() > longest && text.chars().count() > longest {
            let heading = self.plan.headings.get(at).map_or("", String::as_str);
            return Err(format!("`{heading}` has more than {longest} characters"));
        }
        Ok(printable(text))
    }

    fn column(&self, column: Column) -> Result<String, String> {
        let place = self.plan.places.iter().find(|(_, known)| *known == column);
        place.map_or_else(|| Ok(String::new()), |(at, _)| self.at(*at, LONGEST_NAME))
    }

    /// Every value of a meaning that several columns may have, or one column several times.
    fn several(&self, column: Column) -> Result<Vec<String>, String> {
        let mut found: Vec<String> = Vec::new();
        for (at, _) in self.plan.places.iter().filter(|(_, known)| *known == column) {
            let text = self.at(*at, LONGEST_NAME)?;
            found.extend(text.split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned));
        }
        Ok(found)
    }

    /// The row by the mapping of its columns. Make and model may be empty still.
    pub(super) fn model(&self) -> Result<Model, String> {
        let maker = self.column(Column::Maker)?;
        let mut kept = Vec::new();
        for (at, _) in self.plan.places.iter().filter(|(_, column)| *column == Column::Keep) {
            let text = self.at(*at, LONGEST_KEPT)?;
            if !text.is_empty() {
                kept.push((printable(&self.plan.headings[*at]), text));
            }
        }
        let mut make = self.column(Column::Make)?;
        if make.is_empty() {
            make = maker;
        } else if !maker.is_empty() && maker != make {
            let place = self.plan.places.iter().find(|(_, column)| *column == Column::Maker);
            let heading = place.map_or("maker", |(at, _)| &*self.plan.headings[*at]);
            kept.insert(0, (printable(heading), maker));
        }
        Ok(Model {
            id: self.column(Column::Id)?,
            make,
            model: self.column(Column::Model)?,
            aliases: self.several(Column::Aliases)?,
            kind: self.column(Column::Type)?,
            action: self.column(Column::Action)?,
            calibres: self.several(Column::Calibre)?,
            countries: self.several(Column::Country)?,
            feed: self.column(Column::Feed)?,
            serial_place: self.column(Column::SerialPlace)?,
            years: self.column(Column::Years)?,
            kept,
        })
    }
}
