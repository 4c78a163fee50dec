//! Text as the words it is searched by: the index, the query and the highlighting all cut and fold text here, so that they agree.
//!
//! A word is a run of letters or a run of digits: `M70`, `M-70` and `M 70` are the two words `m` and `70`, and a phrase finds
//! each of them. Case, accents and compatibility forms are folded as [`crate::domain::text::fold`] does; scripts that are
//! written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give one word a character. Not here: transliteration,
//! which is the reference table's (its aliases), and serial numbers, which have rules of their own.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::domain::serial;

/// The bytes of a word that are kept: what differs only beyond them is one word.
const LONGEST: usize = 64;

/// The words of a text in order, each written into a buffer that the caller keeps.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

/// What a character is to the cutting of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    /// A word by itself.
    Ideograph,
    /// Belongs to whatever it stands in: combining marks, joiners, the soft hyphen.
    Transparent,
    Break,
}

impl<'a> Words<'a> {
    /// The words of this text.
    pub const fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Writes the next word, folded, into `word` and says where in the text it stands; `None` at the end.
    pub fn next_into(&mut self, word: &mut String) -> Option<Range<usize>> {
        word.clear();
        let mut open: Option<(usize, Kind)> = None;
        for (offset, c) in self.text[self.at..].char_indices() {
            let at = self.at + offset;
            let before = word.len();
            let kind = fold_char(c, word);
            match (open, kind) {
                (None, Kind::Break | Kind::Transparent) => {}
                (None, Kind::Ideograph) => return Some(self.close(at, at + c.len_utf8())),
                (None, kind) => open = Some((at, kind)),
                (Some((start, _)), Kind::Break) => return Some(self.close(start, at)),
                (Some((start, held)), kind) if kind != held && kind != Kind::Transparent => {
                    word.truncate(before);
                    return Some(self.close(start, at));
                }
                (Some(_), _) => {}
            }
            if word.len() > LONGEST {
                word.truncate(before);
            }
        }
        let (start, _) = open?;
        Some(self.close(start, self.text.len()))
    }

    fn close(&mut self, start: usize, end: usize) -> Range<usize> {
        self.at = end;
        start..end
    }
}

/// The words of a text, folded.
pub fn words(text: &str) -> Vec<String> {
    let (mut cursor, mut word, mut all) = (Words::of(text), String::new(), Vec::new());
    while cursor.next_into(&mut word).is_some() {
        all.push(word.clone());
    }
    all
}

/// The words of a text with one space between them: two texts of the same words are equal and sort as they read.
pub fn sort_key(text: &str) -> String {
    words(text).join(" ")
}

/// Appends what a character folds to and says what kind it is; nothing is appended for a break.
fn fold_char(c: char, out: &mut String) -> Kind {
    match c {
        'a'..='z' => {
            out.push(c);
            Kind::Letter
        }
        'A'..='Z' => {
            out.push(c.to_ascii_lowercase());
            Kind::Letter
        }
        '0'..='9' => {
            out.push(c);
            Kind::Digit
        }
        _ if c.is_ascii() => Kind::Break,
        _ => fold_foreign(c, out),
    }
}

fn fold_foreign(c: char, out: &mut String) -> Kind {
    if is_combining_mark(c) || is_joiner(c) {
        return Kind::Transparent;
    }
    if !c.is_alphanumeric() {
        return Kind::Break;
    }
    let before = out.len();
    decompose_compatible(c, |part| {
        if is_combining_mark(part) || !part.is_alphanumeric() {
            return;
        }
        for low in part.to_lowercase().filter(|low| !is_combining_mark(*low)) {
            match spelled_out(low) {
                Some(latin) => out.push_str(latin),
                None => out.push(low),
            }
        }
    });
    if c.is_numeric() && !is_ideograph(c) {
        // A digit of another script is the digit: the folding of serial numbers knows them.
        let digits = serial::normalise(&out[before..]);
        out.truncate(before);
        out.push_str(&digits);
        return Kind::Digit;
    }
    if out.len() == before {
        return Kind::Transparent;
    }
    if is_ideograph(c) { Kind::Ideograph } else { Kind::Letter }
}

/// Letters that do not decompose, as they are commonly written without them.
const fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// Invisible characters that stand inside a word without parting it, and the Arabic lengthening stroke.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Characters of scripts that are written without spaces between words.
const fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_and_folded_into_words() {
        let cases: &[(&str, &[&str])] = &[
            ("Rue Haute 12, Liège", &["rue", "haute", "12", "liege"]),
            ("M70AB2", &["m", "70", "ab", "2"]),
            ("Česká zbrojovka", &["ceska", "zbrojovka"]),
            ("Heckler&Koch / O'Brien", &["heckler", "koch", "o", "brien"]),
            ("ПИСТОЛЕТ Ёж", &["пистолет", "еж"]),
            ("Ὀδυσσεύς", &["οδυσσευσ"]),
            ("مُسَدَّس ٢٠٢٤", &["مسدس", "2024"]),
            ("黑星手枪54", &["黑", "星", "手", "枪", "54"]),
            ("Straße Đorđe Łódź Ærø", &["strasse", "dorde", "lodz", "aero"]),
            ("e\u{301}te\u{301} soft\u{ad}hyphen", &["ete", "softhyphen"]),
            ("ﬁne ＡＢ１２", &["fine", "ab", "12"]),
            ("ปืน", &["ป", "น"]),
            ("\u{1b}[31m --- \u{202e}", &["31", "m"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(&words(text), expected, "of {text:?}");
        }
    }

    #[test]
    fn places_of_words_are_those_of_the_original_text() {
        let text = "à Liège: M70";
        let (mut cursor, mut word, mut places) = (Words::of(text), String::new(), Vec::new());
        while let Some(place) = cursor.next_into(&mut word) {
            places.push(&text[place]);
        }
        assert_eq!(places, ["à", "Liège", "M", "70"]);
    }

    #[test]
    fn endless_words_are_cut_short_alike() {
        let long = "a".repeat(10_000);
        assert_eq!(words(&long), [("a".repeat(LONGEST))]);
    }
}
