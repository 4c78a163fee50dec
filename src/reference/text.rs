//! Names reduced to what their spellings share: letters of any script as Latin where a transliteration is usual, no case, no
//! accents; then cut into *atoms*, the runs of letters or of digits.
//!
//! `P95DC`, `P-95 DC` and `p95dc` are the same four atoms' worth of text; whether they were glued is kept beside them, so that a
//! search can join or split them as the other side has it. Pure; used by every lookup of the reference table.

use std::borrow::Cow;
use std::ops::Range;

use compact_str::{CompactString, ToCompactString as _};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::transliterate;

/// What stood before an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: `95` in `P95`.
    None,
    /// Punctuation without a space: `point` in `hi-point`.
    Mark,
    /// A space, with or without punctuation, or the beginning.
    Space,
}

/// A run of letters, a run of digits, or one letter of a script that is written without spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    /// Folded text: lower case, Latin where a transliteration is usual.
    pub text: CompactString,
    /// Whether it is a number.
    pub digits: bool,
    /// What stood before it.
    pub gap: Gap,
    /// Whether a decimal point stood before it that followed no digit: `.45`.
    pub dotted: bool,
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
}

impl Atom {
    /// One atom in place of several that follow each other and say this together.
    pub(super) fn in_place_of(run: &[Self], text: CompactString) -> Self {
        let (first, last) = (&run[0], &run[run.len() - 1]);
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        Self { text, digits, gap: first.gap, dotted: first.dotted, span: first.span.start..last.span.end }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Ideograph,
    Mark,
    Space,
}

/// Most names have no more atoms.
const USUAL: usize = 4;

/// Cuts a text into atoms.
pub(super) fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::with_capacity(USUAL);
    let mut gap = Gap::Space;
    let mut previous = Kind::Space;
    let mut point = false;
    let mut chars = text.char_indices().peekable();
    // One letter, folded: kept between letters, for most texts are cut a letter at a time.
    let mut folded = CompactString::default();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        // Most letters follow another of their kind in a plain word.
        if c.is_ascii_alphanumeric()
            && gap == Gap::None
            && let Some(last) = atoms.last_mut()
            && last.digits == c.is_ascii_digit()
            && previous == if last.digits { Kind::Digit } else { Kind::Letter }
        {
            last.text.push(c.to_ascii_lowercase());
            last.span.end = end;
            continue;
        }
        // Most letters are ASCII, and need no look at the tables of all others.
        if !c.is_ascii() && (is_combining_mark(c) || is_joiner(c)) {
            continue;
        }
        let kind = kind_of(c);
        if c >= '〇'
            && let Some((number, length)) = chinese_number(&text[at..])
        {
            let before = if atoms.is_empty() { Gap::Space } else { gap };
            atoms.push(Atom {
                text: number.into(),
                digits: true,
                gap: before,
                dotted: false,
                span: at..at + length,
            });
            while chars.next_if(|(next, _)| *next < at + length).is_some() {}
            (gap, previous, point) = (Gap::None, Kind::Digit, false);
            continue;
        }
        match kind {
            Kind::Space => {
                (gap, point, previous) = (Gap::Space, false, kind);
                continue;
            }
            Kind::Mark => {
                if multiplies(c, &text[..at], atoms.last(), chars.peek().map(|(_, next)| *next)) {
                    atoms.push(Atom {
                        text: "x".into(),
                        digits: false,
                        gap: Gap::None,
                        dotted: false,
                        span: at..end,
                    });
                    (gap, previous, point) = (Gap::None, Kind::Letter, false);
                    continue;
                }
                point = matches!(c, '.' | ',') && previous != Kind::Digit;
                // An apostrophe belongs to its word: Taylor's, d'Armes, Rock'n.
                if matches!(c, '\'' | '’' | 'ʼ' | '`') && previous == Kind::Letter {
                    continue;
                }
                if gap != Gap::Space {
                    gap = Gap::Mark;
                }
                previous = kind;
                continue;
            }
            Kind::Letter | Kind::Digit | Kind::Ideograph => {}
        }
        folded.clear();
        let by_number = matches!(c, 'х' | 'Х')
            && previous == Kind::Digit
            && chars.peek().is_some_and(|(_, next)| next.is_numeric() || *next == ' ');
        fold_char(c, by_number, &mut folded);
        if folded.is_empty() {
            continue;
        }
        let digits = folded.bytes().all(|byte| byte.is_ascii_digit());
        let joins = gap == Gap::None
            && kind != Kind::Ideograph
            && previous == kind
            && atoms.last().is_some_and(|last| last.digits == digits);
        let abbreviates = kind == Kind::Letter
            && gap == Gap::Mark
            && !chars.peek().is_some_and(|(_, next)| next.is_alphanumeric())
            && atoms.last().is_some_and(|last| abbreviates(&text[..at], last));
        let joins = joins || abbreviates;
        if joins && let Some(last) = atoms.last_mut() {
            last.text.push_str(&folded);
            last.span.end = end;
        } else {
            let gap = if atoms.is_empty() { Gap::Space } else { gap };
            atoms.push(Atom { text: folded.clone(), digits, gap, dotted: point, span: at..end });
        }
        // The numero sign is a word of its own.
        let after = if c == '№' { Gap::Space } else { Gap::None };
        (gap, previous, point) = (after, kind, false);
    }
    for atom in &mut atoms {
        strip_article(atom);
    }
    atoms
}

/// Whether a sign stands between two numbers: `9*19` and `9×19` are said "nine by nineteen".
fn multiplies(c: char, before: &str, last: Option<&Atom>, next: Option<char>) -> bool {
    matches!(c, '×' | '*' | '✕')
        && last.is_some_and(|last| last.digits && before[last.span.end..].trim().is_empty())
        && next.is_some_and(|next| next.is_numeric() || next == ' ')
}

/// Whether a single letter goes on an abbreviation: `F.N.` is FN, single letters with points between them.
fn abbreviates(before: &str, last: &Atom) -> bool {
    !last.digits && &before[last.span.end..] == "." && is_abbreviation(&before[last.span.clone()])
}

/// All atoms joined: two spellings of one name have the same key.
pub(super) fn key(text: &str) -> String {
    // Of most names it is their letters and figures, which need not be cut first; a `*` may be said.
    if text.is_ascii() && !text.contains('*') {
        return text
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|c| char::from(c.to_ascii_lowercase()))
            .collect();
    }
    atoms(text).into_iter().map(|atom| atom.text).collect()
}

/// The key of a company's name: `&` and `and` are one.
pub(super) fn name_key(text: &str) -> String {
    name_key_of(&atoms(text))
}

/// As [`name_key`], of a name already cut.
pub(super) fn name_key_of(atoms: &[Atom]) -> String {
    atoms.iter().map(|atom| atom.text.as_str()).filter(|word| *word != "and").collect()
}

/// A key as it may stand in an identifier: lower-case words joined by hyphens.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for atom in atoms(text) {
        if atom.gap != Gap::None && !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&atom.text);
    }
    slug
}

/// The text with the HTML entities of shop titles and copied web pages resolved.
pub(super) fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity =
            rest.find(';').filter(|end| *end <= 8).and_then(|end| Some((entity(&rest[1..end])?, end)));
        let (c, end) = entity.unwrap_or(('&', 0));
        out.push(c);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "nbsp" | "reg" | "trade" | "copy" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())
        }
    }
}

/// The number that a text begins with in Chinese numerals, and its length in bytes: 五四 is 54, 十四 is 14. One numeral alone is a
/// number only before what numbers stand before: 式, 型, 毫米, 年, 号.
fn chinese_number(text: &str) -> Option<(String, usize)> {
    let value = |c: char| "〇一二三四五六七八九".chars().position(|numeral| numeral == c);
    let first = text.chars().next()?;
    if first != '十' && value(first).is_none() {
        return None;
    }
    let numerals: Vec<char> = text.chars().take_while(|c| *c == '十' || value(*c).is_some()).collect();
    let length: usize = numerals.iter().map(|c| c.len_utf8()).sum();
    let counts = text[length..].starts_with(['式', '型', '毫', '年', '号', '號']);
    if numerals.len() == 1 && !counts {
        return None;
    }
    let digit = |c: &char| value(*c).map(|digit| digit.to_string());
    let number = match numerals.iter().position(|c| *c == '十') {
        None => numerals.iter().filter_map(digit).collect(),
        Some(ten) if ten <= 1 && numerals.len() <= ten + 2 => {
            let tens = numerals[..ten].first().and_then(digit).unwrap_or_else(|| "1".into());
            let ones = numerals.get(ten + 1).and_then(digit).unwrap_or_else(|| "0".into());
            tens + &ones
        }
        Some(_) => return None,
    };
    Some((number, length))
}

/// Whether an atom is a letter of a script that is written without spaces between words.
pub(super) fn is_unspaced(atom: &Atom) -> bool {
    begins_unspaced(&atom.text)
}

/// Whether a text begins with such a letter.
pub(super) fn begins_unspaced(text: &str) -> bool {
    !text.is_ascii() && text.chars().next().is_some_and(|c| kind_of(c) == Kind::Ideograph)
}

/// Whether two atoms that follow each other are one word.
pub(super) fn is_glued(before: &Atom, after: &Atom) -> bool {
    after.gap == Gap::None && !is_unspaced(before) && !is_unspaced(after)
}

/// Whether a text is a single letter, or single letters with points between them.
fn is_abbreviation(text: &str) -> bool {
    text.split('.').all(|part| part.chars().count() == 1)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | 'ـ' | '\u{ad}')
}

fn kind_of(c: char) -> Kind {
    if c.is_ascii_alphabetic() {
        return Kind::Letter;
    }
    if c.is_ascii_digit() {
        return Kind::Digit;
    }
    match c {
        // The letters of names, which need no look at the tables of all others: Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian.
        '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}'
        | '\u{3b1}'..='\u{3c9}'
        | '\u{400}'..='\u{481}'
        | '\u{5d0}'..='\u{5ea}'
        | '\u{620}'..='\u{63f}'
        | '\u{641}'..='\u{64a}'
        | '\u{671}'..='\u{6d3}'
        | '\u{10d0}'..='\u{10f0}' => Kind::Letter,
        _ if c.is_whitespace() || c.is_control() => Kind::Space,
        '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ac00}'..='\u{d7af}'
        | '〇'
        // Thai, Lao, Burmese and Khmer are written without spaces between words.
        | '\u{0e01}'..='\u{0e4e}'
        | '\u{0e81}'..='\u{0ecf}'
        | '\u{1000}'..='\u{103f}'
        | '\u{1780}'..='\u{17d3}'
        // The numero sign is a word of its own.
        | '№' => Kind::Ideograph,
        '®' | '™' | '©' => Kind::Space,
        _ if c.is_numeric() => Kind::Digit,
        _ if c.is_alphabetic() => Kind::Letter,
        _ => Kind::Mark,
    }
}

/// The folded form of one letter, digit or ideograph. `by_number` says that it stands between numbers, where the Cyrillic х is
/// a multiplication sign.
fn fold_char(c: char, by_number: bool, out: &mut CompactString) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    if by_number && matches!(c, 'х' | 'Х') {
        out.push('x');
        return;
    }
    if let Some(latin) = transliterate::plain(c) {
        out.push_str(latin);
        return;
    }
    for decomposed in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)) {
        // й and ї are letters of their own, but their usual transliteration is that of their base letter.
        for lower in decomposed.to_lowercase().filter(|c| !is_combining_mark(*c)) {
            match transliterate::latin(lower) {
                Some(latin) => out.push_str(latin),
                None if lower.is_alphanumeric() => out.push(lower),
                None => {}
            }
        }
    }
}

/// The Arabic article is written with its noun: المسدس is مسدس.
fn strip_article(atom: &mut Atom) {
    if let Some(noun) = atom.text.strip_prefix("ال")
        && noun.chars().count() >= 3
    {
        atom.text = noun.to_compact_string();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        atoms(text).into_iter().map(|atom| atom.text.into()).collect()
    }

    #[test]
    fn glued_and_split_names_are_cut_alike() {
        for (text, expected) in [
            ("P95DC", vec!["p", "95", "dc"]),
            ("P-95 DC", vec!["p", "95", "dc"]),
            ("Hi-Point", vec!["hi", "point"]),
            ("7,62х39", vec!["7", "62", "x", "39"]),
            ("9×19 mm", vec!["9", "x", "19", "mm"]),
            ("7.62 × 39", vec!["7", "62", "x", "39"]),
            ("Taylor's", vec!["taylors"]),
            ("Škorpion", vec!["skorpion"]),
            ("АК-74М", vec!["ak", "74", "m"]),
            ("Скорпион", vec!["skorpion"]),
            ("٩ ملم", vec!["9", "ملم"]),
            ("المسدس", vec!["مسدس"]),
            ("F.N. M.A.B. P.38", vec!["fn", "mab", "p", "38"]),
            ("54式", vec!["54", "式"]),
            ("五四式", vec!["54", "式"]),
            ("南部十四年式", vec!["南", "部", "14", "年", "式"]),
            ("九毫米", vec!["9", "毫", "米"]),
            ("手枪一支", vec!["手", "枪", "一", "支"]),
            ("№ 1234", vec!["no", "1234"]),
            ("Größe", vec!["grosse"]),
            ("", vec![]),
            ("—", vec![]),
        ] {
            assert_eq!(cut(text), expected, "of {text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn key_is_the_atoms_joined(text in "[ -~]{0,24}") {
            let joined: String = atoms(&text).into_iter().map(|atom| atom.text).collect();
            proptest::prop_assert_eq!(key(&text), joined);
        }
    }

    #[test]
    fn leading_point_is_kept_and_decimal_point_is_not_one() {
        let dotted = |text: &str| atoms(text).iter().map(|atom| atom.dotted).collect::<Vec<_>>();
        assert_eq!(dotted(".45 ACP"), [true, false]);
        assert_eq!(dotted("7.62"), [false, false]);
    }

    #[test]
    fn entities_of_shop_titles_are_resolved_and_others_left() {
        assert_eq!(decode_entities("S&amp;W 4&quot; 10&#x2B;1 A&B &bogus; &"), "S&W 4\" 10+1 A&B &bogus; &");
    }

    #[test]
    fn spans_point_into_the_text() {
        let text = "Česká 75";
        let spans: Vec<&str> = atoms(text).into_iter().map(|atom| &text[atom.span]).collect();
        assert_eq!(spans, ["Česká", "75"]);
    }
}
