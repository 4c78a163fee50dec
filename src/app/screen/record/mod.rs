//! One record: its fields, its history, what is related to it.

mod lines;

use jiff::tz::TimeZone;

use crate::desk::RecordView;
use crate::locale::Locale;

pub use lines::{LABEL, RecordLine};
use lines::{Teller, lines};

/// What the record screen holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecordScreen {
    /// The record; `None` until it is here.
    pub view: Option<Box<RecordView>>,
    /// The first line that is seen.
    pub top: u16,
}

impl RecordScreen {
    /// Its lines in so many columns; none until it is here.
    pub fn lines(&self, locale: &Locale, zone: &TimeZone, width: u16) -> Vec<RecordLine> {
        let view = self.view.as_deref();
        view.map(|view| lines(Teller { locale, zone }, view, width)).unwrap_or_default()
    }
}
