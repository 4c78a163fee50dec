//! Folding: from what is stamped to what is compared.

use unicode_normalization::UnicodeNormalization as _;

/// A number without its separators, in capitals; nothing else is folded, so that what is stamped can be told from what is like it.
pub fn bare(raw: &str) -> String {
    raw.nfkc().flat_map(char::to_uppercase).filter(|c| c.is_alphanumeric()).collect()
}

/// A number as it is compared: NFKC, capitals, look-alike letters of Cyrillic and Greek as Latin, other scripts' digits as
/// 0–9, separators gone, the letter O as zero (domain.md 2.4, rules 1 and 5).
///
/// Letters with no Latin look-alike stay as they are: Ж is not thrown away.
pub fn normalise(raw: &str) -> String {
    raw.nfkc()
        .flat_map(char::to_uppercase)
        .filter(|c| c.is_alphanumeric())
        .map(|c| match fold_script(c) {
            'O' => '0',
            folded => folded,
        })
        .collect()
}

/// Whether folding had to change a letter of another script, so that the folded form should be shown (rule V9).
///
/// True only for mixed scripts: a number wholly in Cyrillic is as stamped.
pub fn folds_scripts(raw: &str) -> bool {
    let capitals = || raw.nfkc().flat_map(char::to_uppercase);
    let latin = capitals().any(|c| c.is_ascii_uppercase());
    let foreign = capitals().any(|c| c.is_alphabetic() && !c.is_ascii());
    latin && foreign
}

/// The folded number without the letters that stand between digits (domain.md 2.4, rule 2); prefix and suffix letters count.
pub fn embedded_letters_key(norm: &str) -> String {
    let chars: Vec<char> = norm.chars().collect();
    let first = chars.iter().position(char::is_ascii_digit);
    let last = chars.iter().rposition(char::is_ascii_digit);
    let (Some(first), Some(last)) = (first, last) else {
        return norm.to_owned();
    };
    let keep = |(at, c): (usize, &char)| (at < first || at > last || c.is_ascii_digit()).then_some(*c);
    chars.iter().enumerate().filter_map(keep).collect()
}

/// The folded number with characters that are often misread for one another made equal.
pub fn confusable_key(norm: &str) -> String {
    norm.chars()
        .map(|c| match c {
            'I' | 'L' | '|' => '1',
            'Z' => '2',
            'S' => '5',
            'G' => '6',
            'B' => '8',
            'D' | 'Q' => '0',
            'V' => 'U',
            other => other,
        })
        .collect()
}

/// One capital letter or digit of another script as its Latin look-alike or decimal digit.
fn fold_script(c: char) -> char {
    match c {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' | 'Ϲ' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' | 'Ӏ' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'У' | 'Υ' | 'Ү' => 'Y',
        'Х' | 'Χ' => 'X',
        'Ζ' => 'Z',
        other => decimal_digit(other).unwrap_or(other),
    }
}

/// The decimal digit of a script whose digits stand ten in a row in Unicode.
fn decimal_digit(c: char) -> Option<char> {
    const ZEROS: [char; 12] = ['٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '๐', '០'];
    ZEROS.iter().find_map(|zero| {
        let offset = u32::from(c).checked_sub(u32::from(*zero))?;
        if offset < 10 { char::from_digit(offset, 10) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_one_number_normalise_alike() {
        let cases = [
            ("C-48113", "C48113"),
            ("с 48113", "C48113"),
            ("C.48/113", "C48113"),
            ("ＡＢ１２", "AB12"),
            ("AO100", "A0100"),
            ("ЖТ 123", "ЖT123"),
            ("١٢٣", "123"),
            ("Ω12", "Ω12"),
            (" \u{202e}a\u{200b}1\x1b", "A1"),
            ("--/ .", ""),
        ];
        for (raw, expected) in cases {
            assert_eq!(normalise(raw), expected, "of {raw:?}");
        }
    }

    #[test]
    fn bare_number_keeps_its_letters_and_scripts() {
        for (raw, expected) in [("c-48 113", "C48113"), ("AO.100", "AO100"), ("с1", "С1"), ("--", "")] {
            assert_eq!(bare(raw), expected, "of {raw:?}");
        }
    }

    #[test]
    fn letters_between_digits_are_dropped_and_those_around_kept() {
        for (norm, expected) in [
            ("369J257", "369257"),
            ("A369M257B", "A369257B"),
            ("ABC", "ABC"),
            ("A1", "A1"),
            ("", ""),
            ("1AB2CD3", "123"),
        ] {
            assert_eq!(embedded_letters_key(norm), expected, "of {norm}");
        }
    }

    #[test]
    fn only_mixed_scripts_are_worth_a_warning() {
        assert!(folds_scripts("AВ123"));
        assert!(!folds_scripts("АВ123"));
        assert!(!folds_scripts("AB123"));
    }
}
