//! From the bytes of a list to text: UTF-8, UTF-16 by its mark, Windows-1252 and -1251 by what the letters would be.

use std::borrow::Cow;

/// The encoding that a file was read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, by its mark.
    Utf16,
    /// Western Europe.
    Windows1252,
    /// Cyrillic.
    Windows1251,
}

impl std::fmt::Display for Encoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1252 => "Windows-1252",
            Self::Windows1251 => "Windows-1251",
        })
    }
}

/// Decodes a file; the encoding is guessed and told, so that the preview can show it.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let found = if encoding == encoding_rs::UTF_8 { Encoding::Utf8 } else { Encoding::Utf16 };
        return (text, found);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), Encoding::Utf8);
    }
    let (cyrillic, _) = encoding_rs::WINDOWS_1251.decode_without_bom_handling(bytes);
    let (western, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    if looks_cyrillic(&cyrillic) {
        (cyrillic, Encoding::Windows1251)
    } else {
        (western, Encoding::Windows1252)
    }
}

/// Cyrillic text has runs of Cyrillic letters; western text read as Cyrillic has single ones among Latin letters.
fn looks_cyrillic(text: &str) -> bool {
    let is_cyrillic = |c: char| matches!(c, '\u{400}'..='\u{4ff}');
    let mut in_runs = 0usize;
    let mut alone = 0usize;
    let mut run = 0usize;
    for c in text.chars().take(200_000).chain(std::iter::once(' ')) {
        if is_cyrillic(c) {
            run += 1;
        } else {
            if run >= 3 {
                in_runs += run;
            } else {
                alone += run;
            }
            run = 0;
        }
    }
    in_runs > alone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let (windows_1251, _, _) = encoding_rs::WINDOWS_1251.encode("Марка;Модель\nИЖ;Макаров");
        let (windows_1252, _, _) =
            encoding_rs::WINDOWS_1252.encode("marque;modèle\nManufrance;Idéal; fusil juxtaposé à chiens");
        let utf_16: Vec<u8> = "\u{feff}a;b".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, encoding, begins) in [
            (windows_1251.as_ref(), Encoding::Windows1251, "Марка"),
            (windows_1252.as_ref(), Encoding::Windows1252, "marque;modèle"),
            (utf_16.as_slice(), Encoding::Utf16, "a;b"),
            ("\u{feff}é".as_bytes(), Encoding::Utf8, "é"),
            (b"plain".as_slice(), Encoding::Utf8, "plain"),
        ] {
            let (text, found) = decode(bytes);
            assert_eq!(found, encoding);
            assert!(text.starts_with(begins), "{text:?}");
        }
    }
}
