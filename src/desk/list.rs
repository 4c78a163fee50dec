//! Lists of records: everything recorded, or what answers a query, in an order, without loading it all.

use std::ops::Range;

use jiff::Span;

use crate::domain::id::DocId;
use crate::locale::Message;
use crate::search::{self, Cancel, Field, Found, Sort, SortKey};

use super::{Desk, DeskError, RecordRow, Waiting, WaitingKind};

/// How far ahead a review counts as due: domain.md 12 warns six months before, Home shows the coming month.
const REVIEW_AHEAD_DAYS: i64 = 30;

/// Which records, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListQuery {
    /// In the language of docs/search.md; empty for all.
    pub text: String,
    /// By which column; relevance for a query with words, else the last entered first.
    pub sort: Option<SortKey>,
    /// The other way round.
    pub reverse: bool,
}

/// The answer: how many there are, and their identifiers by row.
pub struct Listing {
    found: Found,
    /// What of the query could not be understood.
    pub problems: Vec<Message>,
    /// Journal entries that the index does not contain yet.
    pub behind: u64,
}

impl Listing {
    /// How many records answer.
    pub fn total(&self) -> u64 {
        self.found.total()
    }

    /// The identifiers of some rows.
    pub fn ids(&self, rows: Range<usize>) -> Result<Vec<DocId>, DeskError> {
        self.found.ids(rows, &Cancel::default()).map_err(|fault| DeskError::Index(fault.to_string()))
    }
}

impl Desk {
    /// The records that answer a query, after everything appended so far has reached the index.
    pub fn list(&self, query: &ListQuery) -> Result<Listing, DeskError> {
        if let Some(follower) = &self.follower {
            follower.catch_up().map_err(DeskError::Index)?;
        }
        self.list_now(query, &Cancel::default())
    }

    /// The records that answer a query as far as the index has followed: for a screen, which never waits.
    pub fn list_now(&self, query: &ListQuery, cancel: &Cancel) -> Result<Listing, DeskError> {
        let none = || DeskError::Index(Message::new("fault-no-index").to_string());
        let follower = self.follower.as_ref().ok_or_else(none)?;
        let index = follower.index().ok_or_else(none)?;
        let mut parsed = search::parse(&query.text);
        let names = self.names();
        let unknown = parsed.query.map_values(|field, text| match field {
            Field::Make => names.makes(text),
            Field::Calibre => names.calibre(text).into_iter().collect(),
            Field::Country | Field::Owner => {
                names.country(text).map(|code| code.to_string()).into_iter().collect()
            }
            _ => Vec::new(),
        });
        let sort = usual_order(query, parsed.query.is_all());
        let found =
            index.search(&parsed.query, sort, cancel).map_err(|fault| DeskError::Index(fault.to_string()))?;
        let mut problems: Vec<Message> = parsed.problems.iter().map(said).collect();
        problems.extend(
            unknown.into_iter().map(|name| Message::new("query-unknown-country").with("value", name)),
        );
        Ok(Listing { found, problems, behind: follower.behind() })
    }

    /// The query for this office's records whose review is due: what Home counts and what it opens.
    pub fn reviews_query(&self) -> String {
        let until = self.today().saturating_add(Span::new().days(REVIEW_AHEAD_DAYS));
        let life = "-state:cancelled -state:closed";
        format!("owner:{} due:..{until} {life}", self.office().country)
    }

    /// This office's records whose review is due, for Home.
    pub fn reviews_due(&self) -> Result<Option<Waiting>, DeskError> {
        let query = ListQuery { text: self.reviews_query(), sort: Some(SortKey::Review), reverse: false };
        let listing = self.list_now(&query, &Cancel::default())?;
        let first: Vec<RecordRow> = self.rows(&listing.ids(0..1)?)?;
        Ok(first.first().map(|row| Waiting {
            kind: WaitingKind::ReviewDue,
            query: query.text.clone(),
            count: usize::try_from(listing.total()).unwrap_or(usize::MAX),
            next: format!("{} · {} {}", row.number, row.make, row.model),
            oldest: None,
            due: row.review_on,
        }))
    }
}

/// The order of a list: what was asked for, else the best first where there are words and the last entered first where not.
fn usual_order(query: &ListQuery, all: bool) -> Sort {
    let key = query.sort.unwrap_or(if all { SortKey::Entered } else { SortKey::Relevance });
    let newest_first = matches!(key, SortKey::Entered | SortKey::EventDate | SortKey::Number);
    Sort { key, descending: (newest_first || key == SortKey::Relevance) != query.reverse }
}

fn said(problem: &search::QueryProblem) -> Message {
    let facts =
        problem.facts.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect();
    Message { key: problem.key.to_owned(), args: facts }
}
