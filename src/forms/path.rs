//! Where a value stands in a form: `firearm.components[1].serial`. The same writing as in [`crate::domain::problem::Problem::path`].
//!
//! Called by everything in the form engine; it knows nothing of schemas.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Deeper paths than this are refused: no form needs them, and foreign files are read with the same code.
const DEEPEST: usize = 8;
/// The highest row that can be written.
const HIGHEST_ROW: usize = 9_999;

/// One step down the tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into the value of this name.
    Key(String),
    /// Into this row, counted from zero.
    Row(usize),
}

/// A place in the tree of values; the empty path is the whole tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Path(Vec<Step>);

/// The text is not a path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a path: write names joined by points, rows in brackets, such as firearm.components[1].serial"
)]
pub struct BadPath(pub String);

impl Path {
    /// The steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether it is the whole tree.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this is `other` or stands below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The first `steps` steps.
    #[must_use]
    pub fn prefix(&self, steps: usize) -> Self {
        Self(self.0.iter().take(steps).cloned().collect())
    }

    /// This place, then `below` from there.
    #[must_use]
    pub fn join(&self, below: &Self) -> Self {
        Self(self.0.iter().chain(&below.0).cloned().collect())
    }

    /// Row `row` of the group that stands here.
    #[must_use]
    pub fn row(&self, row: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Row(row));
        Self(steps)
    }

    /// The group, the row and the place within the row, where a row is on the way.
    pub fn split_row(&self) -> Option<(Self, usize, Self)> {
        self.0.iter().enumerate().find_map(|(at, step)| match step {
            Step::Row(row) => Some((self.prefix(at), *row, Self(self.0[at + 1..].to_vec()))),
            Step::Key(_) => None,
        })
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if at == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Row(row) => write!(f, "[{row}]")?,
            }
        }
        Ok(())
    }
}

impl FromStr for Path {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<Self, BadPath> {
        let bad = || BadPath(crate::domain::text::printable(&text.chars().take(60).collect::<String>()));
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (key, rows) = part.find('[').map_or((part, ""), |at| part.split_at(at));
            let is_name = !key.is_empty() && key.bytes().all(is_name_byte);
            if !is_name {
                return Err(bad());
            }
            steps.push(Step::Key(key.to_owned()));
            let mut rest = rows;
            while !rest.is_empty() {
                let (row, after) = rest[1..].split_once(']').ok_or_else(bad)?;
                steps.push(Step::Row(read_row(row).ok_or_else(bad)?));
                if !after.is_empty() && !after.starts_with('[') {
                    return Err(bad());
                }
                rest = after;
            }
            if steps.len() > DEEPEST {
                return Err(bad());
            }
        }
        Ok(Self(steps))
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

fn read_row(text: &str) -> Option<usize> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten().filter(|row| *row <= HIGHEST_ROW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_back_as_they_were_written() {
        for text in ["serial", "firearm.serial", "firearm.components[1].serial", "access.countries[12]"] {
            assert_eq!(text.parse::<Path>().map(|path| path.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in
            ["", ".", "a.", "a[", "a[]", "a[1", "a[-1]", "a[01]", "a[1]b", "[1]", "a b", "a.b.c.d.e.f.g.h.i"]
        {
            assert!(text.parse::<Path>().is_err(), "{text:?} was read as a path");
        }
    }

    #[test]
    fn a_row_is_found_on_the_way() {
        let path: Path = "firearm.components[1].serial".parse().unwrap();
        let (group, row, field) = path.split_row().unwrap();
        assert_eq!(
            (group.to_string().as_str(), row, field.to_string().as_str()),
            ("firearm.components", 1, "serial")
        );
    }
}
