//! A serial number of which some characters are uncertain: `?` for one unknown character, `[8B]` for one of these.

use serde::{Deserialize, Serialize};

use super::fold::normalise;

/// The longest pattern: no serial is longer than thirty characters (domain.md 2.2).
const LONGEST: usize = 30;

/// One place of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Element {
    /// This character, read with certainty.
    Known(char),
    /// One of these.
    OneOf(Vec<char>),
    /// Not read.
    Any,
}

impl Element {
    /// Whether the folded character may stand here.
    pub fn admits(&self, c: char) -> bool {
        match self {
            Self::Known(known) => *known == c,
            Self::OneOf(choices) => choices.contains(&c),
            Self::Any => true,
        }
    }
}

/// A pattern over folded characters; its length is the number of characters stamped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SerialPattern {
    elements: Vec<Element>,
}

/// The text is not a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPattern {
    /// A bracket has no partner.
    #[error("bracket at {at} not closed")]
    Unclosed {
        /// Where, counted from one.
        at: usize,
    },
    /// A closing bracket stands alone, or a bracket stands in a bracket.
    #[error("`{found}` misplaced at {at}")]
    Misplaced {
        /// The bracket.
        found: char,
        /// Where, counted from one.
        at: usize,
    },
    /// Nothing to choose from.
    #[error("empty brackets at {at}")]
    Empty {
        /// Where, counted from one.
        at: usize,
    },
    /// `*` is not used, because a serial's length is evidence.
    #[error("`*` in a pattern")]
    Star,
    /// Nothing is known of it.
    #[error("nothing known in a pattern")]
    NothingKnown,
    /// Longer than any serial.
    #[error("pattern longer than {LONGEST}")]
    TooLong,
}

impl BadPattern {
    /// The key of its sentence in the locale.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unclosed { .. } => "pattern-unclosed",
            Self::Misplaced { .. } => "pattern-misplaced",
            Self::Empty { .. } => "pattern-empty",
            Self::Star => "pattern-star",
            Self::NothingKnown => "pattern-nothing-known",
            Self::TooLong => "pattern-too-long",
        }
    }

    /// What the sentence names: (name, value).
    pub fn facts(&self) -> Vec<(String, String)> {
        match self {
            Self::Unclosed { at } | Self::Empty { at } => vec![("at".into(), at.to_string())],
            Self::Misplaced { found, at } => {
                vec![("found".into(), found.to_string()), ("at".into(), at.to_string())]
            }
            Self::TooLong => vec![("longest".into(), LONGEST.to_string())],
            Self::Star | Self::NothingKnown => Vec::new(),
        }
    }
}

impl SerialPattern {
    /// Whether the text is written as a pattern at all, or is a plain number.
    pub fn is_pattern(text: &str) -> bool {
        text.chars().any(|c| matches!(c, '?' | '？' | '[' | ']' | '*'))
    }

    /// Reads a pattern; separators are passed over, letters and digits folded as in [`normalise`].
    pub fn parse(text: &str) -> Result<Self, BadPattern> {
        let mut elements = Vec::new();
        let mut open: Option<(usize, Vec<char>)> = None;
        for (at, c) in text.chars().enumerate().map(|(at, c)| (at + 1, c)) {
            match (c, &mut open) {
                ('*', _) => return Err(BadPattern::Star),
                ('[', None) => open = Some((at, Vec::new())),
                ('[', Some(_)) | (']', None) => return Err(BadPattern::Misplaced { found: c, at }),
                ('?' | '？', Some(_)) => return Err(BadPattern::Misplaced { found: '?', at }),
                (']', Some((start, choices))) => {
                    let element = match choices.as_slice() {
                        [] => return Err(BadPattern::Empty { at: *start }),
                        [only] => Element::Known(*only),
                        _ => Element::OneOf(choices.clone()),
                    };
                    elements.push(element);
                    open = None;
                }
                ('?' | '？', None) => elements.push(Element::Any),
                (_, Some((_, choices))) => {
                    let fresh: Vec<char> = folded(c).filter(|c| !choices.contains(c)).collect();
                    choices.extend(fresh);
                }
                (_, None) => elements.extend(folded(c).map(Element::Known)),
            }
            if elements.len() > LONGEST {
                return Err(BadPattern::TooLong);
            }
        }
        if let Some((at, _)) = open {
            return Err(BadPattern::Unclosed { at });
        }
        if elements.iter().all(|element| matches!(element, Element::Any)) {
            return Err(BadPattern::NothingKnown);
        }
        Ok(Self { elements })
    }

    /// The places, first to last.
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// How many places hold one known character.
    pub fn known(&self) -> usize {
        self.elements.iter().filter(|element| matches!(element, Element::Known(_))).count()
    }

    /// Whether a folded number has this shape.
    pub fn matches(&self, norm: &str) -> bool {
        let mut chars = norm.chars();
        self.elements.iter().all(|element| chars.next().is_some_and(|c| element.admits(c)))
            && chars.next().is_none()
    }

    /// Whether one number could bear both readings: a partial number recorded, another asked for.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.elements.len() == other.elements.len()
            && self.elements.iter().zip(&other.elements).all(|pair| match pair {
                (Element::Any, _) | (_, Element::Any) => true,
                (Element::Known(a), b) | (b, Element::Known(a)) => b.admits(*a),
                (Element::OneOf(a), b) => a.iter().any(|c| b.admits(*c)),
            })
    }
}

impl std::fmt::Display for SerialPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for element in &self.elements {
            match element {
                Element::Known(c) => write!(f, "{c}")?,
                Element::OneOf(choices) => write!(f, "[{}]", choices.iter().collect::<String>())?,
                Element::Any => f.write_str("?")?,
            }
        }
        Ok(())
    }
}

fn folded(c: char) -> impl Iterator<Item = char> {
    normalise(c.encode_utf8(&mut [0; 4])).chars().collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pattern_fits_numbers_of_its_length_only() {
        let cases = [
            ("C 48?13", "C48113", true),
            ("C 48?13", "C4813", false),
            ("C 48?13", "C481113", false),
            ("[8B]12", "812", true),
            ("[8B]12", "B12", true),
            ("[8B]12", "C12", false),
            ("с48?1[36]", "C48116", true),
            ("A[O8]1", "A01", true),
        ];
        for (pattern, norm, expected) in cases {
            assert_eq!(SerialPattern::parse(pattern).unwrap().matches(norm), expected, "{pattern} on {norm}");
        }
    }

    #[test]
    fn malformed_patterns_name_their_fault() {
        let cases = [
            ("A[8B", BadPattern::Unclosed { at: 2 }),
            ("A8]", BadPattern::Misplaced { found: ']', at: 3 }),
            ("[[8]]", BadPattern::Misplaced { found: '[', at: 2 }),
            ("A[]", BadPattern::Empty { at: 2 }),
            ("A*", BadPattern::Star),
            ("???", BadPattern::NothingKnown),
            ("", BadPattern::NothingKnown),
            ("A123456789012345678901234567890123", BadPattern::TooLong),
        ];
        for (text, fault) in cases {
            assert_eq!(SerialPattern::parse(text), Err(fault), "of {text:?}");
        }
    }

    #[test]
    fn two_partial_readings_of_one_number_overlap() {
        let overlap =
            |a: &str, b: &str| SerialPattern::parse(a).unwrap().overlaps(&SerialPattern::parse(b).unwrap());
        assert!(overlap("C48?13", "C481??"));
        assert!(overlap("C[48]1", "C[89]?"));
        assert!(!overlap("C[48]1", "C[79]?"));
        assert!(!overlap("C48", "C4?3"));
    }
}
