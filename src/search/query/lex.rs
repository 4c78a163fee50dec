//! Cutting the text of a query into pieces: `-`, a field's name, a value, quotes and a star, each with its place.

use std::ops::Range;

/// What stands between two spaces, or in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Whether a `-` stands before it.
    pub negative: bool,
    /// The letters before a colon, and where.
    pub name: Option<(&'a str, Range<usize>)>,
    /// The rest, without quotes and closing stars.
    pub value: &'a str,
    /// Where the value stands, quotes included.
    pub place: Range<usize>,
    /// Whether it stands in quotes.
    pub quoted: bool,
    /// How it ends.
    pub end: End,
    /// The whole piece.
    pub span: Range<usize>,
}

/// How a piece ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With a space or a closing quote.
    Whole,
    /// With a star.
    Star,
    /// With the text: more may be typed to it.
    Open,
}

/// Cuts a text into pieces; concatenated, their spans miss only white space.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(start) = next_visible(text, at) {
        let piece = piece(text, start);
        at = piece.span.end.max(start + 1);
        all.push(piece);
    }
    all
}

fn piece(text: &str, start: usize) -> Piece<'_> {
    let mut at = start;
    let negative = text[at..].starts_with('-') && text[at + 1..].starts_with(|c: char| !c.is_whitespace());
    if negative {
        at += 1;
    }
    let name = name(text, at);
    if let Some((_, place)) = &name {
        at = place.end + 1;
        // `make: zastava` means what `make:zastava` means.
        at = next_visible(text, at).unwrap_or(text.len());
    }
    let (place, inner, quoted) = value(text, at);
    let closed = quoted && inner.end < place.end;
    let mut end = place.end;
    let mut value = &text[inner];
    let mut star = false;
    if quoted {
        if text[end..].starts_with('*') {
            end += 1;
            star = true;
        }
    } else {
        let bare = value.trim_end_matches('*');
        star = bare.len() < value.len() && !bare.is_empty();
        value = bare;
    }
    let ending = match (star, end == text.len() && !closed) {
        (true, _) => End::Star,
        (false, true) => End::Open,
        (false, false) => End::Whole,
    };
    Piece { negative, name, value, place, quoted, end: ending, span: start..end }
}

/// Letters followed by a colon; not the beginning of an address (`https://…`).
fn name(text: &str, at: usize) -> Option<(&str, Range<usize>)> {
    let rest = &text[at..];
    let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let after = rest[letters..].strip_prefix(':')?;
    (letters >= 2 && !after.starts_with("//")).then(|| (&rest[..letters], at..at + letters))
}

/// Where the value stands with its quotes, where without, and whether there are any.
fn value(text: &str, at: usize) -> (Range<usize>, Range<usize>, bool) {
    let rest = &text[at..];
    let Some(open) = rest.chars().next().filter(|c| is_quote(*c)) else {
        let end = rest.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(rest.len());
        return (at..at + end, at..at + end, false);
    };
    let inner = at + open.len_utf8();
    let Some(length) = text[inner..].find(is_quote) else {
        return (at..text.len(), inner..text.len(), true);
    };
    let close = text[inner + length..].chars().next().map_or(0, char::len_utf8);
    (at..inner + length + close, inner..inner + length, true)
}

/// Quotation marks as keyboards and phones write them; any one closes any other.
const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

fn next_visible(text: &str, at: usize) -> Option<usize> {
    text[at..].find(|c: char| !c.is_whitespace()).map(|offset| at + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_at_spaces_and_quotes() {
        let shown = |text: &str| -> Vec<String> {
            pieces(text)
                .iter()
                .map(|piece| {
                    let sign = if piece.negative { "-" } else { "" };
                    let name = piece.name.as_ref().map_or(String::new(), |(name, _)| format!("{name}="));
                    let quote = if piece.quoted { "'" } else { "" };
                    let end = match piece.end {
                        End::Whole => "",
                        End::Star => "*",
                        End::Open => "…",
                    };
                    format!("{sign}{name}{quote}{}{quote}{end}", piece.value)
                })
                .collect()
        };
        let cases: &[(&str, &[&str])] = &[
            ("make:zastava stolen \"rue haute\"", &["make=zastava", "stolen", "'rue haute'"]),
            ("-make:\"česká z\" x", &["-make='česká z'", "x…"]),
            ("zast* \"rue ha\"*", &["zast*", "'rue ha'*"]),
            ("“open phrase", &["'open phrase'…"]),
            ("make: zastava ", &["make=zastava"]),
            ("make:", &["make=…"]),
            ("- a -", &["-", "a", "-…"]),
            ("a\"b c\"d", &["a", "'b c'", "d…"]),
            ("https://x.example 12:30 a:b", &["https://x.example", "12:30", "a:b…"]),
            ("***", &["…"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(&shown(text), expected, "of {text:?}");
        }
    }
}
