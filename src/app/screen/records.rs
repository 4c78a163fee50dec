//! Records: a list of any length, filtered by the query language, sorted; only the rows near what is seen are here.

use std::time::Duration;

use crate::app::line::Line;
use crate::app::rows::Rows;
use crate::app::task::{RecordsQuery, Sort};
use crate::desk::RecordRow;
use crate::locale::Message;

/// What Records holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Records {
    /// The filter as it is typed.
    pub filter: Line,
    /// Whether the filter is being typed.
    pub typing: bool,
    /// The order.
    pub sort: Sort,
    /// The rows.
    pub rows: Rows<RecordRow>,
    /// What of the filter was not understood.
    pub faults: Vec<Message>,
    /// Journal entries that the list does not contain yet.
    pub behind: u64,
    /// How long the last search took; `None` until the first answer.
    pub took: Option<Duration>,
}

impl Records {
    /// What to ask for so that all that is seen is here.
    pub fn query(&self) -> RecordsQuery {
        RecordsQuery { filter: self.filter.text().to_owned(), sort: self.sort, rows: self.rows.window() }
    }

    /// Whether an answer is to what is asked now.
    pub fn is_current(&self, query: &RecordsQuery) -> bool {
        query.filter == self.filter.text() && query.sort == self.sort
    }
}
