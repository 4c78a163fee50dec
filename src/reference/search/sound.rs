//! How a name sounds that was written in a script without letters for most vowels (Arabic, Hebrew, the scripts of India, Ethiopic), or in
//! Latin letters by ear.
//!
//! `هاتسان` is Hatsan as an Arabic report spells it. The spelling of a foreign name in such a script differs from writer to writer,
//! so a card cannot list them all. Each word is read as Latin letters, and those are compared by the classes of their consonants and,
//! more lightly, by what vowels there are. It is a guess among the names of the table, and worth less than a name that was written.
//! Scripts with an alphabet of their own for every sound are transliterated when a text is cut into words, not here.

/// Fewer consonants fit too many names.
const FEWEST_CONSONANTS: usize = 2;
/// With fewer than these, the vowels must agree.
const ENOUGH_CONSONANTS: usize = 3;
/// A shorter word is not guessed at.
const SHORTEST: usize = 4;
/// How surely a word whose vowels agree too is the name that it sounds like.
const ALIKE: f32 = 0.8;
/// What a vowel costs that one of the two does not have, or has otherwise.
const OTHER_VOWEL: f32 = 0.05;
/// Below this a word is not believed to be the name.
const LEAST: f32 = 0.5;

/// The readings of a word in Latin letters, if it is written in one of the scripts; none for every other word. The Arabic jim is a
/// j to some writers and a hard g to others.
pub(super) fn readings(word: &str) -> Vec<String> {
    let Some(latin) = word.chars().map(letter).collect::<Option<String>>() else { return Vec::new() };
    let hard = word.contains('ج').then(|| latin.replace('j', "g"));
    std::iter::once(latin).chain(hard).collect()
}

/// The readings of a word in Latin letters that was written as it was heard: as it stands, and with the letters that languages say
/// otherwise; none for a short word.
pub(super) fn spellings(word: &str) -> Vec<String> {
    if word.len() < SHORTEST || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut spellings = vec![word.to_owned()];
    if word.contains('w') {
        spellings.push(word.replace('w', "v"));
    }
    if let Some(rest) = word.strip_prefix('y') {
        spellings.push(format!("j{rest}"));
    }
    spellings
}

/// The classes of the consonants of a word in Latin letters: what it is filed under. `None` where it has too few, or other signs.
pub(super) fn key(latin: &str) -> Option<String> {
    let heard = heard(latin)?;
    let consonants: String = heard.chars().filter(char::is_ascii_uppercase).collect();
    let enough = consonants.len() >= FEWEST_CONSONANTS && heard.len() >= SHORTEST;
    (enough || consonants.len() >= ENOUGH_CONSONANTS).then_some(consonants)
}

/// How surely a word read as Latin letters is a name of the same key: from 0.5 to 0.8, or `None`.
pub(super) fn likeness(reading: &str, name: &str) -> Option<f32> {
    let (reading, name) = (heard(reading)?, heard(name)?);
    let vowels = |heard: &str| -> Vec<String> {
        heard.split(|c: char| c.is_ascii_uppercase()).map(str::to_owned).collect()
    };
    let (a, b) = (vowels(&reading), vowels(&name));
    let others = a.iter().zip(&b).filter(|(a, b)| a != b).count();
    // What stands between the vowels are the consonants, one fewer than there are places.
    if others > 0 && a.len() <= ENOUGH_CONSONANTS {
        return None;
    }
    Some(ALIKE - OTHER_VOWEL * others as f32).filter(|quality| *quality >= LEAST)
}

/// A word in Latin letters as it is heard: a capital for the class of a consonant, a small letter for a vowel; a letter that is
/// doubled, and an h, are heard once or not at all. `None` where it has signs that are no letters.
fn heard(latin: &str) -> Option<String> {
    let letters = latin.as_bytes();
    let mut heard = String::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let (sound, length) = match rest {
            [b's', b'c', b'h', ..] => ("S", 3),
            [b's' | b'c' | b'z', b'h' | b'z', ..] | [b't', b's' | b'z', ..] | [b'd', b'z' | b'j', ..] => {
                ("S", 2)
            }
            [b'p', b'h', ..] => ("F", 2),
            [b'k' | b'g', b'h', ..] | [b'c', b'k', ..] => ("K", 2),
            [b'c', b'e' | b'i' | b'y', ..] | [b's' | b'z' | b'j', ..] => ("S", 1),
            [b'x', ..] => ("KS", 1),
            [b'o', b'e' | b'u' | b'o', ..] | [b'a' | b'o', b'w', ..] => ("o", 2),
            [b'e', b'e' | b'y', ..] | [b'i', b'e', ..] => ("i", 2),
            [b'b' | b'p', ..] => ("B", 1),
            [b'f' | b'v', ..] => ("F", 1),
            [b'k' | b'q' | b'c' | b'g', ..] => ("K", 1),
            [b't' | b'd', ..] => ("T", 1),
            [b'l', ..] => ("L", 1),
            [b'm', ..] => ("M", 1),
            [b'n', ..] => ("N", 1),
            [b'r', ..] => ("R", 1),
            [b'h', ..] => ("", 1),
            [b'a' | b'e', ..] => ("a", 1),
            [b'i' | b'y', ..] => ("i", 1),
            [b'o' | b'u' | b'w', ..] => ("o", 1),
            _ => return None,
        };
        if !heard.ends_with(sound) || sound.is_empty() {
            heard.push_str(sound);
        }
        at += length;
    }
    Some(heard)
}

/// A letter of the scripts as Latin letters, after the folding of texts, which leaves vowel signs out; `None` for others.
fn letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ا' | 'ع' | 'א' | 'ע' | 'ء' | 'ئ' => "a",
        'ب' | 'ב' => "b",
        'پ' | 'פ' | 'ף' => "p",
        'ت' | 'ط' | 'ث' | 'ٹ' | 'ט' | 'ת' => "t",
        'ج' | 'ژ' => "j",
        'چ' => "ch",
        'ح' | 'ه' | 'ה' | 'ھ' | 'ہ' => "h",
        'خ' | 'ח' => "kh",
        'د' | 'ض' | 'ڈ' | 'ד' => "d",
        'ذ' | 'ز' | 'ظ' | 'ז' => "z",
        'ر' | 'ڑ' | 'ר' => "r",
        'س' | 'ص' | 'ס' => "s",
        'ش' | 'ש' => "sh",
        'צ' | 'ץ' => "ts",
        'غ' | 'گ' | 'ג' | 'ڭ' => "g",
        'ف' | 'ڤ' => "f",
        'ق' | 'ק' => "q",
        'ك' | 'ک' | 'כ' | 'ך' => "k",
        'ل' | 'ל' => "l",
        'م' | 'מ' | 'ם' => "m",
        'ن' | 'ں' | 'נ' | 'ן' => "n",
        'و' | 'ו' | 'ؤ' => "w",
        'ي' | 'ے' | 'י' => "y",
        _ => return indian(c).or_else(|| ethiopic(c)),
    })
}

/// The scripts of India share one order of letters: Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam.
fn indian(c: char) -> Option<&'static str> {
    const BLOCK: u32 = 0x80;
    let code = u32::from(c);
    if !(0x0900..0x0d80).contains(&code) {
        return None;
    }
    Some(match code % BLOCK {
        0x05..=0x08 => "a",
        0x09..=0x0a => "u",
        0x0e..=0x10 => "e",
        0x11..=0x14 => "o",
        0x15 | 0x16 => "k",
        0x17 | 0x18 => "g",
        0x1a | 0x1b => "ch",
        0x1c | 0x1d => "j",
        0x1f | 0x20 | 0x24 | 0x25 => "t",
        0x21 | 0x22 | 0x26 | 0x27 => "d",
        0x19 => "ng",
        0x1e | 0x23 | 0x28 | 0x29 => "n",
        0x2a => "p",
        0x2b => "f",
        0x2c | 0x2d => "b",
        0x2e => "m",
        0x2f => "y",
        0x30 | 0x31 => "r",
        0x32..=0x34 => "l",
        0x35 => "v",
        0x36 | 0x37 => "sh",
        0x38 => "s",
        0x39 => "h",
        _ => return None,
    })
}

/// Each row of eight Ethiopic signs is one consonant with its vowels.
fn ethiopic(c: char) -> Option<&'static str> {
    let code = u32::from(c);
    let vowel = (code % 8) as usize;
    let consonants = match code & !7 {
        0x1200 | 0x1210 | 0x1280 => ["ha", "hu", "hi", "ha", "he", "h", "ho"],
        0x1208 => ["la", "lu", "li", "la", "le", "l", "lo"],
        0x1218 => ["ma", "mu", "mi", "ma", "me", "m", "mo"],
        0x1220 | 0x1230 | 0x1338 | 0x1340 => ["sa", "su", "si", "sa", "se", "s", "so"],
        0x1228 => ["ra", "ru", "ri", "ra", "re", "r", "ro"],
        0x1238 => ["sha", "shu", "shi", "sha", "she", "sh", "sho"],
        0x1240 | 0x12a8 => ["ka", "ku", "ki", "ka", "ke", "k", "ko"],
        0x1260 => ["ba", "bu", "bi", "ba", "be", "b", "bo"],
        0x1268 => ["va", "vu", "vi", "va", "ve", "v", "vo"],
        0x1270 | 0x1320 => ["ta", "tu", "ti", "ta", "te", "t", "to"],
        0x1278 | 0x1328 => ["cha", "chu", "chi", "cha", "che", "ch", "cho"],
        0x1290 | 0x1298 => ["na", "nu", "ni", "na", "ne", "n", "no"],
        0x12a0 | 0x12d0 => ["a", "u", "i", "a", "e", "i", "o"],
        0x12b8 => ["kha", "khu", "khi", "kha", "khe", "kh", "kho"],
        0x12c8 => ["wa", "wu", "wi", "wa", "we", "w", "wo"],
        0x12d8 | 0x12e0 => ["za", "zu", "zi", "za", "ze", "z", "zo"],
        0x12e8 => ["ya", "yu", "yi", "ya", "ye", "y", "yo"],
        0x12f0 => ["da", "du", "di", "da", "de", "d", "do"],
        0x1300 => ["ja", "ju", "ji", "ja", "je", "j", "jo"],
        0x1308 => ["ga", "gu", "gi", "ga", "ge", "g", "go"],
        0x1330 | 0x1350 => ["pa", "pu", "pi", "pa", "pe", "p", "po"],
        0x1348 => ["fa", "fu", "fi", "fa", "fe", "f", "fo"],
        _ => return None,
    };
    consonants.get(vowel).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::text;

    #[test]
    fn names_are_heard_alike_in_scripts_that_write_few_vowels() {
        for (written, name) in [
            ("هاتسان", "hatsan"),
            ("اسكورت", "escort"),
            ("מוסברג", "mossberg"),
            ("מגנום", "magnum"),
            ("فالترو", "valtro"),
            ("ريمنجتون", "remington"),
            ("بیرتا", "beretta"),
            ("मैगनम", "magnum"),
            ("ብሬታ", "breta"),
            ("ስናይደር", "snider"),
        ] {
            let word = text::key(written);
            let readings = readings(&word);
            let alike = |latin: &&String| key(latin).is_some() && key(latin) == key(name);
            let heard = readings.iter().filter(alike).find_map(|latin| likeness(latin, name));
            assert!(heard.is_some(), "{written} is read as {readings:?}, not {name}");
        }
    }

    #[test]
    fn words_in_latin_letters_and_numbers_are_not_guessed_at() {
        assert_eq!(readings("escort"), Vec::<String>::new());
        assert_eq!(readings("7"), Vec::<String>::new());
        assert_eq!(key("m4"), None);
    }
}
