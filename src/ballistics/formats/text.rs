//! Foreign text made fit to be shown.
//!
//! Instrument names, comments and file names come from strangers. Nothing of them may move the cursor, colour the
//! terminal or turn the reading direction, and none may fill the screen. Called by every reader in this folder.

/// The longest text kept of one field, in characters.
pub const MAX_CHARS: usize = 400;

/// One line of visible text: white space collapsed, control and direction-changing characters dropped, cut at
/// [`MAX_CHARS`] with an ellipsis. Nothing left, or a placeholder such as `N/A`, gives `None`.
pub fn clean(text: &str) -> Option<String> {
    let shown = visible(text);
    let placeholder =
        ["n/a", "na", "not available", "unknown", "-"].iter().any(|p| shown.eq_ignore_ascii_case(p));
    if shown.is_empty() || placeholder { None } else { Some(shown) }
}

/// The same as [`clean`], but a placeholder stays and emptiness is an empty text: for messages that quote a file.
pub fn visible(text: &str) -> String {
    let mut out = String::new();
    let mut chars = 0;
    for word in text.split_whitespace() {
        let mut word = word.chars().filter(|c| !is_hazard(*c)).peekable();
        if word.peek().is_none() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
            chars += 1;
        }
        for c in word {
            if chars >= MAX_CHARS {
                out.push('…');
                return out;
            }
            out.push(c);
            chars += 1;
        }
    }
    out
}

/// Characters that act on a terminal or on the order of the letters around them: C0 and C1 controls, bidirectional
/// marks and isolates, zero-width characters, interlinear annotations and the byte order mark.
fn is_hazard(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{feff}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::{clean, visible};

    #[test]
    fn foreign_text_loses_what_acts_on_a_terminal() {
        let cases = [
            ("\u{1b}[31mred\u{7}", Some("[31mred")),
            ("a\u{202e}b\r\n c", Some("ab c")),
            ("  µSurf  X ", Some("µSurf X")),
            ("N/A", None),
            ("\u{1b}", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(clean(text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_text_without_end_is_cut() {
        assert_eq!(visible(&"x".repeat(10_000)).chars().count(), super::MAX_CHARS + 1);
    }
}
