//! The shape of a serial number taken apart, so that it can be said in words: an officer does not read regular expressions.
//!
//! It only describes; whether a number fits is for the pattern itself ([`super::Reference::serial_shape`]). Called by the cards.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::entry::SerialShape;

/// How many ways of writing a number are told; a pattern with more is told by its examples alone.
const MOST_FORMS: usize = 6;
/// A class of at most so many characters is told by the characters.
const FEW: usize = 10;

/// What stands in one place of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Characters {
    /// These very characters.
    Text(String),
    /// Any letter.
    Letter,
    /// Any digit.
    Digit,
    /// A letter or a digit.
    LetterOrDigit,
    /// One of these.
    OneOf(String),
}

/// A part of a number and how often it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What stands there.
    pub characters: Characters,
    /// How often at least.
    pub least: u32,
    /// How often at most.
    pub most: u32,
}

impl SerialShape {
    /// The ways in which a number of this shape is written, each from left to right. Spaces and hyphens that may be left out are
    /// left out. `None` where there is no pattern, or where it cannot be told in a few words.
    pub fn forms(&self) -> Option<Vec<Vec<Piece>>> {
        let hir = regex_syntax::parse(self.pattern.as_ref()?).ok()?;
        let mut forms = written(&hir)?;
        forms.dedup();
        (!forms.is_empty() && forms.iter().all(|form| !form.is_empty())).then_some(forms)
    }
}

fn written(hir: &Hir) -> Option<Vec<Vec<Piece>>> {
    let one = |characters| Some(vec![vec![Piece { characters, least: 1, most: 1 }]]);
    match hir.kind() {
        HirKind::Empty => Some(vec![Vec::new()]),
        HirKind::Look(_) => None,
        HirKind::Literal(literal) => one(Characters::Text(String::from_utf8(literal.0.to_vec()).ok()?)),
        HirKind::Class(class) => one(characters(class)?),
        HirKind::Capture(capture) => written(&capture.sub),
        HirKind::Repetition(repetition) => {
            let inner = written(&repetition.sub)?;
            let [form] = inner.as_slice() else { return None };
            let [piece] = form.as_slice() else { return None };
            let most = repetition.max?;
            if repetition.min == 0 && is_separator(&piece.characters) {
                return Some(vec![Vec::new()]);
            }
            Some(vec![vec![Piece {
                characters: piece.characters.clone(),
                least: piece.least * repetition.min,
                most: piece.most * most,
            }]])
        }
        HirKind::Concat(parts) => {
            let mut forms = vec![Vec::new()];
            for part in parts {
                let next = written(part)?;
                forms = forms
                    .iter()
                    .flat_map(|form: &Vec<Piece>| next.iter().map(move |more| joined(form, more)))
                    .collect();
                if forms.len() > MOST_FORMS {
                    return None;
                }
            }
            Some(forms)
        }
        HirKind::Alternation(ways) => {
            let mut forms: Vec<Vec<Piece>> = Vec::new();
            for way in ways {
                forms.extend(written(way)?);
            }
            (forms.len() <= MOST_FORMS).then_some(forms)
        }
    }
}

fn joined(form: &[Piece], more: &[Piece]) -> Vec<Piece> {
    form.iter().chain(more).cloned().collect()
}

fn is_separator(characters: &Characters) -> bool {
    match characters {
        Characters::Text(text) | Characters::OneOf(text) => text.chars().all(|c| !c.is_alphanumeric()),
        Characters::Letter | Characters::Digit | Characters::LetterOrDigit => false,
    }
}

fn characters(class: &Class) -> Option<Characters> {
    let Class::Unicode(class) = class else { return None };
    let count: usize = class.iter().map(regex_syntax::hir::ClassUnicodeRange::len).sum();
    let holds = |from: char, to: char| class.iter().any(|range| range.start() <= from && to <= range.end());
    let letters = holds('A', 'Z') || holds('a', 'z');
    let digits = holds('0', '9');
    if count <= FEW && !digits {
        let each = class.iter().flat_map(|range| range.start()..=range.end());
        return Some(Characters::OneOf(each.collect()));
    }
    let is_letter_range = |range: &regex_syntax::hir::ClassUnicodeRange| range.start().is_alphabetic();
    Some(match (letters || class.iter().any(is_letter_range), digits) {
        (true, true) => Characters::LetterOrDigit,
        (true, false) => Characters::Letter,
        (false, true) => Characters::Digit,
        (false, false) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pattern: &str) -> Option<Vec<String>> {
        let shape = SerialShape::new(None, Some(pattern.into()), Vec::new());
        let piece = |piece: &Piece| {
            let what = match &piece.characters {
                Characters::Text(text) => text.clone(),
                Characters::Letter => "A".into(),
                Characters::Digit => "9".into(),
                Characters::LetterOrDigit => "X".into(),
                Characters::OneOf(text) => format!("[{text}]"),
            };
            format!("{what}{}-{}", piece.least, piece.most)
        };
        let form = |form: Vec<Piece>| form.iter().map(piece).collect::<Vec<_>>().join(" ");
        Some(shape.forms()?.into_iter().map(form).collect())
    }

    #[test]
    fn patterns_are_taken_apart() {
        for (pattern, wanted) in [
            ("[A-Z] ?[0-9]{4,5}", vec!["A1-1 94-5"]),
            ("[A-Z]{2,4}[0-9]{3}(US)?", vec!["A2-4 93-3 US0-1"]),
            ("57[0-9]-?[0-9]{5}", vec!["571-1 91-1 95-5"]),
            ("[0-9]{6}S|S[0-9]{6}", vec!["96-6 S1-1", "S1-1 96-6"]),
            ("A[A-Z0-9]{4,5}", vec!["A1-1 X4-5"]),
            ("[GVM][0-9]{1,6}", vec!["[GMV]1-1 91-6"]),
        ] {
            assert_eq!(told(pattern), Some(wanted.iter().map(ToString::to_string).collect()), "of {pattern}");
        }
    }

    #[test]
    fn what_cannot_be_told_in_a_few_words_is_not_told() {
        for pattern in ["[0-9]+", "(", "(?:[A-Z][0-9]){2}", "^[0-9]", "[ -]?"] {
            assert_eq!(told(pattern), None, "of {pattern}");
        }
    }
}
