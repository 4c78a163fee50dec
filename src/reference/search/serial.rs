//! The serial number of a text: the one that it names, or the only word that looks like one.

use crate::reference::text;

use super::query::Query;
use super::results::{FoundSerial, Hit};
use super::words::Words;

/// So many figures in a row look like a serial number, in a word of so many characters.
const FIGURES: usize = 4;
const SHORTEST: usize = 5;
/// What one of so many hits explains is no serial number.
const LIKELY: usize = 5;
/// The most letters that stand apart before the figures.
const LONGEST_PREFIX: usize = 3;

/// The serial that the text names, or a word of five or more characters with four or more figures in a row that no likely hit
/// explains and that is no date.
pub(super) fn of(query: &Query, hits: &[Hit], words: &Words) -> Option<FoundSerial> {
    if query.serial.is_some() {
        return query.serial.clone();
    }
    let explained = |word: &str| {
        hits.iter().take(LIKELY).any(|hit| {
            hit.reasons.iter().any(|reason| reason.words.contains(word) || word.contains(&reason.words))
        })
    };
    let small = !query.text.chars().any(char::is_uppercase);
    let candidates =
        query.text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut looks_like = candidates.filter(|word| {
        let in_a_row = word.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        let plain = word.chars().all(|c| c.is_alphanumeric() || c == '-');
        let is_date = word.split('-').count() == 3 && word.chars().all(|c| c.is_ascii_digit() || c == '-');
        // Numbers are stamped in capitals: `0600hrs` and `1891-ci` are none.
        let wordy = !small && word.chars().filter(|c| c.is_lowercase()).count() >= 2;
        let long = in_a_row >= FIGURES && word.chars().count() >= SHORTEST;
        long && plain && !is_date && !wordy && !explained(word)
    });
    let first = looks_like.next()?;
    if looks_like.next().is_some() {
        return None;
    }
    let end = first.as_ptr() as usize - query.text.as_ptr() as usize + first.len();
    let known = |word: &str| words.word(word).is_some();
    let prefix = prefix(&query.text[..end - first.len()], known).filter(|prefix| !explained(prefix));
    let from =
        prefix.map_or(end - first.len(), |prefix| prefix.as_ptr() as usize - query.text.as_ptr() as usize);
    Some(FoundSerial::at(&query.text, from..end, false))
}

/// The letters of a number that stand apart before its figures: `LD 03377`, not `CAL 45678`. `known` tells a word or name.
pub(super) fn prefix(before: &str, known: impl Fn(&str) -> bool) -> Option<&str> {
    let word = before.trim_end().rsplit(char::is_whitespace).next()?;
    let capitals = !word.is_empty() && word.chars().all(char::is_uppercase);
    let short = word.chars().count() <= LONGEST_PREFIX;
    (capitals && short && !known(&text::key(word))).then_some(word)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::reference::Reference;
    use crate::reference::search::{Filters, Index};

    #[test]
    fn serial_keeps_its_letters_and_takes_no_name_and_no_word() {
        let index = Index::build(Arc::new(Reference::shipped().unwrap()));
        for (text, expected) in [
            ("Colt 12345 nömrəli tapança", Some("12345")),
            ("a 41287 gyári számú pisztoly", Some("41287")),
            ("Sarsılmaz marka, 12345 seri numaralı", Some("12345")),
            ("АКМ 123456 номерлі", Some("123456")),
            ("s/n AB123 1911A1", Some("AB123")),
            ("№ ВИ 36 4127", Some("ВИ 36 4127")),
            ("№ 24-РП 3318, 1 магазин", Some("24-РП 3318")),
            ("Łucznik Radom 1989 r. | LD 03377 | st. db", Some("LD 03377")),
            ("CAL 45678", Some("45678")),
            ("Bor POC search 0600hrs", None),
            ("1891-ci il nümunəsi, Tula", None),
        ] {
            let found = index.search(text, &Filters::default(), 5).serial.map(|serial| serial.text);
            assert_eq!(found.as_deref(), expected, "of {text:?}");
        }
    }
}
