//! Foreign text: made safe to show, and folded so that spellings of one name meet.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The text with every control character, bidirectional override and other invisible format character made visible.
///
/// Line breaks become a single space mark too: a shown field is one line. Nothing that a terminal would obey is left.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if is_unsafe(c) { '\u{fffd}' } else { c }).collect()
}

/// Whether a character could steer a terminal, hide text or reorder it.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A name reduced to what two spellings of it share: no case, no accents, no punctuation, no spaces.
///
/// Letters of other scripts stay; they are matched through the aliases of the reference table.
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_sequence_survives() {
        let hostile = "a\x1b[2Jb\u{9b}31mc\rd\ne\u{202e}f\u{7f}";
        assert!(!printable(hostile).chars().any(is_unsafe));
    }

    #[test]
    fn spellings_of_a_name_fold_together() {
        assert_eq!(fold("Česká Zbrojovka"), fold("ceska  zbrojovka"));
        assert_eq!(fold("Smith & Wesson"), fold("SMITH-WESSON"));
    }
}
