//! Figures that stand for letters and letters that stand for figures, as a scanner or a tired eye reads them: `GL0CK`, `MP 4O`, `P1STOL`.
//!
//! They are put right where what stands there is no word that is known and the reading is one. A number with its unit, such as `10rd`,
//! is left alone. Called when a text is read.

use crate::reference::text::{Atom, Gap};

/// A shorter word is not read as letters.
const SHORTEST: usize = 3;

/// Puts right what was misread. `known` tells a word or name, `is_unit` one that stands behind a number.
pub(super) fn mend(
    atoms: &[Atom],
    known: impl Fn(&str) -> bool,
    is_unit: impl Fn(&str) -> bool,
) -> Vec<Atom> {
    let mut mended = Vec::with_capacity(atoms.len());
    let mut rest = atoms;
    while !rest.is_empty() {
        let len = 1 + rest[1..].iter().take_while(|atom| atom.gap == Gap::None).count();
        let (word, after) = rest.split_at(len);
        match reading(word, &known, &is_unit) {
            Some(reading) => mended.extend(reading),
            None => mended.extend_from_slice(word),
        }
        rest = after;
    }
    mended
}

/// What a word of several atoms says when it was misread.
fn reading(word: &[Atom], known: impl Fn(&str) -> bool, is_unit: impl Fn(&str) -> bool) -> Option<Vec<Atom>> {
    let mixed = word.iter().any(|atom| atom.digits) && word.iter().any(|atom| !atom.digits);
    let joined: String = word.iter().map(|atom| atom.text.as_str()).collect();
    if !mixed || !joined.is_ascii() || known(&joined) || word.iter().any(|atom| is_unit(&atom.text)) {
        return None;
    }
    let whole =
        as_letters(&joined, 'l').into_iter().chain(as_letters(&joined, 'i')).chain(as_figures(&joined));
    if let Some(whole) = whole.into_iter().find(|reading| known(reading)) {
        return Some(vec![Atom::in_place_of(word, whole.into())]);
    }
    // `L-38O` is L and 380.
    let at = word.windows(2).position(|pair| {
        let both = [&*pair[0].text, &*pair[1].text].concat();
        pair[0].digits && !known(&both) && as_figures(&both).is_some_and(|reading| known(&reading))
    })?;
    let number = as_figures(&[&*word[at].text, &*word[at + 1].text].concat())?;
    let number = Atom::in_place_of(&word[at..at + 2], number.into());
    Some([&word[..at], &[number], &word[at + 2..]].concat())
}

/// A word of letters, mostly, whose figures are letters; a one is an l or an i.
fn as_letters(word: &str, one: char) -> Option<String> {
    let figures = word.bytes().filter(u8::is_ascii_digit).count();
    let leading = word.bytes().take_while(u8::is_ascii_digit).count();
    if word.len() < SHORTEST || 2 * figures > word.len() || leading > 0 && word.len() - leading < SHORTEST {
        return None;
    }
    let letter = |c: char| match c {
        '0' => Some('o'),
        '1' => Some(one),
        '3' => Some('e'),
        '5' => Some('s'),
        '8' => Some('b'),
        _ => c.is_ascii_lowercase().then_some(c),
    };
    word.chars().map(letter).collect()
}

/// A number whose letters are figures.
fn as_figures(word: &str) -> Option<String> {
    let figure = |c: char| match c {
        'o' => Some('0'),
        'l' | 'i' => Some('1'),
        _ => c.is_ascii_digit().then_some(c),
    };
    word.chars().map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::text;

    #[test]
    fn misread_words_are_put_right_and_numbers_with_units_left() {
        let known =
            |word: &str| ["glock", "10", "40", "380", "pistol", "17l", "lord", "sten"].contains(&word);
        let is_unit = |word: &str| word == "rd";
        for (text, expected) in [
            ("GL0CK", "glock"),
            ("RG-1O", "rg 10"),
            ("MP 4O", "mp 40"),
            ("L38O", "l 380"),
            ("P1STOL", "pistol"),
            ("5TEN", "sten"),
            ("17L", "17 l"),
            ("10rd", "10 rd"),
            ("M4A1", "m 4 a 1"),
            ("3O5114", "3 o 5114"),
        ] {
            let mended = mend(&text::atoms(text), known, is_unit);
            let words: Vec<&str> = mended.iter().map(|atom| atom.text.as_str()).collect();
            assert_eq!(words.join(" "), expected, "of {text:?}");
        }
    }
}
