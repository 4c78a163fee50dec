//! A look at the columns of a list, before it is read: what each is headed, its first values, and what it probably says.

use std::path::PathBuf;

use serde::Serialize;

use crate::reference::Reference;
use crate::reference::import::{Beginning, Column, Encoding, Kind, Mapping, Plan, heading_name};

/// How many values of a column are told.
const SAMPLES: usize = 3;

/// The columns of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListLook {
    /// The file.
    pub file: PathBuf,
    /// Which list it is, where its headings say so or a saved mapping fits them.
    pub kind: Option<Kind>,
    /// The encoding found.
    pub encoding: Encoding,
    /// What separates the fields.
    pub delimiter: char,
    /// Every column.
    pub columns: Vec<LookedColumn>,
}

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookedColumn {
    /// What a mapping calls it.
    pub name: String,
    /// Its heading.
    pub heading: String,
    /// Its first values that differ.
    pub samples: Vec<String>,
    /// What it says, as far as that is known or guessed.
    pub meaning: Option<Column>,
    /// Whether that is only a guess from the words of the heading.
    pub guessed: bool,
}

impl ListLook {
    /// The columns of a list; `plan` is how it would be read, where that is known.
    pub(super) fn of(
        file: PathBuf,
        encoding: Encoding,
        beginning: &Beginning,
        plan: Option<&Plan>,
        reference: &Reference,
    ) -> Self {
        let headings = &beginning.headings;
        let proposed = reference.heading_words().propose(headings);
        // A list of codes has no column of make and model: what its words say is a guess there too.
        let plan = plan.filter(|plan| (0..headings.len()).any(|at| plan.meaning(at).is_some()));
        let column = |at: usize| LookedColumn {
            name: heading_name(headings, at),
            heading: headings[at].clone(),
            samples: beginning.samples(at, SAMPLES),
            meaning: plan.map_or(proposed[at], |plan| plan.meaning(at)),
            guessed: plan.is_none() && proposed[at].is_some(),
        };
        Self {
            file,
            kind: plan.map(|plan| plan.kind),
            encoding,
            delimiter: char::from(beginning.delimiter),
            columns: (0..headings.len()).map(column).collect(),
        }
    }

    /// The mapping that its columns give.
    pub fn mapping(&self) -> Mapping {
        let headings: Vec<String> = self.columns.iter().map(|column| column.heading.clone()).collect();
        let meanings: Vec<Option<Column>> = self.columns.iter().map(|column| column.meaning).collect();
        Mapping::of(None, &headings, &meanings)
    }
}

/// What separates the fields, by the name that the locale has words for.
pub const fn delimiter_id(mark: char) -> &'static str {
    match mark {
        ',' => "comma",
        ';' => "semicolon",
        '\t' => "tab",
        '|' => "bar",
        _ => "other",
    }
}
