//! From the bytes of a list to lines of text: UTF-8, UTF-16 by its mark or its zeros, Windows-1252 and -1251 by what the letters
//! would be. Nothing here holds more than one line; a line that cannot be text is told and passed over.

use std::io::{self, BufRead, BufReader, Read};

use serde::{Deserialize, Serialize};

/// A line longer than this is no row of a list: 1 MiB.
const LONGEST_LINE: usize = 1 << 20;
/// As many sound sequences of UTF-8 outweigh one that is not: the file is UTF-8 with a broken row.
const SOUND_FOR_BROKEN: u64 = 4;

/// The encoding that a file is read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8.
    #[serde(rename = "UTF-8")]
    Utf8,
    /// UTF-8 with its mark.
    #[serde(rename = "UTF-8 with mark")]
    Utf8Marked,
    /// UTF-16, low byte first.
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    /// UTF-16, high byte first.
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
    /// Western Europe.
    #[serde(rename = "Windows-1252")]
    Windows1252,
    /// Cyrillic.
    #[serde(rename = "Windows-1251")]
    Windows1251,
}

impl Encoding {
    fn decoder(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 | Self::Utf8Marked => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::Windows1251 => encoding_rs::WINDOWS_1251,
        }
    }
}

impl std::fmt::Display for Encoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Marked => "UTF-8 with mark",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1252 => "Windows-1252",
            Self::Windows1251 => "Windows-1251",
        })
    }
}

/// Guesses the encoding from all of a file's bytes, which are fed to it piece by piece.
#[derive(Debug, Default)]
pub struct Detector {
    head: Vec<u8>,
    seen: u64,
    /// Zero bytes at even and at odd places: the high bytes of Latin text in UTF-16.
    zeros: [u64; 2],
    sound: u64,
    broken: u64,
    /// How many bytes the sequence that has begun still needs.
    needs: u8,
    /// Bytes that would be Cyrillic letters, in runs and alone. Western text read as Cyrillic has single ones among Latin letters.
    in_runs: u64,
    alone: u64,
    run: u64,
}

impl Detector {
    /// Takes the next piece of the file.
    pub fn feed(&mut self, bytes: &[u8]) {
        let room = 3usize.saturating_sub(self.head.len());
        self.head.extend(bytes.iter().take(room));
        for byte in bytes {
            if *byte == 0 {
                self.zeros[(self.seen % 2) as usize] += 1;
            }
            self.seen += 1;
            self.count_utf8(*byte);
            self.count_cyrillic(*byte);
        }
    }

    fn count_utf8(&mut self, byte: u8) {
        if self.needs > 0 {
            if (0x80..0xc0).contains(&byte) {
                self.needs -= 1;
                self.sound += u64::from(self.needs == 0);
                return;
            }
            self.broken += 1;
        }
        self.needs = match byte {
            0..0x80 => 0,
            0xc2..0xe0 => 1,
            0xe0..0xf0 => 2,
            0xf0..0xf5 => 3,
            _ => {
                self.broken += 1;
                0
            }
        };
    }

    fn count_cyrillic(&mut self, byte: u8) {
        if matches!(byte, 0xc0..|0xa8| 0xb8 | 0xb2 | 0xb3 | 0xaf | 0xbf | 0xaa | 0xba) {
            self.run += 1;
            return;
        }
        let counted = if self.run >= 3 { &mut self.in_runs } else { &mut self.alone };
        *counted += self.run;
        self.run = 0;
    }

    /// The encoding that the bytes so far look like.
    pub fn encoding(&self) -> Encoding {
        match self.head.as_slice() {
            [0xef, 0xbb, 0xbf] => return Encoding::Utf8Marked,
            [0xff, 0xfe, ..] => return Encoding::Utf16Le,
            [0xfe, 0xff, ..] => return Encoding::Utf16Be,
            _ => {}
        }
        let [even, odd] = self.zeros;
        let many = |zeros: u64, others: u64| zeros > (self.seen / 20).max(3) && zeros > 10 * others;
        if many(odd, even) {
            return Encoding::Utf16Le;
        }
        if many(even, odd) {
            return Encoding::Utf16Be;
        }
        let cut_short = u64::from(self.needs > 0);
        if self.broken + cut_short == 0 || self.sound >= SOUND_FOR_BROKEN * self.broken && self.sound > 0 {
            return Encoding::Utf8;
        }
        if self.in_runs > self.alone { Encoding::Windows1251 } else { Encoding::Windows1252 }
    }
}

/// The lines of a list, one at a time.
pub(super) struct Lines<R> {
    input: Source<R>,
    encoding: Encoding,
    number: u64,
    raw: Vec<u8>,
}

/// A line, or why it is none.
pub(super) type Line = Result<String, String>;

enum Source<R> {
    Bytes(R),
    Wide(Box<BufReader<Transcoder<R>>>),
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R, encoding: Encoding) -> Self {
        let input = match encoding {
            Encoding::Utf16Le | Encoding::Utf16Be => {
                Source::Wide(Box::new(BufReader::new(Transcoder::new(input, encoding))))
            }
            _ => Source::Bytes(input),
        };
        Self { input, encoding, number: 0, raw: Vec::new() }
    }

    /// The next line without its end, and its number from 1; `None` at the end of the list.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Line)>> {
        self.raw.clear();
        let read = match &mut self.input {
            Source::Bytes(input) => read_line(input, &mut self.raw)?,
            Source::Wide(input) => read_line(input.as_mut(), &mut self.raw)?,
        };
        let Some(whole) = read else { return Ok(None) };
        self.number += 1;
        if self.number == 1 && self.raw.starts_with(b"\xef\xbb\xbf") {
            self.raw.drain(..3);
        }
        let line = if whole { self.decoded() } else { Err(format!("longer than {LONGEST_LINE} bytes")) };
        Ok(Some((self.number, line)))
    }

    fn decoded(&self) -> Line {
        let raw = self.raw.strip_suffix(b"\n").unwrap_or(&self.raw);
        let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
        let text = match self.encoding {
            Encoding::Windows1252 | Encoding::Windows1251 => {
                self.encoding.decoder().decode_without_bom_handling(raw).0.into_owned()
            }
            _ => match std::str::from_utf8(raw) {
                Ok(text) => text.to_owned(),
                Err(fault) => return Err(format!("byte {} is not UTF-8", fault.valid_up_to() + 1)),
            },
        };
        if text.contains('\0') {
            return Err("there is a zero byte in it".to_owned());
        }
        if text.contains('\u{fffd}') && matches!(self.input, Source::Wide(_)) {
            return Err(format!("it is not {}", self.encoding));
        }
        Ok(text)
    }
}

/// Reads a line with its end; `Some(false)` if it was too long and only passed over, `None` at the end.
fn read_line(input: &mut impl BufRead, into: &mut Vec<u8>) -> io::Result<Option<bool>> {
    let mut any = false;
    let mut whole = true;
    loop {
        let buffer = match input.fill_buf() {
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() {
            return Ok(any.then_some(whole));
        }
        any = true;
        let end = memchr::memchr(b'\n', buffer).map(|at| at + 1);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        whole &= into.len() + part.len() <= LONGEST_LINE;
        if whole {
            into.extend_from_slice(part);
        }
        let taken = part.len();
        input.consume(taken);
        if end.is_some() {
            return Ok(Some(whole));
        }
    }
}

/// UTF-16 as UTF-8, piece by piece; what is not UTF-16 becomes replacement characters, which [`Lines`] refuses.
struct Transcoder<R> {
    input: R,
    decoder: encoding_rs::Decoder,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: BufRead> Transcoder<R> {
    fn new(input: R, encoding: Encoding) -> Self {
        let decoder = encoding.decoder().new_decoder_with_bom_removal();
        Self { input, decoder, ready: Vec::new(), at: 0, ended: false }
    }
}

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            let buffer = self.input.fill_buf()?;
            self.ended = buffer.is_empty();
            let room = self.decoder.max_utf8_buffer_length(buffer.len()).unwrap_or(buffer.len() * 3 + 16);
            self.ready.resize(room, 0);
            let (_, taken, written, _) = self.decoder.decode_to_utf8(buffer, &mut self.ready, self.ended);
            self.ready.truncate(written);
            self.at = 0;
            self.input.consume(taken);
        }
        let count = to.len().min(self.ready.len() - self.at);
        to[..count].copy_from_slice(&self.ready[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> (Encoding, Vec<Line>) {
        let mut detector = Detector::default();
        // In pieces of three bytes, so that sequences are cut.
        bytes.chunks(3).for_each(|piece| detector.feed(piece));
        let mut lines = Lines::new(bytes, detector.encoding());
        let mut found = Vec::new();
        while let Some((_, line)) = lines.next().unwrap() {
            found.push(line);
        }
        (detector.encoding(), found)
    }

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let (windows_1251, _, _) = encoding_rs::WINDOWS_1251.encode("Марка;Модель\nИЖ;Макаров");
        let (windows_1252, _, _) =
            encoding_rs::WINDOWS_1252.encode("marque;modèle\nManufrance;Idéal; fusil juxtaposé à chiens");
        for (bytes, encoding, first) in [
            (windows_1251.to_vec(), Encoding::Windows1251, "Марка;Модель"),
            (windows_1252.to_vec(), Encoding::Windows1252, "marque;modèle"),
            (utf_16("\u{feff}a;é\nb", u16::to_le_bytes), Encoding::Utf16Le, "a;é"),
            (utf_16("\u{feff}a;é\nb", u16::to_be_bytes), Encoding::Utf16Be, "a;é"),
            (utf_16("make;model\nИЖ;1", u16::to_le_bytes), Encoding::Utf16Le, "make;model"),
            ("\u{feff}é\r\nb".into(), Encoding::Utf8Marked, "é"),
            (b"plain\n".to_vec(), Encoding::Utf8, "plain"),
        ] {
            let (found, lines) = lines(&bytes);
            assert_eq!((found, lines[0].as_deref()), (encoding, Ok(first)));
        }
    }

    #[test]
    fn broken_line_is_told_and_the_next_is_read() {
        let mut long = vec![b'x'; LONGEST_LINE + 10];
        long.extend(b"\nafter");
        let mut surrogate = utf_16("\u{feff}a\n", u16::to_le_bytes);
        surrogate.extend([0x00, 0xd8, 0x0a, 0x00]);
        surrogate.extend(utf_16("after", u16::to_le_bytes));
        for (bytes, broken, reason) in [
            (long, 0, "longer than"),
            (b"a\nb\0c\nafter".to_vec(), 1, "zero byte"),
            ("éééé\n\u{e9}".bytes().chain(*b"\xff\nafter").collect(), 1, "byte 3 is not UTF-8"),
            (surrogate, 1, "not UTF-16LE"),
        ] {
            let (_, lines) = lines(&bytes);
            let fault = lines[broken].as_ref().expect_err(reason);
            assert!(fault.contains(reason), "{fault}");
            assert_eq!(lines.last().unwrap().as_deref(), Ok("after"));
        }
    }
}
