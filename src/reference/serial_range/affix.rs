//! What stands before or behind the figures of a number: fixed characters, and classes such as `[A-L]`.

use serde::{Deserialize, Serialize};

use super::read::{Likeness, form};

/// The characters that may stand in each place, as stamped and without separators.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affix(Vec<Vec<char>>);

impl Affix {
    /// Reads `C`, `70G`, `10-` or `[A-Z]K[A-L]`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let bad = || format!("`{text}` has a bracket too many or too few, or a class that is empty");
        let mut places = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c == '[' {
                let (class, after) = rest[1..].split_once(']').ok_or_else(bad)?;
                places.push(members(class).filter(|members| !members.is_empty()).ok_or_else(bad)?);
                rest = after;
            } else if c == ']' {
                return Err(bad());
            } else {
                places.extend(form(&c.to_string(), Likeness::AsStamped).chars().map(|c| vec![c]));
                rest = &rest[c.len_utf8()..];
            }
        }
        Ok(Self(places))
    }

    /// How many characters it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a figure may stand in it.
    pub fn has_figures(&self) -> bool {
        self.0.iter().flatten().any(char::is_ascii_digit)
    }

    /// The same characters as this has them, where they are it in this likeness.
    pub(super) fn read(&self, text: &[char], likeness: Likeness) -> Option<String> {
        let like = |member: char, c: char| form(&member.to_string(), likeness).chars().eq([c]);
        let place =
            |(members, c): (&Vec<char>, &char)| members.iter().copied().find(|member| like(*member, *c));
        (text.len() == self.0.len()).then(|| self.0.iter().zip(text).map(place).collect())?
    }

    /// One way of writing it.
    pub fn first(&self) -> String {
        self.0.iter().filter_map(|members| members.first()).collect()
    }

    /// Whether the same characters may be both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let shares = |(one, other): (&Vec<char>, &Vec<char>)| one.iter().any(|c| other.contains(c));
        self.len() == other.len() && self.0.iter().zip(&other.0).all(shares)
    }
}

/// The members of a class: `ABC`, `A-L`, `A-HJ`.
fn members(class: &str) -> Option<Vec<char>> {
    let chars: Vec<char> = class.chars().collect();
    let mut members = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars.get(at + 1) == Some(&'-') {
            let (from, to) = (chars[at], *chars.get(at + 2)?);
            (from <= to).then_some(())?;
            members.extend(from..=to);
            at += 3;
        } else {
            members.push(chars[at]);
            at += 1;
        }
    }
    Some(members)
}

impl std::fmt::Display for Affix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for members in &self.0 {
            match members.as_slice() {
                [only] => write!(f, "{only}")?,
                several => write!(f, "[{}]", several.iter().collect::<String>())?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_and_bad_ones_refused() {
        for (text, shown) in
            [("", ""), ("C", "C"), ("10-", "10"), ("[A-C]K", "[ABC]K"), ("[A-BX]", "[ABX]"), ("[G]", "G")]
        {
            assert_eq!(Affix::parse(text).map(|affix| affix.to_string()), Ok(shown.into()), "of {text:?}");
        }
        for text in ["[", "]", "[]", "[A-", "[A-]", "[C-A]"] {
            assert!(Affix::parse(text).is_err(), "{text:?} was read");
        }
    }
}
